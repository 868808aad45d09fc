//! How time and traffic add up. Everything is computed from the grants, so that applying a grant
//! twice, late or out of order comes to the same.

use chrono::{DateTime, Duration, Utc};

use crate::{
    entities::tenant::grant::{GrantReason, Model},
    units::Bytes,
};

/// When a new grant begins: after the time that is there already, but not in the past.
pub fn period_start(now: DateTime<Utc>, current_end: Option<DateTime<Utc>>) -> DateTime<Utc> {
    current_end.map_or(now, |end| end.max(now))
}

/// The end of the access that the grants give.
pub fn end(grants: &[Model]) -> Option<DateTime<Utc>> {
    grants.iter().map(|grant| grant.period_end).max()
}

/// Puts the grants one after the other again, in their order, when one of them became shorter. What
/// follows moves ahead, but begins no earlier than it was given; time that was given back stays where
/// the lost time was.
pub fn chained(mut grants: Vec<Model>) -> Vec<Model> {
    let mut end: Option<DateTime<Utc>> = None;
    for grant in &mut grants {
        grant.period_start = match end {
            Some(end) if is_compensation(grant) => end,
            end => period_start(grant.created_at, end),
        };
        grant.period_end = grant.period_start + Duration::seconds(grant.seconds - grant.taken_back_seconds);
        end = Some(grant.period_end);
    }
    grants
}

/// Lifetime traffic: the sum of what was granted, without limit when one grant has none. What was
/// not used in one period stays usable in the next. Never nothing, which panels take for without limit.
pub fn data_limit(grants: &[Model]) -> Option<Bytes> {
    sum_of(grants).map(|sum| sum.max(Bytes(1)))
}

/// The traffic that went through the grant at `index` when `used` went through all of them: the older
/// ones are used up first. Nothing as long as an older one has no limit.
pub fn used_of(grants: &[Model], index: usize, used: Bytes) -> Bytes {
    let before = sum_of(&grants[..index]);
    let through = before.map_or(0, |before| (used.0 - before.0).max(0));
    Bytes(grants[index].traffic_bytes.map_or(through, |traffic| through.min(traffic.0)))
}

/// Time to give back when access that should have begun at `start` began at `began`.
pub fn compensation(start: DateTime<Utc>, began: DateTime<Utc>, tolerated: Duration) -> Option<Duration> {
    let late = began - start;
    (late > tolerated).then_some(late)
}

fn sum_of(grants: &[Model]) -> Option<Bytes> {
    grants.iter().filter(|grant| !is_compensation(grant)).try_fold(Bytes(0), |sum, grant| {
        let bytes = grant.traffic_bytes?.0 - grant.taken_back_bytes.0;
        Some(Bytes(sum.0.saturating_add(bytes)))
    })
}

