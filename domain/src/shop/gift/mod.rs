//! Plans that are bought for somebody else.

pub mod service;

#[cfg(test)]
mod tests;
