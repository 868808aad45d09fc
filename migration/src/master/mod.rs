//! The platform's tables.

mod m20261120_000001_initial;
mod m20261128_000001_answered_updates;

use sea_orm_migration::prelude::MigrationTrait;

pub(crate) fn migrations() -> Vec<Box<dyn MigrationTrait>> {
    vec![
        Box::new(m20261120_000001_initial::Migration),
        Box::new(m20261128_000001_answered_updates::Migration),
    ]
}
