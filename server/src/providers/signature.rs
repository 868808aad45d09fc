//! Signatures with a time stamp, `t=…,v1=…[,v1=…]`: HMAC-SHA256 over `t.body`, hexadecimal, as Stripe
//! has them (<https://docs.stripe.com/webhooks#verify-manually>) and the test provider copies them.
//!
//! Stripe's own libraries refuse only old time stamps; one from the future passes there, and not here.

use chrono::{DateTime, Utc};
use domain::ports::RefusedWebhook;
use hmac::{Hmac, KeyInit, Mac};
use secrecy::{ExposeSecret, SecretString};
use sha2::Sha256;

/// Either way, in seconds.
const TOLERANCE: u64 = 300;
/// More signatures than secrets in rotation are not Stripe's.
const MAX_SIGNATURES: usize = 8;

/// # Errors
/// [`RefusedWebhook::Signature`] or [`RefusedWebhook::Timestamp`].
pub(super) fn verify(
    header: &str,
    body: &[u8],
    secrets: &[SecretString],
    now: DateTime<Utc>,
) -> Result<(), RefusedWebhook> {
    let (mut stamp, mut signatures) = (None, Vec::new());
    for part in header.split(',') {
        match part.trim().split_once('=') {
            Some(("t", value)) if stamp.is_none() => stamp = Some(value),
            Some(("v1", value)) if signatures.len() < MAX_SIGNATURES => signatures.push(value),
            _ => {}
        }
    }
    let stamp = stamp.ok_or(RefusedWebhook::Signature)?;
    let is_signed = signatures.iter().filter_map(|text| hex::decode(text).ok()).any(|signature| {
        secrets.iter().any(|secret| {
            // HMAC takes a key of any length, and compares in constant time.
            let Ok(mut mac) = Hmac::<Sha256>::new_from_slice(secret.expose_secret().as_bytes()) else {
                return false;
            };
            mac.update(stamp.as_bytes());
            mac.update(b".");
            mac.update(body);
            mac.verify_slice(&signature).is_ok()
        })
    });
    if !is_signed {
        return Err(RefusedWebhook::Signature);
    }
    let second: i64 = stamp.parse().map_err(|_| RefusedWebhook::Signature)?;
    if now.timestamp().abs_diff(second) > TOLERANCE { Err(RefusedWebhook::Timestamp) } else { Ok(()) }
}
