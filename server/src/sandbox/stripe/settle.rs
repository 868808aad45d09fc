//! What becomes of a session: paid, refused, expired; and the events that tell of it.

use chrono::{DateTime, Months, Utc};
use serde_json::Value;

use super::{
    CheckoutError, invoice, objects,
    state::{Payment, Session, SessionStatus, StripeState, new_id},
};

/// The session's return address and the events, in the order in which they are sent.
pub(super) fn pay(
    state: &mut StripeState,
    id: &str,
    now: DateTime<Utc>,
) -> Result<(String, Vec<Value>), CheckoutError> {
    let mut session = open(state, id)?.clone();
    let customer = match &session.customer {
        Some(customer) => customer.clone(),
        None => {
            let customer = objects::customer(session.customer_email.as_deref(), None, &Value::Null, now);
            store(state, customer)
        }
    };
    session.customer = Some(customer);
    session.status = SessionStatus::Complete;
    let payment_intent = new_id("pi");
    let payment = Payment {
        amount: session.amount,
        refunded: 0,
        currency: session.currency.clone(),
        charge: new_id("ch"),
        metadata: session.intent_metadata.clone(),
        created: now,
        dispute: None,
    };
    state.payments.insert(payment_intent.clone(), payment);

    let mut events = Vec::new();
    if session.is_subscription {
        let months = if session.interval.as_deref() == Some("year") { 12 } else { 1 };
        let end = now.checked_add_months(Months::new(months)).unwrap_or(now);
        let (subscription_id, invoice_id) = (new_id("sub"), new_id("in"));
        session.subscription = Some(subscription_id.clone());
        session.invoice = Some(invoice_id);
        let subscription = objects::subscription(&session, now, end);
        let invoice = invoice::paid(&session, &payment_intent, now, end);
        events.push(objects::event("customer.subscription.created", &subscription, now));
        events.push(objects::event("invoice.paid", &invoice, now));
        store(state, subscription);
        store(state, invoice);
    } else {
        session.payment_intent = Some(payment_intent);
    }
    events.insert(0, objects::event("checkout.session.completed", &objects::session(&session), now));
    let success_url = session.filled_success_url();
    state.sessions.insert(id.to_owned(), session);
    Ok((success_url, events))
}

pub(super) fn decline(state: &mut StripeState, id: &str) -> Result<(), CheckoutError> {
    open(state, id)?.declines += 1;
    Ok(())
}

/// The session's way back and the event.
pub(super) fn expire(
    state: &mut StripeState,
    id: &str,
    now: DateTime<Utc>,
) -> Result<(Option<String>, Value), CheckoutError> {
    let session = open(state, id)?;
    session.status = SessionStatus::Expired;
    Ok((
        session.cancel_url.clone(),
        objects::event("checkout.session.expired", &objects::session(session), now),
    ))
}

/// Sessions end by themselves.
pub(super) fn expire_due(state: &mut StripeState, now: DateTime<Utc>) -> Vec<Value> {
    let is_due = |session: &&Session| session.status == SessionStatus::Open && session.expires_at <= now;
    let due: Vec<String> = state.sessions.values().filter(is_due).map(|session| session.id.clone()).collect();
    due.iter().filter_map(|id| expire(state, id, now).ok()).map(|(_, event)| event).collect()
}

/// Keeps an object and gives its id.
pub(super) fn store(state: &mut StripeState, object: Value) -> String {
    let id = object["id"].as_str().unwrap_or_default().to_owned();
    state.objects.insert(id.clone(), object);
    id
}

fn open<'a>(state: &'a mut StripeState, id: &str) -> Result<&'a mut Session, CheckoutError> {
    let session = state.sessions.get_mut(id).ok_or(CheckoutError::NotFound)?;
    if session.status == SessionStatus::Open { Ok(session) } else { Err(CheckoutError::NotOpen) }
}
