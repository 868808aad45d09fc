//! The books: double entry, append-only, and the check that everything adds up.

pub mod chain;
pub mod service;
pub mod verify;
