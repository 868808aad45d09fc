//! The server: pages, webhooks, bots and jobs in one process.
//!
//! `compose` puts it together, `router` has every address, `cli` is the command line.

#![recursion_limit = "256"]

pub mod admin;
pub mod assets;
pub mod cli;
pub mod compose;
pub mod config;
pub mod doctor;
mod folder;
pub mod health;
pub mod jobs;
pub mod middleware;
mod open_files;
pub mod outside;
pub mod providers;
pub mod router;
pub mod sandbox;
pub mod session_store;
pub mod shutdown;
pub mod state;
pub mod telemetry;
pub mod web;
pub mod webhooks;
