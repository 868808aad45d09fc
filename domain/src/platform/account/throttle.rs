//! How often somebody may try to sign in: 5 failures in 15 minutes for an account, 20 tries in a
//! minute from an address. And to sign up: 20 tries in an hour from an address. Rows hold keyed
//! hashes, no address and no e-mail.

use std::net::IpAddr;

use chrono::{DateTime, Duration, Utc};
use sea_orm::{ActiveValue::Set, ConnectionTrait, DbBackend, EntityTrait, QueryFilter, QueryOrder};

use crate::{
    db::{Conn, MasterTx, Sealer, StoreError},
    entities::master::login_attempt::{self, COLUMN, Entity},
    ids::RowId,
};

const PER_ACCOUNT: Limit = Limit { tries: 5, window: Duration::minutes(15) };
const PER_ADDRESS: Limit = Limit { tries: 20, window: Duration::minutes(1) };
const SIGN_UPS: Limit = Limit { tries: 20, window: Duration::hours(1) };

/// PostgreSQL's name for the lock under which tries are counted.
const LOCK: i64 = 0x0062_6f74_7961_7264;

#[derive(Clone, Copy)]
struct Limit {
    tries: usize,
    window: Duration,
}

/// Whose tries are counted, and how many they may be.
pub(super) struct Subjects(Vec<(String, Limit)>);

impl Subjects {
    pub(super) fn of_sign_in(sealer: &Sealer, email: &str, address: Option<IpAddr>) -> Self {
        let account = format!("account:{}", sealer.fingerprint("sign-in", email.as_bytes()));
        let address = address.map(|address| (of_network(sealer, "address", address), PER_ADDRESS));
        Self([(account, PER_ACCOUNT)].into_iter().chain(address).collect())
    }

    pub(super) fn of_sign_up(sealer: &Sealer, address: Option<IpAddr>) -> Self {
        Self(address.map(|address| (of_network(sealer, "sign-up", address), SIGN_UPS)).into_iter().collect())
    }
}

/// An IPv6 address counts by its /64, which is what one customer of a network gets.
fn of_network(sealer: &Sealer, what: &str, address: IpAddr) -> String {
    let network = match address.to_canonical() {
        IpAddr::V4(v4) => v4.octets().to_vec(),
        IpAddr::V6(v6) => v6.octets()[..8].to_vec(),
    };
    format!("{what}:{}", sealer.fingerprint("sign-in", &network))
}

/// Counts this try before anything is looked at, so that parallel guesses count as well. `Err` is the
/// number of minutes to wait.
pub(super) async fn admit(tx: &MasterTx, subjects: &Subjects) -> Result<Result<(), i64>, StoreError> {
    one_at_a_time(tx).await?;
    let now = tx.now();
    forget_old(tx, now).await?;
    let mut refused = None;
    for (subject, limit) in &subjects.0 {
        refused = Ord::max(refused, wait(tx, subject, *limit, now).await?);
    }
    if let Some(minutes) = refused {
        return Ok(Err(minutes));
    }
    for (subject, _) in &subjects.0 {
        let row =
            login_attempt::ActiveModel { id: Set(RowId::new()), subject: Set(subject.clone()), at: Set(now) };
        Entity::insert(row).exec_without_returning(tx.raw()).await?;
    }
    Ok(Ok(()))
}

/// The password was right: the account's failures are forgotten.
pub(super) async fn clear(tx: &MasterTx, subjects: &Subjects) -> Result<(), StoreError> {
    one_at_a_time(tx).await?;
    let account = subjects.0.iter().find(|(subject, _)| subject.starts_with("account:"));
    let Some((account, _)) = account else { return Ok(()) };
    Entity::delete_many().filter(COLUMN.subject.eq(account.clone())).exec(tx.raw()).await?;
    Ok(())
}

/// Two transactions of PostgreSQL that count before either has inserted would both be let in; SQLite
/// has one writer anyway. One lock and not one for each subject: counting takes milliseconds, far
/// less than the hash that follows, and those who forget the same old rows cannot block each other.
async fn one_at_a_time(tx: &MasterTx) -> Result<(), StoreError> {
    if tx.raw().get_database_backend() == DbBackend::Postgres {
        tx.raw().execute_unprepared(&format!("SELECT pg_advisory_xact_lock({LOCK})")).await?;
    }
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
    let longest = SIGN_UPS.window.max(PER_ACCOUNT.window).max(PER_ADDRESS.window);
    Entity::delete_many().filter(COLUMN.at.lte(now - longest)).exec(tx.raw()).await?;
    Ok(())
}
