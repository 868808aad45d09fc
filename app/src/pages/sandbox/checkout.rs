//! The hosted checkout of packages, in the place of Stripe's own page.

use domain::{
    locale::{args, format},
    money::Money,
};
use leptos::prelude::*;

use super::outcome::{card_form, frame, webhook_choice, with_test_card};
use crate::{
    components::{Cycle, Icon, Logo},
    context::{FormState, reader_locale, t, t_with},
    ssr::{Head, Page},
};

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CheckoutPage {
    /// As the checkout session names it: "Professional".
    pub product: String,
    /// What it holds, for instance "3 bots, 500 users, 5 panels".
    pub description: Option<String>,
    pub cycle: Cycle,
    pub amount: Money,
    /// Where the reader goes back without paying (the session's cancel address).
    pub back: String,
    /// `email` and what was typed before.
    pub form: FormState,
}

impl Page for CheckoutPage {
    fn head(&self) -> Head {
        Head { class: "bg-base-200!", ..Head::titled(t("web-pay-title")) }
    }

    fn body(self) -> AnyView {
        let amount = format::money(reader_locale(), self.amount);
        let per = match self.cycle {
            Cycle::Month => t("web-package-per-month"),
            Cycle::Year => t("web-package-per-year"),
        };
        let pay = t_with("web-pay-submit", &args!["amount" => amount.clone()]);
        let bill = view! {
            <a
                class="inline-flex items-center gap-2 min-h-11 text-sm text-muted hover:text-base-content rounded-field"
                href=self.back
            >
                <Icon name="arrow-left" class="flip"/>
                <Logo class="text-base! [&>svg]:size-6"/>
            </a>
            <h1 class="text-muted font-medium text-base mt-5 tracking-normal!">
                {t_with("web-pay-subscribe", &args!["product" => self.product.clone()])}
            </h1>
            <p class="mt-1 flex items-baseline gap-2">
                <span class="text-3xl font-semibold tracking-tight">{amount.clone()}</span>
                <span class="text-muted">{per}</span>
            </p>
            <dl class="mt-8 text-[.9375rem]">
                <div class="flex justify-between gap-4 py-3 border-b border-base-300">
                    <dt>
                        {self.product}
                        {self
                            .description
                            .map(|text| view! { <span class="block text-sm text-muted">{text}</span> })}
                    </dt>
                    <dd class="num whitespace-nowrap">{amount.clone()}</dd>
                </div>
                <div class="flex justify-between gap-4 py-3 font-semibold">
                    <dt>{t("web-pay-due")}</dt>
                    <dd class="num whitespace-nowrap">{amount}</dd>
                </div>
            </dl>
            {webhook_choice()}
        }
        .into_any();
        frame(
            "web-pay-imitates-stripe",
            bill,
            card_form(with_test_card(self.form), true, pay, "web-pay-production-stripe"),
        )
    }
}
