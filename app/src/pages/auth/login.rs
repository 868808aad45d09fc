//! Signing in.

use leptos::prelude::*;

use super::frame::frame;
use crate::{
    components::{ErrorSummary, Field},
    context::{FormState, t},
    ssr::{Head, Page},
};

#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct LoginPage {
    pub form: FormState,
    /// The page that asked for a sign-in; the server checks that it is one of ours.
    pub next: Option<String>,
}

impl Page for LoginPage {
    fn head(&self) -> Head {
        Head::titled(t("web-login-title"))
    }

    fn body(self) -> AnyView {
        let Self { form, next } = self;
        frame(
            view! {
                <h1 class="text-2xl">{t("web-login-title")}</h1>
                <p class="mt-2 mb-7 text-muted">
                    {t("web-login-no-account")} " "
                    <a class="link link-primary" href="/signup">
                        {t("web-login-to-signup")}
                    </a>
                </p>
                <ErrorSummary form=form.clone()/>
                <form class="grid gap-4" method="post" action="/login">
                    {next.map(|next| view! { <input type="hidden" name="next" value=next/> })}
                    <Field
                        form=form.clone()
                        name="email"
                        label=t("web-field-email")
                        kind="email"
                        autocomplete="username"
                        ltr=true
                        required=true
                    />
                    <Field
                        form
                        name="password"
                        label=t("web-field-password")
                        kind="password"
                        autocomplete="current-password"
                        ltr=true
                        required=true
                    />
                    <button class="btn btn-primary w-full">{t("web-login-submit")}</button>
                </form>
            }
            .into_any(),
        )
    }
}
