//! Step 4: the Marzban panel, tried line by line while the reader watches.

use domain::locale::args;
use leptos::prelude::*;

use crate::{
    components::{ErrorSummary, Icon, LiveUpdates, Wizard, WizardPreview, WizardStep},
    context::{FormState, t, t_with},
    pages::panel::{Inbound, PanelChecks, check_sheet, connect_form, inbound_form, sandbox_offer},
    ssr::{Head, Page},
};

const OWN: &str = "/start/panel";

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
    /// The reader watched the check end: the page is shown anew.
    pub finished: bool,
    pub checks: PanelChecks,
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
            (CheckRun::Again, saved) => (Some(connect(&form, sandbox_offered)), saved.map(kept_panel)),
            (CheckRun::Over, Some(saved)) => (Some(saved_panel(saved)), None),
            (CheckRun::Over, None) => (Some(connect(&form, sandbox_offered)), None),
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
                <form method="post" action=OWN class="flex flex-wrap items-center gap-2 mt-4">
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

fn connect(form: &FormState, sandbox_offered: bool) -> AnyView {
    view! {
        {connect_form(OWN.to_owned(), form)}
        {sandbox_offered.then(|| sandbox_offer(OWN.to_owned()))}
    }
    .into_any()
}

fn saved_panel(saved: SavedPanel) -> AnyView {
    view! {
        <form method="post" action=OWN class="sheet p-4.5 flex flex-wrap items-center gap-x-4 gap-y-2">
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

/// `data-go`: the page of a check that has ended is another one.
fn results(page: &PanelPage) -> AnyView {
    if page.finished {
        return view! { <span data-go=OWN></span> }.into_any();
    }
    view! {
        {check_sheet(&page.checks)}
        {inbound_form(OWN.to_owned(), page.inbounds.clone()).map(|form| view! { <div class="mt-5">{form}</div> })}
    }
    .into_any()
}
