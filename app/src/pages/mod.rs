//! Pages by area. Each is a view model that renders itself: see the table in the crate's docs.

pub mod auth;
pub mod dashboard;
pub mod panel;
pub mod public;
pub mod sandbox;
pub mod start;
