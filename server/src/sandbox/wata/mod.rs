//! Wata in the sandbox (<https://api.wata.pro/en/>): terminals with their tokens, links that are paid on
//! the sandbox's page, the question to the shop before each payment, and signed webhooks of outcomes.
//! The keys lie here in the open: they sign nothing but the sandbox's own webhooks.

mod api;
mod state;

use std::{
    sync::{
        Arc, Mutex, MutexGuard, PoisonError,
        atomic::{AtomicUsize, Ordering},
    },
    time::Duration,
};

use async_trait::async_trait;
use axum::Router;
use base64::{Engine, engine::general_purpose::STANDARD as BASE64};
use domain::clock::Clock;
use ring::{
    rand::SystemRandom,
    signature::{RSA_PKCS1_SHA512, RsaKeyPair},
};
use serde_json::{Value, json};
use url::Url;

use self::state::{Status, Terminal, Transaction, WataState};
use super::{
    courier::{Courier, Parcel},
    hosted::{HostedError, HostedPayment, HostedPayments, HostedState},
    knobs::Knobs,
};

/// How long the shop may think about a payment.
const QUESTION: Duration = Duration::from_secs(10);

/// Private and public, in PEM; the first one is in use at the start.
const KEYS: [(&str, &str); 2] = [
    (include_str!("key_1.pem"), include_str!("key_1.pub.pem")),
    (include_str!("key_2.pem"), include_str!("key_2.pub.pem")),
];

/// The provider with all its terminals. Clones share it.
#[derive(Clone, Debug)]
pub struct WataEmulator(Arc<Inner>);

#[derive(Debug)]
struct Inner {
    /// Where the web server shows the payment page; the link's id is added.
    page_base: Url,
    client: reqwest::Client,
    knobs: Knobs,
    state: Mutex<WataState>,
    courier: Courier,
    /// Which of [`KEYS`] signs.
    key: AtomicUsize,
}

impl WataEmulator {
    /// `page_base` ends with a slash; `client` delivers webhooks, again after each of `retry_after`.
    /// Runs in a tokio runtime.
    pub fn new(page_base: Url, client: reqwest::Client, retry_after: Vec<Duration>) -> Self {
        let knobs = Knobs::new();
        let courier = Courier::start(client.clone(), knobs.clone(), retry_after);
        let (state, key) = (Mutex::default(), AtomicUsize::new(0));
        Self(Arc::new(Inner { page_base, client, knobs, state, courier, key }))
    }

    /// Adds a terminal, or gives the one of that id this token, address and clock. After a restart the
    /// webhooks that the shop has not taken go out again.
    pub fn add_terminal(&self, id: &str, token: &str, webhook_url: Url, clock: Arc<dyn Clock>) {
        let is_new = self
            .state()
            .terminals
            .insert(id.to_owned(), Terminal { token: token.to_owned(), webhook_url, clock })
            .is_none();
        let untold = if is_new { self.state().untold(id) } else { Vec::new() };
        for transaction in untold {
            self.announce(&transaction);
        }
    }

    /// Operations are named like `POST /links`, webhooks `webhook:pre-payment`, `webhook:Payment` and
    /// `webhook:Refund`.
    pub fn knobs(&self) -> &Knobs {
        &self.0.knobs
    }

    /// How many links were made for an order.
    pub fn links(&self, order: &str) -> usize {
        self.state().links.values().filter(|link| link.order == order).count()
    }

    /// From now on the other key signs.
    pub fn rotate_key(&self) {
        self.0.key.fetch_xor(1, Ordering::Relaxed);
    }

    /// Somebody sends a part of an order's payment back, in the cabinet.
    ///
    /// # Errors
    /// [`HostedError::NotFound`]: the order is not paid.
    pub fn refund(&self, order: &str, minor: i64) -> Result<(), HostedError> {
        let refund = self.state().refund(order, minor)?;
        self.announce(&refund);
        Ok(())
    }

    /// Everything that survives a restart; terminals are added again by their shops.
    pub fn snapshot(&self) -> Value {
        let state = self.state();
        json!({ "links": state.links, "transactions": state.transactions })
    }

    /// Brings back what [`Self::snapshot`] gave. A payment that the shop was asked about has failed.
    ///
    /// # Errors
    /// The snapshot is not one of ours.
    pub fn restore(&self, snapshot: &Value) -> Result<(), serde_json::Error> {
        let links = serde_json::from_value(snapshot["links"].clone())?;
        let mut transactions: Vec<Transaction> = serde_json::from_value(snapshot["transactions"].clone())?;
        for cut_off in transactions.iter_mut().filter(|one| one.status == Status::Created) {
            cut_off.status = Status::Declined;
        }
        let mut state = self.state();
        (state.links, state.transactions) = (links, transactions);
        Ok(())
    }

