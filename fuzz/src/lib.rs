//! What the targets share: an account, an instant, and what holds of a webhook that was taken.

use chrono::{DateTime, Utc};
use domain::ports::{GatewayAccount, GatewayEvent, PaymentGateway, RefusedWebhook};
use hmac::{Hmac, KeyInit, Mac};
use sha2::{Digest, Sha256};

/// Signs webhooks.
pub const SECRET: &str = "whsec_fuzz";
/// Authenticates calls, and signs webhooks where a provider has no other secret.
pub const KEY: &str = "4711:fuzz";

pub fn now() -> DateTime<Utc> {
    DateTime::UNIX_EPOCH + chrono::TimeDelta::days(20_000)
}

/// Nobody listens at its address.
pub fn account() -> GatewayAccount {
    GatewayAccount {
        base_url: "http://127.0.0.1:9/".parse().expect("an address"),
        account_id: "4711".into(),
        api_key: KEY.into(),
        webhook_secret: SECRET.into(),
        settings: serde_json::json!({}),
    }
}

pub fn client() -> reqwest::Client {
    // A second target in this process finds it installed.
    let _ = rustls::crypto::ring::default_provider().install_default();
    reqwest::Client::builder().no_proxy().build().expect("a client")
}

/// Brings a webhook, with each header of the provider saying `signature`.
pub fn verify(gateway: &dyn PaymentGateway, signature: &str, body: &[u8]) -> Result<GatewayEvent, RefusedWebhook> {
    let account = account();
    let header = |_: &str| Some(signature.to_owned());
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime");
    let taken = runtime.block_on(gateway.verify(&account, &header, body, now()));
    if let Ok(event) = &taken {
        assert_eq!(event.account_id, account.account_id);
        assert!(!event.event_id.is_empty() && !event.provider_payment_id.is_empty(), "{event:?}");
    }
    taken
}

/// As Stripe signs.
pub fn signed(body: &[u8]) -> String {
    let second = now().timestamp();
    let mut mac = Hmac::<Sha256>::new_from_slice(SECRET.as_bytes()).expect("a key");
    mac.update(format!("{second}.").as_bytes());
    mac.update(body);
    format!("t={second},v1={}", hex::encode(mac.finalize().into_bytes()))
}

/// As Crypto Pay signs.
pub fn signed_by_token(body: &[u8]) -> String {
    let mut mac = Hmac::<Sha256>::new_from_slice(&Sha256::digest(KEY.as_bytes())).expect("a key");
    mac.update(body);
    hex::encode(mac.finalize().into_bytes())
}
