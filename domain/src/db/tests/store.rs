//! Which shops stay open.

use std::time::Duration;

use super::*;
use crate::{
    ids::{BotId, TenantId},
    shop::update,
};

/// How many files of the tenant this process has open.
fn open_files(test: &TestStore, id: TenantId) -> usize {
    let DatabaseUrl::Folder(folder) = &test.settings.url else { return 0 };
    let path = sqlite::path_of(folder, id);
    let links = std::fs::read_dir("/proc/self/fd").unwrap();
    let targets = links.filter_map(|link| std::fs::read_link(link.ok()?.path()).ok());
    targets.filter(|target| target.starts_with(&path)).count()
}

async fn until_closed(test: &TestStore, id: TenantId) {
    for _ in 0..2_000 {
        if open_files(test, id) == 0 {
            return;
        }
        tokio::time::sleep(Duration::from_millis(5)).await;
    }
    panic!("the file stays open");
}

async fn use_it(db: &TenantDb) {
    let tx = db.write().await.unwrap();
    update::service::first_time(&tx, BotId::new(), 1).await.unwrap();
    tx.commit().await.unwrap();
}

#[tokio::test]
async fn the_least_recently_used_shop_is_closed_and_opens_again() {
    for test in testing::stores().await {
        let settings = DatabaseSettings { open_limit: 2, ..test.settings.clone() };
        let store = TenantStore::open_all(&settings, test.master().clone()).await.unwrap();
        let mut ids = Vec::new();
        for _ in 0..3 {
            let id = test.shop().await.tenant();
            test.store.close(id).await;
            until_closed(&test, id).await;
            ids.push(id);
        }
        let [often, held, newest] = ids[..] else { panic!("three shops") };
        for _ in 0..20 {
            use_it(&store.open(often).await.unwrap()).await;
        }
        let handle = store.open(held).await.unwrap();
        use_it(&handle).await;
        store.inner.open.run_pending_tasks().await;
        // Used more often than the others, but longest ago.
        use_it(&store.open(newest).await.unwrap()).await;
        store.inner.open.run_pending_tasks().await;
        assert!(!store.inner.open.contains_key(&often), "{}: not by recency", test.name());
        assert!(store.inner.open.contains_key(&newest));
        until_closed(&test, often).await;

        use_it(&store.open(often).await.unwrap()).await;
        store.inner.open.run_pending_tasks().await;
        assert!(!store.inner.open.contains_key(&held) && store.inner.open.entry_count() == 2);
        use_it(&handle).await;
        drop(handle);
        until_closed(&test, held).await;
    }
}

#[tokio::test]
async fn a_task_that_goes_through_all_shops_closes_none_that_is_in_use() {
    let test = testing::sqlite().await;
    let (used, other) = (test.shop().await.tenant(), test.shop().await.tenant());
    test.store.close(other).await;
    use_it(&test.store.open_briefly(used).await.unwrap()).await;
    use_it(&test.store.open_briefly(other).await.unwrap()).await;
    assert!(test.store.inner.open.contains_key(&used) && !test.store.inner.open.contains_key(&other));
    until_closed(&test, other).await;
}
