//! Icons from the one sprite, and the mark.

use leptos::prelude::*;

use crate::context::t;

/// An icon of `public/icons.svg`; it only repeats the word beside it, so it is hidden from readers.
#[component]
pub fn Icon(name: &'static str, #[prop(optional)] class: &'static str) -> impl IntoView {
    view! {
        <svg class=format!("i {class}").trim_end().to_owned() aria-hidden="true">
            <use href=format!("/icons.svg#{name}")></use>
        </svg>
    }
}

/// The mark (a chat bubble with a half-open gate) and the name.
#[component]
pub fn Logo(#[prop(optional)] class: &'static str) -> impl IntoView {
    view! {
        <span class=format!("inline-flex items-center gap-2.5 font-semibold text-lg tracking-tight {class}")>
            <svg viewBox="0 0 32 32" class="size-8 flex-none" aria-hidden="true">
                <g class="text-primary" fill="currentColor">
                    <path d="M9.5 2.5h13A7.5 7.5 0 0 1 30 10v8.5a7.5 7.5 0 0 1-7.5 7.5h-7.2l-5 4.3c-.7.6-1.8.1-1.8-.8V26A7.5 7.5 0 0 1 2 18.5V10a7.5 7.5 0 0 1 7.5-7.5Z"></path>
                    <path class="fill-base-100" d="M8.7 21.4v-7.3a7.3 7.3 0 0 1 14.6 0v7.3a.7.7 0 0 1-.7.7H9.4a.7.7 0 0 1-.7-.7Z"></path>
                    <path d="M10.8 20.2v-6.1a5.2 5.2 0 0 1 4.4-5.14V20.2Z"></path>
                </g>
            </svg>
            {t("web-product-name")}
        </span>
    }
}
