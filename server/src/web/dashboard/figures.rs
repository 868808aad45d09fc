//! A shop's figures as the overview shows them.

use app::{
    components::{Bar, Change},
    pages::dashboard::Figures,
};
use chrono::{DateTime, FixedOffset, NaiveTime, Utc};
use domain::{
    args,
    locale::{self, Locale, format},
    money::{Currency, Money},
    shop::stat::service::{Day, Summary},
};

pub(super) fn figures(locale: Locale, currency: Currency, summary: &Summary, users: Option<i32>) -> Figures {
    let today = summary.days.last();
    let rate =
        if summary.trials == 0 { 0.0 } else { summary.trials_paid as f64 * 100.0 / summary.trials as f64 };
    let count = |number: u64| i64::try_from(number).unwrap_or(i64::MAX);
    Figures {
        revenue: format::money(locale, Money::new(summary.revenue(), currency)),
        revenue_change: None,
        active: format::number(locale, count(summary.active)),
        active_note: users.map(|limit| {
            Change::Note(locale::text(locale, "web-overview-active-of", &args!["limit" => i64::from(limit)]))
        }),
        trial_to_paid: format::percent(locale, rate),
        trial_note: None,
        sales_today: format::number(locale, today.map_or(0, |day| i64::from(day.sales))),
        sales_note: today
            .filter(|day| day.sales > 0)
            .map(|day| Change::Note(format::money(locale, day.revenue))),
    }
}

pub(super) fn bars(locale: Locale, zone: FixedOffset, days: &[Day]) -> Vec<Bar> {
    let last = days.len().saturating_sub(1);
    days.iter()
        .enumerate()
        .map(|(index, day)| Bar {
            iso: day.date.to_string(),
            label: format::date_short(locale, noon(day, zone), zone),
            revenue: day.revenue,
            sales: day.sales,
            partial: index == last,
        })
        .collect()
}

fn noon(day: &Day, zone: FixedOffset) -> DateTime<Utc> {
    let noon = NaiveTime::from_hms_opt(12, 0, 0).unwrap_or(NaiveTime::MIN);
    let local = day.date.and_time(noon).and_local_timezone(zone);
    local.single().map_or(DateTime::UNIX_EPOCH, |at| at.with_timezone(&Utc))
}
