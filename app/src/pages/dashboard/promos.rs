//! `/app/b/{bot}/promos`: the codes that a shop has given out, and what became of them; and
//! `/app/b/{bot}/promos/{id}`: one of them, or a new one.

use leptos::prelude::*;

use crate::{
    components::{
        AppShell, Area, BackLink, Choice, CopyValue, EmptyState, ErrorSummary, Field, Fold, Icon, Select,
        Tag, Tone,
    },
    context::{BotSummary, FormState, t},
    islands::CopyButtons,
    ssr::{Head, Page},
};

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PromosPage {
    pub bot: BotSummary,
    /// The newest first.
    pub rows: Vec<PromoRow>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PromoRow {
    pub id: String,
    pub code: String,
    /// What it gives, in words.
    pub gift: String,
    /// On what terms, one in a line.
    pub terms: Vec<String>,
    pub uses: String,
    pub state: PromoState,
    /// Switched on, whatever its state.
    pub on: bool,
}

/// How a code stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PromoState {
    Works,
    NotYet,
    Ended,
    UsedUp,
    Off,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PromoPage {
    pub bot: BotSummary,
    /// `None` for a new one.
    pub stored: Option<PromoRow>,
    /// What a shop gives to its users: the way into the chat that brings the code along.
    pub link: Option<String>,
    pub kinds: Vec<Choice>,
    /// The currencies in which an amount can be taken off.
    pub currencies: Vec<Choice>,
    /// The plans on sale: the field and the name.
    pub plans: Vec<(String, String)>,
    pub form: FormState,
}

impl PromoState {
    const fn look(self) -> (Tone, &'static str, &'static str) {
        match self {
            Self::Works => (Tone::Ok, "circle-check", "web-promos-state-works"),
            Self::NotYet => (Tone::Info, "clock", "web-promos-state-not-yet"),
            Self::Ended => (Tone::Mute, "calendar-clock", "web-promos-state-ended"),
            Self::UsedUp => (Tone::Mute, "check-check", "web-promos-state-used-up"),
            Self::Off => (Tone::Mute, "pause", "web-promos-state-off"),
        }
    }
}

impl PromosPage {
    fn href(&self) -> String {
        format!("{}/promos", self.bot.href())
    }
}

impl Page for PromosPage {
    fn head(&self) -> Head {
        Head::in_shell(format!("{}: {}", self.bot.name, t("web-promos-title")))
    }

    fn body(self) -> AnyView {
        let href = self.href();
        let new = format!("{href}/new");
        let add = move || {
            view! {
                <a class="btn btn-primary" href=new.clone()>
                    <Icon name="plus"/>
                    {t("web-promos-new")}
                </a>
            }
        };
        if self.rows.is_empty() {
            return view! {
                <AppShell area=Area::Promos title=t("web-promos-title")>
                    <EmptyState icon="tags" title=t("web-promos-none") text=t("web-promos-none-text")>
                        {add()}
                    </EmptyState>
                </AppShell>
            }
            .into_any();
        }
        let rows = self.rows.into_iter().map(|row| promo_row(&href, row)).collect_view();
        view! {
            <AppShell area=Area::Promos title=t("web-promos-title") actions=add>
                <p class="text-sm text-muted mb-5 -mt-3">{t("web-promos-lead")}</p>
                <ul class="grid gap-3">{rows}</ul>
            </AppShell>
        }
        .into_any()
    }
}

fn promo_row(href: &str, row: PromoRow) -> AnyView {
    let own = format!("{href}/{}", row.id);
    let (tone, icon, word) = row.state.look();
    let terms = row.terms.iter().cloned().map(|term| view! { <li>{term}</li> }).collect_view();
    view! {
        <li class="sheet p-4.5 flex flex-wrap items-center gap-3">
            <div class="flex-1 min-w-52">
                <h2 class="text-base">
                    <a class="hit link link-hover" href=own.clone()>
                        <bdi class="code">{row.code.clone()}</bdi>
                    </a>
                </h2>
                <p class="text-sm font-medium">{row.gift.clone()}</p>
                <ul class="text-sm text-muted">{terms}</ul>
                <p class="text-sm text-muted">{row.uses.clone()}</p>
            </div>
            <Tag tone icon text=t(word)/>
            {switch(own, &row, true)}
        </li>
    }
    .into_any()
}

fn switch(own: String, row: &PromoRow, in_list: bool) -> AnyView {
    let (act, label) = match row.on {
        true => ("off", "web-promos-switch-off"),
        false => ("on", "web-promos-switch-on"),
    };
    view! {
        <form method="post" action=own>
            {in_list.then(|| view! { <input type="hidden" name="from" value="list"/> })}
            <button class="btn btn-line" name="act" value=act>
                {t(label)}
                <span class="sr-only">" " {row.code.clone()}</span>
            </button>
        </form>
    }
    .into_any()
}

impl PromoPage {
    fn href(&self) -> String {
        let id = self.stored.as_ref().map_or("new", |row| row.id.as_str());
        format!("{}/promos/{id}", self.bot.href())
    }

    fn title(&self) -> String {
        self.stored.as_ref().map_or_else(|| t("web-promos-new"), |row| row.code.clone())
    }
}

impl Page for PromoPage {
    fn head(&self) -> Head {
        Head::in_shell(format!("{}: {}", self.bot.name, self.title()))
    }

    fn body(self) -> AnyView {
        let back = format!("{}/promos", self.bot.href());
        let parts = view! {
            {standing(&self)}
            {settings(&self)}
            {removal(&self)}
        };
        view! {
            <AppShell area=Area::Promos title=self.title()>
                <BackLink href=back text=t("web-promos-title")/>
                <div class="grid gap-5 max-w-2xl">{parts}</div>
                <CopyButtons copied=t("web-copied")/>
            </AppShell>
        }
        .into_any()
    }
}

fn standing(page: &PromoPage) -> Option<AnyView> {
    let row = page.stored.clone()?;
    let (tone, icon, word) = row.state.look();
    let link = page.link.clone().map(|link| {
        view! {
            <div class="grid gap-1 w-full min-w-0">
                <p class="text-sm text-muted">{t("web-promos-link-text")}</p>
                <CopyValue value=link/>
            </div>
        }
    });
    Some(
        view! {
            <section class="sheet p-4.5 flex flex-wrap items-center gap-3">
                <div class="flex-1 min-w-52">
                    <p class="font-medium">{row.gift.clone()}</p>
                    <p class="text-sm text-muted">{row.uses.clone()}</p>
                </div>
                <Tag tone icon text=t(word)/>
                {switch(page.href(), &row, false)}
                {link}
            </section>
        }
        .into_any(),
    )
}

fn settings(page: &PromoPage) -> AnyView {
    let form = || page.form.clone();
    let currency = match page.currencies.as_slice() {
        [only] => view! { <input type="hidden" name="currency" value=only.value.clone()/> }.into_any(),
        _ => view! {
            <Select
                form=form()
                name="currency"
                label=t("web-promos-currency")
                hint=t("web-promos-currency-hint")
                choices=page.currencies.clone()
            />
        }
        .into_any(),
    };
    view! {
        <form method="post" action=page.href() class="sheet p-4.5 grid gap-4">
            <ErrorSummary form=form()/>
            <Field
                form=form()
                name="code"
                label=t("web-promos-code")
                hint=t("web-promos-code-hint")
                maxlength=24
                ltr=true
            />
            <div class="grid sm:grid-cols-2 gap-4">
                <Select form=form() name="kind" label=t("web-promos-kind") choices=page.kinds.clone()/>
                <Field
                    form=form()
                    name="value"
                    label=t("web-promos-value")
                    hint=t("web-promos-value-hint")
                    inputmode="decimal"
                    ltr=true
                    required=true
                />
            </div>
            {currency}
            <p class="hint">{t("web-promos-least-hint")}</p>
            <fieldset class="grid gap-3">
                <legend class="text-sm font-medium mb-2">{t("web-promos-limits")}</legend>
                <div class="grid sm:grid-cols-2 gap-4">
                    <Field form=form() name="valid_from" label=t("web-promos-from") kind="date" ltr=true/>
                    <Field
                        form=form()
                        name="valid_until"
                        label=t("web-promos-until")
                        hint=t("web-promos-until-hint")
                        kind="date"
                        ltr=true
                    />
                    <Field
                        form=form()
                        name="max_uses"
                        label=t("web-promos-max")
                        hint=t("web-promos-empty-hint")
                        inputmode="numeric"
                        ltr=true
                    />
                    <Field
                        form=form()
                        name="per_user"
                        label=t("web-promos-per-user")
                        hint=t("web-promos-empty-hint")
                        inputmode="numeric"
                        ltr=true
                    />
                </div>
                {checkbox(&page.form, "first_purchase".to_owned(), t("web-promos-first"))}
            </fieldset>
            {plans(page)}
            <button class="btn btn-primary justify-self-start max-sm:w-full" name="act" value="save">
                {t("web-promos-save")}
            </button>
            {page.stored.is_some().then(|| view! { <p class="hint">{t("web-promos-change-hint")}</p> })}
        </form>
    }
    .into_any()
}

fn plans(page: &PromoPage) -> Option<AnyView> {
    let boxes = page.plans.iter().cloned().map(|(name, plan)| checkbox(&page.form, name, plan));
    let boxes = boxes.collect_view();
    (page.plans.len() > 1).then(|| {
        view! {
            <fieldset class="grid">
                <legend class="text-sm font-medium mb-2">{t("web-promos-plans")}</legend>
                <p class="hint">{t("web-promos-plans-hint")}</p>
                {boxes}
            </fieldset>
        }
        .into_any()
    })
}

fn checkbox(form: &FormState, name: String, label: String) -> AnyView {
    let checked = form.value(&name) == "on";
    view! {
        <label class="flex gap-3 items-center text-sm min-h-11">
            <input
                type="checkbox"
                class="checkbox checkbox-primary checkbox-sm"
                name=name
                value="on"
                autocomplete="off"
                checked=checked
            />
            <bdi>{label}</bdi>
        </label>
    }
    .into_any()
}

fn removal(page: &PromoPage) -> Option<AnyView> {
    let action = page.href();
    page.stored.is_some().then(|| {
        view! {
            <Fold icon="trash-2" title=t("web-promos-delete")>
                <form method="post" action=action class="grid gap-3 max-w-xl">
                    <p class="text-sm text-muted">{t("web-promos-delete-text")}</p>
                    <button class="btn btn-error justify-self-start max-sm:w-full" name="act" value="delete">
                        {t("web-promos-delete-yes")}
                    </button>
                </form>
            </Fold>
        }
        .into_any()
    })
}
