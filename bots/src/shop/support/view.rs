//! Tickets as their users and the shop's owner see them.

use domain::{
    args,
    entities::tenant::{
        ticket::{Model, TicketState, Topic},
        ticket_message::{self as message, Author, FileKind},
        user,
    },
    ids::BotId,
    locale::{Args, digits},
    shop::support::{
        contact::Contact,
        list::Page,
        rules::{Limit, OPEN_AT_MOST, STARS, can_rate},
    },
};

use crate::{
    callback::{Act, Callback},
    keyboard::{Button, Keyboard, Style},
    reader::Reader,
    screen::Screen,
};

/// The UTF-16 units that a thread's messages may take together; the rest of the 4 096 is what stands
/// around them.
const THREAD: usize = 3_200;
/// Of one message in a thread.
const ONE: usize = 900;
/// Of a message beside a file: a caption holds 1 024.
const CAPTION: usize = 700;

pub fn home(reader: Reader, has_own: bool, contact: Option<&Contact>) -> Screen {
    let new = reader.button("bot-support-btn-new", Callback::SupportNew).style(Style::Primary);
    let own = has_own.then(|| reader.button("bot-support-btn-mine", Callback::Tickets(0)));
    let direct =
        contact.map(|contact| Button::url(reader.plain("bot-support-btn-contact", &args![]), &*contact.url));
    let check = reader.button("bot-support-btn-check", Callback::Check);
    let keyboard = Keyboard::new().row(new).row(check).row_if(own).row_if(direct);
    Screen::new(reader.html("bot-support-title", &args![]), reader.way_back(keyboard, Callback::Menu))
}

pub fn topics(reader: Reader) -> Screen {
    let keyboard = Topic::ALL.into_iter().fold(Keyboard::new(), |keyboard, topic| {
        keyboard.row(Button::callback(name(reader, topic), Callback::SupportAsk(topic)))
    });
    Screen::new(
        reader.html("bot-support-topics-title", &args![]),
        reader.way_back(keyboard, Callback::Support),
    )
}

pub fn ask(reader: Reader, topic: Topic) -> Screen {
    let text = reader.html("bot-support-ask-body", &args!["topic" => name(reader, topic)]);
    Screen::new(text, reader.way_back(Keyboard::new(), Callback::SupportNew))
}

pub fn ask_more(reader: Reader, ticket: &Model) -> Screen {
    let text = reader.html("bot-support-ask-more-body", &values(reader, ticket));
    Screen::new(text, reader.way_back(Keyboard::new(), Callback::Ticket(ticket.id)))
}

/// Something that cannot be taken: the question stands.
pub fn ask_again(reader: Reader, key: &str, back: Callback) -> Screen {
    Screen::new(reader.html(key, &args![]), reader.way_back(Keyboard::new(), back))
}

pub fn sent(reader: Reader, ticket: &Model) -> Screen {
    let text = reader.html("bot-support-sent-body", &values(reader, ticket));
    let look = reader.button("bot-support-btn-thread", Callback::Ticket(ticket.id));
    Screen::new(text, reader.way_back(Keyboard::new().row(look), Callback::Menu))
}

pub fn too_much(reader: Reader, limit: Limit) -> Screen {
    let count = i64::try_from(OPEN_AT_MOST).unwrap_or(i64::MAX);
    let text = match limit {
        Limit::Open => reader.html("bot-support-err-open-body", &args!["count" => count]),
        Limit::Hour => reader.html("bot-support-err-hour-body", &args![]),
    };
    let own = reader.button("bot-support-btn-mine", Callback::Tickets(0)).style(Style::Primary);
    Screen::new(text, reader.way_back(Keyboard::new().row(own), Callback::Support))
}

pub fn list(reader: Reader, page: &Page<Model>, number: u16) -> Screen {
    let mut keyboard = Keyboard::new();
    for ticket in &page.rows {
        keyboard = keyboard.row(Button::callback(label(reader, ticket), Callback::Ticket(ticket.id)));
    }
    let newer =
        number.checked_sub(1).map(|page| reader.button("bot-support-btn-newer", Callback::Tickets(page)));
    let older = number.checked_add(1).filter(|_| page.more);
    let older = older.map(|page| reader.button("bot-support-btn-older", Callback::Tickets(page)));
    let keyboard = match (newer, older) {
        (Some(newer), Some(older)) => keyboard.pair(newer, older),
        (newer, older) => keyboard.row_if(newer).row_if(older),
    };
    let key = if page.rows.is_empty() { "bot-support-list-empty" } else { "bot-support-list-title" };
    let keyboard = match page.rows.is_empty() {
        true => {
            keyboard.row(reader.button("bot-support-btn-new", Callback::SupportNew).style(Style::Primary))
        }
        false => keyboard,
    };
    Screen::new(reader.html(key, &args![]), reader.way_back(keyboard, Callback::Support))
}

