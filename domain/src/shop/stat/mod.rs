//! Figures of a shop, computed from its rows.

pub mod health;
pub mod period;
pub mod report;
pub mod service;
#[cfg(test)]
mod tests;
