//! All tenants' Telegram bots, in one process over one shared tree of handlers.

pub mod api;
pub mod callback;
pub mod incoming;
pub mod keyboard;
pub mod outbound;
pub mod qr;
pub mod queue;
pub mod screen;
