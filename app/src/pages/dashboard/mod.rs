//! The customer's area: all bots, one bot's overview, its phone.

mod home;
mod overview;
mod preview;

pub use home::{BotCard, HomePage};
pub use overview::{BotState, Figures, OverviewPage, SaleRow, SaleState};
pub use preview::PreviewPage;
