//! Reads how a panel is reached, as people type it.

use app::context::FieldError;
use domain::{args, platform::tenant::panel::NewPanel};
use url::Url;

use crate::web::Post;

/// What is shown again after a refusal.
pub const FIELDS: [&str; 2] = ["url", "username"];

/// # Errors
/// What is wrong with each field.
pub fn typed(post: &Post) -> Result<NewPanel, Vec<FieldError>> {
    let mut errors = Vec::new();
    let base_url = match read_url(post.field("url")) {
        Ok(url) => Some(url),
        Err(key) => {
            errors.push(post.error("url", key, &args![]));
            None
        }
    };
    errors.extend(missing_login(post));
    match base_url {
        Some(base_url) if errors.is_empty() => Ok(NewPanel {
            base_url,
            username: post.field("username").to_owned(),
            password: post.secret("password"),
            inbounds: Vec::new(),
            version: None,
        }),
        _ => Err(errors),
    }
}

/// The name and the password are both needed.
pub fn missing_login(post: &Post) -> Vec<FieldError> {
    let missing = ["username", "password"].into_iter().filter(|field| post.optional(field).is_none());
    missing.map(|field| post.error(field, "error-required", &args![])).collect()
}

/// The panel's address as a base: without query, with a slash at its end. Marzban's pages lie under
/// `/dashboard/`, which people copy along. Whether we may connect there is the guard's question.
fn read_url(typed: &str) -> Result<Url, &'static str> {
    let with_scheme = if typed.contains("://") { typed.to_owned() } else { format!("https://{typed}") };
    let mut url = Url::parse(&with_scheme).map_err(|_| "error-panel-url")?;
    if !matches!(url.scheme(), "https" | "http") {
        return Err("error-panel-scheme");
    }
    if url.host_str().is_none_or(str::is_empty) {
        return Err("error-panel-host");
    }
    if !url.username().is_empty() || url.password().is_some() {
        return Err("error-panel-credentials-in-url");
    }
    url.set_query(None);
    url.set_fragment(None);
    let path =
        url.path().trim_end_matches('/').trim_end_matches("/login").trim_end_matches("/dashboard").to_owned();
    url.set_path(&format!("{path}/"));
    Ok(url)
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::*;

    #[rstest]
    #[case("https://panel.example.com:8000", Ok("https://panel.example.com:8000/"))]
    #[case("panel.example.com:8000/dashboard/", Ok("https://panel.example.com:8000/"))]
    #[case("https://example.com/secret/dashboard/#/login", Ok("https://example.com/secret/"))]
    #[case("ftp://example.com", Err("error-panel-scheme"))]
    #[case("https://admin:pw@example.com", Err("error-panel-credentials-in-url"))]
    #[case("https://", Err("error-panel-url"))]
    #[case("", Err("error-panel-url"))]
    fn addresses_are_read_as_people_copy_them(#[case] typed: &str, #[case] read: Result<&str, &str>) {
        assert_eq!(read_url(typed).as_ref().map(Url::as_str).map_err(|key| *key), read);
    }
}
