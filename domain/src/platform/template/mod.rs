//! What a new shop starts with: one pack for each market, so that it can sell at once.

mod packs;
mod plans;

pub use packs::{Pack, find, list};
pub use plans::{StarterPlan, plans, prices};
