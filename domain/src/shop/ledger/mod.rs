//! The books: double entry, append-only, and the checks that everything adds up: alone, with what
//! providers and panels say, and every night.

pub mod chain;
pub mod nightly;
pub mod service;
#[cfg(test)]
mod tests;
pub mod verify;
pub mod verify_online;
