//! Named values: of one shop, or of the platform, whose table is the same.

use sea_orm::{ActiveValue::Set, EntityTrait, QueryFilter, sea_query::OnConflict};
use serde_json::Value;

use crate::{
    db::{Conn, StoreError, TenantConn},
    entities::tenant::setting::{ActiveModel, COLUMN, Entity},
    ids::BotId,
    shop::{
        gate::service::{ENTRY, Entry, GATES, read_gates},
        referral::service::{SETTING as TERMS, read_terms},
        text::service::VERSION,
    },
};

/// Whether newcomers have to accept the rules. `false` switches it off.
const RULES: &str = "rules";

/// Set in a copy of a shop that is still there.
const SHARES_ACCOUNTS: &str = "shares_accounts";

/// Whether the payments at the shop's providers are another shop's too, of which it is a copy: what that
/// one has open is not this one's to settle.
///
/// # Errors
/// [`StoreError::Database`].
pub async fn shares_accounts(tx: &impl TenantConn) -> Result<bool, StoreError> {
    Ok(get(tx, SHARES_ACCOUNTS).await?.and_then(|value| value.as_bool()).unwrap_or(false))
}

/// Marks the shop as such a copy.
///
/// # Errors
/// [`StoreError::Database`].
pub async fn mark_shared_accounts(tx: &impl TenantConn) -> Result<(), StoreError> {
    put(tx, SHARES_ACCOUNTS, true.into()).await
}

/// What a bot has to know of the shop whenever somebody comes.
#[derive(Clone, Debug)]
pub struct Entrance {
    /// Newcomers have to accept the shop's rules; they do unless the owner switched it off.
    pub rules: bool,
    /// Which version of its own words the shop speaks ([`text`](crate::shop::text)).
    pub words: Option<Value>,
    /// The bots whose channel has to be joined first.
    pub gates: Vec<BotId>,
    pub entry: Entry,
    /// The shop gives something for friends.
    pub invites: bool,
}

/// Read in one look, because it is read at every update.
///
/// # Errors
/// [`StoreError::Database`].
pub async fn entrance(tx: &impl TenantConn) -> Result<Entrance, StoreError> {
    let names = [RULES, VERSION, GATES, ENTRY, TERMS];
    let named = Entity::find().filter(COLUMN.name.is_in(names)).all(tx.raw()).await?;
    let value = |name: &str| named.iter().find(|row| row.name == name).map(|row| &row.value);
    Ok(Entrance {
        rules: value(RULES).and_then(Value::as_bool).unwrap_or(true),
        words: value(VERSION).cloned(),
        gates: read_gates(value(GATES)),
        entry: Entry::read(value(ENTRY)),
        invites: read_terms(value(TERMS)).on,
    })
}

/// Whether newcomers have to accept the shop's rules.
///
/// # Errors
/// [`StoreError::Database`].
pub async fn ask_for_rules(tx: &impl TenantConn, on: bool) -> Result<(), StoreError> {
    put(tx, RULES, on.into()).await
}

/// # Errors
/// [`StoreError::Database`].
pub async fn get(conn: &impl Conn, name: &str) -> Result<Option<Value>, StoreError> {
    Ok(Entity::find_by_id(name).one(conn.raw()).await?.map(|row| row.value))
}

/// # Errors
/// [`StoreError::Database`].
pub async fn put(tx: &impl Conn, name: &str, value: Value) -> Result<(), StoreError> {
    let keep = OnConflict::new().do_nothing().to_owned();
    let row = ActiveModel { name: Set(name.to_owned()), value: Set(value.clone()) };
    if Entity::insert(row).on_conflict(keep).exec_without_returning(tx.raw()).await? == 0 {
        let row = ActiveModel { name: Set(name.to_owned()), value: Set(value) };
        Entity::update(row).exec(tx.raw()).await?;
    }
    Ok(())
}

/// # Errors
/// [`StoreError::Database`].
pub async fn remove(tx: &impl Conn, name: &str) -> Result<(), StoreError> {
    Entity::delete_by_id(name).exec(tx.raw()).await?;
    Ok(())
}
