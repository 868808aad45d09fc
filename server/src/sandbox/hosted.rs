//! What the sandbox's payment page needs of an emulated provider that shows its payer a page.

use std::sync::Arc;

use async_trait::async_trait;
use domain::money::Money;
use url::Url;

use super::knobs::Knobs;

/// An emulated provider whose payers pay on its own page, `/sandbox/pay/{provider}/{id}`.
#[async_trait]
pub trait HostedPayments: Send + Sync {
    /// The payment method's name.
    fn provider(&self) -> &'static str;

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

/// A provider's page, and what its buttons turn.
#[derive(Clone)]
pub struct HostedPage {
    pub payments: Arc<dyn HostedPayments>,
    pub knobs: Knobs,
    /// What knobs call the webhook of a payment that was made.
    pub paid_event: &'static str,
}
