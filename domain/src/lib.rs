//! Business rules and data of Botyard, shared by the web panel, the API and every bot.
//!
//! `platform` is what a customer buys from us and lives in the master database; `shop` is what a
//! user buys from a tenant and lives in that tenant's own database. The connection types keep the
//! two apart: a shop query without a tenant does not compile.

pub mod clock;
pub mod db;
pub mod entities;
pub mod error;
pub mod events;
pub mod faults;
pub mod ids;
pub mod jobs;
pub mod locale;
pub mod money;
pub mod platform;
pub mod ports;
mod safeguards;
pub mod shop;
#[cfg(test)]
mod simulation;
pub mod units;

#[cfg(any(test, feature = "testing"))]
pub mod testing;
