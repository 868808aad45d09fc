//! Conversations: where the current screen is, and what was asked.

pub mod service;
