//! A sheet of which only the title shows until the reader opens it.

use leptos::prelude::*;

use super::Icon;

#[component]
pub fn Fold(
    icon: &'static str,
    #[prop(into)] title: String,
    /// What stands at the end of the title's row.
    #[prop(optional_no_strip)]
    value: Option<String>,
    #[prop(optional)] open: bool,
    #[prop(default = "")] class: &'static str,
    children: Children,
) -> impl IntoView {
    view! {
        <details class=format!("sheet min-w-0 {class}") open=open>
            <summary class="flex items-center gap-3 px-4.5 min-h-13 text-sm font-medium">
                <Icon name=icon class="text-muted"/>
                <span class="me-auto">{title}</span>
                {value.map(|value| view! { <bdi class="code text-muted">{value}</bdi> })}
                <Icon name="chevron-down" class="text-muted"/>
            </summary>
            <div class="px-4.5 pb-4.5">{children()}</div>
        </details>
    }
}
