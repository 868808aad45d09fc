//! `cargo xtask simulate` runs more of these.

use std::{
    sync::{
        Mutex,
        atomic::{AtomicU64, Ordering},
    },
    time::Instant,
};

use rstest::rstest;
use rustix::thread::{CpuSet, sched_getaffinity, sched_setaffinity};

use super::{
    by_itself::Happened,
    run::{self, Failed, Kind},
};
use crate::{
    safeguards::{Safeguard, switch_off},
    testing,
};

/// Seeds that broke something once.
const REGRESSIONS: &[u64] = &[374, 399, 3207, 63_729];

#[test]
fn no_seed_breaks_an_invariant() {
    let (begin, seeds) = (Instant::now(), setting("SIMULATE_SEEDS", 300));
    let first = setting("SIMULATE_FIRST", 0);
    let all = REGRESSIONS.iter().copied().chain(first..first + seeds).collect();
    let (failed, _) = run_all(all, Kind::Plain, None, u64::MAX);
    let took = begin.elapsed().as_secs_f64();
    #[expect(clippy::cast_precision_loss, reason = "a rate for people")]
    let rate = seeds as f64 / took;
    testing::say(&format!("{seeds} seeds in {took:.1} s, {rate:.0} a second"));
    assert!(failed.is_empty(), "{} seeds fail; the first:\n{}", failed.len(), failed[0]);
}

#[test]
fn no_seed_breaks_an_invariant_when_wallets_pay_and_plans_renew_by_themselves() {
    // The plain kind is what most of the code is proved by, and the cheaper one.
    let (first, seeds) = (setting("SIMULATE_FIRST", 0), setting("SIMULATE_SEEDS", 750) / 5);
    let (failed, happened) = run_all((first..first + seeds).collect(), Kind::ByItself, None, u64::MAX);
    testing::say(&format!("{seeds} seeds: {happened:?}"));
    assert!(failed.is_empty(), "{} seeds fail; the first:\n{}", failed.len(), failed[0]);
    let Happened { filled, by_wallet, by_card, not_charged, with_code, opened, unopened, packs } = happened;
    // A few seeds may have none of it.
    let enough = if seeds < 100 { 0 } else { seeds / 30 };
    assert!(
        [filled, by_wallet, by_card, not_charged, with_code, opened, unopened, packs]
            .iter()
            .all(|count| *count >= enough),
        "{happened:?}"
    );
}

#[rstest]
#[case::inbox_uniqueness(Safeguard::InboxUniqueness, "I10")]
#[case::same_transaction_enqueue(Safeguard::SameTransactionEnqueue, "I7")]
#[case::absolute_target(Safeguard::AbsoluteTarget, "I4")]
#[case::read_back(Safeguard::ReadBack, "I4")]
#[case::reconciler(Safeguard::Reconciler, "I8")]
fn without_one_of_its_safeguards_the_design_breaks(#[case] safeguard: Safeguard, #[case] invariant: &str) {
    let (failed, _) = run_all((0..1_000).collect(), Kind::Plain, Some(safeguard), 1);
    let named = |failed: &Failed| failed.breaches.iter().any(|breach| breach.invariant == invariant);
    assert!(failed.iter().any(named), "{safeguard:?} is not missed: {:?}", failed.first());
    testing::say(&format!("without {safeguard:?}, seed {} breaks {invariant}", failed[0].seed));
}

/// Runs the seeds until `enough` have failed.
fn run_all(seeds: Vec<u64>, kind: Kind, off: Option<Safeguard>, enough: u64) -> (Vec<Failed>, Happened) {
    let (next, count) = (AtomicU64::new(0), AtomicU64::new(0));
    let failed = Mutex::new(Vec::new());
    let all = Mutex::new(Happened::default());
    let ours = sched_getaffinity(None).unwrap();
    let cores: Vec<_> = (0..CpuSet::MAX_CPU).filter(|core| ours.is_set(*core)).collect();
    std::thread::scope(|scope| {
        // Each waits for its databases half of the time.
        for core in cores.repeat(2) {
            let (next, count, seeds) = (&next, &count, &seeds);
            let (failed, all) = (&failed, &all);
            scope.spawn(move || {
                stay_on(core);
                switch_off(off);
                let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
                runtime.block_on(async {
                    let mut test = run::store().await;
                    let mut used = 0;
                    while count.load(Ordering::SeqCst) < enough {
                        let index = usize::try_from(next.fetch_add(1, Ordering::SeqCst)).unwrap();
                        let Some(seed) = seeds.get(index) else { return };
                        // Shops stay open; a store that has served many is replaced.
                        used += 1;
                        if used % 25 == 0 {
                            test = run::store().await;
                        }
                        match Box::pin(run::one(&test, *seed, kind)).await {
                            Ok(happened) => all.lock().unwrap().add(happened),
                            Err(failure) => {
                                count.fetch_add(1, Ordering::SeqCst);
                                failed.lock().unwrap().push(failure);
                            }
                        }
                    }
                });
            });
        }
    });
    (failed.into_inner().unwrap(), all.into_inner().unwrap())
}

/// Keeps this thread, and the threads of the databases that it opens, on one core: they wait for each other
/// at every query, and waking one on another core took a third of the time.
fn stay_on(core: usize) {
    let mut one = CpuSet::new();
    one.set(core);
    // Where that is forbidden it is slower, and no less true.
    sched_setaffinity(None, &one).ok();
}

#[expect(clippy::disallowed_methods, reason = "tests have no configuration")]
fn setting(name: &str, default: u64) -> u64 {
    std::env::var(name).ok().and_then(|text| text.parse().ok()).unwrap_or(default)
}
