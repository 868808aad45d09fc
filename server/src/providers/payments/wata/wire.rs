//! Wata's JSON and ours. Amounts are JSON numbers of at most two decimals, which survive as text.

use chrono::{DateTime, SecondsFormat, TimeDelta, Utc};
use domain::{
    ids::OrderId,
    money::{Currency, Money},
    ports::{GatewayError, GatewayEvent, NewPayment, PaymentFacts, PaymentStatus, RefusedWebhook},
};
use serde::Deserialize;
use serde_json::{Number, Value, json};
use url::Url;

/// The provider takes no link that ends sooner, so each lives this much longer than its order.
const SHORTEST_LIFE: TimeDelta = TimeDelta::minutes(10);

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Link {
    pub url: Url,
    amount: Number,
    currency: String,
    status: String,
    terminal_public_id: Option<String>,
    order_id: Option<String>,
    creation_time: Option<String>,
}

impl Link {
    /// Whether it still collects just this payment.
    pub(super) fn is_for(&self, payment: &NewPayment) -> bool {
        self.status == "Opened"
            && self.order_id.as_deref().and_then(|order| order.parse().ok()) == Some(payment.order)
            && money(&self.amount, &self.currency) == Some(payment.amount)
    }

    pub(super) fn is_of(&self, terminal: &str) -> bool {
        self.terminal_public_id.as_deref().is_none_or(|own| own.eq_ignore_ascii_case(terminal))
    }

    pub(super) fn created_at(&self) -> Option<DateTime<Utc>> {
        moment(self.creation_time.as_deref())
    }
}

#[derive(Debug, Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct Transaction {
    amount: Number,
    currency: String,
    status: String,
    kind: Option<String>,
    terminal_public_id: Option<String>,
    order_id: Option<String>,
    payment_time: Option<String>,
    creation_time: Option<String>,
}

impl Transaction {
    pub(super) fn order(&self) -> Option<OrderId> {
        self.order_id.as_deref()?.parse().ok()
    }

    /// Money moved, one way or the other.
    pub(super) fn has_settled(&self) -> bool {
        self.status == "Paid"
    }

    fn is_refund(&self) -> bool {
        self.kind.as_deref() == Some("Refund")
    }

    /// Only what the provider calls a payment is one.
    fn is_payment(&self) -> bool {
        self.kind.as_deref() == Some("Payment")
    }
}

