//! What happens around every handler.

pub mod client;
pub mod ending;
pub mod error_pages;
pub mod headers;
pub mod log;
pub mod origin;
pub mod session;
