//! The screens about mail.

use chrono::{DateTime, Utc};
use domain::{
    args,
    entities::tenant::mail_address::MailWhen,
    shop::mail::{address::BadAddress, code::GOOD_FOR, service::Standing},
};

use crate::{
    callback::Callback,
    keyboard::{Keyboard, Style},
    reader::Reader,
    screen::Screen,
};

pub fn none(reader: Reader) -> Screen {
    let add = reader.button("bot-mail-btn-add", Callback::MailAsk).style(Style::Primary);
    let text = reader.html("bot-mail-none-body", &args![]);
    Screen::new(text, reader.way_back(Keyboard::new().row(add), Callback::Settings))
}

/// What was typed before could not be taken.
pub fn ask(reader: Reader, wrong: Option<&str>) -> Screen {
    let text = reader.html("bot-mail-ask-body", &args![]);
    let screen = Screen::new(text, reader.way_back(Keyboard::new(), Callback::Mail));
    match wrong {
        Some(wrong) => screen.below(wrong),
        None => screen,
    }
}

/// The code is on its way.
pub fn code(reader: Reader, address: &str) -> Screen {
    let values = args!["address" => address, "minutes" => GOOD_FOR.num_minutes()];
    let keyboard = Keyboard::new().row(reader.button("bot-mail-btn-again", Callback::MailAgain)).pair(
        reader.button("bot-mail-btn-change", Callback::MailAsk),
        reader.button("bot-mail-btn-remove", Callback::MailRemove),
    );
    let text = reader.html("bot-mail-code-body", &values);
    Screen::new(text, reader.way_back(keyboard, Callback::Settings))
}

/// The address, and when mail comes; of one that does not work, what can be done.
pub fn chosen(reader: Reader, address: &str, comes: MailWhen, standing: Standing) -> Screen {
    let values = args!["address" => address];
    let works = standing != Standing::Refused;
    let key = if works { "bot-mail-body" } else { "bot-mail-refused-body" };
    let choices = MailWhen::ALL.into_iter().filter(|_| works);
    let keyboard = choices.fold(Keyboard::new(), |keyboard, when| {
        let style = if when == comes { Style::Primary } else { Style::Plain };
        let key = format!("bot-mail-btn-{}", when.code());
        let mark = if when == comes { "bot-notices-btn-on" } else { "bot-notices-btn-off" };
        let label = reader.plain(mark, &args!["name" => reader.plain(&key, &args![])]);
        keyboard.row(crate::keyboard::Button::callback(label, Callback::MailWhen(when)).style(style))
    });
    let again = (!works).then(|| reader.button("bot-mail-btn-retry", Callback::MailAgain));
    let keyboard = keyboard.row_if(again.map(|again| again.style(Style::Primary))).pair(
        reader.button("bot-mail-btn-change", Callback::MailAsk),
        reader.button("bot-mail-btn-remove", Callback::MailRemove),
    );
    Screen::new(reader.html(key, &values), reader.way_back(keyboard, Callback::Settings))
}

/// What is wrong with an address.
pub fn bad(reader: Reader, bad: BadAddress) -> String {
    let key = match bad {
        BadAddress::NoAt => "bot-mail-err-at",
        BadAddress::Mailbox => "bot-mail-err-mailbox",
        BadAddress::Host => "bot-mail-err-host",
    };
    reader.html(key, &args![])
}

/// Too many codes were asked for.
pub fn wait(reader: Reader, now: DateTime<Utc>, until: DateTime<Utc>) -> String {
    reader.html("bot-mail-err-wait", &args!["left" => reader.left(now, until)])
}
