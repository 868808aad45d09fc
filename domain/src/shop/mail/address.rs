//! Addresses that people type.
//!
//! Only what every server takes: letters, digits and the few signs that need no quotes before the `@`
//! (RFC 5321, 4.1.2, `Dot-string`), and a name of the public net behind it, which may be typed in any
//! script and is kept in its form for machines.

use std::fmt;

use url::Host;

use crate::locale::digits;

/// Octets (RFC 5321, 4.5.3.1).
const MOST: usize = 254;
const MOST_BEFORE: usize = 64;

/// An address of the right form; whether it is anybody's nobody knows yet.
#[derive(Clone, PartialEq, Eq)]
pub struct MailAddress(String);

/// What is wrong with what was typed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum BadAddress {
    #[error("there is no single @ in it")]
    NoAt,
    #[error("what stands before the @ is no mailbox")]
    Mailbox,
    #[error("what stands behind the @ is no host")]
    Host,
}

impl MailAddress {
    /// Reads what a person typed or pasted: blanks, marks of direction and `<…>` around it do not count.
    ///
    /// # Errors
    /// [`BadAddress`].
    pub fn read(typed: &str) -> Result<Self, BadAddress> {
        let plain: String = digits::western(typed).chars().filter(|sign| !is_mark(*sign)).collect();
        let plain = plain.trim().trim_start_matches("mailto:");
        let plain = plain.trim_start_matches('<').trim_end_matches('>');
        let plain = plain.replace(['＠', '﹫'], "@");
        let (mailbox, host) = plain.split_once('@').ok_or(BadAddress::NoAt)?;
        if host.contains('@') {
            return Err(BadAddress::NoAt);
        }
        if !is_mailbox(mailbox) {
            return Err(BadAddress::Mailbox);
        }
        let host = host_of(host).ok_or(BadAddress::Host)?;
        let address = format!("{mailbox}@{host}");
        if address.len() > MOST { Err(BadAddress::Host) } else { Ok(Self(address)) }
    }

    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// For whoever may know that there is one, and not which.
pub fn masked(address: &str) -> String {
    let (mailbox, host) = address.split_once('@').unwrap_or((address, ""));
    let first: String = mailbox.chars().take(1).collect();
    format!("{first}•••@{host}")
}

fn is_mailbox(text: &str) -> bool {
    let is_sign = |byte: u8| byte.is_ascii_alphanumeric() || b"!#$%&'*+/=?^_`{|}~-".contains(&byte);
    let is_part = |part: &str| !part.is_empty() && part.bytes().all(is_sign);
    text.len() <= MOST_BEFORE && text.split('.').all(is_part)
}

/// As machines write it; `None` for what is no name of the public net.
fn host_of(text: &str) -> Option<String> {
    if !text.chars().all(|sign| sign.is_alphanumeric() || sign == '-' || sign == '.') {
        return None;
    }
    let Host::Domain(host) = Host::parse(text).ok()? else { return None };
    let is_label = |label: &str| {
        let inner = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'-';
        (1..=63).contains(&label.len())
            && label.bytes().all(inner)
            && !label.starts_with('-')
            && !label.ends_with('-')
    };
    let (_, last) = host.rsplit_once('.')?;
    let is_public = last.len() >= 2 && !last.bytes().all(|byte| byte.is_ascii_digit());
    (is_public && host.split('.').all(is_label)).then_some(host)
}

/// Invisible, and pasted along.
fn is_mark(sign: char) -> bool {
    matches!(sign, '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2060}' | '\u{2066}'..='\u{2069}' | '\u{FEFF}')
}

/// It is personal.
impl fmt::Debug for MailAddress {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&masked(&self.0))
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use rstest::rstest;

    use super::*;

    #[rstest]
    #[case("sara@example.com", "sara@example.com")]
    #[case("  Sara.Q+vpn@Example.COM \n", "Sara.Q+vpn@example.com")]
    #[case("sara۱۳۷۰@example.com", "sara1370@example.com")]
    #[case("sara٢@example.com", "sara2@example.com")]
    #[case("<sara@example.com>", "sara@example.com")]
    #[case("mailto:sara@example.com", "sara@example.com")]
    #[case("\u{200F}sara@example.com\u{200E}", "sara@example.com")]
    #[case("sara＠example.com", "sara@example.com")]
    #[case("info@почта.рф", "info@xn--80a1acny.xn--p1ai")]
    #[case("a@b.co", "a@b.co")]
    fn an_address_is_read_as_it_is_typed(#[case] typed: &str, #[case] kept: &str) {
        assert_eq!(MailAddress::read(typed).unwrap().as_str(), kept);
    }

    #[rstest]
    #[case("", BadAddress::NoAt)]
    #[case("sara", BadAddress::NoAt)]
    #[case("sara@one@example.com", BadAddress::NoAt)]
    #[case("@example.com", BadAddress::Mailbox)]
    #[case("sara q@example.com", BadAddress::Mailbox)]
    #[case(".sara@example.com", BadAddress::Mailbox)]
    #[case("sara..q@example.com", BadAddress::Mailbox)]
    #[case("سارا@example.com", BadAddress::Mailbox)]
    #[case("sara\r\nbcc: x@example.com", BadAddress::Mailbox)]
    #[case("\"sara\"@example.com", BadAddress::Mailbox)]
    #[case("sara@", BadAddress::Host)]
    #[case("sara@localhost", BadAddress::Host)]
    #[case("sara@127.0.0.1", BadAddress::Host)]
    #[case("sara@[127.0.0.1]", BadAddress::Host)]
    #[case("sara@example.com, x", BadAddress::Host)]
    #[case("sara@example.com\r\nbcc:x", BadAddress::Host)]
    #[case("sara@-example.com", BadAddress::Host)]
    #[case("sara@example..com", BadAddress::Host)]
    #[case("sara@example.c", BadAddress::Host)]
    fn what_is_no_address_is_refused_with_its_reason(#[case] typed: &str, #[case] why: BadAddress) {
        assert_eq!(MailAddress::read(typed), Err(why));
    }

    #[test]
    fn an_address_that_is_printed_or_masked_tells_its_host_alone() {
        let address = MailAddress::read("sara.q@example.com").unwrap();
        assert_eq!(format!("{address:?}"), "s•••@example.com");
        assert_eq!(masked("x@y.org"), "x•••@y.org");
    }

    proptest! {
        #[test]
        fn whatever_is_taken_is_one_plain_word_that_reads_back(typed in ".{0,80}") {
            check(&typed)?;
        }

        #[test]
        fn what_looks_like_an_address_is_plain_too(typed in "[a-z۰-۹.+\r\n<>,;\" -]{1,70}@[a-zA-Z۰-۹а-я.\r\n:-]{1,80}") {
            check(&typed)?;
        }

        #[test]
        fn plain_addresses_are_taken_as_they_are(typed in "[a-z0-9]{1,20}(\\.[a-z0-9_+-]{1,20})?@[a-z]{2,20}\\.[a-z]{2,10}") {
            let address = MailAddress::read(&typed).unwrap();
            prop_assert_eq!(address.as_str(), typed);
        }
    }

    fn check(typed: &str) -> Result<(), TestCaseError> {
        if let Ok(address) = MailAddress::read(typed) {
            let text = address.as_str();
            prop_assert!(text.is_ascii() && text.len() <= MOST && text.matches('@').count() == 1);
            prop_assert!(
                !text.contains(|sign: char| sign.is_whitespace() || "<>,;:\"\\()[]".contains(sign)),
                "{}",
                text
            );
            prop_assert_eq!(MailAddress::read(text).unwrap(), address.clone());
        }
        Ok(())
    }
}
