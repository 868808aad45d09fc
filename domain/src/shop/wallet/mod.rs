//! What lies with the shop for its users, and paying with it.

pub mod service;
#[cfg(test)]
mod tests;
