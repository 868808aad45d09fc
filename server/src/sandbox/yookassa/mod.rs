//! A local YooKassa: the part of its API that [`crate::providers::payments::yookassa`] speaks, its
//! unsigned notifications, and what the payer's page needs. Every shop has its own account and clock.

mod api;
#[cfg(test)]
mod contract;
mod objects;
#[cfg(test)]
pub(crate) mod scene;
mod state;

use std::sync::Arc;

use async_trait::async_trait;
use axum::Router;
use serde::Deserialize as _;
use serde_json::{Value, json};

use self::state::{Kept, YooState};
pub use self::state::{YooMethod, YooPayment, YooRefund, YooStatus};
use super::{
    courier::Parcel,
    desk::{Account, Desk, DeskSettings},
    hosted::{HostedError, HostedPayment, HostedPayments, HostedState},
    knobs::Knobs,
};

/// The provider with all its shops. Clones share it.
#[derive(Clone, Debug)]
pub struct YooKassaEmulator(Arc<Desk<YooState>>);

impl YooKassaEmulator {
    pub fn new(settings: DeskSettings) -> Self {
        Self(Desk::new(settings))
    }

    #[cfg(test)]
    pub(crate) fn count(&self) -> usize {
        self.0.state().kept.payments.len()
    }

    pub fn refunds(&self, payment: &str) -> Vec<YooRefund> {
        self.0.state().refunds_of(payment)
    }

    /// Changes how the cards behave that payers of a shop's account let us keep.
    pub fn change_methods(&self, account: &str, change: impl Fn(&mut YooMethod)) {
        let mut state = self.0.state();
        let of_shop = state.kept.methods.values_mut().filter(|method| method.shop.ends_with(account));
        of_shop.for_each(change);
    }

    fn settle(&self, id: &str, status: YooStatus) -> Result<(), HostedError> {
        let payment = self.0.state().settle(id, status)?;
        self.announce_payment(&payment);
        Ok(())
    }

    fn announce_payment(&self, payment: &YooPayment) {
        let account = self.0.state().accounts.get(&payment.shop).cloned();
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
        self.0.courier.send(Parcel {
            name: format!("webhook:{event}"),
            url: account.webhook_url.clone(),
            body: objects::notification(event, object).to_string(),
            // Nothing is signed.
            sign: Arc::new(|_| ("user-agent", "sandbox-yookassa".to_owned())),
            taken: self.0.noting(move |state: &mut YooState| {
                if let Some(payment) = payment.as_ref().and_then(|id| state.kept.payments.get_mut(id)) {
                    payment.told = true;
                }
            }),
        });
    }
}

#[async_trait]
impl HostedPayments for YooKassaEmulator {
    fn provider(&self) -> &'static str {
        "yookassa"
    }

    fn open_account(&self, account: Account) {
        let untold = self.0.state().open(account);
        for payment in untold {
            self.announce_payment(&payment);
        }
    }

    fn knobs(&self) -> &Knobs {
        &self.0.knobs
    }

    fn paid_event(&self) -> &'static str {
        "webhook:payment.succeeded"
    }

    fn router(&self) -> Router {
        self.0.at_each_shop(api::router(self.clone()))
    }

    fn snapshot(&self) -> Value {
        json!(self.0.state().kept)
    }

    fn restore(&self, snapshot: &Value) -> Result<(), serde_json::Error> {
        self.0.state().kept = Kept::deserialize(snapshot)?;
        Ok(())
    }

    fn payment(&self, id: &str) -> Option<HostedPayment> {
        let payment = self.0.state().payment(id)?;
        Some(HostedPayment {
            title: payment.description.unwrap_or_default(),
            amount: payment.amount,
            state: match payment.status {
                YooStatus::Pending => HostedState::Open,
                YooStatus::Succeeded => HostedState::Paid,
                YooStatus::Declined => HostedState::Failed,
                YooStatus::Expired => HostedState::Expired,
            },
            return_url: payment.return_url,
        })
    }

    async fn pay(&self, id: &str) -> Result<(), HostedError> {
        self.settle(id, YooStatus::Succeeded)
    }

    fn decline(&self, id: &str) -> Result<(), HostedError> {
        self.settle(id, YooStatus::Declined)
    }
}
