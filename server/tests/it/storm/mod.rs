//! A storm: everything that people do comes three times, Telegram refuses and falls silent, and the server
//! is killed again and again. What they did is in the rows once, and on their screens.

mod chance;
mod deliver;
mod people;
mod rows;
mod telegram;
mod world;

use std::{
    sync::{Arc, atomic::Ordering},
    time::{Duration, Instant},
};

use domain::testing;
use futures::future::join_all;
use tokio::task::JoinSet;

use self::{
    people::{Deeds, Person, Tally},
    world::World,
};
use crate::support::{
    BUSY, Child, Database,
    flow::{verified, work_left},
};

/// After the last start what is left has to become less within this time, each time.
const PATIENCE: Duration = Duration::from_secs(60);

#[derive(Clone, Copy)]
struct Storm {
    shops: usize,
    /// People who write at the same time.
    people: usize,
    /// After so many nobody begins any more.
    deliveries: u64,
    kill_every: Duration,
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_comes_three_times_through_kills_and_a_failing_telegram_has_its_effect_once() {
    let kill_every = Duration::from_secs(4);
    everywhere(Storm { shops: 3, people: 40, deliveries: 1_500, kill_every }).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
#[ignore = "takes hours with a debug build: name another in BOTYARD_BINARY"]
async fn a_million_updates_have_their_effects_once_whatever_kills_the_server() {
    let kill_every = Duration::from_secs(10);
    everywhere(Storm { shops: 16, people: 480, deliveries: most(), kill_every }).await;
}

/// A million, or as many as `STORM_DELIVERIES` says.
fn most() -> u64 {
    let asked = std::env::var_os("STORM_DELIVERIES");
    asked.map_or(1_000_000, |asked| asked.to_str().unwrap().parse().unwrap())
}

async fn everywhere(storm: Storm) {
    let _alone = BUSY.lock().await;
    let databases = Database::all();
    join_all(databases.iter().map(|database| Box::pin(one(database, storm)))).await;
}

async fn one(database: &Database, storm: Storm) {
    let world = Arc::new(Box::pin(World::new(database, storm.shops, 7)).await);
    let server = world.start(database).await;
    let begun = Instant::now();
    let mut people = JoinSet::new();
    for _ in 0..storm.people {
        people.spawn(crowd(world.clone(), storm.deliveries));
    }
    let (deeds, last) = rage(&world, database, server, storm, people).await;
    let took = begun.elapsed();
    world.telegram.calm_down();
    let settled = Instant::now();
    calm(&world).await;
    let tally = add_up(&deeds);
    report(&world, database, &tally, took, settled.elapsed()).await;
    for (number, shop) in world.shops.iter().enumerate() {
        verified(world.master(), &shop.db).await;
        rows::check(&world, number, &deeds).await;
    }
    assert!(tally.wrong.is_empty(), "{} of {}: {:#?}", tally.wrong.len(), tally.updates, first(&tally.wrong));
    assert_eq!(world.telegram.early(), 0, "something was sent before retry_after was over");
    last.stop();
}

/// One after another, until there were enough.
async fn crowd(world: Arc<World>, deliveries: u64) -> Vec<Deeds> {
    let mut deeds = Vec::new();
    while world.deliveries.load(Ordering::Relaxed) < deliveries {
        deeds.push(Box::pin(Person::new(world.clone()).live()).await);
    }
    deeds
}

/// Kills the server until everybody has what he wanted, and once more for what waits for that.
async fn rage(
    world: &World,
    database: &Database,
    mut server: Child,
    storm: Storm,
    mut people: JoinSet<Vec<Deeds>>,
) -> (Vec<Deeds>, Child) {
    let mut deeds = Vec::new();
    let mut next = tokio::time::Instant::now() + storm.kill_every;
    loop {
        tokio::select! {
            ended = people.join_next() => match ended {
                Some(more) => deeds.extend(more.unwrap()),
                None => break,
            },
            () = tokio::time::sleep_until(next) => {
                world.telegram.note_kill();
                drop(server);
                server = world.start(database).await;
                next = tokio::time::Instant::now() + storm.kill_every;
            }
        }
    }
    world.telegram.note_kill();
    drop(server);
    let server = world.start(database).await;
    world.late.close();
    world.late.wait().await;
    (deeds, server)
}

/// Waits until nothing is left to do.
async fn calm(world: &World) {
    for shop in &world.shops {
        let (mut least, mut since) = (usize::MAX, Instant::now());
        loop {
            let work = work_left(world.master(), &shop.db).await;
            if work.is_empty() {
                break;
            }
            if work.len() < least {
                (least, since) = (work.len(), Instant::now());
            }
            assert!(since.elapsed() < PATIENCE, "it does not become less: {:#?}", &work[..work.len().min(3)]);
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
    }
}

fn add_up(deeds: &[Deeds]) -> Tally {
    let mut sum = Tally::default();
    for Deeds { tally, .. } in deeds {
        sum.updates += tally.updates;
        sum.in_flight += tally.in_flight;
        sum.twice += tally.twice;
        sum.wrong.extend(tally.wrong.iter().cloned());
    }
    sum
}

fn first(wrong: &[String]) -> &[String] {
    &wrong[..wrong.len().min(10)]
}

async fn report(world: &World, database: &Database, tally: &Tally, took: Duration, settled: Duration) {
    let lives = *world.lives.borrow();
    testing::say(&format!(
        "{}: {} updates, {} deliveries in {} s, {} kills; in flight at a kill {}, of these on the screen twice {}; \
         answers of which nobody knows {}; sent before retry_after {}; Telegram: {:?}; nothing left after {} ms",
        database.name(),
        tally.updates,
        world.deliveries.load(Ordering::Relaxed),
        took.as_secs(),
        lives - 1,
        tally.in_flight,
        tally.twice,
        rows::unknown(world).await,
        world.telegram.early(),
        world.telegram.counts(),
        settled.as_millis(),
    ));
}
