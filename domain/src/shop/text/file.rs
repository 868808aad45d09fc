//! A shop's own words in one language as one Fluent file: to be kept, given to a translator, or carried to
//! another shop, and read again.

use std::collections::{HashMap, HashSet};

use fluent_syntax::{ast::Entry, parser};

use super::{
    rules::{self, BRACES, BadText},
    service as texts,
};
use crate::{
    args,
    db::{StoreError, TenantConn, TenantTx},
    error::Explain,
    locale::{Args, Locale, source},
};

/// The largest file that is read, in bytes: all of our texts have a fifth of it.
pub const LARGEST: usize = 512 * 1024;

/// Why nothing of a file was taken.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum BadFile {
    #[error("larger than {LARGEST} bytes")]
    TooLarge,
    #[error("not a text in UTF-8")]
    NoText,
    #[error("no text stands in it")]
    Empty,
    #[error("Fluent cannot read line {line}")]
    Syntax { line: usize },
    #[error("the text that begins in line {line} has more than {BRACES} braces")]
    Braces { line: usize },
}

impl Explain for BadFile {
    fn explain(&self) -> Option<(&'static str, Args)> {
        Some(match self {
            Self::TooLarge => ("error-text-file-large", args!["size" => LARGEST / 1024]),
            Self::NoText => ("error-text-file-kind", args![]),
            Self::Empty => ("error-text-file-empty", args![]),
            Self::Syntax { line } => ("error-text-file-syntax", args!["line" => *line]),
            Self::Braces { line } => ("error-text-file-braces", args!["line" => *line, "limit" => BRACES]),
        })
    }
}

/// What became of a file that could be read.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Taken {
    pub changed: usize,
    /// The bot says these words already.
    pub same: usize,
    /// By key.
    pub refused: Vec<(String, BadText)>,
}

/// All that the shop says in its own words in this language.
///
/// # Errors
/// [`StoreError::Database`].
pub async fn write(tx: &impl TenantConn, locale: Locale) -> Result<String, StoreError> {
    let mut file = format!("# {} ({})\n", locale.native_name(), locale.code());
    for row in texts::all(tx).await?.iter().filter(|row| row.locale == locale) {
        file.push('\n');
        file.push_str(&rules::message(&row.key, &row.value));
    }
    file.push('\n');
    Ok(file)
}

/// Takes every text of a file that would be taken by itself. Texts that are not in it stay as they are.
///
/// # Errors
/// The file cannot be read, and nothing of it was taken; [`StoreError::Database`].
pub async fn read(
    tx: &TenantTx,
    locale: Locale,
    content: &[u8],
) -> Result<Result<Taken, BadFile>, StoreError> {
    let entries = match entries(content) {
        Ok(entries) => entries,
        Err(bad) => return Ok(Err(bad)),
    };
    let own: HashMap<String, String> = texts::all(tx)
        .await?
        .into_iter()
        .filter(|row| row.locale == locale)
        .map(|row| (row.key, row.value))
        .collect();
    let (mut taken, mut met) = (Taken::default(), HashSet::new());
    for (key, written) in entries {
        let said = own.get(&key).map(String::as_str).or_else(|| rules::our_source(locale, &key));
        let saved = match written {
            _ if !met.insert(key.clone()) => Err(BadText::Twice),
            Err(bad) => Err(bad),
            Ok(text) if rules::is_changeable(&key) && said == Some(&*text) => {
                taken.same += 1;
                continue;
            }
            Ok(text) => texts::save(tx, locale, &key, &text).await?,
        };
        match saved {
            Ok(()) => taken.changed += 1,
            Err(bad) => taken.refused.push((key, bad)),
        }
    }
    Ok(Ok(taken))
}

type Written = (String, Result<String, BadText>);

/// The texts of a file by their keys, in its order.
fn entries(content: &[u8]) -> Result<Vec<Written>, BadFile> {
    if content.len() > LARGEST {
        return Err(BadFile::TooLarge);
    }
    let content = std::str::from_utf8(content).map_err(|_| BadFile::NoText)?;
    let source = content.trim_start_matches('\u{feff}').replace("\r\n", "\n");
    // Fluent's reader goes deeper with each brace, and the stack is not its own.
    if let Some(line) = too_deep(&source) {
        return Err(BadFile::Braces { line });
    }
    let resource = parser::parse(source.as_str()).map_err(|(_, errors)| {
        let at = errors.first().map_or(0, |error| error.pos.start.min(source.len()));
        BadFile::Syntax { line: 1 + source.bytes().take(at).filter(|byte| *byte == b'\n').count() }
    })?;
    let written = |entry: Entry<&str>| match entry {
        Entry::Message(message) => {
            let key = message.id.name.to_owned();
            let text = match (&message.value, message.attributes.is_empty()) {
                (Some(_), true) => Ok(source::written(message)),
                (None, _) => Err(BadText::Empty),
                (_, false) => Err(BadText::ReachesFurther),
            };
            Some((key, text))
        }
        Entry::Term(term) => Some((format!("-{}", term.id.name), Err(BadText::NoSuchText))),
        _ => None,
    };
    let all: Vec<_> = resource.body.into_iter().filter_map(written).collect();
    if all.is_empty() { Err(BadFile::Empty) } else { Ok(all) }
}

