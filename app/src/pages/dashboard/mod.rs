//! The customer's area: all bots, one bot's overview, its orders and ways to pay, its phone.

mod home;
mod methods;
mod order;
mod orders;
mod overview;
mod preview;

pub use home::{BotCard, HomePage};
pub use methods::{AccountInput, MethodPage, MethodRow, MethodsPage, OtherMethod};
pub use order::{Fact, FactKind, Left, OrderPage, RefundOffer, RefundProgress, RefundRow};
pub use orders::{OrderChip, OrderRow, OrdersCheck, OrdersPage};
pub use overview::{BotState, Figures, OverviewPage};
pub use preview::PreviewPage;
