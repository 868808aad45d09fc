//! One type for each table.
#![expect(
    clippy::disallowed_methods,
    reason = "`sea_orm::model` brings nested saves that begin transactions of their own; nothing calls them"
)]

pub mod master;
mod shared;
pub mod tenant;
