//! Who is at the other end: finds the session of a request's cookie and stores what became of it.

use std::{
    fmt,
    sync::{Arc, Mutex, MutexGuard, Once, PoisonError},
};

use axum::{
    extract::{Request, State},
    middleware::Next,
    response::{IntoResponse, Response},
};
use axum_extra::extract::cookie::{Cookie, CookieJar, SameSite};
use domain::{db::StoreError, ids::AccountId};
use http::{HeaderMap, HeaderValue, header};
use tokio::sync::OnceCell;

use crate::{
    session_store::{Found, SessionData, SessionStore},
    state::AppState,
    web::{error::WebError, guard::Person},
};

/// The session of one request. Clones share it; changes are stored after the handler.
#[derive(Clone)]
pub struct Session(Arc<Shared>);

struct Shared {
    inner: Mutex<Inner>,
    /// Loaded at most once a request.
    person: OnceCell<Option<Arc<Person>>>,
}

struct Inner {
    had_token: bool,
    token: Option<String>,
    found: Option<Found>,
    account: Option<AccountId>,
    data: SessionData,
    changed: bool,
    fate: Fate,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Fate {
    Stay,
    /// Somebody signed in: a new id, so that one planted before is worth nothing.
    Renew,
    End,
}

impl Session {
    /// Whether the browser sent a session at all, be it one that has ended.
    pub fn had_token(&self) -> bool {
        self.inner().had_token
    }

    pub fn account(&self) -> Option<AccountId> {
        self.inner().account
    }

    pub fn data(&self) -> SessionData {
        self.inner().data.clone()
    }

    /// Changes what the session remembers.
    pub fn change<T>(&self, change: impl FnOnce(&mut SessionData) -> T) -> T {
        let mut inner = self.inner();
        inner.changed = true;
        change(&mut inner.data)
    }

    pub fn sign_in(&self, account: AccountId) {
        let mut inner = self.inner();
        inner.account = Some(account);
        inner.data.tenant = None;
        inner.fate = Fate::Renew;
    }

    pub fn sign_out(&self) {
        let mut inner = self.inner();
        inner.account = None;
        inner.data = SessionData::default();
        inner.fate = Fate::End;
    }

    /// Who is signed in, loaded by `load` the first time.
    ///
    /// # Errors
    /// Those of `load`.
    pub async fn person(
        &self,
        load: impl AsyncFnOnce(AccountId) -> Result<Option<Person>, StoreError>,
    ) -> Result<Option<Arc<Person>>, StoreError> {
        let Some(account) = self.account() else { return Ok(None) };
        let person =
            self.0.person.get_or_try_init(async || Ok::<_, StoreError>(load(account).await?.map(Arc::new)));
        Ok(person.await?.clone())
    }

    fn inner(&self) -> MutexGuard<'_, Inner> {
        self.0.inner.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// The session that a request's cookie named.
    pub(crate) fn new(token: Option<String>, found: Option<Found>) -> Self {
        let inner = Inner {
            had_token: token.is_some(),
            token: token.filter(|_| found.is_some()),
            account: found.as_ref().and_then(|found| found.account),
            data: found.as_ref().map(|found| found.data.clone()).unwrap_or_default(),
            found,
            changed: false,
            fate: Fate::Stay,
        };
        Self(Arc::new(Shared { inner: Mutex::new(inner), person: OnceCell::new() }))
    }
}

/// Neither the cookie's value nor what was typed.
impl fmt::Debug for Session {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Session").field("account", &self.account()).finish_non_exhaustive()
    }
}

/// Loads the session, runs the handler, stores the session and sets its cookie.
pub async fn session(State(state): State<AppState>, mut request: Request, next: Next) -> Response {
    let kind = CookieKind::of(&state, request.headers());
    let token =
        CookieJar::from_headers(request.headers()).get(kind.name()).map(|cookie| cookie.value().to_owned());
    let found = match &token {
        Some(token) => match state.sessions.find(token).await {
            Ok(found) => found,
            Err(error) => return WebError::from(error).into_response(),
        },
        None => None,
    };
    let session = Session::new(token, found);
    request.extensions_mut().insert(session.clone());
    let mut answer = next.run(request).await;
    match store(&state.sessions, &session).await {
        Ok(Cookies::Unchanged) => {}
        Ok(Cookies::Set(token)) => set_cookie(&mut answer, kind.cookie(token)),
        Ok(Cookies::Remove) => set_cookie(&mut answer, kind.removal()),
        Err(error) => return WebError::from(error).into_response(),
    }
    answer.extensions_mut().insert(session);
    answer
}

enum Cookies {
    Unchanged,
    Set(String),
    Remove,
}

async fn store(sessions: &SessionStore, session: &Session) -> Result<Cookies, StoreError> {
    let (token, found, account, data, changed, fate) = {
        let inner = session.inner();
        let Inner { token, found, account, data, changed, fate, .. } = &*inner;
        (token.clone(), found.clone(), *account, data.clone(), *changed, *fate)
    };
    match (fate, token) {
        (Fate::End, Some(token)) => {
            sessions.end(&token).await?;
            Ok(Cookies::Remove)
        }
        (Fate::End, None) => Ok(Cookies::Unchanged),
        (Fate::Renew, token) => {
            if let Some(token) = token {
                sessions.end(&token).await?;
            }
            Ok(Cookies::Set(sessions.create(account, &data).await?))
        }
        (Fate::Stay, None) if changed => Ok(Cookies::Set(sessions.create(None, &data).await?)),
        (Fate::Stay, None) => Ok(Cookies::Unchanged),
        (Fate::Stay, Some(token)) => {
            if changed {
                sessions.save(&token, &data).await?;
            }
            if let Some(found) = found {
                sessions.touch(&token, &found).await?;
            }
            Ok(Cookies::Unchanged)
        }
    }
}

fn set_cookie(answer: &mut Response, cookie: Cookie<'static>) {
    if let Ok(value) = HeaderValue::from_str(&cookie.to_string()) {
        answer.headers_mut().append(header::SET_COOKIE, value);
    }
}

/// Which cookie a browser keeps: the `__Host-` prefix needs `Secure`, and browsers drop that on plain
/// http except from the machine itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum CookieKind {
    Host,
    /// A sandbox on a network without https.
    Plain,
}

impl CookieKind {
    fn of(state: &AppState, headers: &HeaderMap) -> Self {
        static SAID: Once = Once::new();
        let reader = state.addresses.of_reader(headers);
        if reader.scheme() == "https" || crate::config::is_loopback(&reader) {
            return Self::Host;
        }
        SAID.call_once(|| {
            tracing::warn!(
                "reached by plain http over a network: sessions use a cookie without Secure (sandbox only)"
            );
        });
        Self::Plain
    }

    const fn name(self) -> &'static str {
        match self {
            Self::Host => "__Host-sid",
            Self::Plain => "sid",
        }
    }

    /// Without an expiry: the store's limits decide.
    fn cookie(self, token: String) -> Cookie<'static> {
        let mut cookie = Cookie::new(self.name(), token);
        cookie.set_path("/");
        cookie.set_http_only(true);
        cookie.set_same_site(SameSite::Lax);
        cookie.set_secure(self == Self::Host);
        cookie
    }

    fn removal(self) -> Cookie<'static> {
        let mut cookie = self.cookie(String::new());
        cookie.make_removal();
        cookie
    }
}
