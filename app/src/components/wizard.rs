//! The frame of the set-up steps: where one is, and the phone that shows what customers will see.

use domain::locale::{args, format};
use leptos::prelude::*;

use super::{BrandRow, FlashNote, Icon, Phone, PhoneMessage, SandboxNotice};
use crate::context::{page_context, reader_locale, t, t_with};

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum WizardStep {
    Shop,
    Package,
    Bot,
    Panel,
    Plans,
    Live,
}

impl WizardStep {
    pub const ALL: [Self; 6] = [Self::Shop, Self::Package, Self::Bot, Self::Panel, Self::Plans, Self::Live];

    pub const fn href(self) -> &'static str {
        match self {
            Self::Shop => "/start/shop",
            Self::Package => "/start/package",
            Self::Bot => "/start/bot",
            Self::Panel => "/start/panel",
            Self::Plans => "/start/plans",
            Self::Live => "/start/live",
        }
    }

    pub fn name(self) -> String {
        t(match self {
            Self::Shop => "web-step-shop",
            Self::Package => "web-step-package",
            Self::Bot => "web-step-bot",
            Self::Panel => "web-step-panel",
            Self::Plans => "web-step-plans",
            Self::Live => "web-step-live",
        })
    }

    fn before(self) -> Option<Self> {
        let index = Self::ALL.iter().position(|step| *step == self)?;
        index.checked_sub(1).map(|index| Self::ALL[index])
    }

    /// The link to the step before, for the row of buttons below the form.
    pub fn back_link(self) -> Option<AnyView> {
        let before = self.before()?;
        Some(
            view! {
                <a class="btn btn-ghost -ms-3" href=before.href()>
                    <Icon name="arrow-left" class="flip"/>
                    {before.name()}
                </a>
            }
            .into_any(),
        )
    }
}

/// The start of the shop's own conversation, as its bot would hold it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct WizardPreview {
    pub shop: String,
    pub messages: Vec<PhoneMessage>,
    /// What the texts come from, for instance the starter pack.
    pub remark: Option<String>,
}

#[component]
pub fn Wizard(
    step: WizardStep,
    /// Steps that are finished, whatever their order.
    done: Vec<WizardStep>,
    #[prop(into)] title: String,
    #[prop(into)] lead: String,
    preview: Option<WizardPreview>,
    children: Children,
) -> impl IntoView {
    let grid = if preview.is_some() {
        "max-w-6xl mx-auto px-5 lg:px-8 py-8 lg:py-10 grid grid-cols-1 lg:grid-cols-[minmax(0,1fr)_22rem] gap-10 lg:gap-16 items-start"
    } else {
        "max-w-6xl mx-auto px-5 lg:px-8 py-8 lg:py-10"
    };
    view! {
        <SandboxNotice/>
        <header class="border-b border-base-300 bg-base-100">
            <BrandRow class="max-w-6xl mx-auto px-5 lg:px-8">
                <span class="text-sm text-muted max-md:hidden me-3">{t("web-wizard-saved")}</span>
            </BrandRow>
        </header>
        <div class="max-w-6xl mx-auto px-5 lg:px-8 pt-3">{progress(step, &done)}</div>
        <main id="main" tabindex="-1" class=grid>
            <div class="min-w-0">
                <FlashNote/>
                <h1 class="text-2xl">{title}</h1>
                <p class="mt-2 text-muted max-w-prose">{lead}</p>
                {children()}
            </div>
            {preview.map(preview_aside)}
        </main>
        {page_context().account.map(|account| sign_out(account.email))}
    }
}

fn sign_out(email: String) -> AnyView {
    view! {
        <footer class="max-w-6xl mx-auto px-5 lg:px-8 pb-6 text-xs text-muted">
            <form method="post" action="/logout" class="flex flex-wrap items-center gap-x-3">
                <bdi class="ltr break-all">{email}</bdi>
                <button class="link inline-flex items-center min-h-11">{t("web-nav-logout")}</button>
            </form>
        </footer>
    }
    .into_any()
}

fn progress(current: WizardStep, done: &[WizardStep]) -> AnyView {
    let locale = reader_locale();
    let index = WizardStep::ALL.iter().position(|step| *step == current).unwrap_or(0);
    let steps = WizardStep::ALL
        .into_iter()
        .enumerate()
        .map(|(number, step)| {
            let is_done = done.contains(&step) && step != current;
            let is_current = step == current;
            let bar = if is_done || is_current {
                "h-1 rounded-full bg-primary"
            } else {
                "h-1 rounded-full bg-base-300"
            };
            let class = if is_current {
                "flex flex-col gap-1.5 rounded-field pt-3 pb-1.5 min-h-11 text-xs font-semibold"
            } else {
                "flex flex-col gap-1.5 rounded-field pt-3 pb-1.5 min-h-11 text-xs text-muted"
            };
            let mark = if is_done {
                view! { <Icon name="check" class="i-s text-primary"/> }.into_any()
            } else {
                let number = format::number(locale, i64::try_from(number + 1).unwrap_or_default());
                view! { <span class="num">{number}</span> }.into_any()
            };
            let label = view! {
                <span class=bar></span>
                <span class="flex items-center gap-1 max-sm:sr-only">
                    {mark}
                    <span class="truncate">{step.name()}</span>
                </span>
            };
            let reachable = is_done || is_current || done.len() >= number;
            let item = if reachable {
                view! {
                    <a href=step.href() aria-current=is_current.then_some("step") class=class>{label}</a>
                }
                .into_any()
            } else {
                view! { <span class=class>{label}</span> }.into_any()
            };
            view! { <li class="flex-1 min-w-0">{item}</li> }
        })
        .collect_view();
    let position = t_with(
        "web-wizard-position",
        &args![
            "number" => i64::try_from(index + 1).unwrap_or_default(),
            "of" => 6_i64,
            "step" => current.name(),
        ],
    );
    view! {
        <nav aria-label=t("web-wizard-steps")>
            <ol class="flex gap-1.5">{steps}</ol>
            <p class="sm:hidden text-xs text-muted mt-1">{position}</p>
        </nav>
    }
    .into_any()
}

fn preview_aside(preview: WizardPreview) -> AnyView {
    view! {
        <aside class="lg:sticky lg:top-8" aria-label=t("web-wizard-preview")>
            <p class="text-sm text-muted mb-3 text-center">{t("web-wizard-preview-caption")}</p>
            <div class="yard p-6 pb-0">
                <div aria-hidden="true">
                    <Phone title=preview.shop subtitle=t("web-phone-bot") cut=true messages=preview.messages/>
                </div>
            </div>
            {preview.remark.map(|remark| view! { <p class="text-xs text-muted mt-3 text-center">{remark}</p> })}
        </aside>
    }
    .into_any()
}
