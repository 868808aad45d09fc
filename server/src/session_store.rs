//! Signed-in browsers, in the platform's database.
//!
//! Our own store and not a session library's: the cookie's value has 256 bits and is kept as its
//! SHA-256 only, the idle and the absolute limit are columns compared with the injected clock, and
//! the cookie's name follows from how the browser reached us.

use chrono::{DateTime, Duration, Utc};
use domain::{
    db::{Conn, MasterDb, Sealer, StoreError},
    entities::master::session,
    ids::{AccountId, TenantId},
};
use sea_orm::{ActiveValue::Set, EntityTrait, ExprTrait, QueryFilter, sea_query::Expr};
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use crate::{config, web::flash::Kept};

/// The idle limit is moved at most this often, so that reading pages does not write each time.
const TOUCH_AFTER: Duration = Duration::minutes(5);

/// All sessions. Cheap to clone.
#[derive(Clone, Debug)]
pub struct SessionStore {
    master: MasterDb,
    idle: Duration,
    absolute: Duration,
}

/// What a session remembers besides who is signed in.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct SessionData {
    /// The shop that was last worked on.
    pub tenant: Option<TenantId>,
    /// Who holds the phone of the preview.
    pub persona: Option<String>,
    /// The pressed key of the preview whose answer is shown.
    pub callback: Option<String>,
    /// The payment that the preview's phone shows: its link, and what was last asked of the bot.
    pub invoice: Option<String>,
    pub checkout: Option<String>,
    /// Bots made at the sandbox's BotFather.
    pub bots: Vec<i64>,
    /// Shown once on the next page.
    #[serde(flatten)]
    pub kept: Kept,
}

/// A session as it was found.
#[derive(Clone, Debug)]
pub struct Found {
    pub account: Option<AccountId>,
    pub data: SessionData,
    idle_until: DateTime<Utc>,
}

impl SessionStore {
    pub fn new(master: MasterDb, limits: &config::Sessions) -> Self {
        Self { master, idle: limits.idle(), absolute: limits.absolute() }
    }

    /// The session of a cookie's value, unless one of its limits has passed.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn find(&self, token: &str) -> Result<Option<Found>, StoreError> {
        let now = self.master.clock().now();
        let row = session::Entity::find_by_id(hashed(token))
            .filter(session::COLUMN.idle_until.gt(now))
            .filter(session::COLUMN.absolute_until.gt(now))
            .one(self.master.raw())
            .await?;
        Ok(row.map(|row| Found {
            account: row.account_id,
            // A session of an older version of us is an empty one.
            data: serde_json::from_str(&row.data).unwrap_or_default(),
            idle_until: row.idle_until,
        }))
    }

    /// Makes a session and answers the cookie's value.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn create(&self, account: Option<AccountId>, data: &SessionData) -> Result<String, StoreError> {
        let token = random_hex()?;
        let now = self.master.clock().now();
        let row = session::ActiveModel {
            id: Set(hashed(&token)),
            account_id: Set(account),
            data: Set(written(data)),
            created_at: Set(now),
            idle_until: Set(now + self.idle),
            absolute_until: Set(now + self.absolute),
        };
        session::Entity::insert(row).exec_without_returning(self.master.raw()).await?;
        Ok(token)
    }

    /// # Errors
    /// [`StoreError`].
    pub async fn save(&self, token: &str, data: &SessionData) -> Result<(), StoreError> {
        session::Entity::update_many()
            .col_expr(session::Column::Data, Expr::value(written(data)))
            .filter(session::COLUMN.id.eq(hashed(token)))
            .exec(self.master.raw())
            .await?;
        Ok(())
    }

    /// Counts the idle limit from now.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn touch(&self, token: &str, found: &Found) -> Result<(), StoreError> {
        let until = self.master.clock().now() + self.idle;
        if until - found.idle_until < TOUCH_AFTER {
            return Ok(());
        }
        session::Entity::update_many()
            .col_expr(session::Column::IdleUntil, Expr::value(until))
            .filter(session::COLUMN.id.eq(hashed(token)))
            .exec(self.master.raw())
            .await?;
        Ok(())
    }

    /// Ends a session.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn end(&self, token: &str) -> Result<(), StoreError> {
        session::Entity::delete_by_id(hashed(token)).exec(self.master.raw()).await?;
        Ok(())
    }

    /// Removes sessions whose limits have passed.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn sweep(&self) -> Result<u64, StoreError> {
        let now = self.master.clock().now();
        let gone = session::COLUMN.idle_until.lte(now).or(session::COLUMN.absolute_until.lte(now));
        Ok(session::Entity::delete_many().filter(gone).exec(self.master.raw()).await?.rows_affected)
    }
}

/// 256 random bits in hex.
///
/// # Errors
/// The machine has no randomness.
pub fn random_hex() -> Result<String, StoreError> {
    Ok(hex::encode(Sealer::random_key()?))
}

fn hashed(token: &str) -> String {
    hex::encode(Sha256::digest(token.as_bytes()))
}

fn written(data: &SessionData) -> String {
    serde_json::to_string(data).unwrap_or_else(|_| "{}".into())
}
