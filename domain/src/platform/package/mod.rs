//! What a customer can buy, and how much of it they have used up.

pub mod admission;
pub mod limits;
pub mod service;
