//! Sending money back: asked for by staff, done by the provider, believed when the provider says so.

pub mod jobs;
pub mod rules;
pub mod service;
#[cfg(test)]
mod tests;