#[derive(Deserialize)]
pub(super) struct LinkPage {
    pub items: Vec<Value>,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct TransactionPage {
    pub items: Vec<Value>,
    #[serde(default)]
    has_next_page: bool,
    next_cursor_id: Option<String>,
    next_cursor_date: Option<String>,
    next_cursor_amount: Option<Number>,
}

impl TransactionPage {
    /// What to ask the next page with.
    pub(super) fn next(self) -> Option<Vec<(&'static str, String)>> {
        if !self.has_next_page {
            return None;
        }
        let parts = [
            ("cursorId", self.next_cursor_id),
            ("cursorDate", self.next_cursor_date),
            ("cursorAmount", self.next_cursor_amount.map(|amount| amount.to_string())),
        ];
        Some(parts.into_iter().filter_map(|(name, value)| Some((name, value?))).collect())
    }
}

/// # Errors
/// An amount that is no JSON number, which none is.
pub(super) fn request(payment: &NewPayment) -> Result<Value, GatewayError> {
    let amount: Number = payment
        .amount
        .to_decimal()
        .parse()
        .map_err(|_| GatewayError::Refused("the amount is no number".into()))?;
    Ok(json!({
        "type": "OneTime",
        "amount": amount,
        "currency": payment.amount.currency.code(),
        "description": payment.description,
        "orderId": payment.order.to_string(),
        "successRedirectUrl": payment.return_url,
        "failRedirectUrl": payment.return_url,
        "expirationDateTime": expires_at(payment).to_rfc3339_opts(SecondsFormat::Millis, true),
    }))
}

/// When the payment's link ends.
pub(super) fn expires_at(payment: &NewPayment) -> DateTime<Utc> {
    payment.expires_at + SHORTEST_LIFE
}

/// What the provider says against a request.
pub(super) fn refusal(body: &Value) -> Option<&str> {
    let error = &body["error"];
    [&error["code"], &error["details"], &error["message"]].into_iter().find_map(Value::as_str)
}

pub(super) fn is_paid(transactions: &[(Transaction, Value)]) -> bool {
    transactions.iter().any(|(transaction, _)| transaction.is_payment() && transaction.has_settled())
}

/// What all the tries to pay an order, and all that came back of it, come to.
///
/// # Errors
/// An amount or a currency that we do not know.
pub(super) fn facts(
    order: OrderId,
    account: &str,
    transactions: Vec<(Transaction, Value)>,
    links: Vec<(Link, Value)>,
) -> Result<PaymentFacts, GatewayError> {
    let settled: Vec<_> = transactions.iter().map(|(one, _)| one).filter(|one| one.has_settled()).collect();
    let paid: Vec<_> = settled.iter().copied().filter(|one| one.is_payment()).collect();
    let amount = match (paid.first(), links.first()) {
        (Some(first), _) => sum(&paid, &first.currency)?,
        (None, Some((link, _))) => money(&link.amount, &link.currency).ok_or_else(unknown_amount)?,
        (None, None) => Money::new(0, Currency::Rub),
    };
    let back: Vec<_> = settled.iter().copied().filter(|one| one.is_refund()).collect();
    let refunded = if back.is_empty() { 0 } else { sum(&back, &amount.currency.code())?.minor };
    let status = match (paid.is_empty(), links.is_empty()) {
        (false, _) => PaymentStatus::Paid,
        // A link is closed when it was paid or its time is over; a try may still be under way.
        (true, false) if links.iter().all(|(link, _)| link.status == "Closed") => {
            let is_over = transactions.iter().all(|(one, _)| one.status == "Declined");
            if is_over { PaymentStatus::Expired } else { PaymentStatus::Pending }
        }
        // Also what nobody knows of: an old link is deleted, and a word that we do not know is never
        // taken for money.
        _ => PaymentStatus::Pending,
    };
    let terminal = paid.iter().find_map(|one| one.terminal_public_id.as_deref());
    let terminal = terminal.or_else(|| links.iter().find_map(|(link, _)| link.terminal_public_id.as_deref()));
    // Spelled as the shop spells it, unless it is another.
    let account_id = terminal.filter(|own| !own.eq_ignore_ascii_case(account)).unwrap_or(account).to_owned();
    let times =
        paid.iter().filter_map(|one| moment(one.payment_time.as_deref().or(one.creation_time.as_deref())));
    Ok(PaymentFacts {
        provider_payment_id: order.to_string(),
        account_id,
        order: Some(order),
        repeats: None,
        amount,
        status,
        refunded,
        dispute: None,
        paid_at: times.min(),
        raw: json!({
            "transactions": transactions.into_iter().map(|(_, raw)| raw).collect::<Vec<_>>(),
            "links": links.into_iter().map(|(_, raw)| raw).collect::<Vec<_>>(),
        }),
    })
}

fn sum(transactions: &[&Transaction], currency: &str) -> Result<Money, GatewayError> {
    let none = currency.parse().map(|currency| Money::new(0, currency)).map_err(|_| unknown_amount())?;
    let amounts = transactions.iter().map(|one| money(&one.amount, &one.currency));
    amounts.into_iter().try_fold(none, |sum, amount| sum.checked_add(amount?)).ok_or_else(unknown_amount)
}

fn unknown_amount() -> GatewayError {
    GatewayError::Refused("the payment has a currency or an amount that we do not know".into())
}

/// Numbers with an exponent are no amounts.
fn money(amount: &Number, currency: &str) -> Option<Money> {
    Money::from_decimal(&amount.to_string(), currency.parse().ok()?).ok()
}

fn moment(text: Option<&str>) -> Option<DateTime<Utc>> {
    Some(DateTime::parse_from_rfc3339(text?).ok()?.to_utc())
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Told {
    transaction_id: String,
    transaction_status: String,
    terminal_public_id: Option<String>,
    order_id: String,
}

/// One key signs the webhooks of all terminals, so the terminal is compared.
///
/// # Errors
/// [`RefusedWebhook::Malformed`] or [`RefusedWebhook::Account`].
pub(super) fn event(body: &[u8], account_id: &str) -> Result<GatewayEvent, RefusedWebhook> {
    let told: Told = serde_json::from_slice(body).map_err(|_| RefusedWebhook::Malformed)?;
    if told.terminal_public_id.is_some_and(|own| !own.eq_ignore_ascii_case(account_id)) {
        return Err(RefusedWebhook::Account);
    }
    let order: Option<OrderId> = told.order_id.parse().ok();
    Ok(GatewayEvent {
        event_id: format!("{}:{}", told.transaction_id, told.transaction_status),
        account_id: account_id.to_owned(),
        // What is no order of ours is told as well, and found to be unknown.
        provider_payment_id: order.map_or(told.order_id, |order| order.to_string()),
        order,
    })
}

/// What a webhook says that is of use before it is believed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PayerHook {
    /// The payer has sent the form, and nobody was charged yet. An order of ours, or none.
    MayItPay(Option<OrderId>),
    Paid(OrderId),
}

/// Of a body that nobody has checked.
pub fn hook(body: &[u8]) -> Option<PayerHook> {
    let told: Told = serde_json::from_slice(body).ok()?;
    let order = told.order_id.parse().ok();
    match told.transaction_status.as_str() {
        "Created" => Some(PayerHook::MayItPay(order)),
        "Paid" => order.map(PayerHook::Paid),
        _ => None,
    }
}
