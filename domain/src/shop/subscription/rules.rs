//! How time and traffic add up. Everything is computed from the grants, so that applying a grant
//! twice, late or out of order comes to the same.

use chrono::{DateTime, Duration, Utc};

use crate::{
    entities::tenant::grant::{GrantState, Model},
    units::Bytes,
};

/// When a new grant begins: after the time that is there already, but not in the past.
pub fn period_start(now: DateTime<Utc>, current_end: Option<DateTime<Utc>>) -> DateTime<Utc> {
    current_end.map_or(now, |end| end.max(now))
}

/// The end of the access that the grants give.
pub fn end(grants: &[Model]) -> Option<DateTime<Utc>> {
    active(grants).map(|grant| grant.period_end).max()
}

/// Lifetime traffic: the sum of what was granted, without limit when one grant has none. What was
/// not used in one period stays usable in the next.
pub fn data_limit(grants: &[Model]) -> Option<Bytes> {
    active(grants).filter(|grant| grant.seconds > 0).try_fold(Bytes(0), |sum, grant| {
        let bytes = if grant.order_id.is_none() && grant.traffic_bytes.is_none() && is_compensation(grant) {
            Bytes(0)
        } else {
            grant.traffic_bytes?
        };
        Some(Bytes(sum.0.saturating_add(bytes.0)))
    })
}

/// Time to give back when access that should have begun at `start` began at `began`.
pub fn compensation(start: DateTime<Utc>, began: DateTime<Utc>, tolerated: Duration) -> Option<Duration> {
    let late = began - start;
    (late > tolerated).then_some(late)
}

fn is_compensation(grant: &Model) -> bool {
    grant.reason == crate::entities::tenant::grant::GrantReason::Compensation
}

fn active(grants: &[Model]) -> impl Iterator<Item = &Model> {
    grants.iter().filter(|grant| grant.state == GrantState::Active)
}

#[cfg(test)]
mod tests {
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
            state: GrantState::Active,
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
    fn a_revoked_grant_counts_no_more() {
        let mut month = grant(GrantReason::Order, 7, 37, Some(100));
        let trial = grant(GrantReason::Trial, 0, 7, Some(5));
        month.state = GrantState::Revoked;
        assert_eq!(end(&[trial.clone(), month.clone()]), Some(at(7)));
        assert_eq!(data_limit(&[trial, month]), Some(Bytes::gigabytes(5)));
    }

    #[test]
    fn time_is_given_back_only_when_access_was_really_late() {
        let tolerated = Duration::minutes(10);
        assert_eq!(compensation(at(0), at(0) + Duration::minutes(10), tolerated), None);
        assert_eq!(compensation(at(0), at(0) + Duration::hours(6), tolerated), Some(Duration::hours(6)));
        assert_eq!(compensation(at(3), at(0), tolerated), None);
    }
}
