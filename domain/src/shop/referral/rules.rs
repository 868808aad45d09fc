//! What the shop gives for a friend, and how much of it.

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};

use crate::{
    entities::tenant::{grant, plan},
    units::{Bytes, Days},
};

/// The most that a shop can give at once: a slip of the finger is more.
pub const MOST_DAYS: i64 = 365;
/// The most friends for whom one user gets time within thirty days.
pub const MOST_FRIENDS: i64 = 1_000;

/// What the shop gives.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Terms {
    pub on: bool,
    pub referrer_days: i64,
    pub referee_days: i64,
    /// For so many friends within thirty days a user gets time; those friends get theirs all the same.
    pub friends: i64,
}

impl Default for Terms {
    fn default() -> Self {
        Self { on: true, referrer_days: 30, referee_days: 7, friends: 10 }
    }
}

/// The traffic that goes with so many days of a plan. Without limit when the plan is.
pub fn traffic(plan: &plan::Model, days: Days) -> Option<Bytes> {
    let whole = plan.traffic_bytes?;
    let share = i128::from(whole.0) * i128::from(days.0) / i128::from(plan.days.0.max(1));
    Some(Bytes(i64::try_from(share).unwrap_or(whole.0)))
}

/// The most that may be left of a grant which was taken back at this moment: what was used by then.
pub fn may_stay(grant: &grant::Model, reversed_at: DateTime<Utc>) -> i64 {
    (reversed_at - grant.period_start).num_seconds().clamp(0, grant.seconds)
}

#[cfg(test)]
mod tests {
    use chrono::Duration;
    use rstest::rstest;

    use super::*;
    use crate::{entities::tenant::plan::PlanKind, ids::PlanId};

    #[rstest]
    #[case(Some(100), 30, 30, Some(100))]
    #[case(Some(100), 30, 15, Some(50))]
    #[case(Some(1_200), 365, 73, Some(240))]
    #[case(None, 30, 30, None)]
    #[case(Some(5), 0, 7, Some(35))]
    fn bonus_days_bring_their_share_of_the_plans_traffic(
        #[case] gigabytes: Option<i64>,
        #[case] plan_days: i64,
        #[case] days: i64,
        #[case] expected: Option<i64>,
    ) {
        let plan = plan::Model {
            id: PlanId::new(),
            position: 1,
            kind: PlanKind::Paid,
            names: serde_json::json!({}),
            days: Days(plan_days),
            traffic_bytes: gigabytes.map(Bytes::gigabytes),
            active: true,
            created_at: DateTime::UNIX_EPOCH + Duration::days(1),
        };
        assert_eq!(traffic(&plan, Days(days)), expected.map(Bytes::gigabytes));
    }
}
