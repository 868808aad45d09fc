//! People who sign in: their sign-up, sign-in and what they belong to.

pub mod password;
pub mod rules;
pub mod service;
#[cfg(test)]
mod tests;
mod throttle;

pub use password::Passwords;
