//! What the last comparison found different between a panel and what was sold.

use leptos::prelude::*;

use crate::{
    components::{ErrorLine, Fold, Icon},
    context::t,
};

#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct DriftReport {
    /// A comparison is under way.
    pub comparing: bool,
    /// Why it cannot be compared now.
    pub not_now: Option<String>,
    /// That nothing is different, or that it was not compared yet.
    pub quiet: Option<String>,
    /// That the latest comparison broke off, and when.
    pub broken_off: Option<String>,
    /// What a repair mends.
    pub repairable: Vec<DriftRow>,
    /// Of whom the accounts are is not clear: a person has to look.
    pub by_hand: Vec<DriftRow>,
    /// How many more there are than are listed.
    pub more: Option<String>,
    /// What the repair does, and to how many accounts.
    pub repair: Option<String>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DriftRow {
    pub account: String,
    /// In words.
    pub kind: String,
    pub wanted: String,
    pub found: String,
    pub time: String,
}

/// `data-again`: the event of the comparison's end may have been missed.
pub(super) fn report_sheet(own: String, report: DriftReport) -> AnyView {
    let DriftReport { comparing, not_now, quiet, broken_off, repairable, by_hand, more, repair } = report;
    let compare = match (comparing, not_now) {
        (true, _) => view! {
            <p class="text-sm flex gap-2 items-center" role="status">
                <Icon name="loader-circle" class="spin"/>
                {t("web-panel-comparing")}
            </p>
        }
        .into_any(),
        (false, Some(reason)) => view! { <p class="text-sm text-muted">{reason}</p> }.into_any(),
        (false, None) => view! {
            <form method="post" action=own.clone() class="flex">
                <button class="btn btn-line max-sm:w-full" name="act" value="compare">
                    <Icon name="refresh-cw"/>
                    {t("web-panel-compare")}
                </button>
            </form>
        }
        .into_any(),
    };
    view! {
        <section class="sheet mt-5" aria-labelledby="report-title" data-again=comparing.then_some("5")>
            <div class="sheet-h">
                <h2 id="report-title">{t("web-panel-report")}</h2>
            </div>
            <div class="p-4.5 grid gap-3">
                <p class="text-sm text-muted">{t("web-panel-report-text")}</p>
                {quiet.map(|text| view! { <p class="text-sm font-medium">{text}</p> })}
                {broken_off.map(|text| view! { <ErrorLine text/> })}
                {compare}
            </div>
            {listed("repairable", "web-panel-repairable", repairable)}
            {listed("by-hand", "web-panel-by-hand", by_hand)}
            {more.map(|text| view! { <p class="text-sm text-muted px-4.5 pb-4.5">{text}</p> })}
        </section>
        {repair.map(|text| repair_fold(own, text))}
    }
    .into_any()
}

fn listed(id: &'static str, title: &str, rows: Vec<DriftRow>) -> Option<AnyView> {
    if rows.is_empty() {
        return None;
    }
    let row = |row: DriftRow| {
        view! {
            <tr>
                <th scope="row">
                    <bdi class="ltr">{row.account}</bdi>
                </th>
                <td class="full">{row.kind}</td>
                <td class="full num">
                    <span class="sm:hidden text-muted">{t("web-drift-wanted")} ": "</span>
                    <bdi>{row.wanted}</bdi>
                </td>
                <td class="full num">
                    <span class="sm:hidden text-muted">{t("web-drift-found")} ": "</span>
                    <bdi>{row.found}</bdi>
                </td>
                <td class="e hide text-muted num whitespace-nowrap">{row.time}</td>
            </tr>
        }
    };
    Some(
        view! {
            <h3 id=id class="text-sm font-medium px-4.5 pt-3">
                {t(title)}
            </h3>
            <p class="text-sm text-muted px-4.5">{t(&format!("{title}-text"))}</p>
            <table class="tbl cards" aria-labelledby=id>
                <thead>
                    <tr>
                        <th scope="col">{t("web-drift-account")}</th>
                        <th scope="col">{t("web-drift-kind")}</th>
                        <th scope="col">{t("web-drift-wanted")}</th>
                        <th scope="col">{t("web-drift-found")}</th>
                        <th scope="col" class="e">{t("web-drift-time")}</th>
                    </tr>
                </thead>
                <tbody>{rows.into_iter().map(row).collect_view()}</tbody>
            </table>
        }
        .into_any(),
    )
}

fn repair_fold(own: String, text: String) -> AnyView {
    view! {
        <Fold icon="wrench" title=t("web-panel-repair") class="mt-5">
            <form method="post" action=own class="grid gap-3 max-w-xl">
                <p class="text-sm text-muted">{text}</p>
                <button class="btn btn-primary justify-self-start max-sm:w-full" name="act" value="repair">
                    {t("web-panel-repair-yes")}
                </button>
            </form>
        </Fold>
    }
    .into_any()
}
