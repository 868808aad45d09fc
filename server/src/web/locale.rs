//! Language and theme: cookies, so that they hold before anybody signs in.

use axum::{
    extract::{Path, State},
    response::{IntoResponse, Redirect, Response},
};
use axum_extra::extract::cookie::{Cookie, SameSite};
use domain::locale::Locale;
use http::{HeaderValue, header};

use super::{
    error::{WebError, WebResult},
    form::Post,
};
use crate::state::AppState;

const A_YEAR: u32 = 365 * 24 * 60 * 60;

pub async fn post_language(State(state): State<AppState>, Path(code): Path<String>, post: Post) -> WebResult {
    let locale = Locale::ALL.into_iter().find(|locale| locale.code() == code).ok_or(WebError::NotFound)?;
    Ok(remember(&state, "lang", locale.code(), &post))
}

pub async fn post_theme(State(state): State<AppState>, post: Post) -> WebResult {
    let theme = match post.field("theme") {
        "light" => "light",
        "dark" => "dark",
        _ => "system",
    };
    Ok(remember(&state, "theme", theme, &post))
}

fn remember(state: &AppState, name: &'static str, value: &'static str, post: &Post) -> Response {
    let mut cookie = Cookie::new(name, value);
    cookie.set_path("/");
    cookie.set_http_only(true);
    cookie.set_same_site(SameSite::Lax);
    cookie.set_secure(state.addresses.is_https());
    let cookie = format!("{cookie}; Max-Age={A_YEAR}");
    let mut answer = Redirect::to(&local_path(post.field("return_to"), "/")).into_response();
    if let Ok(cookie) = HeaderValue::from_str(&cookie) {
        answer.headers_mut().append(header::SET_COOKIE, cookie);
    }
    answer
}

/// A path of ours, or `otherwise`: nobody is sent to another site by an address that we sign with
/// our name.
pub fn local_path(given: &str, otherwise: &str) -> String {
    let plain = given.chars().all(|c| !c.is_control() && c != '\\');
    let rooted = given.starts_with('/') && !given.starts_with("//");
    let base = url::Url::parse("http://botyard.invalid/").ok();
    let stays = base.is_some_and(|base| base.join(given).is_ok_and(|url| url.origin() == base.origin()));
    if plain && rooted && stays { given.to_owned() } else { otherwise.to_owned() }
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::local_path;

    #[rstest]
    #[case("/app")]
    #[case("/signup?package=starter&cycle=year")]
    #[case("/a//b")]
    fn a_path_of_ours_is_kept(#[case] path: &str) {
        assert_eq!(local_path(path, "/"), path);
    }

    #[rstest]
    #[case("")]
    #[case("app")]
    #[case("//evil.example")]
    #[case("///evil.example")]
    #[case("/\\evil.example")]
    #[case("\\\\evil.example")]
    #[case("https://evil.example")]
    #[case("javascript:alert(1)")]
    #[case("/\t/evil.example")]
    #[case("/\n/evil.example")]
    #[case(" //evil.example")]
    #[case("http:evil.example")]
    fn another_site_is_never_a_way_back(#[case] path: &str) {
        assert_eq!(local_path(path, "/home"), "/home");
    }
}
