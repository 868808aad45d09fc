//! `/app/b/{bot}/tickets`: what users ask, by how it stands.

use domain::entities::tenant::ticket::TicketState;
use leptos::prelude::*;

use super::orders::OrderChip;
use crate::{
    components::{AppShell, Area, EmptyState, Field, Fold, LiveUpdates, Pager, Tag, Tone},
    context::{BotSummary, FormState, page_context, t},
    ssr::{Head, Page},
};

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TicketsPage {
    pub bot: BotSummary,
    pub chips: Vec<OrderChip>,
    pub rows: Vec<TicketRow>,
    /// The shop has tickets, whether shown or not.
    pub any: bool,
    pub newer: Option<String>,
    pub older: Option<String>,
    /// The first page shows new tickets by itself.
    pub events: Option<String>,
    /// The page's own address with its filters.
    pub address: String,
    /// The shop's other contact.
    pub form: FormState,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TicketRow {
    /// `#12`
    pub number: String,
    pub href: String,
    /// @username or name.
    pub user: String,
    pub topic: String,
    pub state: TicketState,
    /// What its user thought of it.
    pub rating: Option<String>,
    pub time: String,
}

/// The state's mark, wherever a ticket is shown.
pub(super) fn state_tag(state: TicketState) -> AnyView {
    let (tone, icon, key) = match state {
        TicketState::Waiting => (Tone::Warn, "clock", "web-ticket-state-waiting"),
        TicketState::Answered => (Tone::Info, "message-square", "web-ticket-state-answered"),
        TicketState::Closed => (Tone::Mute, "circle-check", "web-ticket-state-closed"),
    };
    view! { <Tag tone icon text=t(key)/> }.into_any()
}

impl TicketsPage {
    fn href(&self) -> String {
        format!("{}/tickets", self.bot.href())
    }
}

impl Page for TicketsPage {
    fn head(&self) -> Head {
        Head::in_shell(format!("{}: {}", self.bot.name, t("web-tickets-title")))
    }

    fn body(self) -> AnyView {
        let (events, page) = (self.events.clone(), self.address.clone());
        let (chips, contact) = (chips(&self), contact(&self));
        view! {
            <AppShell area=Area::Tickets title=t("web-tickets-title")>
                {chips} <div id="tickets">{list(self)}</div> {contact}
                <LiveUpdates id="tickets" page events/>
            </AppShell>
        }
        .into_any()
    }

    fn fragment(self, id: &str) -> Option<AnyView> {
        (id == "tickets").then(|| list(self))
    }
}

fn chips(page: &TicketsPage) -> Option<AnyView> {
    let chip = |chip: OrderChip| {
        view! {
            <a class="chip" href=chip.href aria-current=chip.chosen.then_some("true")>
                {chip.label}
                " "
                <span class="num">{chip.count}</span>
            </a>
        }
    };
    page.any.then(|| {
        view! {
            <nav
                aria-label=t("web-tickets-states")
                class="flex gap-2 overflow-x-auto pb-1 -mx-4 px-4 sm:mx-0 sm:px-0 sm:flex-wrap mb-4"
            >
                {page.chips.iter().cloned().map(chip).collect_view()}
            </nav>
        }
        .into_any()
    })
}

fn list(page: TicketsPage) -> AnyView {
    if !page.any {
        let phone = page_context().phone_of(&page.bot);
        return view! {
            <EmptyState icon="life-buoy" title=t("web-tickets-none") text=t("web-tickets-none-text")>
                {phone.map(|href| view! { <a class="btn btn-primary" href=href>{t("web-tickets-try")}</a> })}
            </EmptyState>
        }
        .into_any();
    }
    if page.rows.is_empty() {
        let all = page.href();
        return view! {
            <EmptyState icon="circle-check" title=t("web-tickets-nothing") text=t("web-tickets-nothing-text")>
                <a class="btn btn-line" href=all>
                    {t("web-tickets-show-all")}
                </a>
            </EmptyState>
        }
        .into_any();
    }
    view! {
        <section class="sheet overflow-hidden">
            <div class="overflow-x-auto">
                <table class="tbl cards">
                    <caption class="sr-only">{t("web-tickets-title")}</caption>
                    <thead>
                        <tr>
                            <th scope="col">{t("web-ticket-number")}</th>
                            <th scope="col">{t("web-sale-user")}</th>
                            <th scope="col">{t("web-ticket-topic")}</th>
                            <th scope="col">{t("web-sale-state")}</th>
                            <th scope="col" class="e">{t("web-ticket-moved")}</th>
                        </tr>
                    </thead>
                    <tbody>{page.rows.into_iter().map(row).collect_view()}</tbody>
                </table>
            </div>
            <Pager newer=(page.newer, "web-tickets-previous") older=(page.older, "web-tickets-next")/>
        </section>
    }
    .into_any()
}

fn row(row: TicketRow) -> impl IntoView {
    view! {
        <tr>
            <th scope="row">
                <a class="hit link link-hover inline-flex items-center min-h-6 num" href=row.href>
                    <bdi class="ltr">{row.number}</bdi>
                </a>
            </th>
            <td class="max-sm:row-start-2 max-sm:text-muted">
                <bdi>{row.user}</bdi>
            </td>
            <td class="max-sm:row-start-3 text-muted">
                {row.topic}
                {row.rating.map(|rating| view! { <span class="num">" · " {rating}</span> })}
            </td>
            <td class="r max-sm:row-start-2 max-sm:row-span-2">{state_tag(row.state)}</td>
            <td class="e hide text-muted num whitespace-nowrap">{row.time}</td>
        </tr>
    }
}

/// Where users can write besides.
fn contact(page: &TicketsPage) -> AnyView {
    let (form, action) = (page.form.clone(), page.href());
    let open = form.error("contact").is_some();
    let value = Some(form.value("contact")).filter(|typed| !typed.is_empty() && !open);
    view! {
        <Fold icon="link" title=t("web-tickets-contact") value open class="mt-5">
            <form method="post" action=action class="grid gap-3 max-w-xl">
                <Field
                    form
                    name="contact"
                    label=t("web-tickets-contact-label")
                    hint=t("web-tickets-contact-hint")
                    placeholder="@fastline_help"
                    maxlength=200
                    ltr=true
                />
                <button class="btn btn-primary justify-self-start max-sm:w-full" name="act" value="contact">
                    {t("web-tickets-contact-save")}
                </button>
            </form>
        </Fold>
    }
    .into_any()
}
