//! Renewing by itself: what users agreed to, the ways to pay that they let us keep, and charging them
//! before their time ends. Charged first, renewed after, never both twice. And what providers repeat by
//! themselves.

pub mod agreement;
pub mod ahead;
pub mod charge;
pub mod jobs;
pub mod rules;
pub mod saved;
pub mod service;
pub mod standing;
#[cfg(test)]
mod standing_tests;
#[cfg(test)]
mod tests;
