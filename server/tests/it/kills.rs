//! The real server, ended at any moment while people pay, again and again. The outside world lives on.

use std::{
    collections::HashSet,
    sync::atomic::{AtomicBool, Ordering},
    time::{Duration, Instant},
};

use domain::{
    db::Conn as _,
    entities::tenant::{order, order::OrderState, payment_inbox},
    testing,
};
use futures::future::join_all;
use sea_orm::{ColumnTrait as _, EntityTrait as _, PaginatorTrait as _, QueryFilter as _};
use server::sandbox::hosted::HostedPayments as _;

use crate::support::{
    BUSY, Child, Database, bank,
    flow::{verified, work_left},
    outworld::Outworld,
};

/// Between two payments, when nothing holds them up.
const PAY_EVERY: Duration = Duration::from_millis(50);
/// People pay faster than a server that is killed so often delivers. After the last start the rest has to
/// become less within this time, each time.
const PATIENCE: Duration = Duration::from_secs(60);

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn whatever_moment_it_is_killed_at_a_server_keeps_what_it_acknowledged_and_grants_it_once() {
    everywhere(10).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
#[ignore = "takes half an hour"]
async fn a_thousand_kills_while_people_pay_lose_nothing() {
    everywhere(1_000).await;
}

async fn everywhere(kills: usize) {
    let _alone = BUSY.lock().await;
    let databases = Database::all();
    join_all(databases.iter().map(|database| Box::pin(one(database, kills)))).await;
}

async fn one(database: &Database, kills: usize) {
    let (world, mut servers) = Outworld::live(database, 1).await;
    let server = servers.remove(0);
    let over = AtomicBool::new(false);
    let (paid, last) = tokio::join!(pay(&world, &over), kill(&world, database, server, kills, &over));
    let begin = Instant::now();
    let (mut least, mut since) = (usize::MAX, Instant::now());
    while let left @ 1.. = left(&world, paid).await {
        if left < least {
            (least, since) = (left, Instant::now());
        }
        if since.elapsed() > PATIENCE {
            let work = work_left(world.state().master(), &world.db).await;
            panic!("{left} things to do do not become less: {:#?}", &work[..work.len().min(3)]);
        }
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    let recovered = begin.elapsed();
    let kept = kept(&world).await;
    let acknowledged = world.acknowledged();
    let lost: Vec<_> = acknowledged.iter().filter(|event| !kept.contains(*event)).collect();
    assert!(lost.is_empty(), "acknowledged and not kept: {lost:?}");
    verified(world.state().master(), &world.db).await;
    let accounts = world.sandbox().marzban.users(&world.db.tenant().to_string());
    assert_eq!(accounts.len(), paid);
    testing::say(&format!(
        "{}: {kills} kills, {paid} payments, {} webhooks acknowledged and kept, all done {} ms after the end",
        database.name(),
        acknowledged.len(),
        recovered.as_millis()
    ));
    last.stop();
    world.stop().await;
}

/// How many have paid until it was over.
async fn pay(world: &Outworld, over: &AtomicBool) -> usize {
    let mut paid = 0;
    for person in 900_000.. {
        if over.load(Ordering::Relaxed) {
            break;
        }
        let order = bank::order(world.state(), &world.db, person).await;
        world.sandbox().card.pay(order.provider_payment_id.as_deref().unwrap()).await.unwrap();
        paid += 1;
        tokio::time::sleep(PAY_EVERY).await;
    }
    paid
}

/// The server that was started last.
async fn kill(
    world: &Outworld,
    database: &Database,
    mut server: Child,
    kills: usize,
    over: &AtomicBool,
) -> Child {
    for number in 0..kills {
        // From at once to two seconds after the start, in no order.
        let moment = u64::try_from(number).unwrap().wrapping_mul(6_364_136_223_846_793_005) >> 40;
        tokio::time::sleep(Duration::from_millis(moment % 2_000)).await;
        drop(server);
        server = world.restart(database, 0).await;
    }
    over.store(true, Ordering::Relaxed);
    server
}

/// Orders that are not delivered, and jobs.
async fn left(world: &Outworld, paid: usize) -> usize {
    let tx = world.db.read().await.unwrap();
    let delivered = order::Entity::find().filter(order::COLUMN.state.eq(OrderState::Provisioned));
    let delivered = delivered.count(tx.raw()).await.unwrap();
    drop(tx);
    let work = work_left(world.state().master(), &world.db).await;
    paid - usize::try_from(delivered).unwrap() + work.len()
}

/// The events that are in the inbox.
async fn kept(world: &Outworld) -> HashSet<String> {
    let tx = world.db.read().await.unwrap();
    let rows = payment_inbox::Entity::find().all(tx.raw()).await.unwrap();
    rows.into_iter().map(|row| row.event_id).collect()
}
