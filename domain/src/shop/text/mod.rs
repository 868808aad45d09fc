//! What a shop's bots say in the shop's own words: for each text of ours and each language one that takes
//! its place.

pub mod file;
pub mod rules;
pub mod service;
#[cfg(test)]
mod tests;
