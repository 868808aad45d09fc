//! Telegram's JSON about Stars and ours, without any network.

use chrono::{DateTime, Utc};
use domain::{
    ids::OrderId,
    money::{Currency, Money},
    ports::{NewPayment, PaymentFacts, PaymentStatus},
    units::Days,
};
use serde::Deserialize;
use serde_json::{Value, json};

/// <https://core.telegram.org/bots/api#createinvoicelink>
const TITLE: usize = 32;
const DESCRIPTION: usize = 255;
/// The only period of a subscription, and the most that one costs.
pub(super) const MONTH: Days = Days(30);
pub(super) const MOST_REPEATED: i64 = 10_000;

/// <https://core.telegram.org/bots/api#startransactions>
#[derive(Debug, Deserialize)]
pub(super) struct Transactions {
    pub transactions: Vec<Transaction>,
}

/// <https://core.telegram.org/bots/api#startransaction>
#[derive(Debug, Deserialize)]
pub(super) struct Transaction {
    pub id: String,
    /// Whole Stars. The fractions beside it are a partner's share; what is short of a price that way is
    /// for a person to see.
    pub amount: i64,
    pub date: i64,
    /// Whom an incoming one came from.
    pub source: Option<Partner>,
    /// Whom an outgoing one went to.
    pub receiver: Option<Partner>,
}

/// <https://core.telegram.org/bots/api#transactionpartneruser>; other partners have none of it.
#[derive(Debug, Deserialize)]
pub(super) struct Partner {
    #[serde(default)]
    pub transaction_type: String,
    pub user: Option<User>,
    pub invoice_payload: Option<String>,
    /// Seconds; there when the payment is one of a subscription.
    pub subscription_period: Option<i64>,
}

#[derive(Debug, Deserialize)]
pub(super) struct User {
    pub id: i64,
}

/// The part of `getMe` that matters.
#[derive(Debug, Deserialize)]
pub(super) struct Me {
    pub id: i64,
}

impl Partner {
    /// Whether it is somebody who paid an invoice.
    pub(super) fn paid_invoice(&self) -> bool {
        self.transaction_type == "invoice_payment"
    }
}

/// The order's id is the payload, which comes back with the payment.
pub(super) fn invoice(payment: &NewPayment) -> Value {
    let title = cut(&payment.description, TITLE);
    let mut invoice = json!({
        "title": title,
        "description": cut(&payment.description, DESCRIPTION),
        "payload": payment.order.to_string(),
        "provider_token": "",
        "currency": Currency::Xtr.code(),
        "prices": [{ "label": title, "amount": payment.amount.minor }],
    });
    if let Some(every) = payment.repeats_every {
        invoice["subscription_period"] = json!(every.seconds());
    }
    invoice
}

/// An order of which no payment is listed.
pub(super) fn unpaid(account_id: &str, order: OrderId) -> PaymentFacts {
    PaymentFacts {
        provider_payment_id: order.to_string(),
        account_id: account_id.to_owned(),
        order: Some(order),
        repeats: None,
        amount: stars(0),
        status: PaymentStatus::Pending,
        refunded: 0,
        dispute: None,
        paid_at: None,
        raw: Value::Null,
    }
}

pub(super) const fn stars(amount: i64) -> Money {
    Money::new(amount, Currency::Xtr)
}

pub(super) fn date(unix: i64) -> Option<DateTime<Utc>> {
    DateTime::from_timestamp(unix, 0)
}

/// Telegram counts UTF-16 units, as in messages.
fn cut(text: &str, units: usize) -> String {
    let mut left = units;
    let fits = |letter: &char| {
        let rest = left.checked_sub(letter.len_utf16());
        left = rest.unwrap_or(0);
        rest.is_some()
    };
    text.chars().take_while(fits).collect::<String>().trim().to_owned()
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::*;

    #[rstest]
    #[case("BY-1 · Month", 32, "BY-1 · Month")]
    #[case("BY-1 · Month", 6, "BY-1 ·")]
    #[case("one two", 4, "one")]
    #[case("🌍🌍🌍", 5, "🌍🌍")]
    fn a_title_is_cut_where_telegram_stops(#[case] text: &str, #[case] units: usize, #[case] kept: &str) {
        assert_eq!(cut(text, units), kept);
    }
}
