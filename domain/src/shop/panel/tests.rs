//! Several panels, panels that are away, and panels on which somebody meddled, on both databases.

use std::collections::HashSet;

use chrono::Duration;
use sea_orm::{ActiveModelTrait, ActiveValue::Set, EntityTrait, IntoActiveModel};
use secrecy::SecretString;

use super::{
    service::{all, choose, find, password_place},
    sync::{self, drifts_of},
};
use crate::{
    clock::Clock,
    db::{Conn, TenantConn},
    entities::tenant::{
        order::OrderState,
        panel::{self, PanelState},
        panel_drift::DriftKind,
        subscription, user,
    },
    ids::{OrderId, PanelId, SubscriptionId},
    ports::{Notice, TargetStatus},
    shop::{
        order::{self as orders, service::OrderRefused},
        subscription::service::current_of,
    },
    testing::{self, FakeGateway, TestShop},
    units::Bytes,
};

async fn second_panel(shop: &TestShop) -> PanelId {
    let tx = shop.db.write().await.unwrap();
    let first = find(&tx, shop.panel_id).await.unwrap().unwrap();
    let id = PanelId::new();
    let password = SecretString::from("panel-password");
    let sealed_password = tx.sealer().seal(password_place(id), &password).unwrap();
    let row = panel::Model { id, sealed_password, name: "DE-2".into(), ..first };
    row.into_active_model().reset_all().insert(tx.raw()).await.unwrap();
    tx.commit().await.unwrap();
    id
}

async fn change(shop: &TestShop, id: PanelId, change: impl FnOnce(&mut panel::ActiveModel)) {
    let tx = shop.db.write().await.unwrap();
    let mut row = find(&tx, id).await.unwrap().unwrap().into_active_model();
    change(&mut row);
    row.update(tx.raw()).await.unwrap();
    tx.commit().await.unwrap();
}

async fn panel(shop: &TestShop, id: PanelId) -> panel::Model {
    find(&shop.db.read().await.unwrap(), id).await.unwrap().unwrap()
}

async fn access_of(shop: &TestShop, user: &user::Model) -> Option<subscription::Model> {
    current_of(&shop.db.read().await.unwrap(), user.id).await.unwrap()
}

#[tokio::test]
async fn new_accounts_are_shared_and_a_full_or_closed_panel_gets_none() {
    for test in testing::stores().await {
        let shop = test.selling_shop().await;
        let second = second_panel(&shop).await;
        change(&shop, second, |row| row.weight = Set(200)).await;
        let mut homes = Vec::new();
        for buyer in 0..6 {
            let user = shop.user(buyer).await;
            shop.bought(&test, &user).await;
            shop.work(&test).await;
            homes.push(access_of(&shop, &user).await.unwrap().panel_id);
        }
        assert_eq!(homes.iter().filter(|home| **home == second).count(), 4, "{}", test.name());

        change(&shop, second, |row| row.capacity = Set(Some(4))).await;
        let tx = shop.db.read().await.unwrap();
        assert_eq!(choose(&tx).await.unwrap(), Some(shop.panel_id), "the second one is full");
        drop(tx);
        change(&shop, shop.panel_id, |row| row.enabled = Set(false)).await;
        let tx = shop.db.read().await.unwrap();
        assert_eq!(choose(&tx).await.unwrap(), None, "and the first one is closed");
        drop(tx);
        shop.settled_down(&test).await;
    }
}

