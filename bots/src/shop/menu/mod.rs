//! The main menu, and where everything ends that has no other place.

pub mod view;

use domain::{
    args,
    shop::{plan, subscription, user::ways},
};

use self::view::Card;
use super::{access, dialogue};
use crate::{context::ShopCtx, error::BotError};

pub async fn show(ctx: ShopCtx) -> Result<(), BotError> {
    dialogue::leave(&ctx).await?;
    let card = card(&ctx).await?;
    ctx.show(view::menu(ctx.reader(), &card)).await
}

/// A button of an old message: the reader gets a fresh screen.
pub async fn stale(ctx: ShopCtx) -> Result<(), BotError> {
    ctx.toast("bot-common-toast-stale", &args![]).await;
    show(ctx).await
}

pub async fn cancel(ctx: ShopCtx) -> Result<(), BotError> {
    dialogue::leave(&ctx).await?;
    hint(ctx, "bot-common-cancelled-body").await
}

/// Free text, a picture, an unknown command.
pub async fn unknown(ctx: ShopCtx) -> Result<(), BotError> {
    hint(ctx, "bot-common-unknown-body").await
}

async fn hint(ctx: ShopCtx, key: &str) -> Result<(), BotError> {
    let card = card(&ctx).await?;
    let hint = ctx.reader().html(key, &args![]);
    ctx.show(view::menu_with_hint(ctx.reader(), &card, &hint)).await
}

pub async fn card(ctx: &ShopCtx) -> Result<Card, BotError> {
    let tx = ctx.read().await?;
    let subscription = match subscription::service::current_of(&tx, ctx.user().id).await? {
        Some(row) => {
            let plan = plan::service::find(&tx, row.plan_id).await?;
            let name = plan.map(|plan| plan::service::name_of(&plan, ctx.reader().locale));
            Some((row, name.unwrap_or_default()))
        }
        None => None,
    };
    let place = match &subscription {
        Some((row, _)) => access::Place::of(&tx, row).await?,
        None => None,
    };
    let ways = ways::of(&tx, ctx.user(), subscription.as_ref().map(|(row, _)| row)).await?;
    Ok(Card {
        shop: ctx.shop().name.clone(),
        name: ctx.user().first_name.clone(),
        subscription,
        place,
        invites: ctx.invites(),
        is_staff: ways.staff || ctx.bot().owner == Some(ctx.user().telegram_id),
        ways,
        now: ctx.now(),
    })
}
