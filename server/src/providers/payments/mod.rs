//! How a shop's users pay: one folder for each provider.

mod answer;
pub mod cryptopay;
pub mod stars;
pub mod stripe;
pub mod test;
pub mod wata;
pub mod yookassa;
