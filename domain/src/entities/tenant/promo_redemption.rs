//! The terms of the promo code with which an order was placed, as they were then. It holds the code for
//! as long as the order is paid or can be paid in time.

use sea_orm::entity::prelude::*;

use super::promo_code::PromoKind;
use crate::{
    ids::{OrderId, PromoId, RowId, UserId},
    units::{Bytes, Days},
};

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "promo_redemptions")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: RowId,
    pub order_id: OrderId,
    pub user_id: UserId,
    /// The code may be gone by now.
    pub promo_id: PromoId,
    #[sea_orm(column_type = "Text")]
    pub code: String,
    pub kind: PromoKind,
    /// As the code's was.
    pub value: i64,
    /// What the order would have cost, in its currency.
    pub full_minor: i64,
    pub off_minor: i64,
    pub bonus_days: Days,
    pub bonus_bytes: Bytes,
    pub created_at: DateTimeUtc,
}

impl ActiveModelBehavior for ActiveModel {}