#[tokio::test]
async fn full_panels_take_no_new_buyers_but_renewals_and_what_is_paid_for() {
    for test in testing::stores().await {
        let shop = test.selling_shop().await;
        let (known, late) = (shop.user(1).await, shop.user(2).await);
        shop.bought(&test, &known).await;
        shop.work(&test).await;
        let waiting = shop.order(&late).await;
        let later = shop.order(&shop.user(4).await).await;
        change(&shop, shop.panel_id, |row| row.capacity = Set(Some(1))).await;

        let new = shop.user(3).await;
        let tx = shop.db.write().await.unwrap();
        let (plan, bot) = (shop.monthly, shop.bot);
        let order = orders::NewOrder { user: &new, plan, bot, provider: FakeGateway::NAME };
        assert!(matches!(
            orders::service::place(&tx, &shop.providers, order).await,
            Err(OrderRefused::NoPanel)
        ));
        drop(tx);

        let renewal = shop.bought(&test, &known).await;
        shop.gateway.pay(waiting, test.clock.now());
        shop.webhook(waiting).await.unwrap();
        shop.work(&test).await;
        change(&shop, shop.panel_id, |row| row.enabled = Set(false)).await;
        shop.gateway.pay(later, test.clock.now());
        shop.webhook(later).await.unwrap();
        shop.work(&test).await;
        for order in [renewal, waiting, later] {
            assert_eq!(shop.find(order).await.state, OrderState::Provisioned, "{}", test.name());
        }
        shop.settled_down(&test).await;
    }
}

#[tokio::test]
async fn a_panel_that_is_away_is_only_looked_at_until_it_is_back() {
    for test in testing::stores().await {
        let shop = test.selling_shop().await;
        let began = test.clock.now();
        shop.panel.set_down(true);
        let mut orders = Vec::new();
        for buyer in 0..12 {
            orders.push(shop.bought(&test, &shop.user(buyer).await).await);
        }
        for _ in 0..3 {
            shop.work(&test).await;
            test.clock.advance(Duration::minutes(1));
        }
        let away = panel(&shop, shop.panel_id).await;
        assert_eq!((away.state, away.down_since), (PanelState::Down, Some(began)), "{}", test.name());
        let calls = shop.panel.calls();
        for _ in 0..30 {
            shop.work(&test).await;
            test.clock.advance(Duration::minutes(1));
        }
        assert!(shop.panel.calls() - calls <= 30, "one look a minute: {}", shop.panel.calls() - calls);

        shop.panel.set_down(false);
        for _ in 0..3 {
            shop.work(&test).await;
            test.clock.advance(Duration::seconds(1));
        }
        for order in &orders {
            assert_eq!(shop.find(*order).await.state, OrderState::Provisioned, "{}", test.name());
        }
        let delayed = |notice: &Notice| matches!(notice, Notice::OrderDelayed { .. });
        assert_eq!(shop.notifier.sent().into_iter().filter(delayed).count(), 12, "each buyer is told once");
        shop.settled_down(&test).await;
    }
}

#[tokio::test]
async fn one_slip_of_a_panel_does_not_put_it_aside() {
    for test in testing::stores().await {
        let shop = test.selling_shop().await;
        shop.panel.lose_answers(1);
        let order = shop.bought(&test, &shop.user(1).await).await;
        shop.work(&test).await;
        assert_eq!(panel(&shop, shop.panel_id).await.state, PanelState::Up, "{}", test.name());
        test.clock.advance(Duration::seconds(10));
        shop.work(&test).await;
        assert_eq!(shop.find(order).await.state, OrderState::Provisioned);
        let healed = panel(&shop, shop.panel_id).await;
        assert_eq!((healed.failures, healed.down_since), (0, None));
        shop.settled_down(&test).await;
    }
}

/// A debug build takes its time.
const WAITING: i64 = if cfg!(debug_assertions) { 200 } else { 1_000 };

