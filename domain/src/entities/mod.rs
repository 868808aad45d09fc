//! One type for each table.

pub mod master;
mod shared;
pub mod tenant;
