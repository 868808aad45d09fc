//! What a customer buys from us: accounts, packages and their money, shops, bots and their way to live.
//!
//! Everything here lives in the master database; the rows with which a new shop starts are the one
//! exception (`tenant::fill`).

pub mod account;
pub mod anchor;
pub mod audit;
pub mod billing;
pub mod bot;
pub mod deployment;
pub mod money_round;
pub mod package;
pub mod panel_sync;
pub mod template;
pub mod tenant;
pub mod upkeep;
