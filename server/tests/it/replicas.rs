//! Two servers over one PostgreSQL database, of which one freezes in the middle of its work.

use std::time::{Duration, Instant};

use domain::{
    db::Conn as _,
    entities::tenant::{grant, order, order::OrderState},
    jobs::LEASE,
    testing,
};
use sea_orm::EntityTrait as _;
use server::sandbox::hosted::HostedPayments as _;

use crate::support::{
    BUSY, Database, bank,
    flow::{until, verified, work_left},
    outworld::Outworld,
};

const ORDERS: i64 = 40;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_a_frozen_server_had_in_hand_is_done_by_the_other_and_not_again_when_it_thaws() {
    let Some(database) = Database::all().into_iter().find(|database| database.name() == "postgres") else {
        return;
    };
    let _alone = BUSY.lock().await;
    let (world, servers) = Outworld::live(&database, 2).await;
    let panel = world.sandbox().marzban.knobs(&world.db.tenant().to_string()).unwrap();
    // Slow enough that work is in hand whenever one looks.
    panel.delay("*", Duration::from_millis(200));
    for person in (900_000..).take(usize::try_from(ORDERS).unwrap()) {
        let order = bank::order(world.state(), &world.db, person).await;
        world.sandbox().card.pay(order.provider_payment_id.as_deref().unwrap()).await.unwrap();
    }
    until("some are delivered", async || delivered(&world).await > 2).await;
    servers[0].signal("STOP");
    let (begin, before) = (Instant::now(), delivered(&world).await);
    until("the other one does the rest", async || {
        delivered(&world).await == usize::try_from(ORDERS).unwrap()
    })
    .await;
    let took = begin.elapsed();
    let lease = LEASE.to_std().unwrap();
    tokio::time::sleep((2 * lease).saturating_sub(took)).await;
    servers[0].signal("CONT");
    // What it had in hand comes to its end now, too late.
    tokio::time::sleep(Duration::from_secs(3)).await;
    until("no work is left", async || work_left(world.state().master(), &world.db).await.is_empty()).await;

    let tx = world.db.read().await.unwrap();
    let grants = grant::Entity::find().all(tx.raw()).await.unwrap();
    drop(tx);
    assert_eq!(grants.len(), usize::try_from(ORDERS).unwrap(), "none was granted twice");
    let accounts = world.sandbox().marzban.users(&world.db.tenant().to_string());
    assert_eq!(accounts.len(), usize::try_from(ORDERS).unwrap());
    verified(world.state().master(), &world.db).await;
    testing::say(&format!(
        "frozen with {before} of {ORDERS} delivered; the other server did the rest within {} ms of it",
        took.as_millis()
    ));
    for server in servers {
        server.stop();
    }
    world.stop().await;
}

async fn delivered(world: &Outworld) -> usize {
    let tx = world.db.read().await.unwrap();
    let orders = order::Entity::find().all(tx.raw()).await.unwrap();
    orders.iter().filter(|order| order.state == OrderState::Provisioned).count()
}
