//! What a subscription gives reason to say, and from when on.

use chrono::{DateTime, Duration, Utc};

use crate::{ids::SubscriptionId, ports::Notice, units::Bytes};

/// Two first warnings before the end.
const EARLY: Duration = Duration::days(3);
const LATE: Duration = Duration::days(1);
/// An end that is longer ago is no news.
const STALE: Duration = Duration::days(2);
/// So long after its end somebody is asked to come back.
pub const MISSED: Duration = Duration::days(7);

/// What is known of a subscription.
#[derive(Clone, Copy, Debug)]
pub struct Facts {
    pub id: SubscriptionId,
    pub trial: bool,
    /// When time was given to it last.
    pub given: DateTime<Utc>,
    pub until: DateTime<Utc>,
    pub used: Bytes,
    pub limit: Option<Bytes>,
    /// Of the limit, what was bought last to be used up last: a pack of traffic.
    pub pack: Option<Bytes>,
    /// Its user agreed to have it renewed.
    pub by_itself: bool,
    /// When its user is charged next, and since when he knows.
    pub charged: Option<(DateTime<Utc>, DateTime<Utc>)>,
    /// Nothing else of its user ends later.
    pub is_last: bool,
}

/// What there is to say before `horizon`, and from when on: of what concerns the end only the latest.
pub fn reasons(facts: &Facts, horizon: DateTime<Utc>, now: DateTime<Utc>) -> Vec<(Notice, DateTime<Utc>)> {
    let ahead = charge(facts, horizon, now);
    time(facts, horizon, now).into_iter().chain(ahead).chain(traffic(facts, now)).collect()
}

/// Whether the reason that a notice was written down for is still one.
pub fn holds(notice: &Notice, facts: &Facts, now: DateTime<Utc>) -> bool {
    match notice {
        Notice::TrialEnding { until, .. } => facts.trial && facts.until == *until && now < *until,
        Notice::Expiring { until, .. } => facts.until == *until && now < *until && !facts.by_itself,
        Notice::Expired { until, .. } => facts.until == *until,
        Notice::RenewalAhead { at, .. } => {
            facts.charged.is_some_and(|(charged, _)| charged == *at) && now < *at
        }
        Notice::WinBack { until, .. } => facts.until == *until && facts.is_last && *until < now,
        Notice::TrafficUsed { until, percent, .. } => {
            let used = if *percent < 100 { used_of_pack(facts) } else { None }.or(used_percent(facts));
            facts.until == *until && now < *until && used.is_some_and(|used| used >= *percent)
        }
        _ => true,
    }
}

fn time(facts: &Facts, horizon: DateTime<Utc>, now: DateTime<Utc>) -> Option<(Notice, DateTime<Utc>)> {
    let (subscription, until) = (facts.id, facts.until);
    if until <= horizon {
        let missed = until + MISSED;
        if missed <= horizon {
            let comes = facts.is_last && now - missed <= STALE;
            return comes.then_some((Notice::WinBack { subscription, until }, missed));
        }
        let is_news = now - until <= STALE;
        return is_news.then_some((Notice::Expired { subscription, until }, until));
    }
    if facts.trial {
        let warned = until - LATE.min((until - facts.given) / 4);
        return (warned <= horizon).then_some((Notice::TrialEnding { subscription, until }, warned));
    }
    let due = |days, ahead| {
        let at = until - ahead;
        // What was bought after that instant was bought knowing when it ends.
        let comes = at <= horizon && at > facts.given && !facts.by_itself;
        comes.then_some((Notice::Expiring { subscription, until, days }, at))
    };
    due(1, LATE).or_else(|| due(3, EARLY))
}

fn charge(facts: &Facts, horizon: DateTime<Utc>, now: DateTime<Utc>) -> Option<(Notice, DateTime<Utc>)> {
    let (charged, since) = facts.charged?;
    let at = charged - LATE;
    // Who agreed after that instant was told when it will be.
    let comes = at <= horizon && now < charged && at > facts.given.max(since);
    comes.then_some((Notice::RenewalAhead { subscription: facts.id, at: charged }, at))
}

fn traffic(facts: &Facts, now: DateTime<Utc>) -> Option<(Notice, DateTime<Utc>)> {
    let (subscription, until) = (facts.id, facts.until);
    let used = used_percent(facts).filter(|_| now < until)?;
    let of_pack = used_of_pack(facts);
    let notice = match (used >= 100, of_pack.unwrap_or(used) >= 80) {
        (true, _) => Notice::TrafficUsed { subscription, until, percent: 100 },
        (_, true) if facts.trial && of_pack.is_none() => Notice::TrialEnding { subscription, until },
        (_, true) => Notice::TrafficUsed { subscription, until, percent: 80 },
        (false, false) => return None,
    };
    Some((notice, now))
}

/// `None` without a limit.
fn used_percent(facts: &Facts) -> Option<i64> {
    Some(percent(facts.used, facts.limit?))
}

