//! The security headers of every answer to a browser.

use std::sync::Arc;

use axum::{
    extract::{Request, State},
    middleware::Next,
    response::Response,
};
use http::{HeaderName, HeaderValue, header};

use crate::{config::Mode, state::AppState};

/// The nonce of this answer's scripts.
#[derive(Clone, Debug)]
pub struct Nonce(pub Arc<str>);

pub async fn secure(State(state): State<AppState>, mut request: Request, next: Next) -> Response {
    let nonce: Arc<str> = uuid::Uuid::new_v4().simple().to_string().into();
    request.extensions_mut().insert(Nonce(nonce.clone()));
    let mut answer = next.run(request).await;
    let policy = content_policy(&nonce, &form_targets(&state));
    let head = answer.headers_mut();
    if let Ok(policy) = HeaderValue::from_str(&policy) {
        head.insert(header::CONTENT_SECURITY_POLICY, policy);
    }
    for (name, value) in FIXED {
        head.entry(HeaderName::from_static(name)).or_insert(HeaderValue::from_static(value));
    }
    if state.addresses.is_https() {
        let a_year = HeaderValue::from_static("max-age=31536000; includeSubDomains");
        head.insert(header::STRICT_TRANSPORT_SECURITY, a_year);
    }
    answer
}

/// `same-origin` and not `no-referrer`, which makes browsers send `Origin: null` with our own forms.
const FIXED: [(&str, &str); 5] = [
    ("x-content-type-options", "nosniff"),
    ("referrer-policy", "same-origin"),
    ("cross-origin-opener-policy", "same-origin"),
    ("cross-origin-resource-policy", "same-origin"),
    (
        "permissions-policy",
        "camera=(), display-capture=(), geolocation=(), microphone=(), payment=(), usb=(), \
         clipboard-write=(self), fullscreen=(self)",
    ),
];

/// Chromium applies `form-action` to the redirect after a POST as well: without the hosted checkout's
/// origin the way to it ends without a message.
fn form_targets(state: &AppState) -> Vec<String> {
    match state.mode {
        Mode::Production => state.config.stripe.hosted_origins(),
        Mode::Sandbox => {
            let port = state.addresses.port();
            vec![format!("http://127.0.0.1:{port}"), format!("http://localhost:{port}")]
        }
    }
}

fn content_policy(nonce: &str, form_targets: &[String]) -> String {
    let targets: String = form_targets.iter().map(|origin| format!(" {origin}")).collect();
    [
        "default-src 'none'".to_owned(),
        format!("script-src 'nonce-{nonce}' 'strict-dynamic' 'wasm-unsafe-eval'"),
        format!("style-src 'self' 'nonce-{nonce}'"),
        "img-src 'self' data:".to_owned(),
        "connect-src 'self'".to_owned(),
        "font-src 'self'".to_owned(),
        "base-uri 'none'".to_owned(),
        "object-src 'none'".to_owned(),
        format!("form-action 'self'{targets}"),
        "frame-ancestors 'none'".to_owned(),
    ]
    .join("; ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_content_policy_names_what_pages_need_and_nothing_else() {
        insta::assert_snapshot!(
            content_policy("N", &["https://checkout.stripe.com".into()]).replace("; ", "\n"),
            @r"
        default-src 'none'
        script-src 'nonce-N' 'strict-dynamic' 'wasm-unsafe-eval'
        style-src 'self' 'nonce-N'
        img-src 'self' data:
        connect-src 'self'
        font-src 'self'
        base-uri 'none'
        object-src 'none'
        form-action 'self' https://checkout.stripe.com
        frame-ancestors 'none'
        "
        );
    }
}
