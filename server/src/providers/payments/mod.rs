//! How a shop's users pay: one folder for each provider.

pub mod cryptopay;
pub mod test;
pub mod wata;
