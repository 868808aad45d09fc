//! What the shop's owner has set.

pub mod service;