/// The newest messages that fit.
pub fn thread(reader: Reader, ticket: &Model, said: &[message::Model]) -> Screen {
    Screen::new(conversation(reader, ticket, said, None), actions(reader, ticket))
}

/// The same for the shop's people. `page` is the ticket in the panel.
pub fn of_staff(
    reader: Reader,
    ticket: &Model,
    said: &[message::Model],
    asker: Option<&user::Model>,
    page: Option<String>,
) -> Screen {
    let answer = reader
        .button("bot-support-staff-btn-answer", Callback::TicketAnswer(ticket.id))
        .style(Style::Primary);
    let look = page.map(|page| Button::url(reader.plain("bot-support-staff-btn-look", &args![]), page));
    let close = (ticket.state != TicketState::Closed)
        .then(|| reader.button("bot-support-staff-btn-close", Callback::TicketDone(ticket.id)));
    let name = asker.map(who).unwrap_or_default();
    let asker = asker.map(|asker| {
        let label = reader.plain("bot-support-staff-btn-asker", &args!["name" => who(asker)]);
        Button::callback(label, Callback::Staff(Act::User(asker.id)))
    });
    let keyboard = Keyboard::new().row(answer).row_if(look).row_if(close).row_if(asker);
    let text = conversation(reader, ticket, said, Some(&name));
    Screen::new(text, reader.way_back(keyboard, Callback::Staff(Act::Tickets(0))))
}

/// A ticket in a list.
pub fn label(reader: Reader, ticket: &Model) -> String {
    reader.plain("bot-support-list-btn-ticket", &values(reader, ticket))
}

/// `asker` is named where the reader is not himself who asked.
fn conversation(reader: Reader, ticket: &Model, said: &[message::Model], asker: Option<&str>) -> String {
    let (mut blocks, mut room) = (Vec::new(), THREAD);
    for row in said.iter().rev() {
        let words = spoken(reader, row, ONE);
        let length = words.encode_utf16().count() + 60;
        if length > room && !blocks.is_empty() {
            blocks.push(reader.html("bot-support-thread-earlier", &args![]));
            break;
        }
        room = room.saturating_sub(length);
        let values = args!["time" => reader.date_time(row.created_at), "text" => words];
        blocks.push(match (row.author, asker) {
            (Author::User, None) => reader.html("bot-support-thread-me", &values),
            (Author::User, Some(name)) => {
                reader.html("bot-support-staff-thread-user", &values.with("user", name))
            }
            (Author::Staff, _) => reader.html("bot-support-thread-shop", &values),
        });
    }
    blocks.push(title(reader, ticket));
    blocks.reverse();
    blocks.join("\n\n")
}

pub fn closed(reader: Reader, ticket: &Model) -> Screen {
    Screen::new(reader.html("bot-support-closed-body", &values(reader, ticket)), actions(reader, ticket))
}

/// To the user: what the shop says.
pub fn answer(reader: Reader, bot: BotId, ticket: &Model, row: &message::Model) -> Screen {
    let words = spoken(reader, row, room_of(row));
    let text = reader.html("bot-support-answer-body", &values(reader, ticket).with("text", words));
    let reply =
        reader.button("bot-support-btn-reply", Callback::TicketReply(ticket.id)).style(Style::Primary);
    let close = reader.button("bot-support-btn-solved", Callback::TicketClose(ticket.id));
    let keyboard = reader.way_back(Keyboard::new().row(reply).row(close), Callback::Menu);
    with_file(Screen::new(text, keyboard), bot, row)
}

/// To the user: the shop has closed it.
pub fn closed_by_shop(reader: Reader, ticket: &Model) -> Screen {
    let text = reader.html("bot-support-closed-shop-body", &values(reader, ticket));
    Screen::new(text, actions(reader, ticket))
}

/// To the owner: what a user wrote, and what can be done about it. `page` is the ticket in the panel.
pub fn written(
    reader: Reader,
    bot: BotId,
    ticket: &Model,
    row: &message::Model,
    asker: Option<&user::Model>,
    page: Option<String>,
) -> Screen {
    let words = spoken(reader, row, room_of(row));
    let values = values(reader, ticket).with("user", asker.map(who).unwrap_or_default()).with("text", words);
    let answer = reader
        .button("bot-support-staff-btn-answer", Callback::TicketAnswer(ticket.id))
        .style(Style::Primary);
    let look = page.map(|page| Button::url(reader.plain("bot-support-staff-btn-look", &args![]), page));
    let close = reader.button("bot-support-staff-btn-close", Callback::TicketDone(ticket.id));
    let keyboard = Keyboard::new().row(answer).row_if(look).row(close);
    with_file(Screen::new(reader.html("bot-support-staff-body", &values), keyboard), bot, row)
}

