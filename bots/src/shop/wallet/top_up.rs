//! Putting money into the wallet: how much, by which way, and then as any order.

use domain::{
    args,
    locale::digits,
    money::Money,
    platform::package::admission,
    shop::{
        chat::dialogue::Dialogue,
        order::OrderRefused,
        wallet::top_up::{self, NewTopUp, Offer, Outside},
    },
};

use super::view;
use crate::{
    callback::{Callback, Provider},
    context::ShopCtx,
    error::BotError,
    incoming::Event,
    shop::{dialogue, pay},
};

/// The next text is the amount, if none of the buttons is pressed.
pub async fn ask(ctx: ShopCtx) -> Result<(), BotError> {
    let Some(offer) = offer(&ctx).await? else { return closed(ctx).await };
    dialogue::begin(&ctx, Dialogue::TopUp).await?;
    ctx.show(view::ask(ctx.reader(), &offer, None)).await
}

/// An amount was typed, or something else was sent.
pub async fn typed(ctx: ShopCtx) -> Result<(), BotError> {
    let Some(offer) = offer(&ctx).await? else { return closed(ctx).await };
    let amount = match ctx.event() {
        Event::Message { text: Some(text), .. } => digits::parse_money(text, offer.currency).ok(),
        _ => None,
    };
    let Some(amount) = amount else {
        let wrong = ctx.reader().html("bot-wallet-fill-err-number", &args![]);
        return ctx.show(view::ask(ctx.reader(), &offer, Some(&wrong))).await;
    };
    by(ctx, offer, amount).await
}

/// One of the amounts that were proposed.
pub async fn choose(ctx: ShopCtx, minor: i64) -> Result<(), BotError> {
    let Some(offer) = offer(&ctx).await? else { return closed(ctx).await };
    let amount = Money::new(minor, offer.currency);
    by(ctx, offer, amount).await
}

pub async fn fill_with(ctx: ShopCtx, (minor, provider): (i64, Provider)) -> Result<(), BotError> {
    let Some(offer) = offer(&ctx).await? else { return closed(ctx).await };
    place(ctx, Money::new(minor, offer.currency), provider.name()).await
}

async fn by(ctx: ShopCtx, offer: Offer, amount: Money) -> Result<(), BotError> {
    if let Some(outside) = offer.outside(amount.minor) {
        let wrong = match outside {
            Outside::Less(least) => ctx.reader().html("bot-wallet-fill-err-min", &args!["least" => least]),
            Outside::More(most) => ctx.reader().html("bot-wallet-fill-err-max", &args!["most" => most]),
        };
        return ctx.show(view::ask(ctx.reader(), &offer, Some(&wrong))).await;
    }
    let tx = ctx.db().read().await?;
    let choices = top_up::choices(&tx, &ctx.services().providers, amount).await?;
    drop(tx);
    match choices.as_slice() {
        [] => ctx.show(view::no_way(ctx.reader(), amount)).await,
        [only] => place(ctx, amount, &only.method.provider).await,
        several => {
            dialogue::leave(&ctx).await?;
            ctx.show(view::ways(ctx.reader(), amount, several)).await
        }
    }
}

/// As an order of a plan: nobody is to pay in who could buy nothing with it.
async fn place(ctx: ShopCtx, amount: Money, provider: &str) -> Result<(), BotError> {
    dialogue::leave(&ctx).await?;
    let new = NewTopUp { user: ctx.user(), amount, bot: ctx.bot().id, provider };
    let tx = ctx.db().write().await?;
    if !admission::admits(ctx.services().store.master(), &tx, ctx.user().id).await? {
        drop(tx);
        return ctx.show(pay::view::no_room(ctx.reader())).await;
    }
    let placed = top_up::place(&tx, &ctx.services().providers, new).await;
    match &placed {
        Ok(_) => tx.commit().await?,
        Err(_) => drop(tx),
    }
    match placed {
        Ok(order) => pay::open(ctx, order).await,
        Err(OrderRefused::PlanGone | OrderRefused::MethodGone) => {
            ctx.show(view::no_way(ctx.reader(), amount)).await
        }
        Err(OrderRefused::AllAmountsTaken) => {
            ctx.show(pay::view::all_taken(ctx.reader(), Callback::TopUp)).await
        }
        Err(OrderRefused::NoPanel) => ctx.show(pay::view::no_room(ctx.reader())).await,
        Err(OrderRefused::Store(error)) => Err(error.into()),
    }
}

async fn closed(ctx: ShopCtx) -> Result<(), BotError> {
    dialogue::leave(&ctx).await?;
    ctx.show(view::closed(ctx.reader())).await
}

async fn offer(ctx: &ShopCtx) -> Result<Option<Offer>, BotError> {
    let tx = ctx.db().read().await?;
    Ok(top_up::offer(&tx, &ctx.services().providers).await?)
}
