//! What is different between a panel's accounts and our targets. Looks only, and changes nothing.

use std::collections::HashMap;

use chrono::{DateTime, SecondsFormat, Utc};

use crate::{
    entities::tenant::{
        panel_drift::DriftKind,
        subscription::{Model, TargetState},
    },
    ids::SubscriptionId,
    ports::{AccountStatus, PanelAccount},
    shop::subscription::usage::status_name,
    units::Bytes,
};

/// One difference.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Drift {
    pub kind: DriftKind,
    /// Whose account it is; of an unknown account, the one that its note names.
    pub subscription: SubscriptionId,
    pub username: String,
    pub wanted: Option<String>,
    pub found: Option<String>,
}

impl Drift {
    fn new(kind: DriftKind, subscription: SubscriptionId, username: &str) -> Self {
        Self { kind, subscription, username: username.to_owned(), wanted: None, found: None }
    }

    fn of(kind: DriftKind, row: &Model, wanted: String, found: String) -> Self {
        Self { wanted: Some(wanted), found: Some(found), ..Self::new(kind, row.id, &row.username) }
    }
}

/// What was known before the accounts were read.
pub struct Before {
    pub began: DateTime<Utc>,
    /// Which target each subscription's account held, and since when. By what it is and not by the time
    /// alone: a target can arrive in the very millisecond in which the reading begins.
    pub applied: HashMap<SubscriptionId, (i64, Option<DateTime<Utc>>)>,
}

impl Before {
    /// Whether the account held its present target all the while.
    fn is_settled(&self, row: &Model) -> bool {
        let now = (row.applied_version, row.applied_at);
        row.applied_version == row.target_version && self.applied.get(&row.id) == Some(&now)
    }
}

/// Compares the panel's subscriptions with its accounts. The subscriptions are read after the accounts:
/// one whose target is still on its way, or has arrived since `before`, is not held against the panel.
pub fn compare(subscriptions: &[Model], accounts: &[PanelAccount], before: &Before) -> Vec<Drift> {
    let held: HashMap<&str, &PanelAccount> =
        accounts.iter().map(|account| (account.username.as_str(), account)).collect();
    let ours: HashMap<SubscriptionId, &Model> = subscriptions.iter().map(|row| (row.id, row)).collect();
    let mut drifts: Vec<Drift> =
        subscriptions.iter().flat_map(|row| of_subscription(row, &held, before)).collect();
    for account in held.values() {
        let Some(named) = account.subscription else { continue };
        if ours.get(&named).is_none_or(|row| row.username != account.username) {
            drifts.push(Drift::new(DriftKind::Unknown, named, &account.username));
        }
    }
    drifts.sort_by(|a, b| a.username.cmp(&b.username));
    drifts
}

fn of_subscription(row: &Model, held: &HashMap<&str, &PanelAccount>, before: &Before) -> Vec<Drift> {
    let is_settled = before.is_settled(row);
    match held.get(row.username.as_str()) {
        Some(account) if account.subscription != Some(row.id) => {
            vec![Drift::new(DriftKind::Foreign, row.id, &row.username)]
        }
        Some(account) if is_settled => differences(row, account),
        // Panels may remove by themselves what is over.
        None if row.target_status == TargetState::Removed => Vec::new(),
        None if is_settled && row.target_expire > before.began => {
            vec![Drift::new(DriftKind::Missing, row.id, &row.username)]
        }
        Some(_) | None => Vec::new(),
    }
}

/// Panels count whole seconds. That an account has expired or is used up follows from its figures.
fn differences(row: &Model, account: &PanelAccount) -> Vec<Drift> {
    let mut found = Vec::new();
    if account.expire.map(|end| end.timestamp()) != Some(row.target_expire.timestamp()) {
        let (wanted, is) = (date(Some(row.target_expire)), date(account.expire));
        found.push(Drift::of(DriftKind::Expire, row, wanted, is));
    }
    if account.data_limit != row.target_data_limit {
        let (wanted, is) = (bytes(row.target_data_limit), bytes(account.data_limit));
        found.push(Drift::of(DriftKind::DataLimit, row, wanted, is));
    }
    let kind = match (row.target_status, account.status) {
        (TargetState::Active, AccountStatus::Disabled) => Some(DriftKind::DisabledByHand),
        (TargetState::Active, AccountStatus::OnHold) => Some(DriftKind::Status),
        (TargetState::Disabled, status) if status != AccountStatus::Disabled => Some(DriftKind::Status),
        (TargetState::Removed, _) => Some(DriftKind::Status),
        _ => None,
    };
    if let Some(kind) = kind {
        let wanted = match row.target_status {
            TargetState::Active => "active",
            TargetState::Disabled => "disabled",
            TargetState::Removed => "removed",
        };
        found.push(Drift::of(kind, row, wanted.to_owned(), status_name(account.status).to_owned()));
    }
    found
}

fn date(at: Option<DateTime<Utc>>) -> String {
    at.map_or_else(|| "never".to_owned(), |at| at.to_rfc3339_opts(SecondsFormat::Secs, true))
}

fn bytes(limit: Option<Bytes>) -> String {
    limit.map_or_else(|| "unlimited".to_owned(), |limit| limit.0.to_string())
}

#[cfg(test)]
mod tests {
    use chrono::Duration;
    use proptest::prelude::*;

    use super::*;
    use crate::ids::{PanelId, PlanId, UserId};

    fn now() -> DateTime<Utc> {
        DateTime::UNIX_EPOCH + Duration::days(20_000)
    }

