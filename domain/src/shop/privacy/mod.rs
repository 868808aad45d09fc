//! What a shop knows of a user, for himself.

pub mod service;
#[cfg(test)]
mod tests;
