//! PostgreSQL: schemas, migrations, and the self-test that refuses to serve unguarded tables.

use migration::MigratorTrait;
use sea_orm::{
    ConnectionTrait, DatabaseConnection, DatabaseTransaction, DbBackend, Statement,
    sqlx::postgres::PgConnectOptions,
};

use super::{
    StoreError, TRANSACTION_LIMIT,
    connect::{self, WRITER_WAIT},
    master::begin_write,
};
use crate::ids::TenantId;

/// How an operator makes a role that this server accepts.
const ROLE_HELP: &str = "create one with: CREATE ROLE botyard LOGIN PASSWORD '…' NOSUPERUSER NOBYPASSRLS; \
     GRANT CREATE ON DATABASE botyard TO botyard;";

/// Makes the transaction see one tenant's rows.
pub(super) async fn enter(transaction: &DatabaseTransaction, tenant: TenantId) -> Result<(), StoreError> {
    let scope = Statement::from_sql_and_values(
        DbBackend::Postgres,
        "SELECT set_config('app.tenant', $1, true)",
        [tenant.0.to_string().into()],
    );
    transaction.execute_raw(scope).await?;
    Ok(())
}

/// [`enter`], as the tenant's only writer, in the same round trip. Services read and then write, which
/// on SQLite nothing comes between; at READ COMMITTED a row lock does not keep out a row that another
/// writer is about to insert. A process that stops in the middle is cut off, so that its lock does not
/// hold up the shop.
pub(super) async fn enter_alone(
    transaction: &DatabaseTransaction,
    tenant: TenantId,
) -> Result<(), StoreError> {
    let scope = Statement::from_sql_and_values(
        DbBackend::Postgres,
        "SELECT set_config('app.tenant', $1, true), set_config('lock_timeout', $2, true),
                set_config('idle_in_transaction_session_timeout', $3, true), pg_advisory_xact_lock($4)",
        [
            tenant.0.to_string().into(),
            WRITER_WAIT.as_millis().to_string().into(),
            TRANSACTION_LIMIT.as_millis().to_string().into(),
            lock_key(tenant).into(),
        ],
    );
    transaction.execute_raw(scope).await?;
    Ok(())
}

/// The random half of the UUIDv7.
fn lock_key(tenant: TenantId) -> i64 {
    tenant.0.as_u64_pair().1.cast_signed()
}

/// Makes the schema when it is missing and brings its tables up to date: in one transaction, for which
/// a replica that starts at the same time waits. When another role owns the tables, the serving one is
/// given the rows: it can neither change a table nor take a policy away.
pub(super) async fn migrate<M: MigratorTrait>(
    url: &str,
    migrate_url: Option<&str>,
    schema: &str,
) -> Result<(), StoreError> {
    let connection = connect::postgres(migrate_url.unwrap_or(url), schema, 1).await?;
    let tx = begin_write(&connection).await?;
    let lock = Statement::from_sql_and_values(
        DbBackend::Postgres,
        "SELECT pg_advisory_xact_lock(hashtextextended($1, 0))",
        [format!("migrate {schema}").into()],
    );
    tx.execute_raw(lock).await?;
    tx.execute_unprepared(&format!("CREATE SCHEMA IF NOT EXISTS \"{schema}\"")).await?;
    M::up(&tx, None).await?;
    if migrate_url.is_some() {
        grant_rows(&tx, schema, &role_of(url)?).await?;
    }
    tx.commit().await?;
    connection.close().await?;
    Ok(())
}

async fn grant_rows(tx: &DatabaseTransaction, schema: &str, role: &str) -> Result<(), StoreError> {
    let role = role.replace('"', "\"\"");
    let sql = format!(
        "GRANT USAGE ON SCHEMA \"{schema}\" TO \"{role}\";
         GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA \"{schema}\" TO \"{role}\";"
    );
    tx.execute_unprepared(&sql).await?;
    Ok(())
}

fn role_of(url: &str) -> Result<String, StoreError> {
    let named = url.parse::<PgConnectOptions>().map(|options| options.get_username().to_owned());
    named.map_err(|error| StoreError::Unsafe(format!("`data.url` is no address of PostgreSQL: {error}")))
}

/// Removes a tenant's rows, also those that can otherwise never be deleted.
pub(super) async fn erase(
    transaction: &DatabaseTransaction,
    tenant: TenantId,
    tables: impl Iterator<Item = &'static str>,
) -> Result<(), StoreError> {
    let permit = Statement::from_sql_and_values(
        DbBackend::Postgres,
        "SELECT set_config('app.erase_tenant', $1, true)",
        [tenant.0.to_string().into()],
    );
    transaction.execute_raw(permit).await?;
    for table in tables {
        transaction.execute_unprepared(&format!("DELETE FROM {table}")).await?;
    }
    Ok(())
}

/// Refuses a role that row-level security does not bind, and any tenant table without it.
pub(super) async fn self_test(connection: &DatabaseConnection, schema: &str) -> Result<(), StoreError> {
    let role = Statement::from_string(
        DbBackend::Postgres,
        "SELECT rolsuper OR rolbypassrls AS unbound FROM pg_roles WHERE rolname = current_user",
    );
    let unbound = match connection.query_one_raw(role).await? {
        Some(row) => row.try_get::<bool>("", "unbound")?,
        None => true,
    };
    if unbound {
        return Err(StoreError::Unsafe(format!(
            "the database role is a superuser or may bypass row-level security, so tenants would not be \
             kept apart; {ROLE_HELP}"
        )));
    }
    let tables = Statement::from_sql_and_values(
        DbBackend::Postgres,
        "SELECT c.relname AS name FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
         WHERE n.nspname = $1 AND c.relkind IN ('r', 'p') AND c.relname <> 'seaql_migrations'
           AND NOT (c.relrowsecurity AND c.relforcerowsecurity)
         ORDER BY c.relname",
        [schema.into()],
    );
    let mut unguarded = Vec::new();
    for row in connection.query_all_raw(tables).await? {
        unguarded.push(row.try_get::<String>("", "name")?);
    }
    if unguarded.is_empty() {
        return Ok(());
    }
    Err(StoreError::Unsafe(format!(
        "these tenant tables lack forced row-level security: {}; restore them from the migrations before serving",
        unguarded.join(", ")
    )))
}
