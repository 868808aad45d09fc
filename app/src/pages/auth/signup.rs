//! A new account. In the sandbox any address will do: no mail is sent.

use leptos::prelude::*;

use super::frame::frame;
use crate::{
    components::{Cycle, ErrorSummary, Field},
    context::{FormState, t},
    ssr::{Head, Page},
};

#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SignUpPage {
    pub form: FormState,
    /// The package chosen on the landing page, carried on to the wizard.
    pub package: Option<String>,
    pub cycle: Cycle,
}

impl Page for SignUpPage {
    fn head(&self) -> Head {
        Head::titled(t("web-signup-title"))
    }

    fn body(self) -> AnyView {
        let Self { form, package, cycle } = self;
        frame(
            view! {
                <h1 class="text-2xl">{t("web-signup-title")}</h1>
                <p class="mt-2 mb-7 text-muted">
                    {t("web-signup-lead")} " " {t("web-signup-have-account")} " "
                    <a class="link link-primary" href="/login">
                        {t("web-signup-to-login")}
                    </a>
                </p>
                <ErrorSummary form=form.clone()/>
                <form class="grid gap-4" method="post" action="/signup">
                    {package.map(|package| view! { <input type="hidden" name="package" value=package/> })}
                    <input type="hidden" name="cycle" value=cycle.code()/>
                    <Field
                        form=form.clone()
                        name="email"
                        label=t("web-field-email")
                        kind="email"
                        autocomplete="email"
                        ltr=true
                        required=true
                    />
                    <Field
                        form
                        name="password"
                        label=t("web-field-password")
                        hint=t("web-signup-password-hint")
                        kind="password"
                        autocomplete="new-password"
                        ltr=true
                        required=true
                        minlength=12
                    />
                    <button class="btn btn-primary w-full">{t("web-signup-submit")}</button>
                </form>
            }
            .into_any(),
        )
    }
}
