//! `/sandbox/mail`: what the shop's users would have got by mail.

use app::pages::sandbox::{MailboxPage, SandboxMail};
use axum::extract::State;
use domain::locale::format;

use crate::{
    sandbox::mailbox::Delivered,
    state::AppState,
    web::{
        PageRequest, WebError, WebResult,
        guard::{SignedIn, zone_of},
    },
};

pub async fn get(State(state): State<AppState>, who: SignedIn, page: PageRequest) -> WebResult {
    let mailbox = &state.sandbox.as_ref().ok_or(WebError::NotFound)?.mailbox;
    let (shop, zone) = (who.0.tenant.as_ref(), zone_of(who.0.tenant.as_ref()));
    let own = mailbox.mails().into_iter().filter(|one| shop.is_some_and(|shop| shop.id == one.mail.tenant));
    let locale = page.locale();
    let mails = own.map(|Delivered { mail, at }| SandboxMail {
        from: mail.from,
        to: mail.to,
        at: format::date_time(locale, at, zone),
        subject: mail.subject,
        lines: mail.text.lines().filter(|line| !line.trim().is_empty()).map(str::to_owned).collect(),
        unsubscribe: mail.unsubscribe.map(String::from),
    });
    let mails = mails.collect();
    page.show(MailboxPage { mails })
}
