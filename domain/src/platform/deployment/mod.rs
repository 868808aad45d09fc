//! The way of a shop from order to live bot (SPEC §2): a row for each step, watched live, resumed
//! after a crash and tried again.

pub mod again;
pub mod go_live;
pub mod rules;
pub mod run;
pub mod service;
#[cfg(test)]
mod tests;

pub use service::{commit_step, for_bot, mark, mark_done, was_bot_live, was_live};
