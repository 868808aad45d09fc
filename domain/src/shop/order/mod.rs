//! A user's purchase: placed once, moved only forward, with a timeline that says what happened.

pub mod rules;
pub mod service;

pub use service::{NewOrder, OrderRefused};
