//! Crypto Pay, the payments of @CryptoBot (<https://help.send.tg/en/articles/10279948-crypto-pay-api>).
//!
//! It knows no idempotency key, so an order's invoice is looked up before one is made, and looked up
//! again after: of two that were made at once, the older stays and the other is deleted. It sends no
//! money back. Where it reports is typed into the app's settings at @CryptoBot, not sent with a call.

#[cfg(test)]
mod tests;
mod wire;

use std::{collections::BTreeMap, sync::Arc};

use async_trait::async_trait;
use chrono::{DateTime, Utc};
use domain::{
    clock::Clock,
    money::Currency,
    ports::{
        AccountField, AccountSlot, CreatedPayment, GatewayAccount, GatewayError, GatewayEvent, NewPayment,
        PaymentFacts, PaymentGateway, RefundRequest, Refunds, RefusedWebhook,
    },
};
use hmac::{Hmac, KeyInit, Mac};
use reqwest::RequestBuilder;
use secrecy::{ExposeSecret, SecretString};
use serde_json::{Value, json};
use sha2::{Digest, Sha256};

use self::wire::Invoice;
use super::answer;

/// The most that one answer lists.
const PAGE: usize = 1_000;
/// No account has this many invoices times [`PAGE`]; an answer that never ends is not believed.
const MAX_PAGES: usize = 1_000;

/// The adapter for every shop that has an app at Crypto Pay.
#[derive(Clone, Debug)]
pub struct CryptoPayGateway {
    client: reqwest::Client,
    /// An invoice is told how long it lives, not until when.
    clock: Arc<dyn Clock>,
}

impl CryptoPayGateway {
    /// `client` is [`crate::providers::http::client`]'s; `clock` shows real time.
    pub fn new(client: reqwest::Client, clock: Arc<dyn Clock>) -> Self {
        Self { client, clock }
    }

    /// The order's open invoices, the oldest first. One that is paid or ran out was shown to the payer,
    /// so its order has its address and does not ask again.
    async fn open_invoices(
        &self,
        account: &GatewayAccount,
        payment: &NewPayment,
    ) -> Result<BTreeMap<i64, Invoice>, GatewayError> {
        let (name, code) = wire::currency(payment.amount.currency);
        let found = self.invoices(account, &[("status", "active"), (name, &code)]).await?;
        let of_order = found.into_iter().filter(|(_, (invoice, _))| invoice.is_for(payment));
        Ok(of_order.map(|(id, (invoice, _))| (id, invoice)).collect())
    }

    /// Page by page, each with the JSON that it came as. What is made meanwhile moves invoices to later
    /// pages, which shows some of them twice.
    async fn invoices(
        &self,
        account: &GatewayAccount,
        filter: &[(&str, &str)],
    ) -> Result<BTreeMap<i64, (Invoice, Value)>, GatewayError> {
        let mut all = BTreeMap::new();
        for page in 0..MAX_PAGES {
            let request = self
                .client
                .get(account.address("getInvoices"))
                .query(filter)
                .query(&[("offset", page * PAGE), ("count", PAGE)]);
            let invoices = wire::invoices(call(request, account).await?)?;
            let is_last = invoices.len() < PAGE;
            all.extend(invoices.into_iter().map(|(invoice, raw)| (invoice.invoice_id, (invoice, raw))));
            if is_last {
                return Ok(all);
            }
        }
        Err(GatewayError::Unavailable("the list of invoices does not end".into()))
    }
}

