//! Payments, refunds and keys of idempotence.

use std::collections::BTreeMap;

use chrono::{DateTime, Duration, Utc};
use domain::money::Money;
use serde::{Deserialize, Serialize};
use serde_json::Value;
use url::Url;

use crate::sandbox::{
    desk::{Account, Accounts},
    hosted::HostedError,
};

/// How long a payer can pay: an hour for most ways
/// (<https://yookassa.ru/developers/payment-acceptance/getting-started/payment-process>).
pub(super) const CONFIRM_WITHIN: Duration = Duration::hours(1);
/// Keys of idempotence are forgotten after this.
const REMEMBER: Duration = Duration::hours(24);

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum YooStatus {
    Pending,
    Succeeded,
    /// By the payer's bank.
    Declined,
    /// Nobody paid in time.
    Expired,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct YooPayment {
    pub id: String,
    /// The name of the shop's account.
    pub shop: String,
    pub amount: Money,
    pub description: Option<String>,
    pub status: YooStatus,
    pub page: Url,
    /// `None` when nobody is sent to the page: what was kept is charged.
    pub return_url: Option<Url>,
    /// The payer agreed that it is kept.
    #[serde(default)]
    pub saves: bool,
    /// What was kept of it, or is charged.
    #[serde(default)]
    pub method: Option<String>,
    /// Why the payer's bank refused.
    #[serde(default)]
    pub refusal: Option<String>,
    pub metadata: Value,
    pub created_at: DateTime<Utc>,
    pub captured_at: Option<DateTime<Utc>>,
    /// Whether the shop has taken the webhook of the outcome.
    pub told: bool,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct YooRefund {
    pub id: String,
    pub payment: String,
    pub amount: Money,
    pub description: Option<String>,
    pub created_at: DateTime<Utc>,
}

/// A card that a payer let us keep.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct YooMethod {
    pub id: String,
    /// The name of the shop's account.
    pub shop: String,
    /// Charges are refused for this reason.
    pub refuses: Option<String>,
    /// The bank takes its time for charges.
    pub slow: bool,
}

/// What a key was used for.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub(super) struct Remembered {
    pub request: Value,
    /// The payment or refund that it made.
    pub made: String,
    pub at: DateTime<Utc>,
}

/// What a restart keeps.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
pub(super) struct Kept {
    pub payments: BTreeMap<String, YooPayment>,
    pub refunds: BTreeMap<String, YooRefund>,
    pub keys: BTreeMap<String, Remembered>,
    #[serde(default)]
    pub methods: BTreeMap<String, YooMethod>,
}

#[derive(Debug, Default)]
pub(super) struct YooState {
    pub accounts: Accounts,
    pub kept: Kept,
}

impl YooState {
    /// Gives the settled payments of an account that is new, whose notifications were not taken.
    pub(super) fn open(&mut self, account: Account) -> Vec<YooPayment> {
        let Some(name) = self.accounts.open(account) else { return Vec::new() };
        let is_untold = |payment: &YooPayment| {
            !payment.told && matches!(payment.status, YooStatus::Succeeded | YooStatus::Declined)
        };
        self.payments_of(&name).into_iter().filter(is_untold).collect()
    }

    /// As of now: a payment that nobody paid in time is over.
    pub(super) fn payment(&mut self, id: &str) -> Option<YooPayment> {
        let payment = self.kept.payments.get_mut(id)?;
        let now = self.accounts.get(&payment.shop)?.clock.now();
        let has_page = payment.return_url.is_some();
        if payment.status == YooStatus::Pending && has_page && payment.created_at + CONFIRM_WITHIN <= now {
            payment.status = YooStatus::Expired;
        }
        Some(payment.clone())
    }

    /// The payments of one shop, newest first, as the API lists them.
    pub(super) fn payments_of(&mut self, shop: &str) -> Vec<YooPayment> {
        let of_shop = self.kept.payments.values().filter(|payment| payment.shop == shop);
        let ids: Vec<String> = of_shop.map(|payment| payment.id.clone()).collect();
        let mut payments: Vec<_> = ids.iter().filter_map(|id| self.payment(id)).collect();
        payments.sort_by(|a, b| (b.created_at, &b.id).cmp(&(a.created_at, &a.id)));
        payments
    }

    pub(super) fn refunds_of(&self, payment: &str) -> Vec<YooRefund> {
        self.kept.refunds.values().filter(|refund| refund.payment == payment).cloned().collect()
    }

    pub(super) fn refunded(&self, payment: &str) -> i64 {
        self.refunds_of(payment).iter().map(|refund| refund.amount.minor).sum()
    }

    pub(super) fn remembered(&self, key: &str, now: DateTime<Utc>) -> Option<&Remembered> {
        self.kept.keys.get(key).filter(|known| now - known.at < REMEMBER)
    }

    pub(super) fn settle(&mut self, id: &str, status: YooStatus) -> Result<YooPayment, HostedError> {
        let current = self.payment(id).ok_or(HostedError::NotFound)?;
        if current.status != YooStatus::Pending {
            return Err(HostedError::Settled);
        }
        let now = self.accounts.get(&current.shop).ok_or(HostedError::NotFound)?.clock.now();
        let payment = self.kept.payments.get_mut(id).ok_or(HostedError::NotFound)?;
        payment.status = status;
        payment.captured_at = (status == YooStatus::Succeeded).then_some(now);
        if payment.saves && status == YooStatus::Succeeded {
            // A kept way to pay bears the name of the payment by which it was kept.
            payment.method = Some(payment.id.clone());
            let kept =
                YooMethod { id: payment.id.clone(), shop: payment.shop.clone(), refuses: None, slow: false };
            self.kept.methods.insert(kept.id.clone(), kept);
        }
        self.kept.payments.get(id).cloned().ok_or(HostedError::NotFound)
    }
}
