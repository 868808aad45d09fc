//! Every text exists in every language, in the same shape, and fits where it is shown.

use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    path::{Path, PathBuf},
};

use fluent_syntax::{ast::Entry, parser};

use super::{Locale, catalogue, html, plain, shape::Shape};
use crate::shop::text::rules::{Place, markup};

type Messages = BTreeMap<String, Shape>;

fn messages(locale: Locale) -> Messages {
    let mut messages = Messages::new();
    for (path, source) in catalogue::files(locale) {
        let resource =
            parser::parse(source.as_str()).unwrap_or_else(|(_, errors)| panic!("{path}: {errors:?}"));
        for entry in resource.body {
            let Entry::Message(message) = entry else { continue };
            let pattern = message.value.unwrap_or_else(|| panic!("{path}: {} is empty", message.id.name));
            let before = messages.insert(message.id.name.to_owned(), Shape::of(&pattern));
            assert!(before.is_none(), "{path}: {} is defined twice", message.id.name);
        }
    }
    messages
}

#[test]
fn every_text_exists_in_every_language() {
    let english = messages(Locale::En);
    assert!(english.len() > 50, "the catalogue was not found");
    for locale in [Locale::Fa, Locale::Ru] {
        let other = messages(locale);
        let missing: Vec<_> = english.keys().filter(|key| !other.contains_key(*key)).collect();
        let surplus: Vec<_> = other.keys().filter(|key| !english.contains_key(*key)).collect();
        assert!(
            missing.is_empty() && surplus.is_empty(),
            "{locale:?} misses {missing:?}, has alone {surplus:?}"
        );
    }
}

#[test]
fn every_language_shows_the_same_values() {
    let english = messages(Locale::En);
    for locale in [Locale::Fa, Locale::Ru] {
        for (key, shape) in messages(locale) {
            assert_eq!(english[&key].shown, shape.shown, "{locale:?} {key}");
        }
    }
}

#[test]
fn plural_forms_are_complete() {
    for locale in Locale::ALL {
        for (key, shape) in messages(locale) {
            let missing = shape.missing_forms(locale);
            assert!(missing.is_empty(), "{locale:?} {key} misses the forms {missing:?}");
        }
    }
}

#[test]
fn bot_texts_fit_into_telegram() {
    for locale in Locale::ALL {
        for (key, shape) in messages(locale).into_iter().filter(|(key, _)| key.starts_with("bot-")) {
            let place = Place::of(&key);
            let show = if place.takes_markup() { html } else { plain };
            let shown = show(locale, &key, &shape.sample());
            let (length, limit) = (shown.encode_utf16().count(), place.limit());
            assert!(length <= limit, "{locale:?} {key} has {length} units of {limit}: {shown}");
        }
    }
}

#[test]
fn markup_in_bot_texts_is_what_telegram_takes() {
    for locale in Locale::ALL {
        for (key, shape) in messages(locale).into_iter().filter(|(key, _)| key.starts_with("bot-")) {
            let shown = html(locale, &key, &shape.sample());
            assert_eq!(markup(&shown), Ok(()), "{locale:?} {key}: {shown}");
            let is_markup_free = !Place::of(&key).takes_markup();
            assert!(!(is_markup_free && shown.contains('<')), "{locale:?} {key} is shown without markup");
        }
    }
}

#[test]
fn persian_texts_use_persian_letters() {
    for (path, source) in catalogue::files(Locale::Fa) {
        let wrong = source.lines().find(|line| line.contains(['ي', 'ك', '٠', '١', '٢', '٣', '٤', '٥', '٦']));
        assert_eq!(wrong, None, "{path} has Arabic forms of Persian letters or digits");
    }
}

/// Keys are found as string literals of the form `"area-screen-element"`; attributes (`id="…"`) are
/// not keys.
#[test]
fn every_text_that_the_code_asks_for_exists() {
    let english = messages(Locale::En);
    let mut missing = BTreeSet::new();
    for source in sources() {
        missing.extend(keys_in(&source).filter(|key| !english.contains_key(*key)).map(str::to_owned));
    }
    assert!(missing.is_empty(), "the code asks for {missing:?}");
}

/// A text is asked for by its whole key, or by a literal in which each `{…}` stands for a number or for
/// a word that the code has as a literal of its own.
#[test]
fn every_text_is_asked_for() {
    let sources: Vec<String> = sources().iter().map(|source| without_tests(source)).collect();
    let literals: BTreeSet<String> = sources
        .iter()
        .flat_map(|source| source.split('"'))
        .map(|literal| literal.replace('_', "-"))
        .collect();
    let patterns: Vec<Vec<&str>> = literals.iter().filter_map(|literal| pattern(literal)).collect();
    let is_asked_for =
        |key: &str| literals.contains(key) || patterns.iter().any(|parts| fits(key, parts, &literals));
    let english = messages(Locale::En);
    let unused: Vec<_> = english.keys().filter(|key| !is_asked_for(&key.replace('_', "-"))).collect();
    assert!(unused.is_empty(), "nothing asks for {unused:?}");
}

/// The fixed parts of a key that is put together at run time.
fn pattern(literal: &str) -> Option<Vec<&str>> {
    let mut parts = Vec::new();
    for (index, part) in literal.split('{').enumerate() {
        parts.push(if index == 0 { part } else { part.split_once('}')?.1 });
    }
    let is_key =
        |part: &&str| part.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-');
    (parts.len() > 1 && parts.iter().all(is_key)).then_some(parts)
}

/// Whether `key` is `parts` with words of the code between them.
fn fits(key: &str, parts: &[&str], words: &BTreeSet<String>) -> bool {
    let Some((first, rest)) = parts.split_first() else { return false };
    let Some(left) = key.strip_prefix(first) else { return false };
    if rest.is_empty() {
        return left.is_empty();
    }
    let is_word = |text: &str| text.bytes().all(|b| b.is_ascii_digit()) || words.contains(text);
    (1..=left.len()).any(|end| is_word(&left[..end]) && fits(&left[end..], rest, words))
}

/// What the product is made of: comments and tests ask for nothing.
fn without_tests(source: &str) -> String {
    let product = source.split("#[cfg(test)]\nmod tests {").next().unwrap_or_default();
    let lines = product.lines().filter(|line| !line.trim_start().starts_with("//"));
    lines.collect::<Vec<_>>().join("\n")
}

fn sources() -> Vec<String> {
    let mut paths = Vec::new();
    for name in ["app", "bots", "domain", "server"] {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("..").join(name).join("src");
        collect_sources(&folder, &mut paths);
    }
    assert!(paths.len() > 20, "the sources were not found");
    paths.iter().map(|path| fs::read_to_string(path).expect("a source file")).collect()
}

fn collect_sources(folder: &Path, sources: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).expect("a source folder") {
        let path = entry.expect("an entry").path();
        let is_test = path.file_stem().is_some_and(|name| name == "tests" || name == "parity");
        if is_test {
            continue;
        }
        if path.is_dir() {
            collect_sources(&path, sources);
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            sources.push(path);
        }
    }
}

fn keys_in(source: &str) -> impl Iterator<Item = &str> {
    let mut before = "";
    source.split('"').filter(move |part| {
        let is_attribute = before.ends_with('=');
        before = part;
        let segments = || part.split('-');
        let is_word = |text: &str| {
            !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit())
        };
        let least = match segments().next() {
            Some("web" | "bot") => 3,
            Some("error" | "format") => 2,
            _ => return false,
        };
        !is_attribute && segments().count() >= least && segments().all(is_word)
    })
}
