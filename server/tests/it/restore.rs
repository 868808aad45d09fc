//! A shop's file that is brought back from a backup of some hours ago, while its buyers have paid on.

use std::fs;

use chrono::Duration;
use domain::{
    clock::Clock as _,
    db::Conn as _,
    entities::tenant::{
        order::OrderState,
        payment_inbox::{self, InboxState},
    },
    platform::anchor::{self, Anchored},
    shop::ledger::{verify, verify_online},
};
use sea_orm::{ConnectOptions, ConnectionTrait as _, EntityTrait as _};
use server::sandbox::hosted::HostedPayments as _;

use crate::support::{Database, Flow, TestServer, bank, flow::until};

#[tokio::test]
async fn a_shop_brought_back_from_a_backup_is_told_by_its_provider_what_was_paid_since() {
    let database = Database::sqlite();
    let flow = Flow::live(&database).await;
    let state = flow.server.state().clone();
    let before = bank::order(&state, &flow.db, 900_001).await;
    flow.sandbox().card.pay(before.provider_payment_id.as_deref().unwrap()).await.unwrap();
    flow.becomes(before.id, OrderState::Provisioned).await;
    let open = bank::order(&state, &flow.db, 900_002).await;

    let name = flow.db.tenant().to_string();
    let file = database.folder().join("tenants").join(&name[30..]).join(format!("{name}.db"));
    let backup = database.folder().join("backup.db");
    let mut options = ConnectOptions::new(format!("sqlite://{}?mode=rw", file.display()));
    options.max_connections(1);
    let copier = sea_orm::Database::connect(options).await.unwrap();
    copier.execute_unprepared(&format!("VACUUM INTO '{}'", backup.display())).await.unwrap();
    copier.close().await.unwrap();

    // What follows is not in the backup.
    flow.sandbox().card.pay(open.provider_payment_id.as_deref().unwrap()).await.unwrap();
    flow.becomes(open.id, OrderState::Provisioned).await;
    let after = bank::order(&state, &flow.db, 900_003).await;
    flow.sandbox().card.pay(after.provider_payment_id.as_deref().unwrap()).await.unwrap();
    flow.becomes(after.id, OrderState::Provisioned).await;
    flow.drained().await;
    let master = state.master().clone();
    assert!(matches!(anchor::renew(&master, &flow.db).await.unwrap(), Anchored::At(_)));
    let (lost_at, tenant) = (flow.server.clock.now(), flow.db.tenant());
    drop((state, master));
    let Flow { server, seller, overview, .. } = flow;
    // The panel's address is in the shop's rows.
    let address = server.address();
    server.stop().await;
    for beside in ["-wal", "-shm"] {
        let _ = fs::remove_file(file.with_extension(format!("db{beside}")));
    }
    fs::rename(&backup, &file).unwrap();

    let server = TestServer::at(address, &database).await;
    server.clock.advance(lost_at - server.clock.now() + Duration::hours(1));
    let db = server.state().store.open(tenant).await.unwrap();
    let flow = Flow { server, seller, overview, db };
    until("the payment of the open order is imported", async || {
        flow.server.clock.advance(Duration::minutes(10));
        flow.order(open.id).await.state == OrderState::Provisioned
    })
    .await;
    until("the payment of the lost order is set aside", async || {
        flow.server.clock.advance(Duration::minutes(1));
        set_aside(&flow).await == 1
    })
    .await;
    assert_eq!(flow.grants_of(open.id).await, 1);
    flow.drained().await;
    let state = flow.server.state();
    // The anchor knows books that are gone.
    let found = anchor::check(state.master(), &flow.db).await.unwrap();
    assert!(found.len() == 1 && found[0].invariant == "I11", "{found:?}");
    anchor::accept(state.master(), &flow.db, "brought back").await.unwrap();
    assert_eq!(anchor::check(state.master(), &flow.db).await.unwrap(), []);
    let tx = flow.db.read().await.unwrap();
    assert_eq!(verify::shop(&tx).await.unwrap(), []);
    drop(tx);
    let online = verify_online::shop(&flow.db, &*state.panels, &state.providers, ASKING).await.unwrap();
    assert_eq!(online.breaches, []);
    flow.server.stop().await;
}

/// Time for the provider and the panel to answer.
const ASKING: std::time::Duration = std::time::Duration::from_secs(30);

/// Payments of no order, kept for a person.
async fn set_aside(flow: &Flow) -> usize {
    let tx = flow.db.read().await.unwrap();
    let rows = payment_inbox::Entity::find().all(tx.raw()).await.unwrap();
    rows.iter().filter(|row| row.state == InboxState::Refused).count()
}
