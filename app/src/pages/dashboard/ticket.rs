//! `/app/b/{bot}/tickets/{id}`: what was said, and the answer.

use domain::{args, entities::tenant::ticket::TicketState};
use leptos::prelude::*;

use super::tickets::state_tag;
use crate::{
    components::{AppShell, Area, BackLink, ErrorSummary, Icon, LiveUpdates, TextArea},
    context::{BotSummary, FormState, t, t_with},
    ssr::{Head, Page},
};

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TicketPage {
    pub bot: BotSummary,
    pub id: String,
    /// `#12`
    pub number: String,
    pub state: TicketState,
    pub topic: String,
    /// @username or name.
    pub user: String,
    pub telegram_id: String,
    pub rating: Option<String>,
    /// Older ones are not shown.
    pub cut: bool,
    pub messages: Vec<TicketLine>,
    /// Names this form: sent twice, it answers once.
    pub key: String,
    pub form: FormState,
    pub events: Option<String>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TicketLine {
    pub from_shop: bool,
    /// Who of the shop answered.
    pub by: Option<String>,
    pub lines: Vec<String>,
    pub file: Option<TicketFile>,
    pub time: String,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum TicketFile {
    Picture { href: String },
    Other { name: String, href: String },
}

impl TicketPage {
    fn href(&self) -> String {
        format!("{}/tickets/{}", self.bot.href(), self.id)
    }
}

impl Page for TicketPage {
    fn head(&self) -> Head {
        Head::in_shell(format!("{}: {}", self.bot.name, self.number))
    }

    fn body(self) -> AnyView {
        let (events, page) = (self.events.clone(), self.href());
        let back = format!("{}/tickets", self.bot.href());
        let answer = answer(&self);
        view! {
            <AppShell area=Area::Tickets title=t_with("web-ticket-title", &args!["number" => self.number.clone()])>
                <BackLink href=back text=t("web-tickets-title")/>
                <div class="grid gap-5 max-w-2xl">
                    <div id="thread">{thread(self)}</div>
                    {answer}
                </div>
                <LiveUpdates id="thread" page events/>
            </AppShell>
        }
        .into_any()
    }

    fn fragment(self, id: &str) -> Option<AnyView> {
        (id == "thread").then(|| thread(self))
    }
}

fn thread(page: TicketPage) -> AnyView {
    let close = (page.state != TicketState::Closed).then(|| {
        view! {
            <form method="post" action=page.href()>
                <button class="btn btn-line" name="act" value="close">
                    <Icon name="check"/>
                    {t("web-ticket-close")}
                </button>
            </form>
        }
    });
    let cut = page.cut.then(|| view! { <p class="hint">{t("web-ticket-cut")}</p> });
    view! {
        <section class="sheet" aria-labelledby="thread-title">
            <div class="sheet-h flex-wrap">
                <div class="flex-1 min-w-0 max-sm:basis-full">
                    <h2 id="thread-title">{page.topic}</h2>
                    <p class="text-sm text-muted">
                        <bdi>{page.user}</bdi>
                        " · "
                        <bdi class="ltr num">{page.telegram_id}</bdi>
                        {page.rating.map(|rating| view! { <span class="num">" · " {rating}</span> })}
                    </p>
                </div>
                {state_tag(page.state)}
                {close}
            </div>
            <div class="p-4.5 flex flex-col gap-3">{cut} {page.messages.into_iter().map(line).collect_view()}</div>
        </section>
    }
    .into_any()
}

fn line(line: TicketLine) -> AnyView {
    let who = match (line.from_shop, line.by) {
        (false, _) => t("web-ticket-user"),
        (true, Some(by)) => by,
        (true, None) => t("web-ticket-shop"),
    };
    let file = line.file.map(|file| match file {
        TicketFile::Picture { href } => view! {
            <a href=href.clone() class="block">
                <img src=href.clone() alt=t("web-ticket-picture") class="rounded-box" loading="lazy"/>
            </a>
        }
        .into_any(),
        TicketFile::Other { name, href } => view! {
            <a class="link flex items-center gap-1" href=href>
                <Icon name="paperclip" class="i-s"/>
                <bdi>{name}</bdi>
            </a>
        }
        .into_any(),
    });
    let paragraphs = line.lines.into_iter().map(|text| view! { <p dir="auto">{text}</p> }).collect_view();
    view! {
        <article class=if line.from_shop { "bub me" } else { "bub" }>
            <p class="text-xs text-muted">
                <bdi>{who}</bdi>
            </p>
            {file}
            {paragraphs}
            <time>{line.time}</time>
        </article>
    }
    .into_any()
}

fn answer(page: &TicketPage) -> AnyView {
    let form = page.form.clone();
    let hint = if page.state == TicketState::Closed {
        "web-ticket-answer-reopens"
    } else {
        "web-ticket-answer-hint"
    };
    view! {
        <form method="post" action=page.href() class="sheet p-4.5 grid gap-3">
            <ErrorSummary form=form.clone()/>
            <input type="hidden" name="key" value=page.key.clone()/>
            <TextArea form name="answer" label=t("web-ticket-answer") hint=t(hint) maxlength=3000 required=true/>
            <div class="flex flex-wrap gap-2">
                <button class="btn btn-primary max-sm:w-full" name="act" value="answer">
                    <Icon name="send"/>
                    {t("web-ticket-send")}
                </button>
                <button class="btn btn-line max-sm:w-full" name="act" value="answer_and_close">
                    {t("web-ticket-send-and-close")}
                </button>
            </div>
        </form>
    }
    .into_any()
}
