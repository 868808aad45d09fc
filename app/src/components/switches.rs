//! Language and theme as forms, and the strip of the sandbox.

use domain::locale::Locale;
use leptos::prelude::*;

use super::Icon;
use crate::context::{Theme, page_context, t};

/// A small menu of the three languages; each entry is the button of a form.
#[component]
pub fn LocaleSwitch() -> impl IntoView {
    let context = page_context();
    let current = context.locale;
    view! {
        <details class="relative">
            <summary class="btn btn-ghost px-3">
                <span class="sr-only">{t("web-language")} ": "</span>
                {current.native_name()}
                <Icon name="chevron-down" class="i-s text-muted"/>
            </summary>
            <div class="sheet shadow-pop p-1.5 absolute end-0 top-full mt-1 z-20 min-w-36">
                {LocaleButtons()}
            </div>
        </details>
    }
}

/// The same three forms as plain rows, for menus.
#[component]
pub fn LocaleButtons() -> impl IntoView {
    let context = page_context();
    Locale::ALL
        .into_iter()
        .map(|locale| {
            let current = locale == context.locale;
            view! {
                <form method="post" action=format!("/lang/{}", locale.code())>
                    <input type="hidden" name="return_to" value=context.path.clone()/>
                    <button
                        class="nav-a w-full"
                        lang=locale.code()
                        dir=locale.dir()
                        aria-current=current.then_some("true")
                    >
                        {locale.native_name()}
                    </button>
                </form>
            }
        })
        .collect_view()
}

/// Turns the theme over. Without a choice yet we cannot see the browser's, so both buttons are sent
/// and the style sheet shows the one that changes something.
#[component]
pub fn ThemeSwitch() -> impl IntoView {
    let context = page_context();
    let button = |theme: &'static str, class: &'static str| {
        let (icon, label) = match theme {
            "dark" => ("moon", t("web-theme-dark")),
            _ => ("sun", t("web-theme-light")),
        };
        view! {
            <button class=format!("btn btn-ghost btn-square {class}") name="theme" value=theme aria-label=label>
                <Icon name=icon/>
            </button>
        }
    };
    view! {
        <form method="post" action="/theme" class="inline-flex">
            <input type="hidden" name="return_to" value=context.path.clone()/>
            {match context.theme {
                Theme::Light => button("dark", "").into_any(),
                Theme::Dark => button("light", "").into_any(),
                Theme::System => {
                    view! {
                        {button("dark", "scheme-light")}
                        {button("light", "scheme-dark")}
                    }
                        .into_any()
                }
            }}
        </form>
    }
}

/// The hatched strip of a sandbox server; nothing else may use the hatch.
#[component]
pub fn SandboxNotice() -> impl IntoView {
    page_context().sandbox.map(|sandbox| {
        view! {
            <aside aria-label=t("web-sandbox-label") class="hatch border-b border-base-300">
                <div class="max-w-[96rem] mx-auto px-5 py-1.5 flex flex-wrap items-center gap-x-3 text-sm font-medium">
                    <Icon name="flask-conical"/>
                    <strong class="font-semibold">{t("web-sandbox-label")}</strong>
                    <span class="max-sm:hidden">{t("web-sandbox-strip")}</span>
                    {sandbox
                        .botfather
                        .map(|href| {
                            view! {
                                <a class="link inline-flex items-center min-h-8 ms-auto" href=href>
                                    {t("web-sandbox-botfather")}
                                </a>
                                <a class="link inline-flex items-center min-h-8" href="/sandbox/faults">
                                    {t("web-sandbox-faults")}
                                </a>
                                <a class="link inline-flex items-center min-h-8" href="/sandbox/mail">
                                    {t("web-sandbox-mail")}
                                </a>
                            }
                        })}
                </div>
            </aside>
        }
    })
}
