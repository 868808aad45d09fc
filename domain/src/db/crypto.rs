//! Secrets at rest: XChaCha20-Poly1305 with a random nonce, bound to the place where they are kept.
//!
//! The associated data names tenant, table, column and row, so a ciphertext that is moved to another
//! row or tenant does not open. Each tenant has a data key of its own, sealed with the server's key:
//! dropping it erases the tenant's secrets.

use chacha20poly1305::{
    Key, KeyInit, XChaCha20Poly1305, XNonce,
    aead::{Aead, Payload},
};
use hmac::{Hmac, Mac};
use secrecy::{ExposeSecret, SecretString};
use sha2::Sha256;

/// First byte of every sealed value; a later scheme gets another.
const SCHEME: u8 = 1;
const NONCE_BYTES: usize = 24;

/// The place where a secret is kept.
#[derive(Clone, Copy, Debug)]
pub struct SealedIn<'a> {
    pub table: &'a str,
    pub column: &'a str,
    pub row: uuid::Uuid,
}

/// One key, for one owner.
#[derive(Clone)]
pub struct Sealer {
    key: Key,
    /// The tenant, or `platform`.
    owner: String,
}

impl std::fmt::Debug for Sealer {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Sealer").field("owner", &self.owner).finish_non_exhaustive()
    }
}

/// A sealed value could not be made or opened.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum CryptoError {
    #[error("the machine gives no random bytes")]
    NoRandomness,
    /// Another key, another place, or changed bytes.
    #[error("a sealed value does not open with this key in this place")]
    DoesNotOpen,
}

impl Sealer {
    pub fn new(key: [u8; 32], owner: impl Into<String>) -> Self {
        Self { key: Key::from(key), owner: owner.into() }
    }

    /// 32 fresh random bytes.
    ///
    /// # Errors
    /// [`CryptoError::NoRandomness`].
    pub fn random_key() -> Result<[u8; 32], CryptoError> {
        let mut key = [0; 32];
        getrandom::fill(&mut key).map_err(|_| CryptoError::NoRandomness)?;
        Ok(key)
    }

    /// # Errors
    /// [`CryptoError::NoRandomness`].
    pub fn seal(&self, place: SealedIn<'_>, secret: &SecretString) -> Result<Vec<u8>, CryptoError> {
        self.seal_bytes(place, secret.expose_secret().as_bytes())
    }

    /// # Errors
    /// [`CryptoError::DoesNotOpen`].
    pub fn open(&self, place: SealedIn<'_>, sealed: &[u8]) -> Result<SecretString, CryptoError> {
        let bytes = self.open_bytes(place, sealed)?;
        String::from_utf8(bytes).map(SecretString::from).map_err(|_| CryptoError::DoesNotOpen)
    }

    /// # Errors
    /// [`CryptoError::NoRandomness`].
    pub fn seal_bytes(&self, place: SealedIn<'_>, secret: &[u8]) -> Result<Vec<u8>, CryptoError> {
        let mut nonce = [0; NONCE_BYTES];
        getrandom::fill(&mut nonce).map_err(|_| CryptoError::NoRandomness)?;
        let aad = self.associated_data(place);
        let text = self
            .cipher()
            .encrypt(&XNonce::from(nonce), Payload { msg: secret, aad: &aad })
            .map_err(|_| CryptoError::DoesNotOpen)?;
        Ok([&[SCHEME], nonce.as_slice(), &text].concat())
    }

    /// # Errors
    /// [`CryptoError::DoesNotOpen`].
    pub fn open_bytes(&self, place: SealedIn<'_>, sealed: &[u8]) -> Result<Vec<u8>, CryptoError> {
        let (scheme, rest) = sealed.split_first().ok_or(CryptoError::DoesNotOpen)?;
        let (nonce, text) = rest.split_first_chunk::<NONCE_BYTES>().ok_or(CryptoError::DoesNotOpen)?;
        if *scheme != SCHEME {
            return Err(CryptoError::DoesNotOpen);
        }
        let aad = self.associated_data(place);
        self.cipher()
            .decrypt(&XNonce::from(*nonce), Payload { msg: text, aad: &aad })
            .map_err(|_| CryptoError::DoesNotOpen)
    }

