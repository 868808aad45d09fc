//! The tenant's panels: how to reach them, and whether they answer.

pub mod jobs;
pub mod service;
