//! Our texts as they are written, for those who put them into other words.

use std::{collections::BTreeMap, sync::LazyLock};

use fluent_syntax::{
    ast::{Entry, Message, Resource},
    parser, serializer,
};

use super::{Locale, catalogue, shape::Shape};

/// What a bot says, as written: without the key and without its indent.
pub(crate) struct Ours {
    pub source: String,
    pub shape: Shape,
}

static SOURCES: LazyLock<[BTreeMap<String, Ours>; 3]> = LazyLock::new(|| Locale::ALL.map(read));

/// Every text of a bot in this language, by its key.
pub(crate) fn bot_texts(locale: Locale) -> &'static BTreeMap<String, Ours> {
    &SOURCES[locale.index()]
}

fn read(locale: Locale) -> BTreeMap<String, Ours> {
    let mut texts = BTreeMap::new();
    for (_, source) in catalogue::files(locale) {
        // What cannot be read was reported when the catalogue was loaded.
        let resource = parser::parse(source.as_str()).unwrap_or_else(|(resource, _)| resource);
        for entry in resource.body {
            let Entry::Message(message) = entry else { continue };
            let key = message.id.name.to_owned();
            if let Some(pattern) = message.value.as_ref().filter(|_| key.starts_with("bot-")) {
                let shape = Shape::of(pattern);
                texts.insert(key, Ours { source: written(message), shape });
            }
        }
    }
    texts
}

/// The text of a message as somebody would type it.
pub(crate) fn written(message: Message<&str>) -> String {
    let head = format!("{} =", message.id.name);
    let message = Message { comment: None, ..message };
    let whole = serializer::serialize(&Resource { body: vec![Entry::Message(message)] });
    let value = whole.strip_prefix(&head).unwrap_or(&whole);
    let lines = value.trim_matches('\n').lines();
    let dedented: Vec<_> = lines.map(|line| line.strip_prefix("    ").unwrap_or(line)).collect();
    dedented.join("\n").trim().to_owned()
}
