//! What the sandbox's payer's page needs to know of any emulated provider.

use domain::money::Money;
use url::Url;

/// An emulated provider whose payments are made on our page.
pub trait HostedPayments: Send + Sync {
    /// The provider's name in the page's address.
    fn provider(&self) -> &'static str;

    /// What the page shows.
    fn payment(&self, id: &str) -> Option<HostedPayment>;

    /// The payer pays.
    ///
    /// # Errors
    /// [`HostedError`].
    fn pay(&self, id: &str) -> Result<(), HostedError>;

    /// The payer does not, or the bank says no.
    ///
    /// # Errors
    /// [`HostedError`].
    fn decline(&self, id: &str) -> Result<(), HostedError>;
}

/// A payment, as its payer sees it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HostedPayment {
    pub title: String,
    pub amount: Money,
    pub state: HostedState,
    pub return_url: Option<Url>,
}

/// Where a payment stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum HostedState {
    Open,
    Paid,
    Failed,
    Expired,
}

/// Why a button does nothing.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum HostedError {
    #[error("there is no such payment")]
    NotFound,
    #[error("the payment is settled")]
    Settled,
}
