//! A bot that runs, as its handlers see it.

use chrono::FixedOffset;
use domain::{
    entities::master::{
        bot_instance::{self, BotState},
        tenant,
    },
    ids::{BotId, TenantId},
    locale::Locale,
    money::Currency,
};

use crate::api::BotApi;

/// One running bot. Replaced as a whole when its row or its shop changes.
#[derive(Clone, Debug)]
pub struct RunningBot {
    pub id: BotId,
    /// Whose data its handlers see. Comes from the bot's row and never from an update.
    pub tenant: TenantId,
    /// Its number at Telegram.
    pub telegram_id: i64,
    /// Without the `@`.
    pub username: String,
    /// The shop's channel, with the `@`.
    pub channel: Option<String>,
    pub state: BotState,
    /// Whoever owns it, by his number at Telegram.
    pub owner: Option<i64>,
    pub shop: Shop,
    pub api: BotApi,
    /// Which of its tokens `api` has.
    pub secret_epoch: i64,
}

/// One of the tokens that a bot had: what is said of an old one does not concern the new one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct TokenOf {
    pub bot: BotId,
    pub secret_epoch: i64,
}

/// What screens show of the shop.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Shop {
    pub name: String,
    pub locale: Locale,
    pub zone: FixedOffset,
    /// In which the shop counts.
    pub currency: Currency,
}

impl RunningBot {
    pub fn new(row: &bot_instance::Model, tenant: &tenant::Model, api: BotApi) -> Self {
        Self {
            id: row.id,
            tenant: row.tenant_id,
            telegram_id: row.telegram_id.unwrap_or_default(),
            username: row.username.clone().unwrap_or_default(),
            channel: row.channel.clone(),
            state: row.state,
            owner: row.owner_telegram_id,
            shop: Shop::of(tenant),
            api,
            secret_epoch: row.secret_epoch,
        }
    }

    pub fn token(&self) -> TokenOf {
        TokenOf { bot: self.id, secret_epoch: self.secret_epoch }
    }
}

impl Shop {
    pub fn of(tenant: &tenant::Model) -> Self {
        Self {
            name: tenant.name.clone(),
            locale: Locale::from_code(&tenant.locale).unwrap_or_default(),
            zone: tenant.zone(),
            currency: tenant.currency,
        }
    }
}
