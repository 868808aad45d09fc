//! The books: double entry, append-only, and the check that everything adds up.

pub mod chain;
pub mod service;
#[cfg(test)]
mod tests;
pub mod verify;
