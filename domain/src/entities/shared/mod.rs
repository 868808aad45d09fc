//! Rows that both databases have in the same shape.

pub mod job;
pub mod ledger_entry;
pub mod payment_inbox;
pub mod setting;
