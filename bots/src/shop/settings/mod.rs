//! What a user can set.

pub mod view;

use domain::{
    args,
    locale::{Locale, format::Calendar},
    shop::user,
};

use crate::{context::ShopCtx, error::BotError};

pub async fn show(ctx: ShopCtx) -> Result<(), BotError> {
    ctx.show(view::settings(ctx.reader(), ctx.services().mail)).await
}

pub async fn languages(ctx: ShopCtx) -> Result<(), BotError> {
    ctx.show(view::languages(ctx.reader())).await
}

pub async fn set_language(ctx: ShopCtx, locale: Locale) -> Result<(), BotError> {
    if let Some(tx) = ctx.effect().await? {
        user::service::choose_language(&tx, ctx.user().id, locale).await?;
        tx.commit().await?;
    }
    let ctx = ctx.in_language(locale);
    ctx.toast("bot-settings-language-toast-saved", &args![]).await;
    ctx.show(view::settings(ctx.reader(), ctx.services().mail)).await
}

/// By which calendar the reader's dates are written.
pub async fn set_calendar(ctx: ShopCtx, calendar: Calendar) -> Result<(), BotError> {
    if let Some(tx) = ctx.effect().await? {
        user::service::choose_calendar(&tx, ctx.user().id, calendar).await?;
        tx.commit().await?;
    }
    let ctx = ctx.in_calendar(calendar);
    ctx.toast("bot-settings-toast-calendar", &args![]).await;
    ctx.show(view::settings(ctx.reader(), ctx.services().mail)).await
}
