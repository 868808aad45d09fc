//! What users read while the shop is being worked on.

use serde_json::json;

use super::log::{self, Actor};
use crate::{
    db::{StoreError, TenantConn, TenantTx},
    entities::tenant::staff_act::Deed,
    ids::BotId,
    shop::setting::service as settings,
};

const SETTING: &str = "maintenance_text";

/// The characters of the shop's own words: they stand in one message.
pub const LONGEST: usize = 1_000;

/// The shop's own words; without them the bot has some.
///
/// # Errors
/// [`StoreError::Database`].
pub async fn text(tx: &impl TenantConn) -> Result<Option<String>, StoreError> {
    let stored = settings::get(tx, SETTING).await?;
    Ok(stored.and_then(|value| value.as_str().map(str::to_owned)))
}

/// Nothing written means the bot's own words again.
///
/// # Errors
/// [`StoreError::Database`].
pub async fn set_text(tx: &TenantTx, actor: &Actor, bot: BotId, text: &str) -> Result<(), StoreError> {
    let text: String = text.trim().chars().take(LONGEST).collect();
    match text.is_empty() {
        true => settings::remove(tx, SETTING).await?,
        false => settings::put(tx, SETTING, text.into()).await?,
    }
    log::append(tx, actor, Deed::MaintenanceText, bot, json!({})).await
}
