//! What is on sale.

use domain::{
    args,
    events::EventKind,
    ids::PlanId,
    shop::staff::acts::{self, Outcome},
};

use super::{actor, already, announce, view};
use crate::{context::ShopCtx, error::BotError};

pub async fn plans(ctx: ShopCtx) -> Result<(), BotError> {
    let tx = ctx.db().read().await?;
    let plans = acts::all_plans(&tx).await?;
    drop(tx);
    ctx.show(view::plans(ctx.reader(), &plans)).await
}

pub async fn switch(ctx: ShopCtx, id: PlanId, on: bool) -> Result<(), BotError> {
    if let Some(tx) = ctx.effect().await? {
        let outcome = acts::switch_plan(&tx, &actor(&ctx), id, on).await?;
        tx.commit().await?;
        match outcome {
            Outcome::Already(first) => already(&ctx, first.as_ref()).await,
            Outcome::Done(()) => {
                let key = if on { "bot-admin-toast-plan-on" } else { "bot-admin-toast-plan-off" };
                ctx.toast(key, &args![]).await;
                announce(&ctx, EventKind::Bot);
            }
            _ => ctx.toast("bot-admin-toast-nothing", &args![]).await,
        }
    }
    plans(ctx).await
}
