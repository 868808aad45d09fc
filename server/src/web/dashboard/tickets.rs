//! `/app/b/{bot}/tickets`: what the shop's users ask.

use app::{
    BotSummary, FormState,
    components::{Problem, Tone},
    pages::dashboard::{OrderChip, TicketRow, TicketsPage},
};
use axum::extract::State;
use chrono::FixedOffset;
use domain::{
    args,
    entities::tenant::{
        ticket::{self, TicketState, Topic},
        user,
    },
    locale::{self, Args, Locale, digits, format},
    shop::support::{
        contact::{self, Contact},
        list::{self, Asked},
    },
};

use super::overview;
use crate::{
    state::AppState,
    web::{PageRequest, Post, WebError, WebResult, guard::ShopBot, live},
};

pub async fn get(State(state): State<AppState>, bot: ShopBot, mut page: PageRequest) -> WebResult {
    let (locale, zone) = (page.locale(), bot.shop.zone());
    let href = address(&bot);
    let chosen = TicketState::from_code(page.query("state"));
    let number: u64 = page.query("page").parse().unwrap_or(0);
    let tx = bot.shop.db.read().await?;
    let counts = list::counts(&tx).await?;
    let found = list::page(&tx, chosen, number).await?;
    let contact = contact::of_shop(&tx).await?;
    drop(tx);
    overview::place(&mut page, &state, &bot).await?;
    let typed = contact.map(|contact| contact.typed).unwrap_or_default();
    let form = page.form_or(|| FormState::filled([("contact", typed)]));
    page.show(TicketsPage {
        bot: overview::summary_of(&bot.bot),
        chips: chips(locale, &href, chosen, &counts),
        rows: found.rows.into_iter().map(|asked| row(locale, zone, &href, asked)).collect(),
        any: !counts.is_empty(),
        newer: number.checked_sub(1).map(|number| filtered(&href, chosen, number)),
        older: number.checked_add(1).filter(|_| found.more).map(|number| filtered(&href, chosen, number)),
        // Rows that move while somebody reads a later page would only confuse.
        events: (number == 0).then(|| live::SHOP.into()),
        address: filtered(&href, chosen, number),
        form,
    })
}

pub async fn post(bot: ShopBot, post: Post) -> WebResult {
    if post.act() != "contact" {
        return Err(WebError::NotFound);
    }
    let contact = match post.optional("contact") {
        None => None,
        Some(typed) => match Contact::read(typed) {
            Some(contact) => Some(contact),
            None => {
                let error = post.error("contact", "error-support-contact", &args![]);
                return Ok(post.refused(&["contact"], vec![error]));
            }
        },
    };
    let tx = bot.shop.db.write().await?;
    contact::set(&tx, contact.as_ref()).await?;
    tx.commit().await?;
    Ok(post.done(&address(&bot), "web-flash-saved", &args![]))
}

pub(super) fn address(bot: &ShopBot) -> String {
    format!("{}/tickets", overview::summary_of(&bot.bot).href())
}

/// `#12`, in the reader's digits.
pub(super) fn number(locale: Locale, ticket: &ticket::Model) -> String {
    format!("#{}", digits::local(locale, &ticket.number.to_string()))
}

pub(super) fn topic(locale: Locale, topic: Topic) -> String {
    locale::text(locale, &format!("web-ticket-topic-{}", topic.code()), &Args::default())
}

pub(super) fn rating(locale: Locale, ticket: &ticket::Model) -> Option<String> {
    let stars = ticket.rating?;
    Some(locale::text(locale, "web-ticket-rating", &args!["count" => stars]))
}

/// @username, or the first name.
pub(super) fn who(user: Option<&user::Model>) -> String {
    let name = user
        .map(|user| user.username.as_ref().map(|name| format!("@{name}")).unwrap_or(user.first_name.clone()));
    name.unwrap_or_default()
}

/// For the overview: users wait for the shop.
pub(super) fn waiting(locale: Locale, bot: &BotSummary, counts: &[(TicketState, i64)]) -> Option<Problem> {
    let (_, count) = counts.iter().find(|(state, _)| *state == TicketState::Waiting)?;
    let action = locale::text(locale, "web-problem-tickets-action", &args![]);
    let code = TicketState::Waiting.code();
    Some(Problem {
        tone: Tone::Info,
        title: locale::text(locale, "web-problem-tickets", &args!["count" => *count]),
        detail: None,
        action: Some((action, format!("{}/tickets?state={code}", bot.href()))),
    })
}

fn row(locale: Locale, zone: FixedOffset, href: &str, Asked { ticket, user }: Asked) -> TicketRow {
    TicketRow {
        number: number(locale, &ticket),
        href: format!("{href}/{}", ticket.id),
        user: who(user.as_ref()),
        topic: topic(locale, ticket.topic),
        state: ticket.state,
        rating: rating(locale, &ticket),
        time: format::date_time_short(locale, ticket.updated_at, zone),
    }
}

fn chips(
    locale: Locale,
    href: &str,
    chosen: Option<TicketState>,
    counts: &[(TicketState, i64)],
) -> Vec<OrderChip> {
    let all = counts.iter().map(|(_, count)| count).sum();
    let chip = |state: Option<TicketState>, key: &str, count| OrderChip {
        label: locale::text(locale, key, &Args::default()),
        count: format::number(locale, count),
        href: filtered(href, state, 0),
        chosen: state == chosen,
    };
    let states = counts.iter().map(|(state, count)| {
        let code = state.code();
        chip(Some(*state), &format!("web-ticket-state-{code}"), *count)
    });
    std::iter::once(chip(None, "web-tickets-all", all)).chain(states).collect()
}

fn filtered(href: &str, state: Option<TicketState>, page: u64) -> String {
    let mut query = url::form_urlencoded::Serializer::new(String::new());
    if let Some(state) = state {
        query.append_pair("state", &state.code());
    }
    if page > 0 {
        query.append_pair("page", &page.to_string());
    }
    match query.finish() {
        query if query.is_empty() => href.to_owned(),
        query => format!("{href}?{query}"),
    }
}
