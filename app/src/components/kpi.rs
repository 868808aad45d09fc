//! One figure of a strip (`.cells`).

use leptos::prelude::*;

use super::{Icon, Tone};

/// How a figure moved against the period before.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Change {
    /// A finished sentence; the arrow goes up and is good.
    Up(String),
    Down(String),
    /// A remark without direction.
    Note(String),
}

#[component]
pub fn Kpi(
    #[prop(into)] label: String,
    #[prop(into)] value: String,
    #[prop(optional)] change: Option<Change>,
) -> impl IntoView {
    view! {
        <div class="p-4 lg:px-5">
            <p class="text-xs text-muted">{label}</p>
            <p class="fig mt-1">{value}</p>
            {change
                .map(|change| {
                    let (class, icon, text) = match change {
                        Change::Up(text) => (Tone::Ok.class(), Some("trending-up"), text),
                        Change::Down(text) => (Tone::Bad.class(), Some("trending-down"), text),
                        Change::Note(text) => ("text-muted", None, text),
                    };
                    let ink = if icon.is_some() { "ink" } else { "" };
                    view! {
                        <p class=format!("text-xs mt-1 flex gap-1 items-center {class} {ink}")>
                            {icon.map(|icon| view! { <Icon name=icon class="i-s"/> })}
                            {text}
                        </p>
                    }
                })}
        </div>
    }
}
