//! A subscription's address on our own pages: what users are given instead of the panel's.
//!
//! It stays when the panel's address changes, answers while the panel is down, and bears the shop's name.

pub mod address;
pub mod agent;
pub mod app;
pub mod body;
pub mod renew;
pub mod service;

#[cfg(test)]
mod tests;
