//! Step 4: the Marzban panel, tried line by line while the reader watches.

use domain::locale::args;
use leptos::prelude::*;

use crate::{
    components::{
        Check, CheckList, CheckState, ErrorLine, ErrorSummary, Field, Icon, LiveUpdates, Wizard,
        WizardPreview, WizardStep,
    },
    context::{FormState, t, t_with},
    ssr::{Head, Page},
};

#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PanelPage {
    pub done: Vec<WizardStep>,
    pub preview: Option<WizardPreview>,
    /// `url` and `username`; the password is never kept.
    pub form: FormState,
    /// The panel that the shop uses.
    pub saved: Option<SavedPanel>,
    pub run: CheckRun,
    /// The reader is about to name another panel than the saved one.
    pub replacing: bool,
    /// The last check broke off by a fault of ours.
    pub interrupted: bool,
    /// The reader watched the check end: the page is shown anew.
    pub finished: bool,
    /// In the order of `PanelCheckKind`; empty before the first try.
    pub checks: Vec<PanelCheck>,
    /// What the panel offers; the shop sells the chosen ones.
    pub inbounds: Vec<Inbound>,
    pub events: Option<String>,
    /// The sandbox has a panel of its own to offer.
    pub sandbox_offered: bool,
}

/// What the page asks for.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum CheckRun {
    /// Nothing: a check is under way.
    Running,
    /// A panel, in place of the one that failed or is to be replaced.
    Again,
    /// A panel, unless there is one.
    #[default]
    Over,
}

