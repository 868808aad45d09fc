//! YooKassa (<https://yookassa.ru/developers/api>): a payment on its own page, captured at once.
//!
//! Its webhooks bear no signature, so one is nothing but a hint which payment to read. Keys of
//! idempotence are forgotten after a day, therefore a refund is looked for before it is made.
//!
//! What a payer lets it keep is charged again by its id, without a page
//! (<https://yookassa.ru/developers/payment-acceptance/scenario-extensions/recurring-payments/basics>).

mod wire;

#[cfg(test)]
mod tests;

use async_trait::async_trait;
use chrono::{DateTime, SecondsFormat, Utc};
use domain::{
    money::Currency,
    ports::{
        AccountField, AccountSlot, CreatedPayment, GatewayAccount, GatewayError, GatewayEvent, Kept,
        NewPayment, PaymentFacts, PaymentGateway, RefundRequest, Refunds, RefusedWebhook, SavedCharge,
    },
};
use reqwest::RequestBuilder;
use secrecy::ExposeSecret;
use serde_json::Value;

use self::wire::{Page, Payment, Refund, Shop};
use super::answer;

/// The most that one page of a list holds.
const PAGE: &str = "100";
/// Pages of one list: a provider whose cursor never ends is not followed for ever.
const PAGES: usize = 1_000;

/// The adapter for every shop that has an account there.
#[derive(Clone, Debug)]
pub struct YooKassa {
    client: reqwest::Client,
}

impl YooKassa {
    /// `client` is [`crate::providers::http::client`]'s.
    pub fn new(client: reqwest::Client) -> Self {
        Self { client }
    }

    fn get(&self, account: &GatewayAccount, path: &str) -> RequestBuilder {
        self.client.get(account.address(path))
    }

    async fn post(
        &self,
        account: &GatewayAccount,
        path: &str,
        key: String,
        body: &Value,
    ) -> Result<Value, GatewayError> {
        let request = self.client.post(account.address(path)).header("idempotence-key", key).json(body);
        send(request, account).await
    }

    async fn payment(&self, account: &GatewayAccount, id: &str) -> Result<(Value, Payment), GatewayError> {
        if !wire::is_id(id) {
            return Err(GatewayError::NotFound);
        }
        let raw = send(self.get(account, &format!("payments/{id}")), account).await?;
        let payment = answer::read(&raw)?;
        Ok((raw, payment))
    }

    /// All pages of a list.
    async fn pages(
        &self,
        account: &GatewayAccount,
        path: &str,
        filter: (&str, &str),
    ) -> Result<Vec<Value>, GatewayError> {
        let mut items = Vec::new();
        let mut cursor: Option<String> = None;
        for _ in 0..PAGES {
            let mut request = self.get(account, path).query(&[filter, ("limit", PAGE)]);
            if let Some(cursor) = &cursor {
                request = request.query(&[("cursor", cursor)]);
            }
            let page: Page = answer::read(&send(request, account).await?)?;
            items.extend(page.items);
            cursor = page.next_cursor;
            if cursor.is_none() {
                return Ok(items);
            }
        }
        Err(GatewayError::Unavailable("the list does not end".into()))
    }

    /// The refund of that name, if it was made before.
    async fn made_before(
        &self,
        account: &GatewayAccount,
        request: &RefundRequest,
    ) -> Result<bool, GatewayError> {
        let filter = ("payment_id", request.provider_payment_id.as_str());
        let refunds = self.pages(account, "refunds", filter).await?;
        let name = request.refund.to_string();
        for refund in &refunds {
            let refund: Refund = answer::read(refund)?;
            if refund.is_named(&name) {
                return refund.outcome().map(|()| true);
            }
        }
        Ok(false)
    }
}

