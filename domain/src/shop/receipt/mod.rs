//! Receipts of transfers from card to card: sent by buyers, looked at and decided by staff. An approved
//! one is what a provider's word is elsewhere, and settles its order the same way.

pub mod decide;
pub mod fetch;
pub mod jobs;
pub mod rules;
pub mod service;
#[cfg(test)]
mod tests;
pub mod verify;
