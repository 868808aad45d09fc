//! Frequent questions: five of ours in each language to begin with, which a shop changes, hides, or adds
//! to.

pub mod rules;
pub mod service;
#[cfg(test)]
mod tests;
