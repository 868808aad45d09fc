//! Stripe for the users of shops (<https://docs.stripe.com/api>): one hosted Checkout session for each
//! order, paid once. The platform's packages are [`crate::providers::billing::stripe`]'s.
//!
//! Our payment is the session. Refunds and claims of banks hang on the session's payment intent, and
//! their webhooks name only that: it is the payment's second name. Whose shop a session is says what we
//! wrote on it, because one account at Stripe can serve several shops, and other sites besides.

mod wire;

#[cfg(test)]
mod tests;

use std::slice;

use async_trait::async_trait;
use chrono::{DateTime, Utc};
use domain::{
    money::Currency,
    ports::{
        AccountField, AccountSlot, CreatedPayment, GatewayAccount, GatewayError, GatewayEvent, NewPayment,
        PaymentFacts, PaymentGateway, RefundRequest, Refunds, RefusedWebhook,
    },
};
use reqwest::RequestBuilder;
use secrecy::ExposeSecret;
use serde_json::Value;

use self::wire::{Form, Opened, Page, Refund, Session};
use super::answer;
use crate::providers::signature;

/// The most that one page of a list holds.
const PAGE: &str = "100";
/// Pages of one list: one that never ends is not followed for ever.
const PAGES: usize = 1_000;

/// What is asked for together with a session.
const INTENT: &str = "payment_intent.latest_charge";

/// Words and statuses of refusals that pass: another call with the same key is under way, an object is
/// locked, a bank did not answer (<https://docs.stripe.com/error-codes>).
const PASSING: [&str; 4] = ["idempotency_key_in_use", "lock_timeout", "409", "424"];

/// The adapter for every shop that has an account there.
#[derive(Clone, Debug)]
pub struct StripeGateway {
    client: reqwest::Client,
}

impl StripeGateway {
    /// `client` is [`crate::providers::http::client`]'s.
    pub fn new(client: reqwest::Client) -> Self {
        Self { client }
    }

    async fn get(
        &self,
        account: &GatewayAccount,
        path: &str,
        query: &[(&str, &str)],
    ) -> Result<Value, GatewayError> {
        send(self.client.get(address(account, path)).query(query), account).await
    }

    async fn post(
        &self,
        account: &GatewayAccount,
        path: &str,
        key: String,
        form: &Form,
    ) -> Result<Value, GatewayError> {
        let request = self.client.post(address(account, path)).header("idempotency-key", key).form(form);
        send(request, account).await
    }

    /// All pages of a list.
    async fn pages(
        &self,
        account: &GatewayAccount,
        path: &str,
        filter: &[(&str, &str)],
    ) -> Result<Vec<Value>, GatewayError> {
        let mut items: Vec<Value> = Vec::new();
        for _ in 0..PAGES {
            let after = items.last().and_then(|item| item["id"].as_str());
            let cursor = after.map(|id| ("starting_after", id));
            let query: Vec<_> = filter.iter().copied().chain([("limit", PAGE)]).chain(cursor).collect();
            let page: Page = answer::read(&self.get(account, path, &query).await?)?;
            let is_last = !page.has_more || page.data.is_empty();
            items.extend(page.data);
            if is_last {
                return Ok(items);
            }
        }
        Err(GatewayError::Unavailable("the list does not end".into()))
    }

    /// A session with its intent and charge, by either of the payment's names.
    async fn session(&self, account: &GatewayAccount, id: &str) -> Result<Value, GatewayError> {
        if !wire::is_id(id) {
            return Err(GatewayError::NotFound);
        }
        if id.starts_with("cs_") {
            return self.get(account, &format!("checkout/sessions/{id}"), &[("expand[]", INTENT)]).await;
        }
        if !id.starts_with("pi_") {
            return Err(GatewayError::NotFound);
        }
        let expand = format!("data.{INTENT}");
        let query = [("payment_intent", id), ("limit", "1"), ("expand[]", expand.as_str())];
        let page: Page = answer::read(&self.get(account, "checkout/sessions", &query).await?)?;
        page.data.into_iter().next().ok_or(GatewayError::NotFound)
    }

    async fn facts(&self, account: &GatewayAccount, raw: Value) -> Result<PaymentFacts, GatewayError> {
        let session: Session = answer::read(&raw)?;
        let disputed = session.disputed().map(str::to_owned);
        let mut facts = session.into_facts(raw)?;
        if let Some(intent) = disputed {
            let disputes = self.pages(account, "disputes", &[("payment_intent", &intent)]).await?;
            facts.dispute = wire::dispute(&disputes);
        }
        Ok(facts)
    }

    /// Whether the refund was made before. Keys of idempotence can be forgotten after a day.
    async fn made_before(
        &self,
        account: &GatewayAccount,
        intent: &str,
        request: &RefundRequest,
    ) -> Result<bool, GatewayError> {
        let refunds = self.pages(account, "refunds", &[("payment_intent", intent)]).await?;
        for refund in &refunds {
            let refund: Refund = answer::read(refund)?;
            if refund.is_named(request.refund) {
                return refund.outcome().map(|()| true);
            }
        }
        Ok(false)
    }
}

