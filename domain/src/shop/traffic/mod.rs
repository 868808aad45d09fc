//! Traffic that is sold beside the plans, for access that is running.

pub mod service;

#[cfg(test)]
mod tests;
