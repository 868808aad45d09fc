//! `/app/b/{bot}/broadcasts/{id}` of one that was sent, or is to be: how far it got, and what can still be
//! done about it. A draft is in [`composer`].

mod composer;

use domain::{args, entities::tenant::broadcast::BroadcastState};
use leptos::prelude::*;

pub use composer::{BroadcastDraftPage, BroadcastReview, PictureSlot};

use super::broadcasts::state_tag;
use crate::{
    components::{
        AppShell, Area, BackLink, Fold, Icon, Kpi, LiveUpdates, Phone, PhoneMessage, Problem, ProblemNote,
    },
    context::{BotSummary, t, t_with},
    ssr::{Head, Page},
};

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BroadcastPage {
    pub bot: BotSummary,
    pub id: String,
    pub title: String,
    pub state: BroadcastState,
    /// To whom, in words.
    pub segment: String,
    /// When it begins, began or ended.
    pub times: Vec<String>,
    /// Why it rests.
    pub halt: Option<Problem>,
    /// Label and figure of each state that has somebody.
    pub figures: Vec<(String, String)>,
    /// Recipients of whom there is nothing left to do, and all.
    pub progress: Option<(i64, i64)>,
    /// How long it still takes.
    pub left: Option<String>,
    /// Of how many nobody knows whether they got it, and the first of them.
    pub unknown: Option<(String, Vec<String>)>,
    /// How many Telegram has not taken.
    pub failed: Option<String>,
    /// How many can be deleted, while nothing else goes on.
    pub deletable: Option<String>,
    pub deleting: bool,
    /// What became of them, what Telegram said, and of how many.
    pub reasons: Vec<(String, String, String)>,
    pub messages: Vec<PhoneMessage>,
    pub events: Option<String>,
}

impl BroadcastPage {
    fn href(&self) -> String {
        format!("{}/broadcasts/{}", self.bot.href(), self.id)
    }
}

impl Page for BroadcastPage {
    fn head(&self) -> Head {
        Head::in_shell(format!("{}: {}", self.bot.name, self.title))
    }

    fn body(self) -> AnyView {
        let (events, page) = (self.events.clone(), self.href());
        let back = format!("{}/broadcasts", self.bot.href());
        let (name, messages) = (self.bot.name.clone(), self.messages.clone());
        view! {
            <AppShell area=Area::Broadcasts title=self.title.clone()>
                <BackLink href=back text=t("web-broadcasts-title")/>
                <div class="grid grid-cols-1 gap-5 max-w-2xl">
                    <div id="progress" class="grid grid-cols-1 gap-5">{progress(self)}</div>
                    <Fold icon="message-square" title=t("web-broadcast-message")>
                        <Phone title=name subtitle=t("web-broadcast-preview") messages/>
                    </Fold>
                </div>
                <LiveUpdates id="progress" page events/>
            </AppShell>
        }
        .into_any()
    }

    fn fragment(self, id: &str) -> Option<AnyView> {
        (id == "progress").then(|| progress(self))
    }
}

fn progress(page: BroadcastPage) -> AnyView {
    let halt = page.halt.clone().map(|problem| view! { <ul><ProblemNote problem/></ul> });
    let figures =
        page.figures.iter().cloned().map(|(label, value)| view! { <Kpi label value/> }).collect_view();
    let bar = page.progress.map(|(done, all)| {
        view! {
            <progress class="bar" value=done.to_string() max=all.to_string() aria-label=t("web-broadcast-progress")></progress>
        }
    });
    let times = page.times.iter().cloned().map(|time| view! { <p class="text-sm text-muted">{time}</p> });
    let left = page.left.clone().map(|left| view! { <p class="text-sm text-muted">{left}</p> });
    view! {
        {halt}
        <section class="sheet p-4.5 grid gap-3">
            <div class="flex flex-wrap items-center gap-3">
                <p class="font-medium flex-1 min-w-52">{page.segment.clone()}</p>
                {state_tag(page.state)}
            </div>
            {times.collect_view()}
            {bar}
            {left}
            {buttons(&page)}
        </section>
        {(!page.figures.is_empty())
            .then(|| view! { <section class="cells grid-cols-2 lg:grid-cols-3" aria-label=t("web-broadcast-figures")>{figures}</section> })}
        {unknown(&page)}
        {reasons(&page)}
        {ends(&page)}
    }
    .into_any()
}

/// What needs no second thought.
fn buttons(page: &BroadcastPage) -> Option<AnyView> {
    let (act, icon, key) = match page.state {
        BroadcastState::Scheduled => ("call_off", "undo-2", "web-broadcast-call-off"),
        BroadcastState::Sending => ("pause", "pause", "web-broadcast-pause"),
        BroadcastState::Paused => ("resume", "play", "web-broadcast-resume"),
        BroadcastState::Draft | BroadcastState::Stopped | BroadcastState::Done => return None,
    };
    Some(
        view! {
            <form method="post" action=page.href()>
                <button class="btn btn-line max-sm:w-full" name="act" value=act>
                    <Icon name=icon/>
                    {t(key)}
                </button>
            </form>
        }
        .into_any(),
    )
}

