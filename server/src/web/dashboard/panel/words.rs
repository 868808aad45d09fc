//! What a comparison found, in the reader's language.

use std::collections::HashSet;

use app::pages::dashboard::{DriftReport, DriftRow};
use chrono::{DateTime, FixedOffset, Utc};
use domain::{
    args,
    entities::tenant::{
        panel::PanelState,
        panel_drift::{DriftKind, Model},
    },
    locale::{self, Locale, format},
    shop::panel::figures::Figures,
    units::Bytes,
};

/// Differences that are listed; a panel that was restored from an old copy has thousands.
const LISTED: usize = 200;

pub(super) fn report(
    locale: Locale,
    zone: FixedOffset,
    figures: &Figures,
    mut drifts: Vec<Model>,
) -> DriftReport {
    let say = |key: &str| locale::text(locale, key, &args![]);
    let counted = |key: &str, count: usize| {
        locale::text(locale, key, &args!["count" => i64::try_from(count).unwrap_or(i64::MAX)])
    };
    let panel = &figures.panel;
    drifts.sort_by(|a, b| a.username.cmp(&b.username).then(a.id.cmp(&b.id)));
    let (repairable, by_hand): (Vec<_>, Vec<_>) = drifts.iter().partition(|row| row.kind.is_repairable());
    let accounts: HashSet<_> = repairable.iter().map(|row| row.subscription_id).collect();
    let hidden = repairable.len().saturating_sub(LISTED) + by_hand.len().saturating_sub(LISTED);
    let rows = |all: &[&Model]| all.iter().take(LISTED).map(|row| shown(locale, zone, row)).collect();
    DriftReport {
        comparing: figures.comparing,
        not_now: (panel.state != PanelState::Up).then(|| say("web-panel-compare-later")),
        quiet: match (panel.synced_at, drifts.is_empty()) {
            (None, _) => Some(say("web-panels-not-compared")),
            (Some(at), true) => {
                let time = format::date_time_short(locale, at, zone);
                Some(locale::text(locale, "web-panel-same", &args!["time" => time]))
            }
            (Some(_), false) => None,
        },
        broken_off: figures.broken_off.map(|at| {
            let time = format::date_time_short(locale, at, zone);
            locale::text(locale, "web-panel-broken-off", &args!["time" => time])
        }),
        repair: (!accounts.is_empty()).then(|| counted("web-panel-repair-text", accounts.len())),
        more: (hidden > 0).then(|| counted("web-drift-more", hidden)),
        repairable: rows(&repairable),
        by_hand: rows(&by_hand),
    }
}

fn shown(locale: Locale, zone: FixedOffset, row: &Model) -> DriftRow {
    let kind = row.kind.name();
    let (wanted, found) = match row.kind {
        DriftKind::Missing => ("there", "nothing"),
        DriftKind::Foreign => ("ours", "foreign"),
        DriftKind::Unknown => ("nothing", "there"),
        _ => ("", ""),
    };
    let value = |stored: Option<&str>, otherwise: &str| match stored {
        Some(stored) => read_back(locale, zone, row.kind, stored),
        None => locale::text(locale, &format!("web-drift-is-{otherwise}"), &args![]),
    };
    DriftRow {
        account: row.username.clone(),
        kind: locale::text(locale, &format!("web-drift-kind-{kind}"), &args![]),
        wanted: value(row.wanted.as_deref(), wanted),
        found: value(row.found.as_deref(), found),
        time: format::date_time_short(locale, row.found_at, zone),
    }
}

/// A value as `domain::shop::panel::drift` stores it, for people.
fn read_back(locale: Locale, zone: FixedOffset, kind: DriftKind, stored: &str) -> String {
    let read = match kind {
        DriftKind::Expire => DateTime::parse_from_rfc3339(stored)
            .ok()
            .map(|at| format::date_time(locale, at.with_timezone(&Utc), zone)),
        DriftKind::DataLimit => stored.parse().ok().map(|bytes| format::bytes(locale, Bytes(bytes))),
        _ => None,
    };
    let key = format!("web-drift-is-{stored}");
    match read {
        Some(read) => read,
        None if locale::has(&key) => locale::text(locale, &key, &args![]),
        None => stored.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use chrono::Offset as _;
    use rstest::rstest;

    use super::*;

    #[rstest]
    #[case(DriftKind::Expire, "2026-05-04T10:20:30Z", "4 May 2026, 10:20")]
    #[case(DriftKind::Expire, "never", "never ends")]
    #[case(DriftKind::DataLimit, "107374182400", "100\u{a0}GB")]
    #[case(DriftKind::DataLimit, "unlimited", "no limit")]
    #[case(DriftKind::Status, "on_hold", "waits for its first use")]
    #[case(DriftKind::DisabledByHand, "disabled", "switched off")]
    #[case(DriftKind::Status, "something", "something")]
    fn what_is_stored_is_told_in_words(#[case] kind: DriftKind, #[case] stored: &str, #[case] told: &str) {
        assert_eq!(read_back(Locale::En, Utc.fix(), kind, stored), told);
    }
}
