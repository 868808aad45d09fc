//! Rows that tick while a setting is verified.

use leptos::prelude::*;

use super::{ErrorLine, Pip, Tone};
use crate::context::t;

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum CheckState {
    /// Not reached yet.
    #[default]
    Waiting,
    Running,
    /// The reader has to do something.
    Yours,
    Passed,
    Warned,
    Failed,
}

/// One row: what was looked at, what came out, how long it took.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Check {
    pub state: CheckState,
    /// In the reader's language.
    pub title: String,
    /// The result, or the cause and the fix of a failure.
    pub help: Option<String>,
    /// A duration, formatted.
    pub took: Option<String>,
}

impl CheckState {
    fn word(self) -> &'static str {
        match self {
            Self::Waiting => "web-check-waiting",
            Self::Running => "web-check-running",
            Self::Yours => "web-check-yours",
            Self::Passed => "web-check-passed",
            Self::Warned => "web-check-warned",
            Self::Failed => "web-check-failed",
        }
    }
}

/// The mark of a state, with its word for those who do not see it.
#[component]
pub fn CheckMark(state: CheckState) -> impl IntoView {
    let mark = match state {
        CheckState::Waiting => view! { <span class="pip pip-o"></span> }.into_any(),
        CheckState::Running => view! { <Pip tone=Tone::Info icon="loader-circle"/> }.into_any(),
        CheckState::Yours => view! { <Pip tone=Tone::Info icon="arrow-right"/> }.into_any(),
        CheckState::Passed => view! { <Pip tone=Tone::Ok icon="check"/> }.into_any(),
        CheckState::Warned => view! { <Pip tone=Tone::Warn icon="triangle-alert"/> }.into_any(),
        CheckState::Failed => view! { <Pip tone=Tone::Bad icon="x"/> }.into_any(),
    };
    view! {
        <span>
            {mark}
            <span class="sr-only">{t(state.word())}</span>
        </span>
    }
}

/// The rows; `children` may add rows of the page's own.
#[component]
pub fn CheckList(checks: Vec<Check>) -> impl IntoView {
    checks.into_iter().map(|check| view! { <CheckRow check/> }).collect_view()
}

#[component]
pub fn CheckRow(check: Check, #[prop(optional)] children: Option<Children>) -> impl IntoView {
    let failed = check.state == CheckState::Failed;
    view! {
        <li class="tick-row first:border-0">
            <CheckMark state=check.state/>
            <div class="min-w-0">
                <p class="text-sm font-medium">{check.title}</p>
                {check
                    .help
                    .map(|help| {
                        if failed {
                            view! { <ErrorLine text=help class="err mt-0.5"/> }.into_any()
                        } else {
                            view! { <p class="text-xs text-muted mt-0.5">{help}</p> }.into_any()
                        }
                    })}
                {children.map(|children| children())}
            </div>
            <div class="text-xs text-muted num pt-0.5">{check.took}</div>
        </li>
    }
}
