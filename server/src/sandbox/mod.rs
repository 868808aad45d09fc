//! Emulators of the outside world, spoken to over HTTP by the real clients: only base URLs differ.
//!
//! They serve sandbox mode, the bot preview and the tests; in production only shops of kind
//! `preview` or `sandbox` may point at them.

pub mod accounts;
pub mod cardpage;
mod courier;
pub mod cryptopay;
pub mod desk;
pub mod hosted;
pub mod knobs;
pub mod mailbox;
pub mod marzban;
#[cfg(test)]
mod openapi;
pub mod panels;
pub mod store;
pub mod stripe;
pub mod telegram;
pub mod wata;
pub mod yookassa;
