use chrono::{DateTime, Duration, Timelike, Utc};

use crate::{
    clock::Clock,
    db::MasterDb,
    jobs::{Schedule, due_slots},
    testing,
};

const HOURLY: &[Schedule] = &[Schedule { name: "hourly", spec: "0 7 * * * *" }];

async fn due(master: &MasterDb, schedules: &[Schedule]) -> Vec<&'static str> {
    let tx = master.write().await.unwrap();
    let due = due_slots(&tx, schedules).await.unwrap();
    tx.commit().await.unwrap();
    due
}

/// The hourly slot at or before an instant, counted in hours.
fn slot(at: DateTime<Utc>) -> i64 {
    (at - Duration::minutes(7)).with_minute(0).unwrap().timestamp() / 3600
}

#[tokio::test]
async fn over_seven_days_each_slot_runs_once_and_missed_ones_are_caught_up_as_one() {
    for test in testing::stores().await {
        let (master, clock) = (test.master(), &test.clock);
        assert!(due(master, HOURLY).await.is_empty(), "it ran when it was new");
        let mut latest = slot(clock.now());
        // Steps of minutes, with a restart that takes hours and a night that takes ten.
        for step in [1, 29, 30, 60, 61, 3, 119, 240, 59, 600].into_iter().cycle().take(84) {
            clock.advance(Duration::minutes(step));
            let expected = usize::from(slot(clock.now()) > latest);
            latest = slot(clock.now());
            assert_eq!(due(master, HOURLY).await.len(), expected, "{} {}", test.name(), clock.now());
            assert!(due(master, HOURLY).await.is_empty(), "{}: a slot ran twice", test.name());
        }
    }
}

#[tokio::test]
async fn a_clock_that_jumps_runs_no_slot_twice() {
    for test in testing::stores().await {
        let (master, clock) = (test.master(), &test.clock);
        due(master, HOURLY).await;
        clock.advance(Duration::minutes(8));
        assert_eq!(due(master, HOURLY).await.len(), 1);
        clock.advance(Duration::hours(-1));
        for _ in 0..11 {
            clock.advance(Duration::minutes(10));
            assert!(due(master, HOURLY).await.is_empty(), "{}: again at {}", test.name(), clock.now());
        }
        clock.advance(Duration::minutes(9));
        assert_eq!(due(master, HOURLY).await.len(), 1, "{}: the next hour did not run", test.name());
        clock.advance(Duration::days(1));
        assert_eq!(due(master, HOURLY).await.len(), 1);
    }
}

#[tokio::test]
async fn of_two_processes_one_takes_the_slot() {
    for test in testing::stores().await {
        let master = test.master();
        due(master, HOURLY).await;
        for _ in 0..10 {
            test.clock.advance(Duration::hours(1));
            let taken = futures::future::join_all((0..4).map(|_| due(master, HOURLY))).await;
            assert_eq!(taken.concat().len(), 1, "{}", test.name());
        }
    }
}

#[tokio::test]
async fn a_changed_line_is_followed_from_now_on() {
    for test in testing::stores().await {
        let master = test.master();
        due(master, &[Schedule { name: "it", spec: "0 0 4 1 1 *" }]).await;
        let changed = [Schedule { name: "it", spec: "0 7 * * * *" }];
        assert!(due(master, &changed).await.is_empty());
        test.clock.advance(Duration::hours(1));
        assert_eq!(due(master, &changed).await, ["it"]);
    }
}
