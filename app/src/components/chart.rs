//! Bars per day, with the same figures as a table beside them. Drawn by attributes only, because the
//! CSP allows no inline style; texts stand in HTML so that they keep their size.

use domain::{
    locale::format,
    money::{Currency, Money},
};
use leptos::prelude::*;

use super::Icon;
use crate::context::{reader_locale, t};

/// One day.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Bar {
    /// `2026-11-20`
    pub iso: String,
    /// The day in the reader's calendar, short.
    pub label: String,
    pub revenue: Money,
    pub sales: u32,
    /// Today: the day is not over.
    pub partial: bool,
}

const STEPS: i64 = 4;

/// The chart's sheet: `title` and a conclusion that says in words what the bars show.
#[component]
pub fn BarChart(
    #[prop(into)] title: String,
    #[prop(into)] period: String,
    #[prop(into)] conclusion: String,
    bars: Vec<Bar>,
    currency: Currency,
) -> impl IntoView {
    let table = table_of(&bars);
    view! {
        <section class="sheet swap" aria-labelledby="chart-title">
            <div class="sheet-h">
                <h2 id="chart-title">
                    {title} " " <span class="text-muted font-normal text-sm">{period}</span>
                </h2>
                <fieldset class="seg seg-s ms-auto">
                    <legend class="sr-only">{t("web-chart-view")}</legend>
                    <label>
                        <input type="radio" name="chart-view" autocomplete="off" checked=true/>
                        <Icon name="chart-column" class="i-s"/>
                        {t("web-chart-chart")}
                    </label>
                    <label>
                        <input type="radio" name="chart-view" autocomplete="off" class="sw-b"/>
                        <Icon name="table-2" class="i-s"/>
                        {t("web-chart-table")}
                    </label>
                </fieldset>
            </div>
            <div class="swap-a p-5 pt-6">
                <figure>{drawing(&bars, currency, conclusion)}</figure>
                <p class="mt-4 flex flex-wrap gap-x-5 gap-y-1 text-xs text-muted">
                    <span class="flex items-center gap-1.5">
                        <span class="key c1"></span>
                        {t("web-chart-full-day")}
                    </span>
                    <span class="flex items-center gap-1.5">
                        <span class="key c2"></span>
                        {t("web-chart-today")}
                    </span>
                </p>
            </div>
            <div class="swap-b py-2">{table}</div>
        </section>
    }
}

fn drawing(bars: &[Bar], currency: Currency, conclusion: String) -> AnyView {
    let locale = reader_locale();
    let whole = 10_i64.pow(currency.exponent().max(1));
    let top = axis_top(bars.iter().map(|bar| bar.revenue.minor).max().unwrap_or(0).max(STEPS * whole));
    let width = bars.len() * 10;
    let axis = (0..=STEPS)
        .rev()
        .map(|step| format::money(locale, Money::new(top / STEPS * step, currency)))
        .map(|label| view! { <span>{label}</span> })
        .collect_view();
    let lines = (0..=STEPS)
        .map(|line| {
            let class = if line == STEPS { "axis-l" } else { "grid-l" };
            view! { <path class=class d=format!("M0 {}H{width}", 100 * line / STEPS)></path> }
        })
        .collect_view();
    let rects = bars
        .iter()
        .enumerate()
        .map(|(index, bar)| {
            let tenths = bar.revenue.minor.max(0).saturating_mul(1000) / top;
            let title = format!("{}: {}", bar.label, format::money(locale, bar.revenue));
            view! {
                <rect
                    class=if bar.partial { "c2" } else { "c1" }
                    x=(index * 10 + 2).to_string()
                    width="6"
                    y=decimal(1000 - tenths)
                    height=decimal(tenths)
                >
                    <title>{title}</title>
                </rect>
            }
        })
        .collect_view();
    let count = bars.len();
    let labels = bars
        .iter()
        .enumerate()
        .map(|(index, bar)| {
            let from_end = count - 1 - index;
            let class = match (from_end.is_multiple_of(8), from_end.is_multiple_of(4)) {
                (true, _) => "whitespace-nowrap",
                (false, true) => "whitespace-nowrap max-sm:invisible",
                (false, false) => "whitespace-nowrap invisible",
            };
            view! {
                <span class=class>
                    <span class="relative inline-block w-0 h-4 align-top">
                        <span class=if from_end == 0 { "absolute end-0" } else { "absolute start-0 -translate-x-1/2" }>
                            {bar.label.clone()}
                        </span>
                    </span>
                </span>
            }
        })
        .collect_view();
    view! {
        <div class="chart">
            <div class="y-axis num h-44" aria-hidden="true">{axis}</div>
            <div>
                <svg role="img" class="h-44" viewBox=format!("0 0 {width} 100") preserveAspectRatio="none" aria-label=conclusion>
                    {lines}
                    {rects}
                </svg>
            </div>
            <span></span>
            <div class="grid grid-flow-col auto-cols-fr text-2xs text-muted pt-2 text-center num" aria-hidden="true">
                {labels}
            </div>
        </div>
    }
    .into_any()
}

fn table_of(bars: &[Bar]) -> AnyView {
    let locale = reader_locale();
    let half = bars.len().div_ceil(2).max(1);
    let parts = bars
        .chunks(half)
        .map(|part| {
            let rows = part
                .iter()
                .map(|bar| {
                    view! {
                        <tr>
                            <th scope="row" class="font-normal">
                                <time datetime=bar.iso.clone()>{bar.label.clone()}</time>
                            </th>
                            <td class="e num whitespace-nowrap">{format::money(locale, bar.revenue)}</td>
                            <td class="e num">{format::number(locale, i64::from(bar.sales))}</td>
                        </tr>
                    }
                })
                .collect_view();
            view! {
                <table class="tbl">
                    <caption class="sr-only">{t("web-chart-caption")}</caption>
                    <thead>
                        <tr>
                            <th scope="col">{t("web-chart-day")}</th>
                            <th scope="col" class="e">{t("web-chart-revenue")}</th>
                            <th scope="col" class="e">{t("web-chart-sales")}</th>
                        </tr>
                    </thead>
                    <tbody>{rows}</tbody>
                </table>
            }
        })
        .collect_view();
    view! { <div class="grid sm:grid-cols-2 sm:gap-x-8">{parts}</div> }.into_any()
}

/// The top of the axis: the smallest 4 × (1, 2 or 5) × 10ⁿ that holds `max`.
fn axis_top(max: i64) -> i64 {
    let mut unit: i64 = 1;
    loop {
        for step in [1, 2, 5] {
            let top = unit.saturating_mul(step * STEPS);
            if top >= max || top == i64::MAX {
                return top;
            }
        }
        unit = unit.saturating_mul(10);
    }
}

/// Tenths as a decimal number of SVG units.
fn decimal(tenths: i64) -> String {
    format!("{}.{}", tenths / 10, tenths % 10)
}

#[cfg(test)]
mod tests {
    use super::axis_top;

    #[test]
    fn the_axis_ends_at_a_round_number_above_the_highest_bar() {
        for (max, top) in
            [(0, 4), (4, 4), (5, 8), (17_700, 20_000), (66_000_000, 80_000_000), (i64::MAX, i64::MAX)]
        {
            assert_eq!(axis_top(max), top, "highest bar {max}");
        }
    }
}