fn unknown(page: &BroadcastPage) -> Option<AnyView> {
    let (count, users) = page.unknown.clone()?;
    let users = users.into_iter().map(|user| view! { <li><bdi>{user}</bdi></li> }).collect_view();
    let can = page.state != BroadcastState::Stopped;
    let form =
        can.then(|| again(page, "again_unknown", "web-broadcast-again-unknown-text", "web-broadcast-again"));
    Some(
        view! {
            <Fold icon="circle-question-mark" title=t_with("web-broadcast-unknown", &args!["number" => count])>
                <div class="grid gap-3">
                    <p class="text-sm text-muted">{t("web-broadcast-unknown-text")}</p>
                    <ul class="text-sm list-disc ps-5">{users}</ul>
                    {form}
                </div>
            </Fold>
        }
        .into_any(),
    )
}

fn again(page: &BroadcastPage, act: &'static str, text: &str, label: &str) -> AnyView {
    view! {
        <form method="post" action=page.href() class="grid gap-3 max-w-xl">
            <p class="text-sm text-muted">{t(text)}</p>
            <button class="btn btn-line justify-self-start max-sm:w-full" name="act" value=act>
                <Icon name="rotate-ccw"/>
                {t(label)}
            </button>
        </form>
    }
    .into_any()
}

fn reasons(page: &BroadcastPage) -> Option<AnyView> {
    let row = |(state, reason, count): (String, String, String)| {
        view! {
            <tr>
                <th scope="row">{state}</th>
                <td class="text-muted">
                    <bdi class="ltr">{reason}</bdi>
                </td>
                <td class="e num">{count}</td>
            </tr>
        }
    };
    (!page.reasons.is_empty()).then(|| {
        view! {
            <section class="sheet overflow-hidden">
                <div class="sheet-h">
                    <h2>{t("web-broadcast-reasons")}</h2>
                </div>
                <div class="overflow-x-auto">
                    <table class="tbl">
                        <caption class="sr-only">{t("web-broadcast-reasons")}</caption>
                        <thead>
                            <tr>
                                <th scope="col">{t("web-broadcast-became")}</th>
                                <th scope="col">{t("web-broadcast-reason")}</th>
                                <th scope="col" class="e">{t("web-broadcast-count")}</th>
                            </tr>
                        </thead>
                        <tbody>{page.reasons.clone().into_iter().map(row).collect_view()}</tbody>
                    </table>
                </div>
            </section>
        }
        .into_any()
    })
}

/// What cannot be undone, or reaches people again, and is asked about once more.
fn ends(page: &BroadcastPage) -> AnyView {
    let href = page.href();
    let failed = page.failed.clone().filter(|_| page.state != BroadcastState::Stopped).map(|count| {
        let form = again(page, "again_failed", "web-broadcast-again-failed-text", "web-broadcast-again");
        view! {
            <Fold icon="rotate-ccw" title=t_with("web-broadcast-failed", &args!["number" => count])>
                {form}
            </Fold>
        }
    });
    let stop = matches!(page.state, BroadcastState::Sending | BroadcastState::Paused).then(|| {
        let action = href.clone();
        view! {
            <Fold icon="circle-x" title=t("web-broadcast-stop")>
                <form method="post" action=action class="grid gap-3 max-w-xl">
                    <p class="text-sm text-muted">{t("web-broadcast-stop-text")}</p>
                    <button class="btn btn-error justify-self-start max-sm:w-full" name="act" value="stop">
                        {t("web-broadcast-stop-yes")}
                    </button>
                </form>
            </Fold>
        }
    });
    let delete = page.deletable.clone().map(|count| {
        view! {
            <Fold icon="trash-2" title=t("web-broadcast-delete-sent")>
                <form method="post" action=href class="grid gap-3 max-w-xl">
                    <p class="text-sm text-muted">{t("web-broadcast-delete-sent-text")}</p>
                    <button class="btn btn-error justify-self-start max-sm:w-full" name="act" value="delete_sent">
                        {t_with("web-broadcast-delete-sent-yes", &args!["number" => count])}
                    </button>
                </form>
            </Fold>
        }
    });
    let deleting = page.deleting.then(|| {
        view! {
            <div class="note t-info">
                <Icon name="loader-circle" class="spin"/>
                <p class="text-sm flex-1 min-w-0">{t("web-broadcast-deleting")}</p>
            </div>
        }
    });
    view! {
        {failed}
        {stop}
        {deleting}
        {delete}
    }
    .into_any()
}
