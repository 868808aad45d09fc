//! One way to write a table for both databases.
//!
//! A tenant's table on PostgreSQL gets a `tenant_id` that Rust never mentions: it defaults to the
//! tenant of the transaction, leads the primary key and every unique and foreign key (key checks
//! bypass row security), and a forced policy compares it. The setting is cast to `uuid`, not read as
//! text: on a used connection it is `''`, which text would accept and `uuid` refuses.

use sea_orm_migration::{
    prelude::*,
    sea_orm::{ConnectionTrait, DbBackend},
};

/// Whose table it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Scope {
    Master,
    Tenant,
}

/// A table under construction. Columns are not null unless followed by [`TableBuilder::null`].
#[derive(Debug)]
pub struct TableBuilder {
    scope: Scope,
    name: &'static str,
    key: &'static str,
    columns: Vec<ColumnDef>,
    unique: Vec<Unique>,
    index: Vec<&'static [&'static str]>,
    references: Vec<(&'static str, &'static str, &'static str)>,
}

#[derive(Debug)]
struct Unique {
    columns: &'static [&'static str],
    condition: Option<&'static str>,
}

/// A master table whose key is the uuid column `id`.
pub fn master(name: &'static str) -> TableBuilder {
    TableBuilder::new(Scope::Master, name).uuid("id")
}

/// A tenant table whose key is the uuid column `id`.
pub fn tenant(name: &'static str) -> TableBuilder {
    TableBuilder::new(Scope::Tenant, name).uuid("id")
}

impl TableBuilder {
    fn new(scope: Scope, name: &'static str) -> Self {
        Self { scope, name, key: "id", columns: vec![], unique: vec![], index: vec![], references: vec![] }
    }

    /// A table keyed by a text column instead of `id`.
    pub fn keyed_by_text(scope: Scope, name: &'static str, key: &'static str) -> Self {
        Self { key, ..Self::new(scope, name) }.text(key)
    }

    /// A table keyed by a uuid column that is not called `id`.
    pub fn keyed_by_uuid(scope: Scope, name: &'static str, key: &'static str) -> Self {
        Self { key, ..Self::new(scope, name) }.uuid(key)
    }

    fn column(mut self, name: &'static str, set_type: impl FnOnce(&mut ColumnDef) -> &mut ColumnDef) -> Self {
        let mut column = ColumnDef::new(name);
        set_type(&mut column).not_null();
        self.columns.push(column);
        self
    }

    pub fn uuid(self, name: &'static str) -> Self {
        self.column(name, ColumnDef::uuid)
    }

    pub fn text(self, name: &'static str) -> Self {
        self.column(name, ColumnDef::text)
    }

    pub fn integer(self, name: &'static str) -> Self {
        self.column(name, ColumnDef::big_integer)
    }

    pub fn small(self, name: &'static str) -> Self {
        self.column(name, ColumnDef::integer)
    }

    pub fn boolean(self, name: &'static str) -> Self {
        self.column(name, ColumnDef::boolean)
    }

    pub fn time(self, name: &'static str) -> Self {
        self.column(name, ColumnDef::timestamp_with_time_zone)
    }

    pub fn json(self, name: &'static str) -> Self {
        self.column(name, ColumnDef::json_binary)
    }

    /// Bytes; also the type of every sealed column.
    pub fn bytes(self, name: &'static str) -> Self {
        self.column(name, ColumnDef::blob)
    }

    /// Makes the last column nullable.
    pub fn null(mut self) -> Self {
        if let Some(column) = self.columns.last_mut() {
            column.null();
        }
        self
    }

