//! What an e-mail address and a password must be.

/// The longest address that mail accepts (RFC 5321 §4.5.3.1.3, less the angle brackets).
const EMAIL_MAX: usize = 254;
/// The longest part before the `@` (RFC 5321 §4.5.3.1.1).
const LOCAL_MAX: usize = 64;
pub const PASSWORD_MIN: usize = 12;
/// Long enough for a pass phrase, short enough that hashing it costs nothing extra.
pub const PASSWORD_MAX: usize = 256;

/// Common passwords of at least [`PASSWORD_MIN`] characters, in lower case, one a line. The shorter
/// ones of the published lists are refused by their length.
const COMMON: &str = include_str!("common_passwords.txt");

/// Why an e-mail address is refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("not an e-mail address")]
pub struct BadEmail;

/// Why a password is refused.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum BadPassword {
    #[error("the password is too short")]
    TooShort,
    #[error("the password is too long")]
    TooLong,
    /// On the list of common ones, or of hardly any different characters.
    #[error("the password is easy to guess")]
    Common,
    #[error("the password is the address")]
    Personal,
}

/// The address as we store and compare it: trimmed, in lower case.
///
/// Only the form is checked; whether it exists is shown by the mail that reaches it.
///
/// # Errors
/// [`BadEmail`].
pub fn normalise_email(typed: &str) -> Result<String, BadEmail> {
    let email = typed.trim().to_lowercase();
    let (local, domain) = email.rsplit_once('@').ok_or(BadEmail)?;
    let local_ok = (1..=LOCAL_MAX).contains(&local.len())
        && !local.starts_with('.')
        && !local.ends_with('.')
        && !local.contains("..")
        && local.chars().all(|c| c.is_alphanumeric() || "!#$%&'*+/=?^_`{|}~.-".contains(c));
    let label_ok = |label: &str| {
        (1..=63).contains(&label.len())
            && !label.starts_with('-')
            && !label.ends_with('-')
            && label.chars().all(|c| c.is_alphanumeric() || c == '-')
    };
    let domain_ok = domain.contains('.') && domain.split('.').all(label_ok);
    (email.len() <= EMAIL_MAX && local_ok && domain_ok).then_some(email).ok_or(BadEmail)
}

/// Checks a new password. Any characters are welcome; length is what counts.
///
/// # Errors
/// [`BadPassword`].
pub fn check_password(password: &str, email: &str) -> Result<(), BadPassword> {
    if password.chars().count() < PASSWORD_MIN {
        return Err(BadPassword::TooShort);
    }
    if password.len() > PASSWORD_MAX {
        return Err(BadPassword::TooLong);
    }
    let lower = password.to_lowercase();
    let mut different: Vec<_> = lower.chars().collect();
    different.sort_unstable();
    different.dedup();
    let common = COMMON.lines().any(|line| line == lower);
    if lower == email {
        return Err(BadPassword::Personal);
    }
    if common || different.len() < 4 {
        return Err(BadPassword::Common);
    }
    Ok(())
}

/// The name of an account that gave none: what stands before the `@`.
pub fn name_from_email(email: &str) -> String {
    email.split('@').next().unwrap_or(email).to_owned()
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::*;

    #[rstest]
    #[case("Ali@Example.com ", Some("ali@example.com"))]
    #[case("a.b+c@shop.co.uk", Some("a.b+c@shop.co.uk"))]
    #[case("почта@пример.рф", Some("почта@пример.рф"))]
    #[case("no-at.example.com", None)]
    #[case("@example.com", None)]
    #[case("ali@localhost", None)]
    #[case("ali@-example.com", None)]
    #[case("ali@example..com", None)]
    #[case("a..b@example.com", None)]
    #[case("ali baba@example.com", None)]
    #[case("ali@exa mple.com", None)]
    #[case("ali\r\nbcc:x@example.com", None)]
    #[case("<ali@example.com>", None)]
    #[case("", None)]
    fn addresses_are_taken_by_their_form(#[case] typed: &str, #[case] stored: Option<&str>) {
        assert_eq!(normalise_email(typed).ok().as_deref(), stored);
    }

    #[test]
    fn an_address_that_mail_cannot_carry_is_refused() {
        assert_eq!(normalise_email(&format!("{}@example.com", "a".repeat(65))), Err(BadEmail));
    }

    #[rstest]
    #[case("short", Err(BadPassword::TooShort))]
    #[case("elevenchars", Err(BadPassword::TooShort))]
    #[case("twelve chars", Ok(()))]
    #[case("رمز عبور بلند من", Ok(()))]
    #[case("Password1234", Err(BadPassword::Common))]
    #[case("aaaaaaaaaaaaaa", Err(BadPassword::Common))]
    #[case("121212121212121", Err(BadPassword::Common))]
    #[case("Ali@example.com", Err(BadPassword::Personal))]
    fn passwords_are_long_and_not_common(#[case] password: &str, #[case] outcome: Result<(), BadPassword>) {
        assert_eq!(check_password(password, "ali@example.com"), outcome);
    }

    #[test]
    fn the_list_of_common_passwords_holds_only_what_length_lets_through() {
        for line in COMMON.lines() {
            assert!(line.chars().count() >= PASSWORD_MIN, "{line}");
            assert_eq!(line.to_lowercase(), line);
        }
    }
}
