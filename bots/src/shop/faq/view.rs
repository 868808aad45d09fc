//! Questions and their answers.

use domain::{args, entities::tenant::faq_entry::Category, shop::faq::rules::Entry};

use crate::{
    callback::Callback,
    keyboard::{Button, Keyboard, Style},
    reader::Reader,
    screen::Screen,
};

/// Telegram shortens what is longer on its own.
const LABEL: usize = 60;

pub fn home(reader: Reader, entries: &[Entry]) -> Screen {
    if entries.is_empty() {
        let keyboard = Keyboard::new().row(support(reader).style(Style::Primary));
        return Screen::new(
            reader.html("bot-faq-empty", &args![]),
            reader.way_back(keyboard, Callback::Menu),
        );
    }
    let used = Category::ALL.into_iter().filter(|used| entries.iter().any(|entry| entry.category == *used));
    let keyboard = used.fold(Keyboard::new(), |keyboard, category| {
        keyboard.row(Button::callback(name(reader, category), Callback::FaqCategory(category)))
    });
    let keyboard =
        keyboard.row(reader.button("bot-faq-btn-search", Callback::FaqSearch)).row(support(reader));
    let text = with_note(reader, reader.html("bot-faq-title", &args![]), entries);
    Screen::new(text, reader.way_back(keyboard, Callback::Menu))
}

pub fn category(reader: Reader, category: Category, entries: &[Entry]) -> Screen {
    let title = reader.html("bot-faq-category-title", &args!["category" => name(reader, category)]);
    let keyboard = listed(entries.iter());
    Screen::new(with_note(reader, title, entries), reader.way_back(keyboard, Callback::Faq))
}

pub fn entry(reader: Reader, entry: &Entry) -> Screen {
    let vote = |helpful| Callback::FaqVote { key: entry.key, helpful };
    let keyboard = Keyboard::new()
        .pair(
            reader.button("bot-faq-btn-helped", vote(true)),
            reader.button("bot-faq-btn-did-not", vote(false)),
        )
        .row(support(reader));
    let values = args!["question" => &entry.question, "answer" => &entry.answer];
    let text = with_note(reader, reader.html("bot-faq-entry", &values), std::slice::from_ref(entry));
    Screen::new(text, reader.way_back(keyboard, Callback::FaqCategory(entry.category)))
}

pub fn not_helped(reader: Reader, entry: &Entry) -> Screen {
    let keyboard = Keyboard::new().row(support(reader).style(Style::Primary));
    let text = reader.html("bot-faq-did-not-body", &args!["question" => &entry.question]);
    Screen::new(text, reader.way_back(keyboard, Callback::FaqEntry(entry.key)))
}

pub fn ask(reader: Reader) -> Screen {
    let text = reader.html("bot-faq-search-body", &args![]);
    Screen::new(text, reader.way_back(Keyboard::new(), Callback::Faq))
}

pub fn found(reader: Reader, found: &[&Entry]) -> Screen {
    let key = if found.is_empty() { "bot-faq-found-none" } else { "bot-faq-found-title" };
    let style = if found.is_empty() { Style::Primary } else { Style::Plain };
    let keyboard = listed(found.iter().copied()).row(support(reader).style(style));
    Screen::new(reader.html(key, &args![]), reader.way_back(keyboard, Callback::Faq))
}

fn listed<'a>(entries: impl Iterator<Item = &'a Entry>) -> Keyboard {
    entries.fold(Keyboard::new(), |keyboard, entry| {
        keyboard.row(Button::callback(label(&entry.question), Callback::FaqEntry(entry.key)))
    })
}

/// The way on to the shop's people.
fn support(reader: Reader) -> Button {
    reader.button("bot-faq-btn-support", Callback::SupportNew)
}

/// Whoever reads another language than his is told why.
fn with_note(reader: Reader, text: String, entries: &[Entry]) -> String {
    let other = entries.first().map(|entry| entry.locale).filter(|locale| *locale != reader.locale);
    match other {
        Some(locale) => {
            let note = reader.html("bot-faq-other-language", &args!["language" => locale.native_name()]);
            format!("{text}\n\n{note}")
        }
        None => text,
    }
}

fn name(reader: Reader, category: Category) -> String {
    reader.plain(&format!("bot-faq-category-{}", category.code()), &args![])
}

fn label(question: &str) -> String {
    match question.chars().count() > LABEL {
        true => question.chars().take(LABEL - 1).chain(['…']).collect(),
        false => question.to_owned(),
    }
}
