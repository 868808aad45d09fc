//! How many panels a shop may connect.

use super::{world::*, *};
use crate::shop::panel::settings::{self, Settings};

#[tokio::test]
async fn a_shop_has_as_many_panels_as_its_package_says() {
    for test in testing::stores().await {
        let seller = seller(&test, "ali@example.com").await;
        connect_panel(&test, &seller).await;
        let db = test.store.open(seller.shop).await.unwrap();
        let now = test.clock.now();
        let limits =
            package::limits::of_customer(test.master(), seller.customer, now).await.unwrap().unwrap();
        let limit = limits.panels.unwrap();
        for number in 1..=limit {
            let new = NewPanel {
                base_url: url::Url::parse(&format!("https://panel{number}.example.com")).unwrap(),
                username: "admin".into(),
                password: "hunter2hunter2".into(),
                inbounds: vec![],
                version: None,
            };
            let by = (seller.account, seller.customer);
            let added = panel::add(&test.store, &db, by, new).await;
            match added {
                Ok(_) => assert!(number < limit, "{}", test.name()),
                Err(AddError::Limit(full)) => {
                    assert_eq!(full, LimitReached::Full { what: Counted::Panels, limit }, "{}", test.name());
                    assert_eq!(number, limit);
                }
                Err(error) => panic!("{error}"),
            }
        }
        upgrade(&test, seller.customer).await;
        let twice = NewPanel {
            base_url: url::Url::parse("https://panel.example.com:8000").unwrap(),
            username: "another".into(),
            password: "hunter2hunter2".into(),
            inbounds: vec![],
            version: None,
        };
        let added = panel::add(&test.store, &db, (seller.account, seller.customer), twice).await;
        assert!(matches!(added, Err(AddError::Known)), "{}", test.name());
        let kept = crate::shop::panel::service::all(&db.read().await.unwrap()).await.unwrap();
        assert_eq!(kept.len(), usize::try_from(limit).unwrap());
    }
}

#[tokio::test]
async fn a_panel_that_is_replaced_keeps_the_name_that_its_owner_gave() {
    for test in testing::stores().await {
        let seller = seller(&test, "ali@example.com").await;
        connect_panel(&test, &seller).await;
        let db = test.store.open(seller.shop).await.unwrap();
        let replace = async |host: &str| {
            let new = NewPanel {
                base_url: url::Url::parse(&format!("https://{host}/")).unwrap(),
                username: "admin".into(),
                password: "hunter2hunter2".into(),
                inbounds: vec![],
                version: None,
            };
            let id = panel::save(test.master(), &db, seller.account, new).await.unwrap();
            let tx = db.read().await.unwrap();
            crate::shop::panel::service::find(&tx, id).await.unwrap().unwrap()
        };
        let named_by_host = replace("one.example.com").await;
        assert_eq!(named_by_host.name, "one.example.com", "{}", test.name());
        let tx = db.write().await.unwrap();
        let named = Settings { name: "Frankfurt".into(), weight: 100, capacity: None, enabled: true };
        settings::save(&tx, named_by_host.id, &named).await.unwrap();
        tx.commit().await.unwrap();
        assert_eq!(replace("two.example.com").await.name, "Frankfurt");
    }
}
