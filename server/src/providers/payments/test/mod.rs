//! The payment method `test`: the sandbox's card page through its API, like any other provider.

mod wire;

use async_trait::async_trait;
use chrono::{DateTime, SecondsFormat, Utc};
use domain::{
    money::Currency,
    ports::{
        AccountField, CreatedPayment, GatewayAccount, GatewayError, GatewayEvent, NewPayment, PaymentFacts,
        PaymentGateway, RefundRequest, Refunds, RefusedWebhook,
    },
};
use reqwest::RequestBuilder;
use secrecy::ExposeSecret;
use serde_json::{Value, json};

use self::wire::Payment;
use super::answer;
use crate::providers::signature;

/// The adapter for every shop that offers the test provider.
#[derive(Clone, Debug)]
pub struct TestGateway {
    client: reqwest::Client,
}

impl TestGateway {
    /// `client` is [`crate::providers::http::client`]'s.
    pub fn new(client: reqwest::Client) -> Self {
        Self { client }
    }
}

#[async_trait]
impl PaymentGateway for TestGateway {
    fn name(&self) -> &'static str {
        "test"
    }

    fn currencies(&self) -> &'static [Currency] {
        &Currency::ALL
    }

    /// The sandbox makes its accounts up; nobody types them.
    fn fields(&self) -> &'static [AccountField] {
        &[]
    }

    fn refunds(&self) -> Refunds {
        Refunds::Partial
    }

    fn is_made_up(&self) -> bool {
        true
    }

    async fn create(
        &self,
        account: &GatewayAccount,
        payment: &NewPayment,
    ) -> Result<CreatedPayment, GatewayError> {
        let request = self
            .client
            .post(account.address("payments"))
            .header("idempotency-key", payment.order.to_string())
            .json(&wire::request(payment));
        let created: Payment = answer::read(&send(request, account).await?)?;
        Ok(CreatedPayment { provider_payment_id: created.id, pay_url: created.pay_url })
    }

    async fn read(
        &self,
        account: &GatewayAccount,
        provider_payment_id: &str,
    ) -> Result<PaymentFacts, GatewayError> {
        let is_id = provider_payment_id.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_');
        if !is_id {
            return Err(GatewayError::NotFound);
        }
        let request = self.client.get(account.address(&format!("payments/{provider_payment_id}")));
        let raw = send(request, account).await?;
        answer::read::<Payment>(&raw)?.into_facts(raw)
    }

    async fn list(
        &self,
        account: &GatewayAccount,
        since: DateTime<Utc>,
    ) -> Result<Vec<PaymentFacts>, GatewayError> {
        let since = since.to_rfc3339_opts(SecondsFormat::Millis, true);
        let request = self.client.get(account.address("payments")).query(&[("since", since)]);
        wire::list(&send(request, account).await?)
    }

    async fn refund(&self, account: &GatewayAccount, request: &RefundRequest) -> Result<(), GatewayError> {
        let path = format!("payments/{}/refunds", request.provider_payment_id);
        let body = json!({ "refund": request.refund.to_string(), "amount": request.amount.minor });
        send(self.client.post(account.address(&path)).json(&body), account).await?;
        Ok(())
    }

    async fn probe(&self, account: &GatewayAccount) -> Result<(), GatewayError> {
        self.list(account, DateTime::UNIX_EPOCH).await?;
        Ok(())
    }

    async fn verify(
        &self,
        account: &GatewayAccount,
        header: &(dyn for<'a> Fn(&'a str) -> Option<String> + Sync),
        body: &[u8],
        now: DateTime<Utc>,
    ) -> Result<GatewayEvent, RefusedWebhook> {
        let given = header("x-card-signature").unwrap_or_default();
        signature::verify(&given, body, std::slice::from_ref(&account.webhook_secret), now)?;
        wire::event(body, &account.account_id)
    }
}

async fn send(request: RequestBuilder, account: &GatewayAccount) -> Result<Value, GatewayError> {
    let request = request.bearer_auth(account.api_key.expose_secret());
    answer::json(request, |body| body["error"]["code"].as_str()).await
}
