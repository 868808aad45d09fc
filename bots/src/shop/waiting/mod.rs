//! Who came to a full shop asks to be told when there is room.

pub mod view;

use domain::shop::{notification::service::Recipient, waiting::service};

use crate::{context::ShopCtx, error::BotError};

pub async fn wait(ctx: ShopCtx) -> Result<(), BotError> {
    if let Some(tx) = ctx.effect().await? {
        let who = Recipient { bot: ctx.bot().id, telegram_id: ctx.user().telegram_id };
        service::wait(&tx, who).await?;
        tx.commit().await?;
    }
    ctx.show(view::waiting(ctx.reader())).await
}
