//! An emulator of Stripe: hosted checkout, customers, subscriptions, refunds, the billing portal and
//! signed events, in the shapes of API version 2026-09-30 (which async-stripe 1.0.0-rc.10 asks for).
//!
//! The payment page itself is rendered by the web server; [`StripeEmulator::session`],
//! [`StripeEmulator::pay`], [`StripeEmulator::decline`] and [`StripeEmulator::abandon`] are its levers.

mod api;
mod delivery;
mod form;
mod invoice;
mod objects;
mod settle;
mod state;

#[cfg(test)]
mod contract;
#[cfg(test)]
mod tests;

use std::{
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    time::Duration,
};

use axum::Router;
use domain::clock::Clock;
use serde_json::Value;
use url::Url;

use self::state::StripeState;
pub use self::state::{CheckoutPage, SessionStatus};
use super::{courier::Courier, knobs::Knobs};

/// How the emulator is set up.
#[derive(Clone, Debug)]
pub struct StripeSettings {
    /// The one key that it takes.
    pub api_key: String,
    /// Where the web server shows the payment page; the session's id is added.
    pub checkout_base: Url,
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

/// The emulated Stripe account. Clones share it.
#[derive(Clone, Debug)]
pub struct StripeEmulator(Arc<Inner>);

#[derive(Debug)]
struct Inner {
    settings: StripeSettings,
    clock: Arc<dyn Clock>,
    knobs: Knobs,
    state: Mutex<StripeState>,
    courier: Courier,
}

impl Inner {
    fn lock(&self) -> MutexGuard<'_, StripeState> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl StripeEmulator {
    /// `client` delivers the events. Runs in a tokio runtime.
    pub fn new(settings: StripeSettings, clock: Arc<dyn Clock>, client: reqwest::Client) -> Self {
        let knobs = Knobs::new();
        let courier = Courier::start(client, knobs.clone(), settings.retry_after.clone());
        let state = Mutex::new(StripeState::new());
        Self(Arc::new(Inner { settings, clock, knobs, state, courier }))
    }

    /// Where events go, signed with each of `secrets` (two while one replaces the other).
    pub fn set_webhook(&self, url: Url, secrets: &[&str]) {
        let secrets = secrets.iter().map(|secret| (*secret).to_owned()).collect();
        self.state().webhook = Some(state::Webhook { url, secrets });
    }

    /// Operations are named like `POST /v1/checkout/sessions`, events like `webhook:invoice.paid`.
    pub fn knobs(&self) -> &Knobs {
        &self.0.knobs
    }

    /// What the payment page shows.
    pub fn session(&self, id: &str) -> Option<CheckoutPage> {
        self.expire_old_sessions();
        self.state().sessions.get(id).map(state::Session::page)
    }

    /// All sessions, newest first.
    pub fn sessions(&self) -> Vec<CheckoutPage> {
        self.expire_old_sessions();
        let mut pages: Vec<_> = self.state().sessions.values().map(state::Session::page).collect();
        pages.sort_by_key(|page| std::cmp::Reverse(page.created));
        pages
    }

    /// The payer's card is charged; answers where the page sends the payer.
    ///
    /// # Errors
    /// [`CheckoutError`].
    pub fn pay(&self, id: &str) -> Result<String, CheckoutError> {
        self.expire_old_sessions();
        let now = self.0.clock.now();
        let (success_url, events) = settle::pay(&mut self.state(), id, now)?;
        self.announce(events);
        Ok(success_url)
    }

    /// The payer's card is refused; the page stays open for another card.
    ///
    /// # Errors
    /// [`CheckoutError`].
    pub fn decline(&self, id: &str) -> Result<(), CheckoutError> {
        self.expire_old_sessions();
        settle::decline(&mut self.state(), id)
    }

    /// The payer never comes back: the session expires at once instead of after a day. Answers where
    /// the page's "back" leads.
    ///
    /// # Errors
    /// [`CheckoutError`].
    pub fn abandon(&self, id: &str) -> Result<Option<String>, CheckoutError> {
        self.expire_old_sessions();
        let now = self.0.clock.now();
        let (cancel_url, event) = settle::expire(&mut self.state(), id, now)?;
        self.announce(vec![event]);
        Ok(cancel_url)
    }

    /// The events so far, oldest first, as `GET /v1/events/{id}` shows them.
    pub fn events(&self) -> Vec<Value> {
        self.state().events.clone()
    }

    /// Sends an event again, as the dashboard's "resend" does. False when there is none of that id.
    pub fn resend(&self, event_id: &str) -> bool {
        let event = self.state().event(event_id).cloned();
        let is_known = event.is_some();
        self.queue(event);
        is_known
    }

    /// Everything that survives a restart.
    pub fn snapshot(&self) -> Value {
        serde_json::to_value(&*self.state()).unwrap_or_default()
    }

    /// Brings back what [`Self::snapshot`] gave, and delivers what was not delivered; to the endpoint
    /// that is set now, if one is.
    ///
    /// # Errors
    /// The snapshot is not one of ours.
    pub fn restore(&self, snapshot: Value) -> Result<(), serde_json::Error> {
        let mut restored: StripeState = serde_json::from_value(snapshot)?;
        let pending: Vec<Value> =
            restored.events.iter().filter(|event| event["pending_webhooks"] != 0).cloned().collect();
        let mut state = self.state();
        restored.webhook = state.webhook.take().or(restored.webhook);
        *state = restored;
        drop(state);
        self.queue(pending);
        Ok(())
    }

    /// Serves `/v1/…`; mount it with `nest` where the client's base URL points.
    pub fn router(&self) -> Router {
        api::router(self.clone())
    }

    /// Stores events and sends them off, in this order.
    fn announce(&self, events: Vec<Value>) {
        self.state().events.extend(events.iter().cloned());
        self.queue(events);
    }

    fn queue(&self, events: impl IntoIterator<Item = Value>) {
        let parcels = events.into_iter().filter_map(|event| delivery::parcel(&self.0, &event));
        parcels.for_each(|parcel| self.0.courier.send(parcel));
    }

    fn expire_old_sessions(&self) {
        let now = self.0.clock.now();
        let events = settle::expire_due(&mut self.state(), now);
        self.announce(events);
    }

    fn state(&self) -> MutexGuard<'_, StripeState> {
        self.0.lock()
    }
}
