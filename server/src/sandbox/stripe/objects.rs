//! Stripe's objects, in the shapes of API version 2026-09-30: periods live in the items of a
//! subscription
//! (<https://docs.stripe.com/changelog/basil/2025-03-31>).

use chrono::{DateTime, Utc};
use serde_json::{Value, json};

use super::state::{Payment, Session, SessionStatus, new_id};

const API_VERSION: &str = "2026-09-30.endive";

pub(super) fn session(session: &Session) -> Value {
    let is_paid = session.status == SessionStatus::Complete;
    let is_open = session.status == SessionStatus::Open;
    let mode = if session.is_subscription { "subscription" } else { "payment" };
    let details = json!({
        "address": null, "business_name": null, "email": session.customer_email, "individual_name": null,
        "name": null, "phone": null, "tax_exempt": "none", "tax_ids": null,
    });
    json!({
        "id": session.id,
        "object": "checkout.session",
        "adaptive_pricing": null,
        "after_expiration": null,
        "allow_promotion_codes": null,
        "amount_subtotal": session.amount,
        "amount_total": session.amount,
        "automatic_tax": { "enabled": false, "liability": null, "provider": null, "status": null },
        "billing_address_collection": null,
        "cancel_url": session.cancel_url,
        "client_reference_id": session.client_reference_id,
        "client_secret": null,
        "collected_information": null,
        "consent": null,
        "consent_collection": null,
        "created": session.created.timestamp(),
        "currency": session.currency,
        "currency_conversion": null,
        "custom_fields": [],
        "custom_text": {
            "after_submit": null, "shipping_address": null, "submit": null, "terms_of_service_acceptance": null,
        },
        "customer": session.customer,
        "customer_account": null,
        "customer_creation": if session.is_subscription { "always" } else { "if_required" },
        "customer_details": session.customer_email.as_ref().map(|_| details),
        "customer_email": session.customer_email,
        "discounts": [],
        "expires_at": session.expires_at.timestamp(),
        "integration_identifier": null,
        "invoice": session.invoice,
        "invoice_creation": null,
        "livemode": false,
        "locale": null,
        "managed_payments": null,
        "metadata": session.metadata,
        "mode": mode,
        "origin_context": null,
        "payment_intent": session.payment_intent,
        "payment_link": null,
        "payment_method_collection": "always",
        "payment_method_configuration_details": null,
        "payment_method_options": {},
        "payment_method_types": ["card"],
        "payment_status": if is_paid { "paid" } else { "unpaid" },
        "permissions": null,
        "phone_number_collection": { "enabled": false },
        "recovered_from": null,
        "saved_payment_method_options": null,
        "setup_intent": null,
        "shipping_address_collection": null,
        "shipping_cost": null,
        "shipping_options": [],
        "status": session.status,
        "submit_type": null,
        "subscription": session.subscription,
        "success_url": session.success_url,
        "total_details": { "amount_discount": 0, "amount_shipping": 0, "amount_tax": 0 },
        "ui_mode": "hosted_page",
        "url": is_open.then_some(&session.url),
        "wallet_options": null,
    })
}

pub(super) fn customer(
    email: Option<&str>,
    name: Option<&str>,
    metadata: &Value,
    now: DateTime<Utc>,
) -> Value {
    json!({
        "id": new_id("cus"),
        "object": "customer",
        "address": null,
        "balance": 0,
        "created": now.timestamp(),
        "currency": null,
        "default_source": null,
        "delinquent": false,
        "description": null,
        "discount": null,
        "email": email,
        "invoice_prefix": "EMULATED",
        "invoice_settings": {
            "custom_fields": null, "default_payment_method": null, "footer": null, "rendering_options": null,
        },
        "livemode": false,
        "metadata": map_or_empty(metadata),
        "name": name,
        "next_invoice_sequence": 1,
        "phone": null,
        "preferred_locales": [],
        "shipping": null,
        "tax_exempt": "none",
        "test_clock": null,
    })
}

