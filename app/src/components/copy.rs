//! A technical value with a button that copies it.

use leptos::prelude::*;

use super::Icon;
use crate::context::t;

/// The value can be selected by hand too; the button works where there is JavaScript (the page needs
/// the `CopyButtons` island).
#[component]
pub fn CopyValue(#[prop(into)] value: String) -> impl IntoView {
    view! {
        <span class="flex items-center gap-2 min-w-0">
            <bdi class="code min-w-0 break-all select-all">{value.clone()}</bdi>
            <button type="button" class="btn btn-ghost btn-square" data-copy=value aria-label=t("web-copy")>
                <Icon name="copy"/>
            </button>
        </span>
    }
}