/// What is on sale goes on: the other panel takes new buyers, and nothing of the one that is away is
/// lost.
#[tokio::test]
async fn six_hours_without_a_panel_cost_no_buyer_a_day() {
    for test in testing::stores().await {
        let shop = test.selling_shop().await;
        let second = second_panel(&shop).await;
        change(&shop, second, |row| row.enabled = Set(false)).await;
        let mut users = Vec::new();
        for buyer in 0..WAITING {
            let user = shop.user(buyer).await;
            users.push((shop.bought(&test, &user).await, user));
        }
        shop.panel.set_panel_down(shop.panel_id, true);
        shop.work(&test).await;
        change(&shop, second, |row| row.enabled = Set(true)).await;
        for _ in 0..6 {
            test.clock.advance(Duration::hours(1));
            shop.work(&test).await;
        }
        let newcomer = shop.user(5_000).await;
        let order = shop.bought(&test, &newcomer).await;
        shop.work(&test).await;
        assert_eq!(access_of(&shop, &newcomer).await.unwrap().panel_id, second, "the other one takes over");
        assert_eq!(shop.find(order).await.state, OrderState::Provisioned, "{}", test.name());

        shop.panel.set_panel_down(shop.panel_id, false);
        test.clock.advance(Duration::seconds(15));
        let back = test.clock.now();
        shop.work(&test).await;
        let calls = shop.panel.calls();
        test.clock.advance(Duration::seconds(1));
        shop.work(&test).await;
        let in_a_second = shop.panel.calls() - calls;
        assert!((1..=40).contains(&in_a_second), "it is not overrun: {in_a_second} calls");
        for _ in 0..60 {
            test.clock.advance(Duration::seconds(1));
            shop.work(&test).await;
        }
        for (order, user) in &users {
            let order = shop.find(*order).await;
            assert_eq!(order.state, OrderState::Provisioned, "{}", test.name());
            let provisioned = order.provisioned_at.unwrap();
            assert!(provisioned - back <= Duration::minutes(1), "{provisioned} {back}");
            let access = access_of(&shop, user).await.unwrap();
            assert_eq!(access.panel_id, shop.panel_id, "it stays where it was sold");
            assert!(access.target_expire >= provisioned + Duration::days(30), "no day is lost");
        }
        let sent = shop.notifier.sent();
        let delayed: Vec<OrderId> = sent
            .iter()
            .filter_map(|notice| match notice {
                Notice::OrderDelayed { order } => Some(*order),
                _ => None,
            })
            .collect();
        assert_eq!(delayed.iter().collect::<HashSet<_>>().len(), delayed.len(), "nobody is told twice");
        assert_eq!(delayed.len(), users.len());
        testing::say(&format!("{}: {WAITING} orders waited six hours; none lost a day", test.name()));
        shop.settled_down(&test).await;
    }
}

