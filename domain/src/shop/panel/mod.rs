//! The tenant's panels: how to reach them, whether they answer, and whether they hold what we think.

pub mod drift;
pub mod figures;
pub mod jobs;
mod rules;
pub mod service;
pub mod settings;
pub mod sync;
#[cfg(test)]
mod tests;
