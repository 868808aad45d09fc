//! A tenant's bots: their tokens, their owners, and whether they run.

pub mod answered;
pub mod channel;
pub mod frozen;
pub mod owner;
pub mod rules;
pub mod service;
pub mod token;
