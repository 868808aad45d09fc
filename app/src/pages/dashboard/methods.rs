//! `/app/b/{bot}/methods`: how the shop's users can pay, in the order in which they are asked; and
//! `/app/b/{bot}/methods/{provider}`: one of them.

use leptos::prelude::*;

use crate::{
    components::{
        AppShell, Area, BackLink, CopyValue, EmptyState, ErrorLine, ErrorSummary, Field, Fold, Icon, Tag,
        Tone,
    },
    context::{BotSummary, FormState, t},
    islands::CopyButtons,
    ssr::{Head, Page},
};

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MethodsPage {
    pub bot: BotSummary,
    /// In the order in which users are asked.
    pub methods: Vec<MethodRow>,
    /// What could be set up besides.
    pub others: Vec<OtherMethod>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MethodRow {
    pub provider: String,
    pub title: String,
    pub on: bool,
    /// The currencies in which it collects what the shop sells, in words.
    pub currencies: Option<String>,
    pub limits: Option<String>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OtherMethod {
    pub provider: String,
    pub title: String,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MethodPage {
    pub bot: BotSummary,
    pub provider: String,
    pub title: String,
    pub hint: Option<String>,
    pub stored: bool,
    /// The shop added it and may remove it.
    pub optional: bool,
    /// Whether its account can be tried.
    pub testable: bool,
    pub fields: Vec<AccountInput>,
    /// The languages in which it can have a name of its own: the field and its label.
    pub labels: Vec<(&'static str, String)>,
    /// In which currency limits are typed, in words.
    pub limits_hint: String,
    /// Where each plan's price is typed in the currency of this method alone: the field and the plan.
    pub prices: Vec<(String, String)>,
    /// What stands above those.
    pub prices_title: String,
    /// What is wrong with the currencies.
    pub no_price: Option<String>,
    /// What the provider is told, where payments are reported.
    pub webhook_url: Option<String>,
    pub form: FormState,
}

/// A field of the provider's account.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AccountInput {
    pub name: &'static str,
    pub label: String,
    pub hint: Option<String>,
    pub secret: bool,
    pub optional: bool,
    /// Runs left to right in every language.
    pub ltr: bool,
}

impl MethodsPage {
    fn href(&self) -> String {
        format!("{}/methods", self.bot.href())
    }
}

impl Page for MethodsPage {
    fn head(&self) -> Head {
        Head::in_shell(format!("{}: {}", self.bot.name, t("web-methods-title")))
    }

    fn body(self) -> AnyView {
        let href = self.href();
        let last = self.methods.len().saturating_sub(1);
        let rows: Vec<_> = self
            .methods
            .into_iter()
            .enumerate()
            .map(|(index, row)| method_row(&href, row, index > 0, index < last))
            .collect();
        let list = if rows.is_empty() {
            view! { <EmptyState icon="credit-card" title=t("web-methods-none") text=t("web-methods-none-text")/> }
                .into_any()
        } else {
            view! { <ol class="grid gap-3">{rows}</ol> }.into_any()
        };
        view! {
            <AppShell area=Area::Methods title=t("web-methods-title")>
                <p class="text-sm text-muted mb-5 -mt-3">{t("web-methods-lead")}</p>
                {list}
                {others(&href, self.others)}
            </AppShell>
        }
        .into_any()
    }
}

fn method_row(href: &str, row: MethodRow, up: bool, down: bool) -> AnyView {
    let own = format!("{href}/{}", row.provider);
    let (tone, icon, word) = match row.on {
        true => (Tone::Ok, "circle-check", "web-methods-on"),
        false => (Tone::Mute, "pause", "web-methods-off"),
    };
    let (act, label) = match row.on {
        true => ("off", "web-methods-switch-off"),
        false => ("on", "web-methods-switch-on"),
    };
    let button = |act: &'static str, class: &'static str, text: String| {
        view! {
            <form method="post" action=own.clone()>
                <input type="hidden" name="from" value="list"/>
                <button class=class name="act" value=act>
                    {text}
                    <span class="sr-only">" " {row.title.clone()}</span>
                </button>
            </form>
        }
    };
    view! {
        <li class="sheet p-4.5 flex flex-wrap items-center gap-3">
            <div class="flex-1 min-w-52">
                <h2 class="text-base">
                    <a class="hit link link-hover" href=own.clone()>
                        <bdi>{row.title.clone()}</bdi>
                    </a>
                </h2>
                {match row.currencies.clone() {
                    Some(currencies) => view! { <p class="text-sm text-muted">{currencies}</p> }.into_any(),
                    None => view! { <ErrorLine text=t("web-methods-no-price")/> }.into_any(),
                }}
                {row.limits.clone().map(|limits| view! { <p class="text-sm text-muted">{limits}</p> })}
            </div>
            <Tag tone icon text=t(word)/>
            <div class="flex flex-wrap gap-2">
                {up.then(|| button("up", "btn btn-ghost", t("web-methods-up")))}
                {down.then(|| button("down", "btn btn-ghost", t("web-methods-down")))}
                {button(act, "btn btn-line", t(label))}
            </div>
        </li>
    }
    .into_any()
}

fn others(href: &str, others: Vec<OtherMethod>) -> Option<AnyView> {
    if others.is_empty() {
        return None;
    }
    let rows = others
        .into_iter()
        .map(|other| {
            view! {
                <li class="flex flex-wrap items-center gap-3">
                    <span class="flex-1 font-medium">
                        <bdi>{other.title.clone()}</bdi>
                    </span>
                    <a class="btn btn-line" href=format!("{href}/{}", other.provider)>
                        {t("web-methods-set-up")}
                        <span class="sr-only">" " {other.title}</span>
                    </a>
                </li>
            }
        })
        .collect_view();
    Some(
        view! {
            <section class="sheet mt-5" aria-labelledby="others-title">
                <div class="sheet-h">
                    <h2 id="others-title">{t("web-methods-others")}</h2>
                </div>
                <ul class="p-4.5 grid gap-3">{rows}</ul>
            </section>
        }
        .into_any(),
    )
}

impl MethodPage {
    fn href(&self) -> String {
        format!("{}/methods/{}", self.bot.href(), self.provider)
    }
}

impl Page for MethodPage {
    fn head(&self) -> Head {
        Head::in_shell(format!("{}: {}", self.bot.name, self.title))
    }

    fn body(self) -> AnyView {
        let back = format!("{}/methods", self.bot.href());
        let (no_price, hint) = (self.no_price.clone(), self.hint.clone());
        let parts = view! {
            {settings(&self)}
            {webhook(&self)}
            {trial(&self)}
            {removal(&self)}
        };
        view! {
            <AppShell area=Area::Methods title=self.title.clone()>
                <BackLink href=back text=t("web-methods-title")/>
                {no_price
                    .map(|text| {
                        view! {
                            <div class="note t-warn mb-5">
                                <Icon name="triangle-alert"/>
                                <p class="text-sm flex-1 min-w-0">{text}</p>
                            </div>
                        }
                    })}
                {hint.map(|hint| view! { <p class="text-sm text-muted mb-5">{hint}</p> })}
                <div class="grid gap-5 max-w-2xl">{parts}</div>
                <CopyButtons copied=t("web-copied")/>
            </AppShell>
        }
        .into_any()
    }
}

fn settings(page: &MethodPage) -> AnyView {
    let form = page.form.clone();
    let account = page
        .fields
        .iter()
        .cloned()
        .map(|field| {
            let form = form.clone();
            // What was stored once need not be typed again.
            let required = !page.stored && !field.optional;
            let hint = if field.secret && page.stored { Some(t("web-methods-kept")) } else { field.hint };
            let kind = if field.secret { "password" } else { "text" };
            let ltr = field.ltr;
            match hint {
                None => {
                    view! { <Field form name=field.name label=field.label kind=kind ltr=ltr required=required/> }
                        .into_any()
                }
                Some(hint) => view! {
                    <Field form name=field.name label=field.label hint=hint kind=kind ltr=ltr required=required/>
                }
                .into_any(),
            }
        })
        .collect_view();
    let labels = page
        .labels
        .iter()
        .cloned()
        .map(|(name, label)| {
            let form = form.clone();
            view! { <Field form name=name label=label maxlength=40/> }
        })
        .collect_view();
    view! {
        <form method="post" action=page.href() class="sheet p-4.5 grid gap-4">
            <ErrorSummary form=form.clone()/>
            {account}
            {page
                .fields
                .iter()
                .any(|field| field.secret)
                .then(|| {
                    view! {
                        <p class="hint flex gap-1.5 items-center">
                            <Icon name="lock" class="i-s"/>
                            {t("web-methods-sealed")}
                        </p>
                    }
                })}
            {prices(page)}
            <fieldset class="grid gap-3">
                <legend class="text-sm font-medium mb-2">{t("web-methods-labels")}</legend>
                <div class="grid sm:grid-cols-2 gap-4">{labels}</div>
            </fieldset>
            <fieldset class="grid gap-3">
                <legend class="text-sm font-medium mb-2">{t("web-methods-limits")}</legend>
                <p class="hint">{page.limits_hint.clone()}</p>
                <div class="grid sm:grid-cols-2 gap-4">
                    <Field form=form.clone() name="min" label=t("web-methods-min") inputmode="decimal" ltr=true/>
                    <Field form=form.clone() name="max" label=t("web-methods-max") inputmode="decimal" ltr=true/>
                </div>
            </fieldset>
            <button class="btn btn-primary justify-self-start max-sm:w-full" name="act" value="save">
                {t("web-methods-save")}
            </button>
        </form>
    }
    .into_any()
}

fn prices(page: &MethodPage) -> Option<AnyView> {
    let fields = page
        .prices
        .iter()
        .cloned()
        .map(|(name, plan)| {
            let form = page.form.clone();
            view! { <Field form name=name label=plan inputmode="decimal" ltr=true/> }
        })
        .collect_view();
    (!page.prices.is_empty()).then(|| {
        view! {
            <fieldset class="grid gap-3">
                <legend class="text-sm font-medium mb-2">{page.prices_title.clone()}</legend>
                <p class="hint">{t("web-methods-prices-hint")}</p>
                <div class="grid sm:grid-cols-2 gap-4">{fields}</div>
            </fieldset>
        }
        .into_any()
    })
}

fn webhook(page: &MethodPage) -> Option<AnyView> {
    let url = page.webhook_url.clone()?;
    Some(
        view! {
            <section class="sheet p-4.5 grid gap-2" aria-labelledby="webhook-title">
                <h2 id="webhook-title" class="text-base">
                    {t("web-methods-webhook")}
                </h2>
                <p class="text-sm text-muted">{t("web-methods-webhook-text")}</p>
                <CopyValue value=url/>
            </section>
        }
        .into_any(),
    )
}

fn trial(page: &MethodPage) -> Option<AnyView> {
    (page.stored && page.testable).then(|| {
        view! {
            <form method="post" action=page.href() class="sheet p-4.5 flex flex-wrap items-center gap-3">
                <p class="text-sm text-muted flex-1 min-w-52">{t("web-methods-test-text")}</p>
                <button class="btn btn-line max-sm:w-full" name="act" value="test">
                    <Icon name="activity"/>
                    {t("web-methods-test")}
                </button>
            </form>
        }
        .into_any()
    })
}

fn removal(page: &MethodPage) -> Option<AnyView> {
    let action = page.href();
    (page.stored && page.optional).then(|| {
        view! {
            <Fold icon="trash-2" title=t("web-methods-remove")>
                <form method="post" action=action class="grid gap-3 max-w-xl">
                    <p class="text-sm text-muted">{t("web-methods-remove-text")}</p>
                    <button class="btn btn-error justify-self-start max-sm:w-full" name="act" value="remove">
                        {t("web-methods-remove-yes")}
                    </button>
                </form>
            </Fold>
        }
        .into_any()
    })
}
