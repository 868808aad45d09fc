//! One account at the emulated Stripe: whose keys open it, where its events go, and what it holds.

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

use chrono::{DateTime, Utc};
use domain::clock::Clock;
use serde_json::{Value, json};
use url::Url;

use super::{
    CheckoutError, StripeSettings, delivery, payments, settle,
    state::{CheckoutPage, Session, StripeState},
};
use crate::sandbox::{courier::Courier, knobs::Knobs};

/// What all accounts share.
#[derive(Debug)]
pub(super) struct World {
    pub settings: StripeSettings,
    /// Stamps webhooks. Sessions run out by their account's clock.
    pub real: Arc<dyn Clock>,
    pub knobs: Knobs,
    pub courier: Courier,
}

#[derive(Debug)]
pub(super) struct Account {
    world: Arc<World>,
    /// Where the web server shows its payment pages; the session's id is added.
    page_base: Url,
    access: Mutex<Access>,
    state: Mutex<StripeState>,
}

#[derive(Debug)]
struct Access {
    members: BTreeMap<String, Member>,
    /// Whose account it was before a restart, as long as they are not back.
    awaited: BTreeSet<String>,
    clock: Arc<dyn Clock>,
}

/// Who uses the account: the platform, or a shop.
#[derive(Clone, Debug)]
pub(super) struct Member {
    pub key: String,
    pub webhook: Option<Webhook>,
}

#[derive(Clone, Debug)]
pub(super) struct Webhook {
    pub url: Url,
    /// Two while one replaces the other.
    pub secrets: Vec<String>,
}

impl Account {
    pub(super) fn new(
        world: Arc<World>,
        page_base: Url,
        state: StripeState,
        awaited: BTreeSet<String>,
    ) -> Self {
        let access = Access { members: BTreeMap::new(), awaited, clock: world.real.clone() };
        Self { world, page_base, access: Mutex::new(access), state: Mutex::new(state) }
    }

    /// Lets somebody in, or gives them another key, address and clock. Who comes back after a restart is
    /// sent what was not taken.
    pub(super) fn admit(self: &Arc<Self>, name: &str, member: Member, clock: Arc<dyn Clock>) {
        let mut access = self.access();
        let webhook = member.webhook.clone();
        access.members.insert(name.to_owned(), member);
        access.clock = clock;
        let is_back = access.awaited.remove(name);
        drop(access);
        if let Some(webhook) = webhook.filter(|_| is_back) {
            self.queue(&self.untaken(), &[webhook]);
        }
    }

    pub(super) fn leave(&self, name: &str) {
        let mut access = self.access();
        access.members.remove(name);
        access.awaited.remove(name);
    }

    pub(super) fn is_opened_by(&self, key: &str) -> bool {
        self.access().members.values().any(|member| member.key == key)
    }

    pub(super) fn has(&self, name: &str) -> bool {
        let access = self.access();
        access.members.contains_key(name) || access.awaited.contains(name)
    }

    pub(super) fn now(&self) -> DateTime<Utc> {
        self.access().clock.now()
    }

    pub(super) fn world(&self) -> &World {
        &self.world
    }

    pub(super) fn page_of(&self, session: &str) -> String {
        format!("{}/{session}", self.page_base.as_str().trim_end_matches('/'))
    }

    pub(super) fn state(&self) -> MutexGuard<'_, StripeState> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// All sessions as their pages show them.
    pub(super) fn pages(self: &Arc<Self>) -> Vec<CheckoutPage> {
        self.expire_old_sessions();
        self.state().sessions.values().map(Session::page).collect()
    }

    pub(super) fn page(self: &Arc<Self>, session: &str) -> Option<CheckoutPage> {
        self.expire_old_sessions();
        self.state().sessions.get(session).map(Session::page)
    }

    pub(super) fn pay(self: &Arc<Self>, session: &str) -> Result<String, CheckoutError> {
        self.expire_old_sessions();
        let now = self.now();
        let (success_url, events) = settle::pay(&mut self.state(), session, now)?;
        self.announce(events);
        Ok(success_url)
    }

    pub(super) fn decline(self: &Arc<Self>, session: &str) -> Result<(), CheckoutError> {
        self.expire_old_sessions();
        settle::decline(&mut self.state(), session)
    }

    pub(super) fn call_back(self: &Arc<Self>, session: &str, status: &str) -> Result<(), CheckoutError> {
        let now = self.now();
        let mut state = self.state();
        let intent = state.sessions.get(session).and_then(|session| session.payment_intent.clone());
        let intent = intent.ok_or(CheckoutError::NotFound)?;
        let event = payments::call_back(&mut state, &intent, status, now);
        drop(state);
        self.announce(event.into_iter().collect());
        Ok(())
    }

    pub(super) fn expire_old_sessions(self: &Arc<Self>) {
        let now = self.now();
        let events = settle::expire_due(&mut self.state(), now);
        self.announce(events);
    }

    /// Stores events and sends them off, in this order.
    pub(super) fn announce(self: &Arc<Self>, mut events: Vec<Value>) {
        let webhooks = self.webhooks();
        for event in &mut events {
            // Where nobody listens yet it waits for whoever comes.
            event["pending_webhooks"] = webhooks.len().max(1).into();
        }
        self.state().events.extend(events.iter().cloned());
        self.queue(&events, &webhooks);
    }

    /// Everything that survives a restart. Keys and secrets do not: their owners bring them again.
    pub(super) fn snapshot(&self) -> Value {
        json!(*self.state())
    }

    /// Who shares the account.
    pub(super) fn names(&self) -> Vec<String> {
        let access = self.access();
        access.members.keys().chain(&access.awaited).cloned().collect()
    }

    /// In place of what it held; what was not taken goes out again.
    pub(super) fn restore(self: &Arc<Self>, state: StripeState) {
        *self.state() = state;
        self.queue(&self.untaken(), &self.webhooks());
    }

    fn untaken(&self) -> Vec<Value> {
        let state = self.state();
        state.events.iter().filter(|event| event["pending_webhooks"] != 0).cloned().collect()
    }

    fn webhooks(&self) -> Vec<Webhook> {
        self.access().members.values().filter_map(|member| member.webhook.clone()).collect()
    }

    fn queue(self: &Arc<Self>, events: &[Value], webhooks: &[Webhook]) {
        for event in events {
            for webhook in webhooks {
                self.world.courier.send(delivery::parcel(self, event, webhook.clone()));
            }
        }
    }

    fn access(&self) -> MutexGuard<'_, Access> {
        self.access.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
