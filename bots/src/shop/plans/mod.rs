//! What the shop sells.

pub mod view;

use domain::{
    args,
    entities::tenant::plan as plan_row,
    ids::PlanId,
    money::Money,
    shop::{
        plan,
        renewal::agreement::{self, Agreed},
        subscription,
    },
};

use crate::{context::ShopCtx, error::BotError, shop::renewal};

pub async fn list(ctx: ShopCtx) -> Result<(), BotError> {
    show_list(ctx, None).await
}

pub async fn summary(ctx: ShopCtx, id: PlanId) -> Result<(), BotError> {
    match offer(&ctx, id).await? {
        Some((plan, price)) => show_summary(ctx, &plan, price, None).await,
        None => gone(ctx).await,
    }
}

/// `note` says what has changed since the reader saw it.
pub async fn show_summary(
    ctx: ShopCtx,
    plan: &plan_row::Model,
    price: Money,
    note: Option<&str>,
) -> Result<(), BotError> {
    let tx = ctx.db().read().await?;
    let renews = renewal::with_plan(&ctx, &tx, plan.id).await?;
    drop(tx);
    ctx.show(view::summary(ctx.reader(), plan, price, renews, note)).await
}

/// Whether the plan goes on by itself once it is bought.
pub async fn renew_with(ctx: ShopCtx, (id, on): (PlanId, bool)) -> Result<(), BotError> {
    let Some((plan, price)) = offer(&ctx, id).await? else { return gone(ctx).await };
    if let Some(tx) = ctx.effect().await? {
        let user = ctx.user().id;
        match on {
            true => agreement::wish(&tx, Agreed { user, bot: ctx.bot().id, plan: id, price }).await?,
            false => agreement::unsay(&tx, user, id).await?,
        }
        tx.commit().await?;
    }
    show_summary(ctx, &plan, price, None).await
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
