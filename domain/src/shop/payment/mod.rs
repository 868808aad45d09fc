//! Taking a user's money: opening a payment, believing a provider's word, settling the order.
//!
//! A webhook is only stored and queued; what is true is read from the provider and compared with the
//! order. Everything that follows from it (state, books, time, work on the panel) is one transaction.

mod bookings;
pub mod card;
pub mod checkout;
pub mod import;
#[cfg(test)]
mod import_tests;
pub mod inbox;
pub mod intake;
#[cfg(test)]
mod intake_tests;
pub mod jobs;
pub mod listed;
pub mod method;
#[cfg(test)]
mod method_tests;
pub mod open;
pub mod poll;
pub mod providers;
pub mod replay;
mod returns;
pub mod settle;
#[cfg(test)]
mod tests;
pub mod way;

pub use providers::{Provider, Providers};
pub use way::{House, Way};
