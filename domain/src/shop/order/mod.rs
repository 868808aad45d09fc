//! A user's purchase: placed once, moved only forward, with a timeline that says what happened.

pub mod difference;
pub mod list;
pub mod rules;
pub mod service;
pub(in crate::shop) mod terms;
#[cfg(test)]
mod tests;

pub use service::{NewOrder, OrderRefused};
