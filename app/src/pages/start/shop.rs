//! Step 1: a name and the starter pack, which brings language, currency, time zone and plans. A fold
//! holds what may be chosen otherwise.

use leptos::prelude::*;

use crate::{
    components::{
        Choice, ErrorLine, ErrorSummary, Field, Fold, Icon, Select, Wizard, WizardPreview, WizardStep,
    },
    context::{FormState, t},
    ssr::{Head, Page},
};

#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ShopPage {
    pub done: Vec<WizardStep>,
    pub preview: Option<WizardPreview>,
    /// Saved or typed values: `name` `pack`, and `language` `currency` `time_zone` where they differ
    /// from the pack's.
    pub form: FormState,
    pub packs: Vec<Pack>,
    /// The shop has plans, which another pack would replace.
    pub refills: bool,
    pub currencies: Vec<Choice>,
    pub time_zones: Vec<Choice>,
}

/// A starter pack: `iran`, `russia` or `international`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Pack {
    Iran,
    Russia,
    International,
}

impl Pack {
    pub const ALL: [Self; 3] = [Self::Iran, Self::Russia, Self::International];

    pub const fn code(self) -> &'static str {
        match self {
            Self::Iran => "iran",
            Self::Russia => "russia",
            Self::International => "international",
        }
    }
}

impl Page for ShopPage {
    fn head(&self) -> Head {
        Head::titled(t("web-shop-title"))
    }

    fn body(self) -> AnyView {
        let Self { done, preview, form, packs, refills, currencies, time_zones } = self;
        view! {
            <Wizard step=WizardStep::Shop done title=t("web-shop-title") lead=t("web-shop-lead") preview>
                <form method="post" action="/start/shop" class="mt-7 grid gap-5">
                    <ErrorSummary form=form.clone()/>
                    <Field
                        form=form.clone()
                        name="name"
                        label=t("web-shop-name")
                        hint=t("web-shop-name-hint")
                        autocomplete="organization"
                        required=true
                        maxlength=40
                    />
                    {pack_choice(&form, packs, refills)}
                    {adjustments(form, currencies, time_zones)}
                    <div class="flex flex-wrap items-center gap-2 mt-2">
                        <button class="btn btn-primary px-5 ms-auto max-sm:w-full">
                            {t("web-continue")}
                            <Icon name="arrow-right" class="flip"/>
                        </button>
                    </div>
                </form>
            </Wizard>
        }
        .into_any()
    }
}

/// Each begins with "as in the pack".
fn adjustments(form: FormState, currencies: Vec<Choice>, time_zones: Vec<Choice>) -> AnyView {
    let with_pack = |choices: Vec<Choice>| {
        std::iter::once(Choice::new("", t("web-shop-as-pack"))).chain(choices).collect::<Vec<_>>()
    };
    let open = ["language", "currency", "time_zone"]
        .iter()
        .any(|field| !form.value(field).is_empty() || form.error(field).is_some());
    view! {
        <Fold icon="sliders-horizontal" title=t("web-shop-adjust") open>
            <div class="grid sm:grid-cols-2 gap-5">
                <Select
                    form=form.clone()
                    name="language"
                    label=t("web-shop-language")
                    hint=t("web-shop-language-hint")
                    choices=with_pack(languages())
                />
                <Select
                    form=form.clone()
                    name="currency"
                    label=t("web-shop-currency")
                    hint=t("web-shop-currency-hint")
                    choices=with_pack(currencies)
                />
                <Select form name="time_zone" label=t("web-shop-time-zone") choices=with_pack(time_zones)/>
            </div>
        </Fold>
    }
    .into_any()
}

fn languages() -> Vec<Choice> {
    domain::locale::Locale::ALL
        .into_iter()
        .map(|locale| Choice::new(locale.code(), locale.native_name()))
        .collect()
}

fn pack_choice(form: &FormState, packs: Vec<Pack>, refills: bool) -> AnyView {
    let chosen = form.value("pack");
    let rows = packs
        .into_iter()
        .map(|pack| {
            let code = pack.code();
            view! {
                <section class="pick">
                    <label class="pick-h">
                        <input
                            class="radio radio-primary radio-sm mt-0.5"
                            type="radio"
                            name="pack"
                            value=code
                            autocomplete="off"
                            checked=code == chosen
                        />
                        <span class="flex-1">
                            <span class="font-medium">{t(&format!("web-shop-pack-{code}"))}</span>
                            <span class="block text-sm text-muted mt-0.5">{t(&format!("web-shop-pack-{code}-text"))}</span>
                        </span>
                    </label>
                </section>
            }
        })
        .collect_view();
    view! {
        <fieldset class="grid gap-2">
            <legend class="text-sm font-medium mb-1.5">{t("web-shop-pack")}</legend>
            {rows}
            {refills.then(|| view! { <p class="hint">{t("web-shop-pack-refills")}</p> })}
            {form.error("pack").map(|error| view! { <ErrorLine text=error/> })}
        </fieldset>
    }
    .into_any()
}
