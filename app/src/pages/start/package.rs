//! Step 2: fourteen days free, or pay at once.

use domain::locale::args;
use leptos::prelude::*;

use crate::{
    components::{
        Cycle, ErrorSummary, Icon, PackageCard, PackageCode, Tone, Wizard, WizardPreview, WizardStep,
    },
    context::{FormState, t, t_with},
    ssr::{Head, Page},
};

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PackagePage {
    pub done: Vec<WizardStep>,
    pub preview: Option<WizardPreview>,
    pub form: FormState,
    pub packages: Vec<PackageCard>,
    pub chosen: PackageCode,
    pub cycle: Cycle,
    pub state: PackageState,
}

/// What the customer already has.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum PackageState {
    #[default]
    None,
    /// Until a formatted date.
    Trial { until: String },
    /// A checkout was opened and its answer has not come. Whoever only looked may choose otherwise.
    Waiting,
    /// Money came that does not match what was asked; a person looks at it.
    Disputed,
    /// Until a formatted date.
    Paid { package: PackageCode, until: String },
}

impl Page for PackagePage {
    fn head(&self) -> Head {
        Head::titled(t("web-choose-title"))
    }

    fn body(self) -> AnyView {
        let Self { done, preview, form, packages, chosen, cycle, state } = self;
        let may_pay = !matches!(state, PackageState::Paid { .. } | PackageState::Disputed);
        let may_try = matches!(state, PackageState::None | PackageState::Waiting);
        let has_one = matches!(state, PackageState::Paid { .. } | PackageState::Trial { .. });
        view! {
            <Wizard step=WizardStep::Package done title=t("web-choose-title") lead=t("web-choose-lead") preview>
                {state_note(&state)}
                <form method="post" action="/start/package" class="mt-7 grid gap-3">
                    <ErrorSummary form=form/>
                    {may_pay.then(|| choices(&packages, chosen, cycle))}
                    <div class="flex flex-wrap items-center gap-2 mt-3">
                        {WizardStep::Package.back_link()}
                        <span class="ms-auto"></span>
                        {may_pay
                            .then(|| {
                                view! {
                                    <button
                                        class=if has_one { "btn btn-line max-sm:w-full" } else { "btn btn-primary max-sm:w-full" }
                                        name="act"
                                        value="pay"
                                    >
                                        <Icon name="credit-card"/>
                                        {t("web-choose-pay")}
                                    </button>
                                }
                            })}
                        {may_try
                            .then(|| {
                                view! {
                                    <button class="btn btn-line max-sm:w-full" name="act" value="trial">
                                        {t("web-choose-trial")}
                                    </button>
                                }
                            })}
                        {has_one
                            .then(|| {
                                view! {
                                    <a class="btn btn-primary px-5 max-sm:w-full" href=WizardStep::Bot.href()>
                                        {t("web-continue")}
                                        <Icon name="arrow-right" class="flip"/>
                                    </a>
                                }
                            })}
                    </div>
                    {may_try.then(|| view! { <p class="text-sm text-muted text-end">{t("web-choose-trial-text")}</p> })}
                </form>
            </Wizard>
        }
        .into_any()
    }
}

fn choices(packages: &[PackageCard], chosen: PackageCode, cycle: Cycle) -> AnyView {
    let cycle_radio = |of: Cycle, key: &str, class: &'static str| {
        view! {
            <label>
                <input type="radio" name="cycle" class=class value=of.code() autocomplete="off" checked=of == cycle/>
                {t(key)}
            </label>
        }
    };
    let rows = packages
        .iter()
        .map(|package| {
            let price = |class: &'static str, cycle: Cycle| {
                let (price, per) = package.price_text(cycle);
                view! {
                    <span class=class>
                        <span class="font-semibold num whitespace-nowrap">{price}</span>
                        <span class="block text-xs text-muted">{per}</span>
                    </span>
                }
            };
            view! {
                <section class="pick">
                    <label class="pick-h">
                        <input
                            class="radio radio-primary radio-sm mt-0.5"
                            type="radio"
                            name="package"
                            value=package.code.code()
                            autocomplete="off"
                            checked=package.code == chosen
                        />
                        <span class="flex-1 min-w-0">
                            <span class="font-medium">{package.code.name()}</span>
                            <span class="block text-sm text-muted mt-0.5">{package.limits()}</span>
                        </span>
                        <span class="text-end">
                            {price("swap-a", Cycle::Month)} {price("swap-b", Cycle::Year)}
                        </span>
                    </label>
                </section>
            }
        })
        .collect_view();
    view! {
        <div class="swap grid gap-3">
            <fieldset class="seg flex-wrap justify-self-start">
                <legend class="sr-only">{t("web-package-cycle")}</legend>
                {cycle_radio(Cycle::Month, "web-package-monthly", "")}
                {cycle_radio(Cycle::Year, "web-package-yearly", "sw-b")}
            </fieldset>
            <fieldset class="grid gap-3">
                <legend class="sr-only">{t("web-choose-title")}</legend>
                {rows}
            </fieldset>
        </div>
    }
    .into_any()
}

fn state_note(state: &PackageState) -> Option<AnyView> {
    let (tone, text) = match state {
        PackageState::None => return None,
        PackageState::Trial { until } => {
            (Tone::Ok, t_with("web-choose-state-trial", &args!["until" => until.clone()]))
        }
        PackageState::Waiting => (Tone::Info, t("web-choose-state-waiting")),
        PackageState::Disputed => (Tone::Warn, t("web-return-mismatch-text")),
        PackageState::Paid { package, until } => (
            Tone::Ok,
            t_with("web-choose-state-paid", &args!["package" => package.name(), "until" => until.clone()]),
        ),
    };
    let waiting = *state == PackageState::Waiting;
    Some(
        view! {
            <div class=format!("note mt-6 flex-wrap {}", tone.class()) role="status">
                <Icon name=tone.icon()/>
                <p class="text-sm flex-1 min-w-52">{text}</p>
                {waiting
                    .then(|| {
                        view! {
                            <a class="btn btn-line max-sm:w-full" href="/start/package/return">
                                {t("web-choose-state-waiting-link")}
                            </a>
                        }
                    })}
            </div>
        }
        .into_any(),
    )
}
