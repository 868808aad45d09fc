//! The last part of the link by which mail is switched off without signing in: which shop, which user, and
//! our signature over both and the address, so that it ends with the address.

use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD as BASE64};
use subtle::ConstantTimeEq as _;
use url::Url;
use uuid::Uuid;

use crate::{
    db::TenantConn,
    ids::{TenantId, UserId},
};

/// Bytes of each of the three parts.
const PART: usize = 16;

#[derive(Clone, Copy, PartialEq, Eq)]
pub struct Token {
    pub tenant: TenantId,
    pub user: UserId,
    signature: [u8; PART],
}

impl Token {
    pub fn sign(tx: &impl TenantConn, user: UserId, address: &str) -> Self {
        Self { tenant: tx.tenant(), user, signature: signature(tx, user, address) }
    }

    /// Reads the last part of a link; `None` for what no link of ours can be.
    pub fn read(text: &str) -> Option<Self> {
        let bytes = BASE64.decode(text).ok()?;
        let (tenant, rest) = bytes.split_first_chunk::<PART>()?;
        let (user, signature) = rest.split_first_chunk::<PART>()?;
        Some(Self {
            tenant: TenantId(Uuid::from_bytes(*tenant)),
            user: UserId(Uuid::from_bytes(*user)),
            signature: signature.try_into().ok()?,
        })
    }

    pub fn write(&self) -> String {
        let parts = [*self.tenant.0.as_bytes(), *self.user.0.as_bytes(), self.signature];
        BASE64.encode(parts.concat())
    }

    pub fn link(&self, pages: &Url) -> Option<Url> {
        let pages = pages.as_str().trim_end_matches('/');
        Url::parse(&format!("{pages}/m/{}", self.write())).ok()
    }

    /// Whether we signed it for this address.
    pub fn is_of(&self, tx: &impl TenantConn, address: &str) -> bool {
        let own = signature(tx, self.user, address);
        self.tenant == tx.tenant() && bool::from(own.ct_eq(&self.signature))
    }
}

fn signature(tx: &impl TenantConn, user: UserId, address: &str) -> [u8; PART] {
    let hash = tx.sealer().fingerprint("mail-off", format!("{user}|{address}").as_bytes());
    let mut signature = [0; PART];
    let bytes = hex::decode(hash).unwrap_or_default();
    for (to, from) in signature.iter_mut().zip(bytes) {
        *to = from;
    }
    signature
}

/// Whoever has it can switch a user's mail off.
impl std::fmt::Debug for Token {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Token").field("tenant", &self.tenant).finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::*;

    #[test]
    fn a_token_reads_back_and_lies_under_our_pages() {
        let token = Token { tenant: TenantId::new(), user: UserId::new(), signature: [7; PART] };
        let written = token.write();
        assert_eq!(written.len(), 64);
        assert_eq!(Token::read(&written), Some(token));
        let pages = Url::parse("https://botyard.example/").unwrap();
        assert_eq!(token.link(&pages).unwrap().as_str(), format!("https://botyard.example/m/{written}"));
    }

    #[rstest]
    #[case("")]
    #[case("short")]
    #[case("AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")]
    #[case("!AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")]
    fn what_is_no_token_of_ours_is_none(#[case] text: &str) {
        assert_eq!(Token::read(text), None);
    }
}
