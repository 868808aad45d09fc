//! `/app/b/{bot}/panels/{id}`: one panel, what is different on it, and what its owner sets.

mod report;

use leptos::prelude::*;

use self::report::report_sheet;
pub use self::report::{DriftReport, DriftRow};
use super::panels::{PanelCard, about};
use crate::{
    components::{AppShell, Area, BackLink, ErrorSummary, Field, Fold, Icon, LiveUpdates},
    context::{BotSummary, FormState, t},
    pages::panel::{Inbound, PanelChecks, check_sheet, inbound_form, login_fields},
    ssr::{Head, Page},
};

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ShopPanelPage {
    pub bot: BotSummary,
    pub card: PanelCard,
    pub checks: PanelChecks,
    /// The reader watched the check end: the page is shown anew.
    pub finished: bool,
    pub report: DriftReport,
    /// What the panel offers; new accounts get the chosen ones. Empty while it does not answer.
    pub inbounds: Vec<Inbound>,
    /// `name` `weight` `capacity` `enabled` and `username`; the password is never kept.
    pub form: FormState,
    pub events: Option<String>,
}

impl Page for ShopPanelPage {
    fn head(&self) -> Head {
        Head {
            refresh_without_script: self.checks.running.then_some(3),
            ..Head::in_shell(format!("{}: {}", self.bot.name, self.card.name))
        }
    }

    fn body(self) -> AnyView {
        let (own, events) = (self.card.href.clone(), self.events.clone());
        let back = format!("{}/panels", self.bot.href());
        let page = if self.checks.running { format!("{own}?watch=1") } else { own.clone() };
        // What is typed while a check runs would be lost when it ends.
        let forms = (!self.checks.running).then(|| {
            view! {
                <ErrorSummary form=self.form.clone()/>
                <div class="grid gap-5 max-w-2xl">
                    {settings(&own, &self.form)} {inbound_form(own.clone(), self.inbounds.clone())}
                    {login(&own, &self.form)}
                </div>
            }
        });
        let title = self.card.name.clone();
        view! {
            <AppShell area=Area::Panels title>
                <BackLink href=back text=t("web-panels-title")/>
                <div id="panel" class="mb-5">{live(self)}</div>
                <LiveUpdates id="panel" page events/>
                {forms}
            </AppShell>
        }
        .into_any()
    }

    fn fragment(self, id: &str) -> Option<AnyView> {
        (id == "panel").then(|| live(self))
    }
}

/// `data-go`: the page of a check that has ended is another one.
fn live(page: ShopPanelPage) -> AnyView {
    let ShopPanelPage { card, checks, finished, report, .. } = page;
    let own = card.href.clone();
    if finished {
        return view! { <span data-go=own></span> }.into_any();
    }
    let check = (!checks.running).then(|| {
        view! {
            <form method="post" action=own.clone() class="flex mt-4">
                <button class="btn btn-line max-sm:w-full" name="act" value="check">
                    <Icon name="activity"/>
                    {t("web-panel-check-now")}
                </button>
            </form>
        }
    });
    view! {
        <section class="sheet p-4.5">{about(card)} {check}</section>
        {checks.running.then(|| check_sheet(&checks))}
        {report_sheet(own, report)}
        {(!checks.running).then(|| check_sheet(&checks))}
    }
    .into_any()
}

fn settings(own: &str, form: &FormState) -> AnyView {
    let enabled = !form.value("enabled").is_empty();
    view! {
        <form method="post" action=own.to_owned() class="sheet p-4.5 grid gap-4">
            <h2 class="text-base">{t("web-panel-settings")}</h2>
            <Field form=form.clone() name="name" label=t("web-panel-name") maxlength=40 required=true/>
            <div class="grid sm:grid-cols-2 gap-4 items-start">
                <Field
                    form=form.clone()
                    name="weight"
                    label=t("web-panel-weight")
                    hint=t("web-panel-weight-hint")
                    inputmode="numeric"
                    ltr=true
                    required=true
                />
                <Field
                    form=form.clone()
                    name="capacity"
                    label=t("web-panel-capacity")
                    hint=t("web-panel-capacity-hint")
                    inputmode="numeric"
                    ltr=true
                />
            </div>
            <label class="flex gap-3 items-start text-sm min-h-11">
                <input
                    type="checkbox"
                    class="toggle toggle-primary mt-0.5"
                    name="enabled"
                    autocomplete="off"
                    checked=enabled
                />
                <span>
                    <span class="font-medium">{t("web-panels-open")}</span>
                    <span class="block text-muted">{t("web-panel-enabled-text")}</span>
                </span>
            </label>
            <button class="btn btn-primary justify-self-start max-sm:w-full" name="act" value="save">
                {t("web-panel-save")}
            </button>
        </form>
    }
    .into_any()
}

fn login(own: &str, form: &FormState) -> AnyView {
    let open = form.error("username").is_some() || form.error("password").is_some();
    let (own, form) = (own.to_owned(), form.clone());
    view! {
        <Fold icon="key-round" title=t("web-panel-login") open>
            <form method="post" action=own class="grid gap-4">
                <p class="text-sm text-muted">{t("web-panel-login-text")}</p>
                {login_fields(&form)}
                <button class="btn btn-primary justify-self-start max-sm:w-full" name="act" value="login">
                    {t("web-panel-login-check")}
                </button>
            </form>
        </Fold>
    }
    .into_any()
}
