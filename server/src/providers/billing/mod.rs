//! How the platform is paid.

pub mod stripe;
pub mod unconfigured;
