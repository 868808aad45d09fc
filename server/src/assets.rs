//! Stylesheet, islands, fonts and icons: the files of `site/`, carried inside release builds and
//! read from the disk in debug builds.

use app::Assets;
use axum::response::{IntoResponse, Response};
use http::{HeaderMap, HeaderValue, Method, StatusCode, Uri, header};
use rust_embed::{EmbeddedFile, RustEmbed};

use crate::web::error::WebError;

#[derive(RustEmbed)]
#[folder = "../site"]
#[allow_missing = true]
struct Site;

const FOR_EVER: &str = "public, max-age=31536000, immutable";
const ONE_HOUR: &str = "public, max-age=3600";

/// The built files' addresses, each with its content's hash: a new build is a new address.
pub fn addresses() -> Assets {
    let islands = match (hashed("pkg/botyard.js"), hashed("pkg/botyard_bg.wasm")) {
        (Some(script), Some(wasm)) => Some(app::context::IslandAssets { script, wasm }),
        _ => None,
    };
    Assets { stylesheet: hashed("app.css").unwrap_or_else(|| "/app.css".into()), islands }
}

/// Serves a file of `site/`, compressed when the browser takes that and there is such a copy.
///
/// The fallback and not a route: a route for every path would hide the emulators' own fallbacks.
pub async fn serve(method: Method, uri: Uri, headers: HeaderMap) -> Response {
    if !matches!(method, Method::GET | Method::HEAD) {
        return WebError::NotFound.into_response();
    }
    let path = uri.path().trim_start_matches('/');
    let Some(kind) = content_type(path) else { return WebError::NotFound.into_response() };
    let Some(plain) = Site::get(path) else { return WebError::NotFound.into_response() };
    let tag = format!("\"{}\"", short_hash(&plain));
    let by_hash = uri.query().is_some_and(|query| query == format!("v={}", short_hash(&plain)));
    let caching = if by_hash || path.starts_with("fonts/") { FOR_EVER } else { ONE_HOUR };
    let same = headers.get(header::IF_NONE_MATCH).is_some_and(|seen| seen.as_bytes() == tag.as_bytes());
    let mut answer = if same {
        StatusCode::NOT_MODIFIED.into_response()
    } else {
        let (encoding, file) = smallest(path, plain, &headers);
        let mut answer = file.data.into_owned().into_response();
        if let Some(encoding) = encoding {
            answer.headers_mut().insert(header::CONTENT_ENCODING, HeaderValue::from_static(encoding));
        }
        answer
    };
    let head = answer.headers_mut();
    head.insert(header::CONTENT_TYPE, HeaderValue::from_static(kind));
    head.insert(header::CACHE_CONTROL, HeaderValue::from_static(caching));
    head.insert(header::VARY, HeaderValue::from_static("accept-encoding"));
    if let Ok(tag) = HeaderValue::from_str(&tag) {
        head.insert(header::ETAG, tag);
    }
    answer
}

fn smallest(path: &str, plain: EmbeddedFile, headers: &HeaderMap) -> (Option<&'static str>, EmbeddedFile) {
    let accepted =
        headers.get(header::ACCEPT_ENCODING).and_then(|value| value.to_str().ok()).unwrap_or_default();
    for (encoding, ending) in [("br", "br"), ("gzip", "gz")] {
        let takes = accepted.split(',').any(|one| {
            let (name, weight) = one.split_once(';').unwrap_or((one, ""));
            name.trim() == encoding && weight.trim() != "q=0"
        });
        if takes && let Some(file) = Site::get(&format!("{path}.{ending}")) {
            return (Some(encoding), file);
        }
    }
    (None, plain)
}

fn hashed(path: &str) -> Option<String> {
    Some(format!("/{path}?v={}", short_hash(&Site::get(path)?)))
}

fn short_hash(file: &EmbeddedFile) -> String {
    hex::encode(&file.metadata.sha256_hash()[..8])
}

/// Only kinds that we ship; anything else in the folder is not served.
fn content_type(path: &str) -> Option<&'static str> {
    Some(match path.rsplit_once('.')?.1 {
        "css" => "text/css; charset=utf-8",
        "js" => "text/javascript; charset=utf-8",
        "wasm" => "application/wasm",
        "svg" => "image/svg+xml",
        "woff2" => "font/woff2",
        "png" => "image/png",
        "ico" => "image/x-icon",
        "txt" => "text/plain; charset=utf-8",
        _ => return None,
    })
}
