//! Events as webhooks.

use std::sync::Arc;

use serde_json::Value;

use super::account::{Account, Webhook};
use crate::sandbox::courier::{Parcel, signature};

pub(super) fn parcel(account: &Arc<Account>, event: &Value, webhook: Webhook) -> Parcel {
    let id = event["id"].as_str().unwrap_or_default().to_owned();
    let (real, owner) = (account.world().real.clone(), Arc::downgrade(account));
    let sign =
        move |body: &str| ("stripe-signature", signature(&webhook.secrets, real.now().timestamp(), body));
    let taken = move || {
        if let Some(account) = owner.upgrade() {
            account.state().delivered(&id);
        }
    };
    Parcel {
        name: format!("webhook:{}", event["type"].as_str().unwrap_or_default()),
        url: webhook.url,
        body: event.to_string(),
        sign: Arc::new(sign),
        taken: Arc::new(taken),
    }
}
