//! No payment provider is set up: packages can be tried and not paid, and no webhook is believed.

use async_trait::async_trait;
use chrono::{DateTime, Utc};
use domain::ports::{
    BillingEvent, BillingGateway, CheckoutFacts, CreatedCheckout, GatewayError, NewCheckout, RefusedWebhook,
};

#[derive(Clone, Copy, Debug)]
pub struct Unconfigured;

#[async_trait]
impl BillingGateway for Unconfigured {
    fn name(&self) -> &'static str {
        "stripe"
    }

    fn account_id(&self) -> &str {
        ""
    }

    async fn create_checkout(&self, _: &NewCheckout) -> Result<CreatedCheckout, GatewayError> {
        Err(GatewayError::Credentials)
    }

    async fn read_checkout(&self, _: &str) -> Result<CheckoutFacts, GatewayError> {
        Err(GatewayError::Credentials)
    }

    fn verify(&self, _: Option<&str>, _: &[u8], _: DateTime<Utc>) -> Result<BillingEvent, RefusedWebhook> {
        Err(RefusedWebhook::Signature)
    }
}
