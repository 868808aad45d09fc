//! How a customer pays the platform for a package.

use async_trait::async_trait;
use chrono::{DateTime, Utc};
use url::Url;

use crate::{
    ids::{CustomerId, PackagePaymentId},
    money::Money,
    ports::{GatewayError, RefusedWebhook},
};

/// How often a package is paid.
#[derive(
    Clone,
    Copy,
    Debug,
    PartialEq,
    Eq,
    Hash,
    serde::Serialize,
    serde::Deserialize,
    sea_orm::EnumIter,
    sea_orm::DeriveActiveEnum,
)]
#[sea_orm(rs_type = "String", db_type = "Text")]
#[serde(rename_all = "snake_case")]
pub enum Cycle {
    #[sea_orm(string_value = "month")]
    Month,
    #[sea_orm(string_value = "year")]
    Year,
}

/// A hosted checkout for one package.
#[derive(Clone, Debug)]
pub struct NewCheckout {
    pub customer: CustomerId,
    /// Also the idempotency key and `client_reference_id`.
    pub payment: PackagePaymentId,
    /// What the payer reads.
    pub product_name: String,
    pub price: Money,
    pub cycle: Cycle,
    pub customer_email: String,
    pub success_url: Url,
    pub cancel_url: Url,
}

/// The provider has opened a checkout.
#[derive(Clone, Debug)]
pub struct CreatedCheckout {
    pub session_id: String,
    pub pay_url: Url,
}

/// Where a checkout stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CheckoutStatus {
    Open,
    Paid,
    Expired,
}

/// What the provider itself says about a checkout.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CheckoutFacts {
    pub session_id: String,
    pub payment: Option<PackagePaymentId>,
    pub status: CheckoutStatus,
    pub amount: Money,
    pub provider_customer_id: Option<String>,
    pub provider_subscription_id: Option<String>,
    /// The provider's answer as it came, kept as evidence.
    pub raw: serde_json::Value,
}

/// A webhook whose signature holds.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BillingEvent {
    pub event_id: String,
    /// For example `checkout.session.completed`.
    pub kind: String,
    /// The checkout session that the event is about, when it is about one.
    pub session_id: Option<String>,
    pub payment: Option<PackagePaymentId>,
}

/// The platform's own payment provider.
#[async_trait]
pub trait BillingGateway: Send + Sync {
    /// The provider's name in rows and addresses.
    fn name(&self) -> &'static str;

    /// Our account at the provider: part of the inbox key.
    fn account_id(&self) -> &str;

    /// Opens a hosted checkout, or gives back the one that was opened for the same payment.
    ///
    /// # Errors
    /// [`GatewayError`].
    async fn create_checkout(&self, checkout: &NewCheckout) -> Result<CreatedCheckout, GatewayError>;

    /// Reads the truth about one checkout.
    ///
    /// # Errors
    /// [`GatewayError`].
    async fn read_checkout(&self, session_id: &str) -> Result<CheckoutFacts, GatewayError>;

    /// Checks a webhook over its raw bytes; refuses a time stamp more than 300 s off in either direction.
    ///
    /// # Errors
    /// [`RefusedWebhook`], and then nothing may change.
    fn verify(
        &self,
        signature: Option<&str>,
        body: &[u8],
        now: DateTime<Utc>,
    ) -> Result<BillingEvent, RefusedWebhook>;
}
