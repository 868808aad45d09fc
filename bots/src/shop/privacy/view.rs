//! The screens about the reader's data, and the file.

use chrono::{DateTime, Utc};
use domain::{args, shop::privacy::held::Held};

use crate::{
    callback::Callback,
    keyboard::{Keyboard, Style},
    reader::Reader,
    screen::Screen,
};

/// Reasons that are listed; the others follow when these are gone.
const LISTED: usize = 6;

/// What ends besides, when the reader is forgotten.
#[derive(Clone, Copy, Debug)]
pub struct Ends {
    /// Access that runs until then.
    pub access: Option<DateTime<Utc>>,
    pub is_staff: bool,
}

pub fn privacy(reader: Reader, shop: &str) -> Screen {
    let keyboard = Keyboard::new()
        .row(reader.button("bot-privacy-btn-export", Callback::PrivacyExport).style(Style::Primary))
        .row(reader.button("bot-privacy-btn-erase", Callback::PrivacyAsk))
        .row(reader.button("bot-menu-btn-support", Callback::Support));
    let text = reader.html("bot-privacy-body", &args!["shop" => shop]);
    Screen::new(text, reader.way_back(keyboard, Callback::Settings))
}

pub fn exported(reader: Reader, file: Vec<u8>) -> Screen {
    let text = reader.html("bot-privacy-export-caption", &args![]);
    Screen::new(text, reader.way_back(Keyboard::new(), Callback::Settings)).with_data(file)
}

pub fn ask(reader: Reader, shop: &str, ends: &Ends) -> Screen {
    let mut blocks = vec![reader.html("bot-privacy-ask-body", &args!["shop" => shop])];
    if let Some(until) = ends.access {
        let until = args!["until" => reader.date(until)];
        blocks.push(reader.html("bot-privacy-ask-line-access", &until));
    }
    if ends.is_staff {
        blocks.push(reader.html("bot-privacy-ask-line-staff", &args![]));
    }
    let yes = reader.button("bot-privacy-btn-erase-yes", Callback::PrivacyErase).style(Style::Danger);
    let keyboard =
        Keyboard::new().row(reader.button("bot-privacy-btn-export", Callback::PrivacyExport)).row(yes);
    Screen::new(blocks.join("\n\n"), reader.way_back(keyboard, Callback::Privacy))
}

/// Money is under way: what it is, and what to do about it.
pub fn held(reader: Reader, held: &[Held]) -> Screen {
    let mut blocks = vec![reader.html("bot-privacy-held-body", &args![])];
    blocks.extend(held.iter().take(LISTED).map(|held| line(reader, held)));
    let any = |is: fn(&Held) -> bool| held.iter().any(is);
    let wallet = any(|held| matches!(held, Held::Wallet(_)));
    let gifts = any(|held| matches!(held, Held::Gift(_)));
    let keyboard = Keyboard::new()
        .row_if(wallet.then(|| reader.button("bot-profile-btn-wallet", Callback::Wallet)))
        .row_if(gifts.then(|| reader.button("bot-gift-btn-list", Callback::Gifts)))
        .row(reader.button("bot-menu-btn-support", Callback::Support));
    Screen::new(blocks.join("\n\n"), reader.way_back(keyboard, Callback::Privacy))
}

/// There is nobody to whom anything belongs: what leads on leads to the beginning.
pub fn erased(reader: Reader, shop: &str) -> Screen {
    let keyboard = Keyboard::new().row(reader.button("bot-common-btn-menu", Callback::Menu));
    Screen::new(reader.html("bot-privacy-erased-body", &args!["shop" => shop]), keyboard)
}

fn line(reader: Reader, held: &Held) -> String {
    match held {
        Held::Order(id) => reader.html("bot-privacy-held-line-order", &args!["order" => id.short()]),
        Held::Refund(id) => reader.html("bot-privacy-held-line-refund", &args!["order" => id.short()]),
        Held::Wallet(money) => reader.html("bot-privacy-held-line-wallet", &args!["amount" => *money]),
        Held::Gift(id) => reader.html("bot-privacy-held-line-gift", &args!["order" => id.short()]),
    }
}
