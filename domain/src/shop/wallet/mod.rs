//! What lies with the shop for its users, filling it and paying with it.

pub mod service;
#[cfg(test)]
mod tests;
pub mod top_up;
#[cfg(test)]
mod top_up_tests;
