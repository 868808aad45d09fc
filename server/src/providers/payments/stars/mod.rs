//! Telegram Stars (<https://core.telegram.org/bots/payments-stars>): digital goods, paid inside Telegram.
//!
//! The account is the bot through which the order comes: its id is the account's name, its token the key.
//! Telegram tells the bot what was paid by its updates, so nothing comes over HTTP; the truth is the list
//! of the bot's transactions, in which a payment bears the order's id as its payload.
//!
//! A subscription is an invoice that Telegram has paid again every 30 days: each time a transaction with an id
//! of its own and the payload of the first.

mod ledger;
mod wire;

#[cfg(test)]
mod tests;

use std::sync::Arc;

use async_trait::async_trait;
use chrono::{DateTime, Utc};
use domain::{
    ids::OrderId,
    money::Currency,
    ports::{
        AccountField, CreatedPayment, GatewayAccount, GatewayError, GatewayEvent, Holder, NewPayment,
        PaymentFacts, PaymentGateway, RefundRequest, Refunds, RefusedWebhook, Repeats,
    },
};
use secrecy::ExposeSecret as _;
use serde_json::{Value, json};
use url::Url;

use self::{
    ledger::{Ledger, Ledgers},
    wire::{Me, Transactions},
};
use super::answer;

/// The most that one page of the list holds (<https://core.telegram.org/bots/api#getstartransactions>).
const PAGE: usize = 100;
/// Pages of one list: one that never ends is not followed for ever.
const PAGES: usize = 2_000;

/// The adapter for every bot.
#[derive(Clone, Debug)]
pub struct StarsGateway {
    client: reqwest::Client,
    ledgers: Ledgers,
}

impl StarsGateway {
    /// `client` is [`crate::providers::http::client`]'s.
    pub fn new(client: reqwest::Client) -> Self {
        Self { client, ledgers: Ledgers::default() }
    }

    /// One method of the Bot API. The address holds the token, so nothing of it gets into an error.
    async fn call(
        &self,
        account: &GatewayAccount,
        method: &str,
        params: &Value,
    ) -> Result<Value, GatewayError> {
        let url = account.address(&format!("bot{}/{method}", account.api_key.expose_secret()));
        let answer = answer::json(self.client.post(url).json(params), |body| body["description"].as_str());
        match answer.await {
            Ok(mut body) => Ok(body["result"].take()),
            // A token of a wrong form is an address that does not exist.
            Err(GatewayError::NotFound) => Err(GatewayError::Credentials),
            Err(error) => Err(error),
        }
    }

    /// What the bot's list holds now. It only grows, so what was read once is not read again; that it is
    /// still the same list its last known line shows.
    async fn ledger(&self, account: &GatewayAccount) -> Result<Arc<Ledger>, GatewayError> {
        let key = format!("{}{}", account.base_url, account.account_id);
        let mut ledger = self.ledgers.get(&key).await.unwrap_or_default();
        for _ in 0..PAGES {
            let params = json!({ "offset": ledger.offset(), "limit": PAGE });
            let raw = self.call(account, "getStarTransactions", &params).await?;
            let page = answer::read::<Transactions>(&raw)?.transactions;
            let is_last = page.len() < PAGE;
            let Some(news) = ledger.news(page) else {
                ledger = Arc::default();
                continue;
            };
            if !news.is_empty() {
                Arc::make_mut(&mut ledger).append(news);
                self.ledgers.keep(key.clone(), ledger.clone()).await;
            }
            if is_last {
                return Ok(ledger);
            }
        }
        Err(GatewayError::Unavailable("the list does not end".into()))
    }
}

