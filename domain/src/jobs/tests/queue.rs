use chrono::Duration;

use super::*;
use crate::{
    clock::Clock,
    jobs::{LEASE, forget_done, make_lane_due, next_due, open_jobs, reap, renew},
    testing,
};

const SECOND: Duration = Duration::seconds(1);

#[tokio::test]
async fn a_transaction_that_is_rolled_back_leaves_no_job() {
    on_every_queue!(|db, clock| {
        let tx = db.begin().await.unwrap();
        enqueue(&tx, &ping("lost"), clock.now()).await.unwrap();
        drop(tx);
        assert!(rows(db).await.is_empty());
    });
}

#[tokio::test]
async fn a_job_is_claimed_once_and_not_before_it_is_due() {
    on_every_queue!(|db, clock| {
        queue(db, &ping("later"), clock.now() + SECOND).await;
        assert!(taken(db, "a").await.is_empty());
        clock.advance(SECOND);
        let jobs = taken(db, "a").await;
        assert_eq!(jobs[0].payload::<Ping>().unwrap(), ping("later"));
        assert_eq!(
            (jobs[0].row.attempts, jobs[0].row.epoch, jobs[0].row.worker.as_deref()),
            (1, 1, Some("a"))
        );
        assert!(taken(db, "b").await.is_empty());
        assert!(end(db, &jobs[0], Ok(())).await);
        assert_eq!(states(db).await, [JobState::Done]);
        assert!(!end(db, &jobs[0], Ok(())).await, "it ended twice");
    });
}

#[tokio::test]
async fn the_urgent_go_first_then_the_longest_waiting() {
    on_every_queue!(|db, clock| {
        queue(db, &ping("second"), clock.now() - SECOND).await;
        queue(db, &ping("first"), clock.now() - SECOND * 2).await;
        queue(db, &Urgent {}, clock.now()).await;
        let one = take(db, "a", 1).await.unwrap();
        assert_eq!(one[0].row.kind, Urgent::KIND);
        let rest = taken(db, "a").await;
        let names: Vec<_> = rest.iter().map(|job| job.payload::<Ping>().unwrap().name).collect();
        assert_eq!(names, ["first", "second"]);
    });
}

#[tokio::test]
async fn waiting_jobs_of_one_key_are_one_job_due_at_the_earliest_time() {
    on_every_queue!(|db, clock| {
        let now = clock.now();
        for seconds in [20, 10, 30] {
            queue(db, &keyed("one", "k"), now + SECOND * seconds).await;
        }
        queue(db, &keyed("other", "l"), now).await;
        let mut due: Vec<_> = rows(db).await.into_iter().map(|row| row.run_at - now).collect();
        due.sort();
        assert_eq!(due, [Duration::zero(), SECOND * 10]);
    });
}

#[tokio::test]
async fn work_that_arrives_while_its_twin_runs_gets_a_job_that_is_taken_when_the_twin_has_ended() {
    on_every_queue!(|db, clock| {
        queue(db, &keyed("first", "k"), clock.now()).await;
        let first = taken(db, "a").await.remove(0);
        queue(db, &keyed("second", "k"), clock.now()).await;
        queue(db, &keyed("other", "l"), clock.now()).await;
        // The second would find undone what the first is about to do.
        let other = taken(db, "b").await;
        assert_eq!(other.len(), 1);
        assert_eq!(other[0].payload::<Ping>().unwrap().name, "other");
        assert_eq!(next_due(&db.begin().await.unwrap()).await.unwrap(), Some(clock.now() + LEASE));
        assert!(end(db, &first, Ok(())).await);
        let second = taken(db, "b").await.remove(0);
        assert_eq!(second.payload::<Ping>().unwrap().name, "second");
        assert!(end(db, &second, Ok(())).await && end(db, &other[0], Ok(())).await);
    });
}

/// Whoever queues relies on the waiting job: it must not be claimed by a worker that cannot see yet
/// what there is to do.
#[tokio::test]
async fn a_waiting_job_is_not_claimed_between_queueing_and_commit() {
    for test in testing::stores().await {
        let master = test.master();
        queue(master, &keyed("one", "k"), test.clock.now()).await;
        let tx = master.write().await.unwrap();
        enqueue(&tx, &keyed("one", "k"), test.clock.now()).await.unwrap();
        // On SQLite the worker cannot even begin.
        if master.is_postgres() {
            assert!(taken(master, "a").await.is_empty(), "claimed although its work is not there yet");
        }
        tx.commit().await.unwrap();
        assert_eq!(taken(master, "a").await.len(), 1);
    }
}

