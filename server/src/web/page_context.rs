//! What every page needs to know about its reader.

use app::{AccountSummary, FormState, Page, PageContext, SandboxStrip, Theme};
use axum::{
    extract::FromRequestParts,
    response::{IntoResponse as _, Redirect, Response},
};
use axum_extra::extract::cookie::CookieJar;
use domain::locale::{self, Args, Locale};
use http::{HeaderMap, StatusCode, header, request::Parts};

use super::{
    error::{WebError, WebResult},
    guard,
};
use crate::{
    config::Mode,
    middleware::{headers::Nonce, session::Session},
    state::AppState,
};

/// A request for a page, and how to answer it. Taking it takes the message that is shown once.
pub struct PageRequest {
    pub context: PageContext,
    pub session: Session,
    /// Whether the browser sent a session, which may have ended.
    pub had_session: bool,
    path: String,
    query: Vec<(String, String)>,
}

impl PageRequest {
    pub fn locale(&self) -> Locale {
        self.context.locale
    }

    /// A text in the reader's language.
    pub fn text(&self, key: &str, args: &Args) -> String {
        locale::text(self.context.locale, key, args)
    }

    /// A parameter of the address; empty when it is not there.
    pub fn query(&self, name: &str) -> &str {
        self.query.iter().find(|(key, _)| key == name).map_or("", |(_, value)| value)
    }

    /// The form that was refused on this page, or `first` when there is none.
    pub fn form_or(&self, first: impl FnOnce() -> FormState) -> FormState {
        if !self.session.data().kept.has_form(&self.path) || self.is_fragment() {
            return first();
        }
        self.session.change(|data| data.kept.take_form(&self.path)).unwrap_or_else(first)
    }

    /// Whether a live island asks for a part of the page.
    pub fn is_fragment(&self) -> bool {
        !self.query("fragment").is_empty()
    }

    /// The page, or the part of it that a live island asks for.
    ///
    /// # Errors
    /// [`WebError::NotFound`] when the page has no such part.
    pub fn show<P: Page>(self, page: P) -> WebResult {
        if self.is_fragment() {
            let id = self.query("fragment").to_owned();
            return app::ssr::render_fragment(self.context, page, &id).ok_or(WebError::NotFound);
        }
        Ok(app::ssr::render(self.context, StatusCode::OK, page))
    }

    /// Another page instead, which shows the message that was meant for this one.
    pub fn on_to(self, path: &str) -> Response {
        if let Some(flash) = self.context.flash {
            self.session.change(|data| data.kept.flash = Some(flash));
        }
        Redirect::to(path).into_response()
    }
}

impl FromRequestParts<AppState> for PageRequest {
    type Rejection = Response;

    async fn from_request_parts(parts: &mut Parts, state: &AppState) -> Result<Self, Response> {
        let session = Session::from_request_parts(parts, state).await.map_err(WebError::into_response)?;
        let query: Vec<(String, String)> =
            url::form_urlencoded::parse(parts.uri.query().unwrap_or_default().as_bytes())
                .into_owned()
                .collect();
        let mut context = build(state, parts, Some(&session)).await;
        let is_fragment = query.iter().any(|(key, _)| key == "fragment");
        if !is_fragment && session.data().kept.flash.is_some() {
            context.flash = session.change(|data| data.kept.flash.take());
        }
        let had_session = session.had_token();
        Ok(Self { context, session, had_session, path: parts.uri.path().to_owned(), query })
    }
}

/// The context of a request. A database that does not answer leaves the account out: error pages are
/// made with this too.
pub async fn build(state: &AppState, parts: &Parts, session: Option<&Session>) -> PageContext {
    let person = match session {
        Some(session) => guard::person(state, session).await.unwrap_or_default(),
        None => None,
    };
    let target = parts.uri.path_and_query().map_or("/", |target| target.as_str());
    let nonce = parts.extensions.get::<Nonce>().map(|nonce| nonce.0.to_string());
    PageContext {
        locale: locale(&parts.headers),
        theme: theme(&parts.headers),
        path: without_fragment(target),
        nonce: nonce.unwrap_or_default(),
        assets: crate::assets::addresses(),
        flash: None,
        account: person
            .as_ref()
            .map(|person| AccountSummary { email: person.account.email.clone(), home: "/app".into() }),
        bots: Vec::new(),
        bot: None,
        sandbox: (state.mode == Mode::Sandbox)
            .then(|| SandboxStrip { botfather: person.map(|_| "/sandbox/botfather".into()) }),
    }
}

/// The reader's language: the cookie's, then the best of `Accept-Language`.
pub fn locale(headers: &HeaderMap) -> Locale {
    let accepted = headers.get(header::ACCEPT_LANGUAGE).and_then(|value| value.to_str().ok());
    Locale::negotiate(cookie(headers, "lang").as_deref(), accepted)
}

fn theme(headers: &HeaderMap) -> Theme {
    cookie(headers, "theme").map_or(Theme::System, |code| Theme::from_code(&code))
}

fn cookie(headers: &HeaderMap, name: &str) -> Option<String> {
    CookieJar::from_headers(headers).get(name).map(|cookie| cookie.value().to_owned())
}

fn without_fragment(target: &str) -> String {
    let (path, query) = target.split_once('?').unwrap_or((target, ""));
    let kept: Vec<&str> =
        query.split('&').filter(|pair| !pair.is_empty() && !pair.starts_with("fragment=")).collect();
    if kept.is_empty() { path.to_owned() } else { format!("{path}?{}", kept.join("&")) }
}
