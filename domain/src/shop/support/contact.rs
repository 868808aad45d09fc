//! Where the shop's people can be written to beside tickets: a name at Telegram, or a page.

use serde_json::Value;
use url::Url;

use crate::{
    db::{StoreError, TenantConn},
    shop::setting::service as settings,
};

const SETTING: &str = "support_contact";
/// The longest address, in characters.
const LONGEST: usize = 200;

/// A contact as it was typed, and where it leads.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Contact {
    pub typed: String,
    pub url: String,
}

impl Contact {
    /// Reads `@name`, `t.me/name` or a whole `https` address. `None` for anything else.
    pub fn read(text: &str) -> Option<Self> {
        let text = text.trim();
        if text.chars().count() > LONGEST {
            return None;
        }
        let short = text.strip_prefix("t.me/").or_else(|| text.strip_prefix("https://t.me/"));
        let name = text.strip_prefix('@').or(short).unwrap_or_default();
        if is_username(name) {
            return Some(Self { typed: format!("@{name}"), url: format!("https://t.me/{name}") });
        }
        let url = Url::parse(text).ok().filter(|url| url.scheme() == "https" && url.has_host())?;
        let is_plain = url.username().is_empty() && url.password().is_none();
        is_plain.then(|| Self { typed: text.to_owned(), url: url.to_string() })
    }
}

/// <https://core.telegram.org/method/account.checkUsername>
fn is_username(name: &str) -> bool {
    (4..=32).contains(&name.len())
        && name.starts_with(|first: char| first.is_ascii_alphabetic())
        && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_')
}

/// # Errors
/// [`StoreError::Database`].
pub async fn of_shop(tx: &impl TenantConn) -> Result<Option<Contact>, StoreError> {
    let stored = settings::get(tx, SETTING).await?;
    Ok(stored.as_ref().and_then(Value::as_str).and_then(Contact::read))
}

/// Sets it, or takes it away.
///
/// # Errors
/// [`StoreError::Database`].
pub async fn set(tx: &impl TenantConn, contact: Option<&Contact>) -> Result<(), StoreError> {
    match contact {
        Some(contact) => settings::put(tx, SETTING, contact.typed.as_str().into()).await,
        None => settings::remove(tx, SETTING).await,
    }
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::*;

    #[rstest]
    #[case("@fastline_help", Some("https://t.me/fastline_help"))]
    #[case(" t.me/fastline_help ", Some("https://t.me/fastline_help"))]
    #[case("https://t.me/fastline_help", Some("https://t.me/fastline_help"))]
    #[case("https://fastline.example/help?a=b", Some("https://fastline.example/help?a=b"))]
    #[case("http://fastline.example", None)]
    #[case("javascript:alert(1)", None)]
    #[case("https://me:secret@fastline.example", None)]
    #[case("@ab", None)]
    #[case("@1abcd", None)]
    #[case("fastline", None)]
    #[case("", None)]
    fn a_contact_is_a_name_at_telegram_or_a_page(#[case] typed: &str, #[case] url: Option<&str>) {
        assert_eq!(Contact::read(typed).map(|contact| contact.url).as_deref(), url);
    }
}
