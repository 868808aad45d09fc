//! What the shop sells.

pub mod view;

use domain::{
    args,
    entities::tenant::plan as plan_row,
    ids::PlanId,
    money::Money,
    shop::{plan, subscription},
};

use crate::{context::ShopCtx, error::BotError};

pub async fn list(ctx: ShopCtx) -> Result<(), BotError> {
    show_list(ctx, None).await
}

pub async fn summary(ctx: ShopCtx, id: PlanId) -> Result<(), BotError> {
    match offer(&ctx, id).await? {
        Some((plan, price)) => ctx.show(view::summary(ctx.reader(), &plan, price, None)).await,
        None => gone(ctx).await,
    }
}

/// The plan was taken off sale since the button was sent.
pub async fn gone(ctx: ShopCtx) -> Result<(), BotError> {
    let note = ctx.reader().html("bot-buy-plan-gone-body", &args![]);
    show_list(ctx, Some(&note)).await
}

/// A plan that is on sale, and its price.
pub async fn offer(ctx: &ShopCtx, id: PlanId) -> Result<Option<(plan_row::Model, Money)>, BotError> {
    let tx = ctx.db().read().await?;
    let offers = plan::service::offers(&tx).await?;
    Ok(offers.into_iter().find(|offer| offer.plan.id == id).map(|offer| (offer.plan, offer.price)))
}

async fn show_list(ctx: ShopCtx, note: Option<&str>) -> Result<(), BotError> {
    let tx = ctx.db().read().await?;
    let offers = plan::service::offers(&tx).await?;
    let current = subscription::service::current_of(&tx, ctx.user().id).await?;
    drop(tx);
    let offers: Vec<_> = offers.into_iter().map(|offer| (offer.plan, offer.price)).collect();
    let renews = current.is_some_and(|row| !row.trial);
    ctx.show(view::list(ctx.reader(), &offers, renews, note)).await
}
