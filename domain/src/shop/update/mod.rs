//! Which updates have had their effect, and which wait for their chat.

pub mod parked;
pub mod service;
