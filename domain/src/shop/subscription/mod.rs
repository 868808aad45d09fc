//! A user's access: what it should be, and driving the panel there.

pub mod jobs;
pub mod provision;
pub mod rules;
pub mod service;
pub mod several;
pub mod usage;

#[cfg(test)]
mod tests;
