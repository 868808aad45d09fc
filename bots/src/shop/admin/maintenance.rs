//! The bot closes for its users while something is mended; its people still get in.

use domain::{
    args,
    entities::{master::bot_instance::BotState, tenant::staff_act::Deed},
    events::EventKind,
    platform::bot::{self, service::BotError as Refused},
    shop::{
        chat::dialogue::{self as asked, Dialogue, StaffAsk},
        staff::{log, maintenance},
    },
};
use serde_json::json;

use super::{actor, announce, users::text_of, view};
use crate::{callback::Act, context::ShopCtx, error::BotError, shop::dialogue};

pub async fn show(ctx: ShopCtx) -> Result<(), BotError> {
    dialogue::leave(&ctx).await?;
    let master = ctx.services().store.master();
    let row = bot::service::find(master, ctx.bot().id).await?;
    let tx = ctx.db().read().await?;
    let text = maintenance::text(&tx).await?;
    let last = log::last(&tx, ctx.bot().id, &[Deed::MaintenanceOn, Deed::MaintenanceOff]).await?;
    drop(tx);
    let is_on = row.is_some_and(|row| row.state == BotState::Maintenance);
    ctx.show(view::maintenance(ctx.reader(), is_on, text.as_deref(), last.as_ref())).await
}

pub async fn ask(ctx: ShopCtx) -> Result<(), BotError> {
    ctx.show(view::confirm_maintenance(ctx.reader())).await
}

/// The bot's state is the platform's, what was done the shop's: the state is set first, and setting it
/// twice changes nothing.
pub async fn switch(ctx: ShopCtx, on: bool) -> Result<(), BotError> {
    let master = ctx.services().store.master();
    match bot::service::maintain_by_staff(master, ctx.bot().id, on).await {
        Ok(changed) => {
            if let Some(tx) = ctx.effect().await? {
                if changed {
                    let deed = if on { Deed::MaintenanceOn } else { Deed::MaintenanceOff };
                    log::append(&tx, &actor(&ctx), deed, ctx.bot().id, json!({})).await?;
                }
                tx.commit().await?;
            }
            ctx.services().poke();
            announce(&ctx, EventKind::Bot);
            let key = if on { "bot-admin-toast-closed" } else { "bot-admin-toast-opened" };
            ctx.toast(key, &args![]).await;
        }
        Err(Refused::Internal(error)) => return Err(error.into()),
        Err(_) => ctx.toast("bot-admin-toast-changed", &args![]).await,
    }
    show(ctx).await
}

pub async fn ask_words(ctx: ShopCtx) -> Result<(), BotError> {
    dialogue::begin(&ctx, Dialogue::Staff { about: StaffAsk::Maintenance }).await?;
    ctx.show(view::ask(ctx.reader(), "bot-admin-maintenance-ask-body", Act::Maintenance)).await
}

pub async fn words(ctx: ShopCtx) -> Result<(), BotError> {
    let text = text_of(&ctx).filter(|text| text.chars().count() <= maintenance::LONGEST);
    let Some(text) = text else {
        return ctx.show(view::ask(ctx.reader(), "bot-admin-maintenance-err-text", Act::Maintenance)).await;
    };
    keep(&ctx, &text).await?;
    show(ctx).await
}

/// The bot's own words again.
pub async fn forget_words(ctx: ShopCtx) -> Result<(), BotError> {
    keep(&ctx, "").await?;
    show(ctx).await
}

async fn keep(ctx: &ShopCtx, text: &str) -> Result<(), BotError> {
    let Some(tx) = ctx.effect().await? else { return Ok(()) };
    maintenance::set_text(&tx, &actor(ctx), ctx.bot().id, text).await?;
    asked::end(&tx, ctx.bot().id, ctx.user().telegram_id).await?;
    Ok(tx.commit().await?)
}
