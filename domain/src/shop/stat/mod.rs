//! Figures of a shop, computed from its rows.

pub mod service;
