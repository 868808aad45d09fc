//! Empty pages and problems: what is so, what still works, what to do.

use leptos::prelude::*;

use super::{Icon, Tone};

/// Something that needs the reader. The strip is absent when there is none.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Problem {
    pub tone: Tone,
    pub title: String,
    /// What still works, and since when it is so.
    pub detail: Option<String>,
    /// Label and address of the one thing to do.
    pub action: Option<(String, String)>,
}

#[component]
pub fn ProblemNote(problem: Problem) -> impl IntoView {
    view! {
        <li class=format!("note flex-wrap {}", problem.tone.class())>
            <Icon name=problem.tone.icon()/>
            <div class="flex-1 min-w-52">
                <p class="text-sm font-medium">{problem.title}</p>
                {problem.detail.map(|detail| view! { <p class="text-sm text-muted">{detail}</p> })}
            </div>
            {problem
                .action
                .map(|(label, href)| view! { <a class="btn btn-line max-sm:w-full" href=href>{label}</a> })}
        </li>
    }
}

/// A part of a page that has nothing to show yet, with one action.
#[component]
pub fn EmptyState(
    icon: &'static str,
    #[prop(into)] title: String,
    #[prop(into)] text: String,
    #[prop(optional)] children: Option<Children>,
) -> impl IntoView {
    view! {
        <div class="sheet p-6 flex flex-col items-start min-h-56">
            <span class="size-11 rounded-box grid place-items-center bg-soft text-primary">
                <Icon name=icon class="i-l"/>
            </span>
            <h2 class="text-base mt-4">{title}</h2>
            <p class="text-sm text-muted mt-1 mb-4">{text}</p>
            <div class="mt-auto flex flex-wrap gap-2">{children.map(|children| children())}</div>
        </div>
    }
}
