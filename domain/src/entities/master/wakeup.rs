//! A hint that a tenant has work due. One too many is fine; one missing is not.

use sea_orm::entity::prelude::*;

use crate::ids::TenantId;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "wakeups")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub tenant_id: TenantId,
    pub due_at: DateTimeUtc,
    pub written_at: DateTimeUtc,
    pub version: i64,
    /// How many looks in a row found nothing.
    pub idle_looks: i32,
    /// Nothing but a sweep wrote it; real work goes first.
    pub swept: bool,
}

impl ActiveModelBehavior for ActiveModel {}
