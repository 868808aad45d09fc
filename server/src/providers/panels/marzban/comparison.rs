//! How long it takes to compare a big panel with its shop. Prints a figure and asserts none:
//! `cargo test --release -p server -- --ignored --nocapture a_panel_of_ten_thousand`.

use std::{sync::Arc, time::Instant};

use chrono::{DateTime, Utc};
use domain::{
    clock::Clock,
    db::{Conn, TenantConn, TenantDb},
    entities::tenant::{panel, subscription, user},
    ids::{SubscriptionId, UserId},
    shop::panel::{service::password_place, sync},
    testing::{self, TestShop},
    units::Bytes,
};
use sea_orm::{ActiveModelTrait, ActiveValue::Set, EntityTrait, IntoActiveModel};
use secrecy::SecretString;
use serde_json::{Value, json};

use super::Marzban;
use crate::{
    providers::http::{PanelAddressRules, PanelHttp},
    sandbox::marzban::MarzbanEmulator,
};

const USERS: usize = 10_000;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
#[ignore = "prints a figure, which only means something in a release build"]
async fn a_panel_of_ten_thousand_is_compared() {
    for test in testing::stores().await {
        let shop = test.selling_shop().await;
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let base = format!("http://{}/emulator/marzban", listener.local_addr().unwrap());
        let emulator = MarzbanEmulator::new(&base);
        let clock = Arc::new(test.clock.clone());
        emulator.add_panel("p1", "admin", "secret", clock.clone());
        let app = axum::Router::new().nest("/emulator/marzban", emulator.router());
        tokio::spawn(async move { axum::serve(listener, app).await });
        let http = PanelHttp::new(PanelAddressRules::default()).unwrap();
        let marzban = Marzban::new(http.with_emulator(format!("{base}/").parse().unwrap()), clock.clone());
        lead_to(&shop, &emulator.base_url("p1")).await;
        let end = DateTime::from_timestamp(test.clock.now().timestamp() + 30 * 86_400, 0).unwrap();
        let sold = sell(&shop, end).await;
        let mut snapshot = emulator.snapshot();
        snapshot["panels"]["p1"]["users"] = accounts(&sold, end, test.clock.now());
        emulator.restore(&snapshot, clock).unwrap();

        let begin = Instant::now();
        let report = sync::sync(&shop.db, &marzban, shop.panel_id).await.unwrap().unwrap();
        let took = begin.elapsed();
        assert_eq!((report.accounts, report.subscriptions, report.drifts), (USERS, USERS, vec![]));
        let again = Instant::now();
        sync::sync(&shop.db, &marzban, shop.panel_id).await.unwrap();
        testing::say(&format!(
            "{USERS} accounts compared on {}: {} ms with the first usage written, {} ms after that",
            test.name(),
            took.as_millis(),
            again.elapsed().as_millis()
        ));
    }
}

async fn lead_to(shop: &TestShop, base_url: &str) {
    let tx = shop.db.write().await.unwrap();
    let row = panel::Entity::find_by_id(shop.panel_id).one(tx.raw()).await.unwrap().unwrap();
    let sealed = tx.sealer().seal(password_place(row.id), &SecretString::from("secret")).unwrap();
    let mut row = row.into_active_model();
    row.base_url = Set(base_url.to_owned());
    row.sealed_password = Set(sealed);
    row.update(tx.raw()).await.unwrap();
    tx.commit().await.unwrap();
}

/// Buyers whose accounts are all where they should be.
async fn sell(shop: &TestShop, end: DateTime<Utc>) -> Vec<subscription::Model> {
    let buyer = shop.user(1).await;
    let now = shop.db.clock().now();
    let mut sold = Vec::with_capacity(USERS);
    for number in 0..USERS {
        let id = SubscriptionId::new();
        sold.push(subscription::Model {
            id,
            user_id: UserId::new(),
            panel_id: shop.panel_id,
            plan_id: shop.monthly,
            username: format!("by_{number:05}"),
            trial: false,
            target_expire: end,
            target_data_limit: Some(Bytes::gigabytes(100)),
            target_status: subscription::TargetState::Active,
            target_version: 1,
            applied_version: 1,
            provisioned_at: Some(now),
            applied_at: Some(now),
            used_traffic: Bytes(0),
            panel_status: None,
            links: json!([]),
            subscription_url: None,
            read_at: None,
            created_at: now,
        });
    }
    write(&shop.db, &buyer, &sold).await;
    sold
}

async fn write(db: &TenantDb, like: &user::Model, sold: &[subscription::Model]) {
    for part in sold.chunks(250) {
        let tx = db.write().await.unwrap();
        let users = part.iter().map(|row| {
            let telegram_id = row.username[3..].parse::<i64>().unwrap() + 1_000;
            user::Model { id: row.user_id, telegram_id, ..like.clone() }.into_active_model().reset_all()
        });
        user::Entity::insert_many(users).exec_without_returning(tx.raw()).await.unwrap();
        let rows = part.iter().map(|row| row.clone().into_active_model().reset_all());
        subscription::Entity::insert_many(rows).exec_without_returning(tx.raw()).await.unwrap();
        tx.commit().await.unwrap();
    }
}

/// In the emulator's own form.
fn accounts(sold: &[subscription::Model], end: DateTime<Utc>, now: DateTime<Utc>) -> Value {
    let account = |(number, row): (usize, &subscription::Model)| {
        let account = json!({
            "id": number + 1, "username": row.username, "status": "active",
            "proxies": { "vless": { "id": uuid::Uuid::new_v4().to_string(), "flow": "xtls-rprx-vision" } },
            "excluded_inbounds": { "vless": [] },
            "expire": end.timestamp(), "data_limit": Bytes::gigabytes(100).0,
            "data_limit_reset_strategy": "no_reset", "note": format!("botyard:{}", row.id),
            "used_traffic": 1_000 + number, "reset_traffic": 0, "created_at": now, "owner": null,
            "sub_updated_at": null, "sub_last_user_agent": null, "sub_revoked_at": null, "online_at": null,
            "on_hold_expire_duration": null, "on_hold_timeout": null, "auto_delete_in_days": null,
            "next_plan": null
        });
        (row.username.clone(), account)
    };
    sold.iter().enumerate().map(account).collect::<serde_json::Map<String, Value>>().into()
}
