//! What the owner has set about it, who is let through anyway, and what the owner is told.

use sea_orm::{ColumnTrait, EntityTrait, PaginatorTrait, QueryFilter};
use serde_json::{Value, json};

use crate::{
    db::{StoreError, TenantConn, TenantTx},
    entities::tenant::{
        order::{self, OrderState},
        subscription,
    },
    ids::{BotId, UserId},
    ports::Notice,
    shop::{
        notification::service::{self as notices, Recipient},
        setting::service as setting,
    },
};

/// The bots whose channel has to be joined first.
pub(in crate::shop) const GATES: &str = "gates";
/// Who may begin.
pub(in crate::shop) const ENTRY: &str = "entry";

/// Orders of whoever has paid, or is about to.
const MONEY: [OrderState; 8] = [
    OrderState::Pending,
    OrderState::Paid,
    OrderState::Provisioned,
    OrderState::Mismatch,
    OrderState::Refunded,
    OrderState::Disputed,
    OrderState::Won,
    OrderState::Lost,
];

/// Which newcomers may begin. Who has begun before stays.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Entry {
    #[default]
    Open,
    /// Whoever comes by the link of somebody who is in.
    Invited,
    Closed,
}

impl Entry {
    pub const ALL: [Self; 3] = [Self::Open, Self::Invited, Self::Closed];

    /// As it is stored and named in texts.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Open => "open",
            Self::Invited => "invited",
            Self::Closed => "closed",
        }
    }

    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|entry| entry.code() == code)
    }

    pub(in crate::shop) fn read(value: Option<&Value>) -> Self {
        value.and_then(Value::as_str).and_then(Self::from_code).unwrap_or_default()
    }
}

pub(in crate::shop) fn read_gates(value: Option<&Value>) -> Vec<BotId> {
    let names = value.and_then(Value::as_array).into_iter().flatten().filter_map(Value::as_str);
    names.filter_map(|name| name.parse().ok()).collect()
}

/// # Errors
/// [`StoreError::Database`].
pub async fn set_entry(tx: &TenantTx, entry: Entry) -> Result<(), StoreError> {
    setting::put(tx, ENTRY, entry.code().into()).await
}

/// Whether this bot's channel has to be joined first.
///
/// # Errors
/// [`StoreError::Database`].
pub async fn require(tx: &TenantTx, bot: BotId, required: bool) -> Result<(), StoreError> {
    let mut gates = read_gates(setting::get(tx, GATES).await?.as_ref());
    gates.retain(|other| *other != bot);
    if required {
        gates.push(bot);
    }
    let names: Vec<String> = gates.iter().map(BotId::to_string).collect();
    setting::put(tx, GATES, json!(names)).await
}

/// Whether the user is let through in any case: he has paid, his payment is under way, or he holds what
/// somebody else has paid for.
///
/// # Errors
/// [`StoreError::Database`].
pub async fn is_exempt(tx: &impl TenantConn, user: UserId) -> Result<bool, StoreError> {
    let orders =
        order::Entity::find().filter(order::COLUMN.user_id.eq(user)).filter(order::COLUMN.state.is_in(MONEY));
    if orders.count(tx.raw()).await? > 0 {
        return Ok(true);
    }
    let held = subscription::Entity::find()
        .filter(subscription::COLUMN.user_id.eq(user))
        .filter(subscription::COLUMN.trial.eq(false));
    Ok(held.count(tx.raw()).await? > 0)
}

/// Telegram does not show the channel's members to the bot any more, so everybody is let in: the owner is
/// told, once a day.
///
/// # Errors
/// [`StoreError::Database`].
pub async fn lost(tx: &TenantTx, bot: BotId, owner: i64, channel: &str) -> Result<(), StoreError> {
    let key = format!("gate:{bot}:{}", tx.now().format("%Y-%m-%d"));
    let notice = Notice::GateLost { channel: channel.to_owned() };
    notices::queue(tx, Recipient { bot, telegram_id: owner }, &key, &notice).await
}
