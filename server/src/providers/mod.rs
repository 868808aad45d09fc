//! The real adapters of the ports: HTTP clients of panels and payment providers. Stateless but for
//! caches; base addresses and keys are arguments. `mod.rs` behaves, `wire.rs` spells their JSON.

pub mod billing;
pub mod http;
pub mod mail;
pub mod panels;
pub mod payments;
mod signature;