    pub fn unique(mut self, columns: &'static [&'static str]) -> Self {
        self.unique.push(Unique { columns, condition: None });
        self
    }

    /// Unique among the rows that fulfil a condition, written in the SQL that both databases share.
    pub fn unique_where(mut self, columns: &'static [&'static str], condition: &'static str) -> Self {
        self.unique.push(Unique { columns, condition: Some(condition) });
        self
    }

    pub fn index(mut self, columns: &'static [&'static str]) -> Self {
        self.index.push(columns);
        self
    }

    /// A foreign key to the `id` of a table of the same scope.
    pub fn references(mut self, column: &'static str, table: &'static str) -> Self {
        self.references.push((column, table, "id"));
        self
    }

    /// Creates the table with its keys, indexes and, for tenants on PostgreSQL, its policy.
    ///
    /// # Errors
    /// Whatever the database says.
    pub async fn create(self, manager: &SchemaManager<'_>) -> Result<(), DbErr> {
        let postgres = manager.get_database_backend() == DbBackend::Postgres;
        let shared = postgres && self.scope == Scope::Tenant;
        let lead: &[&'static str] = if shared { &["tenant_id"] } else { &[] };

        let mut table = Table::create();
        table.table(self.name);
        if shared {
            table.col(
                ColumnDef::new("tenant_id")
                    .uuid()
                    .not_null()
                    .default(Expr::cust("current_setting('app.tenant')::uuid")),
            );
        }
        for column in &self.columns {
            table.col(column.clone());
        }
        let mut primary = Index::create();
        for column in lead.iter().chain([&self.key]) {
            primary.col(*column);
        }
        table.primary_key(&mut primary);
        for (column, target, target_column) in &self.references {
            let mut foreign = ForeignKey::create();
            foreign.name(format!("fk_{}_{}", self.name, column)).from_tbl(self.name).to_tbl(*target);
            for part in lead {
                foreign.from_col(*part).to_col(*part);
            }
            foreign.from_col(*column).to_col(*target_column);
            table.foreign_key(&mut foreign);
        }
        manager.create_table(table).await?;

        let connection = manager.get_connection();
        for unique in &self.unique {
            let columns = [lead, unique.columns].concat();
            let condition = unique.condition.map(|text| format!(" WHERE {text}")).unwrap_or_default();
            let name = format!("uq_{}_{}", self.name, unique.columns.join("_"));
            let sql =
                format!("CREATE UNIQUE INDEX {name} ON {} ({}){condition}", self.name, columns.join(", "));
            connection.execute_unprepared(&sql).await?;
        }
        for index in &self.index {
            let columns = [lead, index].concat();
            let name = format!("ix_{}_{}", self.name, index.join("_"));
            let sql = format!("CREATE INDEX {name} ON {} ({})", self.name, columns.join(", "));
            connection.execute_unprepared(&sql).await?;
        }
        if shared {
            connection.execute_unprepared(&policy(self.name)).await?;
        }
        Ok(())
    }
}

/// Row-level security, forced also on the owner of the table.
fn policy(table: &str) -> String {
    let own = "tenant_id = current_setting('app.tenant')::uuid";
    format!(
        "ALTER TABLE {table} ENABLE ROW LEVEL SECURITY;
         ALTER TABLE {table} FORCE ROW LEVEL SECURITY;
         CREATE POLICY own_rows ON {table} USING ({own}) WITH CHECK ({own});"
    )
}

/// Rows that may be added but never changed, and deleted only while a tenant is erased: the
/// transaction then names the tenant in `app.erase_tenant`. A tenant on SQLite is erased with its
/// file, so there nothing is ever deleted.
///
/// # Errors
/// Whatever the database says.
pub async fn append_only(manager: &SchemaManager<'_>, scope: Scope, table: &str) -> Result<(), DbErr> {
    let connection = manager.get_connection();
    if manager.get_database_backend() == DbBackend::Sqlite {
        for verb in ["UPDATE", "DELETE"] {
            connection
                .execute_unprepared(&format!(
                    "CREATE TRIGGER {table}_no_{verb} BEFORE {verb} ON {table}
                     BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END"
                ))
                .await?;
        }
        return Ok(());
    }
    let erasing = match scope {
        Scope::Master => "false",
        Scope::Tenant => "OLD.tenant_id::text = current_setting('app.erase_tenant', true)",
    };
    connection
        .execute_unprepared(&format!(
            "CREATE FUNCTION {table}_append_only() RETURNS trigger LANGUAGE plpgsql AS $$
             BEGIN
                 IF TG_OP = 'DELETE' AND {erasing} THEN RETURN OLD; END IF;
                 RAISE EXCEPTION '{table} is append-only';
             END $$;
             CREATE TRIGGER {table}_append_only BEFORE UPDATE OR DELETE ON {table}
             FOR EACH ROW EXECUTE FUNCTION {table}_append_only();"
        ))
        .await?;
    Ok(())
}

