//! A mail as it travels (RFC 5322), with the headers by which programs offer to switch it off (RFC 2369 and
//! RFC 8058) and by which machines know not to answer (RFC 3834).

use chrono::{DateTime, Utc};
use domain::ports::{Mail, MailError};
use lettre::{
    Address, Message,
    message::{
        Mailbox, MultiPart,
        header::{Date, HeaderName, HeaderValue},
    },
};

pub(super) fn build(mail: &Mail, from: &Address, now: DateTime<Utc>) -> Result<Message, MailError> {
    let to: Address = mail.to.parse().map_err(|_| MailError::Refused("it is no address".into()))?;
    let sender = Mailbox::new(Some(one_line(&mail.from)), from.clone());
    let mut builder = Message::builder()
        .from(sender)
        .to(Mailbox::new(None, to))
        .subject(one_line(&mail.subject))
        .header(Date::new(now.into()))
        .message_id(Some(format!("<{}@{}>", mail.id, from.domain())))
        .raw_header(header("Auto-Submitted", "auto-generated"));
    if let Some(page) = &mail.unsubscribe {
        builder = builder
            .raw_header(header("List-Unsubscribe", &format!("<{page}>")))
            .raw_header(header("List-Unsubscribe-Post", "List-Unsubscribe=One-Click"));
    }
    let body = MultiPart::alternative_plain_html(mail.text.clone(), mail.html.clone());
    builder.multipart(body).map_err(|error| MailError::Failed(error.to_string()))
}

fn header(name: &'static str, value: &str) -> HeaderValue {
    HeaderValue::new(HeaderName::new_from_ascii_str(name), value.to_owned())
}

/// Whatever was typed into a shop's name or a plan's: no header begins within another.
fn one_line(text: &str) -> String {
    let spaced: String = text.chars().map(|sign| if sign.is_control() { ' ' } else { sign }).collect();
    spaced.trim().to_owned()
}
