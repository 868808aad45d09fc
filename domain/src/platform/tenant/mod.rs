//! A customer's shop: made from a starter pack, with its panel and its settings.

pub mod broadcasts;
pub mod erase;
pub mod fill;
pub mod import;
pub mod packs;
pub mod panel;
pub mod panel_care;
pub mod panel_check;
pub mod payments;
pub mod plans;
pub mod promos;
pub mod rules;
pub mod service;
