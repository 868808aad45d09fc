//! The free trial, once for each person.

pub mod view;

use domain::{
    platform::package::admission,
    shop::{
        plan, subscription,
        trial::{self, service::TrialRefused},
    },
};

use crate::{context::ShopCtx, error::BotError};

pub async fn offer(ctx: ShopCtx) -> Result<(), BotError> {
    let tx = ctx.db().read().await?;
    let plan = plan::service::trial_plan(&tx).await?;
    let open = trial::service::is_open(&tx, ctx.user()).await?;
    let cheapest = plan::service::offers(&tx)
        .await?
        .into_iter()
        .map(|offer| offer.price)
        .min_by_key(|price| price.minor);
    drop(tx);
    let screen = match plan {
        Some(plan) if open => view::offer(ctx.reader(), &plan),
        Some(_) => view::used(ctx.reader(), cheapest),
        None => view::none(ctx.reader()),
    };
    ctx.show(screen).await
}

/// Claims the trial. The link comes as a message of its own as soon as the panel has the account.
pub async fn claim(ctx: ShopCtx) -> Result<(), BotError> {
    let Some(tx) = ctx.effect().await? else { return show_outcome(ctx).await };
    if !admission::admits(ctx.services().store.master(), &tx, ctx.user().id).await? {
        drop(tx);
        return ctx.show(view::full(ctx.reader())).await;
    }
    let claimed = trial::service::claim(&tx, ctx.user(), ctx.bot().id).await;
    match &claimed {
        Ok(_) => tx.commit().await?,
        // What follows reads the shop again, and a shop has one connection.
        Err(_) => drop(tx),
    }
    match claimed {
        Ok(_) => ctx.show(view::setting_up(ctx.reader())).await,
        Err(TrialRefused::Used) => show_outcome(ctx).await,
        Err(TrialRefused::NotOffered) => ctx.show(view::none(ctx.reader())).await,
        Err(TrialRefused::NoPanel) => ctx.show(view::full(ctx.reader())).await,
        Err(TrialRefused::Store(error)) => Err(error.into()),
    }
}

/// What came of a claim, for an update that comes again and for a second tap.
async fn show_outcome(ctx: ShopCtx) -> Result<(), BotError> {
    let tx = ctx.db().read().await?;
    let offered = plan::service::trial_plan(&tx).await?.is_some();
    let open = trial::service::is_open(&tx, ctx.user()).await?;
    let current = subscription::service::current_of(&tx, ctx.user().id).await?;
    drop(tx);
    let reader = ctx.reader();
    let screen = match current {
        Some(row) if row.trial && row.provisioned_at.is_none() => view::setting_up(reader),
        _ if !offered => view::none(reader),
        _ if open => view::full(reader),
        _ => view::used(reader, None),
    };
    ctx.show(screen).await
}
