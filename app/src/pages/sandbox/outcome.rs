//! What both payment pages share: the strip, the test card and the outcomes to choose from.

use leptos::prelude::*;

use crate::{
    components::{Choice, Field, Fold, Icon, Select},
    context::{FormState, t},
};

/// The page's frame: what is bought at the start, the card at the end.
pub(super) fn frame(imitation: &str, bill: AnyView, card: AnyView) -> AnyView {
    view! {
        <aside aria-label=t("web-sandbox-label") class="hatch border-b border-base-300">
            <div class="max-w-5xl mx-auto px-5 py-2.5 flex flex-wrap items-center gap-x-3 gap-y-1 text-sm font-medium">
                <Icon name="flask-conical"/>
                <strong class="font-semibold">{t("web-sandbox-label")}</strong>
                <span>{t(imitation)}</span>
            </div>
        </aside>
        <main
            id="main"
            tabindex="-1"
            class="max-w-5xl mx-auto px-5 py-8 lg:py-14 grid grid-cols-1 lg:grid-cols-2 gap-10 lg:gap-20 items-start"
        >
            <section>{bill}</section>
            {card}
        </main>
    }
    .into_any()
}

/// When the provider's message arrives; the field belongs to the payment form.
pub(super) fn webhook_choice() -> AnyView {
    let choices = ["at_once", "twice", "late", "never"]
        .map(|value| Choice::new(value, t(&format!("web-pay-webhook-{}", value.replace('_', "-")))))
        .to_vec();
    view! {
        <Fold icon="sliders-horizontal" title=t("web-pay-next") open=true class="mt-6">
            <Select form=FormState::default() name="webhook" label=t("web-pay-webhook") choices form_id="pay"/>
        </Fold>
    }
    .into_any()
}

/// The form with the test card. `email` is shown when the page asks for one.
pub(super) fn card_form(form: FormState, email: bool, pay_label: String, remark: &str) -> AnyView {
    let outcome = |act: &'static str, icon: &'static str, key: &str| {
        view! {
            <button class="btn btn-line px-1 text-sm" name="act" value=act formnovalidate=true>
                <Icon name=icon/>
                {t(key)}
            </button>
        }
    };
    view! {
        <section aria-labelledby="pay-title">
            <div class="sheet overflow-hidden shadow-pop">
                <div class="hatch-in px-5 py-2.5 text-sm font-medium flex items-center gap-2 border-b border-base-300">
                    <Icon name="badge-info" class="i-s"/>
                    {t("web-pay-filled-in")}
                </div>
                <form id="pay" method="post" class="p-5 sm:p-6 grid gap-4">
                    <h2 id="pay-title" class="text-lg">
                        {t("web-pay-by-card")}
                    </h2>
                    {email
                        .then(|| {
                            view! {
                                <Field
                                    form=form.clone()
                                    name="email"
                                    label=t("web-field-email")
                                    kind="email"
                                    autocomplete="email"
                                    ltr=true
                                />
                            }
                        })}
                    <Field
                        form=form.clone()
                        name="card"
                        label=t("web-pay-card")
                        hint=t("web-pay-card-hint")
                        inputmode="numeric"
                        ltr=true
                    />
                    <div class="grid grid-cols-2 gap-3">
                        <Field form=form.clone() name="expires" label=t("web-pay-expires") ltr=true/>
                        <Field form name="cvc" label=t("web-pay-cvc") inputmode="numeric" ltr=true/>
                    </div>
                    <button class="btn btn-primary w-full text-base mt-1" name="act" value="pay">
                        {pay_label}
                    </button>
                    <fieldset class="pt-4 border-t border-base-300">
                        <legend class="text-sm text-muted float-start mb-2.5">{t("web-pay-outcomes")}</legend>
                        <div class="grid grid-cols-2 gap-2 clear-both">
                            {outcome("decline", "x", "web-pay-decline")}
                            {outcome("close", "log-out", "web-pay-close")}
                        </div>
                    </fieldset>
                </form>
            </div>
            <p class="mt-4 text-sm text-muted flex gap-2">
                <Icon name="info" class="mt-0.5"/>
                {t(remark)}
            </p>
        </section>
    }
    .into_any()
}

/// The test card's values, unless the reader typed others.
pub(super) fn with_test_card(mut form: FormState) -> FormState {
    for (name, value) in [("card", "4242 4242 4242 4242"), ("expires", "12 / 30"), ("cvc", "123")] {
        form.values.entry(name.to_owned()).or_insert_with(|| value.to_owned());
    }
    form
}
