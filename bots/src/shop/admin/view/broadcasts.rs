//! Broadcasts as staff sees them.

use domain::{
    args,
    entities::tenant::{
        broadcast::{self, BroadcastState, Halt, Segment},
        broadcast_recipient::RecipientState,
    },
    ids::BroadcastId,
    locale::Args,
    shop::broadcast::{
        letter::{CAPTION_LIMIT, Letter, TEXT_LIMIT},
        list::Counts,
        service::letter_of,
    },
};

use super::{super::broadcasts::Shown, back, labelled, pair_if, staff_button};
use crate::{
    callback::Act,
    keyboard::{Keyboard, Style},
    reader::Reader,
    screen::Screen,
};

/// Broadcasts that are listed.
const LISTED: usize = 5;
/// Of a text, what names it on a button.
const TITLE: usize = 40;
/// Of a text, what is shown beside everything else that a screen says: the test shows all of it.
const EXCERPT: usize = 1_500;

pub fn broadcasts(reader: Reader, rows: &[(broadcast::Model, Counts)]) -> Screen {
    let new = staff_button(reader, "bot-admin-broadcast-btn-new", Act::BroadcastTo).style(Style::Primary);
    let keyboard = rows.iter().take(LISTED).fold(Keyboard::new().row(new), |keyboard, (row, _)| {
        let title = title(reader, &letter_of(row).unwrap_or_default());
        let values = args!["mark" => mark(row.state), "title" => title];
        keyboard.row(labelled(reader, "bot-admin-broadcast-btn-one", &values, Act::Broadcast(row.id)))
    });
    let key = if rows.is_empty() { "bot-admin-broadcast-none-body" } else { "bot-admin-broadcast-list-body" };
    Screen::new(reader.html(key, &args![]), back(reader, keyboard, Act::Home))
}

pub fn segments(reader: Reader, counted: &[(Segment, u64)]) -> Screen {
    let keyboard = counted.iter().fold(Keyboard::new(), |keyboard, (segment, count)| {
        let values = args!["segment" => self::segment(reader, *segment), "count" => whole(*count)];
        let act = Act::BroadcastWrite(*segment);
        keyboard.row(labelled(reader, "bot-admin-broadcast-btn-segment", &values, act))
    });
    let text = reader.html("bot-admin-broadcast-segments-body", &args![]);
    Screen::new(text, back(reader, keyboard, Act::Broadcasts))
}

pub fn ask_broadcast(reader: Reader, to: Segment, reach: u64) -> Screen {
    let values = args![
        "segment" => segment(reader, to),
        "count" => whole(reach),
        "text" => TEXT_LIMIT,
        "caption" => CAPTION_LIMIT,
    ];
    let text = reader.html("bot-admin-broadcast-ask-body", &values);
    Screen::new(text, back(reader, Keyboard::new(), Act::BroadcastTo))
}

/// The question stands: the next message is tried again.
pub fn broadcast_refused(reader: Reader, key: &str, values: &Args) -> Screen {
    let why = reader.html(key, values);
    let again = reader.html("bot-admin-broadcast-again-body", &args![]);
    Screen::new(format!("✍️ {why}\n\n{again}"), back(reader, Keyboard::new(), Act::BroadcastTo))
}

pub fn test_refused(reader: Reader, id: BroadcastId, reason: &str) -> Screen {
    let text = reader.html("bot-admin-broadcast-test-refused-body", &args!["reason" => reason]);
    Screen::new(text, back(reader, Keyboard::new(), Act::Broadcast(id)))
}

/// A draft with what can be done with it, or how far it got.
pub fn broadcast(reader: Reader, shown: &Shown) -> Screen {
    let row = &shown.row;
    let mut lines = vec![
        reader.html(state(row.state), &args![]),
        reader.html("bot-admin-broadcast-line-to", &args!["segment" => segment(reader, row.segment)]),
    ];
    if row.state == BroadcastState::Draft {
        let key = match shown.reach {
            0 => "bot-admin-broadcast-line-nobody",
            _ => "bot-admin-broadcast-line-reach",
        };
        lines.push(reader.html(key, &args!["count" => whole(shown.reach)]));
    }
    if let Some(at) = row.send_at.filter(|_| row.state == BroadcastState::Scheduled) {
        lines.push(reader.html("bot-admin-broadcast-line-at", &args!["time" => reader.date_time(at)]));
    }
    lines.extend(figures(reader, &shown.counts));
    lines.extend(row.halt.map(|halt| {
        let key = match halt {
            Halt::Bot => "bot-admin-broadcast-line-halt-bot",
            Halt::Refused => "bot-admin-broadcast-line-halt-refused",
        };
        reader.html(key, &args![])
    }));
    lines.push(String::new());
    if shown.has_picture {
        lines.push(reader.html("bot-admin-broadcast-line-picture", &args![]));
    }
    let text = cut(words(reader, &shown.letter), EXCERPT);
    lines.push(reader.html("bot-admin-broadcast-line-text", &args!["text" => text]));
    Screen::new(lines.join("\n"), back(reader, actions(reader, shown), Act::Broadcasts))
}

