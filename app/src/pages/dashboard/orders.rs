//! `/app/b/{bot}/orders`: the shop's orders, by state, by what is searched, page by page.

use domain::entities::tenant::order::OrderState;
use leptos::prelude::*;

use super::order::{ReceiptDrawer, drawer, drawer_content};
use crate::{
    components::{AppShell, Area, EmptyState, Icon, LiveUpdates, Pager, Tag, Tone},
    context::{BotSummary, page_context, t},
    ssr::{Head, Page},
};

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OrdersPage {
    pub bot: BotSummary,
    pub chips: Vec<OrderChip>,
    /// The code of the chosen chip; empty is all.
    pub state: String,
    pub search: String,
    pub rows: Vec<OrderRow>,
    /// The shop has orders, whether shown or not.
    pub any: bool,
    /// Receipts that wait for a person.
    pub review: Option<ReviewLink>,
    /// Payments that came and that no order asked for.
    pub strange: Vec<String>,
    /// What the last check of the books found; nothing before the first night.
    pub check: Option<OrdersCheck>,
    pub newer: Option<String>,
    pub older: Option<String>,
    /// The first page shows new orders by itself.
    pub events: Option<String>,
    /// The page's own address with its filters.
    pub address: String,
    /// A receipt that is reviewed, over the list.
    pub drawer: Option<ReceiptDrawer>,
}

/// A sentence about the books.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OrdersCheck {
    pub tone: Tone,
    pub text: String,
}

/// The way to the receipt that has waited longest.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReviewLink {
    /// How many there are, in words.
    pub text: String,
    pub href: String,
}

/// A filter.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OrderChip {
    pub label: String,
    /// Formatted.
    pub count: String,
    pub href: String,
    pub chosen: bool,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OrderRow {
    /// `BY-…`
    pub number: String,
    pub href: String,
    /// @username or name.
    pub buyer: String,
    pub plan: String,
    /// Left out where there is little room.
    pub method: Option<String>,
    pub amount: String,
    pub state: OrderState,
    /// A receipt waits for a person.
    pub review: bool,
    pub time: String,
}

/// The state's mark, wherever an order is shown.
pub(super) fn state_tag(state: OrderState) -> AnyView {
    let (tone, icon, key) = match state {
        OrderState::New => (Tone::Mute, "circle", "web-order-state-new"),
        OrderState::Pending => (Tone::Mute, "clock", "web-order-state-pending"),
        OrderState::Paid => (Tone::Info, "loader-circle", "web-order-state-paid"),
        OrderState::Provisioned => (Tone::Ok, "circle-check", "web-order-state-provisioned"),
        OrderState::Failed => (Tone::Bad, "circle-x", "web-order-state-failed"),
        OrderState::Expired => (Tone::Mute, "clock", "web-order-state-expired"),
        OrderState::Mismatch => (Tone::Warn, "triangle-alert", "web-order-state-mismatch"),
        OrderState::Refunded => (Tone::Mute, "undo-2", "web-order-state-refunded"),
        OrderState::Disputed => (Tone::Warn, "triangle-alert", "web-order-state-disputed"),
        OrderState::Won => (Tone::Ok, "shield-check", "web-order-state-won"),
        OrderState::Lost => (Tone::Bad, "undo-2", "web-order-state-lost"),
    };
    view! { <Tag tone icon text=t(key)/> }.into_any()
}

/// What waits for a person is more than where the order stands.
fn tag(row: &OrderRow) -> AnyView {
    match row.review {
        true => view! { <Tag tone=Tone::Warn icon="receipt" text=t("web-order-state-review")/> }.into_any(),
        false => state_tag(row.state),
    }
}

impl Page for OrdersPage {
    fn head(&self) -> Head {
        Head::in_shell(format!("{}: {}", self.bot.name, t("web-orders-title")))
    }

    fn body(self) -> AnyView {
        let filters = filters(&self);
        let strange = strange(&self.strange);
        let check = self.check.clone();
        let (events, page) = (self.events.clone(), self.address.clone());
        let review = self.drawer.clone().map(|shown| review(shown, page.clone(), events.clone()));
        let behind = review.is_some();
        view! {
            <AppShell area=Area::Orders title=t("web-orders-title")>
                {review}
                <div inert=behind>{strange} {filters} <div id="orders">{list(self)}</div></div>
                {check
                    .map(|OrdersCheck { tone, text }| {
                        view! {
                            <div class=format!("note mt-6 {}", tone.class())>
                                <Icon name=tone.icon()/>
                                <p class="text-sm flex-1 min-w-0">{text}</p>
                            </div>
                        }
                    })}
                <LiveUpdates id="orders" page events/>
            </AppShell>
        }
        .into_any()
    }

    fn fragment(self, id: &str) -> Option<AnyView> {
        match id {
            "orders" => Some(list(self)),
            "review" => self.drawer.map(drawer_content),
            _ => None,
        }
    }
}

fn review(shown: ReceiptDrawer, close: String, events: Option<String>) -> AnyView {
    let page = shown.address.clone();
    // What is typed stays: only a picture that is not here yet is worth looking again.
    let events = events.filter(|_| shown.is_fetching());
    view! {
        {drawer(shown, close)}
        <LiveUpdates id="review" page events/>
    }
    .into_any()
}

