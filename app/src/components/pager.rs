//! From one page of a list to the next.

use leptos::prelude::*;

use crate::context::t;

/// Links to the pages before and after this one, named by their keys; nothing when it is the only one.
#[component]
pub fn Pager(newer: (Option<String>, &'static str), older: (Option<String>, &'static str)) -> impl IntoView {
    let turn = |(href, key): (Option<String>, &'static str)| {
        href.map(|href| view! { <a class="btn btn-line" href=href>{t(key)}</a> })
    };
    (newer.0.is_some() || older.0.is_some()).then(|| {
        view! {
            <nav
                class="flex flex-wrap items-center gap-3 px-4.5 py-2.5 border-t border-base-300"
                aria-label=t("web-orders-pages")
            >
                {turn(newer)}
                <span class="ms-auto">{turn(older)}</span>
            </nav>
        }
    })
}
