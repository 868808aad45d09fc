//! All tenants' Telegram bots, in one process over one shared tree of handlers.

mod answered;
pub mod api;
mod broadcast;
pub mod callback;
pub mod chart;
mod commands;
pub mod context;
pub mod error;
mod files;
pub mod incoming;
pub mod keyboard;
pub mod manager;
mod notify;
pub mod outbound;
pub mod parking;
mod polling;
pub mod probe;
pub mod qr;
pub mod queue;
pub mod reader;
pub mod runner;
pub mod running;
pub mod schema;
pub mod screen;
pub mod shop;
mod stars;
pub mod webhook;

pub use self::{
    manager::{BotDeps, BotManager, BotSettings, Updates},
    probe::ApiProbe,
    webhook::WebhookAnswer,
};
