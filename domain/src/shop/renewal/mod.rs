//! Renewing by itself: what users agreed to, the ways to pay that they let us keep, and charging them
//! before their time ends. Charged first, renewed after, never both twice.

pub mod agreement;
pub mod charge;
pub mod jobs;
pub mod rules;
pub mod saved;
pub mod service;
#[cfg(test)]
mod tests;