#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SavedPanel {
    pub url: String,
    pub username: String,
    pub version: Option<String>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PanelCheck {
    pub kind: PanelCheckKind,
    pub state: CheckState,
    /// What came out (a version, a count) or the cause and the fix.
    pub detail: Option<String>,
    /// A formatted duration.
    pub took: Option<String>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PanelCheckKind {
    Address,
    Tls,
    Login,
    Version,
    Inbounds,
    TestUser,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Inbound {
    pub tag: String,
    /// `vless`, `vmess`, …
    pub protocol: String,
    pub chosen: bool,
}

impl PanelCheckKind {
    const fn key(self) -> &'static str {
        match self {
            Self::Address => "web-panel-row-address",
            Self::Tls => "web-panel-row-tls",
            Self::Login => "web-panel-row-login",
            Self::Version => "web-panel-row-version",
            Self::Inbounds => "web-panel-row-inbounds",
            Self::TestUser => "web-panel-row-test-user",
        }
    }
}

impl Page for PanelPage {
    fn head(&self) -> Head {
        let running = self.run == CheckRun::Running;
        Head { refresh_without_script: running.then_some(3), ..Head::titled(t("web-panel-title")) }
    }

    fn body(self) -> AnyView {
        let results = results(&self);
        let Self { done, preview, form, saved, run, replacing, events, sandbox_offered, .. } = self;
        let page = match (run, replacing) {
            (CheckRun::Running, _) => "/start/panel?watch=1",
            (_, true) => "/start/panel?replace=1",
            (_, false) => "/start/panel",
        };
        let (connect, kept) = match (run, saved) {
            (CheckRun::Running, _) => (None, None),
            (CheckRun::Again, saved) => (Some(connect_form(&form, sandbox_offered)), saved.map(kept_panel)),
            (CheckRun::Over, Some(saved)) => (Some(saved_panel(saved)), None),
            (CheckRun::Over, None) => (Some(connect_form(&form, sandbox_offered)), None),
        };
        view! {
            <Wizard step=WizardStep::Panel done title=t("web-panel-title") lead=t("web-panel-lead") preview>
                <div class="mt-7">
                    <ErrorSummary form/>
                    {connect}
                    {kept}
                </div>
                <div id="checks">{results}</div>
                <LiveUpdates id="checks" page events/>
                <form method="post" action="/start/panel" class="flex flex-wrap items-center gap-2 mt-4">
                    {WizardStep::Panel.back_link()}
                    <button class="btn btn-primary px-5 ms-auto max-sm:w-full" name="act" value="continue">
                        {t("web-continue")}
                        <Icon name="arrow-right" class="flip"/>
                    </button>
                </form>
            </Wizard>
        }
        .into_any()
    }

    fn fragment(self, id: &str) -> Option<AnyView> {
        (id == "checks").then(|| results(&self))
    }
}

fn connect_form(form: &FormState, sandbox_offered: bool) -> AnyView {
    view! {
        <form method="post" action="/start/panel" class="sheet p-4.5 grid gap-4">
            <Field
                form=form.clone()
                name="url"
                label=t("web-panel-url")
                hint=t("web-panel-url-hint")
                kind="url"
                autocomplete="url"
                ltr=true
                required=true
                placeholder="https://panel.example.com:8000"
            />
            <div class="grid sm:grid-cols-2 gap-4">
                <Field
                    form=form.clone()
                    name="username"
                    label=t("web-panel-username")
                    ltr=true
                    required=true
                />
                <Field
                    form=form.clone()
                    name="password"
                    label=t("web-panel-password")
                    kind="password"
                    ltr=true
                    required=true
                />
            </div>
            <p class="hint flex gap-1.5 items-center">
                <Icon name="lock" class="i-s"/>
                {t("web-panel-sealed")}
            </p>
            <button class="btn btn-primary justify-self-start max-sm:w-full" name="act" value="check">
                {t("web-panel-check")}
            </button>
        </form>
        {sandbox_offered
            .then(|| {
                view! {
                    <form method="post" action="/start/panel" class="note t-info mt-4 flex-wrap">
                        <Icon name="flask-conical"/>
                        <div class="flex-1 min-w-52">
                            <p class="text-sm font-medium">{t("web-panel-sandbox")}</p>
                            <p class="text-sm text-muted">{t("web-panel-sandbox-text")}</p>
                        </div>
                        <button class="btn btn-line max-sm:w-full" name="act" value="sandbox">
                            {t("web-panel-sandbox-use")}
                        </button>
                    </form>
                }
            })}
    }
    .into_any()
}

fn saved_panel(saved: SavedPanel) -> AnyView {
    view! {
        <form method="post" action="/start/panel" class="sheet p-4.5 flex flex-wrap items-center gap-x-4 gap-y-2">
            <Icon name="server" class="i-l text-primary"/>
            <div class="flex-1 min-w-52">
                <p class="font-medium break-all">
                    <bdi class="ltr">{saved.url}</bdi>
                </p>
                <p class="text-sm text-muted">
                    <bdi class="ltr">{saved.username}</bdi>
                    {saved
                        .version
                        .map(|version| {
                            view! {
                                {t("web-list-separator")}
                                <bdi class="ltr">"Marzban " {version}</bdi>
                            }
                        })}
                </p>
            </div>
            <button class="btn btn-line max-sm:w-full" name="act" value="replace">
                {t("web-panel-replace")}
            </button>
        </form>
    }
    .into_any()
}

/// Below the form for another panel: which one works meanwhile.
fn kept_panel(saved: SavedPanel) -> AnyView {
    view! {
        <p class="hint flex gap-1.5 items-center mt-3">
            <Icon name="server" class="i-s"/>
            <span>{t_with("web-panel-kept", &args!["url" => saved.url])}</span>
        </p>
    }
    .into_any()
}

/// `data-go`: the page of a check that has ended is another one. `data-again`: should the process die
/// that runs the check, nothing would tell.
fn results(page: &PanelPage) -> AnyView {
    if page.finished {
        return view! { <span data-go="/start/panel"></span> }.into_any();
    }
    if page.checks.is_empty() {
        return ().into_any();
    }
    let rows = page
        .checks
        .iter()
        .map(|check| Check {
            state: check.state,
            title: t(check.kind.key()),
            help: check.detail.clone(),
            took: check.took.clone(),
        })
        .collect();
    let inbounds = page.inbounds.clone();
    view! {
        <section
            class="sheet mt-5"
            aria-labelledby="checks-title"
            data-again=(page.run == CheckRun::Running).then_some("10")
        >
            <div class="sheet-h">
                <h2 id="checks-title">{t("web-panel-checks")}</h2>
            </div>
            {page
                .interrupted
                .then(|| view! { <ErrorLine text=t("web-panel-interrupted") class="err px-4.5 pt-3" role="alert"/> })}
            <ul>
                <CheckList checks=rows/>
            </ul>
        </section>
        {(!inbounds.is_empty()).then(|| inbound_form(inbounds))}
    }
    .into_any()
}

fn inbound_form(inbounds: Vec<Inbound>) -> AnyView {
    let rows = inbounds
        .into_iter()
        .map(|inbound| {
            view! {
                <label class="chip">
                    <input
                        type="checkbox"
                        name="inbound"
                        value=inbound.tag.clone()
                        autocomplete="off"
                        checked=inbound.chosen
                    />
                    <bdi class="ltr">{inbound.tag}</bdi>
                    <span class="text-2xs">{inbound.protocol}</span>
                </label>
            }
        })
        .collect_view();
    view! {
        <form method="post" action="/start/panel" class="sheet p-4.5 mt-5 grid gap-3">
            <fieldset>
                <legend class="text-sm font-medium mb-2">{t("web-panel-inbounds")}</legend>
                <p class="hint mb-3">{t("web-panel-inbounds-hint")}</p>
                <div class="flex flex-wrap gap-2">{rows}</div>
            </fieldset>
            <button class="btn btn-line justify-self-start max-sm:w-full" name="act" value="inbounds">
                {t("web-panel-inbounds-save")}
            </button>
        </form>
    }
    .into_any()
}