#[async_trait]
impl PaymentGateway for StarsGateway {
    fn name(&self) -> &'static str {
        "stars"
    }

    fn currencies(&self) -> &'static [Currency] {
        &[Currency::Xtr]
    }

    fn holder(&self) -> Holder {
        Holder::Bot
    }

    fn fields(&self) -> &'static [AccountField] {
        &[]
    }

    fn refunds(&self) -> Refunds {
        Refunds::Whole
    }

    /// Telegram keeps no link by its payload: asked twice it gives two, either of which pays the order,
    /// and the question before each payment lets one of them through.
    async fn create(
        &self,
        account: &GatewayAccount,
        payment: &NewPayment,
    ) -> Result<CreatedPayment, GatewayError> {
        let raw = self.call(account, "createInvoiceLink", &wire::invoice(payment)).await?;
        let link: String = answer::read(&raw)?;
        let pay_url = Url::parse(&link).map_err(|_| answer::foreign())?;
        Ok(CreatedPayment { provider_payment_id: payment.order.to_string(), pay_url })
    }

    /// By the order's id, or by Telegram's of the payment.
    async fn read(
        &self,
        account: &GatewayAccount,
        provider_payment_id: &str,
    ) -> Result<PaymentFacts, GatewayError> {
        let ledger = self.ledger(account).await?;
        if let Some(facts) = ledger.find(&account.account_id, provider_payment_id) {
            return Ok(facts);
        }
        match provider_payment_id.parse::<OrderId>() {
            // Links are listed nowhere: an order of which nothing has come is not paid.
            Ok(order) => Ok(wire::unpaid(&account.account_id, order)),
            // Telegram itself has told us of it.
            Err(_) => Err(GatewayError::Unavailable("the list does not show the payment yet".into())),
        }
    }

    async fn list(
        &self,
        account: &GatewayAccount,
        since: DateTime<Utc>,
    ) -> Result<Vec<PaymentFacts>, GatewayError> {
        Ok(self.ledger(account).await?.since(&account.account_id, since))
    }

    async fn refund(&self, account: &GatewayAccount, request: &RefundRequest) -> Result<(), GatewayError> {
        let ledger = self.ledger(account).await?;
        let charge = ledger.charge(&request.provider_payment_id).ok_or(GatewayError::NotFound)?;
        if charge.is_back {
            return Ok(());
        }
        let params = json!({ "user_id": charge.user, "telegram_payment_charge_id": charge.id });
        match self.call(account, "refundStarPayment", &params).await {
            Err(GatewayError::Refused(word)) if word.contains("CHARGE_ALREADY_REFUNDED") => Ok(()),
            answer => answer.map(drop),
        }
    }

    /// <https://core.telegram.org/bots/api#createinvoicelink>: 30 days and no other time.
    fn repeats(&self) -> Option<Repeats> {
        Some(Repeats { every: wire::MONTH, most: wire::MOST_REPEATED })
    }

    /// By its first payment (<https://core.telegram.org/method/payments.botCancelStarsSubscription>). Called
    /// off, it is not paid again and its payer cannot change that; else they can, in Telegram's settings.
    async fn repeat(
        &self,
        account: &GatewayAccount,
        provider_payment_id: &str,
        on: bool,
    ) -> Result<(), GatewayError> {
        let ledger = self.ledger(account).await?;
        let charge = ledger
            .began(provider_payment_id)
            .ok_or_else(|| GatewayError::Unavailable("the list does not show the payment yet".into()))?;
        let params = json!({
            "user_id": charge.user,
            "telegram_payment_charge_id": charge.id,
            "is_canceled": !on,
        });
        self.call(account, "editUserStarSubscription", &params).await.map(drop)
    }

    async fn probe(&self, account: &GatewayAccount) -> Result<(), GatewayError> {
        let me: Me = answer::read(&self.call(account, "getMe", &json!({})).await?)?;
        if me.id.to_string() != account.account_id {
            return Err(GatewayError::Credentials);
        }
        self.call(account, "getMyStarBalance", &json!({})).await.map(drop)
    }

    /// Nobody reports Stars by HTTP: whatever comes is invented.
    async fn verify(
        &self,
        _: &GatewayAccount,
        _: &(dyn for<'a> Fn(&'a str) -> Option<String> + Sync),
        _: &[u8],
        _: DateTime<Utc>,
    ) -> Result<GatewayEvent, RefusedWebhook> {
        Err(RefusedWebhook::Signature)
    }
}
