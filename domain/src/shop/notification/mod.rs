//! Messages that no update asked for: queued with their reason, sent once.

pub mod jobs;
pub mod service;
