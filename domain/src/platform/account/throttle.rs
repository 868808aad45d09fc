//! How often somebody may try to sign in: 5 failures in 15 minutes for an account, 20 tries in a
//! minute from an address. Rows hold keyed hashes, no address and no e-mail.

use std::net::IpAddr;

use chrono::{DateTime, Duration, Utc};
use sea_orm::{ActiveValue::Set, EntityTrait, QueryFilter, QueryOrder};

use crate::{
    db::{Conn, MasterTx, Sealer, StoreError},
    entities::master::login_attempt::{self, COLUMN, Entity},
    ids::RowId,
};

const PER_ACCOUNT: Limit = Limit { tries: 5, window: Duration::minutes(15) };
const PER_ADDRESS: Limit = Limit { tries: 20, window: Duration::minutes(1) };

#[derive(Clone, Copy)]
struct Limit {
    tries: usize,
    window: Duration,
}

/// Whose tries are counted.
pub(super) struct Subjects {
    account: String,
    address: Option<String>,
}

impl Subjects {
    /// An IPv6 address counts by its /64, which is what one customer of a network gets.
    pub(super) fn of(sealer: &Sealer, email: &str, address: Option<IpAddr>) -> Self {
        let network = address.map(|address| match address.to_canonical() {
            IpAddr::V4(v4) => v4.octets().to_vec(),
            IpAddr::V6(v6) => v6.octets()[..8].to_vec(),
        });
        Self {
            account: format!("account:{}", sealer.fingerprint("sign-in", email.as_bytes())),
            address: network.map(|bytes| format!("address:{}", sealer.fingerprint("sign-in", &bytes))),
        }
    }
}

/// Counts this try before the password is looked at, so that parallel guesses count as well.
/// `Err` is the number of minutes to wait.
pub(super) async fn admit(tx: &MasterTx, subjects: &Subjects) -> Result<Result<(), i64>, StoreError> {
    let now = tx.now();
    forget_old(tx, now).await?;
    let mut refused = wait(tx, &subjects.account, PER_ACCOUNT, now).await?;
    if let Some(address) = &subjects.address {
        refused = Ord::max(refused, wait(tx, address, PER_ADDRESS, now).await?);
    }
    if let Some(minutes) = refused {
        return Ok(Err(minutes));
    }
    for subject in [Some(&subjects.account), subjects.address.as_ref()].into_iter().flatten() {
        let row =
            login_attempt::ActiveModel { id: Set(RowId::new()), subject: Set(subject.clone()), at: Set(now) };
        Entity::insert(row).exec_without_returning(tx.raw()).await?;
    }
    Ok(Ok(()))
}

/// The password was right: the account's failures are forgotten.
pub(super) async fn clear(tx: &MasterTx, subjects: &Subjects) -> Result<(), StoreError> {
    Entity::delete_many().filter(COLUMN.subject.eq(subjects.account.clone())).exec(tx.raw()).await?;
    Ok(())
}

async fn wait(
    tx: &MasterTx,
    subject: &str,
    limit: Limit,
    now: DateTime<Utc>,
) -> Result<Option<i64>, StoreError> {
    let tries = Entity::find()
        .filter(COLUMN.subject.eq(subject))
        .filter(COLUMN.at.gt(now - limit.window))
        .order_by_desc(login_attempt::Column::At)
        .all(tx.raw())
        .await?;
    // The try that has to leave the window before another one fits in.
    let Some(oldest) = tries.get(limit.tries - 1) else { return Ok(None) };
    let seconds = (oldest.at + limit.window - now).num_seconds();
    Ok(Some(seconds.div_euclid(60) + i64::from(seconds.rem_euclid(60) > 0)).map(|minutes| minutes.max(1)))
}

async fn forget_old(tx: &MasterTx, now: DateTime<Utc>) -> Result<(), StoreError> {
    let longest = Ord::max(PER_ACCOUNT.window, PER_ADDRESS.window);
    Entity::delete_many().filter(COLUMN.at.lte(now - longest)).exec(tx.raw()).await?;
    Ok(())
}
