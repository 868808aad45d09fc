//! What a paid session leaves behind: its intent, the charge, what went back and what a bank called back.

use chrono::{DateTime, Utc};
use serde_json::{Value, json};

use super::{
    form::{text, whole},
    objects::{self, map_or_empty},
    refusal::Refusal,
    state::{Dispute, Payment, StripeState, new_id},
};

/// Sends money back; the refund and the events that tell of it.
pub(super) fn refund(
    state: &mut StripeState,
    params: &Value,
    now: DateTime<Utc>,
) -> Result<(Value, Vec<Value>), Refusal> {
    let id = text(&params["payment_intent"]).ok_or_else(|| Refusal::missing("payment_intent"))?;
    let payment = state.payments.get_mut(&id).ok_or_else(|| Refusal::no_such("payment_intent", &id))?;
    if payment.dispute.as_ref().is_some_and(|dispute| !dispute.is_refundable()) {
        let message = format!("Charge {} has been charged back; cannot issue a refund.", payment.charge);
        return Err(Refusal { code: Some("charge_disputed"), ..Refusal::invalid("payment_intent", message) });
    }
    let left = payment.amount - payment.refunded;
    let amount = whole(&params["amount"]).unwrap_or(left);
    if left == 0 {
        let message = format!("Payment {id} has already been refunded.");
        return Err(Refusal {
            code: Some("charge_already_refunded"),
            ..Refusal::invalid("payment_intent", message)
        });
    }
    if !(1..=left).contains(&amount) {
        let message =
            format!("Refund amount ({amount}) is greater than unrefunded amount on charge ({left})");
        return Err(Refusal::invalid("amount", message));
    }
    payment.refunded += amount;
    let refund = objects::refund(&id, payment, amount, &params["metadata"], now);
    let events = vec![
        objects::event("charge.refunded", &charge(&id, payment), now),
        objects::event("refund.created", &refund, now),
    ];
    Ok((refund, events))
}

/// The payer's bank calls the payment back, or says what becomes of it; the event that tells of it.
pub(super) fn call_back(
    state: &mut StripeState,
    intent: &str,
    status: &str,
    now: DateTime<Utc>,
) -> Option<Value> {
    let payment = state.payments.get_mut(intent)?;
    let is_new = payment.dispute.is_none();
    let dispute = payment.dispute.get_or_insert_with(|| Dispute {
        id: new_id("dp"),
        status: String::new(),
        created: now,
    });
    status.clone_into(&mut dispute.status);
    let kind = match status {
        _ if is_new => "charge.dispute.created",
        "won" | "lost" | "warning_closed" => "charge.dispute.closed",
        _ => "charge.dispute.updated",
    };
    let shown = self::dispute(intent, payment)?;
    Some(objects::event(kind, &shown, now))
}

pub(super) fn intent(id: &str, payment: &Payment, with_charge: bool) -> Value {
    json!({
        "id": id,
        "object": "payment_intent",
        "amount": payment.amount,
        "amount_capturable": 0,
        "amount_details": { "tip": {} },
        "amount_received": payment.amount,
        "application": null,
        "application_fee_amount": null,
        "automatic_payment_methods": null,
        "canceled_at": null,
        "cancellation_reason": null,
        "capture_method": "automatic",
        "client_secret": format!("{id}_secret_emulated"),
        "confirmation_method": "automatic",
        "created": payment.created.timestamp(),
        "currency": payment.currency,
        "customer": null,
        "customer_account": null,
        "description": null,
        "excluded_payment_method_types": null,
        "last_payment_error": null,
        "latest_charge": if with_charge { charge(id, payment) } else { json!(payment.charge) },
        "livemode": false,
        "managed_payments": null,
        "metadata": map_or_empty(&payment.metadata),
        "next_action": null,
        "on_behalf_of": null,
        "payment_method": "pm_emulated",
        "payment_method_configuration_details": null,
        "payment_method_options": {},
        "payment_method_types": ["card"],
        "processing": null,
        "receipt_email": null,
        "review": null,
        "setup_future_usage": null,
        "shipping": null,
        "source": null,
        "statement_descriptor": null,
        "statement_descriptor_suffix": null,
        "status": "succeeded",
        "transfer_data": null,
        "transfer_group": null,
    })
}

/// Bears the metadata of its intent.
pub(super) fn charge(intent: &str, payment: &Payment) -> Value {
    json!({
        "id": payment.charge,
        "object": "charge",
        "amount": payment.amount,
        "amount_captured": payment.amount,
        "amount_refunded": payment.refunded,
        "application": null,
        "application_fee": null,
        "application_fee_amount": null,
        "balance_transaction": null,
        "billing_details": {
            "address": {
                "city": null, "country": null, "line1": null, "line2": null, "postal_code": null, "state": null,
            },
            "email": "payer@example.com", "name": "Jenny Rosen", "phone": null, "tax_id": null,
        },
        "calculated_statement_descriptor": null,
        "captured": true,
        "created": payment.created.timestamp(),
        "currency": payment.currency,
        "customer": null,
        "description": null,
        "disputed": payment.dispute.is_some(),
        "failure_balance_transaction": null,
        "failure_code": null,
        "failure_message": null,
        "fraud_details": {},
        "livemode": false,
        "metadata": map_or_empty(&payment.metadata),
        "on_behalf_of": null,
        "outcome": {
            "advice_code": null, "network_advice_code": null, "network_decline_code": null,
            "network_status": "approved_by_network", "reason": null, "risk_level": "normal",
            "seller_message": "Payment complete.", "type": "authorized",
        },
        "paid": true,
        "payment_intent": intent,
        "payment_method": "pm_emulated",
        "payment_method_details": null,
        "receipt_email": null,
        "receipt_number": null,
        "receipt_url": null,
        "refunded": payment.refunded == payment.amount,
        "refunds": null,
        "review": null,
        "shipping": null,
        "source": null,
        "source_transfer": null,
        "statement_descriptor": null,
        "statement_descriptor_suffix": null,
        "status": "succeeded",
        "transfer_data": null,
        "transfer_group": null,
    })
}

/// `None` while no bank has called the payment back.
pub(super) fn dispute(intent: &str, payment: &Payment) -> Option<Value> {
    let dispute = payment.dispute.as_ref()?;
    Some(json!({
        "id": dispute.id,
        "object": "dispute",
        "amount": payment.amount,
        "balance_transactions": [],
        "charge": payment.charge,
        "created": dispute.created.timestamp(),
        "currency": payment.currency,
        "enhanced_eligibility_types": [],
        "evidence": {},
        "evidence_details": {
            "due_by": null, "enhanced_eligibility": {}, "has_evidence": false, "past_due": false,
            "submission_count": 0,
        },
        "is_charge_refundable": dispute.is_refundable(),
        "livemode": false,
        "metadata": {},
        "payment_intent": intent,
        "payment_method_details": null,
        "reason": "general",
        "status": dispute.status,
    }))
}
