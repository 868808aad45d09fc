//! How customers pay for packages: a hosted checkout, webhooks that are only hints, and a settlement
//! that believes nothing but what the provider answers when asked.

pub mod checkout;
pub mod clock;
pub mod intake;
pub mod poll;
pub mod rules;
pub mod service;
pub mod settle;
#[cfg(test)]
mod tests;
pub mod verify;
