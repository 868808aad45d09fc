//! The mailbox of everybody in the sandbox: takes what would leave by SMTP, and shows it on a page.
//!
//! Addresses below `.invalid`, where there is nobody (RFC 2606), are refused as a server would.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use axum::{
    Json, Router,
    extract::State,
    http::StatusCode,
    response::{IntoResponse as _, Response},
    routing::post,
};
use chrono::{DateTime, Utc};
use domain::{clock::Clock, ports::Mail};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use super::knobs::Knobs;

/// Mails that are kept; the oldest go first.
const KEPT: usize = 200;

/// A mail that lies there.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Delivered {
    pub mail: Mail,
    pub at: DateTime<Utc>,
}

/// The mailbox. Clones share it.
#[derive(Clone, Debug)]
pub struct Mailbox(Arc<Inner>);

#[derive(Debug)]
struct Inner {
    clock: Arc<dyn Clock>,
    knobs: Knobs,
    delivered: Mutex<Vec<Delivered>>,
}

impl Mailbox {
    pub fn new(clock: Arc<dyn Clock>) -> Self {
        Self(Arc::new(Inner { clock, knobs: Knobs::new(), delivered: Mutex::default() }))
    }

    pub fn knobs(&self) -> &Knobs {
        &self.0.knobs
    }

    /// All mails, the newest first.
    pub fn mails(&self) -> Vec<Delivered> {
        self.delivered().iter().rev().cloned().collect()
    }

    /// Takes mail as `POST /`.
    pub fn router(&self) -> Router {
        Router::new().route("/", post(take)).with_state(self.clone())
    }

    pub(super) fn snapshot(&self) -> Value {
        json!({ "delivered": *self.delivered() })
    }

    pub(super) fn restore(&self, snapshot: &Value) -> Result<(), serde_json::Error> {
        *self.delivered() = Vec::deserialize(&snapshot["delivered"])?;
        Ok(())
    }

    fn delivered(&self) -> MutexGuard<'_, Vec<Delivered>> {
        self.0.delivered.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn deliver(&self, mail: Mail) -> Response {
        if mail.to.ends_with(".invalid") {
            let refused = json!({ "reply": "550 5.1.1 No such user here" });
            return (StatusCode::UNPROCESSABLE_ENTITY, Json(refused)).into_response();
        }
        let mut delivered = self.delivered();
        delivered.push(Delivered { mail, at: self.0.clock.now() });
        let surplus = delivered.len().saturating_sub(KEPT);
        delivered.drain(..surplus);
        Json(json!({ "reply": "250 2.0.0 Ok" })).into_response()
    }
}

async fn take(State(mailbox): State<Mailbox>, Json(mail): Json<Mail>) -> Response {
    mailbox.knobs().around("mail", async { mailbox.deliver(mail) }).await
}