#[async_trait]
impl PaymentGateway for CryptoPayGateway {
    fn name(&self) -> &'static str {
        "cryptopay"
    }

    fn currencies(&self) -> &'static [Currency] {
        &[Currency::Usdt, Currency::Usd, Currency::Eur, Currency::Rub]
    }

    fn fields(&self) -> &'static [AccountField] {
        &[
            AccountField { slot: AccountSlot::AccountId, name: "account_id" },
            AccountField { slot: AccountSlot::ApiKey, name: "api_key" },
        ]
    }

    fn refunds(&self) -> Refunds {
        Refunds::None
    }

    async fn create(
        &self,
        account: &GatewayAccount,
        payment: &NewPayment,
    ) -> Result<CreatedPayment, GatewayError> {
        let mut open = self.open_invoices(account, payment).await?;
        if open.is_empty() {
            let body = wire::request(payment, self.clock.now());
            let request = self.client.post(account.address("createInvoice")).json(&body);
            let made: Invoice = answer::read(&call(request, account).await?)?;
            open = self.open_invoices(account, payment).await?;
            open.insert(made.invoice_id, made);
        }
        let (id, kept) =
            open.pop_first().ok_or_else(|| GatewayError::Unavailable("there is no invoice".into()))?;
        for double in open.into_keys() {
            let body = json!({ "invoice_id": double });
            // Whoever made it does the same; and one that stays was shown to nobody, and runs out.
            drop(call(self.client.post(account.address("deleteInvoice")).json(&body), account).await);
        }
        Ok(CreatedPayment { provider_payment_id: id.to_string(), pay_url: kept.bot_invoice_url })
    }

    async fn read(
        &self,
        account: &GatewayAccount,
        provider_payment_id: &str,
    ) -> Result<PaymentFacts, GatewayError> {
        let id: i64 = provider_payment_id.parse().map_err(|_| GatewayError::NotFound)?;
        let request =
            self.client.get(account.address("getInvoices")).query(&[("invoice_ids", id.to_string())]);
        let found = wire::invoices(call(request, account).await?)?;
        let found = found.into_iter().find(|(invoice, _)| invoice.invoice_id == id);
        let (invoice, raw) = found.ok_or(GatewayError::NotFound)?;
        invoice.into_facts(&account.account_id, raw)
    }

    async fn list(
        &self,
        account: &GatewayAccount,
        since: DateTime<Utc>,
    ) -> Result<Vec<PaymentFacts>, GatewayError> {
        let all = self.invoices(account, &[]).await?.into_values();
        let changed = all.filter(|(invoice, _)| invoice.changed_since(since));
        // An app can also take currencies in which no shop sells.
        let facts = changed.map(|(invoice, raw)| invoice.into_facts(&account.account_id, raw));
        Ok(facts.filter_map(Result::ok).collect())
    }

    async fn refund(&self, _account: &GatewayAccount, _request: &RefundRequest) -> Result<(), GatewayError> {
        Err(GatewayError::Refused("Crypto Pay sends no money back".into()))
    }

    async fn probe(&self, account: &GatewayAccount) -> Result<(), GatewayError> {
        let app = call(self.client.get(account.address("getMe")), account).await?;
        match app["app_id"].as_i64() {
            Some(id) if id.to_string() == account.account_id => Ok(()),
            Some(_) => Err(GatewayError::Refused("the token belongs to another app".into())),
            None => Err(answer::foreign()),
        }
    }

    /// The body names no app: what tells accounts apart is the token that signs. Its time stamp is the
    /// request's, new in each copy, so a replay is known by the event alone.
    async fn verify(
        &self,
        account: &GatewayAccount,
        header: &(dyn for<'a> Fn(&'a str) -> Option<String> + Sync),
        body: &[u8],
        _now: DateTime<Utc>,
    ) -> Result<GatewayEvent, RefusedWebhook> {
        let given = header("crypto-pay-api-signature").unwrap_or_default();
        if !is_signed(&given, &account.api_key, body) {
            return Err(RefusedWebhook::Signature);
        }
        wire::event(body, &account.account_id)
    }
}

/// Hexadecimal HMAC-SHA256 of the body, with the token's SHA-256 as key.
fn is_signed(given: &str, token: &SecretString, body: &[u8]) -> bool {
    let key = Sha256::digest(token.expose_secret().as_bytes());
    let (Ok(given), Ok(mut mac)) = (hex::decode(given), Hmac::<Sha256>::new_from_slice(&key)) else {
        return false;
    };
    mac.update(body);
    // Compares in constant time.
    mac.verify_slice(&given).is_ok()
}

/// Gives the `result` of `{"ok": true, "result": …}`.
async fn call(request: RequestBuilder, account: &GatewayAccount) -> Result<Value, GatewayError> {
    let request = request.header("Crypto-Pay-API-Token", account.api_key.expose_secret());
    wire::result(answer::json(request, wire::refusal).await?)
}
