//! The platform's clock of a sandbox server, which its operator moves ahead to see trials end. Sign-in,
//! limits, leases and jobs stay on real time; a live server never takes a moved clock up.

use chrono::Duration;
use sea_orm::{ActiveValue::Set, EntityTrait, sea_query::OnConflict};

use crate::{
    db::{Conn, MasterDb, StoreError},
    entities::master::setting::{ActiveModel, Column, Entity},
};

/// The setting that holds how many seconds the clock is ahead.
const AHEAD: &str = "platform_clock_ahead_seconds";

/// Goes on from where the clock was moved to before a restart.
///
/// # Errors
/// [`StoreError::Database`].
pub async fn take_up(master: &MasterDb) -> Result<(), StoreError> {
    let row = Entity::find_by_id(AHEAD).one(master.raw()).await?;
    let seconds = row.and_then(|row| row.value.as_i64()).unwrap_or(0);
    master.platform_clock().set_offset(Duration::seconds(seconds));
    Ok(())
}

/// Moves the clock ahead.
///
/// # Errors
/// [`StoreError::Database`].
pub async fn advance(master: &MasterDb, by: Duration) -> Result<(), StoreError> {
    let ahead = master.platform_clock().offset() + by;
    let row = ActiveModel { name: Set(AHEAD.to_owned()), value: Set(serde_json::json!(ahead.num_seconds())) };
    let replace = OnConflict::column(Column::Name).update_column(Column::Value).to_owned();
    let tx = master.write().await?;
    Entity::insert(row).on_conflict(replace).exec_without_returning(tx.raw()).await?;
    tx.commit().await?;
    master.platform_clock().set_offset(ahead);
    Ok(())
}
