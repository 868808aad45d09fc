//! The first page: one promise, one button, the phone as proof, the packages.

use leptos::prelude::*;

use crate::{
    components::{
        Cycle, Icon, KeyAction, KeyStyle, PackageCard, PackageCards, Phone, PhoneKey, PhoneMessage, Pip,
        SandboxNotice, SiteFooter, SiteHeader, Tone,
    },
    context::{page_context, t},
    ssr::{Head, Page},
};

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LandingPage {
    pub packages: Vec<PackageCard>,
    /// From `?cycle=`.
    pub cycle: Cycle,
}

impl Page for LandingPage {
    fn head(&self) -> Head {
        Head { title: t("web-landing-title"), description: Some(t("web-landing-lead")), ..Head::default() }
    }

    fn body(self) -> AnyView {
        view! {
            <SandboxNotice/>
            <SiteHeader/>
            <main id="main" tabindex="-1">
                {hero()} {how()} {packages(self.packages, self.cycle)} {promises()} {questions()} {last_call()}
            </main>
            <SiteFooter/>
        }
        .into_any()
    }
}

fn hero() -> AnyView {
    let facts = ["languages", "panel", "trial"]
        .map(|fact| {
            view! {
                <div>
                    <dt class="font-semibold text-sm sm:text-base">{t(&format!("web-landing-fact-{fact}"))}</dt>
                    <dd class="text-2xs sm:text-xs text-muted mt-0.5">{t(&format!("web-landing-fact-{fact}-text"))}</dd>
                </div>
            }
        })
        .into_iter()
        .collect_view();
    let start = start_href();
    view! {
        <section class="max-w-6xl mx-auto px-5 lg:px-8 pt-10 pb-16 lg:pt-16 lg:pb-24 grid grid-cols-1 lg:grid-cols-[1.15fr_1fr] gap-12 lg:gap-14 items-center">
            <div>
                <h1 class="text-3xl lg:text-4xl lg:max-w-xl tracking-tight!">{t("web-landing-title")}</h1>
                <p class="mt-5 text-lg text-muted max-w-lg">{t("web-landing-lead")}</p>
                <div class="mt-8 flex flex-wrap gap-3">
                    <a class="btn btn-primary px-5 text-base max-sm:w-full" href=start>
                        {t("web-landing-start")}
                    </a>
                    <a class="btn btn-line px-5 text-base max-sm:w-full" href="#packages">
                        {t("web-landing-see-packages")}
                    </a>
                </div>
                <p class="mt-3 text-sm text-muted">{t("web-landing-no-card")}</p>
                <dl class="mt-10 pt-6 border-t border-base-300 grid grid-cols-3 gap-5 max-w-lg">{facts}</dl>
            </div>
            <div class="yard px-5 sm:px-10 pt-8 sm:pt-10">
                <figure role="img" aria-label=t("web-landing-phone")>
                    <div aria-hidden="true">
                        <Phone
                            title=t("web-landing-shop")
                            subtitle=t("web-phone-bot")
                            cut=true
                            messages=example_conversation()
                        />
                    </div>
                </figure>
            </div>
        </section>
    }
    .into_any()
}

/// What a visitor's first minute with a shop looks like.
fn example_conversation() -> Vec<PhoneMessage> {
    let key = |label: &str, style| PhoneKey { label: t(label), style, action: KeyAction::Press };
    let message = |text: String, keyboard| PhoneMessage { text, keyboard, ..PhoneMessage::default() };
    vec![
        PhoneMessage { from_me: true, ..message("/start".to_owned(), vec![]) },
        message(t("web-landing-chat-welcome"), vec![vec![key("web-landing-chat-trial", KeyStyle::Primary)]]),
        message(
            t("web-landing-chat-config"),
            vec![
                vec![key("web-landing-chat-open", KeyStyle::Primary)],
                vec![
                    key("web-landing-chat-qr", KeyStyle::Plain),
                    key("web-landing-chat-copy", KeyStyle::Plain),
                ],
            ],
        ),
        message(
            t("web-landing-chat-renew"),
            vec![vec![key("web-landing-chat-renew-key", KeyStyle::Primary)]],
        ),
    ]
}

fn how() -> AnyView {
    let steps = ["package", "bot", "share"]
        .iter()
        .zip([t("web-number-1"), t("web-number-2"), t("web-number-3")])
        .map(|(step, number)| {
            view! {
                <li class="grid grid-cols-[auto_1fr] gap-x-3.5">
                    <span class="pip pip-o size-7 text-sm mt-0.5">{number}</span>
                    <div>
                        <h3 class="text-lg">{t(&format!("web-landing-how-{step}"))}</h3>
                        <p class="mt-1.5 text-muted text-[.9375rem] max-w-sm">
                            {t(&format!("web-landing-how-{step}-text"))}
                        </p>
                    </div>
                </li>
            }
        })
        .collect_view();
    view! {
        <section id="how" class="border-t border-base-300 py-16 lg:py-24">
            <div class="max-w-6xl mx-auto px-5 lg:px-8">
                <h2 class="text-2xl lg:text-3xl max-w-xl">{t("web-landing-how")}</h2>
                <ol class="mt-10 grid grid-cols-1 gap-10 lg:grid-cols-3 lg:gap-7">{steps}</ol>
            </div>
        </section>
    }
    .into_any()
}

