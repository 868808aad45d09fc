//! The key that signs Wata's webhooks: one for all its customers, fetched, kept, and fetched again when
//! a signature does not hold, because it may have been changed.

use std::sync::{Mutex, MutexGuard, PoisonError};

use base64::{Engine, engine::general_purpose::STANDARD as BASE64};
use chrono::{DateTime, TimeDelta, Utc};
use ring::signature::{RSA_PKCS1_2048_8192_SHA512, UnparsedPublicKey};

/// Anybody can send a signature that does not hold, also before any key is known; the provider is asked
/// for that this seldom.
const ASK_AGAIN_AFTER: TimeDelta = TimeDelta::minutes(1);

/// What is known of the key.
#[derive(Clone, Debug, Default)]
pub(super) struct Known {
    /// As RFC 8017 writes it.
    pub key: Option<Vec<u8>>,
    asked_at: Option<DateTime<Utc>>,
}

/// The key as it was fetched last.
#[derive(Debug, Default)]
pub(super) struct KeyCache {
    known: Mutex<Known>,
    turn: tokio::sync::Mutex<()>,
}

impl KeyCache {
    pub(super) fn known(&self) -> Known {
        self.lock().clone()
    }

    /// Whether the provider may be asked now; whoever gets a yes asks.
    pub(super) fn may_ask(&self, now: DateTime<Utc>) -> bool {
        let mut known = self.lock();
        let lately = known.asked_at.is_some_and(|at| (now - at).abs() < ASK_AGAIN_AFTER);
        if lately {
            return false;
        }
        known.asked_at = Some(now);
        true
    }

    /// Held by whoever asks the provider.
    pub(super) async fn turn(&self) -> tokio::sync::MutexGuard<'_, ()> {
        self.turn.lock().await
    }

    pub(super) fn keep(&self, key: Vec<u8>) {
        self.lock().key = Some(key);
    }

    fn lock(&self) -> MutexGuard<'_, Known> {
        self.known.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// RSA PKCS#1 v1.5 with SHA-512 over the body as it came.
pub(super) fn is_signed(signature: &[u8], body: &[u8], key: &[u8]) -> bool {
    UnparsedPublicKey::new(&RSA_PKCS1_2048_8192_SHA512, key).verify(body, signature).is_ok()
}

pub(super) fn signature(header: &str) -> Option<Vec<u8>> {
    BASE64.decode(header.trim()).ok().filter(|signature| !signature.is_empty())
}

/// The RSA key in a PEM of kind "PUBLIC KEY" (RFC 5280's SubjectPublicKeyInfo).
pub(super) fn of_pem(pem: &str) -> Option<Vec<u8>> {
    const RSA: [u8; 11] = [0x06, 0x09, 0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x01, 0x01];
    let mut parts = pem.trim().split("-----");
    if (parts.next(), parts.next()) != (Some(""), Some("BEGIN PUBLIC KEY")) {
        return None;
    }
    let text: String = parts.next()?.split_whitespace().collect();
    let whole = BASE64.decode(text).ok()?;
    let (info, _) = der(0x30, &whole)?;
    let (algorithm, rest) = der(0x30, info)?;
    let (bits, _) = der(0x03, rest)?;
    // The first octet counts the bits that are not used.
    let key = bits.strip_prefix(&[0])?;
    (algorithm.starts_with(&RSA) && !key.is_empty()).then(|| key.to_vec())
}

/// One element with this tag, and what follows it.
fn der(tag: u8, bytes: &[u8]) -> Option<(&[u8], &[u8])> {
    let rest = bytes.strip_prefix(&[tag])?;
    let (first, rest) = rest.split_first()?;
    let (length, rest) = match first {
        0x81 => (usize::from(*rest.first()?), rest.get(1..)?),
        0x82 => (usize::from(*rest.first()?) << 8 | usize::from(*rest.get(1)?), rest.get(2..)?),
        short if *short < 0x80 => (usize::from(*short), rest),
        _ => return None,
    };
    rest.split_at_checked(length)
}
