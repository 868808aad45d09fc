//! Step 6: what is ready, the button that starts the bot, and the run as it happens.

use domain::locale::args;
use leptos::prelude::*;

use super::deployment::{Deployment, DeploymentState, deployment_sheet};
use crate::{
    components::{CopyValue, ErrorSummary, Icon, LiveUpdates, Pip, Tone, Wizard, WizardPreview, WizardStep},
    context::{FormState, t, t_with},
    islands::CopyButtons,
    ssr::{Head, Page},
};

#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct LivePage {
    pub done: Vec<WizardStep>,
    pub preview: Option<WizardPreview>,
    pub form: FormState,
    pub ready: Vec<ReadyItem>,
    /// Set once the run has begun.
    pub deployment: Option<Deployment>,
    /// `https://t.me/…`, once the bot is live; a sandbox's bot is in no Telegram.
    pub bot_link: Option<String>,
    /// The shop's overview and its phone, once the bot is live.
    pub overview: Option<String>,
    pub phone: Option<String>,
    /// From sign-up to the bot's first answer, as a formatted duration.
    pub live_in: Option<String>,
    pub events: Option<String>,
}

/// A step of the wizard and whether it is finished. `detail` says with what: `@fastline_bot`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReadyItem {
    pub step: WizardStep,
    pub ready: bool,
    pub detail: Option<String>,
}

impl Page for LivePage {
    fn head(&self) -> Head {
        let running =
            self.deployment.as_ref().is_some_and(|deployment| deployment.state == DeploymentState::Running);
        Head { refresh_without_script: running.then_some(2), ..Head::titled(t("web-live-title")) }
    }

    fn body(self) -> AnyView {
        let done = self.done.clone();
        let preview = self.preview.clone();
        let form = self.form.clone();
        let events = self.events.clone();
        let ready = (self.deployment.is_none()).then(|| checklist(&self.ready));
        view! {
            <Wizard step=WizardStep::Live done title=t("web-live-title") lead=t("web-live-lead") preview>
                <div class="mt-7">
                    <ErrorSummary form/>
                    {ready}
                    <div id="deployment">{run(self)}</div>
                    <LiveUpdates id="deployment" page="/start/live" events/>
                    <CopyButtons copied=t("web-copied")/>
                </div>
            </Wizard>
        }
        .into_any()
    }

    fn fragment(self, id: &str) -> Option<AnyView> {
        (id == "deployment").then(|| run(self))
    }
}

fn checklist(items: &[ReadyItem]) -> AnyView {
    let all_ready = items.iter().all(|item| item.ready);
    let rows = items
        .iter()
        .map(|item| {
            let mark = if item.ready {
                view! { <Pip tone=Tone::Ok icon="check"/> }.into_any()
            } else {
                view! { <span class="pip pip-o"></span> }.into_any()
            };
            let name = if item.ready {
                view! { <span class="flex-1">{item.step.name()}</span> }.into_any()
            } else {
                view! {
                    <a class="link link-primary flex-1 inline-flex items-center min-h-11" href=item.step.href()>
                        {item.step.name()}
                    </a>
                }
                .into_any()
            };
            view! {
                <li class="flex items-center gap-3 min-h-11 px-4.5 text-sm border-t border-base-300 first:border-0">
                    {mark} {name} <bdi class="text-xs text-muted">{item.detail.clone()}</bdi>
                </li>
            }
        })
        .collect_view();
    view! {
        <section class="sheet" aria-labelledby="ready-title">
            <div class="sheet-h">
                <h2 id="ready-title">{t("web-live-ready")}</h2>
            </div>
            <ul>{rows}</ul>
        </section>
        <form method="post" action="/start/live" class="flex flex-wrap items-center gap-2 mt-4">
            {WizardStep::Live.back_link()}
            <button class="btn btn-primary px-5 ms-auto max-sm:w-full" name="act" value="start">
                <Icon name="rocket"/>
                {t("web-live-start")}
            </button>
        </form>
        {(!all_ready).then(|| view! { <p class="text-sm text-muted mt-2 text-end">{t("web-live-missing")}</p> })}
    }
    .into_any()
}

fn run(page: LivePage) -> AnyView {
    let Some(deployment) = page.deployment else { return ().into_any() };
    let outcome = match deployment.state {
        DeploymentState::Running => view! {
            <p class="text-sm text-muted mb-4" role="status">
                {t("web-live-running")}
            </p>
        }
        .into_any(),
        DeploymentState::Live => {
            let title = match page.live_in {
                Some(live_in) => t_with("web-live-in", &args!["time" => live_in]),
                None => t("web-live-done"),
            };
            view! {
                <div class="note t-ok mb-5 flex-wrap" role="status">
                    <Icon name="circle-check"/>
                    <div class="flex-1 min-w-52">
                        <p class="font-medium">{title}</p>
                        <p class="text-sm text-muted">
                            {t(if page.bot_link.is_some() { "web-live-done-text" } else { "web-live-done-phone" })}
                        </p>
                        {page.bot_link.map(|link| view! { <CopyValue value=link/> })}
                    </div>
                    <div class="flex flex-wrap gap-2 max-sm:w-full">
                        {page
                            .phone
                            .map(|href| {
                                view! { <a class="btn btn-primary max-sm:w-full" href=href>{t("web-live-try")}</a> }
                            })}
                        {page
                            .overview
                            .map(|href| {
                                view! { <a class="btn btn-line max-sm:w-full" href=href>{t("web-live-overview")}</a> }
                            })}
                    </div>
                </div>
            }
            .into_any()
        }
        DeploymentState::Failed => view! {
            <div class="note t-bad mb-5 flex-wrap" role="alert">
                <Icon name="circle-x"/>
                <div class="flex-1 min-w-52">
                    <p class="text-sm font-medium">{t("web-live-failed")}</p>
                    <p class="text-sm text-muted">{t("web-live-failed-text")}</p>
                </div>
                <form method="post" action="/start/live" class="max-sm:w-full">
                <button class="btn btn-line max-sm:w-full" name="act" value="retry">
                    <Icon name="refresh-cw"/>
                    {t("web-live-retry")}
                </button>
                </form>
            </div>
        }
        .into_any(),
    };
    view! {
        {outcome}
        {deployment_sheet(deployment)}
    }
    .into_any()
}
