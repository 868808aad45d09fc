//! From the device to an app that connects, and what to look at when it does not.

use domain::{
    args,
    entities::tenant::ticket::Topic,
    shop::link::{
        app::{App, Platform},
        service::Given,
    },
};
use url::Url;

use crate::{
    callback::{CHECKS, Callback},
    keyboard::{Button, Keyboard, Style},
    reader::Reader,
    screen::Screen,
};

/// The step in which we look ourselves.
pub const ACCESS_STEP: u8 = 2;

pub fn platforms(reader: Reader) -> Screen {
    let keyboard = Platform::ALL.into_iter().fold(Keyboard::new(), |keyboard, platform| {
        let label = name(reader, platform);
        keyboard.row(Button::callback(label, Callback::ConfigPlatform(platform)))
    });
    Screen::new(reader.html("bot-config-apps-body", &args![]), reader.way_back(keyboard, Callback::Config))
}

/// The apps of a device. Where our pages can be opened, each has a button that hands it the link: Telegram
/// takes no address in a button that opens an app by itself.
pub fn apps(reader: Reader, platform: Platform, given: Option<&Given>, pages: &Url) -> Screen {
    let head = reader.html("bot-config-platform-title", &args!["platform" => name(reader, platform)]);
    let item = |app: &App| {
        let values = args!["app" => app.name(), "url" => app.store(platform)];
        reader.html("bot-config-platform-item", &values)
    };
    let items: Vec<String> = platform.apps().iter().map(item).collect();
    let address = given.and_then(|given| given.address.as_ref());
    let how = match address {
        Some(_) => reader.html("bot-config-platform-import-body", &args![]),
        None => reader.html("bot-config-platform-copy-body", &args![]),
    };
    let text = format!("{head}\n\n{}\n\n{how}", items.join("\n"));
    let mut keyboard = Keyboard::new();
    if let Some(address) = address {
        for app in platform.apps() {
            let label = reader.plain("bot-config-platform-btn-import", &args!["app" => app.name()]);
            keyboard = keyboard.row(Button::url(label, address.import(pages, app.code())));
        }
    }
    if let Some(given) = given {
        let copy = Button::copy(reader.plain("bot-config-btn-copy", &args![]), &given.link);
        keyboard = keyboard.row_if(copy).row(reader.button("bot-config-btn-qr", Callback::ConfigQr)).pair(
            reader.button("bot-config-asked-btn-yes", Callback::ConfigConnected).style(Style::Success),
            reader.button("bot-config-asked-btn-no", Callback::ConfigCheck(*CHECKS.start())),
        );
    }
    Screen::new(text, reader.way_back(keyboard, Callback::ConfigApps))
}

pub fn connected(reader: Reader) -> Screen {
    let keyboard = Keyboard::new().row(reader.button("bot-config-connected-btn-apps", Callback::ConfigApps));
    Screen::new(reader.html("bot-config-connected-body", &args![]), reader.way_back(keyboard, Callback::Menu))
}

/// One thing to look at; behind the last there are people.
pub fn check(reader: Reader, step: u8) -> Screen {
    let title = reader.html("bot-config-check-title", &args!["step" => i64::from(step)]);
    let key = match step {
        1 => "bot-config-check-1-body",
        2 => "bot-config-check-2-body",
        3 => "bot-config-check-3-body",
        4 => "bot-config-check-4-body",
        _ => "bot-config-check-5-body",
    };
    let works = reader.button("bot-config-check-btn-works", Callback::ConfigConnected).style(Style::Success);
    let keyboard = Keyboard::new().row(works);
    let keyboard = if step < *CHECKS.end() {
        keyboard.row(reader.button("bot-config-check-btn-next", Callback::ConfigCheck(step + 1)))
    } else {
        keyboard
            .row(reader.button("bot-config-btn-renew", Callback::ConfigRenew))
            .row(reader.button("bot-config-check-btn-support", Callback::SupportAsk(Topic::Connect)))
    };
    let text = format!("{title}\n\n{}", reader.html(key, &args![]));
    Screen::new(text, reader.way_back(keyboard, Callback::ConfigApps))
}

fn name(reader: Reader, platform: Platform) -> String {
    let key = match platform {
        Platform::Android => "bot-config-platform-btn-android",
        Platform::Ios => "bot-config-platform-btn-ios",
        Platform::Windows => "bot-config-platform-btn-windows",
        Platform::Macos => "bot-config-platform-btn-macos",
        Platform::Linux => "bot-config-platform-btn-linux",
    };
    reader.plain(key, &args![])
}
