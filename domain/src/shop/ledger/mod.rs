//! The books: double entry, append-only, and the checks that everything adds up: alone, with what
//! providers and panels say, and every night.

pub mod chain;
pub mod nightly;
pub mod service;
#[cfg(test)]
mod tests;
#[cfg(test)]
mod tests_book;
#[cfg(test)]
mod tests_breaches;
#[cfg(test)]
mod tests_online;
pub mod verify;
pub mod verify_online;
