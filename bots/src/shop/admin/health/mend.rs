//! What can be done about a bot whose buttons or menu of commands have gone: Telegram is told our address
//! and the commands once more, and what it said to that is shown. Told twice, it knows the same.

use std::time::Duration;

use domain::{entities::tenant::staff_act::Deed, platform::bot, shop::staff::log};
use secrecy::ExposeSecret as _;
use serde_json::json;

use crate::{
    api::ApiError, commands, context::ShopCtx, error::BotError, manager::Updates, shop::admin::actor, webhook,
};

/// There are five calls for the commands alone.
const PATIENCE: Duration = Duration::from_secs(12);

/// What Telegram said.
pub struct Mended {
    /// `None` where no address is registered, because we fetch updates ourselves.
    pub webhook: Option<Result<(), ApiError>>,
    pub commands: Result<(), ApiError>,
}

pub(super) async fn mend(ctx: &ShopCtx) -> Result<Mended, BotError> {
    let (api, reader) = (&ctx.bot().api, ctx.reader());
    let (address, commands) = tokio::join!(register(ctx), within(commands::publish(api, ctx.shop().locale)));
    if commands.is_ok() {
        // In the bot's chat with staff its own menu hides the one for everybody.
        commands::publish_to_staff(api, reader.locale, ctx.user().telegram_id).await;
    }
    if let Some(tx) = ctx.effect().await? {
        log::append(&tx, &actor(ctx), Deed::BotMended, ctx.bot().id, json!({})).await?;
        tx.commit().await?;
    }
    Ok(Mended { webhook: address?, commands })
}

async fn register(ctx: &ShopCtx) -> Result<Option<Result<(), ApiError>>, BotError> {
    let services = ctx.services();
    if services.updates == Updates::Polling {
        return Ok(None);
    }
    let master = services.store.master();
    let Some(row) = bot::service::find(master, ctx.bot().id).await? else { return Ok(None) };
    let secret = bot::token::webhook_secret(master.sealer(), &row);
    let url = webhook::address(&services.public_url, &row);
    let said = within(ctx.bot().api.set_webhook(&url, secret.expose_secret())).await;
    if said.is_ok() {
        let told = webhook::told(&url, &row);
        bot::service::note_webhook(master, row.id, row.secret_epoch, Some(&told)).await?;
    }
    Ok(Some(said))
}

/// Somebody waits in front of the screen.
async fn within(call: impl Future<Output = Result<(), ApiError>>) -> Result<(), ApiError> {
    let late = |_| Err(ApiError::Unavailable("no answer in time".into()));
    tokio::time::timeout(PATIENCE, call).await.unwrap_or_else(late)
}
