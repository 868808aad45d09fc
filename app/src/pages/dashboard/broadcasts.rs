//! `/app/b/{bot}/broadcasts`: what was written to many users at once, and how far it got.

use domain::entities::tenant::broadcast::BroadcastState;
use leptos::prelude::*;

use crate::{
    components::{AppShell, Area, EmptyState, Icon, LiveUpdates, Pager, Tag, Tone},
    context::{BotSummary, t},
    ssr::{Head, Page},
};

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BroadcastsPage {
    pub bot: BotSummary,
    /// The newest first.
    pub rows: Vec<BroadcastRow>,
    pub newer: Option<String>,
    pub older: Option<String>,
    pub events: Option<String>,
    /// The page's own address.
    pub address: String,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BroadcastRow {
    pub href: String,
    /// How its text begins.
    pub title: String,
    /// To whom.
    pub segment: String,
    pub state: BroadcastState,
    /// How many got it, or when they will.
    pub detail: String,
}

/// The state's mark, wherever a broadcast is shown.
pub(super) fn state_tag(state: BroadcastState) -> AnyView {
    let (tone, icon, key) = match state {
        BroadcastState::Draft => (Tone::Mute, "circle", "web-broadcast-state-draft"),
        BroadcastState::Scheduled => (Tone::Info, "calendar-clock", "web-broadcast-state-scheduled"),
        BroadcastState::Sending => (Tone::Info, "send", "web-broadcast-state-sending"),
        BroadcastState::Paused => (Tone::Warn, "pause", "web-broadcast-state-paused"),
        BroadcastState::Stopped => (Tone::Mute, "circle-x", "web-broadcast-state-stopped"),
        BroadcastState::Done => (Tone::Ok, "circle-check", "web-broadcast-state-done"),
    };
    view! { <Tag tone icon text=t(key)/> }.into_any()
}

impl BroadcastsPage {
    fn href(&self) -> String {
        format!("{}/broadcasts", self.bot.href())
    }
}

impl Page for BroadcastsPage {
    fn head(&self) -> Head {
        Head::in_shell(format!("{}: {}", self.bot.name, t("web-broadcasts-title")))
    }

    fn body(self) -> AnyView {
        let new = format!("{}/new", self.href());
        let add = move || {
            view! {
                <a class="btn btn-primary" href=new.clone()>
                    <Icon name="plus"/>
                    {t("web-broadcasts-new")}
                </a>
            }
        };
        if self.rows.is_empty() {
            return view! {
                <AppShell area=Area::Broadcasts title=t("web-broadcasts-title")>
                    <EmptyState icon="send-horizontal" title=t("web-broadcasts-none") text=t("web-broadcasts-none-text")>
                        {add()}
                    </EmptyState>
                </AppShell>
            }
            .into_any();
        }
        let (events, page) = (self.events.clone(), self.address.clone());
        view! {
            <AppShell area=Area::Broadcasts title=t("web-broadcasts-title") actions=add>
                <p class="text-sm text-muted mb-5 -mt-3">{t("web-broadcasts-lead")}</p>
                <div id="broadcasts">{list(self)}</div>
                <LiveUpdates id="broadcasts" page events/>
            </AppShell>
        }
        .into_any()
    }

    fn fragment(self, id: &str) -> Option<AnyView> {
        (id == "broadcasts").then(|| list(self))
    }
}

fn list(page: BroadcastsPage) -> AnyView {
    let rows = page.rows.into_iter().map(row).collect_view();
    view! {
        <ul class="grid gap-3">{rows}</ul>
        <Pager newer=(page.newer, "web-broadcasts-newer") older=(page.older, "web-broadcasts-older")/>
    }
    .into_any()
}

fn row(row: BroadcastRow) -> AnyView {
    view! {
        <li class="sheet p-4.5 flex flex-wrap items-center gap-3">
            <div class="flex-1 min-w-52">
                <h2 class="text-base">
                    <a class="hit link link-hover" href=row.href dir="auto">{row.title}</a>
                </h2>
                <p class="text-sm text-muted">{row.segment}</p>
                <p class="text-sm text-muted">{row.detail}</p>
            </div>
            {state_tag(row.state)}
        </li>
    }
    .into_any()
}
