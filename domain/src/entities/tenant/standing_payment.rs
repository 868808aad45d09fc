//! A payment that the provider repeats by itself until it is called off: begun with an order, at whose price
//! and with whose terms each further one is an order of its own.

use sea_orm::entity::prelude::*;

use crate::ids::{OrderId, RowId, UserId};

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "standing_payments")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: RowId,
    /// The first one, unique.
    pub order_id: OrderId,
    pub user_id: UserId,
    /// `None` until the first one is paid.
    pub began_at: Option<DateTimeUtc>,
    /// When the provider takes the next one, if it does.
    pub paid_until: Option<DateTimeUtc>,
    /// Since when no further one is wanted.
    pub stopped_at: Option<DateTimeUtc>,
    /// Since when it may go on again, until a payment shows that it does: whoever called it off has to let
    /// the provider go on themselves.
    pub resumed_at: Option<DateTimeUtc>,
    /// Whether the provider knows what is wanted.
    pub told: bool,
    pub created_at: DateTimeUtc,
}

impl ActiveModelBehavior for ActiveModel {}
