//! The screen about the reader's data, and the file.

use domain::args;

use crate::{
    callback::Callback,
    keyboard::{Keyboard, Style},
    reader::Reader,
    screen::Screen,
};

pub fn privacy(reader: Reader, shop: &str) -> Screen {
    let keyboard = Keyboard::new()
        .row(reader.button("bot-privacy-btn-export", Callback::PrivacyExport).style(Style::Primary))
        .row(reader.button("bot-menu-btn-support", Callback::Support));
    let text = reader.html("bot-privacy-body", &args!["shop" => shop]);
    Screen::new(text, reader.way_back(keyboard, Callback::Settings))
}

pub fn exported(reader: Reader, file: Vec<u8>) -> Screen {
    let text = reader.html("bot-privacy-export-caption", &args![]);
    Screen::new(text, reader.way_back(Keyboard::new(), Callback::Settings)).with_data(file)
}
