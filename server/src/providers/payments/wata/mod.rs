//! Wata: cards and Russian instant payments (<https://api.wata.pro/en/>).
//!
//! A payment is known here by its order: links are deleted when their time is over, and one order can
//! have several tries. There is no idempotency key, so a link is looked up before one is made. Wata can
//! send money back, but knows no key for that either: a lost answer would send it twice, so shops do it
//! by hand in Wata's cabinet, and what has gone back is read.

mod key;
mod orders;
#[cfg(test)]
mod tests;
mod wire;

use std::{collections::BTreeMap, sync::Arc};

use async_trait::async_trait;
use chrono::{DateTime, SecondsFormat, Utc};
use domain::{
    clock::Clock,
    ids::OrderId,
    money::Currency,
    ports::{
        AccountField, AccountSlot, CreatedPayment, GatewayAccount, GatewayError, GatewayEvent, NewPayment,
        PaymentFacts, PaymentGateway, RefundRequest, Refunds, RefusedWebhook,
    },
};
use reqwest::RequestBuilder;
use secrecy::ExposeSecret;
use serde_json::Value;

use self::{
    key::KeyCache,
    wire::{Link, LinkPage, Transaction, TransactionPage},
};
pub use self::{
    orders::OpenOrders,
    wire::{PayerHook, hook},
};
use super::answer;
use crate::providers::http;

/// The most that one answer lists.
const PAGE: usize = 1_000;
/// An answer that never ends is not believed.
const MAX_PAGES: usize = 1_000;

/// The adapter for every shop that has a terminal at Wata.
#[derive(Clone, Debug)]
pub struct WataGateway {
    client: reqwest::Client,
    clock: Arc<dyn Clock>,
    key: Arc<KeyCache>,
    orders: OpenOrders,
}

impl WataGateway {
    /// `client` is [`crate::providers::http::client`]'s; `clock` shows real time; `orders` gets to know
    /// every order that can be paid.
    pub fn new(client: reqwest::Client, clock: Arc<dyn Clock>, orders: OpenOrders) -> Self {
        Self { client, clock, key: Arc::default(), orders }
    }

    async fn links(
        &self,
        account: &GatewayAccount,
        order: OrderId,
    ) -> Result<Vec<(Link, Value)>, GatewayError> {
        let request = self
            .client
            .get(account.address("links"))
            .query(&[("orderId", order.to_string()), ("maxResultCount", PAGE.to_string())]);
        let page: LinkPage = answer::read(&call(request, account).await?)?;
        answer::each(page.items)
    }

    /// Page by page: each page says where the next begins.
    async fn transactions(
        &self,
        account: &GatewayAccount,
        filter: (&str, String),
    ) -> Result<Vec<(Transaction, Value)>, GatewayError> {
        let mut all = Vec::new();
        let mut cursor = Vec::new();
        for _ in 0..MAX_PAGES {
            let request = self
                .client
                .get(account.address("v2/transactions"))
                .query(&[("maxResultCount", PAGE.to_string()), (filter.0, filter.1.clone())])
                .query(&cursor);
            let mut page: TransactionPage = answer::read(&call(request, account).await?)?;
            all.extend(answer::each(std::mem::take(&mut page.items))?);
            match page.next() {
                Some(next) if next != cursor => cursor = next,
                _ => return Ok(all),
            }
        }
        Err(GatewayError::Unavailable("the list of transactions does not end".into()))
    }

    async fn fetch_key(&self, account: &GatewayAccount) -> Option<Vec<u8>> {
        // The only call that needs no token.
        let answer = self.client.get(account.address("public-key")).send().await.ok()?;
        let body: Value =
            serde_json::from_slice(&http::body(answer.error_for_status().ok()?).await.ok()?).ok()?;
        key::of_pem(body["value"].as_str()?)
    }
}

