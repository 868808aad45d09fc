//! Events as webhooks.

use std::sync::Arc;

use serde_json::Value;

use super::Inner;
use crate::sandbox::courier::{Parcel, signature};

/// None when no endpoint is set.
pub(super) fn parcel(inner: &Arc<Inner>, event: &Value) -> Option<Parcel> {
    let webhook = inner.lock().webhook.clone()?;
    let id = event["id"].as_str().unwrap_or_default().to_owned();
    let (clock, owner) = (inner.clock.clone(), Arc::downgrade(inner));
    let sign =
        move |body: &str| ("stripe-signature", signature(&webhook.secrets, clock.now().timestamp(), body));
    let taken = move || {
        if let Some(inner) = owner.upgrade() {
            inner.lock().delivered(&id);
        }
    };
    Some(Parcel {
        name: format!("webhook:{}", event["type"].as_str().unwrap_or_default()),
        url: webhook.url,
        body: event.to_string(),
        sign: Arc::new(sign),
        taken: Arc::new(taken),
    })
}
