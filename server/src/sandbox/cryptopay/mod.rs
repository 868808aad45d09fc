//! Crypto Pay in the sandbox: apps with their tokens, invoices that are paid on the sandbox's page, and
//! a webhook for each one paid, as <https://help.send.tg/en/articles/10279948-crypto-pay-api> has them.

mod api;
mod state;

use std::{
    collections::BTreeMap,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    time::Duration,
};

use async_trait::async_trait;
use axum::Router;
use chrono::SecondsFormat;
use domain::{clock::Clock, money::Money};
use hmac::{Hmac, KeyInit, Mac};
use serde_json::{Value, json};
use sha2::{Digest, Sha256};
use url::Url;

use self::state::{App, CryptoState, Invoice, Status};
use super::{
    courier::{Courier, Parcel},
    hosted::{HostedError, HostedPayment, HostedPayments, HostedState},
    knobs::Knobs,
};

/// The provider with all its apps. Clones share it.
#[derive(Clone, Debug)]
pub struct CryptoPayEmulator(Arc<Inner>);

#[derive(Debug)]
struct Inner {
    /// Where the web server shows the payment page; the invoice's hash is added.
    page_base: Url,
    /// Stamps webhooks. Invoices run out by their shop's clock.
    real: Arc<dyn Clock>,
    knobs: Knobs,
    state: Mutex<CryptoState>,
    courier: Courier,
}

impl CryptoPayEmulator {
    /// `page_base` ends with a slash; `client` delivers webhooks, again after each of `retry_after`.
    /// Runs in a tokio runtime.
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

    /// Adds an app, or gives the one of that id this token, address and clock. After a restart the
    /// webhooks that the shop has not taken go out again.
    pub fn add_app(&self, id: &str, token: &str, webhook_url: Url, clock: Arc<dyn Clock>) {
        let app = App { token: token.to_owned(), webhook_url, clock };
        let mut state = self.state();
        state.apps.insert(id.to_owned(), app);
        let untold = state.take_untold(id);
        drop(state);
        for invoice in untold {
            self.announce(&invoice);
        }
    }

    /// Operations are named like `createInvoice`; the webhook is `webhook:invoice_paid`.
    pub fn knobs(&self) -> &Knobs {
        &self.0.knobs
    }

    /// How many invoices an app has.
    pub fn count(&self, app: &str) -> usize {
        self.state().of_app(app).len()
    }

    /// Everything that survives a restart; apps are added again by their shops.
    pub fn snapshot(&self) -> Value {
        let state = self.state();
        let invoices: Vec<&Invoice> = state.invoices.values().collect();
        json!({ "invoices": invoices, "last_update": state.last_update })
    }

    /// Brings back what [`Self::snapshot`] gave.
    ///
    /// # Errors
    /// The snapshot is not one of ours.
    pub fn restore(&self, snapshot: &Value) -> Result<(), serde_json::Error> {
        let invoices: Vec<Invoice> = serde_json::from_value(snapshot["invoices"].clone())?;
        let last_update = serde_json::from_value(snapshot["last_update"].clone())?;
        let is_untold = |invoice: &&Invoice| invoice.status == Status::Paid && !invoice.told;
        let mut state = self.state();
        state.untold = invoices.iter().filter(is_untold).map(|invoice| invoice.id).collect();
        state.invoices =
            invoices.into_iter().map(|invoice| (invoice.id, invoice)).collect::<BTreeMap<_, _>>();
        state.last_update = last_update;
        Ok(())
    }

    /// Serves the API; mount it with `nest` where the gateway's base address points.
    pub fn router(&self) -> Router {
        api::router(self.clone())
    }

    fn announce(&self, invoice: &Invoice) {
        let mut state = self.state();
        let Some(app) = state.apps.get(&invoice.app).cloned() else { return };
        state.last_update += 1;
        let update = json!({
            "update_id": state.last_update,
            "update_type": "invoice_paid",
            "request_date": self.0.real.now().to_rfc3339_opts(SecondsFormat::Millis, true),
            "payload": api::shown(&self.0.page_base, invoice),
        });
        drop(state);
        let (id, owner, token) = (invoice.id, Arc::downgrade(&self.0), app.token);
        let taken = move || {
            if let Some(inner) = owner.upgrade()
                && let Some(invoice) = CryptoPayEmulator(inner).state().invoices.get_mut(&id)
            {
                invoice.told = true;
            }
        };
        self.0.courier.send(Parcel {
            name: "webhook:invoice_paid".into(),
            url: app.webhook_url,
            body: update.to_string(),
            sign: Arc::new(move |body| ("crypto-pay-api-signature", signature(&token, body))),
            taken: Arc::new(taken),
        });
    }

    fn state(&self) -> MutexGuard<'_, CryptoState> {
        self.0.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[async_trait]
impl HostedPayments for CryptoPayEmulator {
    fn provider(&self) -> &'static str {
        "cryptopay"
    }

    fn payment(&self, id: &str) -> Option<HostedPayment> {
        let invoice = self.state().of_hash(id)?;
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
        let paid = self.state().pay(id)?;
        self.announce(&paid);
        Ok(())
    }

    /// No invoice fails here: whoever turns away leaves it open until it runs out.
    fn decline(&self, id: &str) -> Result<(), HostedError> {
        match self.state().of_hash(id) {
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
    mac.finalize().into_bytes().iter().map(|byte| format!("{byte:02x}")).collect()
}
