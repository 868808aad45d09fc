//! One side of a booking. The rows of a transaction sum to zero in each currency; rows are never changed.

use sea_orm::entity::prelude::*;

use crate::ids::{RowId, TransactionId};
use crate::money::Currency;

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "ledger_entries")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: RowId,
    /// Its place in the books, from 1 on, without gaps.
    pub seq: i64,
    pub transaction_id: TransactionId,
    #[sea_orm(column_type = "Text")]
    pub order_ref: String,
    #[sea_orm(column_type = "Text")]
    pub account: String,
    pub amount_minor: i64,
    pub currency: Currency,
    #[sea_orm(column_type = "Text")]
    pub kind: String,
    #[sea_orm(column_type = "Text")]
    pub provider_ref: String,
    pub created_at: DateTimeUtc,
    /// Of this row and the one before; see `shop::ledger::chain`.
    #[sea_orm(column_type = "Text")]
    pub hash: String,
}

impl ActiveModelBehavior for ActiveModel {}