    fn before(rows: &[Model]) -> Before {
        let applied = rows.iter().map(|row| (row.id, (row.applied_version, row.applied_at))).collect();
        Before { began: now(), applied }
    }

    fn row(days: i64, gigabytes: Option<i64>) -> Model {
        let id = SubscriptionId::new();
        Model {
            id,
            user_id: UserId::new(),
            panel_id: PanelId::new(),
            plan_id: PlanId::new(),
            username: format!("by_{}", &id.to_string()[12..]),
            trial: false,
            target_expire: now() + Duration::days(days) + Duration::milliseconds(7),
            target_data_limit: gigabytes.map(Bytes::gigabytes),
            target_status: TargetState::Active,
            target_version: 3,
            applied_version: 3,
            provisioned_at: Some(now()),
            applied_at: Some(now()),
            used_traffic: Bytes(0),
            panel_status: None,
            links: serde_json::json!([]),
            subscription_url: None,
            read_at: None,
            created_at: now(),
        }
    }

    /// As a panel holds it: in whole seconds.
    fn holding(row: &Model) -> PanelAccount {
        PanelAccount {
            username: row.username.clone(),
            status: match row.target_status {
                TargetState::Active => AccountStatus::Active,
                TargetState::Disabled | TargetState::Removed => AccountStatus::Disabled,
            },
            expire: DateTime::from_timestamp(row.target_expire.timestamp(), 0),
            data_limit: row.target_data_limit,
            used_traffic: Bytes(0),
            subscription: Some(row.id),
            links: Vec::new(),
            subscription_url: String::new(),
            online_at: None,
        }
    }

    type Change = fn(&mut Model, &mut PanelAccount);

    #[test]
    fn each_difference_is_told_by_its_kind_and_what_follows_from_time_is_none() {
        let table: &[(&str, Change, &[DriftKind])] = &[
            ("as sold", |_, _| {}, &[]),
            ("another end", |_, account| account.expire = Some(now()), &[DriftKind::Expire]),
            ("without end", |_, account| account.expire = None, &[DriftKind::Expire]),
            ("another limit", |_, account| account.data_limit = Some(Bytes(5)), &[DriftKind::DataLimit]),
            ("without limit", |_, account| account.data_limit = None, &[DriftKind::DataLimit]),
            ("off", |_, account| account.status = AccountStatus::Disabled, &[DriftKind::DisabledByHand]),
            ("on hold", |_, account| account.status = AccountStatus::OnHold, &[DriftKind::Status]),
            ("used up", |_, account| account.status = AccountStatus::Limited, &[]),
            ("on", |row, _| row.target_status = TargetState::Disabled, &[DriftKind::Status]),
            ("there", |row, _| row.target_status = TargetState::Removed, &[DriftKind::Status]),
            ("not ours", |_, account| account.subscription = None, &[DriftKind::Foreign]),
            (
                "under another name",
                |_, account| account.username = "z".into(),
                &[DriftKind::Missing, DriftKind::Unknown],
            ),
            (
                "removed when over",
                |row, account| {
                    (row.target_expire, account.username, account.subscription) = (now(), "z".into(), None)
                },
                &[],
            ),
            ("target on its way", |row, account| (row.target_version, account.expire) = (4, None), &[]),
            (
                "target arrived since",
                |row, account| {
                    (row.target_version, row.applied_version, account.expire) = (4, 4, None);
                },
                &[],
            ),
            (
                "target arrived once more since",
                |row, account| {
                    (row.applied_at, account.expire) = (Some(now() + Duration::seconds(1)), None);
                },
                &[],
            ),
        ];
        for (name, change, expected) in table {
            let mut row = row(30, Some(100));
            let mut account = holding(&row);
            let before = before(std::slice::from_ref(&row));
            change(&mut row, &mut account);
            let found = compare(&[row], &[account], &before);
            let kinds: Vec<DriftKind> = found.into_iter().map(|drift| drift.kind).collect();
            assert_eq!(kinds, *expected, "{name}");
        }
    }

    proptest! {
        /// Whatever was sold, in whatever order the panel tells it: what is held is quiet, and each
        /// account that was changed is told, and no other.
        #[test]
        fn exactly_what_was_changed_is_told(
            sold in prop::collection::vec((1..400_i64, prop::option::of(1..900_i64), 0..5_u8), 0..40),
            turn in 0..40_usize,
        ) {
            let rows: Vec<Model> = sold.iter().map(|(days, gigabytes, _)| row(*days, *gigabytes)).collect();
            let mut accounts: Vec<PanelAccount> = rows.iter().map(holding).collect();
            let with = accounts.len().max(1);
            accounts.rotate_left(turn % with);
            let before = before(&rows);
            prop_assert_eq!(compare(&rows, &accounts, &before), vec![]);

            let mut expected = Vec::new();
            for (row, (_, _, change)) in rows.iter().zip(&sold) {
                let index = accounts.iter().position(|account| account.username == row.username).unwrap();
                let kind = match change {
                    0 => { accounts.remove(index); DriftKind::Missing }
                    1 => { accounts[index].expire = None; DriftKind::Expire }
                    2 => { accounts[index].data_limit = Some(Bytes(1)); DriftKind::DataLimit }
                    3 => { accounts[index].status = AccountStatus::Disabled; DriftKind::DisabledByHand }
                    _ => continue,
                };
                expected.push((row.username.clone(), kind));
            }
            expected.sort_by(|a, b| a.0.cmp(&b.0));
            let found: Vec<_> =
                compare(&rows, &accounts, &before).into_iter().map(|drift| (drift.username, drift.kind)).collect();
            prop_assert_eq!(found, expected);
        }
    }
}
