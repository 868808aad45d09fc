//! How the platform is paid.

pub mod stripe;
