//! Accounts and payments.

use std::{collections::BTreeMap, sync::Arc};

use chrono::{DateTime, Utc};
use domain::clock::Clock;
use serde::{Deserialize, Serialize};
use url::Url;

use super::CardError;

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
    pub webhook_url: Url,
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

#[derive(Clone, Debug)]
pub(super) struct Account {
    pub api_key: String,
    pub webhook_secret: String,
    pub clock: Arc<dyn Clock>,
}

#[derive(Debug, Default)]
pub(super) struct CardState {
    pub accounts: BTreeMap<String, Account>,
    pub payments: BTreeMap<String, CardPayment>,
    /// Settled payments whose webhooks a restart cut off; they go out when their account is back.
    pub untold: Vec<String>,
}

impl CardState {
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

    /// The account's payments whose webhooks were cut off, each once.
    pub(super) fn take_untold(&mut self, account: &str) -> Vec<CardPayment> {
        let payments = &self.payments;
        let of_account = |id: &mut String| payments.get(id).is_some_and(|payment| payment.account == account);
        let ids: Vec<String> = self.untold.extract_if(.., of_account).collect();
        ids.iter().filter_map(|id| self.payments.get(id).cloned()).collect()
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

    pub(super) fn settle(
        &mut self,
        id: &str,
        status: CardStatus,
    ) -> Result<(CardPayment, Account, DateTime<Utc>), CardError> {
        let current = self.payment(id).ok_or(CardError::NotFound)?;
        if current.status != CardStatus::Pending {
            return Err(CardError::Settled);
        }
        let account = self.accounts.get(&current.account).ok_or(CardError::NotFound)?.clone();
        let now = account.clock.now();
        let payment = self.payments.get_mut(id).ok_or(CardError::NotFound)?;
        payment.status = status;
        payment.paid_at = (status == CardStatus::Paid).then_some(now);
        Ok((payment.clone(), account, now))
    }
}
