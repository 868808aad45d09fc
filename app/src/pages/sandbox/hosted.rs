//! The card page of a shop's `test` payment method: the same look as a bank's page, for a plan.

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
pub struct CardPage {
    /// The shop's name.
    pub shop: String,
    /// What is bought, as the payment says.
    pub description: String,
    /// The order's number.
    pub order: Option<String>,
    pub amount: Money,
    pub form: FormState,
    /// Set when this payment is over: the reader goes back to Telegram.
    pub result: Option<CardResult>,
    /// Where the shop wants its payer back.
    pub back: Option<String>,
}

/// How a payment ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CardResult {
    Paid,
    Declined,
    Closed,
}

impl Page for CardPage {
    fn head(&self) -> Head {
        Head { class: "bg-base-200!", ..Head::titled(t("web-pay-title")) }
    }

    fn body(self) -> AnyView {
        let amount = format::money(reader_locale(), self.amount);
        let pay = t_with("web-pay-submit", &args!["amount" => amount.clone()]);
        let over = self.result.is_some();
        let bill = view! {
            <h1 class="text-muted font-medium text-base tracking-normal!" dir="auto">
                {t_with("web-pay-to-shop", &args!["shop" => self.shop])}
            </h1>
            <p class="mt-1 text-3xl font-semibold tracking-tight">{amount.clone()}</p>
            <dl class="mt-8 text-[.9375rem]">
                <div class="flex justify-between gap-4 py-3 border-b border-base-300">
                    <dt dir="auto">
                        {self.description}
                        {self
                            .order
                            .map(|order| {
                                view! {
                                    <span class="block text-sm text-muted">
                                        <bdi class="ltr">{order}</bdi>
                                    </span>
                                }
                            })}
                    </dt>
                    <dd class="num whitespace-nowrap">{amount}</dd>
                </div>
            </dl>
            {(!over).then(webhook_choice)}
        }
        .into_any();
        let card = match self.result {
            None => card_form(with_test_card(self.form), false, pay, "web-pay-production-card"),
            Some(result) => outcome(result, self.back),
        };
        frame("web-pay-imitates-bank", bill, card)
    }
}

fn outcome(result: CardResult, back: Option<String>) -> AnyView {
    let (title, text) = match result {
        CardResult::Paid => ("web-pay-result-paid", "web-pay-result-paid-text"),
        CardResult::Declined => ("web-pay-result-declined", "web-pay-result-declined-text"),
        CardResult::Closed => ("web-pay-result-closed", "web-pay-result-closed-text"),
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
