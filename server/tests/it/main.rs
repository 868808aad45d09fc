//! Flows through the real server: its router, databases, session store and emulators.

#![expect(clippy::expect_used, clippy::unwrap_used, reason = "a test that cannot set its scene has failed")]

mod auth;
mod bot_actions;
mod card;
mod commands;
mod disk;
mod faq;
mod faults;
mod gateways;
mod kills;
mod knobs;
mod links;
mod logs;
mod main_job;
mod methods;
mod money;
mod orders;
mod pages;
mod panel_check;
mod panel_down;
mod panels;
mod promo;
mod providers;
mod referral;
mod refused;
mod reminders;
mod renewals;
mod replicas;
mod restore;
mod safety;
mod shop_bot;
mod staff;
mod star_subscriptions;
mod stars;
mod stripe;
mod support;
mod telegram_webhook;
mod tenants;
mod tickets;
mod top_up;
mod two_panels;
mod wallet;
mod wizard;
mod yookassa;
