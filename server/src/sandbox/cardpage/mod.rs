//! The sandbox's own card provider, behind the payment method `test`: a shop asks for a payment, the
//! payer pays or is refused on a page of another origin, a signed webhook tells the shop, and the shop
//! reads the payment again. The page is rendered by the web server; [`CardEmulator::pay`] and
//! [`CardEmulator::decline`] are its buttons.

mod api;
mod state;

#[cfg(test)]
mod tests;

use std::{
    collections::BTreeMap,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    time::Duration,
};

use async_trait::async_trait;
use axum::Router;
use chrono::{DateTime, Utc};
use domain::{clock::Clock, money::Money};
use serde_json::{Value, json};
use url::Url;
use uuid::Uuid;

use self::state::{Account, CardState};
pub use self::state::{CardDispute, CardPayment, CardStatus};
use super::{
    courier::{Courier, Parcel, signature},
    hosted::{HostedError, HostedPayment, HostedPayments, HostedState},
    knobs::Knobs,
};

/// The header that signs webhooks, in the form of [`signature`].
const SIGNATURE_HEADER: &str = "x-card-signature";

/// The name of the payment method behind which the emulator stands.
pub const METHOD: &str = "test";

/// What the payer's page answers to a button.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum CardError {
    #[error("there is no such payment")]
    NotFound,
    #[error("the payment is settled")]
    Settled,
    #[error("the payment is not paid, or has less left than is asked back")]
    TooMuch,
}

impl CardError {
    const fn hosted(self) -> HostedError {
        match self {
            Self::NotFound => HostedError::NotFound,
            Self::Settled | Self::TooMuch => HostedError::Settled,
        }
    }
}

/// The provider with all its accounts. Clones share it.
#[derive(Clone, Debug)]
pub struct CardEmulator(Arc<Inner>);

#[derive(Debug)]
struct Inner {
    /// Where the web server shows the payment page; the payment's id is added.
    page_base: Url,
    /// Stamps webhooks. Payments run out by their shop's clock.
    real: Arc<dyn Clock>,
    knobs: Knobs,
    state: Mutex<CardState>,
    courier: Courier,
}

impl CardEmulator {
    /// `client` delivers webhooks, again after each of `retry_after`, stamped by the `real` clock
    /// whatever the shop's clock shows. Runs in a tokio runtime.
    pub fn new(
        page_base: Url,
        real: Arc<dyn Clock>,
        client: reqwest::Client,
        retry_after: Vec<Duration>,
    ) -> Self {
        let knobs = Knobs::new();
        let courier = Courier::start(client, knobs.clone(), retry_after);
        Self(Arc::new(Inner { page_base, real, knobs, state: Mutex::default(), courier }))
    }

    /// Adds a shop's account, or gives the one of that name these keys and this clock. After a restart
    /// the webhooks that the shop has not taken go out again.
    pub fn add_account(&self, id: &str, api_key: &str, webhook_secret: &str, clock: Arc<dyn Clock>) {
        let (api_key, webhook_secret) = (api_key.to_owned(), webhook_secret.to_owned());
        let account = Account { api_key, webhook_secret, clock };
        let mut state = self.state();
        state.accounts.insert(id.to_owned(), account.clone());
        let untold = state.take_untold(id);
        drop(state);
        for payment in untold {
            self.announce(&payment, &account, account.clock.now());
        }
    }

    /// Operations are named like `POST /payments`, webhooks like `webhook:payment.paid`.
    pub fn knobs(&self) -> &Knobs {
        &self.0.knobs
    }

    /// What the page shows.
    pub fn payment(&self, id: &str) -> Option<CardPayment> {
        self.state().payment(id)
    }

    /// The payments of one account, newest first.
    pub fn payments(&self, account: &str) -> Vec<CardPayment> {
        self.state().payments_of(account)
    }

    /// The card is charged; answers where the page sends the payer.
    ///
    /// # Errors
    /// [`CardError`].
    pub fn pay(&self, id: &str) -> Result<String, CardError> {
        self.settle(id, CardStatus::Paid)
    }

    /// The card is refused, which ends the payment; answers where the page sends the payer.
    ///
    /// # Errors
    /// [`CardError`].
    pub fn decline(&self, id: &str) -> Result<String, CardError> {
        self.settle(id, CardStatus::Failed)
    }

    /// The shop sends money back; `name` is its own name of the refund, and counts once.
    ///
    /// # Errors
    /// [`CardError`].
    pub fn refund(&self, id: &str, name: &str, amount: i64) -> Result<CardPayment, CardError> {
        let is_new = self.state().refund(id, name, amount)?;
        let payment = self.payment(id).ok_or(CardError::NotFound)?;
        if is_new {
            self.announce_change(&payment, "payment.refunded");
        }
        Ok(payment)
    }