pub fn ask_for_answer(reader: Reader, ticket: &Model) -> Screen {
    let text = reader.html("bot-support-staff-ask-body", &values(reader, ticket));
    Screen::new(text, reader.way_back(Keyboard::new(), Callback::Menu))
}

pub fn answer_again(reader: Reader, key: &str) -> Screen {
    Screen::new(reader.html(key, &args![]), reader.way_back(Keyboard::new(), Callback::Menu))
}

pub fn answered(reader: Reader, ticket: &Model) -> Screen {
    let text = reader.html("bot-support-staff-answered-body", &values(reader, ticket));
    let more = reader.button("bot-support-staff-btn-more", Callback::TicketAnswer(ticket.id));
    let close = reader.button("bot-support-staff-btn-close", Callback::TicketDone(ticket.id));
    Screen::new(text, reader.way_back(Keyboard::new().row(more).row(close), Callback::Menu))
}

pub fn closed_by_staff(reader: Reader, ticket: &Model) -> Screen {
    let text = reader.html("bot-support-staff-closed-body", &values(reader, ticket));
    Screen::new(text, reader.way_back(Keyboard::new(), Callback::Menu))
}

fn actions(reader: Reader, ticket: &Model) -> Keyboard {
    let is_closed = ticket.state == TicketState::Closed;
    let key = if is_closed { "bot-support-btn-again" } else { "bot-support-btn-reply" };
    let reply = reader.button(key, Callback::TicketReply(ticket.id));
    let mut keyboard = Keyboard::new();
    if can_rate(ticket.state, ticket.rating) {
        let star = |stars: u8| {
            let label = reader.plain("bot-support-rate-btn-star", &args!["count" => i64::from(stars)]);
            Button::callback(label, Callback::TicketRate { ticket: ticket.id, stars })
        };
        keyboard = keyboard.line(STARS.filter_map(|stars| u8::try_from(stars).ok()).map(star).collect());
    }
    keyboard = keyboard.row(if is_closed { reply } else { reply.style(Style::Primary) });
    if !is_closed {
        keyboard = keyboard.row(reader.button("bot-support-btn-solved", Callback::TicketClose(ticket.id)));
    }
    reader.way_back(keyboard, Callback::Tickets(0))
}

fn title(reader: Reader, ticket: &Model) -> String {
    let title = reader.html("bot-support-thread-title", &values(reader, ticket));
    match ticket.rating {
        Some(stars) if ticket.state == TicketState::Closed => {
            let rated = reader.html("bot-support-thread-rated", &args!["count" => stars]);
            format!("{title}\n{rated}")
        }
        _ => title,
    }
}

fn values(reader: Reader, ticket: &Model) -> Args {
    let state = reader.plain(&format!("bot-support-state-{}", ticket.state.code()), &args![]);
    args![
        // A name, not a quantity: without separators of thousands.
        "number" => digits::local(reader.locale, &ticket.number.to_string()),
        "topic" => name(reader, ticket.topic),
        "state" => state,
        "date" => reader.date(ticket.created_at),
    ]
}

fn name(reader: Reader, topic: Topic) -> String {
    reader.plain(&format!("bot-support-topic-{}", topic.code()), &args![])
}

/// What was said, cut to so many UTF-16 units; a file is named.
fn spoken(reader: Reader, row: &message::Model, at_most: usize) -> String {
    let file = row.file_kind.map(|kind| match kind {
        FileKind::Photo => reader.plain("bot-support-file-photo", &args![]),
        FileKind::Document => reader.plain("bot-support-file-document", &args![]),
    });
    let mut text = String::new();
    let mut room = at_most;
    for character in row.text.chars() {
        if character.len_utf16() > room {
            text.push('…');
            break;
        }
        room -= character.len_utf16();
        text.push(character);
    }
    file.into_iter().chain((!text.is_empty()).then_some(text)).collect::<Vec<_>>().join("\n")
}

fn room_of(row: &message::Model) -> usize {
    if row.file_id.is_some() { CAPTION } else { THREAD }
}

/// Another bot of the shop cannot send it on.
fn with_file(screen: Screen, bot: BotId, row: &message::Model) -> Screen {
    match (row.file_kind, &row.file_id) {
        (Some(kind), Some(id)) if row.bot_id == bot => screen.with_file(kind, id.clone()),
        _ => screen,
    }
}

/// @username, or the first name.
fn who(user: &user::Model) -> String {
    user.username.as_ref().map_or_else(|| user.first_name.clone(), |name| format!("@{name}"))
}
