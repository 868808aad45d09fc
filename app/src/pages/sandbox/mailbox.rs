//! The sandbox's mailbox: what the shop's users would have got by mail.

use domain::locale::args;
use leptos::prelude::*;

use super::frame::frame;
use crate::{
    components::EmptyState,
    context::{t, t_with},
    ssr::{Head, Page},
};

#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct MailboxPage {
    /// The newest first.
    pub mails: Vec<SandboxMail>,
}

/// One mail as its reader sees it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct SandboxMail {
    /// The shop's name.
    pub from: String,
    pub to: String,
    pub at: String,
    pub subject: String,
    /// Its plain text, line by line.
    pub lines: Vec<String>,
    /// Where it is switched off.
    pub unsubscribe: Option<String>,
}

impl Page for MailboxPage {
    fn head(&self) -> Head {
        Head::titled(t("web-mailbox-title"))
    }

    fn body(self) -> AnyView {
        let parts = if self.mails.is_empty() {
            view! {
                <div class="mt-7">
                    <EmptyState icon="send" title=t("web-mailbox-empty") text=t("web-mailbox-empty-text")/>
                </div>
            }
            .into_any()
        } else {
            view! { <ul class="grid gap-3 mt-7">{self.mails.into_iter().map(row).collect_view()}</ul> }
                .into_any()
        };
        frame(t("web-mailbox-title"), t("web-mailbox-lead"), parts)
    }
}

/// Each line runs in the direction of its own words: a Persian mail is read by whoever reads English here.
fn row(mail: SandboxMail) -> impl IntoView {
    let shown = |line| view! { <p class="wrap-anywhere" dir="auto">{line}</p> };
    let lines = mail.lines.into_iter().map(shown).collect_view();
    view! {
        <li class="sheet p-4.5 grid gap-2">
            <div class="flex flex-wrap items-center gap-x-3">
                <p class="font-medium me-auto"><bdi>{mail.from}</bdi></p>
                <p class="text-sm text-muted num">{mail.at}</p>
            </div>
            <p class="text-sm text-muted">
                {t_with("web-mailbox-to", &args!["address" => mail.to])}
            </p>
            <h2 class="text-lg wrap-anywhere" dir="auto">{mail.subject}</h2>
            <div class="grid gap-2">{lines}</div>
            {mail
                .unsubscribe
                .map(|href| {
                    view! {
                        <a class="link inline-flex items-center min-h-8" href=href rel="noreferrer">
                            {t("web-mailbox-unsubscribe")}
                        </a>
                    }
                })}
        </li>
    }
}
