//! A user's address as a row: given, confirmed, changed, taken away, and found not to work.

use chrono::{DateTime, Utc};
use sea_orm::{ActiveModelTrait, ActiveValue::Set, EntityTrait, IntoActiveModel};

use super::{
    address::MailAddress,
    code::{self, Turn, Verdict},
    jobs::SendCode,
    token::Token,
};
use crate::{
    clock::Clock,
    db::{Conn, StoreError, TenantConn, TenantTx},
    entities::tenant::mail_address::{ActiveModel, Entity, MailWhen, Model},
    ids::{BotId, RowId, UserId},
    jobs,
};

/// What came of an address that was given.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Given {
    /// A code is on its way to it.
    Asked,
    /// It is the one that is confirmed.
    Known,
    /// Not before then: too many codes were asked for.
    After(DateTime<Utc>),
}

/// Where a user's address stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standing {
    Unconfirmed,
    Works,
    /// The last mail to it was refused.
    Refused,
}

/// # Errors
/// [`StoreError::Database`].
pub async fn find(tx: &impl TenantConn, user: UserId) -> Result<Option<Model>, StoreError> {
    Ok(Entity::find_by_id(user).one(tx.raw()).await?)
}

pub fn standing(row: &Model) -> Standing {
    match (row.refused_at, row.confirmed_at) {
        (Some(_), _) => Standing::Refused,
        (None, Some(_)) => Standing::Works,
        (None, None) => Standing::Unconfirmed,
    }
}

/// The address to which mail may go, and when its user wants it.
///
/// # Errors
/// [`StoreError::Database`].
pub async fn open(tx: &impl TenantConn, user: UserId) -> Result<Option<(String, MailWhen)>, StoreError> {
    let row = find(tx, user).await?.filter(|row| standing(row) == Standing::Works);
    let row = row.filter(|row| row.comes != MailWhen::Never);
    Ok(row.and_then(|row| Some((row.address?, row.comes))))
}

/// Takes an address in place of the one before, and queues a code to it.
///
/// # Errors
/// [`StoreError::Database`].
pub async fn give(
    tx: &TenantTx,
    user: UserId,
    bot: BotId,
    address: &MailAddress,
) -> Result<Given, StoreError> {
    let row = ensure(tx, user).await?;
    let is_same = row.address.as_deref() == Some(address.as_str());
    if is_same && standing(&row) == Standing::Works {
        return Ok(Given::Known);
    }
    ask(tx, row, bot, address.as_str()).await
}

/// Queues another code to the address that is there; the one before is void.
///
/// # Errors
/// [`StoreError::Database`].
pub async fn ask_again(tx: &TenantTx, user: UserId, bot: BotId) -> Result<Option<Given>, StoreError> {
    let Some(row) = find(tx, user).await? else { return Ok(None) };
    match row.address.clone() {
        Some(_) if standing(&row) == Standing::Works => Ok(Some(Given::Known)),
        Some(address) => Ok(Some(ask(tx, row, bot, &address).await?)),
        None => Ok(None),
    }
}

async fn ask(tx: &TenantTx, row: Model, bot: BotId, address: &str) -> Result<Given, StoreError> {
    let now = tx.now();
    if let Turn::After(until) = code::turn(&row, now) {
        return Ok(Given::After(until));
    }
    let is_new_day = row.codes_since.is_none_or(|since| now >= since + chrono::Duration::days(1));
    let (user, asked, seed) = (row.user_id, row.codes_asked, RowId::new().0);
    let mut row = row.into_active_model();
    row.address = Set(Some(address.to_owned()));
    row.confirmed_at = Set(None);
    row.refused_at = Set(None);
    row.code_seed = Set(Some(seed));
    row.code_asked_at = Set(Some(now));
    row.code_tries = Set(0);
    row.codes_asked = Set(if is_new_day { 1 } else { asked + 1 });
    if is_new_day {
        row.codes_since = Set(Some(now));
    }
    row.update(tx.raw()).await?;
    jobs::enqueue(tx, &SendCode { user, bot, seed }, now).await?;
    Ok(Given::Asked)
}

/// What was typed as the code.
///
/// # Errors
/// [`StoreError::Database`].
pub async fn confirm(tx: &TenantTx, user: UserId, typed: &str) -> Result<Verdict, StoreError> {
    let Some(row) = find(tx, user).await? else { return Ok(Verdict::Expired) };
    let Some((address, seed)) = row.address.as_deref().zip(row.code_seed) else {
        return Ok(Verdict::Expired);
    };
    let verdict = code::judge(&code::of(tx, user, address, seed), typed, &row, tx.now());
    let tries = row.code_tries;
    let mut row = row.into_active_model();
    match verdict {
        Verdict::Right => {
            row.confirmed_at = Set(Some(tx.now()));
            row.refused_at = Set(None);
            row.code_seed = Set(None);
        }
        Verdict::Wrong(_) | Verdict::Spent => row.code_tries = Set((tries + 1).min(code::TRIES)),
        Verdict::Expired => return Ok(verdict),
    }
    row.update(tx.raw()).await?;
    Ok(verdict)
}

/// # Errors
/// [`StoreError::Database`].
pub async fn choose(tx: &TenantTx, user: UserId, comes: MailWhen) -> Result<(), StoreError> {
    if let Some(row) = find(tx, user).await? {
        let mut row = row.into_active_model();
        row.comes = Set(comes);
        row.update(tx.raw()).await?;
    }
    Ok(())
}

/// Takes the address away. How many codes were asked for is kept.
///
/// # Errors
/// [`StoreError::Database`].
pub async fn remove(tx: &TenantTx, user: UserId) -> Result<(), StoreError> {
    if let Some(row) = find(tx, user).await? {
        let mut row = row.into_active_model();
        row.address = Set(None);
        row.comes = Set(MailWhen::Instead);
        row.confirmed_at = Set(None);
        row.refused_at = Set(None);
        row.code_seed = Set(None);
        row.update(tx.raw()).await?;
    }
    Ok(())
}

/// The address was refused for good, if it is still the user's.
///
/// # Errors
/// [`StoreError::Database`].
pub(super) async fn mark_refused(tx: &TenantTx, user: UserId, address: &str) -> Result<(), StoreError> {
    let row = find(tx, user).await?.filter(|row| row.address.as_deref() == Some(address));
    if let Some(row) = row {
        let mut row = row.into_active_model();
        row.refused_at = Set(Some(tx.now()));
        row.code_seed = Set(None);
        row.update(tx.raw()).await?;
    }
    Ok(())
}

/// Whose mail this token switches off; `None` when we did not sign it, or it was for another address.
///
/// # Errors
/// [`StoreError::Database`].
pub async fn of_token(tx: &impl TenantConn, token: &Token) -> Result<Option<Model>, StoreError> {
    let row = find(tx, token.user).await?;
    Ok(row.filter(|row| row.address.as_deref().is_some_and(|address| token.is_of(tx, address))))
}

async fn ensure(tx: &TenantTx, user: UserId) -> Result<Model, StoreError> {
    if let Some(row) = find(tx, user).await? {
        return Ok(row);
    }
    let row = ActiveModel {
        user_id: Set(user),
        address: Set(None),
        comes: Set(MailWhen::Instead),
        confirmed_at: Set(None),
        refused_at: Set(None),
        code_seed: Set(None),
        code_asked_at: Set(None),
        code_tries: Set(0),
        codes_asked: Set(0),
        codes_since: Set(None),
        created_at: Set(tx.clock().now()),
    };
    Ok(row.insert(tx.raw()).await?)
}
