//! Apps and invoices.

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use domain::money::Currency;
use serde::{Deserialize, Serialize};
use url::Url;

use crate::sandbox::{
    desk::{Account, Accounts},
    hosted::HostedError,
};

#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub(super) enum Status {
    Active,
    Paid,
    Expired,
}

#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Invoice {
    pub id: i64,
    /// Names it on the payer's page.
    pub hash: String,
    /// The app's name.
    pub app: String,
    pub currency: Currency,
    /// As it was asked for.
    pub amount: String,
    pub description: String,
    pub payload: String,
    pub paid_btn_url: Option<Url>,
    pub status: Status,
    pub created_at: DateTime<Utc>,
    pub expires_at: Option<DateTime<Utc>>,
    pub paid_at: Option<DateTime<Utc>>,
    /// Whether the shop has taken the webhook.
    #[serde(default)]
    pub told: bool,
}

#[derive(Debug, Default)]
pub(super) struct CryptoState {
    pub accounts: Accounts,
    pub invoices: BTreeMap<i64, Invoice>,
    /// The number of the last webhook.
    pub last_update: i64,
}

impl CryptoState {
    /// Gives the paid invoices of an app that is new, whose webhooks were not taken.
    pub(super) fn open(&mut self, app: Account) -> Vec<Invoice> {
        let Some(name) = self.accounts.open(app) else { return Vec::new() };
        let is_untold = |invoice: &Invoice| !invoice.told && invoice.status == Status::Paid;
        self.of_app(&name).into_iter().filter(is_untold).collect()
    }

    /// As of now: what nobody paid in time is expired.
    pub(super) fn invoice(&mut self, id: i64) -> Option<Invoice> {
        let invoice = self.invoices.get_mut(&id)?;
        let now = self.accounts.get(&invoice.app)?.clock.now();
        if invoice.status == Status::Active && invoice.expires_at.is_some_and(|at| at <= now) {
            invoice.status = Status::Expired;
        }
        Some(invoice.clone())
    }

    pub(super) fn of_hash(&mut self, hash: &str) -> Option<Invoice> {
        let id = self.invoices.values().find(|invoice| invoice.hash == hash)?.id;
        self.invoice(id)
    }

    /// An app's invoices, the newest first.
    pub(super) fn of_app(&mut self, app: &str) -> Vec<Invoice> {
        let of_app = self.invoices.values().filter(|invoice| invoice.app == app);
        let ids: Vec<i64> = of_app.map(|invoice| invoice.id).rev().collect();
        ids.into_iter().filter_map(|id| self.invoice(id)).collect()
    }

    pub(super) fn next_id(&self) -> i64 {
        self.invoices.keys().next_back().map_or(1, |last| last + 1)
    }

    pub(super) fn pay(&mut self, hash: &str) -> Result<Invoice, HostedError> {
        let found = self.of_hash(hash).ok_or(HostedError::NotFound)?;
        if found.status != Status::Active {
            return Err(HostedError::Settled);
        }
        let now = self.accounts.get(&found.app).ok_or(HostedError::NotFound)?.clock.now();
        let invoice = self.invoices.get_mut(&found.id).ok_or(HostedError::NotFound)?;
        invoice.status = Status::Paid;
        invoice.paid_at = Some(now);
        Ok(invoice.clone())
    }
}
