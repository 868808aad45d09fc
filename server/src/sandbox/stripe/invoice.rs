//! Stripe's invoice, which names its subscription under `parent`.

use chrono::{DateTime, Utc};
use serde_json::{Value, json};

use super::{
    objects::map_or_empty,
    state::{Session, new_id},
};

/// The first invoice of a subscription, paid.
pub(super) fn paid(session: &Session, payment_intent: &str, now: DateTime<Utc>, end: DateTime<Utc>) -> Value {
    let (created, amount) = (now.timestamp(), session.amount);
    let (id, subscription) = (&session.invoice, &session.subscription);
    let list =
        |data: Value, url: &str| json!({ "object": "list", "data": data, "has_more": false, "url": url });
    let line = json!({
        "id": new_id("il"), "object": "line_item", "amount": amount, "currency": session.currency,
        "description": session.product, "discount_amounts": [], "discountable": true, "discounts": [],
        "invoice": id, "livemode": false, "metadata": {},
        "parent": {
            "invoice_item_details": null,
            "subscription_item_details": {
                "invoice_item": null, "proration": false, "proration_details": null,
                "subscription": subscription, "subscription_item": new_id("si"),
            },
            "type": "subscription_item_details",
        },
        "period": { "end": end.timestamp(), "start": created }, "pretax_credit_amounts": [], "pricing": null,
        "quantity": session.quantity, "quantity_decimal": null, "subscription": subscription,
        "subtotal": amount, "taxes": [],
    });
    let payment = json!({
        "id": new_id("inpay"), "object": "invoice_payment", "amount_paid": amount, "amount_requested": amount,
        "created": created, "currency": session.currency, "invoice": id, "is_default": true, "livemode": false,
        "payment": { "type": "payment_intent", "payment_intent": payment_intent }, "status": "paid",
        "status_transitions": { "canceled_at": null, "paid_at": created },
    });
    json!({
        "id": id,
        "object": "invoice",
        "account_country": "US",
        "account_name": null,
        "account_tax_ids": null,
        "amount_due": amount,
        "amount_overpaid": 0,
        "amount_paid": amount,
        "amount_remaining": 0,
        "amount_shipping": 0,
        "application": null,
        "attempt_count": 1,
        "attempted": true,
        "auto_advance": false,
        "automatic_tax": {
            "disabled_reason": null, "enabled": false, "liability": null, "provider": null, "status": null,
        },
        "automatically_finalizes_at": null,
        "billing_reason": "subscription_create",
        "collection_method": "charge_automatically",
        "created": created,
        "currency": session.currency,
        "custom_fields": null,
        "customer": session.customer,
        "customer_account": null,
        "customer_address": null,
        "customer_email": session.customer_email,
        "customer_name": null,
        "customer_phone": null,
        "customer_shipping": null,
        "customer_tax_exempt": "none",
        "customer_tax_ids": [],
        "default_payment_method": null,
        "default_source": null,
        "default_tax_rates": [],
        "description": null,
        "discounts": [],
        "due_date": null,
        "effective_at": created,
        "ending_balance": 0,
        "footer": null,
        "from_invoice": null,
        "hosted_invoice_url": null,
        "invoice_pdf": null,
        "issuer": { "type": "self" },
        "last_finalization_error": null,
        "latest_revision": null,
        "lines": list(json!([line]), &format!("/v1/invoices/{}/lines", id.as_deref().unwrap_or_default())),
        "livemode": false,
        "metadata": {},
        "next_payment_attempt": null,
        "number": "EMULATED-0001",
        "on_behalf_of": null,
        "parent": {
            "quote_details": null,
            "subscription_details": {
                "metadata": map_or_empty(&session.subscription_metadata), "subscription": subscription,
            },
            "type": "subscription_details",
        },
        "payment_settings": {
            "default_mandate": null, "payment_method_options": null, "payment_method_types": null,
        },
        "payments": list(json!([payment]), "/v1/invoice_payments"),
        "period_end": created,
        "period_start": created,
        "post_payment_credit_notes_amount": 0,
        "pre_payment_credit_notes_amount": 0,
        "receipt_number": null,
        "rendering": null,
        "shipping_cost": null,
        "shipping_details": null,
        "starting_balance": 0,
        "statement_descriptor": null,
        "status": "paid",
        "status_transitions": {
            "finalized_at": created, "marked_uncollectible_at": null, "paid_at": created, "voided_at": null,
        },
        "subscription": null,
        "subtotal": amount,
        "subtotal_excluding_tax": amount,
        "test_clock": null,
        "total": amount,
        "total_discount_amounts": [],
        "total_excluding_tax": amount,
        "total_pretax_credit_amounts": [],
        "total_taxes": [],
        "webhooks_delivered_at": null,
    })
}
