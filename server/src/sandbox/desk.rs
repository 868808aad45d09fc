//! What every emulated payment provider has: an account for each shop, its state, a page for payers,
//! knobs, and a courier for webhooks.

use std::{
    collections::BTreeMap,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    time::Duration,
};

use axum::{
    Router,
    extract::{FromRequestParts, RawPathParams, Request, rejection::RawPathParamsRejection},
    http::{HeaderMap, header, request::Parts},
    middleware::{self, Next},
};
use domain::clock::Clock;
use url::Url;

use super::{courier::Courier, knobs::Knobs};

/// A shop's account at a provider.
#[derive(Clone, Debug)]
pub struct Account {
    /// Shops make up their numbers and keys, and two may make up the same ones: an account is reached at
    /// the address of its own shop only.
    pub shop: String,
    /// As the provider and the shop call it.
    pub id: String,
    pub key: String,
    /// Signs the webhooks, where each account has a key of its own for that.
    pub secret: String,
    pub webhook_url: Url,
    pub clock: Arc<dyn Clock>,
}

/// All accounts of a provider, by the names that its payments know them by.
#[derive(Debug, Default)]
pub(super) struct Accounts(BTreeMap<String, Account>);

impl Accounts {
    /// Adds an account, or gives the one of that shop and number this key, address and clock. Gives its
    /// name if it is new.
    pub(super) fn open(&mut self, account: Account) -> Option<String> {
        let name = format!("{}/{}", account.shop, account.id);
        self.0.insert(name.clone(), account).is_none().then_some(name)
    }

    pub(super) fn get(&self, name: &str) -> Option<&Account> {
        self.0.get(name)
    }

    /// An account of this shop that what the caller says `opens`, and its name.
    pub(super) fn of_shop(&self, shop: &str, opens: impl Fn(&Account) -> bool) -> Option<(String, Account)> {
        let is_it = |(_, account): &(&String, &Account)| account.shop == shop && opens(account);
        self.0.iter().find(is_it).map(|(name, account)| (name.clone(), account.clone()))
    }
}

/// The account's number in its name.
pub(super) fn number(name: &str) -> &str {
    name.split_once('/').map_or(name, |(_, id)| id)
}

/// What an emulated provider is made of.
#[derive(Clone, Debug)]
pub struct DeskSettings {
    /// Where the web server shows the payment page, with a slash at its end; a payment's id is added.
    pub page_base: Url,
    /// Stamps webhooks. Payments run out by the clocks of their shops.
    pub real: Arc<dyn Clock>,
    /// Delivers webhooks, again after each of `retry_after`.
    pub client: reqwest::Client,
    pub retry_after: Vec<Duration>,
}

/// An emulated provider with its state. Runs in a tokio runtime.
#[derive(Debug)]
pub(super) struct Desk<S> {
    pub page_base: Url,
    pub real: Arc<dyn Clock>,
    pub client: reqwest::Client,
    pub knobs: Knobs,
    pub courier: Courier,
    state: Mutex<S>,
}

impl<S: Default + Send + 'static> Desk<S> {
    pub(super) fn new(settings: DeskSettings) -> Arc<Self> {
        let DeskSettings { page_base, real, client, retry_after } = settings;
        let knobs = Knobs::new();
        let courier = Courier::start(client.clone(), knobs.clone(), retry_after);
        Arc::new(Self { page_base, real, client, knobs, courier, state: Mutex::default() })
    }

    pub(super) fn state(&self) -> MutexGuard<'_, S> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// What a courier does when a webhook was taken: it is noted, if the provider is still there.
    pub(super) fn noting(
        self: &Arc<Self>,
        note: impl Fn(&mut S) + Send + Sync + 'static,
    ) -> Arc<dyn Fn() + Send + Sync> {
        let desk = Arc::downgrade(self);
        Arc::new(move || {
            if let Some(desk) = desk.upgrade() {
                note(&mut desk.state());
            }
        })
    }

    /// Serves the provider's calls at an address for each shop. For the knobs an operation is what
    /// follows it, like `POST /payments`.
    pub(super) fn at_each_shop(&self, calls: Router) -> Router {
        let knobs = self.knobs.clone();
        let under_knobs = middleware::from_fn(move |request: Request, next: Next| {
            let knobs = knobs.clone();
            async move {
                let operation = format!("{} {}", request.method(), request.uri().path());
                knobs.around(&operation, next.run(request)).await
            }
        });
        Router::new().nest("/{shop}", calls.layer(under_knobs))
    }
}

/// Who calls: at which shop's address, and with what.
pub(super) struct Caller {
    pub shop: String,
    pub headers: HeaderMap,
}

impl Caller {
    /// Empty when there is none.
    pub(super) fn header(&self, name: &str) -> &str {
        self.headers.get(name).and_then(|value| value.to_str().ok()).unwrap_or_default()
    }

    /// What follows this scheme in `Authorization`.
    pub(super) fn authorization(&self, scheme: &str) -> &str {
        let given = self.header(header::AUTHORIZATION.as_str()).strip_prefix(scheme);
        given.and_then(|given| given.strip_prefix(' ')).unwrap_or_default()
    }
}

impl<S: Send + Sync> FromRequestParts<S> for Caller {
    type Rejection = RawPathParamsRejection;

    async fn from_request_parts(parts: &mut Parts, state: &S) -> Result<Self, Self::Rejection> {
        let params = RawPathParams::from_request_parts(parts, state).await?;
        let shop = params.iter().find(|(name, _)| *name == "shop").map(|(_, shop)| shop.to_owned());
        Ok(Self { shop: shop.unwrap_or_default(), headers: parts.headers.clone() })
    }
}
