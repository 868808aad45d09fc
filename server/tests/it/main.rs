//! Flows through the real server: its router, databases, session store and emulators.

mod auth;
mod pages;
mod safety;
mod shop_bot;
mod support;
