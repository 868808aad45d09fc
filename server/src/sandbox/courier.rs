//! Webhooks of emulated providers on their way: first attempts in order, each retry on its own, each
//! attempt signed anew. Knobs double, swap or lose them.

use std::{fmt, sync::Arc, time::Duration};

use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;
use tokio::sync::mpsc;
use url::Url;

use super::knobs::Knobs;

/// `t=…,v1=…`: the second and one HMAC-SHA256 over `t.body` for each secret
/// (<https://docs.stripe.com/webhooks#verify-manually>).
pub(super) fn signature(secrets: &[String], second: i64, body: &str) -> String {
    let mut header = format!("t={second}");
    for secret in secrets {
        // HMAC takes a key of any length.
        let Ok(mut mac) = Hmac::<Sha256>::new_from_slice(secret.as_bytes()) else { continue };
        mac.update(format!("{second}.{body}").as_bytes());
        let hex = hex::encode(mac.finalize().into_bytes());
        header.push_str(",v1=");
        header.push_str(&hex);
    }
    header
}

/// Gives the name and value of the header that signs a body now.
pub(super) type Sign = Arc<dyn Fn(&str) -> (&'static str, String) + Send + Sync>;

/// One webhook to deliver.
pub(super) struct Parcel {
    /// What knobs call it, like `webhook:invoice.paid`.
    pub name: String,
    pub url: Url,
    pub body: String,
    pub sign: Sign,
    /// Called once an endpoint has taken it.
    pub taken: Arc<dyn Fn() + Send + Sync>,
}

/// The queue. Clones share it; the courier stops when the last one is gone.
#[derive(Clone)]
pub(super) struct Courier(mpsc::UnboundedSender<(Parcel, usize)>);

impl Courier {
    /// `retry_after` is the wait after each failed attempt. Runs in a tokio runtime.
    pub(super) fn start(client: reqwest::Client, knobs: Knobs, retry_after: Vec<Duration>) -> Self {
        let (sender, queue) = mpsc::unbounded_channel();
        let weak = sender.downgrade();
        tokio::spawn(Round { client, knobs, retry_after, again: weak }.run(queue));
        Self(sender)
    }

    pub(super) fn send(&self, parcel: Parcel) {
        // Fails only when the runtime is going down.
        let _ = self.0.send((parcel, 0));
    }
}

impl fmt::Debug for Courier {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Courier")
    }
}

struct Round {
    client: reqwest::Client,
    knobs: Knobs,
    retry_after: Vec<Duration>,
    again: mpsc::WeakUnboundedSender<(Parcel, usize)>,
}

impl Round {
    async fn run(self, mut queue: mpsc::UnboundedReceiver<(Parcel, usize)>) {
        let mut held_back = None;
        while let Some((parcel, attempt)) = queue.recv().await {
            // A late one comes back as its next attempt.
            if attempt == 0
                && let Some(wait) = self.knobs.take_delay(&parcel.name)
            {
                self.send_after(wait, parcel, 1);
                continue;
            }
            if held_back.is_none() && self.knobs.take_reorder(&parcel.name) {
                held_back = Some((parcel, attempt));
                continue;
            }
            self.deliver(parcel, attempt).await;
            if let Some((late, attempt)) = held_back.take() {
                self.deliver(late, attempt).await;
            }
        }
    }

    async fn deliver(&self, parcel: Parcel, attempt: usize) {
        // None: lost for good, and never taken.
        let copies = self.knobs.copies(&parcel.name);
        let mut is_taken = false;
        for _ in 0..copies {
            is_taken |= self.post(&parcel).await;
        }
        if is_taken {
            (parcel.taken)();
        } else if copies > 0 {
            self.retry(parcel, attempt);
        }
    }

    fn retry(&self, parcel: Parcel, attempt: usize) {
        if let Some(wait) = self.retry_after.get(attempt).copied() {
            self.send_after(wait, parcel, attempt + 1);
        }
    }

    fn send_after(&self, wait: Duration, parcel: Parcel, attempt: usize) {
        let again = self.again.clone();
        tokio::spawn(async move {
            tokio::time::sleep(wait).await;
            if let Some(queue) = again.upgrade() {
                // Fails only when the runtime is going down.
                let _ = queue.send((parcel, attempt));
            }
        });
    }

    async fn post(&self, parcel: &Parcel) -> bool {
        let (name, signature) = (parcel.sign)(&parcel.body);
        let request = self
            .client
            .post(parcel.url.clone())
            .header("content-type", "application/json; charset=utf-8")
            .header(name, signature)
            .body(parcel.body.clone());
        matches!(request.send().await, Ok(answer) if answer.status().is_success())
    }
}