    /// A keyed hash in hex: recognises a value without keeping it. `purpose` keeps uses apart.
    pub fn fingerprint(&self, purpose: &str, value: &[u8]) -> String {
        let mut mac = Hmac::<Sha256>::new_from_slice(&self.key).unwrap_or_else(|_| unreachable_key());
        for part in [self.owner.as_bytes(), purpose.as_bytes(), value] {
            mac.update(&(part.len() as u64).to_be_bytes());
            mac.update(part);
        }
        hex::encode(mac.finalize().into_bytes())
    }

    fn cipher(&self) -> XChaCha20Poly1305 {
        XChaCha20Poly1305::new(&self.key)
    }

    fn associated_data(&self, place: SealedIn<'_>) -> Vec<u8> {
        let SealedIn { table, column, row } = place;
        format!("{}|{table}|{column}|{}|{SCHEME}", self.owner, row.as_simple()).into_bytes()
    }
}

/// HMAC takes keys of any length, so this cannot be reached.
fn unreachable_key() -> Hmac<Sha256> {
    unreachable!("HMAC takes a key of any length")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn place(row: uuid::Uuid) -> SealedIn<'static> {
        SealedIn { table: "panels", column: "sealed_password", row }
    }

    #[test]
    fn a_secret_opens_only_in_its_own_place_and_with_its_own_owner() {
        let (row, key) = (uuid::Uuid::now_v7(), Sealer::random_key().unwrap());
        let sealer = Sealer::new(key, "tenant-a");
        let sealed = sealer.seal(place(row), &SecretString::from("hunter2")).unwrap();

        assert_eq!(sealer.open(place(row), &sealed).unwrap().expose_secret(), "hunter2");
        assert!(!sealed.windows(7).any(|window| window == b"hunter2"));
        assert_eq!(sealer.open(place(uuid::Uuid::now_v7()), &sealed).err(), Some(CryptoError::DoesNotOpen));
        let other_column = SealedIn { column: "other", ..place(row) };
        assert_eq!(sealer.open(other_column, &sealed).err(), Some(CryptoError::DoesNotOpen));
        assert_eq!(
            Sealer::new(key, "tenant-b").open(place(row), &sealed).err(),
            Some(CryptoError::DoesNotOpen)
        );
    }

    #[test]
    fn a_changed_or_cut_value_does_not_open() {
        let row = uuid::Uuid::now_v7();
        let sealer = Sealer::new(Sealer::random_key().unwrap(), "tenant");
        let sealed = sealer.seal(place(row), &SecretString::from("secret")).unwrap();
        for index in 0..sealed.len() {
            let mut changed = sealed.clone();
            changed[index] ^= 1;
            assert!(sealer.open(place(row), &changed).is_err(), "byte {index}");
            assert!(sealer.open(place(row), &sealed[..index]).is_err(), "cut at {index}");
        }
    }

    #[test]
    fn debug_shows_no_key() {
        let sealer = Sealer::new([7; 32], "tenant");
        assert_eq!(format!("{sealer:?}"), r#"Sealer { owner: "tenant", .. }"#);
    }

    #[test]
    fn fingerprints_differ_by_purpose_and_owner() {
        let (one, two) = (Sealer::new([7; 32], "a"), Sealer::new([7; 32], "b"));
        assert_eq!(one.fingerprint("trial", b"1"), one.fingerprint("trial", b"1"));
        assert_ne!(one.fingerprint("trial", b"1"), one.fingerprint("webhook", b"1"));
        assert_ne!(one.fingerprint("trial", b"1"), two.fingerprint("trial", b"1"));
    }
}
