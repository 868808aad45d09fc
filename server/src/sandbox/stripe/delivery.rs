//! Events on their way to the endpoint: first attempts in order, each retry on its own, every attempt
//! signed anew (<https://docs.stripe.com/webhooks#verify-manually>).

use std::sync::Weak;

use hmac::{Hmac, KeyInit, Mac};
use serde_json::Value;
use sha2::Sha256;
use tokio::sync::mpsc;

use super::{Inner, StripeEmulator, state::Webhook};

/// An event to deliver, and how often it was tried.
#[derive(Debug)]
pub(super) struct Outgoing {
    pub event: Value,
    pub attempt: usize,
}

/// Ends when the emulator is dropped.
pub(super) async fn run(
    emulator: Weak<Inner>,
    mut queue: mpsc::UnboundedReceiver<Outgoing>,
    client: reqwest::Client,
) {
    let mut held_back: Option<Outgoing> = None;
    while let Some(outgoing) = queue.recv().await {
        let Some(emulator) = emulator.upgrade().map(StripeEmulator) else { return };
        let name = event_name(&outgoing.event);
        if held_back.is_none() && emulator.knobs().take_reorder(&name) {
            held_back = Some(outgoing);
            continue;
        }
        deliver(&emulator, &client, outgoing).await;
        if let Some(late) = held_back.take() {
            deliver(&emulator, &client, late).await;
        }
    }
}

/// The header's value: the second and one signature for each secret.
pub(super) fn signature(secrets: &[String], second: i64, body: &str) -> String {
    let mut header = format!("t={second}");
    for secret in secrets {
        // HMAC takes a key of any length.
        let Ok(mut mac) = Hmac::<Sha256>::new_from_slice(secret.as_bytes()) else { continue };
        mac.update(format!("{second}.{body}").as_bytes());
        let hex: String = mac.finalize().into_bytes().iter().map(|byte| format!("{byte:02x}")).collect();
        header.push_str(",v1=");
        header.push_str(&hex);
    }
    header
}

async fn deliver(emulator: &StripeEmulator, client: &reqwest::Client, outgoing: Outgoing) {
    let Some(webhook) = emulator.state().webhook.clone() else { return };
    let id = outgoing.event["id"].as_str().unwrap_or_default().to_owned();
    let copies = emulator.knobs().copies(&event_name(&outgoing.event));
    if copies == 0 {
        // Lost for good: it stays pending, and so shows in `delivery_success=false`.
        return;
    }
    let mut taken = false;
    for _ in 0..copies {
        taken |= post(emulator, client, &webhook, &outgoing.event).await;
    }
    if taken {
        emulator.state().delivered(&id);
        return;
    }
    let Some(wait) = emulator.0.settings.retry_after.get(outgoing.attempt).copied() else { return };
    let queue = emulator.0.outgoing.clone();
    tokio::spawn(async move {
        tokio::time::sleep(wait).await;
        // Fails only when the emulator is gone.
        let _ = queue.send(Outgoing { attempt: outgoing.attempt + 1, ..outgoing });
    });
}

async fn post(emulator: &StripeEmulator, client: &reqwest::Client, webhook: &Webhook, event: &Value) -> bool {
    let body = event.to_string();
    let signature = signature(&webhook.secrets, emulator.0.clock.now().timestamp(), &body);
    let request = client
        .post(webhook.url.clone())
        .header("content-type", "application/json; charset=utf-8")
        .header("user-agent", "Stripe/1.0 (+https://stripe.com/docs/webhooks)")
        .header("stripe-signature", signature)
        .body(body);
    matches!(request.send().await, Ok(answer) if answer.status().is_success())
}

fn event_name(event: &Value) -> String {
    format!("webhook:{}", event["type"].as_str().unwrap_or_default())
}
