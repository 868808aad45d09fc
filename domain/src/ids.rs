//! Identifiers: UUIDv7 in a type of its own for each noun, so that one cannot be passed for another.

use std::{fmt, str::FromStr};

use sea_orm::{DbErr, DeriveValueType, TryFromU64};
use serde::{Deserialize, Serialize};
use uuid::Uuid;

macro_rules! ids {
    ($($(#[$doc:meta])* $name:ident),+ $(,)?) => {$(
        $(#[$doc])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize, DeriveValueType)]
        #[serde(transparent)]
        pub struct $name(pub Uuid);

        impl $name {
            /// A new identifier; later ones sort after earlier ones.
            #[expect(clippy::new_without_default, reason = "a default identifier would be a fresh one each time")]
            pub fn new() -> Self {
                Self(Uuid::now_v7())
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                write!(f, "{}", self.0.as_simple())
            }
        }

        impl FromStr for $name {
            type Err = uuid::Error;

            fn from_str(text: &str) -> Result<Self, Self::Err> {
                Uuid::parse_str(text).map(Self)
            }
        }

        // SeaORM asks this of every primary key; no database gives us a number.
        impl TryFromU64 for $name {
            fn try_from_u64(_: u64) -> Result<Self, DbErr> {
                Err(DbErr::ConvertFromU64(stringify!($name)))
            }
        }
    )+};
}

ids! {
    /// A person who signs in.
    AccountId,
    /// A seller, who pays the platform.
    CustomerId,
    /// One customer's shop, with its own database.
    TenantId,
    /// One running Telegram bot of a tenant.
    BotId,
    /// One way of a bot from order to live.
    DeploymentId,
    /// A customer's running package.
    PackageSubscriptionId,
    /// A customer's payment for a package.
    PackagePaymentId,
    /// An end user of a tenant.
    UserId,
    /// What a user buys.
    PlanId,
    /// A user's purchase.
    OrderId,
    /// Money sent back of one order.
    RefundId,
    /// A picture by which a buyer shows that he has paid.
    ReceiptId,
    /// A user's question to the shop.
    TicketId,
    /// A question with its answer.
    FaqEntryId,
    /// Somebody who came by a user's link.
    ReferralId,
    /// A user's running access.
    SubscriptionId,
    /// Time bought by one order or given for one reason.
    GrantId,
    /// A Marzban server of a tenant.
    PanelId,
    /// A queued piece of work.
    JobId,
    /// A set of ledger rows that sum to zero.
    TransactionId,
    /// A code by which a purchase costs less or gives more.
    PromoId,
    /// A message to many users.
    BroadcastId,
    /// A row of no special kind.
    RowId,
}

impl OrderId {
    /// The form in which people read and say an order: `BY-` and the last eight hex digits, which
    /// are random in a UUIDv7.
    pub fn short(&self) -> String {
        let simple = self.0.as_simple().to_string();
        format!("BY-{}", simple[24..].to_uppercase())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_id_survives_its_own_text() {
        let id = TenantId::new();
        assert_eq!(id.to_string().parse::<TenantId>().unwrap(), id);
    }

    #[test]
    fn later_ids_sort_after_earlier_ones() {
        assert!(OrderId::new() < OrderId::new());
    }
}
