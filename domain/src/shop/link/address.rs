//! The last part of a link: which shop, and a secret of the subscription.
//!
//! The shop stands in it because each has a database of its own: without it one would have to look into
//! all of them, or keep a second list that no transaction could hold true.

use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD as BASE64};
use url::Url;
use uuid::Uuid;

use crate::{
    db::{CryptoError, StoreError},
    ids::TenantId,
};

/// 16 bytes in base64.
const PART: usize = 22;

/// Where a subscription is found.
#[derive(Clone, PartialEq, Eq)]
pub struct Address {
    pub tenant: TenantId,
    pub secret: String,
}

impl Address {
    /// Reads the last part of a link; `None` for what no link of ours can be.
    pub fn read(text: &str) -> Option<Self> {
        let (tenant, secret) = text.split_at_checked(PART)?;
        let tenant: [u8; 16] = BASE64.decode(tenant).ok()?.try_into().ok()?;
        let is_secret = secret.len() == PART && BASE64.decode(secret).is_ok_and(|bytes| bytes.len() == 16);
        is_secret.then(|| Self { tenant: TenantId(Uuid::from_bytes(tenant)), secret: secret.to_owned() })
    }

    pub fn write(&self) -> String {
        format!("{}{}", BASE64.encode(self.tenant.0.as_bytes()), self.secret)
    }

    /// The link that users are given.
    pub fn link(&self, pages: &Url) -> String {
        beside(pages, &format!("s/{}", self.write()))
    }

    /// The page that hands the link over to an app.
    pub fn import(&self, pages: &Url, app: &str) -> String {
        beside(pages, &format!("i/{app}/{}", self.write()))
    }
}

/// It is a secret.
impl std::fmt::Debug for Address {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Address").field("tenant", &self.tenant).finish_non_exhaustive()
    }
}

/// A new secret: 128 random bits.
///
/// # Errors
/// [`StoreError::Crypto`] when the machine gives no randomness.
pub(super) fn new_secret() -> Result<String, StoreError> {
    let mut bytes = [0_u8; 16];
    getrandom::fill(&mut bytes).map_err(|_| CryptoError::NoRandomness)?;
    Ok(BASE64.encode(bytes))
}

fn beside(pages: &Url, path: &str) -> String {
    format!("{}/{path}", pages.as_str().trim_end_matches('/'))
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::*;

    #[test]
    fn an_address_reads_back_and_shows_its_secret_to_nobody() {
        let address = Address { tenant: TenantId::new(), secret: new_secret().unwrap() };
        let written = address.write();
        assert_eq!(written.len(), 44);
        assert_eq!(Address::read(&written), Some(address.clone()));
        assert!(!format!("{address:?}").contains(&address.secret));
        let pages = Url::parse("https://botyard.example").unwrap();
        assert_eq!(address.link(&pages), format!("https://botyard.example/s/{written}"));
        assert_eq!(address.import(&pages, "happ"), format!("https://botyard.example/i/happ/{written}"));
    }

    #[rstest]
    #[case("")]
    #[case("short")]
    #[case("AAAAAAAAAAAAAAAAAAAAAA")]
    #[case("AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")]
    #[case("!!!!!!!!!!!!!!!!!!!!!!AAAAAAAAAAAAAAAAAAAAAA")]
    #[case("پپپپپپپپپپپپپپپپپپپپپپ")]
    fn what_is_no_link_of_ours_is_none(#[case] text: &str) {
        assert_eq!(Address::read(text), None);
    }
}
