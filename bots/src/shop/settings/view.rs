//! The reader's own settings.

use domain::{args, locale::Locale};

use crate::{
    callback::Callback,
    keyboard::{Button, Keyboard, Style},
    reader::Reader,
    screen::Screen,
};

/// With `mail` where mail is configured.
pub fn settings(reader: Reader, mail: bool) -> Screen {
    let language = args!["language" => reader.locale.native_name()];
    let label = reader.plain("bot-settings-btn-language", &language);
    let calendar = reader.calendar();
    let named = reader.plain(&format!("bot-settings-calendar-{}", calendar.code()), &args![]);
    let dates = reader.plain("bot-settings-btn-calendar", &args!["calendar" => named]);
    let renewal = reader.button("bot-settings-btn-renewal", Callback::Renewal);
    let keyboard = Keyboard::new()
        .row(Button::callback(label, Callback::Languages))
        .row(Button::callback(dates, Callback::Calendar(calendar.other())))
        .row(reader.button("bot-settings-btn-notices", Callback::Notices))
        .row(reader.button("bot-settings-btn-quiet", Callback::QuietHours))
        .row_if(mail.then(|| reader.button("bot-settings-btn-mail", Callback::Mail)))
        .row(renewal)
        .row(reader.button("bot-settings-btn-privacy", Callback::Privacy));
    Screen::new(reader.html("bot-settings-title", &args![]), reader.way_back(keyboard, Callback::Menu))
}

pub fn languages(reader: Reader) -> Screen {
    let keyboard = Locale::ALL.into_iter().fold(Keyboard::new(), |keyboard, locale| {
        let style = if locale == reader.locale { Style::Primary } else { Style::Plain };
        let label = locale.native_name().to_owned();
        keyboard.row(Button::callback(label, Callback::Language(locale)).style(style))
    });
    Screen::new(
        reader.html("bot-settings-language-title", &args![]),
        reader.way_back(keyboard, Callback::Settings),
    )
}