fn strange(lines: &[String]) -> Option<AnyView> {
    if lines.is_empty() {
        return None;
    }
    let lines = lines.iter().cloned().map(|line| view! { <li class="text-sm break-all">{line}</li> });
    Some(
        view! {
            <div class="note t-warn mb-5">
                <Icon name="triangle-alert"/>
                <div class="flex-1 min-w-0 grid gap-1">
                    <p class="text-sm">{t("web-orders-strange")}</p>
                    <ul class="grid gap-1">{lines.collect_view()}</ul>
                </div>
            </div>
        }
        .into_any(),
    )
}

fn filters(page: &OrdersPage) -> Option<AnyView> {
    if !page.any {
        return None;
    }
    let chips = page
        .chips
        .iter()
        .cloned()
        .map(|chip| {
            view! {
                <a class="chip" href=chip.href aria-current=chip.chosen.then_some("true")>
                    {chip.label}
                    " "
                    <span class="num">{chip.count}</span>
                </a>
            }
        })
        .collect_view();
    let action = format!("{}/orders", page.bot.href());
    Some(
        view! {
            <nav aria-label=t("web-orders-states") class="flex gap-2 overflow-x-auto pb-1 -mx-4 px-4 sm:mx-0 sm:px-0 sm:flex-wrap">
                {chips}
            </nav>
            <form action=action class="mt-3 mb-4 flex flex-wrap gap-2" role="search">
                {(!page.state.is_empty())
                    .then(|| view! { <input type="hidden" name="state" value=page.state.clone()/> })}
                <input
                    type="search"
                    name="q"
                    class="input flex-1 min-w-52"
                    dir="auto"
                    value=page.search.clone()
                    placeholder=t("web-orders-search")
                    aria-label=t("web-orders-search")
                    autocomplete="off"
                />
                <button class="btn btn-line max-sm:w-full">
                    <Icon name="search"/>
                    {t("web-orders-search-go")}
                </button>
            </form>
        }
        .into_any(),
    )
}

fn list(page: OrdersPage) -> AnyView {
    if !page.any {
        return none_yet(&page.bot);
    }
    let review = page.review.clone().map(review_note);
    if page.rows.is_empty() {
        let all = format!("{}/orders", page.bot.href());
        return view! {
            {review}
            <EmptyState icon="search-x" title=t("web-orders-nothing") text=t("web-orders-nothing-text")>
                <a class="btn btn-line" href=all>
                    {t("web-orders-show-all")}
                </a>
            </EmptyState>
        }
        .into_any();
    }
    view! {
        {review}
        <section class="sheet overflow-hidden">
            {table(page.rows)}
            <Pager newer=(page.newer, "web-orders-newer") older=(page.older, "web-orders-older")/>
        </section>
    }
    .into_any()
}

fn review_note(ReviewLink { text, href }: ReviewLink) -> AnyView {
    view! {
        <div class="note t-warn mb-4 flex-wrap">
            <Icon name="receipt"/>
            <p class="text-sm flex-1 min-w-52">{text}</p>
            <a class="btn btn-primary max-sm:w-full" href=href>
                {t("web-orders-review")}
            </a>
        </div>
    }
    .into_any()
}

/// Orders as rows: here and on the overview.
pub(super) fn table(rows: Vec<OrderRow>) -> AnyView {
    let has_method = rows.iter().any(|row| row.method.is_some());
    view! {
        <div class="overflow-x-auto">
            <table class="tbl cards">
                <caption class="sr-only">{t("web-orders-title")}</caption>
                <thead>
                    <tr>
                        <th scope="col">{t("web-sale-order")}</th>
                        <th scope="col">{t("web-sale-user")}</th>
                        <th scope="col">{t("web-sale-plan")}</th>
                        {has_method.then(|| view! { <th scope="col">{t("web-order-method")}</th> })}
                        <th scope="col" class="e">{t("web-sale-amount")}</th>
                        <th scope="col">{t("web-sale-state")}</th>
                        <th scope="col" class="e">{t("web-sale-time")}</th>
                    </tr>
                </thead>
                <tbody>{rows.into_iter().map(row).collect_view()}</tbody>
            </table>
        </div>
    }
    .into_any()
}

fn row(row: OrderRow) -> impl IntoView {
    let tag = tag(&row);
    view! {
        <tr>
            <th scope="row">
                <a class="hit link link-hover inline-flex items-center min-h-6 num" href=row.href>
                    <bdi class="ltr">{row.number}</bdi>
                </a>
            </th>
            <td class="max-sm:row-start-2 max-sm:text-muted">
                <bdi>{row.buyer}</bdi>
            </td>
            <td class="max-sm:row-start-3 text-muted">
                <bdi>{row.plan}</bdi>
            </td>
            {row
                .method
                .map(|method| {
                    view! {
                        <td class="hide text-muted">
                            <bdi>{method}</bdi>
                        </td>
                    }
                })}
            <td class="e r num whitespace-nowrap max-sm:row-start-1 max-sm:font-medium">{row.amount}</td>
            <td class="r max-sm:row-start-2 max-sm:row-span-2">{tag}</td>
            <td class="e hide text-muted num whitespace-nowrap">{row.time}</td>
        </tr>
    }
}

fn none_yet(bot: &BotSummary) -> AnyView {
    let (href, label) = match page_context().phone_of(bot) {
        Some(phone) => (phone, "web-overview-test-purchase"),
        None => (bot.href(), "web-orders-overview"),
    };
    view! {
        <EmptyState icon="receipt" title=t("web-orders-none") text=t("web-orders-none-text")>
            <a class="btn btn-primary" href=href>
                {t(label)}
            </a>
        </EmptyState>
    }
    .into_any()
}