#[tokio::test]
async fn a_comparison_reports_everything_and_changes_nothing_and_a_repair_deletes_nothing() {
    for test in testing::stores().await {
        let shop = test.selling_shop().await;
        let mut names = Vec::new();
        for buyer in 0..6 {
            let user = shop.user(buyer).await;
            shop.bought(&test, &user).await;
            shop.work(&test).await;
            names.push(access_of(&shop, &user).await.unwrap().username);
        }
        let quiet = sync::sync(&shop.db, &shop.panel, shop.panel_id).await.unwrap().unwrap();
        assert_eq!((quiet.accounts, quiet.subscriptions, quiet.drifts), (6, 6, vec![]), "{}", test.name());

        let stranger = SubscriptionId::new();
        shop.panel.meddle(|accounts| {
            accounts.remove(&names[0]);
            accounts.get_mut(&names[1]).unwrap().expire = None;
            accounts.get_mut(&names[2]).unwrap().data_limit = Some(Bytes(1));
            accounts.get_mut(&names[3]).unwrap().status = TargetStatus::Disabled;
            accounts.get_mut(&names[4]).unwrap().subscription = stranger;
            let unknown = accounts[&names[5]].clone();
            accounts.insert(
                "zz_unknown".into(),
                crate::ports::AccountTarget {
                    username: "zz_unknown".into(),
                    subscription: SubscriptionId::new(),
                    ..unknown
                },
            );
        });
        let held = |name: &str| shop.panel.held(name);
        let before: Vec<_> = names.iter().map(|name| held(name)).collect();
        let report = sync::sync(&shop.db, &shop.panel, shop.panel_id).await.unwrap().unwrap();
        let kind = |name: &str| -> Vec<DriftKind> {
            report.drifts.iter().filter(|drift| drift.username == name).map(|drift| drift.kind).collect()
        };
        let kinds: Vec<_> = names.iter().map(|name| kind(name)).collect();
        // The fifth account's note names somebody whom we do not know, under our name.
        assert_eq!(
            kinds,
            [
                vec![DriftKind::Missing],
                vec![DriftKind::Expire],
                vec![DriftKind::DataLimit],
                vec![DriftKind::DisabledByHand],
                vec![DriftKind::Foreign, DriftKind::Unknown],
                vec![],
            ]
        );
        assert_eq!(kind("zz_unknown"), [DriftKind::Unknown]);
        assert_eq!(names.iter().map(|name| held(name)).collect::<Vec<_>>(), before, "it only looks");
        let i4 = sync::verify(&shop.db, &shop.panel, shop.panel_id).await.unwrap().unwrap();
        assert_eq!(i4.len(), 3, "missing, another end, not ours: {i4:?}");
        assert!(i4.iter().all(|breach| breach.invariant == "I4"));
        {
            let tx = shop.db.read().await.unwrap();
            assert_eq!(drifts_of(&tx, shop.panel_id).await.unwrap().len(), report.drifts.len());
            assert!(all(&tx).await.unwrap()[0].synced_at.is_some());
        }

        let tx = shop.db.write().await.unwrap();
        assert_eq!(sync::repair(&tx, shop.panel_id).await.unwrap(), 4);
        tx.commit().await.unwrap();
        shop.work(&test).await;
        test.clock.advance(Duration::minutes(1));
        shop.work(&test).await;
        let tx = shop.db.read().await.unwrap();
        let left = drifts_of(&tx, shop.panel_id).await.unwrap();
        drop(tx);
        assert!(left.iter().all(|row| !row.kind.is_repairable()), "{left:?}");
        assert_eq!(left.len(), 3, "what needs a person is still told");
        assert!(
            held("zz_unknown").is_some() && held(&names[4]).is_some_and(|kept| kept.subscription == stranger)
        );
        shop.panel.meddle(|accounts| {
            accounts.remove(&names[4]);
            accounts.remove("zz_unknown");
        });
        shop.settled_down(&test).await;
    }
}

#[tokio::test]
async fn a_panel_that_fails_while_it_is_compared_stays_as_it_is() {
    for test in testing::stores().await {
        let shop = test.selling_shop().await;
        shop.panel.set_down(true);
        sync::run(&shop.db, &shop.panel, shop.panel_id).await.unwrap();
        let tried = panel(&shop, shop.panel_id).await;
        assert_eq!((tried.state, tried.failures), (PanelState::Up, 0), "{}", test.name());
        assert!(tried.synced_at.is_none());
        let broken_off =
            async || sync::broken_off(&shop.db.read().await.unwrap(), shop.panel_id).await.unwrap();
        assert_eq!(broken_off().await, Some(test.clock.now()), "and its owner is told");
        shop.panel.set_down(false);
        change(&shop, shop.panel_id, |row| row.failures = Set(2)).await;
        sync::run(&shop.db, &shop.panel, shop.panel_id).await.unwrap();
        let compared = panel(&shop, shop.panel_id).await;
        assert_eq!(compared.failures, 0, "it answers");
        assert_eq!(broken_off().await, None);
        assert!(compared.synced_at.is_some());
    }
}

#[tokio::test]
async fn a_panel_that_is_away_is_not_compared() {
    for test in testing::stores().await {
        let shop = test.selling_shop().await;
        change(&shop, shop.panel_id, |row| row.state = Set(PanelState::Down)).await;
        assert_eq!(sync::sync(&shop.db, &shop.panel, shop.panel_id).await.unwrap(), None, "{}", test.name());
        assert_eq!(shop.panel.calls(), 0);
        assert!(
            panel::Entity::find()
                .one(shop.db.read().await.unwrap().raw())
                .await
                .unwrap()
                .unwrap()
                .synced_at
                .is_none()
        );
    }
}
