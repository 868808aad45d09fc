//! Steps in time, done and to come.

use leptos::prelude::*;

use super::{Pip, Tone};
use crate::context::t;

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum StepState {
    #[default]
    Ahead,
    Running,
    Done,
    Failed,
}

#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct TimelineStep {
    pub state: StepState,
    /// In the reader's language.
    pub title: String,
    pub detail: Option<String>,
    /// The page on which a failed step is mended.
    pub fix: Option<&'static str>,
    /// When it ended, as a formatted time of day.
    pub at: Option<String>,
}

#[component]
pub fn Timeline(steps: Vec<TimelineStep>) -> impl IntoView {
    view! {
        <ol class="tl">
            {steps
                .into_iter()
                .map(|step| {
                    view! {
                        <li>
                            <StepMark state=step.state/>
                            <div class="min-w-0">
                                <p class="text-sm font-medium leading-snug">{step.title}</p>
                                {step.detail.map(|detail| view! { <p class="text-xs text-muted"><bdi>{detail}</bdi></p> })}
                                {step
                                    .fix
                                    .map(|href| {
                                        view! {
                                            <a class="link text-sm inline-flex items-center min-h-11" href=href>
                                                {t("web-deploy-fix")}
                                            </a>
                                        }
                                    })}
                            </div>
                            <span class="text-xs text-muted num pt-0.5">{step.at}</span>
                        </li>
                    }
                })
                .collect_view()}
        </ol>
    }
}

#[component]
fn StepMark(state: StepState) -> impl IntoView {
    let (word, mark) = match state {
        StepState::Ahead => ("web-check-waiting", view! { <span class="pip pip-o"></span> }.into_any()),
        StepState::Running => {
            ("web-check-running", view! { <Pip tone=Tone::Info icon="loader-circle"/> }.into_any())
        }
        StepState::Done => ("web-check-passed", view! { <Pip tone=Tone::Ok icon="check"/> }.into_any()),
        StepState::Failed => ("web-check-failed", view! { <Pip tone=Tone::Bad icon="x"/> }.into_any()),
    };
    view! {
        <span>
            {mark}
            <span class="sr-only">{t(word)}</span>
        </span>
    }
}
