//! `/app/b/{bot}/panels`: where the shop's accounts live, and how the new ones are shared.

use domain::entities::tenant::panel::PanelState;
use leptos::prelude::*;

use crate::{
    components::{AppShell, Area, Change, EmptyState, Icon, Kpi, LiveUpdates, Tag, Tone},
    context::{BotSummary, t},
    ssr::{Head, Page},
};

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PanelsPage {
    pub bot: BotSummary,
    pub panels: Vec<PanelCard>,
    pub events: Option<String>,
}

/// What is said of a panel, on the list and on its own page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PanelCard {
    pub href: String,
    pub name: String,
    pub address: String,
    pub version: Option<String>,
    pub state: PanelState,
    /// Since when it is away, what waits for it, what to do. Empty while it answers.
    pub attention: Vec<String>,
    /// It may get new accounts.
    pub takes: bool,
    /// Accounts held, of how many.
    pub accounts: (String, Option<String>),
    /// Its part of the new accounts, and why.
    pub share: (String, Option<String>),
    /// How many, and when it was compared.
    pub differences: (String, Option<String>),
}

impl PanelsPage {
    fn href(&self) -> String {
        format!("{}/panels", self.bot.href())
    }
}

impl Page for PanelsPage {
    fn head(&self) -> Head {
        Head::in_shell(format!("{}: {}", self.bot.name, t("web-panels-title")))
    }

    fn body(self) -> AnyView {
        let (page, events) = (self.href(), self.events.clone());
        let add = format!("{page}/new");
        let actions = move || {
            view! {
                <a class="btn btn-line" href=add>
                    <Icon name="plus"/>
                    {t("web-panels-add")}
                </a>
            }
        };
        view! {
            <AppShell area=Area::Panels title=t("web-panels-title") actions>
                <p class="text-sm text-muted mb-5 -mt-3">{t("web-panels-lead")}</p>
                <div id="panels">{list(self.panels)}</div>
                <LiveUpdates id="panels" page events/>
            </AppShell>
        }
        .into_any()
    }

    fn fragment(self, id: &str) -> Option<AnyView> {
        (id == "panels").then(|| list(self.panels))
    }
}

fn list(panels: Vec<PanelCard>) -> AnyView {
    if panels.is_empty() {
        return view! { <EmptyState icon="server" title=t("web-panels-none") text=t("web-panels-none-text")/> }
            .into_any();
    }
    let cards = panels.into_iter().map(card).collect_view();
    view! { <ul class="grid gap-4">{cards}</ul> }.into_any()
}

fn card(card: PanelCard) -> impl IntoView {
    view! {
        <li class="sheet p-4.5">
            <h2 class="text-base">
                <a class="hit link link-hover" href=card.href.clone()>
                    <bdi>{card.name.clone()}</bdi>
                </a>
            </h2>
            {about(card)}
        </li>
    }
}

/// Everything of a panel but its name.
pub(super) fn about(card: PanelCard) -> AnyView {
    let (tone, icon, key) = match card.state {
        PanelState::Up => (Tone::Ok, "circle-check", "web-panels-state-up"),
        PanelState::Down => (Tone::Warn, "server-off", "web-panels-state-down"),
        PanelState::Refused => (Tone::Bad, "circle-x", "web-panels-state-refused"),
    };
    let (sales_tone, sales_icon, sales) = match card.takes {
        true => (Tone::Mute, "check", "web-panels-open"),
        false => (Tone::Warn, "pause", "web-panels-closed"),
    };
    let figure = |key: &str, (value, note): (String, Option<String>)| {
        let label = t(key);
        match note {
            Some(note) => view! { <Kpi label value change=Change::Note(note)/> }.into_any(),
            None => view! { <Kpi label value/> }.into_any(),
        }
    };
    view! {
        <p class="text-sm text-muted flex flex-wrap gap-x-3">
            <bdi class="ltr break-all">{card.address}</bdi>
            {card.version.map(|version| view! { <bdi class="ltr">"Marzban " {version}</bdi> })}
        </p>
        <p class="flex flex-wrap gap-2 mt-2">
            <Tag tone icon text=t(key)/>
            <Tag tone=sales_tone icon=sales_icon text=t(sales)/>
        </p>
        {(!card.attention.is_empty())
            .then(|| {
                view! {
                    <div class=format!("note mt-3 {}", tone.class())>
                        <Icon name=icon/>
                        <div class="flex-1 min-w-0 grid gap-1">
                            {card.attention.into_iter().map(|text| view! { <p class="text-sm">{text}</p> }).collect_view()}
                        </div>
                    </div>
                }
            })}
        <div class="cells grid-cols-1 lg:grid-cols-3 mt-4">
            {figure("web-panels-accounts", card.accounts)} {figure("web-panels-share", card.share)}
            {figure("web-panels-differences", card.differences)}
        </div>
    }
    .into_any()
}
