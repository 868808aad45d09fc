//! The receipt of a transfer from card to card: the picture beside what was asked for, whether it was
//! seen before, and the decision.

use leptos::prelude::*;

use super::{Fact, OrderPage, decision::actions, facts};
use crate::{
    components::{Choice, Icon, Tag, Tone},
    context::t,
};

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReceiptReview {
    pub id: String,
    pub picture: ReceiptPicture,
    /// What was asked for and who says to have sent it.
    pub facts: Vec<Fact>,
    /// Earlier receipts that are the same picture: the order's number and address, and a sentence.
    pub twins: Vec<EarlierReceipt>,
    /// The order's other receipts.
    pub others: Vec<EarlierReceipt>,
    pub decision: Decision,
    /// Why a receipt can be rejected.
    pub reasons: Vec<Choice>,
    /// What was asked for, formatted.
    pub amount: String,
    /// The last digits of the card.
    pub card: String,
    pub turns: Option<Turns>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum ReceiptPicture {
    /// Its address.
    Shown(String),
    Fetching,
    /// A sentence that says why there is none.
    Missing(String),
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EarlierReceipt {
    pub text: String,
    pub href: Option<String>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Decision {
    Open,
    /// By whom, when and why, in a sentence.
    Approved(String),
    /// The money can still be found.
    Rejected {
        text: String,
        can_approve: bool,
    },
}

/// The receipts that wait, in their order.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Turns {
    /// `1 of 4`
    pub place: String,
    pub previous: Option<String>,
    pub next: Option<String>,
}

impl ReceiptReview {
    pub fn is_open(&self) -> bool {
        self.decision == Decision::Open
    }
}

pub(super) fn review_tag() -> AnyView {
    view! { <Tag tone=Tone::Warn icon="receipt" text=t("web-order-state-review")/> }.into_any()
}

pub(super) fn review(page: &OrderPage, receipt: &ReceiptReview) -> AnyView {
    view! {
        <section class="mb-5" aria-labelledby="receipt-title">
            <div class="flex flex-wrap items-center gap-3 mb-3">
                <h2 id="receipt-title" class="text-base">{t("web-receipt-title")}</h2>
                {decided(&receipt.decision)}
                {receipt.turns.clone().map(turns)}
            </div>
            <div class="grid grid-cols-1 md:grid-cols-[21.5rem_minmax(0,1fr)] gap-5 items-start">
                {picture(receipt)}
                <div class="grid grid-cols-1 gap-5 min-w-0">
                    {twins(&receipt.twins)}
                    {facts("receipt-facts-title", "web-receipt-facts", receipt.facts.clone())}
                    {others(&receipt.others)}
                    {actions(page, receipt)}
                </div>
            </div>
        </section>
    }
    .into_any()
}

fn decided(decision: &Decision) -> Option<AnyView> {
    let (tone, icon, text) = match decision {
        Decision::Open => return None,
        Decision::Approved(text) => (Tone::Ok, "circle-check", text),
        Decision::Rejected { text, .. } => (Tone::Bad, "circle-x", text),
    };
    Some(
        view! {
            <p class=format!("text-sm flex items-center gap-1.5 {} ink", tone.class())>
                <Icon name=icon class="i-s"/>
                <span>{text.clone()}</span>
            </p>
        }
        .into_any(),
    )
}

fn turns(Turns { place, previous, next }: Turns) -> AnyView {
    let turn = |href: Option<String>, key: &str| {
        href.map(|href| view! { <a class="btn btn-line" href=href>{t(key)}</a> })
    };
    view! {
        <nav class="ms-auto flex flex-wrap items-center gap-2" aria-label=t("web-receipt-waiting")>
            <span class="text-xs text-muted num">{place}</span>
            {turn(previous, "web-receipt-previous")}
            {turn(next, "web-receipt-next")}
        </nav>
    }
    .into_any()
}

pub(super) fn picture(receipt: &ReceiptReview) -> AnyView {
    match &receipt.picture {
        ReceiptPicture::Shown(src) => view! {
            <a class="sheet overflow-hidden block" href=src.clone() target="_blank" rel="noopener">
                <img class="block w-full bg-white" src=src.clone() alt=t("web-receipt-picture")/>
                <span class="flex items-center gap-1.5 px-4.5 min-h-11 text-sm">
                    <Icon name="external-link" class="i-s"/>
                    {t("web-receipt-enlarge")}
                </span>
            </a>
        }
        .into_any(),
        // Looked at again until it is there.
        ReceiptPicture::Fetching => view! {
            <div class="note t-info" data-again="3">
                <Icon name="loader-circle" class="spin"/>
                <p class="text-sm flex-1 min-w-0">{t("web-receipt-fetching")}</p>
            </div>
        }
        .into_any(),
        ReceiptPicture::Missing(text) => view! {
            <div class="note t-warn">
                <Icon name="triangle-alert"/>
                <p class="text-sm flex-1 min-w-0">{text.clone()}</p>
            </div>
        }
        .into_any(),
    }
}

pub(super) fn twins(twins: &[EarlierReceipt]) -> AnyView {
    if twins.is_empty() {
        return view! { <p class="hint">{t("web-receipt-unseen")}</p> }.into_any();
    }
    view! {
        <div class="note t-warn">
            <Icon name="copy"/>
            <div class="flex-1 min-w-0 grid gap-1">
                <p class="text-sm font-medium">{t("web-receipt-seen")}</p>
                {lines(twins)}
            </div>
        </div>
    }
    .into_any()
}

pub(super) fn others(others: &[EarlierReceipt]) -> Option<AnyView> {
    (!others.is_empty()).then(|| {
        view! {
            <section class="sheet" aria-labelledby="receipt-others-title">
                <div class="sheet-h">
                    <h3 id="receipt-others-title">{t("web-receipt-others")}</h3>
                </div>
                <div class="p-4.5">{lines(others)}</div>
            </section>
        }
        .into_any()
    })
}

fn lines(lines: &[EarlierReceipt]) -> AnyView {
    let lines = lines.iter().cloned().map(|EarlierReceipt { text, href }| match href {
        Some(href) => view! {
            <li>
                <a class="hit link inline-block py-0.5 min-h-6" href=href>{text}</a>
            </li>
        }
        .into_any(),
        None => view! { <li>{text}</li> }.into_any(),
    });
    view! { <ul class="text-sm grid gap-1">{lines.collect_view()}</ul> }.into_any()
}
