//! Why a server took no mail, and whether the address is to blame.
//!
//! What the server says besides its codes is left out of our words: it names the address.

use domain::ports::MailError;
use lettre::transport::smtp;

/// What lettre's error means.
pub(super) fn class_of(error: &smtp::Error) -> MailError {
    let Some(code) = error.status() else {
        let what = if error.is_timeout() {
            "the mail server does not answer"
        } else if error.is_tls() {
            "there is no TLS with the mail server"
        } else {
            "the mail server cannot be reached"
        };
        return MailError::Retry(what.into());
    };
    let said = std::error::Error::source(error).map(ToString::to_string).unwrap_or_default();
    class_of_reply(u16::from(code), enhanced(&said))
}

/// `None` where the server gives no enhanced code (RFC 3463).
pub(super) fn class_of_reply(code: u16, enhanced: Option<(u16, u16)>) -> MailError {
    let words = match enhanced {
        Some((subject, detail)) => format!("{code} {}.{subject}.{detail}", code / 100),
        None => code.to_string(),
    };
    match (code, enhanced) {
        // It may be over in a while. A login that is refused is the operator's to mend, and mail waits for it.
        (400..=499 | 530..=538, _) => MailError::Retry(words),
        // The sender's address.
        (_, Some((1, 7 | 8))) => MailError::Failed(words),
        // The mailbox, or what it takes: only a message that is too long is ours.
        (500..=599, Some((1, _))) => MailError::Refused(words),
        (500..=599, Some((2, detail))) if detail != 3 => MailError::Refused(words),
        (550..=553 | 556, None) => MailError::Refused(words),
        _ => MailError::Failed(words),
    }
}

/// `550 5.1.1 …` and `5.1.1 …` have one.
pub(super) fn enhanced(said: &str) -> Option<(u16, u16)> {
    said.split(|sign: char| !sign.is_ascii_digit() && sign != '.').find_map(|word| {
        let mut parts = word.split('.');
        let class = parts.next()?;
        let (subject, detail) = (parts.next()?.parse().ok()?, parts.next()?.parse().ok()?);
        (matches!(class, "2" | "4" | "5") && parts.next().is_none()).then_some((subject, detail))
    })
}
