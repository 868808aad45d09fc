//! `/app/b/{bot}/invites`: what users get for bringing friends, and what came of it.

use domain::entities::tenant::referral::ReferralState;
use leptos::prelude::*;

use crate::{
    components::{AppShell, Area, EmptyState, ErrorSummary, Field, Kpi, Tag, Tone},
    context::{BotSummary, FormState, t},
    ssr::{Head, Page},
};

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct InvitesPage {
    pub bot: BotSummary,
    pub on: bool,
    /// Formatted.
    pub invited: String,
    pub buying: String,
    pub given: String,
    /// The newest ones.
    pub rows: Vec<InviteRow>,
    pub form: FormState,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct InviteRow {
    /// @username or name.
    pub referee: String,
    pub referrer: String,
    pub state: ReferralState,
    /// What the referrer has of it.
    pub bonus: Option<String>,
    pub time: String,
}

impl InvitesPage {
    fn href(&self) -> String {
        format!("{}/invites", self.bot.href())
    }
}

impl Page for InvitesPage {
    fn head(&self) -> Head {
        Head::in_shell(format!("{}: {}", self.bot.name, t("web-invites-title")))
    }

    fn body(self) -> AnyView {
        let (settings, switch) = (settings(&self), switch(&self));
        view! {
            <AppShell area=Area::Invites title=t("web-invites-title")>
                <p class="text-sm text-muted mb-5 -mt-3">{t("web-invites-lead")}</p>
                <div class="grid gap-5">
                    <section class="cells sm:grid-cols-3" aria-label=t("web-invites-figures")>
                        <Kpi label=t("web-invites-invited") value=self.invited.clone()/>
                        <Kpi label=t("web-invites-buying") value=self.buying.clone()/>
                        <Kpi label=t("web-invites-given") value=self.given.clone()/>
                    </section>
                    {list(self.rows)}
                    {settings}
                    {switch}
                </div>
            </AppShell>
        }
        .into_any()
    }
}

fn list(rows: Vec<InviteRow>) -> AnyView {
    if rows.is_empty() {
        return view! {
            <EmptyState icon="users" title=t("web-invites-none") text=t("web-invites-none-text")/>
        }
        .into_any();
    }
    view! {
        <section class="sheet overflow-hidden">
            <div class="overflow-x-auto">
                <table class="tbl cards">
                    <caption class="sr-only">{t("web-invites-latest")}</caption>
                    <thead>
                        <tr>
                            <th scope="col">{t("web-invites-friend")}</th>
                            <th scope="col">{t("web-invites-by")}</th>
                            <th scope="col">{t("web-sale-state")}</th>
                            <th scope="col">{t("web-invites-bonus")}</th>
                            <th scope="col" class="e">{t("web-sale-time")}</th>
                        </tr>
                    </thead>
                    <tbody>{rows.into_iter().map(row).collect_view()}</tbody>
                </table>
            </div>
        </section>
    }
    .into_any()
}

fn row(row: InviteRow) -> impl IntoView {
    let (tone, icon, key) = match row.state {
        ReferralState::Invited => (Tone::Mute, "user-round", "web-invites-state-invited"),
        ReferralState::Granted => (Tone::Ok, "circle-check", "web-invites-state-granted"),
        ReferralState::Reversed => (Tone::Mute, "undo-2", "web-invites-state-reversed"),
        ReferralState::Void => (Tone::Mute, "minus", "web-invites-state-void"),
    };
    view! {
        <tr>
            <th scope="row">
                <bdi>{row.referee}</bdi>
            </th>
            <td class="max-sm:row-start-2 max-sm:text-muted">
                <bdi>{row.referrer}</bdi>
            </td>
            <td class="r max-sm:row-start-2 max-sm:row-span-2">
                <Tag tone icon text=t(key)/>
            </td>
            <td class="max-sm:row-start-3 text-muted">{row.bonus}</td>
            <td class="e hide text-muted num whitespace-nowrap">{row.time}</td>
        </tr>
    }
}

fn settings(page: &InvitesPage) -> AnyView {
    let form = page.form.clone();
    view! {
        <form method="post" action=page.href() class="sheet p-4.5 grid gap-4 max-w-2xl">
            <ErrorSummary form=form.clone()/>
            <div class="grid sm:grid-cols-2 gap-4">
                <Field
                    form=form.clone()
                    name="referrer_days"
                    label=t("web-invites-referrer-days")
                    hint=t("web-invites-referrer-days-hint")
                    inputmode="numeric"
                    ltr=true
                    required=true
                />
                <Field
                    form=form.clone()
                    name="referee_days"
                    label=t("web-invites-referee-days")
                    hint=t("web-invites-referee-days-hint")
                    inputmode="numeric"
                    ltr=true
                    required=true
                />
                <Field
                    form=form
                    name="friends"
                    label=t("web-invites-friends")
                    hint=t("web-invites-friends-hint")
                    inputmode="numeric"
                    ltr=true
                    required=true
                />
            </div>
            <button class="btn btn-primary justify-self-start max-sm:w-full" name="act" value="save">
                {t("web-invites-save")}
            </button>
        </form>
    }
    .into_any()
}

fn switch(page: &InvitesPage) -> AnyView {
    let (act, label, text) = match page.on {
        true => ("off", "web-invites-switch-off", "web-invites-on-text"),
        false => ("on", "web-invites-switch-on", "web-invites-off-text"),
    };
    view! {
        <form method="post" action=page.href() class="sheet p-4.5 flex flex-wrap items-center gap-3 max-w-2xl">
            <p class="text-sm text-muted flex-1 min-w-52">{t(text)}</p>
            <button class="btn btn-line max-sm:w-full" name="act" value=act>
                {t(label)}
            </button>
        </form>
    }
    .into_any()
}
