//! Step 5: what the shop sells at first, from the starter pack, editable in place.

use domain::locale::args;
use leptos::prelude::*;

use crate::{
    components::{ErrorSummary, Icon, Wizard, WizardPreview, WizardStep},
    context::{FormState, t, t_with},
    ssr::{Head, Page},
};

#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PlansPage {
    pub done: Vec<WizardStep>,
    pub preview: Option<WizardPreview>,
    /// Typed values after a refusal; they go before the rows' own.
    pub form: FormState,
    pub plans: Vec<PlanRow>,
    /// The word after a price, for instance `RUB` or "Toman", in the reader's language.
    pub currency: String,
    pub trial: bool,
    pub trial_days: u32,
    /// In GB.
    pub trial_traffic: u32,
}

/// One plan; its fields are named by its number from 1: `name_1`, `days_1`, `traffic_1`, `price_1`, `on_1`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PlanRow {
    pub name: String,
    pub days: u32,
    /// GB a month.
    pub traffic: u32,
    /// As it is typed: in major units (Toman for rial), Latin digits.
    pub price: String,
    pub on: bool,
}

impl Page for PlansPage {
    fn head(&self) -> Head {
        Head::titled(t("web-plans-title"))
    }

    fn body(self) -> AnyView {
        let Self { done, preview, form, plans, currency, trial, trial_days, trial_traffic } = self;
        let rows = plans
            .into_iter()
            .enumerate()
            .map(|(index, plan)| plan_row(&form, index + 1, &plan, &currency))
            .collect_view();
        let trial_part = trial_row(&form, trial, trial_days, trial_traffic);
        view! {
            <Wizard step=WizardStep::Plans done title=t("web-plans-title") lead=t("web-plans-lead") preview>
                <form method="post" action="/start/plans" class="mt-7 grid gap-4">
                    <ErrorSummary form/>
                    {trial_part}
                    {rows}
                    <p class="hint">{t("web-plans-gigabyte")}</p>
                    <div class="flex flex-wrap items-center gap-2 mt-1">
                        {WizardStep::Plans.back_link()}
                        <button class="btn btn-primary px-5 ms-auto max-sm:w-full">
                            {t("web-plans-save")}
                            <Icon name="arrow-right" class="flip"/>
                        </button>
                    </div>
                </form>
            </Wizard>
        }
        .into_any()
    }
}

fn plan_row(form: &FormState, number: usize, plan: &PlanRow, currency: &str) -> AnyView {
    let refused = !form.errors.is_empty();
    let on = if refused { form.values.contains_key(&format!("on_{number}")) } else { plan.on };
    let field = |name: &str, label: String, value: String, mode: Option<&'static str>, free_text: bool| {
        input(form, &format!("{name}_{number}"), label, &value, mode, free_text)
    };
    let price_label = t_with("web-plans-price", &args!["currency" => currency]);
    let digits = Some("numeric");
    view! {
        <fieldset class="sheet p-4.5">
            <legend class="sr-only">{t_with("web-plans-plan", &args!["number" => number as i64])}</legend>
            <div class="grid grid-cols-2 sm:grid-cols-[1.4fr_.7fr_.9fr_1fr] gap-4 items-start">
                <div class="max-sm:col-span-2">
                    {field("name", t("web-plans-name"), plan.name.clone(), None, true)}
                </div>
                {field("days", t("web-plans-days"), plan.days.to_string(), digits, false)}
                {field("traffic", t("web-plans-traffic"), plan.traffic.to_string(), digits, false)}
                <div class="max-sm:col-span-2">
                    {field("price", price_label, plan.price.clone(), Some("decimal"), false)}
                </div>
            </div>
            <label class="flex gap-3 items-center text-sm min-h-11 mt-1 -mb-3">
                <input
                    type="checkbox"
                    class="checkbox checkbox-primary checkbox-sm"
                    name=format!("on_{number}")
                    autocomplete="off"
                    checked=on
                />
                {t("web-plans-on")}
            </label>
        </fieldset>
    }
    .into_any()
}

fn trial_row(form: &FormState, trial: bool, days: u32, traffic: u32) -> AnyView {
    let refused = !form.errors.is_empty();
    let on = if refused { form.values.contains_key("trial") } else { trial };
    view! {
        <fieldset class="sheet p-4.5">
            <legend class="sr-only">{t("web-plans-trial")}</legend>
            <label class="flex gap-3 items-start text-sm min-h-11">
                <input
                    type="checkbox"
                    class="toggle toggle-primary mt-0.5"
                    name="trial"
                    autocomplete="off"
                    checked=on
                />
                <span>
                    <span class="font-medium">{t("web-plans-trial")}</span>
                    <span class="block text-muted">{t("web-plans-trial-text")}</span>
                </span>
            </label>
            <div class="grid grid-cols-2 gap-4 mt-3 max-w-sm">
                {input(form, "trial_days", t("web-plans-days"), &days.to_string(), Some("numeric"), false)}
                {input(form, "trial_traffic", t("web-plans-trial-traffic"), &traffic.to_string(), Some("numeric"), false)}
            </div>
        </fieldset>
    }
    .into_any()
}

/// A field whose name is made at run time; `Field` takes fixed names.
fn input(
    form: &FormState,
    name: &str,
    label: String,
    saved: &str,
    inputmode: Option<&'static str>,
    free_text: bool,
) -> AnyView {
    let error = form.error(name);
    let invalid = error.is_some();
    let class = match (invalid, free_text) {
        (true, true) => "input input-error w-full",
        (true, false) => "input input-error w-full ltr",
        (false, true) => "input w-full",
        (false, false) => "input w-full ltr",
    };
    let error_id = format!("{name}-error");
    view! {
        <div class="fld">
            <label for=name.to_owned()>{label}</label>
            <input
                id=name.to_owned()
                name=name.to_owned()
                class=class
                type="text"
                value=form.value_or(name, saved)
                dir=if free_text { "auto" } else { "ltr" }
                inputmode=inputmode
                autocomplete="off"
                required=true
                aria-invalid=invalid.then_some("true")
                aria-describedby=invalid.then(|| error_id.clone())
            />
            {error
                .map(|error| {
                    view! {
                        <p id=error_id.clone() class="err">
                            <Icon name="circle-alert" class="i-s"/>
                            <span>{error}</span>
                        </p>
                    }
                })}
        </div>
    }
    .into_any()
}