fn actions(reader: Reader, shown: &Shown) -> Keyboard {
    let (id, state) = (shown.row.id, shown.row.state);
    let test = staff_button(reader, "bot-admin-broadcast-btn-test", Act::BroadcastTest(id));
    let again = staff_button(reader, "bot-admin-broadcast-btn-refresh", Act::Broadcast(id));
    let stop = || staff_button(reader, "bot-admin-broadcast-btn-stop", Act::BroadcastStopAsk(id));
    match state {
        BroadcastState::Draft => {
            let values = args!["count" => whole(shown.reach)];
            let send = labelled(reader, "bot-admin-broadcast-btn-send", &values, Act::BroadcastAsk(id));
            let send = (shown.reach > 0).then(|| send.style(Style::Success));
            let drop = staff_button(reader, "bot-admin-broadcast-btn-discard", Act::BroadcastDiscard(id));
            Keyboard::new().row(test.style(Style::Primary)).row_if(send).row(drop.style(Style::Danger))
        }
        BroadcastState::Sending => {
            let pause = staff_button(reader, "bot-admin-broadcast-btn-pause", Act::BroadcastPause(id));
            let keyboard = Keyboard::new().row(again.style(Style::Primary));
            pair_if(keyboard, Some(pause), Some(stop().style(Style::Danger)))
        }
        BroadcastState::Paused => {
            let on = staff_button(reader, "bot-admin-broadcast-btn-resume", Act::BroadcastResume(id));
            let keyboard = Keyboard::new().row(on.style(Style::Success));
            pair_if(keyboard, Some(again), Some(stop().style(Style::Danger)))
        }
        BroadcastState::Scheduled => Keyboard::new().row(test),
        BroadcastState::Stopped | BroadcastState::Done => Keyboard::new().row(again),
    }
}

pub fn confirm_broadcast(reader: Reader, shown: &Shown) -> Screen {
    let id = shown.row.id;
    let values = args!["segment" => segment(reader, shown.row.segment), "count" => whole(shown.reach)];
    let yes = staff_button(reader, "bot-admin-broadcast-btn-sure", Act::BroadcastSend(id));
    let keyboard = Keyboard::new().row(yes.style(Style::Success));
    let text = reader.html("bot-admin-broadcast-confirm-body", &values);
    Screen::new(text, back(reader, keyboard, Act::Broadcast(id)))
}

pub fn confirm_stop(reader: Reader, id: BroadcastId) -> Screen {
    let yes = staff_button(reader, "bot-admin-broadcast-btn-stop-sure", Act::BroadcastStop(id));
    let keyboard = Keyboard::new().row(yes.style(Style::Danger));
    let text = reader.html("bot-admin-broadcast-stop-body", &args![]);
    Screen::new(text, back(reader, keyboard, Act::Broadcast(id)))
}

pub const fn is_under_way(state: BroadcastState) -> bool {
    matches!(state, BroadcastState::Sending | BroadcastState::Paused)
}

/// Only what there is.
fn figures(reader: Reader, counts: &Counts) -> Vec<String> {
    let all = counts.all();
    if all == 0 {
        return Vec::new();
    }
    let values = args!["count" => counts.arrived(), "all" => all];
    let mut lines = vec![reader.html("bot-admin-broadcast-line-arrived", &values)];
    let others = [
        ("bot-admin-broadcast-line-left", counts.left()),
        ("bot-admin-broadcast-line-blocked", counts.of(RecipientState::Blocked)),
        ("bot-admin-broadcast-line-failed", counts.of(RecipientState::Failed)),
        ("bot-admin-broadcast-line-unknown", counts.of(RecipientState::Unknown)),
    ];
    let there = others.into_iter().filter(|(_, count)| *count > 0);
    lines.extend(there.map(|(key, count)| reader.html(key, &args!["count" => count])));
    lines
}

fn segment(reader: Reader, segment: Segment) -> String {
    let key = match segment {
        Segment::All => "bot-admin-broadcast-segment-all",
        Segment::Active => "bot-admin-broadcast-segment-active",
        Segment::Trial => "bot-admin-broadcast-segment-trial",
        Segment::Expiring => "bot-admin-broadcast-segment-expiring",
        Segment::Expired => "bot-admin-broadcast-segment-expired",
        Segment::Never => "bot-admin-broadcast-segment-never",
    };
    reader.plain(key, &args![])
}

const fn state(state: BroadcastState) -> &'static str {
    match state {
        BroadcastState::Draft => "bot-admin-broadcast-draft-title",
        BroadcastState::Scheduled => "bot-admin-broadcast-scheduled-title",
        BroadcastState::Sending => "bot-admin-broadcast-sending-title",
        BroadcastState::Paused => "bot-admin-broadcast-paused-title",
        BroadcastState::Stopped => "bot-admin-broadcast-stopped-title",
        BroadcastState::Done => "bot-admin-broadcast-done-title",
    }
}

const fn mark(state: BroadcastState) -> &'static str {
    match state {
        BroadcastState::Draft => "📝",
        BroadcastState::Scheduled => "🕒",
        BroadcastState::Sending => "📤",
        BroadcastState::Paused => "⏸",
        BroadcastState::Stopped => "⏹",
        BroadcastState::Done => "✅",
    }
}

/// How it begins.
fn title(reader: Reader, letter: &Letter) -> String {
    let line = words(reader, letter).lines().find(|line| !line.trim().is_empty()).unwrap_or("…");
    cut(line, TITLE)
}

/// In the reader's language where it is written.
fn words(reader: Reader, letter: &Letter) -> &str {
    let any = || letter.texts.values().map(String::as_str).next();
    letter.text(reader.locale).or_else(any).unwrap_or_default()
}

fn cut(text: &str, length: usize) -> String {
    match text.char_indices().nth(length) {
        Some((end, _)) => format!("{}…", &text[..end]),
        None => text.to_owned(),
    }
}

fn whole(count: u64) -> i64 {
    i64::try_from(count).unwrap_or(i64::MAX)
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::cut;

    #[rstest]
    #[case("short", 5, "short")]
    #[case("longer", 5, "longe…")]
    #[case("سلام دوست", 4, "سلام…")]
    #[case("", 5, "")]
    fn a_text_is_cut_between_letters(#[case] text: &str, #[case] length: usize, #[case] shown: &str) {
        assert_eq!(cut(text, length), shown);
    }
}
