//! The people who help the owner to run the shop: who they are, what each may do, and what they did.

pub mod acts;
pub mod log;
pub mod maintenance;
pub mod rights;
pub mod service;
#[cfg(test)]
mod tests;