/// How much of the pack is used; `None` before its turn has come. Four fifths of all would be used again in
/// the moment in which somebody whose traffic is gone buys a little: he knows that.
fn used_of_pack(facts: &Facts) -> Option<i64> {
    let (limit, pack) = facts.limit.zip(facts.pack.filter(|pack| pack.0 > 0))?;
    let through = Bytes(facts.used.0 - (limit.0 - pack.0));
    (through.0 >= 0).then(|| percent(through, pack))
}

fn percent(used: Bytes, whole: Bytes) -> i64 {
    i64::try_from(i128::from(used.0) * 100 / i128::from(whole.0.max(1))).unwrap_or(i64::MAX)
}

/// What makes a reminder the same one: said once for each end that the subscription has, and of traffic
/// once more for each pack.
pub fn key(notice: &Notice, facts: &Facts) -> Option<String> {
    let (name, subscription, until) = match notice {
        Notice::TrialEnding { subscription, until } => ("trial_ending".to_owned(), subscription, until),
        Notice::Expiring { subscription, until, days } => (format!("expiring_{days}d"), subscription, until),
        Notice::Expired { subscription, until } => ("expired".to_owned(), subscription, until),
        Notice::RenewalAhead { subscription, at } => ("renewal_ahead".to_owned(), subscription, at),
        Notice::WinBack { subscription, until } => ("win_back".to_owned(), subscription, until),
        Notice::TrafficUsed { subscription, until, percent } => {
            (format!("traffic_{percent}"), subscription, until)
        }
        _ => return None,
    };
    let key = format!("{REMINDER}{name}:{subscription}:{}", until.timestamp());
    let of_pack = matches!(notice, Notice::TrafficUsed { .. }) && used_of_pack(facts).is_some();
    Some(match facts.limit {
        Some(limit) if of_pack => format!("{key}:{}", limit.0),
        _ => key,
    })
}

