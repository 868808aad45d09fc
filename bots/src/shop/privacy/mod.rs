//! What the shop keeps of its reader: a copy of it for himself, and the end of it.

pub mod view;

use domain::shop::{
    privacy::{
        erase::{self, Erased},
        held, service as privacy,
    },
    staff, subscription,
};

use self::view::Ends;
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

/// What would go and what would stay, or why it cannot be yet.
pub async fn ask(ctx: ShopCtx) -> Result<(), BotError> {
    let tx = ctx.db().read().await?;
    let user = ctx.user();
    let held = held::all(&tx, user.id).await?;
    let access = subscription::service::current_of(&tx, user.id).await?;
    let ends = Ends {
        access: access.map(|row| row.target_expire).filter(|until| *until > ctx.now()),
        is_staff: staff::service::find(&tx, user.telegram_id).await?.is_some(),
    };
    drop(tx);
    match held.is_empty() {
        true => ctx.show(view::ask(ctx.reader(), &ctx.shop().name, &ends)).await,
        false => ctx.show(view::held(ctx.reader(), &held)).await,
    }
}

/// Nothing else is shown than that it is done: whatever the reader presses next, he comes as somebody new.
pub async fn erase(ctx: ShopCtx) -> Result<(), BotError> {
    if let Some(tx) = ctx.effect().await? {
        if let Erased::Not(held) = erase::erase(&tx, ctx.user()).await? {
            return ctx.show(view::held(ctx.reader(), &held)).await;
        }
        tx.commit().await?;
    }
    ctx.show(view::erased(ctx.reader(), &ctx.shop().name)).await
}
