//! Columns that may be empty from some version on.

use sea_orm_migration::{
    prelude::*,
    sea_orm::{ConnectionTrait, DbBackend, Statement, TryGetable},
};

/// Whether every row has something in a column.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Filled {
    Always,
    Sometimes,
}

/// Lets columns of a table be empty, or forbids it again.
///
/// SQLite has no statement for that. A table that is made anew would have to be copied under the keys that
/// point to it; instead its stored text is changed, as <https://www.sqlite.org/lang_altertable.html#otheralter>
/// has it for changes after which no row is written otherwise.
///
/// # Errors
/// Whatever the database says; also when a column is to be filled always and is not.
pub(crate) async fn set_filled(
    manager: &SchemaManager<'_>,
    table: &str,
    columns: &[&str],
    filled: Filled,
) -> Result<(), DbErr> {
    let connection = manager.get_connection();
    if manager.get_database_backend() == DbBackend::Postgres {
        let verb = if filled == Filled::Always { "SET" } else { "DROP" };
        let changes = columns.iter().map(|column| format!("ALTER COLUMN {column} {verb} NOT NULL"));
        let changes = changes.collect::<Vec<_>>().join(", ");
        connection.execute_unprepared(&format!("ALTER TABLE {table} {changes}")).await?;
        return Ok(());
    }
    if filled == Filled::Always {
        let empty = columns.iter().map(|column| format!("{column} IS NULL")).collect::<Vec<_>>().join(" OR ");
        let found: i64 = ask(connection, &format!("SELECT count(*) FROM {table} WHERE {empty}")).await?;
        if found > 0 {
            return Err(DbErr::Custom(format!(
                "{found} rows of {table} are empty in {}",
                columns.join(", ")
            )));
        }
    }
    let stored = format!("FROM sqlite_schema WHERE type = 'table' AND name = '{table}'");
    let mut text: String = ask(connection, &format!("SELECT sql {stored}")).await?;
    for column in columns {
        text = with_filled(&text, column, filled)
            .ok_or_else(|| DbErr::Custom(format!("{table} has no column {column}")))?;
    }
    let version: i64 = ask(connection, "SELECT schema_version FROM pragma_schema_version").await?;
    let text = text.replace('\'', "''");
    for statement in [
        "PRAGMA writable_schema = ON".to_owned(),
        format!("UPDATE sqlite_schema SET sql = '{text}' WHERE type = 'table' AND name = '{table}'"),
        // Every other connection reads it anew.
        format!("PRAGMA schema_version = {}", version + 1),
        "PRAGMA writable_schema = RESET".to_owned(),
    ] {
        connection.execute_unprepared(&statement).await?;
    }
    Ok(())
}

async fn ask<T: TryGetable>(connection: &impl ConnectionTrait, sql: &str) -> Result<T, DbErr> {
    let row = connection.query_one_raw(Statement::from_string(DbBackend::Sqlite, sql)).await?;
    row.ok_or_else(|| DbErr::RecordNotFound(sql.to_owned()))?.try_get_by_index(0)
}

/// The text of a table whose column may be empty or not. `None` when it has no such column.
fn with_filled(table: &str, column: &str, filled: Filled) -> Option<String> {
    const NOT_NULL: &str = " NOT NULL";
    let begin = table.find(&format!("\"{column}\" "))?;
    let end = begin + table[begin..].find([',', ')'])?;
    let free = table[begin..end].replace(NOT_NULL, "");
    let kept = if filled == Filled::Always { NOT_NULL } else { "" };
    Some(format!("{}{free}{kept}{}", &table[..begin], &table[end..]))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_column_may_be_empty_and_must_not_be_again() {
        let table = r#"CREATE TABLE "orders" ( "id" uuid_text NOT NULL, "plan_id" uuid_text NOT NULL, "plan_days" bigint NOT NULL )"#;
        let free = with_filled(table, "plan_id", Filled::Sometimes).unwrap();
        assert!(free.contains(r#""plan_id" uuid_text, "plan_days" bigint NOT NULL )"#), "{free}");
        assert_eq!(with_filled(&free, "plan_id", Filled::Sometimes).as_ref(), Some(&free));
        assert_eq!(with_filled(&free, "plan_id", Filled::Always).as_deref(), Some(table));
        assert_eq!(with_filled(table, "plan", Filled::Sometimes), None);
    }
}