fn packages(packages: Vec<PackageCard>, cycle: Cycle) -> AnyView {
    let link = |to: Cycle, key: &str| {
        view! {
            <a href=format!("/?cycle={}#packages", to.code()) aria-current=(to == cycle).then_some("true")>
                {t(key)}
            </a>
        }
    };
    view! {
        <section id="packages" class="border-t border-base-300 bg-base-200 py-16 lg:py-24">
            <div class="max-w-6xl mx-auto px-5 lg:px-8">
                <div class="flex flex-wrap items-end justify-between gap-6">
                    <div class="max-w-xl">
                        <h2 class="text-2xl lg:text-3xl">{t("web-landing-packages")}</h2>
                        <p class="mt-3 text-muted">{t("web-landing-packages-text")}</p>
                    </div>
                    <nav class="seg flex-wrap" aria-label=t("web-package-cycle")>
                        {link(Cycle::Month, "web-package-monthly")}
                        {link(Cycle::Year, "web-package-yearly")}
                    </nav>
                </div>
                <PackageCards packages cycle/>
                <p class="mt-6 text-sm text-muted">{t("web-landing-packages-note")}</p>
            </div>
        </section>
    }
    .into_any()
}

fn promises() -> AnyView {
    let rows = [("money", "shield-check"), ("secrets", "key-round"), ("export", "download")]
        .map(|(promise, icon)| {
            view! {
                <li class="grid grid-cols-[auto_1fr] gap-4 py-7 border-t border-base-300 first:border-0 first:pt-0">
                    <Icon name=icon class="i-l text-primary mt-0.5"/>
                    <div>
                        <h3 class="text-lg">{t(&format!("web-landing-promise-{promise}"))}</h3>
                        <p class="mt-1.5 text-muted max-w-prose">{t(&format!("web-landing-promise-{promise}-text"))}</p>
                    </div>
                </li>
            }
        })
        .into_iter()
        .collect_view();
    view! {
        <section class="border-t border-base-300 py-16 lg:py-24">
            <div class="max-w-6xl mx-auto px-5 lg:px-8 grid grid-cols-1 lg:grid-cols-[20rem_1fr] gap-10 lg:gap-16">
                <div>
                    <h2 class="text-2xl lg:text-3xl">{t("web-landing-promises")}</h2>
                    <p class="mt-3 text-muted">{t("web-landing-promises-text")}</p>
                </div>
                <ul>{rows}</ul>
            </div>
        </section>
    }
    .into_any()
}

fn questions() -> AnyView {
    let rows = ["server", "owner", "limit", "stop", "try"]
        .map(|question| {
            view! {
                <details class="faq border-t border-base-300">
                    <summary>
                        {t(&format!("web-landing-faq-{question}"))}
                        <Icon name="plus"/>
                    </summary>
                    <p class="pb-5 text-muted max-w-prose">{t(&format!("web-landing-faq-{question}-text"))}</p>
                </details>
            }
        })
        .into_iter()
        .collect_view();
    view! {
        <section id="faq" class="border-t border-base-300 py-16 lg:py-24">
            <div class="max-w-6xl mx-auto px-5 lg:px-8 grid grid-cols-1 lg:grid-cols-[20rem_1fr] gap-8 lg:gap-16">
                <h2 class="text-2xl lg:text-3xl">{t("web-landing-faq")}</h2>
                <div class="border-b border-base-300">{rows}</div>
            </div>
        </section>
    }
    .into_any()
}

fn last_call() -> AnyView {
    view! {
        <section class="border-t border-base-300">
            <div class="max-w-6xl mx-auto px-5 lg:px-8 py-14 lg:py-16 flex flex-wrap items-center justify-between gap-6">
                <div class="flex gap-4">
                    <Pip tone=Tone::Ok icon="check"/>
                    <div>
                        <h2 class="text-2xl">{t("web-landing-last")}</h2>
                        <p class="mt-2 text-muted">{t("web-landing-last-text")}</p>
                    </div>
                </div>
                <a class="btn btn-primary px-6 text-base max-sm:w-full" href=start_href()>
                    {t("web-landing-create")}
                    <Icon name="arrow-right" class="flip"/>
                </a>
            </div>
        </section>
    }
    .into_any()
}

fn start_href() -> String {
    page_context().account.map_or_else(|| "/signup".to_owned(), |account| account.home)
}