/// How the keys of reminders begin.
pub const REMINDER: &str = "remind:";

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::*;

    fn hour(hour: i64) -> DateTime<Utc> {
        DateTime::UNIX_EPOCH + Duration::hours(hour)
    }

    fn month() -> Facts {
        Facts {
            id: SubscriptionId::new(),
            trial: false,
            given: hour(0),
            until: hour(720),
            used: Bytes(0),
            limit: Some(Bytes::gigabytes(100)),
            pack: None,
            by_itself: false,
            charged: None,
            is_last: true,
        }
    }

    fn said(facts: &Facts, now: i64) -> Vec<(String, i64)> {
        let all = reasons(facts, hour(now + 1), hour(now));
        all.into_iter()
            .map(|(notice, at)| {
                let key = key(&notice, facts).unwrap();
                (key.split(':').nth(1).unwrap().to_owned(), (at - hour(0)).num_hours())
            })
            .collect()
    }

    #[rstest]
    #[case::long_before(600, &[])]
    #[case::three_days_in_half_an_hour(647, &[("expiring_3d", 648)])]
    #[case::three_days(650, &[("expiring_3d", 648)])]
    #[case::a_day_ahead_only_the_later_one(700, &[("expiring_1d", 696)])]
    #[case::at_its_end(720, &[("expired", 720)])]
    #[case::a_day_after(744, &[("expired", 720)])]
    #[case::three_days_after_it_is_no_news(792, &[])]
    #[case::a_week_after(888, &[("win_back", 888)])]
    #[case::ten_days_after(960, &[])]
    fn a_plan_is_said_to_end(#[case] now: i64, #[case] expected: &[(&str, i64)]) {
        let expected: Vec<_> = expected.iter().map(|(name, at)| ((*name).to_owned(), *at)).collect();
        assert_eq!(said(&month(), now), expected);
    }

    #[test]
    fn what_was_bought_after_a_warning_was_due_is_not_warned_of() {
        let two_days = Facts { given: hour(672), ..month() };
        assert_eq!(said(&two_days, 673), []);
        assert_eq!(said(&two_days, 700), [("expiring_1d".into(), 696)]);
        let a_day = Facts { given: hour(700), ..month() };
        assert_eq!(said(&a_day, 701), []);
    }

    #[test]
    fn what_is_renewed_by_itself_is_not_said_to_end_soon_but_that_it_ended() {
        let facts = Facts { by_itself: true, ..month() };
        assert_eq!(said(&facts, 700), []);
        assert_eq!(said(&facts, 721), [("expired".into(), 720)]);
    }

    #[rstest]
    #[case::more_than_a_day_before(670, 0, &[])]
    #[case::a_day_before_within_the_hour(671, 0, &[("renewal_ahead", 672)])]
    #[case::a_day_before(672, 0, &[("renewal_ahead", 672)])]
    #[case::agreed_to_in_the_last_day(680, 675, &[])]
    #[case::charged_by_now(696, 0, &[])]
    fn a_charge_is_said_a_day_ahead(#[case] now: i64, #[case] since: i64, #[case] expected: &[(&str, i64)]) {
        let facts = Facts { by_itself: true, charged: Some((hour(696), hour(since))), ..month() };
        let expected: Vec<_> = expected.iter().map(|(name, at)| ((*name).to_owned(), *at)).collect();
        assert_eq!(said(&facts, now), expected);
        let notice = Notice::RenewalAhead { subscription: facts.id, at: hour(696) };
        assert_eq!(holds(&notice, &facts, hour(now)), now < 696);
        assert!(!holds(&notice, &Facts { charged: None, ..facts }, hour(now)), "it was switched off");
    }

    #[test]
    fn nobody_is_asked_back_who_has_access() {
        let facts = Facts { is_last: false, ..month() };
        assert_eq!(said(&facts, 888), []);
        let notice = Notice::WinBack { subscription: facts.id, until: facts.until };
        assert!(!holds(&notice, &facts, hour(890)), "he has something else");
        let renewed = Facts { until: hour(1440), ..month() };
        assert!(!holds(&notice, &renewed, hour(890)), "he came back");
    }

    #[rstest]
    #[case::seven_days_warn_a_day_ahead(168, 144)]
    #[case::a_day_warns_a_quarter_ahead(24, 18)]
    fn a_trial_is_said_to_end(#[case] hours: i64, #[case] warned: i64) {
        let trial = Facts { trial: true, until: hour(hours), ..month() };
        assert_eq!(said(&trial, warned - 2), []);
        assert_eq!(said(&trial, warned), [("trial_ending".into(), warned)]);
    }

    #[rstest]
    #[case::half(50, false, &[])]
    #[case::just_below(79, false, &[])]
    #[case::four_fifths(80, false, &["traffic_80"])]
    #[case::four_fifths_of_a_trial(80, true, &["trial_ending"])]
    #[case::all(100, false, &["traffic_100"])]
    #[case::more_than_all(130, true, &["traffic_100"])]
    fn traffic_is_said_to_run_out(#[case] used: i64, #[case] trial: bool, #[case] expected: &[&str]) {
        let facts = Facts { used: Bytes::gigabytes(used), trial, ..month() };
        let names: Vec<_> = said(&facts, 100).into_iter().map(|(name, _)| name).collect();
        assert_eq!(names, expected);
        let unlimited = Facts { limit: None, ..facts };
        assert_eq!(said(&unlimited, 100), []);
    }

    #[rstest]
    #[case::bought_when_all_was_used(100, &[])]
    #[case::half_of_it(105, &[])]
    #[case::four_fifths_of_it(108, &["traffic_80"])]
    #[case::all_of_it(110, &["traffic_100"])]
    #[case::bought_early_and_not_begun(90, &["traffic_80"])]
    fn a_pack_is_said_to_run_out_by_itself(#[case] used: i64, #[case] expected: &[&str]) {
        let limit = Some(Bytes::gigabytes(110));
        let pack = Some(Bytes::gigabytes(10));
        let facts = Facts { used: Bytes::gigabytes(used), limit, pack, ..month() };
        let names: Vec<_> = said(&facts, 100).into_iter().map(|(name, _)| name).collect();
        assert_eq!(names, expected);
    }

    #[rstest]
    #[case::four_fifths(85, 108, 80)]
    #[case::all(100, 110, 100)]
    fn a_pack_makes_a_reminder_another_one(#[case] before: i64, #[case] after: i64, #[case] percent: i64) {
        let plain = Facts { used: Bytes::gigabytes(before), ..month() };
        let (limit, pack) = (Some(Bytes::gigabytes(110)), Some(Bytes::gigabytes(10)));
        let packed = Facts { used: Bytes::gigabytes(after), limit, pack, ..plain };
        let notice = Notice::TrafficUsed { subscription: plain.id, until: plain.until, percent };
        assert_ne!(key(&notice, &plain), key(&notice, &packed));
        assert!(holds(&notice, &packed, hour(10)));
        let bought = Facts { used: Bytes::gigabytes(100), ..packed };
        assert!(!holds(&notice, &bought, hour(10)), "what was to be said before the pack is no news");
    }

    #[test]
    fn a_reason_is_gone_when_the_plan_was_renewed_or_taken_back() {
        let facts = month();
        for (notice, _) in reasons(&facts, hour(700), hour(699)) {
            assert!(holds(&notice, &facts, hour(700)), "{notice:?}");
            let renewed = Facts { until: hour(1440), ..facts };
            assert!(!holds(&notice, &renewed, hour(700)), "{notice:?}");
        }
        let used = Notice::TrafficUsed { subscription: facts.id, until: facts.until, percent: 80 };
        assert!(!holds(&used, &facts, hour(10)), "more was bought");
    }
}
