//! `/app/b/{bot}/orders/{id}`: one order, what happened to it, and what can be done about it.

use domain::{args, entities::tenant::order::OrderState};
use leptos::prelude::*;

mod decision;
mod drawer;
mod receipt;

pub use drawer::ReceiptDrawer;
pub(super) use drawer::{content as drawer_content, drawer};
pub use receipt::{Decision, EarlierReceipt, ReceiptPicture, ReceiptReview, Turns};

use super::orders::state_tag;
use crate::{
    components::{
        AppShell, Area, BackLink, CopyValue, ErrorSummary, Field, Fold, Icon, LiveUpdates, Tag, Timeline,
        TimelineStep, Tone,
    },
    context::{BotSummary, FormState, t, t_with},
    islands::CopyButtons,
    ssr::{Head, Page},
};

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct OrderPage {
    pub bot: BotSummary,
    pub id: String,
    /// `BY-…`
    pub number: String,
    pub state: OrderState,
    /// What a person has to know or decide: what differs, what a bank asks.
    pub attention: Vec<String>,
    /// What the buyer sent to show that he has paid.
    pub receipt: Option<ReceiptReview>,
    pub payment: Vec<Fact>,
    pub access: Vec<Fact>,
    pub refunds: Vec<RefundRow>,
    pub steps: Vec<TimelineStep>,
    /// The provider has a payment that can be asked about.
    pub can_look: bool,
    pub refund: RefundOffer,
    pub form: FormState,
    pub events: Option<String>,
    /// Something happens in the background: the page looks again by itself.
    pub waiting: bool,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fact {
    pub label: String,
    pub value: String,
    pub kind: FactKind,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum FactKind {
    #[default]
    Words,
    /// Something that is pasted elsewhere.
    Code,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RefundRow {
    pub amount: String,
    pub state: RefundProgress,
    pub reason: String,
    pub by: Option<String>,
    pub time: String,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum RefundProgress {
    OnTheWay,
    Done,
    Failed,
}

/// What the page offers to send back.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum RefundOffer {
    /// Nothing was paid, or all is back.
    #[default]
    None,
    /// The provider cannot; the seller does it there.
    ByHand,
    /// It was put into a wallet and spent.
    Spent,
    Whole(Left),
    Part(Left),
    /// The seller has sent it himself and says how much.
    Record(Left),
}

#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Left {
    /// In the smallest unit: a second press of the same button finds less.
    pub minor: i64,
    /// Formatted.
    pub amount: String,
}

impl OrderPage {
    fn href(&self) -> String {
        format!("{}/orders/{}", self.bot.href(), self.id)
    }
}

impl Page for OrderPage {
    fn head(&self) -> Head {
        // A reload would take away what is being typed.
        let is_review = self.receipt.as_ref().is_some_and(ReceiptReview::is_open);
        let is_form =
            is_review || !matches!(self.refund, RefundOffer::None | RefundOffer::ByHand | RefundOffer::Spent);
        Head {
            refresh_without_script: (self.waiting && !is_form).then_some(3),
            ..Head::in_shell(format!("{}: {}", self.bot.name, self.number))
        }
    }

    fn body(self) -> AnyView {
        let (events, page) = (self.events.clone(), self.href());
        let back = format!("{}/orders", self.bot.href());
        view! {
            <AppShell area=Area::Orders title=t_with("web-order-title", &args!["order" => self.number.clone()])>
                <BackLink href=back text=t("web-orders-title")/>
                <div id="order">{live(self)}</div>
                <LiveUpdates id="order" page events/>
                <CopyButtons copied=t("web-copied")/>
            </AppShell>
        }
        .into_any()
    }

    fn fragment(self, id: &str) -> Option<AnyView> {
        (id == "order").then(|| live(self))
    }
}

/// All of it: what can be done follows from what has happened.
fn live(page: OrderPage) -> AnyView {
    let actions = actions(&page);
    let review = page.receipt.as_ref().map(|receipt| receipt::review(&page, receipt));
    let tag = match &page.receipt {
        Some(receipt) if receipt.is_open() => receipt::review_tag(),
        _ => state_tag(page.state),
    };
    let OrderPage { attention, payment, access, refunds, steps, waiting, .. } = page;
    view! {
        <div class="flex flex-wrap items-center gap-3 mb-5" data-again=waiting.then_some("5")>{tag}</div>
        {(!attention.is_empty())
            .then(|| {
                view! {
                    <div class="note t-warn mb-5">
                        <Icon name="triangle-alert"/>
                        <div class="flex-1 min-w-0 grid gap-1">
                            {attention.into_iter().map(|text| view! { <p class="text-sm">{text}</p> }).collect_view()}
                        </div>
                    </div>
                }
            })}
        {review}
        <div class="grid grid-cols-1 xl:grid-cols-[minmax(0,1fr)_20rem] gap-5 items-start">
            <div class="grid grid-cols-1 gap-5 min-w-0">
                {facts("payment-title", "web-order-payment", payment)} {facts("access-title", "web-order-access", access)}
                {refund_list(refunds)}
            </div>
            <section class="sheet min-w-0" aria-labelledby="timeline-title">
                <div class="sheet-h">
                    <h2 id="timeline-title">{t("web-order-timeline")}</h2>
                </div>
                <div class="p-4.5">
                    <Timeline steps/>
                </div>
            </section>
        </div>
        {actions}
    }
    .into_any()
}

fn facts(id: &'static str, title: &str, facts: Vec<Fact>) -> Option<AnyView> {
    if facts.is_empty() {
        return None;
    }
    let rows = facts
        .into_iter()
        .map(|fact| {
            let value = match fact.kind {
                FactKind::Words => view! { <bdi>{fact.value}</bdi> }.into_any(),
                FactKind::Code => view! { <CopyValue value=fact.value/> }.into_any(),
            };
            view! {
                <div class="grid grid-cols-1 sm:grid-cols-2 gap-1">
                    <dt class="text-muted">{fact.label}</dt>
                    <dd class="min-w-0 font-medium">{value}</dd>
                </div>
            }
        })
        .collect_view();
    Some(
        view! {
            <section class="sheet" aria-labelledby=id>
                <div class="sheet-h">
                    <h2 id=id>{t(title)}</h2>
                </div>
                <dl class="p-4.5 text-sm grid gap-3">{rows}</dl>
            </section>
        }
        .into_any(),
    )
}

fn refund_list(refunds: Vec<RefundRow>) -> Option<AnyView> {
    if refunds.is_empty() {
        return None;
    }
    let rows = refunds
        .into_iter()
        .map(|row| {
            let (tone, icon, key) = match row.state {
                RefundProgress::OnTheWay => (Tone::Info, "loader-circle", "web-refund-requested"),
                RefundProgress::Done => (Tone::Ok, "circle-check", "web-refund-done"),
                RefundProgress::Failed => (Tone::Bad, "circle-x", "web-refund-failed"),
            };
            view! {
                <li class="grid gap-1">
                    <p class="flex flex-wrap items-center gap-3">
                        <span class="num font-medium">{row.amount}</span>
                        <Tag tone icon text=t(key)/>
                        <span class="text-muted num ms-auto">{row.time}</span>
                    </p>
                    <p class="text-muted">
                        <bdi>{row.reason}</bdi>
                    </p>
                    {row
                        .by
                        .map(|by| {
                            view! {
                                <p class="text-xs text-muted">
                                    <bdi class="ltr">{by}</bdi>
                                </p>
                            }
                        })}
                </li>
            }
        })
        .collect_view();
    Some(
        view! {
            <section class="sheet" aria-labelledby="refunds-title">
                <div class="sheet-h">
                    <h2 id="refunds-title">{t("web-order-refunds")}</h2>
                </div>
                <ul class="p-4.5 text-sm grid gap-4">{rows}</ul>
            </section>
        }
        .into_any(),
    )
}

fn actions(page: &OrderPage) -> AnyView {
    let href = page.href();
    let look = page.can_look.then(|| {
        view! {
            <form method="post" action=href class="mt-5 flex flex-wrap items-center gap-3">
                <button class="btn btn-line max-sm:w-full" name="act" value="look">
                    <Icon name="refresh-cw"/>
                    {t("web-order-look")}
                </button>
                <p class="hint flex-1 min-w-52">{t("web-order-look-text")}</p>
            </form>
        }
    });
    view! {
        {look}
        {refund(page)}
    }
    .into_any()
}

fn refund(page: &OrderPage) -> Option<AnyView> {
    let (left, part, by_hand) = match &page.refund {
        RefundOffer::None => return None,
        RefundOffer::ByHand => return Some(not_here("web-refund-by-hand", "web-refund-by-hand-text")),
        RefundOffer::Spent => return Some(not_here("web-refund-spent", "web-refund-spent-text")),
        RefundOffer::Whole(left) => (left.clone(), false, false),
        RefundOffer::Part(left) => (left.clone(), true, false),
        RefundOffer::Record(left) => (left.clone(), true, true),
    };
    let (action, form) = (page.href(), page.form.clone());
    let open = form.error("amount").is_some() || form.error("reason").is_some();
    let (title, text, yes) = match by_hand {
        true => ("web-refund-record-title", "web-refund-record-text", "web-refund-record-yes"),
        false => ("web-refund-title", "web-refund-text", "web-refund-yes"),
    };
    Some(
        view! {
            <Fold icon="undo-2" title=t(title) open class="mt-5">
                <form method="post" action=action class="grid gap-3 max-w-xl">
                    <ErrorSummary form=form.clone()/>
                    <p class="text-sm text-muted">{t_with(text, &args!["amount" => left.amount.clone()])}</p>
                    <input type="hidden" name="left" value=left.minor.to_string()/>
                    {part
                        .then(|| {
                            view! {
                                <Field
                                    form=form.clone()
                                    name="amount"
                                    label=t("web-refund-amount")
                                    hint=t_with("web-refund-amount-hint", &args!["amount" => left.amount.clone()])
                                    inputmode="decimal"
                                    ltr=true
                                />
                            }
                        })}
                    <Field
                        form=form
                        name="reason"
                        label=t("web-refund-reason")
                        hint=t("web-refund-reason-hint")
                        maxlength=200
                        required=true
                    />
                    <button class="btn btn-error justify-self-start max-sm:w-full" name="act" value="refund">
                        {t(yes)}
                    </button>
                </form>
            </Fold>
        }
        .into_any(),
    )
}

/// Why there is no form.
fn not_here(title: &'static str, text: &'static str) -> AnyView {
    view! {
        <section class="note t-info mt-5" aria-labelledby="by-hand-title">
            <Icon name="undo-2"/>
            <div class="flex-1 min-w-0">
                <h2 id="by-hand-title" class="text-sm font-medium">{t(title)}</h2>
                <p class="text-sm text-muted">{t(text)}</p>
            </div>
        </section>
    }
    .into_any()
}
