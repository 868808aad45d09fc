//! How SQLite is compiled. `.cargo/config.toml` says it, and a build that does not read that file would
//! lack it without a word.

use std::collections::HashSet;

use sea_orm::{ConnectionTrait, DbBackend, Statement};

use crate::{
    db::{Conn, TenantDb},
    testing,
};

#[tokio::test]
async fn sqlite_is_compiled_for_many_small_files() {
    let test = testing::sqlite().await;
    let options = compile_options(&test.shop().await).await;
    for wanted in [
        "DEFAULT_LOOKASIDE=0,0",
        "DEFAULT_MEMSTATUS=0",
        "DEFAULT_PCACHE_INITSZ=0",
        // Without it a statement whose bound values change is prepared again at each run.
        "ENABLE_QPSG",
        // Connections are used by many threads, each by one at a time.
        "THREADSAFE=1",
    ] {
        assert!(options.contains(wanted), "{wanted} is missing of {options:?}");
    }
    for unwanted in ["ENABLE_MEMORY_MANAGEMENT", "ENABLE_STAT4"] {
        assert!(!options.contains(unwanted), "{unwanted} is one of {options:?}");
    }
}

async fn compile_options(db: &TenantDb) -> HashSet<String> {
    let tx = db.read().await.unwrap();
    let ask = Statement::from_string(DbBackend::Sqlite, "PRAGMA compile_options");
    let rows = tx.raw().query_all_raw(ask).await.unwrap();
    rows.iter().map(|row| row.try_get_by_index(0).unwrap()).collect()
}
