//! Payments, refunds and notifications as YooKassa writes them.

use chrono::{DateTime, SecondsFormat, Utc};
use domain::money::Money;
use serde_json::{Value, json};

use super::state::{YooPayment, YooRefund, YooStatus};

pub(super) fn payment(payment: &YooPayment, refunded: i64) -> Value {
    let (status, cancellation) = match payment.status {
        YooStatus::Pending => ("pending", None),
        YooStatus::Succeeded => ("succeeded", None),
        YooStatus::Declined => ("canceled", Some(("payment_network", "insufficient_funds"))),
        YooStatus::Expired => ("canceled", Some(("yoo_money", "expired_on_confirmation"))),
    };
    let is_paid = payment.status == YooStatus::Succeeded;
    let mut shown = json!({
        "id": payment.id,
        "status": status,
        "amount": amount(payment.amount),
        "recipient": { "account_id": payment.shop, "gateway_id": payment.shop },
        "created_at": time(payment.created_at),
        "test": true,
        "paid": is_paid,
        "refundable": is_paid && refunded < payment.amount.minor,
        "metadata": payment.metadata,
    });
    if let Some(description) = &payment.description {
        shown["description"] = json!(description);
    }
    if payment.status == YooStatus::Pending {
        shown["confirmation"] = json!({
            "type": "redirect",
            "confirmation_url": payment.page,
            "return_url": payment.return_url,
        });
    }
    if let Some((party, reason)) = cancellation {
        shown["cancellation_details"] = json!({ "party": party, "reason": reason });
    }
    if let Some(at) = payment.captured_at {
        shown["captured_at"] = json!(time(at));
        shown["refunded_amount"] = amount(Money::new(refunded, payment.amount.currency));
    }
    shown
}

pub(super) fn refund(refund: &YooRefund) -> Value {
    let mut shown = json!({
        "id": refund.id,
        "payment_id": refund.payment,
        "status": "succeeded",
        "amount": amount(refund.amount),
        "created_at": time(refund.created_at),
    });
    if let Some(description) = &refund.description {
        shown["description"] = json!(description);
    }
    shown
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