/// The line in which a text begins that has too many braces.
fn too_deep(source: &str) -> Option<usize> {
    let (mut begins, mut braces) = (1, 0);
    for (index, line) in source.lines().enumerate() {
        if line.starts_with(|first: char| first.is_ascii_alphabetic() || matches!(first, '-' | '#')) {
            (begins, braces) = (index + 1, 0);
        }
        braces += line.matches('{').count();
        if braces > BRACES {
            return Some(begins);
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::*;
    use crate::{db::TenantDb, testing};

    const MENU: &str = "bot-common-btn-menu";
    const HELLO: &str = "bot-start-returning-body";
    const LINES: &str = "bot-pay-done-body";

    async fn imported(db: &TenantDb, file: &str) -> Result<Taken, BadFile> {
        let tx = db.write().await.unwrap();
        let taken = read(&tx, Locale::En, file.as_bytes()).await.unwrap();
        tx.commit().await.unwrap();
        taken
    }

    #[rstest]
    #[case::not_utf_8(b"bot-common-btn-menu = \xff".to_vec(), BadFile::NoText)]
    #[case::nothing(b"\n# a comment\n".to_vec(), BadFile::Empty)]
    #[case::not_fluent(b"bot-common-btn-menu = Home\nand more\n".to_vec(), BadFile::Syntax { line: 2 })]
    #[case::deep([b"a = b\nc = ".to_vec(), b"{".repeat(100_000)].concat(), BadFile::Braces { line: 2 })]
    #[case::large(vec![b' '; LARGEST + 1], BadFile::TooLarge)]
    fn a_file_that_cannot_be_read_is_refused_as_a_whole(#[case] content: Vec<u8>, #[case] bad: BadFile) {
        assert_eq!(entries(&content).unwrap_err(), bad);
    }

    #[tokio::test]
    async fn what_was_written_into_a_file_is_read_from_it_again() {
        for test in testing::stores().await {
            let (one, other) = (test.shop().await, test.shop().await);
            let own = [
                (MENU, "Home"),
                (HELLO, "{ $name ->\n    [one] Hi\n   *[other] Hello\n}"),
                (LINES, "* { $plan }\n\n[ { $until } ]\n. { $order } {\"{\"}"),
            ];
            let tx = one.write().await.unwrap();
            for (key, text) in own {
                assert_eq!(texts::save(&tx, Locale::En, key, text).await.unwrap(), Ok(()), "{key}");
            }
            assert_eq!(texts::save(&tx, Locale::Ru, MENU, "Меню").await.unwrap(), Ok(()));
            tx.commit().await.unwrap();
            let file = write(&one.read().await.unwrap(), Locale::En).await.unwrap();
            assert!(!file.contains("Меню"), "{file}");

            let taken = imported(&other, &file).await.unwrap();
            assert_eq!(taken, Taken { changed: 3, ..Taken::default() }, "{} {file}", test.name());
            let again = imported(&other, &file).await.unwrap();
            assert_eq!(again, Taken { same: 3, ..Taken::default() }, "{} {file}", test.name());
            let there = write(&other.read().await.unwrap(), Locale::En).await.unwrap();
            assert_eq!(imported(&one, &there).await.unwrap().refused, [], "{there}");
        }
    }

    #[tokio::test]
    async fn a_text_that_would_not_be_taken_alone_is_refused_by_its_key_and_the_others_are_taken() {
        for test in testing::stores().await {
            let db = test.shop().await;
            let file = "\u{feff}# Mine\r\n-brand = Fast\r\nbot-common-btn-menu = Home\r\n\
                        bot-start-returning-body = Hi { $nobody }\r\n\
                        bot-common-btn-menu = Again\r\n\
                        web-product-name = Mine\r\n\
                        bot-common-btn-back = { -brand }\r\n";
            let taken = imported(&db, file).await.unwrap();
            assert_eq!(taken.changed, 1, "{}", test.name());
            let refused: Vec<_> =
                taken.refused.iter().map(|(key, bad)| (key.as_str(), bad.clone())).collect();
            let unknown = BadText::UnknownValue { name: "nobody".into() };
            let expected = [
                ("-brand", BadText::NoSuchText),
                (HELLO, unknown),
                (MENU, BadText::Twice),
                ("web-product-name", BadText::NoSuchText),
                ("bot-common-btn-back", BadText::ReachesFurther),
            ];
            assert_eq!(refused, expected, "{}", test.name());
            let tx = db.read().await.unwrap();
            let menu = texts::find(&tx, Locale::En, MENU).await.unwrap().unwrap();
            assert_eq!(menu.value, "Home");
            assert_eq!(texts::find(&tx, Locale::En, HELLO).await.unwrap(), None);
            drop(tx);

            let broken = "bot-common-btn-menu = Other\n}\n";
            assert_eq!(imported(&db, broken).await, Err(BadFile::Syntax { line: 2 }));
            let tx = db.read().await.unwrap();
            let menu = texts::find(&tx, Locale::En, MENU).await.unwrap().unwrap();
            assert_eq!(menu.value, "Home", "nothing of it was taken");
        }
    }
}
