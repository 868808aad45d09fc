//! Erasing a shop: its key, its data, its bots, its place on the platform.

use chrono::Duration;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QuerySelect, QueryTrait};
use serde::{Deserialize, Serialize};
use serde_json::json;

use crate::{
    db::{Conn, MasterTx, StoreError, TenantStore, wakeup},
    entities::master::{bot_event, bot_instance, deployment, deployment_step, tenant},
    ids::{AccountId, TenantId},
    jobs::{self, Job},
    platform::audit,
};

/// By then no process has the shop open any more.
const ONCE_MORE: Duration = Duration::minutes(5);

/// Removes the data of a shop that is not known any more.
#[derive(Clone, Copy, Debug, Serialize, Deserialize)]
pub struct RemoveData {
    pub tenant: TenantId,
}

impl Job for RemoveData {
    const KIND: &'static str = "remove_data";
    /// For weeks: what was promised to be erased must not stay.
    const MAX_ATTEMPTS: i32 = 1_000;
}

/// Erases the shop for good. After the first commit it is unknown and its key is gone, so that its
/// secrets open nowhere; then its data go, now and once more when nobody can still be writing to them.
/// What remains is the audit log, which tells who did it.
///
/// # Errors
/// [`StoreError::NoTenant`]; [`StoreError::Database`]. After the first commit a job sees it through.
pub async fn erase(store: &TenantStore, account: Option<AccountId>, id: TenantId) -> Result<(), StoreError> {
    let tx = store.master().write().await?;
    let shop = tenant::Entity::find_by_id(id).lock_exclusive().one(tx.raw()).await?;
    let shop = shop.ok_or(StoreError::NoTenant(id))?;
    forget(&tx, id).await?;
    let entry = audit::Entry {
        account,
        tenant: Some(id),
        action: "shop.erase",
        subject: id.to_string(),
        detail: json!({ "kind": shop.kind }),
    };
    audit::append(&tx, entry).await?;
    jobs::enqueue(&tx, &RemoveData { tenant: id }, tx.now() + ONCE_MORE).await?;
    tx.commit().await?;
    store.remove(id).await
}

/// Removes the platform's rows about the shop, the sealed key and the bots' tokens among them.
async fn forget(tx: &MasterTx, id: TenantId) -> Result<(), StoreError> {
    let bots = bot_instance::Entity::find()
        .select_only()
        .column(bot_instance::Column::Id)
        .filter(bot_instance::COLUMN.tenant_id.eq(id))
        .into_query();
    let deployments = deployment::Entity::find()
        .select_only()
        .column(deployment::Column::Id)
        .filter(deployment::COLUMN.tenant_id.eq(id))
        .into_query();
    let raw = tx.raw();
    bot_event::Entity::delete_many().filter(bot_event::Column::BotId.in_subquery(bots)).exec(raw).await?;
    deployment_step::Entity::delete_many()
        .filter(deployment_step::Column::DeploymentId.in_subquery(deployments))
        .exec(raw)
        .await?;
    deployment::Entity::delete_many().filter(deployment::COLUMN.tenant_id.eq(id)).exec(raw).await?;
    bot_instance::Entity::delete_many().filter(bot_instance::COLUMN.tenant_id.eq(id)).exec(raw).await?;
    wakeup::forget(tx, id).await?;
    tenant::Entity::delete_by_id(id).exec(raw).await?;
    Ok(())
}

#[cfg(test)]
mod tests {
    use sea_orm::{ConnectionTrait, DbBackend, PaginatorTrait, Statement};

    use super::*;
    use crate::{
        clock::Clock,
        db::{DatabaseUrl, TenantDb},
        entities::{
            master::wakeup,
            tenant::{grant, job, ledger_entry, order, user},
        },
        jobs::open_jobs,
        platform::deployment::service::begin,
        testing::{self, TestStore},
    };

    async fn rows(db: &TenantDb) -> u64 {
        let tx = db.read().await.unwrap();
        let mut all = 0;
        all += user::Entity::find().count(tx.raw()).await.unwrap();
        all += order::Entity::find().count(tx.raw()).await.unwrap();
        all += grant::Entity::find().count(tx.raw()).await.unwrap();
        all += ledger_entry::Entity::find().count(tx.raw()).await.unwrap();
        all + job::Entity::find().count(tx.raw()).await.unwrap()
    }

    /// Names of files in which the shop's id or one of its users is found.
    fn files_about(test: &TestStore, id: TenantId) -> usize {
        let DatabaseUrl::Folder(folder) = &test.settings.url else { return 0 };
        let folders = std::fs::read_dir(folder.join("tenants")).unwrap();
        let files = folders.flat_map(|folder| std::fs::read_dir(folder.unwrap().path()).unwrap());
        files
            .filter(|file| file.as_ref().unwrap().file_name().display().to_string().contains(&id.to_string()))
            .count()
    }

    #[tokio::test]
    async fn an_erased_shop_leaves_nothing_but_the_audit_log() {
        for test in testing::stores().await {
            let (shop, other) = (test.selling_shop().await, test.selling_shop().await);
            for shop in [&shop, &other] {
                let order = shop.order(&shop.user(1).await).await;
                shop.gateway.pay(order, test.clock.now());
                shop.webhook(order).await.unwrap();
            }
            shop.work(&test).await;
            let (id, kept) = (shop.db.tenant(), rows(&other.db).await);
            let tx = test.master().write().await.unwrap();
            begin(&tx, id).await.unwrap();
            tx.commit().await.unwrap();
            test.store.wake(id, test.clock.now()).await.unwrap();

            erase(&test.store, Some(AccountId::new()), id).await.unwrap();

            assert!(matches!(test.store.open(id).await, Err(StoreError::NoTenant(_))));
            assert_eq!(files_about(&test, id), 0);
            let hints = wakeup::Entity::find_by_id(id).one(test.master().raw()).await.unwrap();
            assert!(hints.is_none(), "{}: it is still looked into", test.name());
            let log = audit::latest(test.master(), id, 9).await.unwrap();
            assert_eq!(log[0].action, "shop.erase");
            assert_eq!(rows(&other.db).await, kept, "{}: another shop lost rows", test.name());
            assert!(matches!(erase(&test.store, None, id).await, Err(StoreError::NoTenant(_))));

            if test.master().is_postgres() {
                assert_eq!(rows(&shop.db).await, 0);
                // Somebody who still had the shop open comes late; the job clears up after him.
                shop.user(2).await;
                test.store.remove(id).await.unwrap();
                assert_eq!(rows(&shop.db).await, 0);
            }
            let after: Vec<_> = open_jobs(test.master()).await.unwrap();
            assert_eq!(after.iter().filter(|job| job.kind == RemoveData::KIND).count(), 1);
        }
    }

    /// A table of the platform that knows tenants and is not on this list would keep what it knows.
    #[tokio::test]
    async fn every_table_of_the_platform_that_names_a_tenant_is_thought_of() {
        let test = testing::sqlite().await;
        let sql = "SELECT t.name FROM sqlite_master t JOIN pragma_table_info(t.name) c
                   WHERE t.type = 'table' AND c.name = 'tenant_id' ORDER BY t.name";
        let found = test.master().raw().query_all_raw(Statement::from_string(DbBackend::Sqlite, sql)).await;
        let found: Vec<String> = found.unwrap().iter().map(|row| row.try_get("", "name").unwrap()).collect();
        assert_eq!(found, ["audit_log", "bot_instances", "deployments", "wakeups"]);
    }
}
