//! Who had a trial. Outlives the user: it holds a keyed hash, not the person.

use sea_orm::entity::prelude::*;

use crate::ids::RowId;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "trial_claims")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: RowId,
    #[sea_orm(column_type = "Text")]
    pub claimant: String,
    pub claimed_at: DateTimeUtc,
}

impl ActiveModelBehavior for ActiveModel {}
