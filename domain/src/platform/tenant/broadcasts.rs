//! What a shop's people do about its broadcasts on our pages, each written into the audit log.

use chrono::{DateTime, Utc};
use serde_json::json;

use super::payments::Actor;
use crate::{
    db::{MasterConn, StoreError},
    entities::{
        master::{bot_instance::BotState, tenant},
        tenant::{broadcast, broadcast_recipient::RecipientState},
    },
    ids::{BotId, BroadcastId, TenantId},
    locale::Locale,
    platform::bot::service as bots,
    shop::broadcast::{
        picture,
        service::{self, BroadcastRefused, Draft},
    },
};

/// What is done with a broadcast.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BroadcastAct {
    /// At this time, or now.
    Send(Option<DateTime<Utc>>),
    CallOff,
    Pause,
    Resume,
    Stop,
    Discard,
    SendAgain(RecipientState),
    DeleteSent,
}

impl BroadcastAct {
    const fn code(self) -> &'static str {
        match self {
            Self::Send(_) => "broadcast.send",
            Self::CallOff => "broadcast.call_off",
            Self::Pause => "broadcast.pause",
            Self::Resume => "broadcast.resume",
            Self::Stop => "broadcast.stop",
            Self::Discard => "broadcast.discard",
            Self::SendAgain(_) => "broadcast.send_again",
            Self::DeleteSent => "broadcast.delete_sent",
        }
    }
}

/// The bots of a shop through which users are written to.
///
/// # Errors
/// [`StoreError::Database`].
pub async fn bots_of(conn: &impl MasterConn, tenant: TenantId) -> Result<Vec<BotId>, StoreError> {
    let bots = bots::of_tenant(conn, tenant).await?;
    Ok(bots.into_iter().filter(|bot| speaks(bot.state)).map(|bot| bot.id).collect())
}

/// Whether a bot in this state writes to its users unasked: one under maintenance has reason to.
pub const fn speaks(state: BotState) -> bool {
    matches!(state, BotState::Live | BotState::Maintenance)
}

/// The language of whoever has none in which something is written.
pub fn language_of(tenant: &tenant::Model) -> Locale {
    Locale::from_code(&tenant.locale).unwrap_or_default()
}

impl Actor<'_> {
    /// Keeps what is written so far.
    ///
    /// # Errors
    /// [`BroadcastRefused`].
    pub async fn save_broadcast(
        &self,
        id: Option<BroadcastId>,
        bot: BotId,
        draft: &Draft,
    ) -> Result<broadcast::Model, BroadcastRefused> {
        let tx = self.db.write().await?;
        let row = service::save(&tx, id, bot, draft).await?;
        tx.commit().await?;
        if id.is_none() {
            self.note("broadcast.begin", row.id.to_string(), json!({ "segment": row.segment })).await?;
        }
        Ok(row)
    }

    /// Puts a picture above the text of a language, or of all, or takes it away.
    ///
    /// # Errors
    /// [`BroadcastRefused`].
    pub async fn put_picture(
        &self,
        id: BroadcastId,
        whose: Option<Locale>,
        content: Option<Vec<u8>>,
    ) -> Result<(), BroadcastRefused> {
        let tx = self.db.write().await?;
        picture::put(&tx, id, whose, content).await?;
        Ok(tx.commit().await?)
    }

    /// # Errors
    /// [`BroadcastRefused`].
    pub async fn broadcast(
        &self,
        id: BroadcastId,
        act: BroadcastAct,
        shop: Locale,
    ) -> Result<(), BroadcastRefused> {
        let tx = self.db.write().await?;
        match act {
            BroadcastAct::Send(at) => service::send(&tx, id, at, shop).await?,
            BroadcastAct::CallOff => service::call_off(&tx, id).await?,
            BroadcastAct::Pause => service::pause(&tx, id).await?,
            BroadcastAct::Resume => service::resume(&tx, id).await?,
            BroadcastAct::Stop => service::stop(&tx, id).await?,
            BroadcastAct::Discard => service::discard(&tx, id).await?,
            BroadcastAct::SendAgain(state) => service::send_again(&tx, id, state).await?,
            BroadcastAct::DeleteSent => service::delete_sent(&tx, id).await?,
        }
        tx.commit().await?;
        Ok(self.note(act.code(), id.to_string(), json!({})).await?)
    }
}
