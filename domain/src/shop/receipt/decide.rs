//! What staff decides about a receipt. To approve one is to say what arrived; everything that follows
//! from it is the same transaction, by the same rules as after a provider's word.

use sea_orm::{ActiveModelTrait, ActiveValue::Set, IntoActiveModel};
use serde_json::json;

use super::{
    rules::{self, Verdict, Wanted},
    service::{find, of_order, states},
};
use crate::{
    args,
    db::{Conn, StoreError, TenantTx},
    entities::tenant::{
        order,
        receipt::{Model, ReceiptState, RejectReason},
    },
    error::Explain,
    ids::ReceiptId,
    jobs,
    locale::Args,
    money::Money,
    ports::{Notice, PaymentFacts, PaymentStatus},
    shop::{
        order::{rules::is_open, service as orders},
        payment::{card, jobs::PollPayment, settle},
    },
};

/// An amount that nobody transfers by hand: a slip of the finger.
const TIMES_TOO_MUCH: i64 = 100;
/// The characters of staff's own words.
const NOTE: usize = 300;

/// What arrived on the shop's card.
#[derive(Clone, Debug)]
pub struct Approval {
    pub receipt: ReceiptId,
    /// `None` is exactly what was asked for.
    pub minor: Option<i64>,
    /// Though it was rejected.
    pub after_all: bool,
    /// An account of the panel.
    pub by: String,
}

/// Why the money is not believed in.
#[derive(Clone, Debug)]
pub struct Rejection<'a> {
    pub receipt: ReceiptId,
    pub reason: RejectReason,
    /// In staff's own words, for the buyer.
    pub note: &'a str,
    pub by: String,
}

/// Why nothing is decided.
#[derive(Debug, thiserror::Error)]
pub enum DecideRefused {
    #[error("there is no such receipt")]
    NoReceipt,
    /// Somebody was faster; this is what came of it.
    #[error("it is decided already")]
    Decided(Box<Model>),
    #[error("another receipt of the order has taken its place, or the order is not open any more")]
    Overtaken,
    #[error("the amount is nothing, or a hundred times too much")]
    Amount,
    /// The buyer would read nothing.
    #[error("own words are missing")]
    NoWords,
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl Explain for DecideRefused {
    fn explain(&self) -> Option<(&'static str, Args)> {
        match self {
            // Who was faster knows whoever shows it.
            Self::NoReceipt | Self::Decided(_) | Self::Store(_) => None,
            Self::Overtaken => Some(("error-receipt-overtaken", args![])),
            Self::Amount => Some(("error-receipt-amount", args![])),
            Self::NoWords => Some(("error-receipt-words", args![])),
        }
    }
}

impl From<sea_orm::DbErr> for DecideRefused {
    fn from(error: sea_orm::DbErr) -> Self {
        Self::Store(error.into())
    }
}

/// The money has arrived. Less than was asked for activates nothing, what is too much lies in the
/// buyer's wallet.
///
/// # Errors
/// [`DecideRefused`]; nothing has changed then.
pub async fn approve(tx: &TenantTx, approval: Approval) -> Result<(), DecideRefused> {
    let wanted = if approval.after_all { Wanted::ApproveAfterAll } else { Wanted::Approve };
    let (order, receipt) = begin(tx, approval.receipt, wanted).await?;
    let minor = approval.minor.unwrap_or(order.amount_minor);
    if minor <= 0 || minor > order.amount_minor.saturating_mul(TIMES_TOO_MUCH) {
        return Err(DecideRefused::Amount);
    }
    let came = Money::new(minor, order.currency);
    let facts = PaymentFacts {
        provider_payment_id: payment_id(&order),
        account_id: order.provider_account.clone(),
        order: Some(order.id),
        repeats: None,
        amount: came,
        status: PaymentStatus::Paid,
        refunded: 0,
        dispute: None,
        paid_at: Some(tx.now()),
        raw: json!({ "receipt": receipt.id, "sha256": receipt.sha256, "approved_by": approval.by }),
    };
    let mut row = receipt.into_active_model();
    row.state = Set(ReceiptState::Approved);
    row.amount_minor = Set(Some(minor));
    row.reason = Set(None);
    row.note = Set(None);
    row.decided_by = Set(Some(approval.by));
    row.decided_at = Set(Some(tx.now()));
    row.update(tx.raw()).await?;
    orders::record(tx, order.id, "receipt_approved", Some(came.to_string())).await?;
    let payment = facts.provider_payment_id.clone();
    settle::apply_in(tx, card::NAME, &payment, &facts).await?;
    Ok(())
}

/// The money has not arrived, or not so that the order could be told. The buyer reads why, and has as
/// much time left as he had when he sent the receipt.
///
/// # Errors
/// [`DecideRefused`]; nothing has changed then.
pub async fn reject(tx: &TenantTx, rejection: Rejection<'_>) -> Result<(), DecideRefused> {
    let note: String = rejection.note.trim().chars().take(NOTE).collect();
    if rejection.reason == RejectReason::Other && note.is_empty() {
        return Err(DecideRefused::NoWords);
    }
    let (order, receipt) = begin(tx, rejection.receipt, Wanted::Reject).await?;
    let (id, sent_at) = (receipt.id, receipt.created_at);
    let mut row = receipt.into_active_model();
    row.state = Set(ReceiptState::Rejected);
    row.reason = Set(Some(rejection.reason));
    row.note = Set((!note.is_empty()).then_some(note));
    row.decided_by = Set(Some(rejection.by));
    row.decided_at = Set(Some(tx.now()));
    row.update(tx.raw()).await?;
    orders::record(tx, order.id, "receipt_rejected", None).await?;
    if is_open(order.state) {
        let expires_at = order.expires_at.max(sent_at) + (tx.now() - sent_at);
        let mut row = order.clone().into_active_model();
        row.expires_at = Set(expires_at);
        row.update(tx.raw()).await?;
        jobs::enqueue(tx, &PollPayment { order: order.id }, expires_at).await?;
    }
    let notice = Notice::ReceiptRejected { order: order.id, receipt: id };
    Ok(settle::tell(tx, &order, &format!("receipt_rejected:{id}"), &notice).await?)
}

/// The order and its receipt for change, if that can be decided now.
async fn begin(tx: &TenantTx, id: ReceiptId, wanted: Wanted) -> Result<(order::Model, Model), DecideRefused> {
    let found = find(tx, id).await?.ok_or(DecideRefused::NoReceipt)?;
    let order = orders::lock(tx, found.order_id).await?.ok_or(DecideRefused::NoReceipt)?;
    let (mut own, others): (Vec<_>, Vec<_>) =
        of_order(tx, order.id).await?.into_iter().partition(|receipt| receipt.id == id);
    let receipt = own.pop().ok_or(DecideRefused::NoReceipt)?;
    match rules::verdict(order.state, receipt.state, &states(&others), wanted) {
        Verdict::Moves => Ok((order, receipt)),
        Verdict::Decided => Err(DecideRefused::Decided(Box::new(receipt))),
        Verdict::Overtaken => Err(DecideRefused::Overtaken),
    }
}

/// What a provider's number of a payment is elsewhere.
fn payment_id(order: &order::Model) -> String {
    order.provider_payment_id.clone().unwrap_or_else(|| order.id.to_string())
}
