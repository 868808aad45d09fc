//! The free trial: once for each person, even if they delete their data.

pub mod service;
#[cfg(test)]
mod tests;
