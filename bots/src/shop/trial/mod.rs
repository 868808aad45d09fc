//! The free trial, once for each person.

pub mod view;

use domain::{
    platform::package::admission,
    shop::{
        plan,
        trial::{self, service::TrialRefused},
    },
};

use crate::{context::ShopCtx, error::BotError, screen::Screen};

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
    let Some(tx) = ctx.effect().await? else { return ctx.show(view::setting_up(ctx.reader())).await };
    if !admission::admits(ctx.services().store.master(), &tx, ctx.user().id).await? {
        drop(tx);
        return ctx.show(view::full(ctx.reader())).await;
    }
    let screen = match trial::service::claim(&tx, ctx.user(), ctx.bot().id).await {
        Ok(_) => view::setting_up(ctx.reader()),
        Err(refused) => refused_screen(&ctx, refused)?,
    };
    tx.commit().await?;
    ctx.show(screen).await
}

fn refused_screen(ctx: &ShopCtx, refused: TrialRefused) -> Result<Screen, BotError> {
    let reader = ctx.reader();
    match refused {
        TrialRefused::Used => Ok(view::used(reader, None)),
        TrialRefused::NotOffered => Ok(view::none(reader)),
        TrialRefused::NoPanel => Ok(view::full(reader)),
        TrialRefused::Store(error) => Err(error.into()),
    }
}
