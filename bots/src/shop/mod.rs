//! The areas of a shop's bot. `mod.rs` of each holds what happens, `view.rs` what is shown.

pub mod card;
pub mod closed;
pub mod config;
pub mod dialogue;
pub mod faq;
pub mod gift;
pub mod help;
pub mod menu;
pub mod notices;
pub mod owner;
pub mod pay;
pub mod plans;
pub mod profile;
pub mod promo;
pub mod referral;
pub mod renewal;
pub mod settings;
pub mod standing;
pub mod start;
pub mod support;
pub mod traffic;
pub mod trial;
pub mod wallet;
