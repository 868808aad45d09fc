//! `/app/b/{bot}`: what needs the reader, then the figures, then how it came to be.

mod actions;

use domain::{locale::args, money::Currency};
use leptos::prelude::*;

use super::orders::{OrderRow, table};
use crate::{
    components::{
        AppShell, Area, Bar, BarChart, Change, EmptyState, Icon, Kpi, LiveUpdates, Problem, ProblemNote, Tag,
        Tone,
    },
    context::{BotSummary, FormState, page_context, t, t_with},
    pages::start::{Deployment, deployment_sheet},
    ssr::{Head, Page},
};

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OverviewPage {
    pub bot: BotSummary,
    /// `https://t.me/…` or the phone in the sandbox.
    pub open_link: Option<String>,
    /// Numeric id of the owner, and the link that makes whoever opens it the owner.
    pub owner: Option<String>,
    pub owner_link: Option<String>,
    pub state: BotState,
    /// Since when, and why, in the reader's language.
    pub reason: Option<String>,
    pub problems: Vec<Problem>,
    pub figures: Figures,
    pub currency: Currency,
    /// Fourteen days, oldest first; the last is today.
    pub days: Vec<Bar>,
    /// The last orders, newest first.
    pub sales: Vec<OrderRow>,
    /// How this bot came to be.
    pub deployment: Option<Deployment>,
    /// `7204…kQ3w`
    pub masked_token: Option<String>,
    /// Errors of the forms below the figures; a token is never kept.
    pub form: FormState,
    pub events: Option<String>,
}

/// The states of a bot instance (SPEC §2).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum BotState {
    #[default]
    Draft,
    Deploying,
    Live,
    Paused,
    Maintenance,
    NeedsToken,
    Failed,
}

/// Formatted figures.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Figures {
    pub revenue: String,
    pub revenue_change: Option<Change>,
    pub active: String,
    /// For instance "of 100 in your package".
    pub active_note: Option<Change>,
    pub trial_to_paid: String,
    pub trial_note: Option<Change>,
    pub sales_today: String,
    pub sales_note: Option<Change>,
}

impl BotState {
    pub(super) fn tag(self) -> AnyView {
        let (tone, icon, key) = match self {
            Self::Draft => (Tone::Mute, "circle", "web-state-draft"),
            Self::Deploying => (Tone::Info, "rocket", "web-state-deploying"),
            Self::Live => (Tone::Ok, "circle-check", "web-state-live"),
            Self::Paused => (Tone::Mute, "pause", "web-state-paused"),
            Self::Maintenance => (Tone::Warn, "wrench", "web-state-maintenance"),
            Self::NeedsToken => (Tone::Bad, "key-round", "web-state-needs-token"),
            Self::Failed => (Tone::Bad, "circle-x", "web-state-failed"),
        };
        view! { <Tag tone icon text=t(key)/> }.into_any()
    }
}

impl Page for OverviewPage {
    fn head(&self) -> Head {
        Head::in_shell(format!("{}: {}", self.bot.name, t("web-overview-title")))
    }

    fn body(self) -> AnyView {
        let folds = actions::folds(&self);
        let (events, page) = (self.events.clone(), self.bot.href());
        view! {
            <AppShell area=Area::Overview title=t("web-overview-title")>
                <div id="live">{live(self)}</div>
                <LiveUpdates id="live" page events/>
                {folds}
            </AppShell>
        }
        .into_any()
    }

    fn fragment(self, id: &str) -> Option<AnyView> {
        (id == "live").then(|| live(self))
    }
}

fn live(page: OverviewPage) -> AnyView {
    let state = state_row(&page);
    let OverviewPage { open_link, problems, figures, currency, days, sales, deployment, bot, .. } = page;
    let best = days.iter().max_by_key(|day| day.revenue.minor).filter(|day| day.revenue.minor > 0);
    let conclusion = match best {
        Some(best) => t_with(
            "web-overview-chart-best",
            &args!["total" => figures.revenue.clone(), "day" => best.label.clone(), "amount" => best.revenue],
        ),
        None => t("web-overview-chart-empty"),
    };
    let has_problems = !problems.is_empty();
    view! {
        {state}
        {has_problems
            .then(|| {
                view! {
                    <ul class="grid xl:grid-cols-2 gap-3 mb-5" aria-label=t("web-overview-needs-you")>
                        {problems.into_iter().map(|problem| view! { <ProblemNote problem/> }).collect_view()}
                    </ul>
                }
            })}
        {kpis(figures)}
        <div class="grid grid-cols-1 xl:grid-cols-[minmax(0,1fr)_20rem] gap-5 items-start">
            <div class="grid grid-cols-1 gap-5 min-w-0">
                <BarChart
                    title=t("web-overview-revenue")
                    period=t("web-overview-last-14")
                    conclusion
                    bars=days
                    currency
                />
                {sales_part(sales, &bot, open_link)}
            </div>
            {deployment.map(deployment_sheet)}
        </div>
    }
    .into_any()
}

/// How the bot stands and what can be done about it; both change while the page is open.
fn state_row(page: &OverviewPage) -> AnyView {
    view! {
        <div class="flex flex-wrap items-center gap-3 mb-5">
            {page.state.tag()}
            <bdi class="text-sm text-muted">{page.reason.clone()}</bdi>
            <div class="relative ms-auto flex flex-wrap gap-2 max-sm:w-full max-sm:[&>*]:flex-1">
                {actions::buttons(page)}
            </div>
        </div>
    }
    .into_any()
}

fn kpis(figures: Figures) -> AnyView {
    let kpi = |label: &str, value: String, change: Option<Change>| match change {
        Some(change) => view! { <Kpi label=t(label) value change/> }.into_any(),
        None => view! { <Kpi label=t(label) value/> }.into_any(),
    };
    view! {
        <div class="cells grid-cols-2 xl:grid-cols-4 mb-5">
            {kpi("web-overview-revenue-14", figures.revenue, figures.revenue_change)}
            {kpi("web-overview-active", figures.active, figures.active_note)}
            {kpi("web-overview-trial-to-paid", figures.trial_to_paid, figures.trial_note)}
            {kpi("web-overview-sales-today", figures.sales_today, figures.sales_note)}
        </div>
    }
    .into_any()
}

fn sales_part(sales: Vec<OrderRow>, bot: &BotSummary, open_link: Option<String>) -> AnyView {
    if sales.is_empty() {
        return no_sales(page_context().phone_of(bot), open_link);
    }
    view! {
        <section class="sheet" aria-labelledby="sales-title">
            <div class="sheet-h">
                <h2 id="sales-title">{t("web-overview-sales")}</h2>
            </div>
            {table(sales)}
        </section>
    }
    .into_any()
}

/// On the phone page a purchase costs nothing; elsewhere it is real, so the link is what helps.
fn no_sales(phone: Option<String>, open_link: Option<String>) -> AnyView {
    let (text, action) = match (phone, open_link) {
        (Some(href), _) => {
            ("web-overview-no-sales-text", Some(("smartphone", "web-overview-test-purchase", href)))
        }
        (None, link) => {
            ("web-overview-no-sales-share", link.map(|href| ("external-link", "web-action-open", href)))
        }
    };
    view! {
        <EmptyState icon="receipt" title=t("web-overview-no-sales") text=t(text)>
            {action
                .map(|(icon, label, href)| {
                    view! {
                        <a class="btn btn-primary" href=href>
                            <Icon name=icon/>
                            {t(label)}
                        </a>
                    }
                })}
        </EmptyState>
    }
    .into_any()
}
