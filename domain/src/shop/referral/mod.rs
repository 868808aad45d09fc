//! Users who bring users. Both get time when the one who came has paid for the first time, in the
//! transaction that settles it; it goes when all of that money goes back.

pub mod list;
pub mod rules;
pub mod service;
#[cfg(test)]
mod tests;
pub mod verify;
