//! Conversations: where the current screen is, and what was asked.

pub mod dialogue;
pub mod service;
