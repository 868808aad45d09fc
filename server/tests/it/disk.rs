//! A shop's file that cannot be written: somebody holds it, or its disk is full.

use std::{
    fs,
    io::Write as _,
    path::{Path, PathBuf},
    process::Command,
};

use chrono::Duration;
use domain::{
    db::{Conn as _, TenantDb},
    entities::tenant::{order, order::OrderState, payment_inbox},
    testing,
};
use sea_orm::{ConnectOptions, ConnectionTrait as _, DatabaseConnection, EntityTrait as _};
use server::sandbox::hosted::HostedPayments as _;

use crate::support::{Bank, Database, Flow, bank, until};

#[tokio::test]
async fn while_somebody_holds_a_shops_file_its_webhooks_are_left_with_the_provider() {
    let database = Database::sqlite();
    let flow = Flow::live(&database).await;
    let orders = paid_untold(&flow, 1).await;
    let holder = beside(&database, &flow.db).await;
    holder.execute_unprepared("BEGIN EXCLUSIVE").await.unwrap();
    assert_eq!(tell(&flow, &orders).await, [503]);
    holder.execute_unprepared("ROLLBACK").await.unwrap();
    assert_eq!(tell(&flow, &orders).await, [200]);
    flow.becomes(orders[0].id, OrderState::Provisioned).await;
    flow.end().await;
}

#[tokio::test]
async fn on_a_full_disk_nothing_is_acknowledged_that_is_not_kept() {
    let database = Database::sqlite();
    let Some(disk) = SmallDisk::at(&database.folder().join("tenants")) else {
        testing::skipped("a disk of its own needs the right to mount one");
        return;
    };
    let flow = Flow::live(&database).await;
    let orders = paid_untold(&flow, 10).await;
    // Nothing is left in the log of the file that could be written over.
    let other = beside(&database, &flow.db).await;
    other.execute_unprepared("PRAGMA wal_checkpoint(TRUNCATE)").await.unwrap();
    other.close().await.unwrap();
    disk.fill();
    let told = tell(&flow, &orders).await;
    // A log that is begun anew finds room again for a few.
    assert!(told.contains(&503) && told.iter().all(|status| matches!(status, 200 | 503)), "{told:?}");
    disk.make_room();
    let acknowledged = told.iter().filter(|status| **status == 200).count();
    assert_eq!(kept(&flow.db).await, acknowledged);
    assert_eq!(tell(&flow, &orders).await, [200; 10]);
    until("all are delivered", async || {
        flow.server.clock.advance(Duration::seconds(5));
        flow.orders().await.iter().all(|order| order.state == OrderState::Provisioned)
    })
    .await;
    flow.end().await;
}

/// Orders whose payments nobody has told of.
async fn paid_untold(flow: &Flow, count: i64) -> Vec<order::Model> {
    flow.sandbox().card.knobs().lose_next("webhook:payment.paid", u32::MAX);
    let mut orders = Vec::new();
    for person in 900_000..900_000 + count {
        let order = bank::order(flow.server.state(), &flow.db, person).await;
        flow.sandbox().card.pay(order.provider_payment_id.as_deref().unwrap()).await.unwrap();
        orders.push(order);
    }
    orders
}

/// Tells of each payment; gives the answers.
async fn tell(flow: &Flow, orders: &[order::Model]) -> Vec<u16> {
    let bank = Bank::of(flow.server.address(), &flow.db).await;
    let mut answers = Vec::new();
    for order in orders {
        let event = bank.event(order, &format!("evt_{}", order.id));
        answers.push(bank.send(&event, bank::second(&flow.db, Duration::zero())).await);
    }
    answers
}

/// The events that are in the inbox.
async fn kept(db: &TenantDb) -> usize {
    let tx = db.read().await.unwrap();
    let rows = payment_inbox::Entity::find().all(tx.raw()).await.unwrap();
    rows.iter().filter(|row| row.event_id.starts_with("evt_")).count()
}

/// The shop's file as another program has it open.
async fn beside(database: &Database, db: &TenantDb) -> DatabaseConnection {
    let name = db.tenant().to_string();
    let path = database.folder().join("tenants").join(&name[30..]).join(format!("{name}.db"));
    let mut options = ConnectOptions::new(format!("sqlite://{}?mode=rw", path.display()));
    options.max_connections(1);
    sea_orm::Database::connect(options).await.unwrap()
}

/// A disk of a few megabytes; gone when dropped.
struct SmallDisk {
    at: PathBuf,
}

impl SmallDisk {
    fn at(path: &Path) -> Option<Self> {
        fs::create_dir_all(path).unwrap();
        let options = ["-t", "tmpfs", "-o", "size=16m", "botyard-test"];
        let mounted = Command::new("mount").args(options).arg(path).output();
        mounted.is_ok_and(|done| done.status.success()).then(|| Self { at: path.to_owned() })
    }

    fn fill(&self) {
        let mut file = fs::File::create(self.at.join("filler")).unwrap();
        for size in [1 << 16, 1 << 12, 1] {
            while file.write_all(&vec![0; size]).is_ok() {}
        }
    }

    fn make_room(&self) {
        fs::remove_file(self.at.join("filler")).unwrap();
    }
}

impl Drop for SmallDisk {
    fn drop(&mut self) {
        // Also while files on it are open.
        let _ = Command::new("umount").arg("--lazy").arg(&self.at).status();
    }
}
