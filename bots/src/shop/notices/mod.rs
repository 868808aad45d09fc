//! What a user is told without asking, and when not.

pub mod view;

use domain::{
    args,
    shop::notification::{choices, hours::Hours, kind::NoticeKind},
};

use crate::{context::ShopCtx, error::BotError};

pub async fn show(ctx: ShopCtx) -> Result<(), BotError> {
    let tx = ctx.db().read().await?;
    let (shop, own) = (choices::of_shop(&tx).await?, choices::of_user(&tx, ctx.user().id).await?);
    drop(tx);
    ctx.show(view::notices(ctx.reader(), &shop, &own)).await
}

pub async fn switch(ctx: ShopCtx, (kind, on): (NoticeKind, bool)) -> Result<(), BotError> {
    if let Some(tx) = ctx.effect().await? {
        choices::switch(&tx, ctx.user().id, kind, on).await?;
        tx.commit().await?;
    }
    let key = if on { "bot-notices-toast-on" } else { "bot-notices-toast-off" };
    ctx.toast(key, &args![]).await;
    show(ctx).await
}

pub async fn quiet(ctx: ShopCtx) -> Result<(), BotError> {
    let tx = ctx.db().read().await?;
    let own = choices::of_user(&tx, ctx.user().id).await?;
    drop(tx);
    ctx.show(view::quiet(ctx.reader(), &own, ctx.now())).await
}

pub async fn be_quiet(ctx: ShopCtx, hours: Option<(u16, u16)>) -> Result<(), BotError> {
    if let Some(tx) = ctx.effect().await? {
        let quiet = hours.map(|(from, until)| Hours::between(from, until));
        choices::be_quiet(&tx, ctx.user().id, quiet).await?;
        tx.commit().await?;
    }
    ctx.toast("bot-quiet-toast-saved", &args![]).await;
    quiet(ctx).await
}
