//! Looking through a shop's orders, on both databases.

use chrono::Duration;

use super::{
    list::{self, Cursor, Group, PAGE},
    service as orders,
};
use crate::{
    clock::Clock as _,
    db::Conn as _,
    entities::tenant::{order, user},
    ids::OrderId,
    testing::{self, TestShop, TestStore},
};

async fn ids(shop: &TestShop, group: Option<Group>, search: &str) -> Vec<OrderId> {
    let tx = shop.db.read().await.unwrap();
    let page = list::page(&tx, group, search, Cursor::Newest).await.unwrap();
    page.sales.into_iter().map(|sale| sale.order.id).collect()
}

#[tokio::test]
async fn an_order_is_found_by_its_number_and_by_its_buyer() {
    for test in testing::stores().await {
        let shop = test.selling_shop().await;
        let (one, two) = (shop.user(700_100_200).await, shop.user(2).await);
        rename(&shop, &one, "Nima_F").await;
        let (first, second) = (shop.order(&one).await, shop.order(&two).await);
        let number = first.short();
        for search in [
            number.clone(),
            number.to_lowercase(),
            format!("  {} ", number.trim_start_matches("BY-")),
            first.to_string(),
            "@nima_f".into(),
            "NIMA_F".into(),
            "700100200".into(),
            "۷۰۰۱۰۰۲۰۰".into(),
        ] {
            assert_eq!(ids(&shop, None, &search).await, [first], "{}: {search}", test.name());
        }
        assert_eq!(ids(&shop, None, "2").await, [second]);
        assert_eq!(ids(&shop, None, "").await, [second, first], "the newest first");
        let cut = &number[number.len() - 7..];
        for nothing in ["BY-00000000", cut, "@nima", "nima%", "'; --", "@", "سلام"] {
            assert_eq!(ids(&shop, None, nothing).await, [], "{nothing}");
        }
    }
}

#[tokio::test]
async fn orders_are_told_apart_by_their_state() {
    for test in testing::stores().await {
        let shop = test.selling_shop().await;
        let (open, paid) = (shop.order(&shop.user(1).await).await, shop.order(&shop.user(2).await).await);
        shop.gateway.pay(paid, test.clock.now());
        shop.webhook(paid).await.unwrap();
        shop.work(&test).await;
        assert_eq!(ids(&shop, Some(Group::Pending), "").await, [open], "{}", test.name());
        assert_eq!(ids(&shop, Some(Group::Paid), "").await, [paid]);
        assert_eq!(ids(&shop, Some(Group::Refunded), "").await, []);
        let tx = shop.db.read().await.unwrap();
        assert_eq!(list::counts(&tx).await.unwrap(), [(Group::Paid, 1), (Group::Pending, 1)]);
    }
}

#[tokio::test]
async fn every_order_is_on_one_page_there_and_back() {
    for test in testing::stores().await {
        let shop = test.selling_shop().await;
        let all = many(&test, &shop, 2 * PAGE + 3).await;
        let tx = shop.db.read().await.unwrap();
        let (mut there, mut back) = (Vec::new(), Vec::new());
        let mut cursor = Cursor::Newest;
        let last = loop {
            let page = list::page(&tx, None, "", cursor).await.unwrap();
            there.extend(page.sales.iter().map(|sale| sale.order.id));
            let Some(older) = page.older else { break page };
            cursor = Cursor::Before(older);
        };
        assert_eq!(there, all, "{}", test.name());
        let mut newer = last.newer;
        while let Some(id) = newer {
            let page = list::page(&tx, None, "", Cursor::After(id)).await.unwrap();
            back.splice(0..0, page.sales.iter().map(|sale| sale.order.id));
            newer = page.newer;
        }
        assert_eq!(back, all[..2 * PAGE as usize]);
    }
}

