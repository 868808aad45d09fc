//! What a shop's user sees at the address of his subscription. The shop's page and not ours: it has the
//! shop's name and people, and needs no script.

use domain::locale::args;
use leptos::prelude::*;

use crate::{
    components::{CopyValue, Icon, LocaleSwitch, Tag, ThemeSwitch, Tone},
    context::{t, t_with},
    islands::CopyButtons,
    ssr::{Head, Page},
};

/// A subscription, and the ways into an app.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SubscriptionPage {
    pub shop: String,
    pub plan: String,
    pub tone: Tone,
    /// The key of the state's word.
    pub state: &'static str,
    pub until: String,
    /// How long it goes on; nothing when it does not.
    pub left: Option<String>,
    /// What is used, and of what.
    pub used: String,
    pub limit: Option<String>,
    /// Of a hundred.
    pub used_percent: Option<u32>,
    pub link: String,
    /// The code as an address of the kind `data:`.
    pub qr: String,
    pub groups: Vec<AppGroup>,
    pub support: Option<String>,
    pub bot: Option<String>,
    /// Since when the server has said nothing.
    pub outdated: Option<String>,
}

/// The apps of one kind of device.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AppGroup {
    /// The key of the device's name.
    pub name: &'static str,
    /// It is the reader's.
    pub is_own: bool,
    pub apps: Vec<AppOffer>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AppOffer {
    pub name: &'static str,
    pub import: String,
    pub store: &'static str,
}

/// The step between a button in Telegram, which takes no other addresses, and the app.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ImportPage {
    pub shop: String,
    pub app: &'static str,
    /// Opens the app.
    pub open: String,
    pub store: &'static str,
    /// The subscription's page.
    pub back: String,
}

/// Why there is no subscription to show.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LinkProblem {
    Gone,
    Busy,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LinkProblemPage {
    pub problem: LinkProblem,
}

impl Page for SubscriptionPage {
    fn head(&self) -> Head {
        Head::of_shop(self.shop.clone())
    }

    fn body(self) -> AnyView {
        let used = match &self.limit {
            Some(limit) => t_with("web-link-used", &args!["used" => self.used, "limit" => limit]),
            None => t_with("web-link-used-unlimited", &args!["used" => self.used]),
        };
        let groups = self.groups.into_iter().map(group).collect_view();
        let contact = |href: Option<String>, key: &'static str, icon: &'static str| {
            href.map(|href| {
                view! {
                    <a class="btn btn-line max-sm:w-full" href=href rel="noreferrer">
                        <Icon name=icon/>
                        {t(key)}
                    </a>
                }
            })
        };
        let main = view! {
            <h1 class="text-2xl" dir="auto">{self.shop.clone()}</h1>
            {self
                .outdated
                .map(|at| {
                    view! {
                        <p class="note t-warn mt-4" role="status">
                            <Icon name="server-off"/>
                            <span>{t_with("web-link-outdated", &args!["at" => at])}</span>
                        </p>
                    }
                })}
            <section class="sheet p-5 mt-4">
                <div class="flex flex-wrap items-center gap-2">
                    <h2 class="text-lg me-auto" dir="auto">{self.plan}</h2>
                    <Tag tone=self.tone text=t(self.state)/>
                </div>
                <dl class="grid gap-3 mt-4">
                    <div>
                        <dt class="text-sm text-muted">{t("web-link-until")}</dt>
                        <dd class="num">
                            {self.until}
                            {self
                                .left
                                .map(|left| {
                                    let left = t_with("web-link-left", &args!["left" => left]);
                                    view! { <span class="text-muted">" · "{left}</span> }
                                })}
                        </dd>
                    </div>
                    <div>
                        <dt class="text-sm text-muted">{t("web-link-traffic")}</dt>
                        <dd class="num">{used.clone()}</dd>
                    </div>
                </dl>
                {self
                    .used_percent
                    .map(|percent| {
                        view! { <progress class="bar mt-3" max="100" value=percent aria-label=used></progress> }
                    })}
            </section>
            <section class="sheet p-5 mt-4">
                <h2 class="text-lg">{t("web-link-link")}</h2>
                <p class="mt-1 text-sm text-muted">{t("web-link-link-hint")}</p>
                <div class="mt-3">
                    <CopyValue value=self.link/>
                </div>
                <img class="mt-4 mx-auto rounded-box" width="256" height="256" src=self.qr alt=t("web-link-qr")/>
            </section>
            <section class="sheet p-5 mt-4">
                <h2 class="text-lg">{t("web-link-add")}</h2>
                <div class="mt-2">{groups}</div>
            </section>
            <div class="mt-6 flex flex-wrap gap-2">
                {contact(self.bot, "web-link-renew", "send")}
                {contact(self.support, "web-link-support", "life-buoy")}
            </div>
            <CopyButtons copied=t("web-copied")/>
        };
        frame(main.into_any())
    }
}