/// Removes what [`append_only`] made besides the table.
///
/// # Errors
/// Whatever the database says.
pub async fn drop_append_only(manager: &SchemaManager<'_>, table: &str) -> Result<(), DbErr> {
    if manager.get_database_backend() == DbBackend::Postgres {
        manager
            .get_connection()
            .execute_unprepared(&format!("DROP FUNCTION IF EXISTS {table}_append_only() CASCADE"))
            .await?;
    }
    Ok(())
}

/// Adds a column that is empty in the rows that are there, or has a default.
///
/// # Errors
/// Whatever the database says.
pub async fn add_column(
    manager: &SchemaManager<'_>,
    table: &'static str,
    column: &mut ColumnDef,
) -> Result<(), DbErr> {
    manager.alter_table(Table::alter().table(table).add_column(column).to_owned()).await
}

/// Removes what [`add_column`] added.
///
/// # Errors
/// Whatever the database says.
pub async fn drop_column(
    manager: &SchemaManager<'_>,
    table: &'static str,
    column: &'static str,
) -> Result<(), DbErr> {
    manager.alter_table(Table::alter().table(table).drop_column(column).to_owned()).await
}

/// Drops tables in the given order.
///
/// # Errors
/// Whatever the database says.
pub async fn drop_tables(manager: &SchemaManager<'_>, tables: &[&'static str]) -> Result<(), DbErr> {
    for table in tables {
        manager.drop_table(Table::drop().table(*table).to_owned()).await?;
    }
    Ok(())
}

/// The three tables that master and tenant databases have in the same shape.
pub mod common {
    use super::*;

    /// Raw events of payment providers, kept before anything is done about them.
    ///
    /// # Errors
    /// Whatever the database says.
    pub async fn payment_inbox(manager: &SchemaManager<'_>, table: TableBuilder) -> Result<(), DbErr> {
        table
            .text("provider")
            .text("account_id")
            .text("event_id")
            .text("kind")
            .text("order_ref")
            .null()
            .text("job_key")
            .null()
            .text("body")
            .text("state")
            .text("reason")
            .null()
            .time("received_at")
            .time("processed_at")
            .null()
            .unique(&["provider", "account_id", "event_id", "kind"])
            .index(&["order_ref"])
            .create(manager)
            .await
    }

    /// Double entry: the rows of one transaction sum to zero in each currency.
    ///
    /// # Errors
    /// Whatever the database says.
    pub async fn ledger_entries(
        manager: &SchemaManager<'_>,
        scope: Scope,
        table: TableBuilder,
    ) -> Result<(), DbErr> {
        table
            .integer("seq")
            .uuid("transaction_id")
            .text("order_ref")
            .text("account")
            .integer("amount_minor")
            .text("currency")
            .text("kind")
            .text("provider_ref")
            .time("created_at")
            .text("hash")
            .unique(&["seq"])
            .unique(&["provider_ref", "kind", "account"])
            .index(&["account"])
            .index(&["transaction_id"])
            .index(&["order_ref"])
            .create(manager)
            .await?;
        append_only(manager, scope, "ledger_entries").await
    }

    /// Queued work.
    ///
    /// # Errors
    /// Whatever the database says.
    pub async fn jobs(manager: &SchemaManager<'_>, table: TableBuilder) -> Result<(), DbErr> {
        table
            .text("kind")
            .text("dedupe_key")
            .null()
            .json("payload")
            .text("state")
            .text("lane")
            .null()
            .small("priority")
            .time("run_at")
            .small("attempts")
            .small("max_attempts")
            .time("lease_until")
            .null()
            .text("worker")
            .null()
            .integer("epoch")
            .text("last_error")
            .null()
            .time("created_at")
            .time("done_at")
            .null()
            .unique_where(&["kind", "dedupe_key"], "state = 'ready'")
            .index(&["state", "run_at"])
            .index(&["lane"])
            .create(manager)
            .await
    }
}
