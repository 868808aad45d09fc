//! Tickets: a user asks, the shop answers in the panel or in the bot. What somebody wrote is stored in
//! the transaction that acknowledges it, once, however often it comes.

pub mod contact;
pub mod list;
pub mod rules;
pub mod service;
#[cfg(test)]
mod tests;