fn is_compensation(grant: &Model) -> bool {
    grant.reason == GrantReason::Compensation
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::*;
    use crate::{
        entities::tenant::grant::GrantReason,
        ids::{GrantId, OrderId, SubscriptionId},
    };

    fn at(day: i64) -> DateTime<Utc> {
        DateTime::UNIX_EPOCH + Duration::days(day)
    }

    fn grant(reason: GrantReason, from: i64, to: i64, gigabytes: Option<i64>) -> Model {
        Model {
            id: GrantId::new(),
            order_id: (reason == GrantReason::Order).then(OrderId::new),
            subscription_id: SubscriptionId::new(),
            reason,
            seconds: (to - from) * 86_400,
            traffic_bytes: gigabytes.map(Bytes::gigabytes),
            taken_back_seconds: 0,
            taken_back_bytes: Bytes(0),
            target_version: 1,
            period_start: at(from),
            period_end: at(to),
            created_at: at(from),
        }
    }

    #[test]
    fn a_renewal_adds_to_the_time_that_is_left() {
        assert_eq!(period_start(at(5), Some(at(7))), at(7));
        assert_eq!(period_start(at(9), Some(at(7))), at(9));
        assert_eq!(period_start(at(9), None), at(9));
    }

    #[test]
    fn traffic_is_the_sum_of_the_grants() {
        let trial = grant(GrantReason::Trial, 0, 7, Some(5));
        let month = grant(GrantReason::Order, 7, 37, Some(100));
        let lost = grant(GrantReason::Compensation, 37, 38, None);
        assert_eq!(data_limit(&[trial.clone(), month.clone(), lost]), Some(Bytes::gigabytes(105)));
        let unlimited = grant(GrantReason::Order, 37, 67, None);
        assert_eq!(data_limit(&[trial, month, unlimited]), None);
    }

    #[test]
    fn a_limit_from_which_all_was_taken_back_is_not_without_limit() {
        let mut month = grant(GrantReason::Order, 0, 30, Some(100));
        month.taken_back_bytes = Bytes::gigabytes(100);
        assert_eq!(data_limit(&[month]), Some(Bytes(1)));
    }

    #[test]
    fn what_was_bought_besides_moves_ahead_when_something_is_taken_back() {
        let mut first = grant(GrantReason::Order, 0, 30, Some(100));
        let mut second = grant(GrantReason::Order, 30, 60, Some(100));
        second.created_at = at(5);
        // At day ten what is left of the first goes.
        first.taken_back_seconds = 20 * 86_400;
        first.taken_back_bytes = Bytes::gigabytes(60);
        let chain = chained(vec![first.clone(), second.clone()]);
        let ends: Vec<_> = chain.iter().map(|grant| (grant.period_start, grant.period_end)).collect();
        assert_eq!(ends, [(at(0), at(10)), (at(10), at(40))]);
        assert_eq!((end(&chain), data_limit(&chain)), (Some(at(40)), Some(Bytes::gigabytes(140))));
        // A grant begins no earlier than it was given.
        second.created_at = at(20);
        assert_eq!(chained(vec![first, second])[1].period_start, at(20));
    }

    #[test]
    fn time_given_back_stays_right_after_the_time_that_was_lost() {
        let mut first = grant(GrantReason::Order, 0, 30, Some(100));
        let mut lost = grant(GrantReason::Compensation, 30, 31, None);
        lost.created_at = at(25);
        first.taken_back_seconds = 10 * 86_400;
        let chain = chained(vec![first, lost]);
        let ends: Vec<_> = chain.iter().map(|grant| (grant.period_start, grant.period_end)).collect();
        assert_eq!(ends, [(at(0), at(20)), (at(20), at(21))]);
    }

    #[rstest]
    #[case::the_first_is_used_up_first(&[Some(5), Some(100)], 3, [3, 0])]
    #[case::then_the_second(&[Some(5), Some(100)], 40, [5, 35])]
    #[case::more_than_there_is(&[Some(5), Some(100)], 200, [5, 100])]
    #[case::the_last_has_no_limit(&[Some(5), None], 40, [5, 35])]
    #[case::nothing_gets_past_one_without_limit(&[None, Some(100)], 40, [40, 0])]
    fn traffic_goes_through_the_grants_in_their_order(
        #[case] gigabytes: &[Option<i64>],
        #[case] used: i64,
        #[case] of_each: [i64; 2],
    ) {
        let grants: Vec<_> =
            gigabytes.iter().map(|gigabytes| grant(GrantReason::Order, 0, 30, *gigabytes)).collect();
        let of = |index| used_of(&grants, index, Bytes::gigabytes(used));
        assert_eq!([of(0), of(1)], of_each.map(Bytes::gigabytes));
    }

    #[test]
    fn time_is_given_back_only_when_access_was_really_late() {
        let tolerated = Duration::minutes(10);
        assert_eq!(compensation(at(0), at(0) + Duration::minutes(10), tolerated), None);
        assert_eq!(compensation(at(0), at(0) + Duration::hours(6), tolerated), Some(Duration::hours(6)));
        assert_eq!(compensation(at(3), at(0), tolerated), None);
    }
}
