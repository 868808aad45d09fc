//! More traffic for access that is running. A pack is a plan, so from its summary on it goes as every plan.

pub mod view;

use domain::shop::traffic::service as packs;

use crate::{context::ShopCtx, error::BotError};

pub async fn list(ctx: ShopCtx) -> Result<(), BotError> {
    let tx = ctx.db().read().await?;
    let offers = packs::offers_for(&tx, ctx.user().id).await?;
    drop(tx);
    ctx.show(view::list(ctx.reader(), &offers)).await
}
