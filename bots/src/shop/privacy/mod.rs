//! What the shop keeps of its reader, and a copy of it for himself.

pub mod view;

use domain::shop::privacy::service as privacy;

use crate::{context::ShopCtx, error::BotError};

pub async fn show(ctx: ShopCtx) -> Result<(), BotError> {
    ctx.show(view::privacy(ctx.reader(), &ctx.shop().name)).await
}

/// The reader's data as a file. Asked for twice, it is sent twice: nothing changes by it.
pub async fn export(ctx: ShopCtx) -> Result<(), BotError> {
    let tx = ctx.db().read().await?;
    let data = privacy::export(&tx, ctx.user()).await?;
    drop(tx);
    let file = serde_json::to_vec_pretty(&data).map_err(|error| BotError::Internal(error.to_string()))?;
    ctx.show(view::exported(ctx.reader(), file)).await
}
