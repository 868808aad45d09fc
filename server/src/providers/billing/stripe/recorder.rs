//! A client that keeps the answer's bytes: the parsed type drops what it does not know, and evidence
//! must be what Stripe said.

use std::sync::{Mutex, PoisonError};

use bytes::Bytes;
use serde_json::Value;
use stripe::{CustomizedStripeRequest, StripeError};
use stripe_client_core::StripeClient;

#[derive(Debug)]
pub(super) struct Recorder<'a> {
    client: &'a stripe::Client,
    answer: Mutex<Bytes>,
}

impl<'a> Recorder<'a> {
    pub(super) fn new(client: &'a stripe::Client) -> Self {
        Self { client, answer: Mutex::default() }
    }

    /// The last answer, null if there was none.
    pub(super) fn answer(&self) -> Value {
        let answer = self.answer.lock().unwrap_or_else(PoisonError::into_inner);
        serde_json::from_slice(&answer).unwrap_or_default()
    }
}

impl StripeClient for Recorder<'_> {
    type Err = StripeError;

    async fn execute(&self, request: CustomizedStripeRequest) -> Result<Bytes, StripeError> {
        let answer = self.client.execute(request).await?;
        *self.answer.lock().unwrap_or_else(PoisonError::into_inner) = answer.clone();
        Ok(answer)
    }
}
