//! The two kinds of database, and connection types that keep them apart.
//!
//! A query of the platform takes `&impl MasterConn`, a query of a shop `&impl TenantConn`; only a
//! transaction that knows its tenant is the latter, so no shop query runs unscoped.

mod connect;
mod crypto;
mod inspect;
mod keyfile;
mod master;
mod postgres;
mod sqlite;
mod store;
mod tenant;
#[cfg(test)]
mod tests;
mod transfer;
pub mod wakeup;

pub use connect::{DatabaseSettings, DatabaseUrl};
pub use crypto::{CryptoError, SealedIn, Sealer};
pub use inspect::{Inspection, Tables, inspect};
pub use keyfile::load_or_create_key;
pub use master::{MasterDb, MasterTx};
pub use store::{NewTenant, OPEN_LIMIT, TenantStore};
pub use tenant::{TenantDb, TenantTx};
pub use transfer::{Arrived, ExportReport, Origin, Secrets};

use sea_orm::{ConnectionTrait, DbErr};

use crate::{clock::ShopClock, ids::TenantId};

/// Longest life of a tenant's transaction. The wake-up protocol counts on it: a hint may be dropped
/// only when no commit that it announced can still be under way.
pub const TRANSACTION_LIMIT: std::time::Duration = std::time::Duration::from_secs(30);

/// Something that queries can run on.
pub trait Conn: Send + Sync {
    type Raw: ConnectionTrait;

    /// For the slices' queries only.
    fn raw(&self) -> &Self::Raw;
}

/// A connection to the platform's database.
pub trait MasterConn: Conn {}

/// A connection that sees one tenant's rows and no others.
pub trait TenantConn: Conn {
    fn tenant(&self) -> TenantId;

    /// The shop's clock.
    fn clock(&self) -> &ShopClock;

    /// Seals and opens this tenant's secrets.
    fn sealer(&self) -> &Sealer;

    /// The platform's database, for what it keeps of this tenant: its bots.
    fn master(&self) -> &MasterDb;

    /// Tells the transaction that a job becomes due at this shop time, so that the commit is
    /// announced first.
    fn announce(&self, due_at: chrono::DateTime<chrono::Utc>);
}

/// Why the data layer failed. None of these is the reader's fault.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    #[error("database: {0}")]
    Database(#[from] DbErr),
    #[error(transparent)]
    Crypto(#[from] CryptoError),
    #[error("file: {0}")]
    Io(#[from] std::io::Error),
    #[error("no such tenant: {0}")]
    NoTenant(TenantId),
    /// Another writer of the tenant did not end in time.
    #[error("the shop is busy: {0}")]
    Busy(TenantId),
    /// The transaction lived longer than [`TRANSACTION_LIMIT`] and was rolled back.
    #[error("the transaction took too long and was rolled back")]
    TooLong,
    /// The database is set up in a way that does not keep tenants apart. Says how to repair it.
    #[error("{0}")]
    Unsafe(String),
}
