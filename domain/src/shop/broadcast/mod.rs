//! One message to many users, to each at most once.
//!
//! Who gets it is frozen when it starts, in pieces. A recipient is written down as `sending` before
//! Telegram is called, and what became of it after: what a crash leaves in hand is `unknown`, and only a
//! person sends it again. One run has a broadcast at a time.

pub mod by_staff;
pub mod edition;
pub mod freeze;
pub mod jobs;
pub mod letter;
pub mod list;
pub mod picture;
pub mod remove;
pub mod segment;
pub mod send;
pub mod service;
#[cfg(test)]
mod tests;
mod told;
