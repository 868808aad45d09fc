//! Where shops' books stood, written down outside of them: in the platform's audit log, whose rows
//! nobody can change. A chain of hashes shows a change only to somebody who knows its end: without that,
//! whoever can write the file could make the whole chain anew.

#[cfg(test)]
mod tests;

use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder};
use serde_json::json;

use super::audit::{self, Entry};
use crate::{
    db::{Conn, MasterConn, MasterDb, StoreError, TenantDb},
    entities::{
        master::audit as log,
        tenant::ledger_entry::{self, Model},
    },
    ids::TenantId,
    shop::ledger::{
        chain,
        verify::{Breach, breach},
    },
};

const ACTION: &str = "ledger.anchor";

/// What came of writing down where the books stand.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Anchored {
    /// At the row of this number.
    At(i64),
    /// The books stand where they stood, or are empty.
    Nothing,
    /// They are broken, or not the ones that were anchored: that is for a person.
    Refused,
}

/// I11: the books still hold what was written down of them last.
///
/// # Errors
/// [`StoreError::Database`].
pub async fn check(master: &MasterDb, db: &TenantDb) -> Result<Vec<Breach>, StoreError> {
    // Read first, so that the books can only be further.
    let Some(anchor) = last(master, db.tenant()).await? else { return Ok(Vec::new()) };
    let tx = db.read().await?;
    let row =
        ledger_entry::Entity::find().filter(ledger_entry::COLUMN.seq.eq(anchor.seq)).one(tx.raw()).await?;
    if row.is_some_and(|row| row.hash == anchor.hash) {
        return Ok(Vec::new());
    }
    let found = format!(
        "row {} is not the one that was anchored on {}: the books were changed, or brought back from a backup",
        anchor.seq, anchor.at
    );
    Ok(vec![breach("I11", found)])
}

/// Writes down where the books stand, if they are whole and go on from where they stood.
///
/// # Errors
/// [`StoreError::Database`].
pub async fn renew(master: &MasterDb, db: &TenantDb) -> Result<Anchored, StoreError> {
    if !check(master, db).await?.is_empty() {
        return Ok(Anchored::Refused);
    }
    write_down(master, db, "nightly").await
}

/// The same though the books are not the ones that were anchored: somebody says why.
///
/// # Errors
/// [`StoreError::Database`].
pub async fn accept(master: &MasterDb, db: &TenantDb, reason: &str) -> Result<Anchored, StoreError> {
    write_down(master, db, reason).await
}

async fn write_down(master: &MasterDb, db: &TenantDb, reason: &str) -> Result<Anchored, StoreError> {
    let tx = db.read().await?;
    let by_number = ledger_entry::Entity::find().order_by_asc(ledger_entry::Column::Seq);
    let books: Vec<Model> = by_number.all(tx.raw()).await?;
    drop(tx);
    if chain::broken_at(&books).is_some() {
        return Ok(Anchored::Refused);
    }
    let Some(head) = books.last() else { return Ok(Anchored::Nothing) };
    let tx = master.write().await?;
    if last(&tx, db.tenant()).await?.is_some_and(|anchor| anchor.hash == head.hash) {
        return Ok(Anchored::Nothing);
    }
    let entry = Entry {
        account: None,
        tenant: Some(db.tenant()),
        action: ACTION,
        subject: head.seq.to_string(),
        detail: json!({ "hash": head.hash, "reason": reason }),
    };
    audit::append(&tx, entry).await?;
    tx.commit().await?;
    // The log is a third place, out of reach of whoever can write both databases.
    tracing::info!(tenant = %db.tenant(), row = head.seq, hash = head.hash, "the books are anchored");
    Ok(Anchored::At(head.seq))
}

struct Anchor {
    seq: i64,
    hash: String,
    at: chrono::DateTime<chrono::Utc>,
}

async fn last(conn: &impl MasterConn, tenant: TenantId) -> Result<Option<Anchor>, StoreError> {
    let row = log::Entity::find()
        .filter(log::COLUMN.tenant_id.eq(Some(tenant)))
        .filter(log::COLUMN.action.eq(ACTION))
        .order_by_desc(log::Column::Id)
        .one(conn.raw())
        .await?;
    let Some(row) = row else { return Ok(None) };
    let (seq, hash) = (row.subject.parse(), row.detail["hash"].as_str().map(str::to_owned));
    match (seq, hash) {
        (Ok(seq), Some(hash)) => Ok(Some(Anchor { seq, hash, at: row.at })),
        _ => Err(sea_orm::DbErr::Custom(format!("the anchor {} cannot be read", row.id)).into()),
    }
}
