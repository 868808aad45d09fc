//! Who the bot's owner is on Telegram: proved by a link with a secret, or typed.

use sea_orm::{ActiveModelTrait, ActiveValue::Set};
use serde_json::json;
use subtle::ConstantTimeEq;

use super::{rules, service, token};
use crate::{
    args,
    db::{Conn, MasterDb, MasterTx, StoreError},
    entities::master::bot_instance,
    error::Explain,
    ids::{AccountId, BotId},
    locale::Args,
    platform::audit,
};

/// What pressing the owner's link did.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum OwnerLink {
    Linked,
    /// The same person pressed again.
    AlreadyLinked,
    /// An old or wrong link.
    Refused,
}

/// Why a typed owner is not taken.
#[derive(Debug, thiserror::Error)]
pub enum OwnerError {
    #[error("not a Telegram id")]
    Format,
    #[error(transparent)]
    Internal(#[from] StoreError),
}

impl Explain for OwnerError {
    fn explain(&self) -> Option<(&'static str, Args)> {
        match self {
            Self::Format => Some(("error-telegram-id", args![])),
            Self::Internal(_) => None,
        }
    }
}

/// Somebody opened the bot with `own_<nonce>`. The link works once.
///
/// # Errors
/// [`StoreError`].
pub async fn link(
    master: &MasterDb,
    id: BotId,
    nonce: &str,
    telegram_id: i64,
) -> Result<OwnerLink, StoreError> {
    let tx = master.write().await?;
    let Some(bot) = service::find(&tx, id).await? else { return Ok(OwnerLink::Refused) };
    if !bool::from(bot.owner_nonce.as_bytes().ct_eq(nonce.as_bytes())) {
        let same = bot.owner_telegram_id == Some(telegram_id);
        return Ok(if same { OwnerLink::AlreadyLinked } else { OwnerLink::Refused });
    }
    save(&tx, &bot, telegram_id, None, "bot.link_owner").await?;
    tx.commit().await?;
    Ok(OwnerLink::Linked)
}

/// Takes the identifier that the customer typed.
///
/// # Errors
/// [`OwnerError`].
pub async fn set_typed(
    master: &MasterDb,
    account: AccountId,
    bot: &bot_instance::Model,
    typed: &str,
) -> Result<(), OwnerError> {
    let telegram_id = rules::read_owner_id(typed).ok_or(OwnerError::Format)?;
    let tx = master.write().await?;
    save(&tx, bot, telegram_id, Some(account), "bot.type_owner").await?;
    Ok(tx.commit().await?)
}

async fn save(
    tx: &MasterTx,
    bot: &bot_instance::Model,
    telegram_id: i64,
    account: Option<AccountId>,
    action: &str,
) -> Result<(), StoreError> {
    let row = bot_instance::ActiveModel {
        id: Set(bot.id),
        owner_telegram_id: Set(Some(telegram_id)),
        owner_nonce: Set(token::nonce()?),
        ..Default::default()
    };
    row.update(tx.raw()).await?;
    let entry = audit::Entry {
        account,
        tenant: Some(bot.tenant_id),
        action,
        subject: bot.id.to_string(),
        detail: json!({}),
    };
    audit::append(tx, entry).await
}
