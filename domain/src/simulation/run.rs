//! One run, and many of them.

use chrono::{DateTime, Duration, Utc};

use super::{
    by_itself::{self, Happened},
    check,
    world::{Passed, World},
};
use crate::{
    clock::Clock,
    jobs::next_due,
    shop::ledger::verify::{Breach, breach},
    testing::{self, TestStore},
};

/// Things that happen in a run before the world heals.
const STEPS: u32 = 45;
/// Looks for work afterwards, each when something is due.
const LOOKS: u32 = 300;

/// What can happen in a run.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Kind {
    /// People buy at the provider.
    Plain,
    /// They also pay with their wallets, use promo codes and are renewed by themselves.
    ByItself,
}

/// What a run came to.
#[derive(Debug)]
pub(super) struct Failed {
    pub seed: u64,
    pub breaches: Vec<Breach>,
    pub trace: Vec<String>,
}

impl std::fmt::Display for Failed {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        writeln!(f, "seed {} breaks:", self.seed)?;
        for breach in &self.breaches {
            writeln!(f, "  {} {}", breach.invariant, breach.detail)?;
        }
        self.trace.iter().try_for_each(|line| writeln!(f, "    {line}"))
    }
}

/// Takes one seed's way; gives what happened besides the plain.
///
/// # Errors
/// The first breach and what led to it.
pub(super) async fn one(test: &TestStore, seed: u64, kind: Kind) -> Result<Happened, Failed> {
    let other = (kind == Kind::ByItself).then(|| by_itself::other(seed));
    let mut world = World::new(test, seed, other).await;
    for _ in 0..STEPS {
        // What nobody works on is seen when time has passed.
        if Box::pin(world.step()).await == Passed::Time {
            holds(seed, check::always(&world).await, &world)?;
        }
        Box::pin(world.move_by_itself()).await;
    }
    world.heal().await;
    let mut is_idle = rest(&mut world).await;
    world.import().await;
    is_idle &= rest(&mut world).await;
    let mut breaches = check::at_rest(&world).await;
    breaches.extend(by_itself::renewed_once(&world).await);
    if !is_idle {
        breaches.push(breach("I7", "work is left for ever".into()));
    }
    holds(seed, breaches, &world)?;
    Ok(by_itself::happened(&world).await)
}

/// Works until nothing is left to do; false when that does not come.
async fn rest(world: &mut World<'_>) -> bool {
    for _ in 0..LOOKS {
        world.work().await;
        let Some(due) = due(world).await else { return true };
        let wait = due - world.shop.db.clock().now();
        world.test.clock.advance(wait.max(Duration::zero()));
    }
    false
}

/// Where seeds run.
pub(super) async fn store() -> TestStore {
    testing::sqlite_in_memory().await
}

fn holds(seed: u64, breaches: Vec<Breach>, world: &World<'_>) -> Result<(), Failed> {
    if breaches.is_empty() { Ok(()) } else { Err(Failed { seed, breaches, trace: world.trace.clone() }) }
}

/// When the next job is due; `None` when no work is left.
async fn due(world: &World<'_>) -> Option<DateTime<Utc>> {
    let tx = world.shop.db.read().await.expect("a transaction");
    next_due(&tx).await.expect("an answer")
}
