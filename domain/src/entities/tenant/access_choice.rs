//! Which of several accesses a user has before him. Most users have no row: theirs is the one that ends last.

use sea_orm::entity::prelude::*;

use crate::ids::{SubscriptionId, UserId};

#[sea_orm::model]
#[derive(Clone, Debug, PartialEq, Eq, DeriveEntityModel)]
#[sea_orm(table_name = "access_choices")]
pub struct Model {
    #[sea_orm(primary_key, auto_increment = false)]
    pub user_id: UserId,
    /// What his screens are about.
    pub subscription_id: Option<SubscriptionId>,
    /// Whether the next plan that he buys is to be an access of its own.
    pub separately: bool,
}

impl ActiveModelBehavior for ActiveModel {}
