//! The sandbox's failure knobs: what goes wrong next at the pretend Telegram, panel, Stripe and bank.

use domain::locale::args;
use leptos::prelude::*;

use super::frame::frame;
use crate::{
    components::{Choice, ErrorSummary, Field, Icon, Select},
    context::{FormState, t, t_with},
    ssr::{Head, Page},
};

#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct FaultsPage {
    /// `emulator`, `fault`, `pattern`, `times` and `seconds`.
    pub form: FormState,
    pub emulators: Vec<EmulatorFaults>,
    /// What the platform's clock shows, in the reader's words.
    pub platform_time: String,
}

/// One emulator and the faults that are set there.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EmulatorFaults {
    pub emulator: Emulator,
    pub faults: Vec<SetFault>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SetFault {
    pub kind: FaultKind,
    pub pattern: String,
    /// `None`: until it is cleared.
    pub left: Option<i64>,
}

/// Whose part an emulator plays.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Emulator {
    Telegram,
    /// The reader's own panel.
    Panel,
    Stripe,
    Bank,
    YooKassa,
    CryptoPay,
    Wata,
    Mail,
}

/// What goes wrong: with calls that are answered, or with news that are sent.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FaultKind {
    Down,
    Fail,
    Delay,
    LoseAnswer,
    Duplicate,
    Reorder,
    Lose,
}

impl Emulator {
    pub const ALL: [Self; 8] = [
        Self::Telegram,
        Self::Panel,
        Self::Stripe,
        Self::Bank,
        Self::YooKassa,
        Self::CryptoPay,
        Self::Wata,
        Self::Mail,
    ];

    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|emulator| emulator.code() == code)
    }

    pub const fn code(self) -> &'static str {
        match self {
            Self::Telegram => "telegram",
            Self::Panel => "panel",
            Self::Stripe => "stripe",
            Self::Bank => "bank",
            Self::YooKassa => "yookassa",
            Self::CryptoPay => "cryptopay",
            Self::Wata => "wata",
            Self::Mail => "mail",
        }
    }

    const fn title(self) -> &'static str {
        match self {
            Self::Telegram => "web-faults-telegram",
            Self::Panel => "web-faults-panel",
            Self::Stripe => "web-faults-stripe",
            Self::Bank => "web-faults-bank",
            Self::YooKassa => "web-method-yookassa-title",
            Self::CryptoPay => "web-method-cryptopay-title",
            Self::Wata => "web-method-wata-title",
            Self::Mail => "web-faults-mail",
        }
    }
}

impl FaultKind {
    pub const ALL: [Self; 7] =
        [Self::Down, Self::Fail, Self::Delay, Self::LoseAnswer, Self::Duplicate, Self::Reorder, Self::Lose];

    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.code() == code)
    }

    pub const fn code(self) -> &'static str {
        match self {
            Self::Down => "down",
            Self::Fail => "fail",
            Self::Delay => "delay",
            Self::LoseAnswer => "lose_answer",
            Self::Duplicate => "duplicate",
            Self::Reorder => "reorder",
            Self::Lose => "lose",
        }
    }

    const fn title(self) -> &'static str {
        match self {
            Self::Down => "web-faults-down",
            Self::Fail => "web-faults-fail",
            Self::Delay => "web-faults-delay",
            Self::LoseAnswer => "web-faults-lose-answer",
            Self::Duplicate => "web-faults-duplicate",
            Self::Reorder => "web-faults-reorder",
            Self::Lose => "web-faults-lose",
        }
    }
}

impl Page for FaultsPage {
    fn head(&self) -> Head {
        Head::titled(t("web-faults-title"))
    }

    fn body(self) -> AnyView {
        let Self { form, emulators, platform_time } = self;
        let offered = emulators.iter().map(|shown| shown.emulator).collect();
        let parts = view! {
            {set_form(form, offered)}
            <h2 class="text-lg mt-9 mb-3">{t("web-faults-now")}</h2>
            <ul class="grid gap-3">{emulators.into_iter().map(row).collect_view()}</ul>
            <h2 class="text-lg mt-9 mb-3">{t("web-faults-clock")}</h2>
            {clock(platform_time)}
        }
        .into_any();
        frame(t("web-faults-title"), t("web-faults-lead"), parts)
    }
}

