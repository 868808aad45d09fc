//! The tenant's panels: how to reach them, whether they answer, and whether they hold what we think.

pub mod drift;
pub mod jobs;
mod rules;
pub mod service;
pub mod sync;
#[cfg(test)]
mod tests;
