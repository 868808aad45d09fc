//! The drawer over the list of orders in which receipts are reviewed one after the other.

use domain::locale::args;
use leptos::prelude::*;

use super::{
    Fact,
    decision::{approve_form, is_approval_wrong, is_rejection_wrong, reject_form},
    receipt::{ReceiptPicture, ReceiptReview, Turns, others, picture, twins},
};
use crate::{
    components::{FlashNote, Icon},
    context::{FormState, page_context, t, t_with},
};

/// A receipt that waits, shown over the list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReceiptDrawer {
    /// `BY-…`
    pub number: String,
    /// The page of the order.
    pub order: String,
    /// The drawer's own address.
    pub address: String,
    pub receipt: ReceiptReview,
    pub form: FormState,
}

impl ReceiptDrawer {
    /// The picture is on its way: the drawer looks again.
    pub fn is_fetching(&self) -> bool {
        self.receipt.picture == ReceiptPicture::Fetching
    }
}

/// `close` is the address of the list. Where the reader is then is said by the title, which takes the
/// focus: never by the button that gives access.
pub(in crate::pages::dashboard) fn drawer(drawer: ReceiptDrawer, close: String) -> AnyView {
    view! {
        <a class="fixed inset-0 z-40 scrim" href=close.clone() tabindex="-1" aria-hidden="true"></a>
        <dialog open class="drawer z-50 flex flex-col" aria-labelledby="review-title">
            {head(&drawer, close)}
            <div id="review" class="contents">{content(drawer)}</div>
        </dialog>
    }
    .into_any()
}

fn head(drawer: &ReceiptDrawer, close: String) -> AnyView {
    let title = t_with("web-receipt-drawer", &args!["order" => drawer.number.clone()]);
    view! {
        <div class="flex-none flex items-center gap-2 min-h-14 ps-5 pe-2 border-b border-base-300">
            <h2 id="review-title" class="text-base me-auto outline-none" tabindex="-1" autofocus>
                {title}
            </h2>
            {drawer.receipt.turns.clone().map(turns)}
            <a class="btn btn-ghost btn-square" href=close aria-label=t("web-receipt-close")>
                <Icon name="x"/>
            </a>
        </div>
    }
    .into_any()
}

fn turns(Turns { place, previous, next }: Turns) -> AnyView {
    let turn = |href: Option<String>, key: &str, icon: &'static str| match href {
        Some(href) => view! {
            <a class="btn btn-ghost btn-square" href=href aria-label=t(key)>
                <Icon name=icon class="flip"/>
            </a>
        }
        .into_any(),
        None => view! {
            <span class="btn btn-ghost btn-square text-muted pointer-events-none" aria-hidden="true">
                <Icon name=icon class="flip"/>
            </span>
        }
        .into_any(),
    };
    view! {
        <nav class="flex items-center" aria-label=t("web-receipt-waiting")>
            <span class="text-xs text-muted num pe-1">{place}</span>
            {turn(previous, "web-receipt-previous", "arrow-left")}
            {turn(next, "web-receipt-next", "arrow-right")}
        </nav>
    }
    .into_any()
}

/// What is fetched again until the picture is here.
pub(in crate::pages::dashboard) fn content(drawer: ReceiptDrawer) -> AnyView {
    let foot = foot(&drawer);
    let ReceiptDrawer { order, receipt, .. } = drawer;
    view! {
        <div
            class="flex-1 min-h-0 overflow-y-auto p-5 grid gap-5 content-start auto-rows-max"
            tabindex="0"
            role="group"
            aria-label=t("web-receipt-facts")
        >
            // The page's own is behind the drawer.
            {page_context().flash.map(|_| view! { <div class="-mb-5"><FlashNote/></div> })}
            {picture(&receipt)}
            {twins(&receipt.twins)}
            {facts(receipt.facts.clone())}
            {others(&receipt.others)}
            <a class="hit link text-sm justify-self-start" href=order>
                {t("web-receipt-order")}
            </a>
        </div>
        {foot}
    }
    .into_any()
}

fn facts(facts: Vec<Fact>) -> AnyView {
    let rows = facts.into_iter().map(|fact| {
        view! {
            <dt class="text-muted">{fact.label}</dt>
            <dd class="min-w-0 font-medium">
                <bdi>{fact.value}</bdi>
            </dd>
        }
    });
    view! { <dl class="text-sm grid grid-cols-[8.5rem_minmax(0,1fr)] gap-y-2">{rows.collect_view()}</dl> }
        .into_any()
}

/// The two decisions, each behind a dialog of its own. One with an error in it is open in its place.
fn foot(drawer: &ReceiptDrawer) -> AnyView {
    let ReceiptDrawer { address, receipt, form, .. } = drawer;
    let approve = || approve_form(address.clone(), form, receipt, "approve");
    let reject = || reject_form(address.clone(), form, receipt);
    match (is_approval_wrong(form), is_rejection_wrong(form)) {
        (true, _) => refused(approve(), address.clone()),
        (false, true) => refused(reject(), address.clone()),
        (false, false) => view! {
            <div class="flex-none border-t border-base-300 p-4 grid grid-cols-[1fr_1.6fr] gap-2">
                <button type="button" class="btn btn-risk" popovertarget="reject">
                    {t("web-receipt-reject")}
                </button>
                <button type="button" class="btn btn-primary" popovertarget="approve">
                    <Icon name="check"/>
                    {t("web-receipt-approve")}
                </button>
            </div>
            {dialog("reject", "web-receipt-why", reject())}
            {dialog("approve", "web-receipt-approve-title", approve())}
        }
        .into_any(),
    }
}

fn refused(form: AnyView, address: String) -> AnyView {
    view! {
        <div class="flex-none border-t border-base-300 p-4 grid gap-3">
            {form} <a class="hit link text-sm justify-self-start" href=address>
                {t("web-receipt-back")}
            </a>
        </div>
    }
    .into_any()
}

fn dialog(id: &'static str, title: &str, form: AnyView) -> AnyView {
    let title_id = format!("{id}-title");
    let named = title_id.clone();
    view! {
        <div id=id popover="auto" role="dialog" class="dlg p-5" aria-labelledby=named>
            <div class="flex items-center gap-3 mb-3">
                <h3 id=title_id class="text-base me-auto">{t(title)}</h3>
                <button
                    type="button"
                    class="btn btn-ghost btn-square"
                    popovertarget=id
                    popovertargetaction="hide"
                    aria-label=t("web-receipt-back")
                >
                    <Icon name="x"/>
                </button>
            </div>
            {form}
        </div>
    }
    .into_any()
}
