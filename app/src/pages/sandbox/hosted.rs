//! The page of an emulated payment provider, on which a shop's user pays for a plan.

use domain::{
    locale::{args, format},
    money::Money,
};
use leptos::prelude::*;

use super::outcome::{card_form, frame, webhook_choice, with_test_card};
use crate::{
    context::{FormState, reader_locale, t, t_with},
    ssr::{Head, Page},
};

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HostedPage {
    /// What is bought, as the payment says.
    pub title: String,
    pub amount: Money,
    pub form: FormState,
    /// Set when this payment is over: the reader goes back to Telegram.
    pub result: Option<HostedResult>,
    /// Where the shop wants its payer back.
    pub back: Option<String>,
}

/// How a payment ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum HostedResult {
    Paid,
    Declined,
    Closed,
}

impl Page for HostedPage {
    fn head(&self) -> Head {
        Head { class: "bg-base-200!", ..Head::titled(t("web-pay-title")) }
    }

    fn body(self) -> AnyView {
        let amount = format::money(reader_locale(), self.amount);
        let pay = t_with("web-pay-submit", &args!["amount" => amount.clone()]);
        let over = self.result.is_some();
        let bill = view! {
            <h1 class="text-muted font-medium text-base tracking-normal!" dir="auto">
                {self.title}
            </h1>
            <p class="mt-1 text-3xl font-semibold tracking-tight">{amount}</p>
            {(!over).then(webhook_choice)}
        }
        .into_any();
        let card = match self.result {
            None => card_form(with_test_card(self.form), false, pay, "web-pay-production-provider"),
            Some(result) => outcome(result, self.back),
        };
        frame("web-pay-imitates-provider", bill, card)
    }
}

fn outcome(result: HostedResult, back: Option<String>) -> AnyView {
    let (title, text) = match result {
        HostedResult::Paid => ("web-pay-result-paid", "web-pay-result-paid-text"),
        HostedResult::Declined => ("web-pay-result-declined", "web-pay-result-declined-text"),
        HostedResult::Closed => ("web-pay-result-closed", "web-pay-result-closed-text"),
    };
    view! {
        <section class="sheet shadow-pop p-6" role="status">
            <h2 class="text-lg">{t(title)}</h2>
            <p class="mt-2 text-muted">{t(text)}</p>
            {back
                .map(|href| {
                    view! {
                        <a class="btn btn-primary w-full mt-5" href=href>
                            {t("web-pay-back")}
                        </a>
                    }
                })}
        </section>
    }
    .into_any()
}
