//! Wata in the sandbox (<https://api.wata.pro/en/>): terminals with their tokens, links that are paid on
//! the sandbox's page, the question to the shop before each payment, and signed webhooks of outcomes.
//! The keys lie here in the open: they sign nothing but the sandbox's own webhooks.

mod api;
mod state;

use std::{collections::BTreeMap, sync::Arc, time::Duration};

use async_trait::async_trait;
use axum::Router;
use base64::{Engine, engine::general_purpose::STANDARD as BASE64};
use ring::{
    rand::SystemRandom,
    signature::{RSA_PKCS1_SHA512, RsaKeyPair},
};
use serde::Deserialize as _;
use serde_json::{Value, json};

use self::state::{Status, Transaction, WataState};
use super::{
    courier::Parcel,
    desk::{Account, Desk, DeskSettings},
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
pub struct WataEmulator(Arc<Desk<WataState>>);

impl WataEmulator {
    pub fn new(settings: DeskSettings) -> Self {
        Self(Desk::new(settings))
    }

    /// How many links were made for an order.
    pub fn links(&self, order: &str) -> usize {
        self.0.state().links.values().filter(|link| link.order == order).count()
    }

    /// From now on the other key signs.
    pub fn rotate_key(&self) {
        self.0.state().key ^= 1;
    }

    /// Somebody sends a part of an order's payment back, in the cabinet.
    ///
    /// # Errors
    /// [`HostedError::NotFound`]: the order is not paid.
    pub fn refund(&self, order: &str, minor: i64) -> Result<(), HostedError> {
        let refund = self.0.state().refund(order, minor)?;
        self.announce(&refund);
        Ok(())
    }

    /// What is not answered in time with 200 is declined, and the bank never hears of it.
    async fn ask_and_settle(self, begun: Transaction) {
        let status = if self.ask(&begun).await { Status::Paid } else { Status::Declined };
        let settled = self.0.state().settle(&begun.id, status);
        if let Some(settled) = settled {
            self.announce(&settled);
        }
    }

    async fn ask(&self, begun: &Transaction) -> bool {
        let url = self.0.state().accounts.get(&begun.terminal).map(|terminal| terminal.webhook_url.clone());
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
        let terminal = self.0.state().accounts.get(&transaction.terminal).cloned();
        let Some(terminal) = terminal else { return };
        let (id, signer) = (transaction.id.clone(), Arc::downgrade(&self.0));
        let sign = move |body: &str| {
            let signature = signer.upgrade().map(|inner| Self(inner).signature(body));
            ("x-signature", signature.unwrap_or_default())
        };
        self.0.courier.send(Parcel {
            name: format!("webhook:{:?}", transaction.kind),
            url: terminal.webhook_url,
            body: api::told(transaction).to_string(),
            sign: Arc::new(sign),
            taken: self.0.noting(move |state: &mut WataState| {
                if let Some(told) = state.transactions.iter_mut().find(|one| one.id == id) {
                    told.told = true;
                }
            }),
        });
    }

    fn public_key(&self) -> &'static str {
        KEYS[self.0.state().key].1
    }

    fn signature(&self, body: &str) -> String {
        let pem = KEYS[self.0.state().key].0;
        sign(pem, body.as_bytes()).map(|signature| BASE64.encode(signature)).unwrap_or_default()
    }
}

#[async_trait]
impl HostedPayments for WataEmulator {
    fn provider(&self) -> &'static str {
        "wata"
    }

    fn open_account(&self, account: Account) {
        let untold = self.0.state().open(account);
        for transaction in untold {
            self.announce(&transaction);
        }
    }

    /// Besides the calls and [`Self::paid_event`], which tells of each outcome, there are
    /// `webhook:pre-payment` and `webhook:Refund`.
    fn knobs(&self) -> &Knobs {
        &self.0.knobs
    }

    fn paid_event(&self) -> &'static str {
        "webhook:Payment"
    }

    fn router(&self) -> Router {
        self.0.at_each_shop(api::router(self.clone()))
    }

    fn snapshot(&self) -> Value {
        let state = self.0.state();
        json!({ "links": state.links, "transactions": state.transactions })
    }

    /// A payment that the shop was asked about has failed.
    fn restore(&self, snapshot: &Value) -> Result<(), serde_json::Error> {
        let links = BTreeMap::deserialize(&snapshot["links"])?;
        let mut transactions = Vec::<Transaction>::deserialize(&snapshot["transactions"])?;
        for cut_off in transactions.iter_mut().filter(|one| one.status == Status::Created) {
            cut_off.status = Status::Declined;
        }
        let mut state = self.0.state();
        (state.links, state.transactions) = (links, transactions);
        Ok(())
    }

    fn payment(&self, id: &str) -> Option<HostedPayment> {
        let state = self.0.state();
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
        let begun = self.0.state().begin(id)?;
        // Fails only when the runtime is going down.
        let _ = tokio::spawn(self.clone().ask_and_settle(begun)).await;
        Ok(())
    }

    /// One try that failed; the link stays open for another.
    fn decline(&self, id: &str) -> Result<(), HostedError> {
        let mut state = self.0.state();
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
