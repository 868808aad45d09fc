//! Password hashes: argon2id off the async threads, never more at once than there are cores.

use std::sync::Arc;

use argon2::{
    Algorithm, Argon2, Params, Version,
    password_hash::{PasswordHasher, PasswordVerifier, phc::PasswordHash},
};
use secrecy::{ExposeSecret, SecretString};
use tokio::sync::Semaphore;

/// Memory in KiB, passes and lanes: OWASP's password storage cheat sheet, argon2id.
const MEMORY_KIB: u32 = 19_456;
const PASSES: u32 = 2;
const LANES: u32 = 1;

/// Hashes and verifies passwords. Cheap to clone; clones share the limit.
#[derive(Clone, Debug)]
pub struct Passwords {
    permits: Arc<Semaphore>,
    /// Verified in place of the hash of an account that does not exist, so that both take as long.
    decoy: Arc<str>,
}

/// Hashing failed; the password is not at fault.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the password could not be hashed")]
pub struct HashFailed;

/// What comparing a password with a hash showed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    Wrong,
    Right,
    /// Right, but the hash was made with other costs: store a new one.
    RightButOld,
}

impl Passwords {
    /// `parallel` is how many hashes may be computed at once: the number of cores.
    ///
    /// # Errors
    /// [`HashFailed`].
    pub fn new(parallel: usize) -> Result<Self, HashFailed> {
        let decoy = hash_now(&SecretString::from("a password that nobody has"))?;
        Ok(Self { permits: Arc::new(Semaphore::new(parallel.max(1))), decoy: decoy.into() })
    }

    /// # Errors
    /// [`HashFailed`].
    pub async fn hash(&self, password: SecretString) -> Result<String, HashFailed> {
        self.off_thread(move || hash_now(&password)).await?
    }

    /// `None` stands for an account that does not exist and is always wrong.
    ///
    /// # Errors
    /// [`HashFailed`].
    pub async fn verify(
        &self,
        password: SecretString,
        stored: Option<String>,
    ) -> Result<Verdict, HashFailed> {
        let exists = stored.is_some();
        let stored = stored.unwrap_or_else(|| self.decoy.to_string());
        let verdict = self.off_thread(move || verify_now(&password, &stored)).await?;
        Ok(if exists { verdict } else { Verdict::Wrong })
    }

    async fn off_thread<T: Send + 'static>(
        &self,
        work: impl FnOnce() -> T + Send + 'static,
    ) -> Result<T, HashFailed> {
        let permit = self.permits.clone().acquire_owned().await.map_err(|_| HashFailed)?;
        tokio::task::spawn_blocking(move || {
            let outcome = work();
            drop(permit);
            outcome
        })
        .await
        .map_err(|_| HashFailed)
    }
}

fn argon() -> Result<Argon2<'static>, HashFailed> {
    let params = Params::new(MEMORY_KIB, PASSES, LANES, None).map_err(|_| HashFailed)?;
    Ok(Argon2::new(Algorithm::Argon2id, Version::V0x13, params))
}

fn hash_now(password: &SecretString) -> Result<String, HashFailed> {
    let hash: PasswordHash =
        argon()?.hash_password(password.expose_secret().as_bytes()).map_err(|_| HashFailed)?;
    Ok(hash.to_string())
}

fn verify_now(password: &SecretString, stored: &str) -> Verdict {
    let Ok(hash) = PasswordHash::new(stored) else { return Verdict::Wrong };
    if Argon2::default().verify_password(password.expose_secret().as_bytes(), &hash).is_err() {
        return Verdict::Wrong;
    }
    let current = format!("$argon2id$v=19$m={MEMORY_KIB},t={PASSES},p={LANES}$");
    if stored.starts_with(&current) { Verdict::Right } else { Verdict::RightButOld }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn a_password_opens_its_own_hash_and_no_other() {
        let passwords = Passwords::new(2).unwrap();
        let hash = passwords.hash("a long enough one".into()).await.unwrap();
        assert!(hash.starts_with("$argon2id$v=19$m=19456,t=2,p=1$"), "{hash}");
        let verify = |password: &str, stored: Option<String>| passwords.verify(password.into(), stored);
        assert_eq!(verify("a long enough one", Some(hash.clone())).await, Ok(Verdict::Right));
        assert_eq!(verify("another one here", Some(hash)).await, Ok(Verdict::Wrong));
        assert_eq!(verify("a long enough one", Some("not a hash".into())).await, Ok(Verdict::Wrong));
    }

    #[tokio::test]
    async fn an_account_that_does_not_exist_is_wrong_even_with_the_decoys_password() {
        let passwords = Passwords::new(1).unwrap();
        assert_eq!(passwords.verify("a password that nobody has".into(), None).await, Ok(Verdict::Wrong));
    }

    #[tokio::test]
    async fn a_hash_with_other_costs_is_to_be_made_anew() {
        let cheap = Argon2::new(Algorithm::Argon2id, Version::V0x13, Params::new(8, 1, 1, None).unwrap());
        let hash: PasswordHash = cheap.hash_password(b"a long enough one").unwrap();
        let passwords = Passwords::new(1).unwrap();
        assert_eq!(
            passwords.verify("a long enough one".into(), Some(hash.to_string())).await,
            Ok(Verdict::RightButOld)
        );
    }
}