fn set_form(form: FormState, emulators: Vec<Emulator>) -> impl IntoView {
    let whose: Vec<Choice> =
        emulators.into_iter().map(|emulator| Choice::new(emulator.code(), t(emulator.title()))).collect();
    let kinds = FaultKind::ALL.map(|kind| Choice::new(kind.code(), t(kind.title()))).to_vec();
    view! {
        <form method="post" action="/sandbox/faults" class="sheet p-4.5 mt-7 grid gap-4">
            <ErrorSummary form=form.clone()/>
            <div class="grid sm:grid-cols-2 gap-4">
                <Select form=form.clone() name="emulator" label=t("web-faults-emulator") choices=whose/>
                <Select form=form.clone() name="fault" label=t("web-faults-fault") choices=kinds/>
                <Field
                    form=form.clone()
                    name="pattern"
                    label=t("web-faults-pattern")
                    hint=t("web-faults-pattern-hint")
                    ltr=true
                    maxlength=100
                />
                <Field
                    form=form.clone()
                    name="times"
                    label=t("web-faults-times")
                    hint=t("web-faults-times-hint")
                    ltr=true
                    inputmode="numeric"
                    maxlength=4
                />
                <Field
                    form
                    name="seconds"
                    label=t("web-faults-seconds")
                    hint=t("web-faults-seconds-hint")
                    ltr=true
                    inputmode="numeric"
                    maxlength=3
                />
            </div>
            <button class="btn btn-primary justify-self-start max-sm:w-full" name="act" value="set">
                <Icon name="plus"/>
                {t("web-faults-set")}
            </button>
        </form>
    }
}

fn clock(platform_time: String) -> impl IntoView {
    let steps =
        [("1d", "web-faults-clock-day"), ("7d", "web-faults-clock-week"), ("30d", "web-faults-clock-month")];
    view! {
        <form method="post" action="/sandbox/platform-clock" class="sheet p-4.5 grid gap-3">
            <p class="text-sm text-muted max-w-prose">{t("web-faults-clock-lead")}</p>
            <p class="font-medium">{platform_time}</p>
            <div class="flex flex-wrap gap-2">
                {steps
                    .map(|(value, label)| {
                        view! {
                            <button class="btn max-sm:flex-1" name="advance" value=value>
                                {t(label)}
                            </button>
                        }
                    })
                    .collect_view()}
            </div>
        </form>
    }
}

fn row(shown: EmulatorFaults) -> impl IntoView {
    let EmulatorFaults { emulator, faults } = shown;
    let works = faults.is_empty();
    view! {
        <li class="sheet p-4.5 grid gap-2">
            <div class="flex flex-wrap items-center gap-x-3">
                <h3 class="font-medium me-auto">{t(emulator.title())}</h3>
                {(!works)
                    .then(|| {
                        view! {
                            <form method="post" action="/sandbox/faults">
                                <input type="hidden" name="emulator" value=emulator.code()/>
                                <button class="btn btn-ghost" name="act" value="clear">
                                    {t("web-faults-clear")}
                                </button>
                            </form>
                        }
                    })}
            </div>
            {if works {
                view! { <p class="text-sm text-muted">{t("web-faults-none")}</p> }.into_any()
            } else {
                view! { <ul class="grid gap-2">{faults.into_iter().map(line).collect_view()}</ul> }.into_any()
            }}
        </li>
    }
}

fn line(fault: SetFault) -> impl IntoView {
    let left = match fault.left {
        Some(times) => t_with("web-faults-left", &args!["count" => times]),
        None => t("web-faults-until-cleared"),
    };
    view! {
        <li class="flex flex-wrap items-center gap-x-3 text-sm">
            <span class="font-medium">{t(fault.kind.title())}</span>
            <bdi class="ltr">{fault.pattern}</bdi>
            <span class="text-muted">{left}</span>
        </li>
    }
}