    /// Serves the API; mount it with `nest` where the gateway's base address points.
    pub fn router(&self) -> Router {
        api::router(self.clone())
    }

    /// What is not answered in time with 200 is declined, and the bank never hears of it.
    async fn ask_and_settle(self, begun: Transaction) {
        let status = if self.ask(&begun).await { Status::Paid } else { Status::Declined };
        let settled = self.state().settle(&begun.id, status);
        if let Some(settled) = settled {
            self.announce(&settled);
        }
    }

    async fn ask(&self, begun: &Transaction) -> bool {
        let url = self.state().terminals.get(&begun.terminal).map(|terminal| terminal.webhook_url.clone());
        let Some(url) = url.filter(|_| self.knobs().copies("webhook:pre-payment") > 0) else { return false };
        let body = api::told(begun).to_string();
        let request = self
            .0
            .client
            .post(url)
            .timeout(QUESTION)
            .header("content-type", "application/json; charset=utf-8")
            .header("x-signature", self.signature(&body))
            .body(body);
        matches!(request.send().await, Ok(answer) if answer.status() == reqwest::StatusCode::OK)
    }

    fn announce(&self, transaction: &Transaction) {
        let terminal = self.state().terminals.get(&transaction.terminal).cloned();
        let Some(terminal) = terminal else { return };
        let (id, owner) = (transaction.id.clone(), Arc::downgrade(&self.0));
        let signer = owner.clone();
        let taken = move || {
            if let Some(inner) = owner.upgrade()
                && let Some(told) = Self(inner).state().transactions.iter_mut().find(|one| one.id == id)
            {
                told.told = true;
            }
        };
        let sign = move |body: &str| {
            let signature = signer.upgrade().map(|inner| Self(inner).signature(body));
            ("x-signature", signature.unwrap_or_default())
        };
        self.0.courier.send(Parcel {
            name: format!("webhook:{:?}", transaction.kind),
            url: terminal.webhook_url,
            body: api::told(transaction).to_string(),
            sign: Arc::new(sign),
            taken: Arc::new(taken),
        });
    }

    fn public_key(&self) -> &'static str {
        KEYS[self.0.key.load(Ordering::Relaxed) & 1].1
    }

    fn signature(&self, body: &str) -> String {
        let pem = KEYS[self.0.key.load(Ordering::Relaxed) & 1].0;
        sign(pem, body.as_bytes()).map(|signature| BASE64.encode(signature)).unwrap_or_default()
    }

    fn state(&self) -> MutexGuard<'_, WataState> {
        self.0.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[async_trait]
impl HostedPayments for WataEmulator {
    fn provider(&self) -> &'static str {
        "wata"
    }

    fn payment(&self, id: &str) -> Option<HostedPayment> {
        let state = self.state();
        let link = state.links.get(id)?;
        let result = match (state.is_paid(link), state.is_over(link)) {
            (true, _) => HostedState::Paid,
            (false, true) => HostedState::Expired,
            (false, false) => HostedState::Open,
        };
        Some(HostedPayment {
            title: link.description.clone(),
            amount: link.amount,
            state: result,
            return_url: link.success_url.clone(),
        })
    }

    /// The shop is asked first. A payer who leaves meanwhile has paid all the same.
    async fn pay(&self, id: &str) -> Result<(), HostedError> {
        let begun = self.state().begin(id)?;
        // Fails only when the runtime is going down.
        let _ = tokio::spawn(self.clone().ask_and_settle(begun)).await;
        Ok(())
    }

    /// One try that failed; the link stays open for another.
    fn decline(&self, id: &str) -> Result<(), HostedError> {
        let mut state = self.state();
        let begun = state.begin(id)?;
        let declined = state.settle(&begun.id, Status::Declined);
        drop(state);
        if let Some(declined) = declined {
            self.announce(&declined);
        }
        Ok(())
    }
}

fn sign(pem: &str, body: &[u8]) -> Option<Vec<u8>> {
    let text: String = pem.lines().filter(|line| !line.starts_with('-')).collect();
    let pair = RsaKeyPair::from_pkcs8(&BASE64.decode(text).ok()?).ok()?;
    let mut signature = vec![0; pair.public().modulus_len()];
    pair.sign(&RSA_PKCS1_SHA512, &SystemRandom::new(), body, &mut signature).ok()?;
    Some(signature)
}