#[async_trait]
impl PaymentGateway for YooKassa {
    fn name(&self) -> &'static str {
        "yookassa"
    }

    /// Those of its list that we have, too.
    fn currencies(&self) -> &'static [Currency] {
        &[Currency::Rub, Currency::Usd, Currency::Eur]
    }

    fn fields(&self) -> &'static [AccountField] {
        &[
            AccountField { slot: AccountSlot::AccountId, name: "account_id" },
            AccountField { slot: AccountSlot::ApiKey, name: "api_key" },
        ]
    }

    fn refunds(&self) -> Refunds {
        Refunds::Partial
    }

    async fn create(
        &self,
        account: &GatewayAccount,
        payment: &NewPayment,
    ) -> Result<CreatedPayment, GatewayError> {
        let mut body = wire::request(payment);
        if payment.keeps_method {
            let plain = body.clone();
            body["save_payment_method"] = true.into();
            match self.post(account, "payments", format!("{}.kept", payment.order), &body).await {
                // YooKassa has not allowed the shop to keep anything: it is paid as ever.
                Err(GatewayError::Refused(_) | GatewayError::Credentials) => body = plain,
                made => return answer::read::<Payment>(&made?)?.created(),
            }
        }
        let raw = self.post(account, "payments", payment.order.to_string(), &body).await?;
        answer::read::<Payment>(&raw)?.created()
    }

    /// Once YooKassa has allowed the shop to: what was not kept is simply not there.
    fn charges_saved(&self) -> bool {
        true
    }

    async fn charge(
        &self,
        account: &GatewayAccount,
        charge: &SavedCharge,
    ) -> Result<PaymentFacts, GatewayError> {
        let raw = self.post(account, "payments", charge.order.to_string(), &wire::charge(charge)).await?;
        answer::read::<Payment>(&raw)?.into_facts(raw)
    }

    async fn kept(&self, account: &GatewayAccount, payment: &str) -> Result<Kept, GatewayError> {
        Ok(self.payment(account, payment).await?.1.kept())
    }

    async fn read(
        &self,
        account: &GatewayAccount,
        provider_payment_id: &str,
    ) -> Result<PaymentFacts, GatewayError> {
        let (raw, payment) = self.payment(account, provider_payment_id).await?;
        payment.into_facts(raw)
    }

    /// Only by when they were made: YooKassa has no filter for changes.
    async fn list(
        &self,
        account: &GatewayAccount,
        since: DateTime<Utc>,
    ) -> Result<Vec<PaymentFacts>, GatewayError> {
        let since = since.to_rfc3339_opts(SecondsFormat::Millis, true);
        let items = self.pages(account, "payments", ("created_at.gte", &since)).await?;
        wire::ours(items)
    }

    async fn refund(&self, account: &GatewayAccount, request: &RefundRequest) -> Result<(), GatewayError> {
        if self.made_before(account, request).await? {
            return Ok(());
        }
        let body = wire::refund(request);
        let raw = self.post(account, "refunds", request.refund.to_string(), &body).await?;
        answer::read::<Refund>(&raw)?.outcome()
    }

    fn kept_body(&self, body: &[u8]) -> String {
        wire::without_secrets(body)
    }

    async fn probe(&self, account: &GatewayAccount) -> Result<(), GatewayError> {
        let raw = send(self.get(account, "me"), account).await?;
        answer::read::<Shop>(&raw)?.check(&account.account_id)
    }

    async fn verify(
        &self,
        account: &GatewayAccount,
        _: &(dyn for<'a> Fn(&'a str) -> Option<String> + Sync),
        body: &[u8],
        _: DateTime<Utc>,
    ) -> Result<GatewayEvent, RefusedWebhook> {
        wire::event(body, &account.account_id)
    }
}

async fn send(request: RequestBuilder, account: &GatewayAccount) -> Result<Value, GatewayError> {
    let request = request.basic_auth(&account.account_id, Some(account.api_key.expose_secret()));
    answer::json(request, |body| body["description"].as_str().or_else(|| body["code"].as_str())).await
}
