//! What a shop knows of a user: for himself, and for nobody any more.

pub mod erase;
#[cfg(test)]
mod erase_tests;
pub mod held;
mod person;
pub mod service;
#[cfg(test)]
mod tests;