/// The reader's device is open.
fn group(group: AppGroup) -> impl IntoView {
    let apps = group.apps.into_iter().map(|app| {
        view! {
            <li class="flex flex-wrap items-center gap-2">
                <a class="btn btn-primary max-sm:w-full me-auto" href=app.import>
                    {t_with("web-link-add-to", &args!["app" => app.name])}
                </a>
                <a class="btn btn-ghost" href=app.store rel="noreferrer">
                    <Icon name="download"/>
                    {t_with("web-link-get", &args!["app" => app.name])}
                </a>
            </li>
        }
    });
    view! {
        <details class="border-t border-base-300" open=group.is_own>
            <summary class="min-h-11 flex items-center font-medium">{t(group.name)}</summary>
            <ul class="grid gap-2 py-3">{apps.collect_view()}</ul>
        </details>
    }
}

impl Page for ImportPage {
    fn head(&self) -> Head {
        Head { leads_to: Some(self.open.clone()), ..Head::of_shop(self.shop.clone()) }
    }

    fn body(self) -> AnyView {
        let app = args!["app" => self.app];
        let main = view! {
            <h1 class="text-2xl" dir="auto">{self.shop}</h1>
            <section class="sheet p-5 mt-4">
                <h2 class="text-lg">{t_with("web-link-import-title", &app)}</h2>
                <p class="mt-1 text-muted">{t_with("web-link-import-hint", &app)}</p>
                <a class="btn btn-primary w-full mt-5" href=self.open>{t_with("web-link-import-open", &app)}</a>
                <p class="mt-5 text-sm text-muted">{t("web-link-import-missing")}</p>
                <a class="btn btn-line w-full mt-2" href=self.store rel="noreferrer">
                    <Icon name="download"/>
                    {t_with("web-link-get", &app)}
                </a>
                <a class="btn btn-ghost w-full mt-2" href=self.back>{t("web-link-import-back")}</a>
            </section>
        };
        frame(main.into_any())
    }
}

impl Page for LinkProblemPage {
    fn head(&self) -> Head {
        Head::of_shop(t(self.texts().0))
    }

    fn body(self) -> AnyView {
        let (title, text) = self.texts();
        let main = view! {
            <section class="sheet p-5 mt-4">
                <h1 class="text-2xl">{t(title)}</h1>
                <p class="mt-2 text-muted">{t(text)}</p>
            </section>
        };
        frame(main.into_any())
    }
}

impl LinkProblemPage {
    const fn texts(&self) -> (&'static str, &'static str) {
        match self.problem {
            LinkProblem::Gone => ("web-link-gone-title", "web-link-gone-text"),
            LinkProblem::Busy => ("web-link-busy-title", "web-link-busy-text"),
        }
    }
}

fn frame(main: AnyView) -> AnyView {
    view! {
        <header class="max-w-xl mx-auto px-5 h-16 flex items-center gap-1">
            <span class="me-auto"></span>
            <LocaleSwitch/>
            <ThemeSwitch/>
        </header>
        <main id="main" tabindex="-1" class="max-w-xl mx-auto px-5 py-8">
            {main}
        </main>
    }
    .into_any()
}
