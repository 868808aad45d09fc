//! `/app/b/{bot}/traffic`: packs of traffic that users add to what is running.

use domain::locale::args;
use leptos::prelude::*;

use crate::{
    components::{AppShell, Area, EmptyState, ErrorSummary, Field, Tag, Tone},
    context::{BotSummary, FormState, t, t_with},
    ssr::{Head, Page},
};

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TrafficPage {
    pub bot: BotSummary,
    pub packs: Vec<PackRow>,
    /// The word after a price, in the reader's language.
    pub currency: String,
    pub form: FormState,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PackRow {
    pub id: String,
    /// Formatted.
    pub size: String,
    /// In each currency.
    pub price: String,
    pub on: bool,
}

impl TrafficPage {
    fn href(&self) -> String {
        format!("{}/traffic", self.bot.href())
    }
}

impl Page for TrafficPage {
    fn head(&self) -> Head {
        Head::in_shell(format!("{}: {}", self.bot.name, t("web-area-traffic")))
    }

    fn body(self) -> AnyView {
        let href = self.href();
        view! {
            <AppShell area=Area::Traffic title=t("web-area-traffic")>
                <p class="text-sm text-muted mb-5 -mt-3">{t("web-traffic-lead")}</p>
                <div class="grid gap-5">
                    {list(&href, self.packs)}
                    {new_pack(&href, self.form, &self.currency)}
                </div>
            </AppShell>
        }
        .into_any()
    }
}

fn list(href: &str, packs: Vec<PackRow>) -> AnyView {
    if packs.is_empty() {
        return view! {
            <EmptyState icon="plus" title=t("web-traffic-none") text=t("web-traffic-none-text")/>
        }
        .into_any();
    }
    view! {
        <section class="sheet overflow-hidden">
            <div class="overflow-x-auto">
                <table class="tbl cards">
                    <caption class="sr-only">{t("web-traffic-caption")}</caption>
                    <thead>
                        <tr>
                            <th scope="col">{t("web-traffic-size")}</th>
                            <th scope="col">{t("web-traffic-amount")}</th>
                            <th scope="col">{t("web-traffic-state")}</th>
                            <th scope="col" class="e">{t("web-traffic-action")}</th>
                        </tr>
                    </thead>
                    <tbody>{packs.into_iter().map(|pack| row(href, pack)).collect_view()}</tbody>
                </table>
            </div>
        </section>
    }
    .into_any()
}

fn row(href: &str, pack: PackRow) -> impl IntoView {
    let (tone, state, act, label) = match pack.on {
        true => (Tone::Ok, "web-traffic-on", "off", "web-traffic-switch-off"),
        false => (Tone::Mute, "web-traffic-off", "on", "web-traffic-switch-on"),
    };
    view! {
        <tr>
            <th scope="row" class="num">{pack.size}</th>
            <td class="num">{pack.price}</td>
            <td>
                <Tag tone text=t(state)/>
            </td>
            <td class="e">
                <form method="post" action=href.to_owned()>
                    <input type="hidden" name="pack" value=pack.id/>
                    <button class="btn btn-line" name="act" value=act>
                        {t(label)}
                    </button>
                </form>
            </td>
        </tr>
    }
}

fn new_pack(href: &str, form: FormState, currency: &str) -> AnyView {
    view! {
        <form method="post" action=href.to_owned() class="sheet p-4.5 grid gap-4 max-w-2xl">
            <h2 class="text-lg">{t("web-traffic-new")}</h2>
            <ErrorSummary form=form.clone()/>
            <div class="grid sm:grid-cols-2 gap-4">
                <Field
                    form=form.clone()
                    name="gigabytes"
                    label=t("web-traffic-gigabytes")
                    inputmode="numeric"
                    ltr=true
                    required=true
                />
                <Field
                    form=form
                    name="price"
                    label=t_with("web-traffic-price", &args!["currency" => currency])
                    inputmode="decimal"
                    ltr=true
                    required=true
                />
            </div>
            <p class="hint">{t("web-traffic-hint")}</p>
            <button class="btn btn-primary justify-self-start max-sm:w-full" name="act" value="save">
                {t("web-traffic-save")}
            </button>
        </form>
    }
    .into_any()
}
