//! How a user's payment is taken: one implementation for each provider.

use async_trait::async_trait;
use chrono::{DateTime, Utc};
use secrecy::SecretString;
use serde::{Deserialize, Serialize};
use url::Url;

use crate::{
    ids::{OrderId, RefundId, TenantId},
    money::{Currency, Money},
    units::Days,
};

/// One tenant's account at a provider, opened from the tenant's sealed settings for one call.
#[derive(Clone, Debug)]
pub struct GatewayAccount {
    /// Base address of the provider's API, from the configuration.
    pub base_url: Url,
    /// The provider's name for the account; part of the inbox key and compared with each payment.
    pub account_id: String,
    /// Authenticates our calls.
    pub api_key: SecretString,
    /// Authenticates their webhooks.
    pub webhook_secret: SecretString,
    /// What else the provider needs to know, not secret.
    pub settings: serde_json::Value,
}

impl GatewayAccount {
    /// Of `path` in the provider's API.
    pub fn address(&self, path: &str) -> String {
        format!("{}/{path}", self.base_url.as_str().trim_end_matches('/'))
    }
}

/// What we ask the provider to collect.
#[derive(Clone, Debug)]
pub struct NewPayment {
    pub tenant: TenantId,
    /// Also the idempotency key: asking twice for one order gives one payment.
    pub order: OrderId,
    pub amount: Money,
    /// What the payer reads.
    pub description: String,
    /// Where the provider's page sends the payer back to.
    pub return_url: Url,
    pub expires_at: DateTime<Utc>,
    /// The payer agreed that the provider keeps how it was paid, for [`PaymentGateway::charge`].
    pub keeps_method: bool,
    /// The payer agrees that the provider takes as much again every so many days; see
    /// [`PaymentGateway::repeats`].
    pub repeats_every: Option<Days>,
}

/// Payments that a provider repeats by itself until they are called off.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Repeats {
    pub every: Days,
    /// The most that it repeats, in the currency's smallest unit.
    pub most: i64,
}

/// What we ask the provider to collect without the payer, from what they let it keep.
#[derive(Clone, Debug)]
pub struct SavedCharge {
    pub tenant: TenantId,
    /// Also the idempotency key, as of [`NewPayment`].
    pub order: OrderId,
    pub amount: Money,
    pub description: String,
    /// Of [`SavedMethod`].
    pub token: SecretString,
}

/// How a payment was paid, kept by the provider for more of them.
#[derive(Clone, Debug)]
pub struct SavedMethod {
    /// The provider's name for it.
    pub token: SecretString,
    /// As people know it: `Bank card *4444`.
    pub title: String,
}

/// What became of the way in which a payment was paid.
#[derive(Clone, Debug)]
pub enum Kept {
    Saved(SavedMethod),
    /// It is good for no charge any more.
    Withdrawn,
    /// Nobody asked for it, or the payment is not over.
    Not,
}

/// The provider has opened a payment.
#[derive(Clone, Debug)]
pub struct CreatedPayment {
    pub provider_payment_id: String,
    /// The provider's page on which the payer pays.
    pub pay_url: Url,
}

/// Money to send back.
#[derive(Clone, Debug)]
pub struct RefundRequest {
    /// Also the idempotency key: asking twice sends back once.
    pub refund: RefundId,
    pub provider_payment_id: String,
    pub amount: Money,
    /// What the payer paid.
    pub paid: Money,
}

/// What a provider can send back.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Refunds {
    /// The shop has to do it there, and nobody tells us.
    None,
    /// The shop sends it itself and says how much.
    ByHand,
    /// All or nothing.
    Whole,
    /// Any part.
    Partial,
}

/// Whose account at the provider takes the money.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Holder {
    /// The shop's, typed by its owner.
    Shop,
    /// That of the bot through which the order came: its id and its token, and nothing to type.
    Bot,
}

/// What the payer's bank says of a payment that it calls back.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Dispute {
    Open,
    /// The money stays with us.
    Won,
    /// The money is gone.
    Lost,
}

/// One thing that a shop has to tell about its account at a provider.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct AccountField {
    /// Where it is kept. Its label is the text `web-method-<provider>-<name>`.
    pub slot: AccountSlot,
    pub name: &'static str,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AccountSlot {
    AccountId,
    /// Sealed; never shown again.
    ApiKey,
    /// Sealed; never shown again.
    WebhookSecret,
    /// A member of [`GatewayAccount::settings`].
    Setting,
    /// The same, and it may be left empty.
    Optional,
}

/// Where a payment stands. An unknown word from a provider is `Pending`: never guess that money moved.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PaymentStatus {
    Pending,
    Paid,
    Failed,
    Expired,
}

/// What the provider itself says about one payment, read from it and never from a webhook's body. In
/// this form it is kept in the inbox, so a field that is taken away makes old evidence unreadable.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct PaymentFacts {
    pub provider_payment_id: String,
    pub account_id: String,
    /// The order that we named when we asked for the payment.
    pub order: Option<OrderId>,
    /// In place of `order`, when the provider repeated its payment by itself.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub repeats: Option<OrderId>,
    pub amount: Money,
    pub status: PaymentStatus,
    /// Of the amount, what has gone back so far, in its currency's smallest unit.
    pub refunded: i64,
    pub dispute: Option<Dispute>,
    pub paid_at: Option<DateTime<Utc>>,
    /// The provider's answer as it came, kept as evidence. Holds no secret.
    pub raw: serde_json::Value,
}

