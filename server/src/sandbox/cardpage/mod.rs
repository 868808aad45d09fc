//! The sandbox's own card provider, behind the payment method `test`: a shop asks for a payment, the
//! payer pays or is refused on a page of another origin, a signed webhook tells the shop, and the shop
//! reads the payment again.

mod api;
mod state;

#[cfg(test)]
mod tests;

use std::{collections::BTreeMap, sync::Arc};

use async_trait::async_trait;
use axum::Router;
use domain::money::Money;
use serde::Deserialize as _;
use serde_json::{Value, json};
use uuid::Uuid;

use self::state::CardState;
pub use self::state::{CardDispute, CardPayment, CardStatus};
use super::{
    courier::{Parcel, signature},
    desk::{Account, Desk, DeskSettings},
    hosted::{HostedError, HostedPayment, HostedPayments, HostedState},
    knobs::Knobs,
};

/// The header that signs webhooks, in the form of [`signature`].
const SIGNATURE_HEADER: &str = "x-card-signature";

/// Why money cannot be moved.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum CardError {
    #[error("there is no such payment")]
    NotFound,
    #[error("the payment is not paid, or has less left than is asked back")]
    TooMuch,
}

/// The provider with all its accounts. Clones share it.
#[derive(Clone, Debug)]
pub struct CardEmulator(Arc<Desk<CardState>>);

impl CardEmulator {
    pub fn new(settings: DeskSettings) -> Self {
        Self(Desk::new(settings))
    }

    #[cfg(test)]
    pub(crate) fn count(&self) -> usize {
        self.0.state().payments.len()
    }

    /// The shop sends money back; `name` is its own name of the refund, and counts once.
    ///
    /// # Errors
    /// [`CardError`].
    pub fn refund(&self, id: &str, name: &str, amount: i64) -> Result<CardPayment, CardError> {
        let mut state = self.0.state();
        let is_new = state.refund(id, name, amount)?;
        let payment = state.payment(id).ok_or(CardError::NotFound)?;
        drop(state);
        if is_new {
            self.announce_change(&payment, "payment.refunded");
        }
        Ok(payment)
    }

    /// The payer sends this much more than was asked for.
    ///
    /// # Errors
    /// [`CardError`].
    pub fn overpay(&self, id: &str, more: i64) -> Result<(), CardError> {
        let mut state = self.0.state();
        let payment = state.payments.get_mut(id).ok_or(CardError::NotFound)?;
        payment.amount += more;
        Ok(())
    }

    /// The payer's bank calls the payment back, or decides what becomes of it.
    ///
    /// # Errors
    /// [`CardError`].
    pub fn dispute(&self, id: &str, dispute: CardDispute) -> Result<(), CardError> {
        let mut state = self.0.state();
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

    fn settle(&self, id: &str, status: CardStatus) -> Result<(), HostedError> {
        let payment = self.0.state().settle(id, status)?;
        self.announce(&payment);
        Ok(())
    }

    fn announce(&self, payment: &CardPayment) {
        self.announce_change(payment, &format!("payment.{}", payment.status.name()));
    }

    fn announce_change(&self, payment: &CardPayment, kind: &str) {
        let account = self.0.state().accounts.get(&payment.account).cloned();
        let Some(account) = account else { return };
        let event = json!({
            "id": format!("evt_{}", Uuid::new_v4().as_simple()),
            "type": kind,
            "account": account.id,
            "payment": payment.id,
            "order": payment.order,
            "created_at": account.clock.now(),
        });
        let (secrets, real, id) = ([account.secret], self.0.real.clone(), payment.id.clone());
        self.0.courier.send(Parcel {
            name: format!("webhook:{kind}"),
            url: account.webhook_url,
            body: event.to_string(),
            sign: Arc::new(move |body| (SIGNATURE_HEADER, signature(&secrets, real.now().timestamp(), body))),
            taken: self.0.noting(move |state: &mut CardState| {
                if let Some(payment) = state.payments.get_mut(&id) {
                    payment.told = true;
                }
            }),
        });
    }
}

#[async_trait]
impl HostedPayments for CardEmulator {
    fn provider(&self) -> &'static str {
        "test"
    }

    fn open_account(&self, account: Account) {
        let untold = self.0.state().open(account);
        for payment in untold {
            self.announce(&payment);
        }
    }

    fn knobs(&self) -> &Knobs {
        &self.0.knobs
    }

    fn paid_event(&self) -> &'static str {
        "webhook:payment.paid"
    }

    fn router(&self) -> Router {
        self.0.at_each_shop(api::router(self.clone()))
    }

    fn snapshot(&self) -> Value {
        json!({ "payments": self.0.state().payments })
    }

    fn restore(&self, snapshot: &Value) -> Result<(), serde_json::Error> {
        self.0.state().payments = BTreeMap::deserialize(&snapshot["payments"])?;
        Ok(())
    }

    fn payment(&self, id: &str) -> Option<HostedPayment> {
        let payment = self.0.state().payment(id)?;
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
        self.settle(id, CardStatus::Paid)
    }

    fn decline(&self, id: &str) -> Result<(), HostedError> {
        self.settle(id, CardStatus::Failed)
    }
}
