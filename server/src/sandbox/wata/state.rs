//! Terminals, links and the transactions made on them.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use domain::money::{Currency, Money};
use serde::{Deserialize, Serialize};
use url::Url;
use uuid::Uuid;

use crate::sandbox::{
    desk::{Account, Accounts},
    hosted::HostedError,
};

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) enum Kind {
    Payment,
    Refund,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) enum Status {
    /// Until the shop has said that it may go on.
    Created,
    Paid,
    Declined,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Link {
    pub id: String,
    pub terminal: String,
    pub amount: Money,
    pub description: String,
    pub order: String,
    pub success_url: Option<Url>,
    pub created_at: DateTime<Utc>,
    pub expires_at: DateTime<Utc>,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Transaction {
    pub id: String,
    pub link: String,
    pub terminal: String,
    pub kind: Kind,
    /// Of a refund: what it sends back.
    pub original: Option<String>,
    pub amount: Money,
    pub order: String,
    pub status: Status,
    pub created_at: DateTime<Utc>,
    /// Whether the shop has taken the webhook of the outcome.
    pub told: bool,
}

#[derive(Debug, Default)]
pub(super) struct WataState {
    pub accounts: Accounts,
    pub links: BTreeMap<String, Link>,
    /// In the order in which they were made.
    pub transactions: Vec<Transaction>,
    /// Which of the keys signs.
    pub key: usize,
}

impl WataState {
    /// Gives the settled transactions of a terminal that is new, whose webhooks were not taken.
    pub(super) fn open(&mut self, terminal: Account) -> Vec<Transaction> {
        let Some(name) = self.accounts.open(terminal) else { return Vec::new() };
        let is_untold =
            |one: &&Transaction| one.terminal == name && !one.told && one.status != Status::Created;
        self.transactions.iter().filter(is_untold).cloned().collect()
    }

    pub(super) fn is_paid(&self, link: &Link) -> bool {
        let of_link = |one: &&Transaction| one.link == link.id && one.kind == Kind::Payment;
        self.transactions.iter().filter(of_link).any(|one| one.status == Status::Paid)
    }

    pub(super) fn is_over(&self, link: &Link) -> bool {
        self.accounts.get(&link.terminal).is_none_or(|terminal| link.expires_at <= terminal.clock.now())
    }

    /// The payer sends the form.
    pub(super) fn begin(&mut self, id: &str) -> Result<Transaction, HostedError> {
        let link = self.links.get(id).cloned().ok_or(HostedError::NotFound)?;
        let now = self.accounts.get(&link.terminal).ok_or(HostedError::NotFound)?.clock.now();
        let is_under_way =
            self.transactions.iter().any(|one| one.link == id && one.status == Status::Created);
        if is_under_way || self.is_paid(&link) || self.is_over(&link) {
            return Err(HostedError::Settled);
        }
        let transaction = Transaction {
            id: Uuid::new_v4().to_string(),
            link: link.id,
            terminal: link.terminal,
            kind: Kind::Payment,
            original: None,
            amount: link.amount,
            order: link.order,
            status: Status::Created,
            created_at: now,
            told: false,
        };
        self.transactions.push(transaction.clone());
        Ok(transaction)
    }

    pub(super) fn settle(&mut self, id: &str, status: Status) -> Option<Transaction> {
        let transaction = self.transactions.iter_mut().find(|one| one.id == id)?;
        transaction.status = status;
        Some(transaction.clone())
    }

    /// Somebody sends a part of an order's payment back, in the cabinet.
    pub(super) fn refund(&mut self, order: &str, minor: i64) -> Result<Transaction, HostedError> {
        let is_it = |one: &&Transaction| {
            one.order == order && one.kind == Kind::Payment && one.status == Status::Paid
        };
        let paid = self.transactions.iter().find(is_it).ok_or(HostedError::NotFound)?.clone();
        let refund = Transaction {
            id: Uuid::new_v4().to_string(),
            kind: Kind::Refund,
            original: Some(paid.id.clone()),
            amount: Money::new(minor, paid.amount.currency),
            told: false,
            ..paid
        };
        self.transactions.push(refund.clone());
        Ok(refund)
    }
}

/// The least that a link collects, in the smallest unit.
pub(super) fn least(currency: Currency) -> Option<i64> {
    match currency {
        Currency::Rub => Some(1_000),
        Currency::Usd | Currency::Eur => Some(100),
        Currency::Irr | Currency::Xtr | Currency::Usdt => None,
    }
}
