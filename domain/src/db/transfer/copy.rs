//! All rows from one database into another, secrets sealed anew on the way.

use sea_orm::{
    ActiveModelTrait, ConnectionTrait, DatabaseConnection, EntityTrait, IntoActiveModel, Iterable,
    ModelTrait, PrimaryKeyToColumn,
};
use uuid::Uuid;

use super::{ExportReport, every_table, rows};
use crate::db::{Conn, SealedIn, Sealer, StoreError, TenantDb};

/// Rows read and written at once.
const PAGE: u64 = 500;
/// A picture has up to two megabytes.
const PICTURES: u64 = 8;

pub(super) struct Reseal {
    /// `None` when the file's secrets cannot be opened.
    pub(super) from: Option<Sealer>,
    /// `None` leaves the secrets out.
    pub(super) to: Option<Sealer>,
    pub(super) report: ExportReport,
}

impl Reseal {
    fn column(&mut self, table: &str, column: &str, row: Uuid, sealed: &[u8]) -> Result<Vec<u8>, StoreError> {
        // Exports hold the row under the place's own name, so one place serves both directions.
        let place = SealedIn { table, column, row };
        match (&self.from, &self.to) {
            (Some(from), Some(to)) if !sealed.is_empty() => {
                Ok(to.seal_bytes(place, &from.open_bytes(place, sealed)?)?)
            }
            _ => {
                self.report.left_out.push(format!("{table}.{column} {}", row.as_simple()));
                Ok(Vec::new())
            }
        }
    }
}

/// Where rows go. A tenant gets each page in a transaction of its own: a large shop takes longer than
/// one may live, and nothing points to a shop that is half there.
#[derive(Clone, Copy)]
pub(super) enum Target<'a> {
    File(&'a DatabaseConnection),
    Tenant(&'a TenantDb),
}

impl Target<'_> {
    async fn insert<A>(self, page: Vec<A>) -> Result<(), StoreError>
    where
        A: ActiveModelTrait + Send,
    {
        let insert = A::Entity::insert_many(page);
        match self {
            Self::File(file) => {
                insert.exec_without_returning(file).await?;
            }
            Self::Tenant(db) => {
                let tx = db.write().await?;
                insert.exec_without_returning(tx.raw()).await?;
                tx.commit().await?;
            }
        }
        Ok(())
    }
}

pub(super) async fn copy_all(
    from: &impl ConnectionTrait,
    to: Target<'_>,
    reseal: &mut Reseal,
) -> Result<(), StoreError> {
    macro_rules! copy_each {
        ($($table:ident [$($sealed:ident),*],)*) => {$(
            copy::<rows::$table::Entity>(from, to, reseal, |_row, _reseal| {
                $(_row.$sealed = _reseal.column(
                    sea_orm::EntityName::table_name(&rows::$table::Entity), stringify!($sealed), _row.id.0, &_row.$sealed,
                )?;)*
                Ok(())
            })
            .await?;
        )*};
    }
    every_table!(copy_each);
    Ok(())
}

/// Page by page in the order of the key, each beginning where the last one ended.
async fn copy<E>(
    from: &impl ConnectionTrait,
    to: Target<'_>,
    reseal: &mut Reseal,
    change: impl Fn(&mut E::Model, &mut Reseal) -> Result<(), StoreError>,
) -> Result<(), StoreError>
where
    E: EntityTrait,
    E::Model: IntoActiveModel<E::ActiveModel> + Send + Sync,
    E::ActiveModel: ActiveModelTrait<Entity = E> + Send,
{
    let Some(key) = E::PrimaryKey::iter().next().map(PrimaryKeyToColumn::into_column) else { return Ok(()) };
    let at_once = if E::default().table_name() == "receipt_pictures" { PICTURES } else { PAGE };
    let mut last = None;
    loop {
        let mut query = E::find().cursor_by(key);
        if let Some(last) = last {
            query.after::<sea_orm::Value>(last);
        }
        let mut page = query.first(at_once).all(from).await?;
        let Some(end) = page.last() else { return Ok(()) };
        last = Some(end.get(key));
        for row in &mut page {
            change(row, reseal)?;
            reseal.report.rows += 1;
        }
        to.insert(page.into_iter().map(|row| row.into_active_model().reset_all()).collect()).await?;
    }
}