#[tokio::test]
async fn a_job_that_is_just_being_claimed_is_not_relied_upon() {
    for test in testing::stores().await {
        let (master, now) = (test.master(), test.clock.now());
        queue(master, &keyed("one", "k"), now).await;
        let claiming = master.write().await.unwrap();
        let claimed = crate::jobs::claim(&claiming, "a", 9).await.unwrap();
        assert_eq!(claimed.len(), 1);
        let other = master.clone();
        let mut queueing = tokio::spawn(async move { queue(&other, &keyed("two", "k"), now).await });
        // It has to wait for the claim; giving it time can only show that it did not.
        let early = tokio::time::timeout(std::time::Duration::from_millis(300), &mut queueing).await;
        assert!(early.is_err(), "{}: it relied on a job that is being claimed", test.name());
        claiming.commit().await.unwrap();
        queueing.await.unwrap();
        end(master, &claimed[0], Ok(())).await;
        let next = taken(master, "b").await;
        assert_eq!(next.len(), 1, "{}: the new work has no job", test.name());
        assert_eq!(next[0].payload::<Ping>().unwrap().name, "two");
    }
}

#[tokio::test]
async fn a_worker_that_lost_its_lease_finishes_nothing() {
    on_every_queue!(|db, clock| {
        queue(db, &ping("slow"), clock.now()).await;
        let late = taken(db, "late").await.remove(0);
        clock.advance(LEASE + SECOND);
        let quick = taken(db, "quick").await.remove(0);
        assert_eq!((quick.row.id, quick.row.epoch, quick.row.attempts), (late.row.id, 2, 2));

        for outcome in [Ok(()), Err(JobError::retry("late")), Err(JobError::fail("late"))] {
            assert!(!end(db, &late, outcome).await);
        }
        let tx = db.begin().await.unwrap();
        assert!(!renew(&tx, &late).await.unwrap(), "the lease of another worker was renewed");
        drop(tx);
        assert_eq!(row(db, late.row.id).await, quick.row);
        assert!(end(db, &quick, Ok(())).await);
    });
}

#[tokio::test]
async fn a_worker_that_lives_keeps_its_lease() {
    on_every_queue!(|db, clock| {
        queue(db, &ping("long"), clock.now()).await;
        let job = taken(db, "a").await.remove(0);
        for _ in 0..5 {
            clock.advance(LEASE - SECOND);
            let tx = db.begin().await.unwrap();
            assert!(renew(&tx, &job).await.unwrap());
            reap(&tx).await.unwrap();
            finish_tx(db, tx).await;
        }
        assert_eq!(states(db).await, [JobState::Running]);
        assert!(end(db, &job, Ok(())).await);
    });
}

#[tokio::test]
async fn after_its_last_attempt_a_job_is_dead_and_stays() {
    on_every_queue!(|db, clock| {
        queue(db, &ping("hopeless"), clock.now()).await;
        for attempt in 1..=Ping::MAX_ATTEMPTS {
            let job = taken(db, "a").await.remove(0);
            assert_eq!(job.row.attempts, attempt);
            end(db, &job, Err(JobError::retry_after("not yet", SECOND))).await;
            clock.advance(SECOND);
        }
        let dead = rows(db).await.remove(0);
        assert_eq!((dead.state, dead.last_error.as_deref()), (JobState::Dead, Some("not yet")));
        assert!(dead.done_at.is_some() && taken(db, "a").await.is_empty());
    });
}

#[tokio::test]
async fn a_job_that_kills_its_workers_is_dead_too() {
    on_every_queue!(|db, clock| {
        queue(db, &ping("poison"), clock.now()).await;
        for _ in 0..Ping::MAX_ATTEMPTS {
            assert_eq!(taken(db, "a").await.len(), 1);
            clock.advance(LEASE + SECOND);
        }
        assert!(taken(db, "a").await.is_empty());
        assert_eq!(states(db).await, [JobState::Dead]);
    });
}

#[tokio::test]
async fn a_job_that_cannot_succeed_is_dead_at_once() {
    on_every_queue!(|db, clock| {
        queue(db, &ping("wrong"), clock.now()).await;
        let job = taken(db, "a").await.remove(0);
        end(db, &job, Err(JobError::fail("never"))).await;
        assert_eq!(states(db).await, [JobState::Dead]);
    });
}

#[tokio::test]
async fn a_failed_job_leaves_the_work_to_a_waiting_one_of_its_key() {
    on_every_queue!(|db, clock| {
        queue(db, &keyed("first", "k"), clock.now()).await;
        let first = taken(db, "a").await.remove(0);
        queue(db, &keyed("second", "k"), clock.now()).await;
        assert!(end(db, &first, Err(JobError::retry("down"))).await);
        assert_eq!(states(db).await, [JobState::Done, JobState::Ready]);
    });
}

#[tokio::test]
async fn a_retry_waits_as_long_as_the_handler_says_or_longer_each_time() {
    on_every_queue!(|db, clock| {
        queue(db, &ping("again"), clock.now()).await;
        let job = taken(db, "a").await.remove(0);
        end(db, &job, Err(JobError::retry_after("busy", Duration::minutes(7)))).await;
        assert_eq!(row(db, job.row.id).await.run_at, clock.now() + Duration::minutes(7));
        clock.advance(Duration::minutes(7));
        let job = taken(db, "a").await.remove(0);
        end(db, &job, Err(JobError::retry("busy"))).await;
        let pause = row(db, job.row.id).await.run_at - clock.now();
        assert!((SECOND * 5..=SECOND * 10).contains(&pause), "{pause}");
    });
}

