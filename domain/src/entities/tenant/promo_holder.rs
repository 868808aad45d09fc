//! How a user stands with promo codes: the one that lies ready for the next order, and wrong tries.

use sea_orm::entity::prelude::*;

use crate::ids::{PromoId, UserId};

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "promo_holders")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub user_id: UserId,
    /// What lies ready.
    pub promo_id: Option<PromoId>,
    /// Codes that do not exist, tried since then.
    pub wrong_tries: i32,
    pub tried_since: Option<DateTimeUtc>,
    /// After too many of them.
    pub barred_until: Option<DateTimeUtc>,
}

impl ActiveModelBehavior for ActiveModel {}
