//! One tenant as one SQLite file, whatever database it lives in.
//!
//! An export holds one instant. It re-seals the tenant's secrets under a passphrase, or leaves them out
//! and lists them. What is read back gets a new tenant id, and nothing points to it until the caller
//! registers it: a wrong passphrase, a foreign file or a full disk leave nothing behind. What a shop
//! read back may go on with is decided in `platform::tenant::import`.

mod copy;
mod head;

use std::{
    fs, io,
    os::unix::fs::OpenOptionsExt as _,
    path::{Path, PathBuf},
};

use sea_orm::{ActiveValue::Set, EntityTrait};
use secrecy::SecretString;
use serde::{Deserialize, Serialize};
use uuid::Uuid;

use self::{
    copy::{Reseal, Target, copy_all},
    head::{check_place, read_head, sealer_of, write_head},
};
use super::{Conn, MasterTx, Sealer, StoreError, TenantConn, TenantDb, TenantStore, sqlite};
use crate::{
    entities::{
        master::tenant::{self, TenantKind},
        tenant as rows,
    },
    ids::{CustomerId, TenantId},
    money::Currency,
};

/// What becomes of the tenant's secrets in an export.
#[derive(Clone, Debug)]
pub enum Secrets {
    /// Sealed again, under a key made from this passphrase.
    Passphrase(SecretString),
    LeaveOut,
}

/// What an export holds, or what an import still needs.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ExportReport {
    pub rows: u64,
    /// `table.column id` of each secret that is not in the file and has to be typed in again.
    pub left_out: Vec<String>,
}

/// The shop's own row as the file tells it. Its kind cannot be chosen anew: a sandbox never becomes a
/// live shop.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Origin {
    pub tenant: TenantId,
    pub name: String,
    pub kind: TenantKind,
    pub locale: String,
    pub currency: Currency,
    pub utc_offset_minutes: i32,
    pub starter_pack: String,
    pub clock_offset_seconds: i64,
}

/// A shop whose data is read back, and to which nothing points yet.
#[derive(Debug)]
pub struct Arrived {
    pub db: TenantDb,
    pub origin: Origin,
    pub report: ExportReport,
    row: tenant::ActiveModel,
}

/// Calls a macro with each table that an export holds, in an order in which foreign keys hold, and its
/// sealed columns.
macro_rules! every_table {
    ($call:ident) => {
        $call! {
            user [], chat [], plan [], price [],
            payment_method [sealed_api_key, sealed_webhook_secret],
            panel [sealed_password],
            subscription [], panel_drift [], trial_claim [], notification [], order [], order_event [], refund [], grant [],
            receipt [], receipt_picture [],
            payment_inbox [], ledger_entry [], setting [],
            saved_method [sealed_token], auto_renewal [], renewal [], standing_payment [],
            promo_code [], promo_redemption [], promo_holder [],
            notice_choice [], access_choice [], mail_address [],
            ticket [], ticket_message [],
            referral_code [], referral [], faq_entry [], faq_vote [],
            link [], link_body [], gift [],
            text [],
            staff_member [], staff_invite [], staff_act [],
            broadcast [], broadcast_picture [], broadcast_recipient [],
        }
    };
}
pub(super) use every_table;

/// What belongs to the running shop and not to its copy: queued work, and the updates that its bots
/// have seen or are still to handle.
const LEFT_BEHIND: [&str; 3] = ["jobs", "seen_updates", "parked_updates"];

/// All tables of a tenant, those first that others point to.
pub(super) fn table_names() -> Vec<&'static str> {
    macro_rules! names {
        ($($table:ident [$($sealed:ident),*],)*) => {
            vec![$(sea_orm::EntityName::table_name(&rows::$table::Entity)),*]
        };
    }
    let mut names = every_table!(names);
    names.extend(LEFT_BEHIND);
    names
}

impl TenantStore {
    /// Writes the tenant into a new SQLite file at `path`, as of one instant.
    ///
    /// # Errors
    /// [`StoreError`]; also when the file exists.
    pub async fn export(
        &self,
        id: TenantId,
        path: &Path,
        secrets: &Secrets,
    ) -> Result<ExportReport, StoreError> {
        // Names and purchases are in it, so it is its owner's alone.
        fs::OpenOptions::new().write(true).create_new(true).mode(0o600).open(path)?;
        let written = self.write_out(id, path, secrets).await;
        if written.is_err() {
            sqlite::remove(path)?;
        }
        written
    }

