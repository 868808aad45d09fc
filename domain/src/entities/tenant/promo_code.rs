//! A code by which a purchase costs less or gives more.

use sea_orm::entity::prelude::*;
use serde::{Deserialize, Serialize};

use crate::{ids::PromoId, money::Currency};

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "promo_codes")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub id: PromoId,
    /// In the one form of `shop::promo::code`.
    #[sea_orm(column_type = "Text")]
    pub code: String,
    pub kind: PromoKind,
    /// Percent, the currency's smallest units, days or bytes.
    pub value: i64,
    /// Of an amount.
    pub currency: Option<Currency>,
    /// The plans on which it works, by their ids; none is all of them.
    #[sea_orm(column_type = "JsonBinary")]
    pub plans: Json,
    pub valid_from: Option<DateTimeUtc>,
    pub valid_until: Option<DateTimeUtc>,
    pub max_uses: Option<i64>,
    pub per_user: Option<i64>,
    pub first_purchase: bool,
    pub active: bool,
    pub created_at: DateTimeUtc,
}

impl ActiveModelBehavior for ActiveModel {}

/// What a code does to a purchase.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, EnumIter, DeriveActiveEnum, Serialize, Deserialize)]
#[sea_orm(rs_type = "String", db_type = "Text")]
#[serde(rename_all = "snake_case")]
pub enum PromoKind {
    #[sea_orm(string_value = "percent")]
    Percent,
    #[sea_orm(string_value = "amount")]
    Amount,
    #[sea_orm(string_value = "days")]
    Days,
    #[sea_orm(string_value = "traffic")]
    Traffic,
}
