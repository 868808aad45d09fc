//! A plan's price in one currency. Nothing is converted at run time.

use sea_orm::entity::prelude::*;

use crate::ids::{PlanId, RowId};
use crate::money::Currency;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "prices")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: RowId,
    pub plan_id: PlanId,
    pub currency: Currency,
    pub amount_minor: i64,
}

impl ActiveModelBehavior for ActiveModel {}