#[async_trait]
impl PaymentGateway for WataGateway {
    fn name(&self) -> &'static str {
        "wata"
    }

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
        Refunds::None
    }

    async fn create(
        &self,
        account: &GatewayAccount,
        payment: &NewPayment,
    ) -> Result<CreatedPayment, GatewayError> {
        let links = self.links(account, payment.order).await?;
        let open = links.into_iter().map(|(link, _)| link).filter(|link| link.is_for(payment));
        let link = match open.min_by(|one, other| one.created_at().cmp(&other.created_at())) {
            Some(link) => link,
            None => {
                let request = self.client.post(account.address("links")).json(&wire::request(payment)?);
                answer::read(&call(request, account).await?)?
            }
        };
        self.orders.keep(payment.tenant, payment.order, wire::expires_at(payment), self.clock.now());
        Ok(CreatedPayment { provider_payment_id: payment.order.to_string(), pay_url: link.url })
    }

    async fn read(
        &self,
        account: &GatewayAccount,
        provider_payment_id: &str,
    ) -> Result<PaymentFacts, GatewayError> {
        let order: OrderId = provider_payment_id.parse().map_err(|_| GatewayError::NotFound)?;
        let transactions = self.transactions(account, ("orderId", order.to_string())).await?;
        let links = match wire::is_paid(&transactions) {
            true => Vec::new(),
            false => self.links(account, order).await?,
        };
        wire::facts(order, &account.account_id, transactions, links)
    }

    async fn list(
        &self,
        account: &GatewayAccount,
        since: DateTime<Utc>,
    ) -> Result<Vec<PaymentFacts>, GatewayError> {
        let since = since.to_rfc3339_opts(SecondsFormat::Millis, true);
        let changed = self.transactions(account, ("creationTimeFrom", since)).await?;
        // A terminal can also sell what is no order of ours.
        let mut orders: BTreeMap<OrderId, Vec<_>> = BTreeMap::new();
        for (transaction, raw) in changed {
            let Some(order) = transaction.order() else { continue };
            orders.entry(order).or_default().push((transaction, raw));
        }
        orders.retain(|_, all| all.iter().any(|(transaction, _)| transaction.has_settled()));
        let mut facts = Vec::with_capacity(orders.len());
        for (order, transactions) in orders {
            facts.push(match wire::is_paid(&transactions) {
                true => wire::facts(order, &account.account_id, transactions, Vec::new())?,
                // What came back was paid before.
                false => self.read(account, &order.to_string()).await?,
            });
        }
        Ok(facts)
    }

    async fn refund(&self, _account: &GatewayAccount, _request: &RefundRequest) -> Result<(), GatewayError> {
        Err(GatewayError::Refused("money goes back in Wata's cabinet".into()))
    }

    /// Nothing says whose a token is but what was made with it.
    async fn probe(&self, account: &GatewayAccount) -> Result<(), GatewayError> {
        let request = self.client.get(account.address("links")).query(&[("maxResultCount", "1")]);
        let page: LinkPage = answer::read(&call(request, account).await?)?;
        let is_foreign = |(link, _): &(Link, Value)| !link.is_of(&account.account_id);
        match answer::each(page.items)?.iter().any(is_foreign) {
            true => Err(GatewayError::Refused("the token belongs to another terminal".into())),
            false => Ok(()),
        }
    }

    async fn verify(
        &self,
        account: &GatewayAccount,
        header: &(dyn for<'a> Fn(&'a str) -> Option<String> + Sync),
        body: &[u8],
        now: DateTime<Utc>,
    ) -> Result<GatewayEvent, RefusedWebhook> {
        let given = header("x-signature").and_then(|text| key::signature(&text));
        let given = given.ok_or(RefusedWebhook::Signature)?;
        let holds = |key: &Option<Vec<u8>>| key.as_ref().is_some_and(|key| key::is_signed(&given, body, key));
        if !holds(&self.key.known().key) {
            // Those that come while it is fetched wait for it.
            let _turn = self.key.turn().await;
            if !holds(&self.key.known().key) && self.key.may_ask(now) {
                let key = self.fetch_key(account).await.ok_or(RefusedWebhook::KeyUnknown)?;
                self.key.keep(key);
            }
            let known = self.key.known().key;
            if !holds(&known) {
                // Without a key nobody can say that it is forged.
                return Err(known.map_or(RefusedWebhook::KeyUnknown, |_| RefusedWebhook::Signature));
            }
        }
        wire::event(body, &account.account_id)
    }
}

async fn call(request: RequestBuilder, account: &GatewayAccount) -> Result<Value, GatewayError> {
    answer::json(request.bearer_auth(account.api_key.expose_secret()), wire::refusal).await
}
