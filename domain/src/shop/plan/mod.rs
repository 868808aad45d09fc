//! What users can buy.

pub mod service;

pub use service::Offer;
