//! `/app/b/{bot}/panels/new`: one more panel, tried line by line before it is kept.

use leptos::prelude::*;

use crate::{
    components::{AppShell, Area, BackLink, ErrorSummary, Icon, LiveUpdates},
    context::{BotSummary, FormState, t},
    pages::panel::{PanelChecks, check_sheet, connect_form, sandbox_offer},
    ssr::{Head, Page},
};

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewPanelPage {
    pub bot: BotSummary,
    /// `url` and `username`; the password is never kept.
    pub form: FormState,
    pub checks: PanelChecks,
    /// The id of the check that the page watches.
    pub watched: Option<String>,
    /// Why there cannot be one more.
    pub limit: Option<String>,
    /// Where the reader goes on: the check that was watched is over.
    pub go: Option<String>,
    pub sandbox_offered: bool,
    pub events: Option<String>,
}

impl NewPanelPage {
    fn href(&self) -> String {
        format!("{}/panels/new", self.bot.href())
    }
}

impl Page for NewPanelPage {
    fn head(&self) -> Head {
        Head {
            refresh_without_script: self.checks.running.then_some(3),
            ..Head::in_shell(format!("{}: {}", self.bot.name, t("web-panels-add")))
        }
    }

    fn body(self) -> AnyView {
        let (own, back) = (self.href(), format!("{}/panels", self.bot.href()));
        let page = match &self.watched {
            Some(check) => format!("{own}?check={check}"),
            None => own.clone(),
        };
        let results = results(&self);
        let Self { form, checks, limit, sandbox_offered, events, .. } = self;
        let connect = match limit {
            _ if checks.running => None,
            Some(limit) => Some(full(limit)),
            None => {
                let offer = sandbox_offered.then(|| sandbox_offer(own.clone()));
                Some(view! { {connect_form(own, &form)} {offer} }.into_any())
            }
        };
        view! {
            <AppShell area=Area::Panels title=t("web-panels-add")>
                <BackLink href=back text=t("web-panels-title")/>
                <div class="max-w-2xl">
                    <p class="text-sm text-muted mb-5">{t("web-panels-new-lead")}</p>
                    <ErrorSummary form/>
                    {connect}
                    <div id="checks">{results}</div>
                    <LiveUpdates id="checks" page events/>
                </div>
            </AppShell>
        }
        .into_any()
    }

    fn fragment(self, id: &str) -> Option<AnyView> {
        (id == "checks").then(|| results(&self))
    }
}

fn results(page: &NewPanelPage) -> AnyView {
    match page.go.clone() {
        Some(href) => view! { <span data-go=href></span> }.into_any(),
        None => check_sheet(&page.checks).into_any(),
    }
}

fn full(limit: String) -> AnyView {
    view! {
        <div class="note t-info">
            <Icon name="info"/>
            <p class="text-sm flex-1 min-w-0">{limit}</p>
        </div>
    }
    .into_any()
}
