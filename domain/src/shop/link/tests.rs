//! Links and what apps get there, on both databases.

use chrono::Duration;
use url::Url;

use super::{
    agent::Agent,
    body::{self, KEPT, Served},
    service as links,
};
use crate::{
    entities::{
        master::tenant::TenantKind,
        tenant::{link, subscription, user},
    },
    shop::subscription::service as subscriptions,
    testing::{self, TestShop, TestStore},
};

const APP: &str = "v2rayNG/1.9";

async fn buyer(test: &TestStore, shop: &TestShop) -> user::Model {
    let user = shop.user(1).await;
    shop.bought(test, &user).await;
    shop.work(test).await;
    user
}

async fn access(shop: &TestShop, user: &user::Model) -> subscription::Model {
    let tx = shop.db.read().await.unwrap();
    subscriptions::current_of(&tx, user.id).await.unwrap().unwrap()
}

async fn found(shop: &TestShop, secret: &str) -> Option<(link::Model, subscription::Model)> {
    let tx = shop.db.read().await.unwrap();
    links::find(&tx, secret).await.unwrap()
}

async fn served(shop: &TestShop, user: &user::Model, app: &str) -> Option<Served> {
    let row = access(shop, user).await;
    let address = links::address_of(&shop.db, row.id).await.unwrap();
    let both = found(shop, &address.secret).await.unwrap();
    body::serve(&shop.db, &shop.panel, &both, &Agent::new(app)).await.unwrap()
}

async fn renew(shop: &TestShop, user: &user::Model) {
    let row = access(shop, user).await;
    let tx = shop.db.write().await.unwrap();
    links::renew(&tx, &row).await.unwrap();
    tx.commit().await.unwrap();
}

#[tokio::test]
async fn a_subscription_has_one_address_from_its_first_use_on_and_it_leads_there() {
    for test in testing::stores().await {
        let shop = test.selling_shop().await;
        let user = buyer(&test, &shop).await;
        let row = access(&shop, &user).await;
        let pages = Url::parse("https://botyard.example").unwrap();
        let given = links::given(&shop.db, &pages, &row).await.unwrap().unwrap();
        let again = links::given(&shop.db, &pages, &row).await.unwrap().unwrap();
        assert_eq!(given, again, "{}", test.name());
        assert!(given.link.starts_with("https://botyard.example/s/"), "{}", given.link);
        let address = given.address.unwrap();
        assert_eq!(address.tenant, shop.db.tenant());
        assert_eq!(found(&shop, &address.secret).await.unwrap().1.id, row.id);
        // A live shop whose users could not open our pages gives the panel's own.
        let here = Url::parse("http://127.0.0.1:3000").unwrap();
        assert!(
            links::are_reachable(TenantKind::Sandbox, &here)
                && links::are_reachable(TenantKind::Live, &pages)
        );
        assert!(!links::are_reachable(TenantKind::Live, &here));
    }
}

#[tokio::test]
async fn many_apps_ask_the_panel_once_in_a_while_and_each_kind_gets_its_own() {
    for test in testing::stores().await {
        let shop = test.selling_shop().await;
        let user = buyer(&test, &shop).await;
        let calls = shop.panel.calls();
        let first = served(&shop, &user, APP).await.unwrap();
        assert!(first.body.ends_with(b" for v2rayNG/1.9"), "{first:?}");
        for _ in 0..20 {
            assert_eq!(served(&shop, &user, "v2rayNG/2.0").await, Some(first.clone()));
        }
        assert_eq!(shop.panel.calls(), calls + 1, "{}", test.name());
        let other = served(&shop, &user, "clash-verge/2").await.unwrap();
        assert!(other.body.ends_with(b" for clash-verge/2"), "{other:?}");
        test.clock.advance(KEPT);
        assert_ne!(served(&shop, &user, APP).await.unwrap().at, first.at);
        assert_eq!(shop.panel.calls(), calls + 3);
        // What was bought meanwhile is seen at once.
        shop.bought(&test, &user).await;
        shop.work(&test).await;
        let calls = shop.panel.calls();
        served(&shop, &user, APP).await.unwrap();
        assert_eq!(shop.panel.calls(), calls + 1);
    }
}

#[tokio::test]
async fn while_the_panel_is_silent_apps_get_the_last_good_words_and_it_is_left_alone() {
    for test in testing::stores().await {
        let shop = test.selling_shop().await;
        let user = buyer(&test, &shop).await;
        let good = served(&shop, &user, APP).await.unwrap();
        test.clock.advance(Duration::hours(1));
        shop.panel.set_down(true);
        let calls = shop.panel.calls();
        for _ in 0..5 {
            assert_eq!(served(&shop, &user, APP).await, Some(good.clone()), "{}", test.name());
        }
        assert_eq!(shop.panel.calls(), calls + 1, "one try a minute");
        // Of a kind that never asked there are the links alone.
        let list = served(&shop, &user, "Streisand").await.unwrap();
        assert!(!list.body.is_empty() && list.content_type.starts_with("text/plain"));
        assert_eq!(served(&shop, &user, "SFA/1.9").await, None, "links are no configuration for it");
        let row = access(&shop, &user).await;
        let address = links::address_of(&shop.db, row.id).await.unwrap();
        let both = found(&shop, &address.secret).await.unwrap();
        let tx = shop.db.read().await.unwrap();
        assert_eq!(body::outdated_since(&tx, &both, tx.now()).await.unwrap(), Some(good.at));
        drop(tx);

        shop.panel.set_down(false);
        test.clock.advance(Duration::minutes(2));
        assert_ne!(served(&shop, &user, APP).await.unwrap().at, good.at);
        let both = found(&shop, &address.secret).await.unwrap();
        let tx = shop.db.read().await.unwrap();
        assert_eq!(body::outdated_since(&tx, &both, tx.now()).await.unwrap(), None);
    }
}

#[tokio::test]
async fn a_new_link_makes_the_old_one_void_at_once_and_the_panel_follows_when_it_can() {
    for test in testing::stores().await {
        let shop = test.selling_shop().await;
        let user = buyer(&test, &shop).await;
        served(&shop, &user, APP).await.unwrap();
        let before = access(&shop, &user).await;
        let old = links::address_of(&shop.db, before.id).await.unwrap();
        shop.panel.set_down(true);
        renew(&shop, &user).await;
        assert_eq!(found(&shop, &old.secret).await, None, "{}", test.name());
        let new = links::address_of(&shop.db, before.id).await.unwrap();
        assert_ne!(new.secret, old.secret);
        shop.work(&test).await;
        assert!(found(&shop, &new.secret).await.unwrap().0.revoking, "the panel does not know yet");

        shop.panel.set_down(false);
        test.clock.advance(Duration::minutes(1));
        shop.work(&test).await;
        assert!(!found(&shop, &new.secret).await.unwrap().0.revoking);
        assert_ne!(access(&shop, &user).await.links, before.links, "new keys");
        shop.settled_down(&test).await;
    }
}
