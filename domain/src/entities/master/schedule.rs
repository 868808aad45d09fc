//! When a recurring job last ran and runs next.

use sea_orm::entity::prelude::*;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "schedules")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    #[sea_orm(column_type = "Text")]
    pub name: String,
    /// A cron expression with seconds, in UTC.
    #[sea_orm(column_type = "Text")]
    pub spec: String,
    pub last_slot: Option<DateTimeUtc>,
    pub next_slot: DateTimeUtc,
    #[sea_orm(column_type = "Text")]
    pub last_result: Option<String>,
}

impl ActiveModelBehavior for ActiveModel {}