pub(super) fn subscription(session: &Session, start: DateTime<Utc>, end: DateTime<Utc>) -> Value {
    let (start, end) = (start.timestamp(), end.timestamp());
    let interval = session.interval.as_deref().unwrap_or("month");
    let (price, product) = (new_id("price"), new_id("prod"));
    let item = json!({
        "id": new_id("si"),
        "object": "subscription_item",
        "billing_thresholds": null,
        "created": start,
        "current_period_end": end,
        "current_period_start": start,
        "discounts": [],
        "metadata": {},
        "plan": {
            "id": price, "object": "plan", "active": true, "amount": session.amount,
            "amount_decimal": session.amount.to_string(), "billing_scheme": "per_unit", "created": start,
            "currency": session.currency, "interval": interval, "interval_count": 1, "livemode": false,
            "metadata": {}, "meter": null, "nickname": null, "product": product, "tiers_mode": null,
            "transform_usage": null, "trial_period_days": null, "usage_type": "licensed",
        },
        "price": {
            "id": price, "object": "price", "active": true, "billing_scheme": "per_unit", "created": start,
            "currency": session.currency, "custom_unit_amount": null, "livemode": false, "lookup_key": null,
            "metadata": {}, "nickname": null, "product": product,
            "recurring": {
                "interval": interval, "interval_count": 1, "meter": null, "trial_period_days": null,
                "usage_type": "licensed",
            },
            "tax_behavior": "unspecified", "tiers_mode": null, "transform_quantity": null, "type": "recurring",
            "unit_amount": session.amount, "unit_amount_decimal": session.amount.to_string(),
        },
        "quantity": session.quantity,
        "subscription": session.subscription,
        "tax_rates": [],
    });
    json!({
        "id": session.subscription,
        "object": "subscription",
        "application": null,
        "application_fee_percent": null,
        "automatic_tax": { "disabled_reason": null, "enabled": false, "liability": null },
        "billing_cycle_anchor": start,
        "billing_cycle_anchor_config": null,
        "billing_mode": { "type": "classic", "flexible": null },
        "billing_schedules": [],
        "billing_thresholds": null,
        "cancel_at": null,
        "cancel_at_period_end": false,
        "canceled_at": null,
        "cancellation_details": { "comment": null, "feedback": null, "reason": null },
        "collection_method": "charge_automatically",
        "created": start,
        "currency": session.currency,
        "customer": session.customer,
        "customer_account": null,
        "days_until_due": null,
        "default_payment_method": null,
        "default_source": null,
        "default_tax_rates": [],
        "description": null,
        "discounts": [],
        "ended_at": null,
        "invoice_settings": {
            "account_tax_ids": null, "custom_fields": null, "description": null, "footer": null,
            "issuer": { "type": "self" },
        },
        "items": {
            "object": "list", "data": [item], "has_more": false,
            "url": format!("/v1/subscription_items?subscription={}", session.subscription.as_deref().unwrap_or_default()),
        },
        "latest_invoice": session.invoice,
        "livemode": false,
        "managed_payments": null,
        "metadata": map_or_empty(&session.subscription_metadata),
        "next_pending_invoice_item_invoice": null,
        "on_behalf_of": null,
        "pause_collection": null,
        "payment_settings": {
            "payment_method_options": null, "payment_method_types": null, "save_default_payment_method": "off",
        },
        "pending_invoice_item_interval": null,
        "pending_setup_intent": null,
        "pending_update": null,
        "schedule": null,
        "start_date": start,
        "status": "active",
        "test_clock": null,
        "transfer_data": null,
        "trial_end": null,
        "trial_settings": { "end_behavior": { "missing_payment_method": "create_invoice" } },
        "trial_start": null,
    })
}

pub(super) fn portal_session(
    customer: &str,
    return_url: Option<&str>,
    portal_base: &str,
    now: DateTime<Utc>,
) -> Value {
    let id = new_id("bps");
    json!({
        "id": id,
        "object": "billing_portal.session",
        "configuration": "bpc_emulated",
        "created": now.timestamp(),
        "customer": customer,
        "customer_account": null,
        "flow": null,
        "livemode": false,
        "locale": null,
        "on_behalf_of": null,
        "return_url": return_url,
        "url": format!("{}/{id}", portal_base.trim_end_matches('/')),
    })
}

pub(super) fn refund(
    payment_intent: &str,
    payment: &Payment,
    amount: i64,
    metadata: &Value,
    now: DateTime<Utc>,
) -> Value {
    json!({
        "id": new_id("re"),
        "object": "refund",
        "amount": amount,
        "balance_transaction": null,
        "charge": payment.charge,
        "created": now.timestamp(),
        "currency": payment.currency,
        "customer": null,
        "customer_account": null,
        "destination_details": { "card": { "type": "reversal" }, "type": "card" },
        "metadata": map_or_empty(metadata),
        "payment_intent": payment_intent,
        "payment_method": null,
        "reason": null,
        "receipt_number": null,
        "source_transfer_reversal": null,
        "status": "succeeded",
        "transfer_reversal": null,
    })
}

/// An event that no endpoint has taken yet.
pub(super) fn event(kind: &str, object: &Value, now: DateTime<Utc>) -> Value {
    json!({
        "id": new_id("evt"),
        "object": "event",
        "api_version": API_VERSION,
        "created": now.timestamp(),
        "data": { "object": object },
        "livemode": false,
        "pending_webhooks": 1,
        "request": { "id": null, "idempotency_key": null },
        "type": kind,
    })
}

pub(super) fn map_or_empty(metadata: &Value) -> Value {
    if metadata.is_object() { metadata.clone() } else { json!({}) }
}
