//! Stripe Checkout for packages.
//!
//! One payment of ours is one idempotency key, so asking twice opens one session. What a webhook says
//! is never believed beyond which session to read.

mod recorder;
mod wire;

#[cfg(test)]
mod tests;

use std::time::Duration;

use async_trait::async_trait;
use chrono::{DateTime, Utc};
use domain::ports::{
    BillingEvent, BillingGateway, CheckoutFacts, CreatedCheckout, GatewayError, NewCheckout, RefusedWebhook,
};
use secrecy::{ExposeSecret, SecretString};
use stripe::{IdempotencyKey, RequestStrategy, StripeError, StripeRequest};
use stripe_checkout::checkout_session::RetrieveCheckoutSession;
use url::Url;

use self::recorder::Recorder;
use crate::providers::signature;

const TIMEOUT: Duration = Duration::from_secs(15);

/// The platform's account at Stripe.
#[derive(Debug)]
pub struct StripeBilling {
    client: stripe::Client,
    account_id: String,
    /// Two while one replaces the other.
    webhook_secrets: Vec<SecretString>,
}

impl StripeBilling {
    /// `base_url` is `https://api.stripe.com/`, or the emulator's.
    ///
    /// # Errors
    /// The key is not usable as a header, or the address is not one.
    pub fn new(
        base_url: &Url,
        api_key: &SecretString,
        account_id: &str,
        webhook_secrets: Vec<SecretString>,
    ) -> Result<Self, StripeError> {
        // The client appends `v1/…` to the address as it is.
        let base = format!("{}/", base_url.as_str().trim_end_matches('/'));
        let client =
            stripe::ClientBuilder::new(api_key.expose_secret()).url(base).timeout(TIMEOUT).build()?;
        Ok(Self { client, account_id: account_id.to_owned(), webhook_secrets })
    }
}

#[async_trait]
impl BillingGateway for StripeBilling {
    fn name(&self) -> &'static str {
        "stripe"
    }

    fn account_id(&self) -> &str {
        &self.account_id
    }

    async fn create_checkout(&self, checkout: &NewCheckout) -> Result<CreatedCheckout, GatewayError> {
        let key = IdempotencyKey::new(format!("checkout-{}", checkout.payment))
            .map_err(|error| GatewayError::Refused(error.to_string()))?;
        let session = wire::request(checkout)?
            .customize()
            .request_strategy(RequestStrategy::Idempotent(key))
            .send(&self.client)
            .await
            .map_err(|error| class_of(&error))?;
        let pay_url = session.url.as_deref().and_then(|url| url.parse().ok());
        let pay_url = pay_url.ok_or_else(|| GatewayError::Unavailable("the session has no page".into()))?;
        Ok(CreatedCheckout { session_id: session.id.to_string(), pay_url })
    }

    async fn read_checkout(&self, session_id: &str) -> Result<CheckoutFacts, GatewayError> {
        let recorder = Recorder::new(&self.client);
        let session = RetrieveCheckoutSession::new(session_id.to_owned())
            .send(&recorder)
            .await
            .map_err(|error| class_of(&error))?;
        wire::facts(session, recorder.answer())
    }

    fn verify(
        &self,
        signature: Option<&str>,
        body: &[u8],
        now: DateTime<Utc>,
    ) -> Result<BillingEvent, RefusedWebhook> {
        signature::verify(signature.unwrap_or_default(), body, &self.webhook_secrets, now)?;
        wire::event(body, &self.account_id)
    }
}

/// Codes only: Stripe's messages quote what was sent, and that can be an e-mail address.
fn class_of(error: &StripeError) -> GatewayError {
    match error {
        StripeError::Stripe(_, 401 | 403) => GatewayError::Credentials,
        StripeError::Stripe(_, 404) => GatewayError::NotFound,
        StripeError::Stripe(_, status @ (409 | 424 | 429 | 500..)) => {
            GatewayError::Unavailable(format!("Stripe answered {status}"))
        }
        StripeError::Stripe(error, status) => {
            let code = error.code.as_ref().map_or_else(|| error.type_.as_str(), |code| code.as_str());
            let param = error.param.as_deref().unwrap_or_default();
            GatewayError::Refused(format!("{status} {code} {param}").trim_end().to_owned())
        }
        StripeError::Timeout => GatewayError::Unavailable("no answer in time".into()),
        StripeError::ClientError(_) => GatewayError::Unavailable("no connection".into()),
        StripeError::JSONDeserialize(_) => GatewayError::Unavailable("the answer is not Stripe's".into()),
        StripeError::ConfigError(_) => GatewayError::Credentials,
    }
}
