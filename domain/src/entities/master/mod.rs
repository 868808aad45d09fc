//! Rows of the platform's database.

pub mod account;
pub mod answered_update;
pub mod audit;
pub mod bot_event;
pub mod bot_instance;
pub mod customer;
pub mod deployment;
pub mod deployment_step;
pub mod frozen_chat;
pub mod login_attempt;
pub mod membership;
pub mod package;
pub mod package_payment;
pub mod package_subscription;
pub mod schedule;
pub mod session;
pub mod tenant;
pub mod wakeup;

pub use super::shared::*;
