//! A posted form: read leniently, answered with 303.
//!
//! Every field is optional text, so nothing that a browser sends fails before our own checks, whose
//! messages people can read.

use std::fmt;

use app::{Flash, FormState, components::Tone, context::FieldError};
use axum::{
    body::Bytes,
    extract::{FromRequest, FromRequestParts, Request},
    response::{IntoResponse, Redirect, Response},
};
use domain::{
    locale::{self, Args, Locale},
    units,
};
use http::{HeaderMap, StatusCode};
use secrecy::SecretString;

use super::{error::WebError, page_context};
use crate::{middleware::session::Session, state::AppState};

/// A posted form and how to answer it. The last argument of a POST handler.
pub struct Post {
    pub locale: Locale,
    pub session: Session,
    pub headers: HeaderMap,
    /// Path and query of the page.
    target: String,
    path: String,
    fields: Vec<(String, String)>,
}

impl Post {
    /// A field's text without surrounding blanks; empty when it was not sent.
    pub fn field(&self, name: &str) -> &str {
        self.raw(name).trim()
    }

    /// A field that was sent and is not blank.
    pub fn optional(&self, name: &str) -> Option<&str> {
        Some(self.field(name)).filter(|text| !text.is_empty())
    }

    /// All values of a field that may be sent several times.
    pub fn all(&self, name: &str) -> Vec<&str> {
        self.fields.iter().filter(|(field, _)| field == name).map(|(_, value)| value.trim()).collect()
    }

    /// Every field with its text.
    pub fn fields(&self) -> impl Iterator<Item = (&str, &str)> {
        self.fields.iter().map(|(name, value)| (name.as_str(), value.as_str()))
    }

    /// A password or token, as it was typed.
    pub fn secret(&self, name: &str) -> SecretString {
        SecretString::from(self.raw(name).to_owned())
    }

    /// The button that was pressed.
    pub fn act(&self) -> &str {
        self.field("act")
    }

    /// A text in the reader's language.
    pub fn text(&self, key: &str, args: &Args) -> String {
        locale::text(self.locale, key, args)
    }

    /// What is wrong with a field, by its text's key.
    pub fn error(&self, field: &str, key: &str, args: &Args) -> FieldError {
        FieldError { field: field.to_owned(), message: self.text(key, args) }
    }

    /// Done: on to `path`.
    pub fn to(&self, path: &str) -> Response {
        Redirect::to(path).into_response()
    }

    /// Done, and the next page says so.
    pub fn done(&self, path: &str, key: &str, args: &Args) -> Response {
        self.say(Tone::Ok, key, args);
        self.to(path)
    }

    /// Back to this page.
    pub fn again(&self) -> Response {
        self.to(&self.target)
    }

    /// Back to this page with a message that concerns no field.
    pub fn failed(&self, key: &str, args: &Args) -> Response {
        self.say(Tone::Bad, key, args);
        self.again()
    }

    /// Back to this page, which shows the errors and the typed values of the fields in `keep`. Never
    /// name a secret there.
    pub fn refused(&self, keep: &[&str], errors: Vec<FieldError>) -> Response {
        let values = keep.iter().map(|name| (*name, self.raw(name)));
        let form = FormState { errors, ..FormState::filled(values) };
        self.session.change(|data| data.kept.keep_form(&self.path, form));
        self.again()
    }

    /// The next page shows this message once.
    pub fn say(&self, tone: Tone, key: &str, args: &Args) {
        let flash = Flash { tone, title: self.text(key, args), detail: None };
        self.session.change(|data| data.kept.flash = Some(flash));
    }

    fn raw(&self, name: &str) -> &str {
        self.fields.iter().find(|(field, _)| field == name).map_or("", |(_, value)| value)
    }
}

/// Names of fields only: the values are passwords and tokens too.
impl fmt::Debug for Post {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let names: Vec<&str> = self.fields.iter().map(|(name, _)| name.as_str()).collect();
        f.debug_struct("Post").field("path", &self.path).field("fields", &names).finish_non_exhaustive()
    }
}

impl FromRequest<AppState> for Post {
    type Rejection = Response;

    async fn from_request(request: Request, state: &AppState) -> Result<Self, Response> {
        let (mut parts, body) = request.into_parts();
        let session =
            Session::from_request_parts(&mut parts, state).await.map_err(WebError::into_response)?;
        let locale = page_context::locale(&parts.headers);
        let target = parts.uri.path_and_query().map_or("/", |target| target.as_str()).to_owned();
        let path = parts.uri.path().to_owned();
        let headers = parts.headers.clone();
        let body = Bytes::from_request(Request::from_parts(parts, body), state)
            .await
            .map_err(|refused| unread(refused.into_response().status(), state).into_response())?;
        let fields = url::form_urlencoded::parse(&body).into_owned().collect();
        Ok(Self { locale, session, headers, target, path, fields })
    }
}

/// The library's own answers are English sentences.
fn unread(status: StatusCode, state: &AppState) -> WebError {
    match status {
        StatusCode::PAYLOAD_TOO_LARGE => {
            WebError::TooLarge { limit: units::Bytes(state.config.limits.form_bytes.into()) }
        }
        _ => WebError::BadRequest,
    }
}

impl FromRequestParts<AppState> for Session {
    type Rejection = WebError;

    async fn from_request_parts(parts: &mut http::request::Parts, _: &AppState) -> Result<Self, WebError> {
        parts.extensions.get::<Session>().cloned().ok_or(WebError::Panicked)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_printed_form_shows_no_value() {
        let fields = [("email", "ali@example.com"), ("password", "canary-password"), ("token", "1:canary")];
        let post = Post {
            locale: Locale::En,
            session: Session::new(Some("canary-cookie".into()), None),
            headers: HeaderMap::from_iter([(http::header::COOKIE, "sid=canary-cookie".parse().unwrap())]),
            target: "/signup?canary".into(),
            path: "/signup".into(),
            fields: fields.map(|(name, value)| (name.to_owned(), value.to_owned())).into(),
        };
        let printed = format!("{post:?} {:?}", post.session);
        assert!(printed.contains("/signup") && printed.contains("password"), "{printed}");
        assert!(!printed.contains("canary") && !printed.contains("ali@"), "{printed}");
    }
}
