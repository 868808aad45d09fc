//! Messages that no update asked for: queued with their reason, sent once, at an hour that suits, and
//! not at all when the reason is gone.

pub mod choices;
pub mod hours;
pub mod jobs;
pub mod kind;
pub mod remind;
mod rules;
pub mod service;
#[cfg(test)]
mod tests;
pub(in crate::shop) mod wanted;
