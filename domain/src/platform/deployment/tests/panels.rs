//! How many panels a shop may connect.

use super::{world::*, *};

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
                Err(AddError::Internal(error)) => panic!("{error}"),
            }
        }
        let kept = crate::shop::panel::service::all(&db.read().await.unwrap()).await.unwrap();
        assert_eq!(kept.len(), usize::try_from(limit).unwrap());
    }
}
