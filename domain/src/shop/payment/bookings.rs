//! What a sale, a refund and a lost dispute are in the books: written when an order is settled, and the
//! sale once more when the books are compared with the evidence.

use chrono::{DateTime, Utc};

use crate::{
    entities::tenant::order,
    ports::PaymentFacts,
    shop::ledger::service::{self as ledger, Booking, Leg},
};

/// The money came; what is too much lies in the buyer's wallet.
pub(super) fn sale(order: &order::Model, facts: &PaymentFacts, at: DateTime<Utc>) -> Booking<'static> {
    let (came, due, currency) = (facts.amount.minor, order.amount_minor, order.currency);
    let mut legs =
        vec![Leg::new(clearing(order, facts), came, currency), Leg::new(ledger::REVENUE, -due, currency)];
    if came > due {
        legs.push(Leg::new(ledger::wallet(order.user_id), due - came, currency));
    }
    booking(order, "payment", reference(order, facts), at, legs)
}

/// More of the order's money has gone back.
pub(super) fn refund(
    order: &order::Model,
    facts: &PaymentFacts,
    more: i64,
    at: DateTime<Utc>,
) -> Booking<'static> {
    let refunded = order.refunded_minor + more;
    let legs = vec![
        Leg::new(ledger::REFUNDS, more, order.currency),
        Leg::new(clearing(order, facts), -more, order.currency),
    ];
    booking(order, "refund", format!("{}:{refunded}", reference(order, facts)), at, legs)
}

/// More of what was paid too much has gone back where it came from, after `before`.
pub(super) fn surplus_back(
    order: &order::Model,
    facts: &PaymentFacts,
    before: i64,
    more: i64,
    at: DateTime<Utc>,
) -> Booking<'static> {
    let legs = vec![
        Leg::new(ledger::wallet(order.user_id), more, order.currency),
        Leg::new(clearing(order, facts), -more, order.currency),
    ];
    booking(order, "surplus_back", format!("{}:{}", reference(order, facts), before + more), at, legs)
}

/// The bank took what had not gone back of the order.
pub(super) fn loss(order: &order::Model, facts: &PaymentFacts, at: DateTime<Utc>) -> Booking<'static> {
    let left = order.amount_minor - order.refunded_minor;
    let legs = vec![
        Leg::new(ledger::DISPUTES, left, order.currency),
        Leg::new(clearing(order, facts), -left, order.currency),
    ];
    booking(order, "dispute", reference(order, facts), at, legs)
}

fn booking(
    order: &order::Model,
    kind: &'static str,
    provider_ref: String,
    at: DateTime<Utc>,
    legs: Vec<Leg>,
) -> Booking<'static> {
    Booking { order_ref: order.id.to_string(), kind, provider_ref, at, legs }
}

fn clearing(order: &order::Model, facts: &PaymentFacts) -> String {
    ledger::clearing(&order.provider, &facts.account_id)
}

fn reference(order: &order::Model, facts: &PaymentFacts) -> String {
    format!("{}:{}:{}", order.provider, facts.account_id, facts.provider_payment_id)
}
