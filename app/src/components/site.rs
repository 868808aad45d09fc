//! Header and footer of the public pages.

use leptos::prelude::*;

use super::{Icon, LocaleButtons, LocaleSwitch, Logo, ThemeSwitch};
use crate::context::{page_context, t};

const SECTIONS: [(&str, &str); 3] =
    [("/#how", "web-nav-how"), ("/#packages", "web-nav-packages"), ("/#faq", "web-nav-faq")];

#[component]
pub fn SiteHeader() -> impl IntoView {
    let account = page_context().account;
    let (enter, entry) = match account {
        Some(account) => (account.home, ("web-nav-my-shop", "")),
        None => ("/login".to_owned(), ("web-nav-login", "web-nav-start")),
    };
    let links = |class: &'static str| {
        SECTIONS.map(|(href, key)| view! { <a class=class href=href>{t(key)}</a> }).into_iter().collect_view()
    };
    view! {
        <header class="sticky top-0 z-10 bg-base-100/95 border-b border-base-300">
            <div class="max-w-6xl mx-auto px-5 lg:px-8 h-16 flex items-center gap-2">
                <a href="/" class="me-auto rounded-field inline-flex items-center min-h-11">
                    <Logo/>
                </a>
                <nav class="hidden lg:flex" aria-label=t("web-nav-main")>
                    {links("btn btn-ghost px-3.5 text-muted hover:text-base-content")}
                </nav>
                <div class="hidden sm:flex items-center lg:ms-4">
                    <LocaleSwitch/>
                    <ThemeSwitch/>
                    <a class="btn btn-ghost" href=enter.clone()>{t(entry.0)}</a>
                </div>
                {(!entry.1.is_empty())
                    .then(|| {
                        view! { <a class="btn btn-primary px-4 ms-1 max-sm:hidden" href="/signup">{t(entry.1)}</a> }
                    })}
                <button
                    type="button"
                    class="btn btn-ghost btn-square lg:hidden"
                    popovertarget="menu"
                    aria-label=t("web-nav-menu")
                >
                    <Icon name="menu" class="i-l"/>
                </button>
            </div>
        </header>
        <nav id="menu" popover="auto" class="side-pop p-3" aria-label=t("web-nav-menu")>
            <div class="flex justify-between items-center px-2 h-12 mb-2">
                <Logo/>
                <button
                    type="button"
                    class="btn btn-ghost btn-square"
                    popovertarget="menu"
                    popovertargetaction="hide"
                    aria-label=t("web-nav-close")
                >
                    <Icon name="x"/>
                </button>
            </div>
            {links("nav-a text-base!")}
            <hr class="border-base-300 my-3"/>
            <a class="nav-a text-base!" href=enter>{t(entry.0)}</a>
            <hr class="border-base-300 my-3"/>
            <LocaleButtons/>
            <ThemeSwitch/>
        </nav>
    }
}

/// The row on top of every other page outside the customer's area: the way home, language and theme.
#[component]
pub fn BrandRow(class: &'static str, #[prop(optional)] children: Option<Children>) -> impl IntoView {
    view! {
        <div class=format!("h-16 flex items-center gap-1 {class}")>
            <a href="/" class="me-auto inline-flex items-center min-h-11 rounded-field">
                <Logo/>
            </a>
            {children.map(|children| children())}
            <LocaleSwitch/>
            <ThemeSwitch/>
        </div>
    }
}

#[component]
pub fn SiteFooter() -> impl IntoView {
    let link = "inline-flex items-center min-h-11 lg:min-h-8 text-sm text-muted hover:text-base-content hover:underline underline-offset-4";
    view! {
        <footer class="border-t border-base-300 bg-base-200">
            <div class="max-w-6xl mx-auto px-5 lg:px-8 py-10 flex flex-wrap justify-between gap-8">
                <div>
                    <Logo/>
                    <p class="text-sm text-muted mt-3 max-w-xs">{t("web-footer-about")}</p>
                </div>
                <ul class="flex flex-wrap gap-x-6">
                    {SECTIONS
                        .map(|(href, key)| view! { <li><a class=link href=href>{t(key)}</a></li> })
                        .into_iter()
                        .collect_view()}
                    <li>
                        <a class=link href="/login">{t("web-nav-login")}</a>
                    </li>
                </ul>
            </div>
            <div class="max-w-6xl mx-auto px-5 lg:px-8">
                <p class="py-5 border-t border-base-300 text-sm text-muted">{t("web-footer-independent")}</p>
            </div>
        </footer>
    }
}
