//! Whom a shop's bot lets in: newcomers, and whoever is not in the shop's channel.
//!
//! Nobody who pays is kept out, and nobody on whose money something hangs.

pub mod service;
#[cfg(test)]
mod tests;
