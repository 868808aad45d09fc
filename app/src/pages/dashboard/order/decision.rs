//! What can be decided about a receipt: on the order's page as folds, in the drawer as dialogs.

use domain::locale::args;
use leptos::prelude::*;

use super::{
    OrderPage,
    receipt::{Decision, ReceiptReview},
};
use crate::{
    components::{ErrorSummary, Field, Fold, Icon, Select},
    context::{FormState, t, t_with},
};

pub(super) fn actions(page: &OrderPage, receipt: &ReceiptReview) -> Option<AnyView> {
    match receipt.decision {
        Decision::Open => Some(
            view! {
                {approval(page, receipt, "approve")}
                {rejection(page, receipt)}
            }
            .into_any(),
        ),
        Decision::Rejected { can_approve: true, .. } => Some(approval(page, receipt, "approve_after_all")),
        Decision::Approved(_) | Decision::Rejected { .. } => None,
    }
}

fn approval(page: &OrderPage, receipt: &ReceiptReview, act: &'static str) -> AnyView {
    let title = match act {
        "approve" => "web-receipt-approve",
        _ => "web-receipt-approve-after-all",
    };
    let form = approve_form(page.href(), &page.form, receipt, act);
    view! {
        <Fold icon="circle-check" title=t(title) open=is_approval_wrong(&page.form)>
            {form}
        </Fold>
    }
    .into_any()
}

fn rejection(page: &OrderPage, receipt: &ReceiptReview) -> AnyView {
    let form = reject_form(page.href(), &page.form, receipt);
    view! {
        <Fold icon="circle-x" title=t("web-receipt-reject") open=is_rejection_wrong(&page.form)>
            {form}
        </Fold>
    }
    .into_any()
}

pub(super) fn is_approval_wrong(form: &FormState) -> bool {
    form.error("came").is_some()
}

pub(super) fn is_rejection_wrong(form: &FormState) -> bool {
    form.error("why").is_some() || form.error("words").is_some()
}

/// Posts to `action`, the address of the page that shows it.
pub(super) fn approve_form(
    action: String,
    form: &FormState,
    receipt: &ReceiptReview,
    act: &'static str,
) -> AnyView {
    let (form, id) = (form.clone(), receipt.id.clone());
    let said = args!["amount" => receipt.amount.clone(), "card" => receipt.card.clone()];
    view! {
        <form method="post" action=action class="grid gap-3 max-w-xl">
            <p class="text-sm">{t_with("web-receipt-approve-text", &said)}</p>
            <input type="hidden" name="receipt" value=id/>
            <Field
                form
                name="came"
                label=t("web-receipt-came")
                hint=t_with("web-receipt-came-hint", &said)
                inputmode="decimal"
                ltr=true
            />
            <button class="btn btn-primary justify-self-start max-sm:w-full" name="act" value=act>
                <Icon name="check"/>
                {t("web-receipt-approve-yes")}
            </button>
        </form>
    }
    .into_any()
}

/// Posts to `action`, the address of the page that shows it.
pub(super) fn reject_form(action: String, form: &FormState, receipt: &ReceiptReview) -> AnyView {
    let (form, id, reasons) = (form.clone(), receipt.id.clone(), receipt.reasons.clone());
    view! {
        <form method="post" action=action class="grid gap-3 max-w-xl">
            <ErrorSummary form=form.clone()/>
            <p class="text-sm">{t("web-receipt-reject-text")}</p>
            <input type="hidden" name="receipt" value=id/>
            <Select form=form.clone() name="why" label=t("web-receipt-why") choices=reasons/>
            <Field form name="words" label=t("web-receipt-words") hint=t("web-receipt-words-hint") maxlength=300/>
            <button class="btn btn-error justify-self-start max-sm:w-full" name="act" value="reject">
                {t("web-receipt-reject-yes")}
            </button>
        </form>
    }
    .into_any()
}
