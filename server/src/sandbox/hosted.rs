//! What the sandbox needs of an emulated provider that shows its payers a page.

use async_trait::async_trait;
use axum::Router;
use domain::money::Money;
use serde_json::Value;
use url::Url;

use super::{desk::Account, knobs::Knobs};

/// An emulated provider whose payers pay on its own page, `/sandbox/pay/{provider}/{id}`.
#[async_trait]
pub trait HostedPayments: Send + Sync {
    /// The payment method's name.
    fn provider(&self) -> &'static str;

    /// Adds a shop's account, or gives the one of that number this key, address and clock. After a restart
    /// the webhooks that the shop has not taken go out again.
    fn open_account(&self, account: Account);

    /// Operations are named like `POST /payments`, webhooks like [`Self::paid_event`].
    fn knobs(&self) -> &Knobs;

    /// What knobs call the webhook of a payment that was made.
    fn paid_event(&self) -> &'static str;

    /// Serves the API, at an address for each shop below the one where it is mounted.
    fn router(&self) -> Router;

    /// Everything that survives a restart; accounts are opened again by their shops.
    fn snapshot(&self) -> Value;

    /// Brings back what [`Self::snapshot`] gave.
    ///
    /// # Errors
    /// The snapshot is not one of ours.
    fn restore(&self, snapshot: &Value) -> Result<(), serde_json::Error>;

    /// What the page shows.
    fn payment(&self, id: &str) -> Option<HostedPayment>;

    /// The payer pays; the outcome is there when this returns.
    ///
    /// # Errors
    /// [`HostedError`], and then nothing is told to the shop.
    async fn pay(&self, id: &str) -> Result<(), HostedError>;

    /// The payer's bank says no, which ends the payment.
    ///
    /// # Errors
    /// [`HostedError`].
    fn decline(&self, id: &str) -> Result<(), HostedError>;
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HostedPayment {
    /// What the payer reads of what is bought.
    pub title: String,
    pub amount: Money,
    pub state: HostedState,
    /// Where the shop wants its payer back.
    pub return_url: Option<Url>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum HostedState {
    Open,
    Paid,
    Failed,
    Expired,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum HostedError {
    #[error("there is no such payment")]
    NotFound,
    #[error("the payment is settled")]
    Settled,
}