#[tokio::test]
async fn a_page_that_is_just_full_leads_nowhere() {
    for test in testing::stores().await {
        let shop = test.selling_shop().await;
        many(&test, &shop, PAGE).await;
        let page = list::page(&shop.db.read().await.unwrap(), None, "", Cursor::Newest).await.unwrap();
        assert_eq!((page.sales.len() as u64, page.newer, page.older), (PAGE, None, None), "{}", test.name());
    }
}

#[tokio::test]
async fn the_newest_orders_come_first_a_users_own_and_all() {
    for test in testing::stores().await {
        let shop = test.selling_shop().await;
        let (one, two) = (shop.user(1).await, shop.user(2).await);
        let mut placed = Vec::new();
        for user in [&one, &two, &one, &one] {
            // An open order would be given again.
            let order = shop.bought(&test, user).await;
            shop.work(&test).await;
            test.clock.advance(Duration::minutes(1));
            placed.push(order);
        }
        let tx = shop.db.read().await.unwrap();
        let ids = |found: Vec<order::Model>| found.iter().map(|order| order.id).collect::<Vec<_>>();
        let own = ids(orders::of_user(&tx, one.id, 2).await.unwrap());
        assert_eq!(own, [placed[3], placed[2]], "{}", test.name());
        let all = ids(orders::latest(&tx, 3).await.unwrap());
        assert_eq!(all, [placed[3], placed[2], placed[1]], "{}", test.name());
    }
}

#[tokio::test]
async fn the_timeline_says_what_became_of_an_order() {
    const ENDS: [&str; 3] = ["paid", "provisioned", "wallet_filled"];
    for test in testing::stores().await {
        let shop = test.selling_shop().await;
        shop.take_wallets().await;
        let user = shop.user(1).await;
        let bought = shop.bought(&test, &user).await;
        shop.work(&test).await;
        assert!(shop.find(bought).await.provisioned_at.is_some(), "when it was delivered");
        let filled = shop.filled(&test, &user, 50_000).await;
        let tx = shop.db.read().await.unwrap();
        for (order, ends) in [(bought, ["paid", "provisioned"]), (filled, ["paid", "wallet_filled"])] {
            let events = orders::timeline(&tx, order).await.unwrap();
            let kinds = events.iter().map(|event| event.kind.as_str());
            let kinds: Vec<_> = kinds.filter(|kind| ENDS.contains(kind)).collect();
            assert_eq!(kinds, ends, "{}", test.name());
        }
    }
}

#[test]
fn each_group_is_found_by_its_code() {
    assert_eq!(Group::ALL.map(|group| Group::from_code(group.code())), Group::ALL.map(Some));
    assert_eq!(Group::from_code("every"), None);
}

/// The newest first.
async fn many(test: &TestStore, shop: &TestShop, count: u64) -> Vec<OrderId> {
    use sea_orm::{ActiveModelTrait as _, EntityTrait as _, IntoActiveModel as _, Set};
    let sample: order::Model = shop.find(shop.order(&shop.user(1).await).await).await;
    let mut all = vec![sample.id];
    let tx = shop.db.write().await.unwrap();
    for _ in 1..count {
        let mut row = sample.clone().into_active_model();
        row.id = Set(OrderId::new());
        row.provider_payment_id = Set(None);
        all.insert(0, *row.id.as_ref());
        order::Entity::insert(row.reset_all()).exec_without_returning(tx.raw()).await.unwrap();
    }
    tx.commit().await.unwrap();
    test.clock.advance(Duration::seconds(1));
    let tx = shop.db.read().await.unwrap();
    assert!(orders::find(&tx, all[0]).await.unwrap().is_some());
    all
}

async fn rename(shop: &TestShop, user: &user::Model, name: &str) {
    use sea_orm::{ActiveModelTrait as _, IntoActiveModel as _, Set};
    let tx = shop.db.write().await.unwrap();
    let mut row = user.clone().into_active_model();
    row.username = Set(Some(name.to_owned()));
    row.update(tx.raw()).await.unwrap();
    tx.commit().await.unwrap();
}
