//! Accounts and payments.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use serde::{Deserialize, Serialize};
use url::Url;

use super::CardError;
use crate::sandbox::{
    desk::{Account, Accounts},
    hosted::HostedError,
};

/// Where a payment stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum CardStatus {
    Pending,
    Paid,
    Failed,
    Expired,
}

/// What the payer's bank says of a payment that it calls back.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum CardDispute {
    Open,
    Won,
    Lost,
}

impl CardStatus {
    pub(super) fn name(self) -> &'static str {
        match self {
            Self::Pending => "pending",
            Self::Paid => "paid",
            Self::Failed => "failed",
            Self::Expired => "expired",
        }
    }
}

/// A payment, as the page and the API show it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct CardPayment {
    pub id: String,
    /// Its name.
    pub account: String,
    /// The shop's own name for it; one order has one payment.
    pub order: String,
    /// In the currency's smallest unit.
    pub amount: i64,
    pub currency: String,
    pub description: String,
    pub status: CardStatus,
    pub pay_url: Url,
    pub return_url: String,
    pub created_at: DateTime<Utc>,
    pub expires_at: DateTime<Utc>,
    pub paid_at: Option<DateTime<Utc>>,
    /// What went back to the payer, by the shop's own name of each refund.
    #[serde(default)]
    pub refunds: BTreeMap<String, i64>,
    #[serde(default)]
    pub dispute: Option<CardDispute>,
    /// Whether the shop has taken the webhook of the outcome.
    #[serde(default)]
    pub told: bool,
}

impl CardPayment {
    pub fn refunded(&self) -> i64 {
        self.refunds.values().sum()
    }
}

#[derive(Debug, Default)]
pub(super) struct CardState {
    pub accounts: Accounts,
    pub payments: BTreeMap<String, CardPayment>,
}

impl CardState {
    /// Gives the settled payments of an account that is new, whose webhooks were not taken.
    pub(super) fn open(&mut self, account: Account) -> Vec<CardPayment> {
        let Some(name) = self.accounts.open(account) else { return Vec::new() };
        let is_untold = |payment: &CardPayment| {
            !payment.told && matches!(payment.status, CardStatus::Paid | CardStatus::Failed)
        };
        self.payments_of(&name).into_iter().filter(is_untold).collect()
    }

    /// As of now: a payment that nobody paid in time is expired.
    pub(super) fn payment(&mut self, id: &str) -> Option<CardPayment> {
        let payment = self.payments.get_mut(id)?;
        let now = self.accounts.get(&payment.account)?.clock.now();
        if payment.status == CardStatus::Pending && payment.expires_at <= now {
            payment.status = CardStatus::Expired;
        }
        Some(payment.clone())
    }

    pub(super) fn payments_of(&mut self, account: &str) -> Vec<CardPayment> {
        let of_account = self.payments.values().filter(|payment| payment.account == account);
        let ids: Vec<String> = of_account.map(|payment| payment.id.clone()).collect();
        let mut payments: Vec<_> = ids.iter().filter_map(|id| self.payment(id)).collect();
        payments.sort_by_key(|payment| std::cmp::Reverse(payment.created_at));
        payments
    }

    pub(super) fn of_order(&mut self, account: &str, order: &str) -> Option<CardPayment> {
        let is_it = |payment: &&CardPayment| payment.account == account && payment.order == order;
        let id = self.payments.values().find(is_it)?.id.clone();
        self.payment(&id)
    }

    /// Sends money back, once for each name; answers whether this name is new.
    pub(super) fn refund(&mut self, id: &str, name: &str, amount: i64) -> Result<bool, CardError> {
        let payment = self.payments.get_mut(id).ok_or(CardError::NotFound)?;
        if payment.refunds.contains_key(name) {
            return Ok(false);
        }
        if payment.status != CardStatus::Paid || amount <= 0 || payment.refunded() + amount > payment.amount {
            return Err(CardError::TooMuch);
        }
        payment.refunds.insert(name.to_owned(), amount);
        Ok(true)
    }

    pub(super) fn settle(&mut self, id: &str, status: CardStatus) -> Result<CardPayment, HostedError> {
        let current = self.payment(id).ok_or(HostedError::NotFound)?;
        if current.status != CardStatus::Pending {
            return Err(HostedError::Settled);
        }
        let now = self.accounts.get(&current.account).ok_or(HostedError::NotFound)?.clock.now();
        let payment = self.payments.get_mut(id).ok_or(HostedError::NotFound)?;
        payment.status = status;
        payment.paid_at = (status == CardStatus::Paid).then_some(now);
        Ok(payment.clone())
    }
}
