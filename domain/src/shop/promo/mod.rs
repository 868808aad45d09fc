//! Promo codes: what a shop gives out, what lies ready for a user's next order, and the terms as each
//! order keeps them. An order's price, days and traffic are made with them when it is placed; from then
//! on nothing asks the code any more.

pub mod code;
pub mod holder;
pub mod redemption;
pub mod rules;
pub mod service;
#[cfg(test)]
mod tests;
pub mod tries;
pub mod verify;
