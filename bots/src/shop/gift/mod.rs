//! A plan for somebody else: bought as every plan, and opened by whoever has its link.

pub mod view;

use domain::{
    ids::{OrderId, PlanId},
    platform::package::admission,
    shop::{
        gift::service::{self as gifts, Opened},
        order::{NewOrder, OrderRefused},
        plan,
    },
};

use crate::{
    callback::{Callback, Provider},
    context::ShopCtx,
    error::BotError,
    shop::{menu, pay, plans, start},
};

/// How a start parameter begins that opens a gift.
pub const LINK: &str = "gift_";

/// By which way is it paid?
pub async fn choose(ctx: ShopCtx, plan: PlanId) -> Result<(), BotError> {
    let new = NewOrder { user: ctx.user(), plan, bot: ctx.bot().id, provider: "" };
    let tx = ctx.db().read().await?;
    let offer = plan::service::offer(&tx, plan).await?;
    let choices = gifts::choices(&tx, &ctx.services().providers, &new).await?;
    drop(tx);
    let Some(offer) = offer else { return plans::gone(ctx).await };
    if choices.is_empty() {
        return ctx.show(pay::view::no_methods(ctx.reader())).await;
    }
    ctx.show(view::methods(ctx.reader(), &offer, &choices)).await
}

pub async fn buy_with(ctx: ShopCtx, (plan, provider): (PlanId, Provider)) -> Result<(), BotError> {
    let new = NewOrder { user: ctx.user(), plan, bot: ctx.bot().id, provider: provider.name() };
    let tx = ctx.db().write().await?;
    if !admission::admits(ctx.services().store.master(), &tx, ctx.user().id).await? {
        drop(tx);
        return ctx.show(pay::view::no_room(ctx.reader())).await;
    }
    let placed = gifts::place(&tx, &ctx.services().providers, new).await;
    match &placed {
        Ok(_) => tx.commit().await?,
        Err(_) => drop(tx),
    }
    match placed {
        Ok(order) => pay::open(ctx, order).await,
        Err(OrderRefused::PlanGone) => plans::gone(ctx).await,
        Err(OrderRefused::MethodGone) => ctx.show(pay::view::no_methods(ctx.reader())).await,
        Err(OrderRefused::AllAmountsTaken) => {
            ctx.show(pay::view::all_taken(ctx.reader(), Callback::GiftBuy(plan))).await
        }
        Err(OrderRefused::NoPanel) => ctx.show(pay::view::no_room(ctx.reader())).await,
        Err(OrderRefused::Store(error)) => Err(error.into()),
    }
}

/// What the user has bought for others.
pub async fn list(ctx: ShopCtx) -> Result<(), BotError> {
    let tx = ctx.db().read().await?;
    let bought = gifts::of_buyer(&tx, ctx.user().id).await?;
    drop(tx);
    ctx.show(view::list(ctx.reader(), &bought, &ctx.bot().username)).await
}

pub async fn ask_to_keep(ctx: ShopCtx, id: OrderId) -> Result<(), BotError> {
    let tx = ctx.db().read().await?;
    let own = gifts::of_buyer(&tx, ctx.user().id).await?;
    drop(tx);
    match own.iter().find(|(gift, order)| order.id == id && gifts::is_waiting(gift, order)) {
        Some((_, order)) => ctx.show(view::ask_to_keep(ctx.reader(), order)).await,
        None => list(ctx).await,
    }
}

pub async fn keep(ctx: ShopCtx, id: OrderId) -> Result<(), BotError> {
    let Some(tx) = ctx.effect().await? else { return list(ctx).await };
    let opened = gifts::keep(&tx, id, ctx.user(), ctx.bot().id).await?;
    tx.commit().await?;
    said(ctx, opened).await
}

/// `/start gift_…`: to follow the link is to take it. A newcomer goes on with his first steps.
pub async fn open(ctx: ShopCtx, token: &str) -> Result<(), BotError> {
    let Some(tx) = ctx.effect().await? else { return start::resume(ctx).await };
    let opened = gifts::open(&tx, token, ctx.user(), ctx.bot().id).await?;
    tx.commit().await?;
    said(ctx, opened).await
}

async fn said(ctx: ShopCtx, opened: Opened) -> Result<(), BotError> {
    if let Opened::Own(order) = opened {
        return ctx.show(view::own(ctx.reader(), order)).await;
    }
    let note = view::note(ctx.reader(), &opened);
    match ctx.first_step() {
        Some(step) => ctx.show(start::view::step(ctx.reader(), step).below(&note)).await,
        None => {
            let card = menu::card(&ctx).await?;
            ctx.show(menu::view::menu_with_hint(ctx.reader(), &card, &note)).await
        }
    }
}
