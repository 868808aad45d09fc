//! Requests that change something are taken from our own pages only.
//!
//! Browsers say where a request comes from in `Sec-Fetch-Site`; old ones at least send `Origin`.
//! Neither can be forged by a page, so no token in forms is needed (the algorithm of Go 1.25's
//! `CrossOriginProtection`, recommended by OWASP's cheat sheet on CSRF). `same-site` is refused: a
//! neighbouring subdomain may be somebody else's.

use axum::{
    extract::Request,
    middleware::Next,
    response::{IntoResponse, Response},
};
use http::{HeaderMap, Method, header};

use crate::web::error::WebError;

/// Where server functions would be mounted; they are checked whatever their method.
const SERVER_FUNCTIONS: &str = "/api/";

pub async fn own_pages_only(request: Request, next: Next) -> Response {
    let changes = !matches!(*request.method(), Method::GET | Method::HEAD);
    let checked = changes || request.uri().path().starts_with(SERVER_FUNCTIONS);
    if checked && !comes_from_us(request.headers()) {
        tracing::warn!("a request from another site was refused");
        return WebError::OtherSite.into_response();
    }
    next.run(request).await
}

fn comes_from_us(headers: &HeaderMap) -> bool {
    let text = |name| headers.get(name).map(|value| value.to_str().unwrap_or("unreadable"));
    if let Some(site) = text("sec-fetch-site") {
        return matches!(site, "same-origin" | "none");
    }
    let (Some(origin), Some(host)) = (text("origin"), text(header::HOST.as_str())) else { return false };
    let authority = origin.strip_prefix("https://").or_else(|| origin.strip_prefix("http://"));
    authority.is_some_and(|authority| authority.eq_ignore_ascii_case(host))
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::*;

    #[rstest]
    #[case(&[("sec-fetch-site", "same-origin")], true)]
    #[case(&[("sec-fetch-site", "none")], true)]
    #[case(&[("sec-fetch-site", "same-site")], false)]
    #[case(&[("sec-fetch-site", "cross-site")], false)]
    #[case(&[("sec-fetch-site", "cross-site"), ("origin", "http://us:1")], false)]
    #[case(&[("origin", "http://us:1")], true)]
    #[case(&[("origin", "https://US:1")], true)]
    #[case(&[("origin", "http://us:2")], false)]
    #[case(&[("origin", "http://us:1.evil.example")], false)]
    #[case(&[("origin", "null")], false)]
    #[case(&[], false)]
    fn only_our_own_origin_may_change_something(#[case] given: &[(&'static str, &str)], #[case] taken: bool) {
        let mut headers = HeaderMap::new();
        headers.insert(header::HOST, "us:1".parse().unwrap());
        for (name, value) in given {
            headers.insert(*name, value.parse().unwrap());
        }
        assert_eq!(comes_from_us(&headers), taken);
    }
}
