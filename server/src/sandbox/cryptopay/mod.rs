//! Crypto Pay in the sandbox: apps with their tokens, invoices that are paid on the sandbox's page, and
//! a webhook for each one paid, as <https://help.send.tg/en/articles/10279948-crypto-pay-api> has them.

mod api;
mod state;

use std::sync::Arc;

use async_trait::async_trait;
use axum::Router;
use chrono::SecondsFormat;
use domain::money::Money;
use hmac::{Hmac, KeyInit, Mac};
use serde::Deserialize as _;
use serde_json::{Value, json};
use sha2::{Digest, Sha256};

use self::state::{CryptoState, Invoice, Status};
use super::{
    courier::Parcel,
    desk::{Account, Desk, DeskSettings},
    hosted::{HostedError, HostedPayment, HostedPayments, HostedState},
    knobs::Knobs,
};

/// The provider with all its apps. Clones share it.
#[derive(Clone, Debug)]
pub struct CryptoPayEmulator(Arc<Desk<CryptoState>>);

impl CryptoPayEmulator {
    pub fn new(settings: DeskSettings) -> Self {
        Self(Desk::new(settings))
    }

    #[cfg(test)]
    pub(crate) fn count(&self) -> usize {
        self.0.state().invoices.len()
    }

    fn announce(&self, invoice: &Invoice) {
        let mut state = self.0.state();
        let Some(app) = state.accounts.get(&invoice.app).cloned() else { return };
        state.last_update += 1;
        let update = json!({
            "update_id": state.last_update,
            "update_type": "invoice_paid",
            "request_date": self.0.real.now().to_rfc3339_opts(SecondsFormat::Millis, true),
            "payload": api::shown(&self.0.page_base, invoice),
        });
        drop(state);
        let (id, token) = (invoice.id, app.key);
        self.0.courier.send(Parcel {
            name: "webhook:invoice_paid".into(),
            url: app.webhook_url,
            body: update.to_string(),
            sign: Arc::new(move |body| ("crypto-pay-api-signature", signature(&token, body))),
            taken: self.0.noting(move |state: &mut CryptoState| {
                if let Some(invoice) = state.invoices.get_mut(&id) {
                    invoice.told = true;
                }
            }),
        });
    }
}

#[async_trait]
impl HostedPayments for CryptoPayEmulator {
    fn provider(&self) -> &'static str {
        "cryptopay"
    }

    fn open_account(&self, account: Account) {
        let untold = self.0.state().open(account);
        for invoice in untold {
            self.announce(&invoice);
        }
    }

    fn knobs(&self) -> &Knobs {
        &self.0.knobs
    }

    fn paid_event(&self) -> &'static str {
        "webhook:invoice_paid"
    }

    fn router(&self) -> Router {
        self.0.at_each_shop(api::router(self.clone()))
    }

    fn snapshot(&self) -> Value {
        let state = self.0.state();
        let invoices: Vec<&Invoice> = state.invoices.values().collect();
        json!({ "invoices": invoices, "last_update": state.last_update })
    }

    fn restore(&self, snapshot: &Value) -> Result<(), serde_json::Error> {
        let invoices = Vec::<Invoice>::deserialize(&snapshot["invoices"])?;
        let last_update = i64::deserialize(&snapshot["last_update"])?;
        let mut state = self.0.state();
        state.invoices = invoices.into_iter().map(|invoice| (invoice.id, invoice)).collect();
        state.last_update = last_update;
        Ok(())
    }

    fn payment(&self, id: &str) -> Option<HostedPayment> {
        let invoice = self.0.state().of_hash(id)?;
        Some(HostedPayment {
            title: invoice.description,
            amount: Money::from_decimal(&invoice.amount, invoice.currency).ok()?,
            state: match invoice.status {
                Status::Active => HostedState::Open,
                Status::Paid => HostedState::Paid,
                Status::Expired => HostedState::Expired,
            },
            return_url: invoice.paid_btn_url,
        })
    }

    async fn pay(&self, id: &str) -> Result<(), HostedError> {
        let paid = self.0.state().pay(id)?;
        self.announce(&paid);
        Ok(())
    }

    /// No invoice fails here: whoever turns away leaves it open until it runs out.
    fn decline(&self, id: &str) -> Result<(), HostedError> {
        match self.0.state().of_hash(id) {
            Some(invoice) if invoice.status == Status::Active => Ok(()),
            Some(_) => Err(HostedError::Settled),
            None => Err(HostedError::NotFound),
        }
    }
}

fn signature(token: &str, body: &str) -> String {
    let key = Sha256::digest(token.as_bytes());
    // HMAC takes a key of any length.
    let Ok(mut mac) = Hmac::<Sha256>::new_from_slice(&key) else { return String::new() };
    mac.update(body.as_bytes());
    hex::encode(mac.finalize().into_bytes())
}
