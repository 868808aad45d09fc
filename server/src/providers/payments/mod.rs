//! How a shop's users pay: one folder for each provider.

mod answer;
pub mod test;
pub mod yookassa;
