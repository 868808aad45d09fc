//! Stripe's objects and ours.

use std::collections::HashMap;

use domain::{
    ids::PackagePaymentId,
    money::{Currency, Money},
    ports::{BillingEvent, CheckoutFacts, CheckoutStatus, Cycle, GatewayError, NewCheckout, RefusedWebhook},
};
use serde::Deserialize;
use serde_json::Value;
use stripe_checkout::checkout_session::{
    CreateCheckoutSession, CreateCheckoutSessionLineItems, CreateCheckoutSessionLineItemsPriceData,
    CreateCheckoutSessionLineItemsPriceDataRecurring as Recurring,
    CreateCheckoutSessionLineItemsPriceDataRecurringInterval as Interval,
    CreateCheckoutSessionSubscriptionData, ProductData,
};
use stripe_shared::{
    CheckoutSession, CheckoutSessionMode, CheckoutSessionPaymentStatus as PaymentStatus,
    CheckoutSessionStatus,
};

/// Metadata keys, on the session and on the subscription that it makes.
const PAYMENT: &str = "botyard_payment";
const CUSTOMER: &str = "botyard_customer";

/// A session in subscription mode for one package.
///
/// # Errors
/// The currency is none that Stripe takes.
pub(super) fn request(checkout: &NewCheckout) -> Result<CreateCheckoutSession, GatewayError> {
    let price = checkout.price;
    let currency = match price.currency {
        // Their smallest units are ours (<https://docs.stripe.com/currencies#zero-decimal>).
        Currency::Usd | Currency::Eur | Currency::Rub => price.currency.code().to_lowercase(),
        Currency::Irr | Currency::Xtr | Currency::Usdt => {
            return Err(GatewayError::Refused(format!("no {} at Stripe", price.currency.code())));
        }
    };
    let Ok(currency) = currency.parse::<stripe_types::Currency>();
    let interval = match checkout.cycle {
        Cycle::Month => Interval::Month,
        Cycle::Year => Interval::Year,
    };
    let item = CreateCheckoutSessionLineItems {
        price_data: Some(CreateCheckoutSessionLineItemsPriceData {
            product_data: Some(ProductData::new(checkout.product_name.as_str())),
            recurring: Some(Recurring::new(interval)),
            unit_amount: Some(price.minor),
            ..CreateCheckoutSessionLineItemsPriceData::new(currency)
        }),
        quantity: Some(1),
        ..CreateCheckoutSessionLineItems::new()
    };
    let metadata = HashMap::from([
        (PAYMENT.to_owned(), checkout.payment.to_string()),
        (CUSTOMER.to_owned(), checkout.customer.to_string()),
    ]);
    let subscription = CreateCheckoutSessionSubscriptionData {
        metadata: Some(metadata.clone()),
        ..CreateCheckoutSessionSubscriptionData::new()
    };
    Ok(CreateCheckoutSession::new()
        .mode(CheckoutSessionMode::Subscription)
        .line_items(vec![item])
        .client_reference_id(checkout.payment.to_string())
        .customer_email(checkout.customer_email.as_str())
        .metadata(metadata)
        .subscription_data(subscription)
        .success_url(checkout.success_url.as_str())
        .cancel_url(checkout.cancel_url.as_str()))
}

/// What a session says. A complete session whose money is still under way is open.
///
/// # Errors
/// The amount is missing or in a currency that we do not know.
pub(super) fn facts(session: CheckoutSession, raw: Value) -> Result<CheckoutFacts, GatewayError> {
    let is_paid = session.payment_status == PaymentStatus::Paid;
    let status = match session.status {
        Some(CheckoutSessionStatus::Complete) if is_paid => CheckoutStatus::Paid,
        Some(CheckoutSessionStatus::Expired) => CheckoutStatus::Expired,
        _ => CheckoutStatus::Open,
    };
    let currency =
        session.currency.as_ref().and_then(|currency| currency.to_string().parse::<Currency>().ok());
    let (Some(minor), Some(currency)) = (session.amount_total, currency) else {
        return Err(GatewayError::Refused("the session has no amount that we can read".into()));
    };
    Ok(CheckoutFacts {
        session_id: session.id.to_string(),
        payment: session.client_reference_id.as_deref().and_then(|id| id.parse().ok()),
        status,
        amount: Money::new(minor, currency),
        provider_customer_id: session.customer.map(|customer| customer.into_id().to_string()),
        provider_subscription_id: session.subscription.map(|subscription| subscription.into_id().to_string()),
        raw,
    })
}

#[derive(Deserialize)]
struct Event {
    id: String,
    #[serde(rename = "type")]
    kind: String,
    /// Set only for events of an account that is connected to ours.
    account: Option<String>,
    data: EventData,
}

#[derive(Deserialize)]
struct EventData {
    object: Value,
}

/// Which session an event is about. Read by hand: the types know no event younger than they are, and
/// an unknown one must not be lost.
///
/// # Errors
/// [`RefusedWebhook::Malformed`] or [`RefusedWebhook::Account`].
pub(super) fn event(body: &[u8], account_id: &str) -> Result<BillingEvent, RefusedWebhook> {
    let event: Event = serde_json::from_slice(body).map_err(|_| RefusedWebhook::Malformed)?;
    if event.account.is_some_and(|account| account != account_id) {
        return Err(RefusedWebhook::Account);
    }
    let object = &event.data.object;
    let is_session = object["object"] == "checkout.session";
    let session_id = object["id"].as_str().filter(|_| is_session).map(str::to_owned);
    // Since 2025-03-31 an invoice names its subscription under `parent`.
    let places = [
        &object["client_reference_id"],
        &object["metadata"][PAYMENT],
        &object["parent"]["subscription_details"]["metadata"][PAYMENT],
    ];
    let payment = places.iter().find_map(|place| place.as_str()?.parse::<PackagePaymentId>().ok());
    Ok(BillingEvent { event_id: event.id, kind: event.kind, session_id, payment })
}
