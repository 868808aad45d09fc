//! The tables of both databases.
//!
//! Two migrators, both append-only: [`MasterMigrator`] for the platform's one database and
//! [`TenantMigrator`] for each tenant's. On SQLite a tenant has a file of its own; on PostgreSQL all
//! tenants share tables in which row-level security hides the others' rows (see [`columns`]).

pub mod columns;
mod filled;
mod master;
mod tenant;

use sea_orm_migration::prelude::async_trait;
pub use sea_orm_migration::prelude::{MigrationTrait, MigratorTrait};

/// Migrations of the platform's database.
#[derive(Debug)]
pub struct MasterMigrator;

#[async_trait::async_trait]
impl MigratorTrait for MasterMigrator {
    fn migrations() -> Vec<Box<dyn MigrationTrait>> {
        master::migrations()
    }
}

/// Migrations of a tenant's database.
#[derive(Debug)]
pub struct TenantMigrator;

#[async_trait::async_trait]
impl MigratorTrait for TenantMigrator {
    fn migrations() -> Vec<Box<dyn MigrationTrait>> {
        tenant::migrations()
    }
}
