//! Which updates have had their effect.

pub mod service;