/// A webhook whose signature holds. It says only which payment to read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GatewayEvent {
    /// The provider's identifier of the event; the same for each copy of it.
    pub event_id: String,
    pub account_id: String,
    pub provider_payment_id: String,
    pub order: Option<OrderId>,
}

/// Why a webhook is refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum RefusedWebhook {
    #[error("the signature is missing or wrong")]
    Signature,
    #[error("the time stamp is more than 300 s away from ours")]
    Timestamp,
    #[error("the body is not in the provider's form")]
    Malformed,
    #[error("the event belongs to another account")]
    Account,
    /// The provider sends it again.
    #[error("the key that signs webhooks could not be fetched")]
    KeyUnknown,
}

/// Why a call to a provider failed.
#[derive(Debug, thiserror::Error)]
pub enum GatewayError {
    /// Nothing is known about the outcome, or it can pass: try again.
    #[error("the provider did not answer: {0}")]
    Unavailable(String),
    /// The key is wrong or was withdrawn: the tenant has to act.
    #[error("the provider refused our credentials")]
    Credentials,
    /// The provider understood and said no.
    #[error("the provider refused the request: {0}")]
    Refused(String),
    /// There is no such payment.
    #[error("the provider knows no such payment")]
    NotFound,
}

/// One payment provider. Stateless: address and keys come with each call.
#[async_trait]
pub trait PaymentGateway: Send + Sync {
    /// The provider's name in addresses, rows and settings.
    fn name(&self) -> &'static str;

    /// The currencies in which it collects.
    fn currencies(&self) -> &'static [Currency];

    /// The least that it collects, in the currency's smallest unit.
    fn least(&self, _currency: Currency) -> i64 {
        1
    }

    fn holder(&self) -> Holder {
        Holder::Shop
    }

    /// What a shop fills in to use it.
    fn fields(&self) -> &'static [AccountField];

    fn refunds(&self) -> Refunds;

    /// Whether it comes with each sandbox shop, so that nobody adds or removes it.
    fn is_made_up(&self) -> bool {
        false
    }

    /// Opens a payment, or gives back the one that was opened for the same order.
    ///
    /// # Errors
    /// [`GatewayError`].
    async fn create(
        &self,
        account: &GatewayAccount,
        payment: &NewPayment,
    ) -> Result<CreatedPayment, GatewayError>;

    /// Reads the truth about one payment. The provider may know it by more than one id; the facts bear
    /// the one that [`Self::create`] gave.
    ///
    /// # Errors
    /// [`GatewayError`].
    async fn read(
        &self,
        account: &GatewayAccount,
        provider_payment_id: &str,
    ) -> Result<PaymentFacts, GatewayError>;

    /// Every payment of the account that was made or changed since, as far as the provider lists them.
    ///
    /// # Errors
    /// [`GatewayError`].
    async fn list(
        &self,
        account: &GatewayAccount,
        since: DateTime<Utc>,
    ) -> Result<Vec<PaymentFacts>, GatewayError>;

    /// Sends money back. That it has gone is believed only of [`Self::read`].
    ///
    /// # Errors
    /// [`GatewayError`]; a refund that was made before is none.
    async fn refund(&self, account: &GatewayAccount, request: &RefundRequest) -> Result<(), GatewayError>;

    /// Whether it charges again what a payer let it keep.
    fn charges_saved(&self) -> bool {
        false
    }

    /// Charges what was kept, or gives back the payment that was made for the same order. What it says is
    /// the truth about the payment, as of [`Self::read`].
    ///
    /// # Errors
    /// [`GatewayError`].
    async fn charge(
        &self,
        _account: &GatewayAccount,
        _charge: &SavedCharge,
    ) -> Result<PaymentFacts, GatewayError> {
        Err(GatewayError::Refused("this provider keeps nothing".into()))
    }

    /// What became of the way in which this payment was paid.
    ///
    /// # Errors
    /// [`GatewayError`].
    async fn kept(&self, _account: &GatewayAccount, _payment: &str) -> Result<Kept, GatewayError> {
        Ok(Kept::Not)
    }

    /// What is kept of a webhook's body: the name by which somebody can be charged is not.
    fn kept_body(&self, body: &[u8]) -> String {
        String::from_utf8_lossy(body).into_owned()
    }

    /// What it repeats by itself, if it does that.
    fn repeats(&self) -> Option<Repeats> {
        None
    }

    /// Stops repeating what began with the payment, or lets its payer go on. Saying it twice is saying it once.
    ///
    /// # Errors
    /// [`GatewayError`].
    async fn repeat(
        &self,
        _account: &GatewayAccount,
        _provider_payment_id: &str,
        _on: bool,
    ) -> Result<(), GatewayError> {
        Err(GatewayError::Refused("this provider repeats nothing".into()))
    }

    /// Harmless calls that need the account's keys: the shop's "test it".
    ///
    /// # Errors
    /// [`GatewayError`].
    async fn probe(&self, account: &GatewayAccount) -> Result<(), GatewayError>;

    /// Checks a webhook over its raw bytes. `header` looks up a header by its lower-case name.
    ///
    /// # Errors
    /// [`RefusedWebhook`], and then nothing may change.
    async fn verify(
        &self,
        account: &GatewayAccount,
        header: &(dyn for<'a> Fn(&'a str) -> Option<String> + Sync),
        body: &[u8],
        now: DateTime<Utc>,
    ) -> Result<GatewayEvent, RefusedWebhook>;
}
