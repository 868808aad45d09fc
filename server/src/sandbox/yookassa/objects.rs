//! Payments, refunds and notifications as YooKassa writes them.

use chrono::{DateTime, SecondsFormat, Utc};
use domain::money::Money;
use serde_json::{Value, json};

use super::state::{YooPayment, YooRefund, YooStatus};
use crate::sandbox::desk;

pub(super) fn payment(payment: &YooPayment, refunded: i64) -> Value {
    let (status, cancellation) = match payment.status {
        YooStatus::Pending => ("pending", None),
        YooStatus::Succeeded => ("succeeded", None),
        YooStatus::Declined => {
            let reason = payment.refusal.as_deref().unwrap_or("insufficient_funds");
            ("canceled", Some(("payment_network", reason)))
        }
        YooStatus::Expired => ("canceled", Some(("yoo_money", "expired_on_confirmation"))),
    };
    let number = desk::number(&payment.shop);
    let is_paid = payment.status == YooStatus::Succeeded;
    let mut object = json!({
        "id": payment.id,
        "status": status,
        "amount": amount(payment.amount),
        "recipient": { "account_id": number, "gateway_id": number },
        "created_at": time(payment.created_at),
        "test": true,
        "paid": is_paid,
        "refundable": is_paid && refunded < payment.amount.minor,
        "metadata": payment.metadata,
    });
    if let Some(description) = &payment.description {
        object["description"] = json!(description);
    }
    if is_paid || payment.method.is_some() {
        object["payment_method"] = method(payment);
    }
    if let (YooStatus::Pending, Some(return_url)) = (payment.status, &payment.return_url) {
        object["confirmation"] = json!({
            "type": "redirect",
            "confirmation_url": payment.page,
            "return_url": return_url,
        });
    }
    if let Some((party, reason)) = cancellation {
        object["cancellation_details"] = json!({ "party": party, "reason": reason });
    }
    if let Some(at) = payment.captured_at {
        object["captured_at"] = json!(time(at));
        object["refunded_amount"] = amount(Money::new(refunded, payment.amount.currency));
    }
    object
}

/// What was not kept bears the payment's name too, and is good for nothing.
fn method(payment: &YooPayment) -> Value {
    json!({
        "type": "bank_card",
        "id": payment.method.as_ref().unwrap_or(&payment.id),
        "saved": payment.method.is_some(),
        "status": if payment.method.is_some() { "active" } else { "inactive" },
        "title": "Bank card *4444",
        "card": {
            "first6": "555555",
            "last4": "4444",
            "expiry_year": "2030",
            "expiry_month": "12",
            "card_type": "MasterCard",
        },
    })
}

pub(super) fn refund(refund: &YooRefund) -> Value {
    let mut object = json!({
        "id": refund.id,
        "payment_id": refund.payment,
        "status": "succeeded",
        "amount": amount(refund.amount),
        "created_at": time(refund.created_at),
    });
    if let Some(description) = &refund.description {
        object["description"] = json!(description);
    }
    object
}

pub(super) fn notification(event: &str, object: &Value) -> Value {
    json!({ "type": "notification", "event": event, "object": object })
}

fn amount(money: Money) -> Value {
    json!({ "value": money.to_decimal(), "currency": money.currency.code() })
}

fn time(at: DateTime<Utc>) -> String {
    at.to_rfc3339_opts(SecondsFormat::Millis, true)
}