#[tokio::test]
async fn a_lane_leaves_places_for_other_work() {
    on_every_queue!(|db, clock| {
        for number in 0..12 {
            let slow = Ping { lane: Some("panel:1".into()), ..ping(&format!("slow {number}")) };
            queue(db, &slow, clock.now() - SECOND).await;
        }
        queue(db, &Ping { lane: Some("panel:2".into()), ..ping("other") }, clock.now()).await;
        queue(db, &ping("free"), clock.now()).await;
        let names = |jobs: &[Claimed]| {
            let mut names: Vec<String> = jobs.iter().map(|job| job.payload::<Ping>().unwrap().name).collect();
            names.sort();
            names
        };
        let first = take(db, "a", 8).await.unwrap();
        assert_eq!(names(&first), ["free", "other", "slow 0", "slow 1", "slow 2"]);
        assert!(take(db, "a", 8).await.unwrap().is_empty(), "the lane is full");
        let ended = first.iter().find(|job| job.row.lane.as_deref() == Some("panel:1")).unwrap();
        assert!(end(db, ended, Ok(())).await);
        assert_eq!(names(&take(db, "a", 8).await.unwrap()), ["slow 3"]);
    });
}

#[tokio::test]
async fn a_job_that_puts_itself_aside_while_its_lane_becomes_due_is_due_too() {
    on_every_queue!(|db, clock| {
        queue(db, &Ping { lane: Some("panel:1".into()), ..keyed("parks", "k") }, clock.now()).await;
        let job = taken(db, "a").await.remove(0);
        let tx = db.begin().await.unwrap();
        make_lane_due(&tx, "panel:1", SECOND).await.unwrap();
        finish_tx(db, tx).await;
        assert!(end(db, &job, Err(JobError::retry_after("away", Duration::minutes(10)))).await);
        let again = taken(db, "a").await;
        assert_eq!(again.len(), 1);
        assert_eq!(again[0].payload::<Ping>().unwrap().name, "parks");
        assert!(end(db, &again[0], Ok(())).await);
        assert_eq!(states(db).await, [JobState::Done, JobState::Done]);
    });
}

#[tokio::test]
async fn a_lane_becomes_due_at_its_pace_and_no_other_does() {
    on_every_queue!(|db, clock| {
        let (now, hour) = (clock.now(), Duration::hours(1));
        for name in ["a", "b", "c"] {
            queue(db, &Ping { lane: Some("panel:1".into()), ..ping(name) }, now + hour).await;
        }
        queue(db, &Ping { lane: Some("panel:2".into()), ..ping("other") }, now + hour).await;
        queue(db, &ping("free"), now + hour).await;
        let tx = db.begin().await.unwrap();
        assert_eq!(make_lane_due(&tx, "panel:1", SECOND).await.unwrap(), 3);
        finish_tx(db, tx).await;
        let mut due: Vec<_> = rows(db).await.into_iter().map(|row| row.run_at - now).collect();
        due.sort();
        assert_eq!(due, [Duration::zero(), SECOND, SECOND * 2, hour, hour]);
    });
}

#[tokio::test]
async fn the_next_look_is_at_the_next_job_or_the_next_end_of_a_lease() {
    on_every_queue!(|db, clock| {
        let now = clock.now();
        let next = async || next_due(&db.begin().await.unwrap()).await.unwrap();
        assert_eq!(next().await, None);
        queue(db, &ping("later"), now + Duration::hours(1)).await;
        assert_eq!(next().await, Some(now + Duration::hours(1)));
        queue(db, &ping("now"), now).await;
        let job = taken(db, "a").await.remove(0);
        assert_eq!(next().await, Some(now + LEASE));
        end(db, &job, Ok(())).await;
        assert_eq!(next().await, Some(now + Duration::hours(1)));
    });
}

#[tokio::test]
async fn a_done_job_is_kept_for_a_week_and_a_dead_one_until_a_person_comes() {
    on_every_queue!(|db, clock| {
        for outcome in [Ok(()), Err(JobError::fail("never"))] {
            queue(db, &ping("old"), clock.now()).await;
            let job = taken(db, "a").await.remove(0);
            end(db, &job, outcome).await;
        }
        queue(db, &ping("waits"), clock.now() + Duration::days(30)).await;
        for (days, left) in [(7, 3), (1, 2)] {
            clock.advance(Duration::days(days));
            let tx = db.begin().await.unwrap();
            forget_done(&tx).await.unwrap();
            finish_tx(db, tx).await;
            assert_eq!(rows(db).await.len(), left);
        }
        let tx = db.begin().await.unwrap();
        assert_eq!(open_jobs(&tx).await.unwrap().len(), 1);
    });
}
