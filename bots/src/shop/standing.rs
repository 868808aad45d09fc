//! How a subscription stands for its user, out of what we want and what the panel last said.

use chrono::{DateTime, Duration, Utc};
use domain::entities::tenant::subscription::{Model, TargetState};

/// From when on the end is near.
const SOON: Duration = Duration::hours(72);

/// What the user can know about his access.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standing {
    /// Not on the panel yet.
    Pending,
    Trial,
    Active,
    Expiring,
    Limited,
    Expired,
    Disabled,
}

impl Standing {
    pub fn of(subscription: &Model, now: DateTime<Utc>) -> Self {
        let limit = subscription.target_data_limit;
        let used_up = limit.is_some_and(|limit| subscription.used_traffic >= limit);
        if subscription.provisioned_at.is_none() {
            Self::Pending
        } else if subscription.target_status != TargetState::Active {
            Self::Disabled
        } else if subscription.target_expire <= now {
            Self::Expired
        } else if used_up {
            Self::Limited
        } else if subscription.trial {
            Self::Trial
        } else if subscription.target_expire - now <= SOON {
            Self::Expiring
        } else {
            Self::Active
        }
    }

    /// Whether the link connects now.
    pub fn connects(self) -> bool {
        matches!(self, Self::Trial | Self::Active | Self::Expiring)
    }
}

#[cfg(test)]
mod tests {
    use domain::{
        ids::{PanelId, PlanId, SubscriptionId, UserId},
        units::Bytes,
    };
    use rstest::rstest;
    use serde_json::json;

    use super::*;

    fn subscription(now: DateTime<Utc>) -> Model {
        Model {
            id: SubscriptionId::new(),
            user_id: UserId::new(),
            panel_id: PanelId::new(),
            plan_id: PlanId::new(),
            username: "u".into(),
            trial: false,
            target_expire: now + Duration::days(10),
            target_data_limit: Some(Bytes::gigabytes(5)),
            target_status: TargetState::Active,
            target_version: 1,
            applied_version: 1,
            provisioned_at: Some(now),
            applied_at: Some(now),
            used_traffic: Bytes(0),
            panel_status: None,
            links: json!([]),
            subscription_url: None,
            read_at: None,
            created_at: now,
        }
    }

    #[rstest]
    #[case(|_: &mut Model, _| {}, Standing::Active)]
    #[case(|row: &mut Model, _| row.trial = true, Standing::Trial)]
    #[case(|row: &mut Model, _| row.provisioned_at = None, Standing::Pending)]
    #[case(|row: &mut Model, now| row.target_expire = now + Duration::hours(72), Standing::Expiring)]
    #[case(|row: &mut Model, now| row.target_expire = now, Standing::Expired)]
    #[case(|row: &mut Model, _| row.used_traffic = Bytes::gigabytes(5), Standing::Limited)]
    #[case(|row: &mut Model, _| row.target_status = TargetState::Disabled, Standing::Disabled)]
    fn a_subscription_stands_as_its_row_says(
        #[case] change: fn(&mut Model, DateTime<Utc>),
        #[case] standing: Standing,
    ) {
        let now = DateTime::UNIX_EPOCH + Duration::days(20_000);
        let mut row = subscription(now);
        change(&mut row, now);
        assert_eq!(Standing::of(&row, now), standing);
    }
}
