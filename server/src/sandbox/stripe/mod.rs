//! An emulator of Stripe: hosted checkout, customers, subscriptions, refunds, disputes, the billing portal
//! and signed events, in the shapes of API version 2026-09-30 (which async-stripe 1.0.0-rc.10 asks for).
//!
//! It holds the platform's account, to which packages are paid, and those of shops, each opened by its
//! own secret key; shops that type the same key share one. The payment pages themselves are rendered by
//! the web server.

mod account;
mod api;
mod checkout;
mod delivery;
mod form;
mod invoice;
mod lists;
mod objects;
mod payments;
mod refusal;
mod settle;
mod state;

#[cfg(test)]
mod calls;
#[cfg(test)]
mod contract;
#[cfg(test)]
pub(crate) mod scene;
#[cfg(test)]
mod tests;

use std::{
    collections::BTreeSet,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    time::Duration,
};

use async_trait::async_trait;
use axum::Router;
use domain::{clock::Clock, money::Money};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use url::Url;

pub use self::state::{CheckoutPage, SessionStatus};
use self::{
    account::{Account, Member, Webhook, World},
    state::StripeState,
};
use super::{
    courier::Courier,
    desk,
    hosted::{HostedError, HostedPayment, HostedPayments, HostedState},
    knobs::Knobs,
};

/// The platform's name among those who use accounts.
const PLATFORM: &str = "platform";

/// How the emulator is set up.
#[derive(Clone, Debug)]
pub struct StripeSettings {
    /// The key of the platform's account.
    pub api_key: String,
    /// Where the web server shows the payment page of packages; the session's id is added.
    pub checkout_base: Url,
    /// Where the web server shows the payment page of shops; the session's id is added.
    pub shops_base: Url,
    /// Where the web server shows the billing portal; the portal session's id is added.
    pub portal_base: Url,
    /// How long after each failed delivery the next attempt follows. Stripe: three within hours in test mode.
    pub retry_after: Vec<Duration>,
}

/// What the payer does next.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum CheckoutError {
    #[error("there is no such session")]
    NotFound,
    #[error("the session is not open any more")]
    NotOpen,
}

/// The emulated Stripe with all its accounts. Clones share it.
#[derive(Clone, Debug)]
pub struct StripeEmulator(Arc<Inner>);

#[derive(Debug)]
struct Inner {
    world: Arc<World>,
    platform: Arc<Account>,
    shops: Mutex<Vec<Arc<Account>>>,
}

impl StripeEmulator {
    /// `client` delivers the events, stamped by this clock whatever a shop's clock shows. Runs in a tokio
    /// runtime.
    pub fn new(settings: StripeSettings, clock: Arc<dyn Clock>, client: reqwest::Client) -> Self {
        let knobs = Knobs::new();
        let courier = Courier::start(client, knobs.clone(), settings.retry_after.clone());
        let (key, page_base) = (settings.api_key.clone(), settings.checkout_base.clone());
        let world = Arc::new(World { settings, real: clock.clone(), knobs, courier });
        let platform =
            Arc::new(Account::new(world.clone(), page_base, StripeState::default(), BTreeSet::new()));
        platform.admit(PLATFORM, Member { key, webhook: None }, clock);
        Self(Arc::new(Inner { world, platform, shops: Mutex::default() }))
    }

    /// Where the platform's events go, signed with each of `secrets` (two while one replaces the other).
    pub fn set_webhook(&self, url: Url, secrets: &[&str]) {
        let secrets = secrets.iter().map(|secret| (*secret).to_owned()).collect();
        let (world, webhook) = (&self.0.world, Some(Webhook { url, secrets }));
        let member = Member { key: world.settings.api_key.clone(), webhook };
        self.0.platform.admit(PLATFORM, member, world.real.clone());
    }

    /// Lets a shop in: to the account that its key opens, else to its own with a new key, else to a new
    /// one. After a restart the events that it has not taken go out again.
    pub fn add_shop(&self, shop: &str, key: &str, webhook: (Url, &str), clock: Arc<dyn Clock>) {
        let (url, secret) = webhook;
        let mut shops = self.shops();
        let opened = shops.iter().find(|account| account.is_opened_by(key));
        let found = opened.or_else(|| shops.iter().find(|account| account.has(shop))).cloned();
        let account = found.unwrap_or_else(|| {
            let made = self.shop_account(StripeState::default(), BTreeSet::new());
            shops.push(made.clone());
            made
        });
        for other in shops.iter().filter(|other| !Arc::ptr_eq(other, &account)) {
            other.leave(shop);
        }
        drop(shops);
        let webhook = Some(Webhook { url, secrets: vec![secret.to_owned()] });
        account.admit(shop, Member { key: key.to_owned(), webhook }, clock);
    }

    /// Operations are named like `POST /v1/checkout/sessions`, events like `webhook:invoice.paid`.
    pub fn knobs(&self) -> &Knobs {
        &self.0.world.knobs
    }

    /// What the payment page shows.
    pub fn session(&self, id: &str) -> Option<CheckoutPage> {
        self.all().iter().find_map(|account| account.page(id))
    }

    /// All sessions of all accounts, newest first.
    pub fn sessions(&self) -> Vec<CheckoutPage> {
        let mut pages: Vec<_> = self.all().iter().flat_map(|account| account.pages()).collect();
        pages.sort_by_key(|page| std::cmp::Reverse(page.created));
        pages
    }

