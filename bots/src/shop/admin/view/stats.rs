//! Figures in words and as a picture.

use chrono::{DateTime, NaiveTime, Utc};
use domain::{
    args,
    locale::{Args, Locale, format},
    shop::{
        plan::service::name_of,
        stat::{
            period::{Figures, Period},
            report::Daily,
            service::Day,
        },
    },
};

use super::{back, labelled, staff_button};
use crate::{
    callback::Act,
    chart::{Bar, Drawing},
    keyboard::{Keyboard, Style},
    reader::Reader,
    screen::Screen,
};

/// The hours that are offered for the report.
const HOURS: [u8; 4] = [9, 12, 18, 21];

pub fn stats(reader: Reader, period: Period, figures: &Figures) -> Screen {
    let others = Period::ALL.into_iter().filter(|other| *other != period);
    let buttons = others.map(|other| staff_button(reader, period_key(other), Act::Stats(other))).collect();
    let chart = (!figures.is_empty())
        .then(|| staff_button(reader, "bot-stats-btn-chart", Act::Chart(period)).style(Style::Primary));
    let daily = staff_button(reader, "bot-stats-btn-daily", Act::Report);
    let keyboard = Keyboard::new().row_if(chart).line(buttons).row(daily);
    Screen::new(body(reader, period_key(period), figures), back(reader, keyboard, Act::Home))
}

/// The figures below a picture.
pub fn chart(reader: Reader, period: Period, figures: &Figures) -> Screen {
    let text = body(reader, period_key(period), figures);
    Screen::new(text, back(reader, Keyboard::new(), Act::Stats(period)))
}

/// A day that is over, to whoever may see it.
pub fn daily(reader: Reader, day: String, figures: &Figures) -> Screen {
    let head = reader.html("bot-stats-daily-title", &args!["day" => day]);
    let text = format!("{head}\n\n{}", lines(reader, figures));
    let more = staff_button(reader, "bot-stats-btn-more", Act::Stats(Period::Week)).style(Style::Primary);
    let off = staff_button(reader, "bot-stats-btn-daily", Act::Report);
    Screen::new(text, back(reader, Keyboard::new().row(more).row(off), Act::Home))
}

pub fn report(reader: Reader, daily: Option<Daily>) -> Screen {
    let text = match daily {
        Some(daily) => {
            let time = reader.minute_of_day(u16::try_from(daily.hour * 60).unwrap_or(0));
            reader.html("bot-stats-report-on-body", &args!["time" => time])
        }
        None => reader.html("bot-stats-report-off-body", &args![]),
    };
    let buttons = HOURS.map(|hour| {
        let values = args!["time" => reader.minute_of_day(u16::from(hour) * 60)];
        labelled(reader, "bot-stats-report-btn-at", &values, Act::ReportAt(Some(hour)))
    });
    let [morning, noon, evening, night] = buttons;
    let off = daily.map(|_| staff_button(reader, "bot-stats-report-btn-off", Act::ReportAt(None)));
    let keyboard = Keyboard::new().pair(morning, noon).pair(evening, night).row_if(off);
    Screen::new(text, back(reader, keyboard, Act::Stats(Period::Today)))
}

/// Sales by day, for the painter. In a language that is read from the right, so is the picture.
pub fn drawing(reader: Reader, shop: &str, figures: &Figures) -> Drawing {
    let count = figures.days.len();
    // So many labels fit below the bars.
    let step = count.div_ceil(8);
    let bar = |(index, day): (usize, &Day)| Bar {
        label: (count - 1 - index)
            .is_multiple_of(step)
            .then(|| format::date_short(reader.locale, noon(day), chrono::Offset::fix(&Utc))),
        value: day.revenue.minor,
        shown: (day.revenue.minor > 0 && count <= 8).then(|| format::money(reader.locale, day.revenue)),
    };
    let total = figures.days.iter().map(|day| day.revenue.minor).sum();
    let values =
        args!["amount" => domain::money::Money::new(total, figures.revenue.currency), "count" => count];
    Drawing {
        title: reader.plain("bot-stats-chart-title", &args!["shop" => shop]),
        subtitle: reader.plain("bot-stats-chart-total", &values),
        bars: figures.days.iter().enumerate().map(bar).collect(),
        from_right: reader.locale == Locale::Fa,
    }
}

fn body(reader: Reader, title: &str, figures: &Figures) -> String {
    let title = reader.html("bot-stats-title", &args!["period" => reader.plain(title, &args![])]);
    match figures.is_empty() {
        true => format!("{title}\n\n{}", reader.html("bot-stats-empty-body", &args![])),
        false => format!("{title}\n\n{}", lines(reader, figures)),
    }
}

fn lines(reader: Reader, figures: &Figures) -> String {
    let count = |number: u64| i64::try_from(number).unwrap_or(i64::MAX);
    let percent = |part: Option<f64>| match part {
        Some(part) => format::percent(reader.locale, part.round()),
        None => "–".into(),
    };
    let line = |key: &str, values: Args| reader.html(key, &values);
    let mut lines = vec![
        line("bot-stats-line-revenue", args!["amount" => figures.revenue, "count" => count(figures.sales)]),
        line("bot-stats-line-new", args!["count" => count(figures.new_users)]),
        line("bot-stats-line-active", args!["count" => count(figures.active)]),
        line(
            "bot-stats-line-trials",
            args![
                "count" => count(figures.trials),
                "paid" => count(figures.trials_paid),
                "percent" => percent(figures.conversion()),
            ],
        ),
        line(
            "bot-stats-line-churn",
            args!["count" => count(figures.ended), "percent" => percent(figures.churn())],
        ),
        line(
            "bot-stats-line-success",
            args![
                "paid" => count(figures.succeeded),
                "count" => count(figures.tried),
                "percent" => percent(figures.success()),
            ],
        ),
    ];
    lines.extend(figures.top.as_ref().map(|(plan, sold)| {
        let values = args!["plan" => name_of(plan, reader.locale), "count" => count(*sold)];
        line("bot-stats-line-top", values)
    }));
    lines.join("\n")
}

const fn period_key(period: Period) -> &'static str {
    match period {
        Period::Today => "bot-stats-period-today",
        Period::Week => "bot-stats-period-week",
        Period::Month => "bot-stats-period-month",
    }
}

/// An instant of the shop's day whose date is that day's in UTC as well.
fn noon(day: &Day) -> DateTime<Utc> {
    (day.date.and_time(NaiveTime::MIN) + chrono::Duration::hours(12)).and_utc()
}
