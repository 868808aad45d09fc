//! A shop with two panels, of which one is away for six hours while many have paid.

use std::{collections::HashMap, sync::Arc};

use chrono::Duration;
use domain::{
    clock::Clock as _,
    db::{Conn as _, TenantConn as _, TenantDb},
    entities::tenant::{
        notification,
        order::OrderState,
        panel::{self, PanelState},
        subscription,
    },
    ids::{OrderId, PanelId},
    shop::panel::{service::password_place, sync},
    testing,
};
use sea_orm::{ActiveModelTrait as _, ActiveValue::Set, EntityTrait as _, IntoActiveModel as _};
use secrecy::SecretString;
use server::sandbox::hosted::HostedPayments as _;

use crate::support::{BUSY, Database, Flow, bank, until};

const SECOND: &str = "second";

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_waits_for_one_panel_for_six_hours_is_delivered_whole_while_the_other_one_sells() {
    Box::pin(six_hours(200)).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
#[ignore = "takes minutes"]
async fn a_thousand_orders_wait_for_a_panel_for_six_hours_and_none_loses_a_day() {
    Box::pin(six_hours(1_000)).await;
}

/// With so many orders of the panel that is away.
async fn six_hours(orders: i64) {
    let _alone = BUSY.lock().await;
    for database in Database::all() {
        let flow = Flow::live(&database).await;
        let state = flow.server.state().clone();
        let cards = flow.sandbox().card.clone();
        let first = flow.sandbox().marzban.knobs(&flow.db.tenant().to_string()).unwrap();
        first.set_down(true);
        let mut waiting = Vec::new();
        for number in 0..orders {
            let order = bank::order(&state, &flow.db, 900_000 + number).await;
            cards.pay(order.provider_payment_id.as_deref().unwrap()).await.unwrap();
            waiting.push(order.id);
        }
        until("all are paid and known to wait", async || told_slow(&flow.db).await.len() == waiting.len())
            .await;
        let page = flow.seller.browser.get(&flow.overview).await;
        assert!(page.body.contains("has not answered since"), "the owner sees it on the overview");

        let second = add_second(&flow).await;
        for _ in 0..36 {
            flow.server.clock.advance(Duration::minutes(10));
            tokio::time::sleep(std::time::Duration::from_millis(50)).await;
        }
        let newcomer = bank::order(&state, &flow.db, 800_000).await;
        cards.pay(newcomer.provider_payment_id.as_deref().unwrap()).await.unwrap();
        until("the other panel serves a new buyer", async || {
            flow.server.clock.advance(Duration::seconds(1));
            flow.sandbox().marzban.users(SECOND).len() == 1
        })
        .await;
        assert!(flow.accounts().is_empty(), "what was sold for the first panel waits for it");

        first.set_down(false);
        let back = flow.db.clock().now();
        until("all are delivered", async || {
            if flow.db.clock().now() - back < Duration::minutes(10) {
                flow.server.clock.advance(Duration::seconds(1));
            }
            flow.orders().await.iter().all(|order| order.state == OrderState::Provisioned)
        })
        .await;
        // What was lost is given back by a target of its own.
        flow.drained().await;
        all_whole(&flow, &waiting, second).await;
        let mut told = told_slow(&flow.db).await;
        told.sort();
        told.dedup();
        assert_eq!(told.len(), waiting.len(), "each was told once");
        let page = flow.seller.browser.get(&flow.overview).await;
        assert!(!page.body.contains("has not answered since"), "it is over");
        let i4 = sync::verify(&flow.db, &*state.panels, panel_of(&flow.db, second).await).await.unwrap();
        assert_eq!(i4, Some(vec![]), "and the panel holds it");
        testing::say(&format!("{}: {orders} orders waited six hours; none lost a day", database.name()));
        flow.end().await;
    }
}

/// The shop's first panel, given its second.
async fn panel_of(db: &TenantDb, second: PanelId) -> PanelId {
    let tx = db.read().await.unwrap();
    let rows = panel::Entity::find().all(tx.raw()).await.unwrap();
    rows.into_iter().map(|row| row.id).find(|id| *id != second).unwrap()
}

async fn add_second(flow: &Flow) -> PanelId {
    let marzban = &flow.sandbox().marzban;
    marzban.add_panel(SECOND, "admin", "second-secret", Arc::new(flow.db.clock().clone()));
    let id = PanelId::new();
    let tx = flow.db.write().await.unwrap();
    let first = panel::Entity::find().one(tx.raw()).await.unwrap().unwrap();
    let password = SecretString::from("second-secret");
    let sealed_password = tx.sealer().seal(password_place(id), &password).unwrap();
    let mut row = first.into_active_model().reset_all();
    row.id = Set(id);
    row.base_url = Set(marzban.base_url(SECOND));
    row.username = Set("admin".into());
    row.sealed_password = Set(sealed_password);
    row.state = Set(PanelState::Up);
    row.failures = Set(0);
    row.down_since = Set(None);
    row.last_error = Set(None);
    row.insert(tx.raw()).await.unwrap();
    tx.commit().await.unwrap();
    id
}

/// The orders whose buyers heard that it takes longer.
async fn told_slow(db: &TenantDb) -> Vec<String> {
    let tx = db.read().await.unwrap();
    let rows = notification::Entity::find().all(tx.raw()).await.unwrap();
    rows.into_iter().map(|row| row.dedupe_key).filter(|key| key.starts_with("delayed:")).collect()
}

async fn all_whole(flow: &Flow, waiting: &[OrderId], second: PanelId) {
    let tx = flow.db.read().await.unwrap();
    let rows = subscription::Entity::find().all(tx.raw()).await.unwrap();
    drop(tx);
    let sold: HashMap<_, _> = rows.into_iter().map(|row| (row.id, row)).collect();
    let ends: HashMap<String, Option<i64>> =
        flow.accounts().into_iter().map(|account| (account.username, account.expire)).collect();
    for order in flow.orders().await.into_iter().filter(|order| waiting.contains(&order.id)) {
        let access = &sold[&order.subscription_id.unwrap()];
        assert_ne!(access.panel_id, second, "it stays where it was sold");
        let end = ends[&access.username].unwrap();
        let whole = (order.provisioned_at.unwrap() + Duration::days(30) - Duration::seconds(30)).timestamp();
        assert!(end >= whole, "no day is lost: {end} {whole}");
    }
}