    /// The payer's card is charged; answers where the page sends the payer.
    ///
    /// # Errors
    /// [`CheckoutError`].
    pub fn pay(&self, id: &str) -> Result<String, CheckoutError> {
        self.holder(id)?.pay(id)
    }

    /// The payer's card is refused; the page stays open for another card.
    ///
    /// # Errors
    /// [`CheckoutError`].
    pub fn decline(&self, id: &str) -> Result<(), CheckoutError> {
        self.holder(id)?.decline(id)
    }

    /// The payer's bank calls a paid session back, or says what becomes of it, in the API's words:
    /// `needs_response`, then `won` or `lost`.
    ///
    /// # Errors
    /// [`CheckoutError::NotFound`], also when nothing was paid.
    pub fn dispute(&self, id: &str, status: &str) -> Result<(), CheckoutError> {
        self.holder(id)?.call_back(id, status)
    }

    /// Everything that survives a restart; shops are let in again by their rows.
    pub fn snapshot(&self) -> Value {
        let kept = |account: &Arc<Account>| json!({ "names": account.names(), "state": account.snapshot() });
        let mut whole = self.0.platform.snapshot();
        whole["shops"] = self.shops().iter().map(kept).collect();
        whole
    }

    /// Brings back what [`Self::snapshot`] gave, and delivers what was not delivered; to the endpoint
    /// that is set now, if one is.
    ///
    /// # Errors
    /// The snapshot is not one of ours.
    pub fn restore(&self, mut snapshot: Value) -> Result<(), serde_json::Error> {
        let shops = snapshot.get_mut("shops").map(Value::take).unwrap_or_default();
        let kept: Option<Vec<Kept>> = serde_json::from_value(shops)?;
        let shops = kept.into_iter().flatten().map(|kept| self.shop_account(kept.state, kept.names));
        *self.shops() = shops.collect();
        self.0.platform.restore(serde_json::from_value(snapshot)?);
        Ok(())
    }

    /// Serves `/v1/…`, and the same at an address for each shop; mount it with `nest` where the client's
    /// base URL points.
    pub fn router(&self) -> Router {
        api::router(self.clone())
    }

    fn opened_by(&self, key: &str) -> Option<Arc<Account>> {
        self.all().into_iter().find(|account| account.is_opened_by(key))
    }

    fn holder(&self, session: &str) -> Result<Arc<Account>, CheckoutError> {
        let holder = self.all().into_iter().find(|account| account.page(session).is_some());
        holder.ok_or(CheckoutError::NotFound)
    }

    /// Whose session a shop's page shows; packages have a page of their own.
    fn shop_of(&self, session: &str) -> Result<Arc<Account>, HostedError> {
        let holder = self.holder(session).map_err(CheckoutError::hosted)?;
        if Arc::ptr_eq(&holder, &self.0.platform) { Err(HostedError::NotFound) } else { Ok(holder) }
    }

    fn all(&self) -> Vec<Arc<Account>> {
        [&self.0.platform].into_iter().chain(self.shops().iter()).cloned().collect()
    }

    fn shop_account(&self, state: StripeState, awaited: BTreeSet<String>) -> Arc<Account> {
        let world = self.0.world.clone();
        let page_base = world.settings.shops_base.clone();
        Arc::new(Account::new(world, page_base, state, awaited))
    }

    fn shops(&self) -> MutexGuard<'_, Vec<Arc<Account>>> {
        self.0.shops.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// A shops' account on disk.
#[derive(Serialize, Deserialize)]
struct Kept {
    names: BTreeSet<String>,
    state: StripeState,
}

impl CheckoutError {
    const fn hosted(self) -> HostedError {
        match self {
            Self::NotFound => HostedError::NotFound,
            Self::NotOpen => HostedError::Settled,
        }
    }
}

#[async_trait]
impl HostedPayments for StripeEmulator {
    fn provider(&self) -> &'static str {
        "stripe"
    }

    fn open_account(&self, account: desk::Account) {
        let webhook = (account.webhook_url, account.secret.as_str());
        self.add_shop(&account.shop, &account.key, webhook, account.clock);
    }

    fn knobs(&self) -> &Knobs {
        Self::knobs(self)
    }

    fn paid_event(&self) -> &'static str {
        "webhook:checkout.session.completed"
    }

    fn router(&self) -> Router {
        Self::router(self)
    }

    fn snapshot(&self) -> Value {
        Self::snapshot(self)
    }

    fn restore(&self, snapshot: &Value) -> Result<(), serde_json::Error> {
        Self::restore(self, snapshot.clone())
    }

    fn payment(&self, id: &str) -> Option<HostedPayment> {
        let session = self.shop_of(id).ok()?.page(id)?;
        Some(HostedPayment {
            title: session.product,
            amount: Money::new(session.amount, session.currency.parse().ok()?),
            state: match session.status {
                SessionStatus::Open => HostedState::Open,
                SessionStatus::Complete => HostedState::Paid,
                SessionStatus::Expired => HostedState::Expired,
            },
            return_url: session.success_url.parse().ok(),
        })
    }

    async fn pay(&self, id: &str) -> Result<(), HostedError> {
        self.shop_of(id)?.pay(id).map(drop).map_err(CheckoutError::hosted)
    }

    /// The page stays open for another card.
    fn decline(&self, id: &str) -> Result<(), HostedError> {
        self.shop_of(id)?.decline(id).map_err(CheckoutError::hosted)
    }
}
