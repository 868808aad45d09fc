//! Logins: one token for each panel, one login at a time, and no second try with refused credentials.
//!
//! Each login is reported to the panel's owner, and a failed one with the password in clear text
//! (`app/routers/admin.py`, v0.8.4): so a token is kept until the panel no longer takes it, and
//! credentials that were refused are not sent again for an hour.

use std::{
    collections::HashMap,
    sync::{Arc, Mutex, PoisonError},
};

use chrono::{DateTime, TimeDelta, Utc};
use domain::{
    clock::Clock,
    ids::PanelId,
    ports::{PanelAccess, PanelError},
};
use secrecy::{ExposeSecret, SecretString};
use subtle::ConstantTimeEq;
use tokio::sync::Mutex as AsyncMutex;

const REFUSAL_KEPT: TimeDelta = TimeDelta::hours(1);

#[derive(Debug)]
pub(super) struct Logins {
    clock: Arc<dyn Clock>,
    panels: Mutex<HashMap<PanelId, Arc<AsyncMutex<Option<Login>>>>>,
}

#[derive(Debug)]
struct Login {
    /// What it was made with; another address, name or password makes it void.
    access: PanelAccess,
    outcome: Outcome,
}

#[derive(Debug)]
enum Outcome {
    Token(SecretString),
    Refused(DateTime<Utc>),
}

impl Logins {
    pub(super) fn new(clock: Arc<dyn Clock>) -> Self {
        Self { clock, panels: Mutex::default() }
    }

    /// The panel's token; `log_in` is asked when there is none, or only the `stale` one. Whoever comes
    /// meanwhile waits for it.
    pub(super) async fn token<F>(
        &self,
        access: &PanelAccess,
        stale: Option<&SecretString>,
        log_in: impl FnOnce() -> F,
    ) -> Result<SecretString, PanelError>
    where
        F: Future<Output = Result<SecretString, PanelError>>,
    {
        let slot = self.slot(access.panel);
        let mut login = slot.lock().await;
        let now = self.clock.now();
        match login.as_ref().filter(|login| is_same(&login.access, access)).map(|login| &login.outcome) {
            Some(Outcome::Token(token)) if stale.is_none_or(|stale| !is_equal(stale, token)) => {
                return Ok(token.clone());
            }
            Some(Outcome::Refused(at)) if now - *at < REFUSAL_KEPT => return Err(PanelError::Credentials),
            _ => {}
        }
        let result = log_in().await;
        let outcome = match &result {
            Ok(token) => Some(Outcome::Token(token.clone())),
            Err(PanelError::Credentials) => Some(Outcome::Refused(now)),
            Err(_) => None,
        };
        *login = outcome.map(|outcome| Login { access: access.clone(), outcome });
        result
    }

    /// Forgets the panel's login, for a check that must show whether the credentials hold now, and
    /// whose panel may never be kept.
    pub(super) fn forget(&self, panel: PanelId) {
        self.panels.lock().unwrap_or_else(PoisonError::into_inner).remove(&panel);
    }

    #[cfg(test)]
    pub(super) fn kept(&self) -> usize {
        self.panels.lock().unwrap_or_else(PoisonError::into_inner).len()
    }

    fn slot(&self, panel: PanelId) -> Arc<AsyncMutex<Option<Login>>> {
        self.panels.lock().unwrap_or_else(PoisonError::into_inner).entry(panel).or_default().clone()
    }
}

fn is_same(a: &PanelAccess, b: &PanelAccess) -> bool {
    a.base_url == b.base_url && a.username == b.username && is_equal(&a.password, &b.password)
}

fn is_equal(a: &SecretString, b: &SecretString) -> bool {
    a.expose_secret().as_bytes().ct_eq(b.expose_secret().as_bytes()).into()
}
