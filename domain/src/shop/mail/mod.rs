//! Mail: the second way by which a user hears from the shop. He gives an address, confirms it by a code, and
//! says when mail comes; what comes is what the bot would say.

pub mod address;
pub mod code;
mod compose;
pub mod jobs;
mod markup;
pub mod rules;
pub mod send;
pub mod service;
#[cfg(test)]
mod tests;
pub mod token;
