//! A local YooKassa: the part of its API that [`crate::providers::payments::yookassa`] speaks, its
//! unsigned notifications, and what the payer's page needs. Every shop has its own account and clock.

mod api;
#[cfg(test)]
mod contract;
mod objects;
#[cfg(test)]
pub(crate) mod scene;
mod state;

use std::{
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    time::Duration,
};

use async_trait::async_trait;
use axum::Router;
use domain::clock::Clock;
use serde_json::{Value, json};
use url::Url;

use self::state::{Account, Kept, YooState};
pub use self::state::{YooPayment, YooRefund, YooStatus};
use super::{
    courier::{Courier, Parcel},
    hosted::{HostedError, HostedPayment, HostedPayments, HostedState},
    knobs::Knobs,
};

/// The name of the payment method behind which the emulator stands.
pub const METHOD: &str = "yookassa";

/// The provider with all its shops. Clones share it.
#[derive(Clone, Debug)]
pub struct YooKassaEmulator(Arc<Inner>);

#[derive(Debug)]
struct Inner {
    /// Where the web server shows the payment page; the payment's id is added.
    page_base: Url,
    knobs: Knobs,
    state: Mutex<YooState>,
    courier: Courier,
}

impl YooKassaEmulator {
    /// `client` delivers notifications, again after each of `retry_after`. Runs in a tokio runtime.
    pub fn new(page_base: Url, client: reqwest::Client, retry_after: Vec<Duration>) -> Self {
        let knobs = Knobs::new();
        let courier = Courier::start(client, knobs.clone(), retry_after);
        Self(Arc::new(Inner { page_base, knobs, state: Mutex::default(), courier }))
    }

    /// Adds a shop, or gives the one of that number this secret, address and clock. After a restart the
    /// notifications that it has not taken go out again.
    pub fn add_account(&self, shop: &str, secret: &str, webhook_url: Url, clock: Arc<dyn Clock>) {
        let account = Account { secret: secret.to_owned(), webhook_url, clock };
        let mut state = self.state();
        let is_new = state.accounts.insert(shop.to_owned(), account).is_none();
        let untold = |payment: &YooPayment| {
            is_new && !payment.told && matches!(payment.status, YooStatus::Succeeded | YooStatus::Declined)
        };
        let untold: Vec<_> = state.payments_of(shop).into_iter().filter(untold).collect();
        drop(state);
        for payment in untold {
            self.announce_payment(&payment);
        }
    }

    /// Operations are named like `POST /payments`, notifications like `webhook:payment.succeeded`.
    pub fn knobs(&self) -> &Knobs {
        &self.0.knobs
    }

    /// The payments of one shop, newest first.
    pub fn payments(&self, shop: &str) -> Vec<YooPayment> {
        self.state().payments_of(shop)
    }

    pub fn refunds(&self, payment: &str) -> Vec<YooRefund> {
        self.state().refunds_of(payment)
    }

    /// Everything that survives a restart; accounts are added again by their shops.
    pub fn snapshot(&self) -> Value {
        json!(self.state().kept)
    }

    /// Brings back what [`Self::snapshot`] gave.
    ///
    /// # Errors
    /// The snapshot is not one of ours.
    pub fn restore(&self, snapshot: Value) -> Result<(), serde_json::Error> {
        self.state().kept = serde_json::from_value::<Kept>(snapshot)?;
        Ok(())
    }

    /// Serves the API; mount it with `nest` where the gateway's base address points.
    pub fn router(&self) -> Router {
        api::router(self.clone())
    }

    fn page_base(&self) -> &Url {
        &self.0.page_base
    }

    fn settle(&self, id: &str, status: YooStatus) -> Result<(), HostedError> {
        let payment = self.state().settle(id, status)?;
        self.announce_payment(&payment);
        Ok(())
    }

    fn announce_payment(&self, payment: &YooPayment) {
        let account = self.state().accounts.get(&payment.shop).cloned();
        let event = match payment.status {
            YooStatus::Succeeded => "payment.succeeded",
            _ => "payment.canceled",
        };
        if let Some(account) = account {
            self.announce(event, &objects::payment(payment, 0), &account, Some(payment.id.clone()));
        }
    }

    /// `payment` is noted as told once the shop has taken it.
    fn announce(&self, event: &str, object: &Value, account: &Account, payment: Option<String>) {
        let owner = Arc::downgrade(&self.0);
        let taken = move || {
            if let (Some(inner), Some(id)) = (owner.upgrade(), &payment)
                && let Some(payment) = Self(inner).state().kept.payments.get_mut(id)
            {
                payment.told = true;
            }
        };
        self.0.courier.send(Parcel {
            name: format!("webhook:{event}"),
            url: account.webhook_url.clone(),
            body: objects::notification(event, object).to_string(),
            // Nothing is signed.
            sign: Arc::new(|_| ("user-agent", "sandbox-yookassa".to_owned())),
            taken: Arc::new(taken),
        });
    }

    fn state(&self) -> MutexGuard<'_, YooState> {
        self.0.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[async_trait]
impl HostedPayments for YooKassaEmulator {
    fn provider(&self) -> &'static str {
        METHOD
    }

    fn payment(&self, id: &str) -> Option<HostedPayment> {
        let payment = self.state().payment(id)?;
        Some(HostedPayment {
            title: payment.description.unwrap_or_default(),
            amount: payment.amount,
            state: match payment.status {
                YooStatus::Pending => HostedState::Open,
                YooStatus::Succeeded => HostedState::Paid,
                YooStatus::Declined => HostedState::Failed,
                YooStatus::Expired => HostedState::Expired,
            },
            return_url: Some(payment.return_url),
        })
    }

    async fn pay(&self, id: &str) -> Result<(), HostedError> {
        self.settle(id, YooStatus::Succeeded)
    }

    fn decline(&self, id: &str) -> Result<(), HostedError> {
        self.settle(id, YooStatus::Declined)
    }
}
