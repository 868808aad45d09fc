//! The people who use a shop's bots.

pub mod search;
pub mod service;
pub mod ways;