    async fn write_out(
        &self,
        id: TenantId,
        path: &Path,
        secrets: &Secrets,
    ) -> Result<ExportReport, StoreError> {
        let row = self.row(id).await?.ok_or(StoreError::NoTenant(id))?;
        let tx = self.snapshot(id).await?;
        let file = sqlite::create_empty(path).await?;
        let to = match secrets {
            Secrets::Passphrase(passphrase) => {
                let salt = Sealer::random_key()?;
                Some((sealer_of(passphrase, &salt)?, salt))
            }
            Secrets::LeaveOut => None,
        };
        write_head(&file, &Origin::of(row), to.as_ref()).await?;
        let to = to.map(|(sealer, _)| sealer);
        let mut reseal = Reseal { from: Some(tx.sealer().clone()), to, report: ExportReport::default() };
        copy_all(tx.raw(), Target::File(&file), &mut reseal).await?;
        sqlite::close_as_one_file(file).await?;
        Ok(reseal.report)
    }

    /// Reads an exported file into a database of its own under a new id. Without the passphrase the
    /// secrets are left out and listed. The caller [registers](Self::register) what arrived, or
    /// [removes](Self::remove) it.
    ///
    /// # Errors
    /// [`StoreError::Unsafe`] when the file is no export; [`CryptoError::DoesNotOpen`] when the
    /// passphrase is wrong; the rest of [`StoreError`]. Nothing is left behind then, and the file is
    /// never written to.
    pub async fn read_in(
        &self,
        path: &Path,
        customer: CustomerId,
        passphrase: Option<&SecretString>,
    ) -> Result<Arrived, StoreError> {
        let head = read_head(path).await?;
        let from = match (passphrase, &head.sealed) {
            (Some(passphrase), Some((salt, check))) => {
                let sealer = sealer_of(passphrase, salt)?;
                sealer.open_bytes(check_place(), check)?;
                Some(sealer)
            }
            _ => None,
        };
        let (row, db) = self.prepare(customer, &head.origin).await?;
        let report = match self.fill_from(path, &db, from).await {
            Ok(report) => report,
            Err(error) => {
                self.remove(db.tenant()).await?;
                return Err(error);
            }
        };
        Ok(Arrived { db, origin: head.origin, report, row })
    }

    /// Makes the tenant that arrived known, in the caller's transaction.
    ///
    /// # Errors
    /// [`StoreError::Database`].
    pub async fn register(&self, tx: &MasterTx, arrived: &Arrived) -> Result<(), StoreError> {
        tenant::Entity::insert(arrived.row.clone()).exec_without_returning(tx.raw()).await?;
        Ok(())
    }

    /// From a copy, which gets the tables that were added since the export was made.
    async fn fill_from(
        &self,
        path: &Path,
        db: &TenantDb,
        from: Option<Sealer>,
    ) -> Result<ExportReport, StoreError> {
        let copy = Scratch::of(path)?;
        let file = sqlite::create_empty(&copy.0).await?;
        let to = from.is_some().then(|| db.sealer().clone());
        let mut reseal = Reseal { from, to, report: ExportReport::default() };
        copy_all(&file, Target::Tenant(db), &mut reseal).await?;
        file.close().await?;
        Ok(reseal.report)
    }
}

impl Origin {
    fn of(row: tenant::Model) -> Self {
        Self {
            tenant: row.id,
            name: row.name,
            kind: row.kind,
            locale: row.locale,
            currency: row.currency,
            utc_offset_minutes: row.utc_offset_minutes,
            starter_pack: row.starter_pack,
            clock_offset_seconds: row.clock_offset_seconds,
        }
    }
}

impl Arrived {
    /// Gives the shop another name than it had.
    pub fn rename(&mut self, name: String) {
        self.row.name = Set(name);
    }
}

/// A copy of a file, removed when dropped.
struct Scratch(PathBuf);

impl Scratch {
    fn of(path: &Path) -> io::Result<Self> {
        let name = format!("botyard-import-{}.db", Uuid::now_v7().as_simple());
        let copy = Self(std::env::temp_dir().join(name));
        fs::copy(path, &copy.0)?;
        Ok(copy)
    }
}

impl Drop for Scratch {
    fn drop(&mut self) {
        if let Err(error) = sqlite::remove(&self.0) {
            tracing::warn!(%error, "a copy of an imported file could not be removed");
        }
    }
}