#[async_trait]
impl PaymentGateway for StripeGateway {
    fn name(&self) -> &'static str {
        "stripe"
    }

    /// Those of its list that we have, too. None of them is one of its zero-decimal currencies: their
    /// smallest units are ours.
    fn currencies(&self) -> &'static [Currency] {
        &[Currency::Usd, Currency::Eur, Currency::Rub]
    }

    /// <https://docs.stripe.com/currencies#minimum-and-maximum-charge-amounts>. Rubles have no line there:
    /// what they come to in the account's own currency has to be enough.
    fn least(&self, currency: Currency) -> i64 {
        match currency {
            Currency::Usd | Currency::Eur => 50,
            _ => 1,
        }
    }

    fn fields(&self) -> &'static [AccountField] {
        &[
            AccountField { slot: AccountSlot::ApiKey, name: "api_key" },
            AccountField { slot: AccountSlot::WebhookSecret, name: "webhook_secret" },
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
        let form = wire::request(payment, &account.account_id);
        let key = format!("order-{}", payment.order);
        let raw = self.post(account, "checkout/sessions", key, &form).await?;
        answer::read::<Opened>(&raw)?.created()
    }

    async fn read(
        &self,
        account: &GatewayAccount,
        provider_payment_id: &str,
    ) -> Result<PaymentFacts, GatewayError> {
        let raw = self.session(account, provider_payment_id).await?;
        self.facts(account, raw).await
    }

    /// Only by when they were made, and only this shop's: Stripe has no filter for changes.
    async fn list(
        &self,
        account: &GatewayAccount,
        since: DateTime<Utc>,
    ) -> Result<Vec<PaymentFacts>, GatewayError> {
        let (since, expand) = (since.timestamp().to_string(), format!("data.{INTENT}"));
        let filter = [("created[gte]", since.as_str()), ("expand[]", expand.as_str())];
        let sessions = self.pages(account, "checkout/sessions", &filter).await?;
        let mut all = Vec::new();
        for raw in sessions.into_iter().filter(|raw| wire::is_of(raw, &account.account_id)) {
            all.push(self.facts(account, raw).await?);
        }
        Ok(all)
    }

    async fn refund(&self, account: &GatewayAccount, request: &RefundRequest) -> Result<(), GatewayError> {
        let raw = self.session(account, &request.provider_payment_id).await?;
        let session: Session = answer::read(&raw)?;
        let intent = session.intent().ok_or_else(|| GatewayError::Refused("nothing was paid".into()))?;
        if self.made_before(account, intent, request).await? {
            return Ok(());
        }
        let form = wire::refund(intent, request);
        let raw = self.post(account, "refunds", format!("refund-{}", request.refund), &form).await?;
        answer::read::<Refund>(&raw)?.outcome()
    }

    /// Reads one of each thing that is read here: a restricted key may lack one of the rights.
    async fn probe(&self, account: &GatewayAccount) -> Result<(), GatewayError> {
        let expand = format!("data.{INTENT}");
        let sessions = [("limit", "1"), ("expand[]", expand.as_str())];
        for (path, query) in
            [("checkout/sessions", &sessions[..]), ("refunds", &sessions[..1]), ("disputes", &sessions[..1])]
        {
            answer::read::<Page>(&self.get(account, path, query).await?)?;
        }
        Ok(())
    }

    async fn verify(
        &self,
        account: &GatewayAccount,
        header: &(dyn for<'a> Fn(&'a str) -> Option<String> + Sync),
        body: &[u8],
        now: DateTime<Utc>,
    ) -> Result<GatewayEvent, RefusedWebhook> {
        let signature = header("stripe-signature").unwrap_or_default();
        signature::verify(&signature, body, slice::from_ref(&account.webhook_secret), now)?;
        wire::event(body, &account.account_id)
    }
}

/// Codes only: Stripe's messages quote what was sent.
async fn send(request: RequestBuilder, account: &GatewayAccount) -> Result<Value, GatewayError> {
    let request = request
        .bearer_auth(account.api_key.expose_secret())
        .header("stripe-version", stripe_shared::version::VERSION.as_str());
    match answer::json(request, word).await {
        Err(GatewayError::Refused(word)) if PASSING.contains(&word.as_str()) => {
            Err(GatewayError::Unavailable(word))
        }
        answered => answered,
    }
}

fn word(body: &Value) -> Option<&str> {
    let error = &body["error"];
    error["code"].as_str().or_else(|| error["type"].as_str())
}

fn address(account: &GatewayAccount, path: &str) -> String {
    account.address(&format!("v1/{path}"))
}