    /// The payer's bank calls the payment back, or decides what becomes of it.
    ///
    /// # Errors
    /// [`CardError`].
    pub fn dispute(&self, id: &str, dispute: CardDispute) -> Result<(), CardError> {
        let mut state = self.state();
        let payment = state.payments.get_mut(id).ok_or(CardError::NotFound)?;
        if payment.status != CardStatus::Paid {
            return Err(CardError::TooMuch);
        }
        payment.dispute = Some(dispute);
        let payment = payment.clone();
        drop(state);
        self.announce_change(&payment, "payment.disputed");
        Ok(())
    }

    /// Everything that survives a restart; accounts are added again by their shops.
    pub fn snapshot(&self) -> Value {
        json!({ "payments": self.state().payments })
    }

    /// Brings back what [`Self::snapshot`] gave.
    ///
    /// # Errors
    /// The snapshot is not one of ours.
    pub fn restore(&self, snapshot: &Value) -> Result<(), serde_json::Error> {
        let payments: BTreeMap<String, CardPayment> = serde_json::from_value(snapshot["payments"].clone())?;
        let is_untold = |payment: &&CardPayment| {
            !payment.told && matches!(payment.status, CardStatus::Paid | CardStatus::Failed)
        };
        let mut state = self.state();
        state.untold = payments.values().filter(is_untold).map(|payment| payment.id.clone()).collect();
        state.payments = payments;
        Ok(())
    }

    /// Serves the API; mount it with `nest` where the gateway's base address points.
    pub fn router(&self) -> Router {
        api::router(self.clone())
    }

    fn settle(&self, id: &str, status: CardStatus) -> Result<String, CardError> {
        let (payment, account, now) = self.state().settle(id, status)?;
        self.announce(&payment, &account, now);
        Ok(payment.return_url)
    }

    fn announce_change(&self, payment: &CardPayment, kind: &str) {
        let account = self.state().accounts.get(&payment.account).cloned();
        if let Some(account) = account {
            self.send(payment, &account, kind, account.clock.now());
        }
    }

    fn announce(&self, payment: &CardPayment, account: &Account, now: DateTime<Utc>) {
        self.send(payment, account, &format!("payment.{}", payment.status.name()), now);
    }

    fn send(&self, payment: &CardPayment, account: &Account, kind: &str, now: DateTime<Utc>) {
        let event = json!({
            "id": format!("evt_{}", Uuid::new_v4().as_simple()),
            "type": kind,
            "account": payment.account,
            "payment": payment.id,
            "order": payment.order,
            "created_at": now,
        });
        let (secrets, real) = ([account.webhook_secret.clone()], self.0.real.clone());
        let (id, owner) = (payment.id.clone(), Arc::downgrade(&self.0));
        let taken = move || {
            if let Some(inner) = owner.upgrade()
                && let Some(payment) = CardEmulator(inner).state().payments.get_mut(&id)
            {
                payment.told = true;
            }
        };
        self.0.courier.send(Parcel {
            name: format!("webhook:{kind}"),
            url: payment.webhook_url.clone(),
            body: event.to_string(),
            sign: Arc::new(move |body| (SIGNATURE_HEADER, signature(&secrets, real.now().timestamp(), body))),
            taken: Arc::new(taken),
        });
    }

    fn state(&self) -> MutexGuard<'_, CardState> {
        self.0.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[async_trait]
impl HostedPayments for CardEmulator {
    fn provider(&self) -> &'static str {
        METHOD
    }

    fn payment(&self, id: &str) -> Option<HostedPayment> {
        let payment = Self::payment(self, id)?;
        let currency = payment.currency.parse().ok()?;
        Some(HostedPayment {
            title: payment.description,
            amount: Money::new(payment.amount, currency),
            state: match payment.status {
                CardStatus::Pending => HostedState::Open,
                CardStatus::Paid => HostedState::Paid,
                CardStatus::Failed => HostedState::Failed,
                CardStatus::Expired => HostedState::Expired,
            },
            return_url: payment.return_url.parse().ok(),
        })
    }

    async fn pay(&self, id: &str) -> Result<(), HostedError> {
        Self::pay(self, id).map(drop).map_err(CardError::hosted)
    }

    fn decline(&self, id: &str) -> Result<(), HostedError> {
        Self::decline(self, id).map(drop).map_err(CardError::hosted)
    }
}
