//! Which answers there are, and which of them fit what somebody types.

use crate::{
    args,
    entities::tenant::faq_entry::{Category, Model},
    ids::FaqEntryId,
    locale::{self, Locale, digits},
};

/// Ours: what is asked, and under what.
pub const OURS: [(&str, Category); 5] = [
    ("start", Category::Connect),
    ("broken", Category::Connect),
    ("devices", Category::Account),
    ("renew", Category::Payment),
    ("refund", Category::Payment),
];
/// The characters of a question, and of an answer: together one message at Telegram.
pub const QUESTION: usize = 120;
pub const ANSWER: usize = 3_000;
/// Answers to a search.
pub const FOUND: usize = 5;
/// So much of two words has to be the same before their endings are looked past.
const STEM: usize = 5;
/// Words shorter than this say nothing.
const SHORT: usize = 3;
/// Nor do these, as [`digits::folded`] writes them.
const FILLERS: [&str; 34] = [
    "and", "are", "can", "for", "from", "how", "that", "the", "this", "was", "what", "with", "you", "your",
    "вам", "вас", "для", "или", "как", "мне", "при", "так", "что", "это", "ваш", "است", "این", "برای", "شما",
    "هست", "ولی", "چطور", "اگر", "همه",
];

/// Which answer is meant, in whatever language.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Key {
    Ours(&'static str),
    Own(FaqEntryId),
}

/// An answer as its readers see it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    pub key: Key,
    pub locale: Locale,
    pub category: Category,
    pub question: String,
    pub answer: String,
    pub hidden: bool,
    /// One of ours in the shop's words.
    pub changed: bool,
}

impl Key {
    /// As it stands in buttons, addresses and votes. Ours are shorter than any identifier.
    pub fn code(self) -> String {
        match self {
            Self::Ours(code) => code.to_owned(),
            Self::Own(id) => id.to_string(),
        }
    }

    pub fn read(code: &str) -> Option<Self> {
        let ours = OURS.iter().find(|(ours, _)| *ours == code).map(|(ours, _)| Self::Ours(ours));
        ours.or_else(|| code.parse().ok().map(Self::Own))
    }
}

/// The answers in one language: ours, in the shop's words where it has some, then its own. `rows` are
/// those of this language, the oldest first.
pub fn entries(locale: Locale, rows: &[Model]) -> Vec<Entry> {
    let ours =
        OURS.iter().map(|(code, category)| match rows.iter().find(|row| row.ours.as_deref() == Some(code)) {
            Some(row) => shown(Key::Ours(code), row),
            None => Entry {
                key: Key::Ours(code),
                locale,
                category: *category,
                question: locale::plain(locale, &format!("bot-faq-{code}-question"), &args![]),
                answer: locale::plain(locale, &format!("bot-faq-{code}-answer"), &args![]),
                hidden: false,
                changed: false,
            },
        });
    let own = rows.iter().filter(|row| row.ours.is_none()).map(|row| shown(Key::Own(row.id), row));
    ours.chain(own).collect()
}

/// The answers that fit best, the best first. What stands in a question weighs more than what stands in
/// its answer, and most of the words have to be there at all.
pub fn search<'a>(entries: &'a [Entry], typed: &str) -> Vec<&'a Entry> {
    let wanted = words(typed);
    let mut found: Vec<(usize, &Entry)> = entries
        .iter()
        .filter_map(|entry| {
            let (question, answer) = (words(&entry.question), words(&entry.answer));
            let is_in = |text: &[String], word: &String| text.iter().any(|other| is_same(other, word));
            let met = wanted.iter().filter(|word| is_in(&question, word) || is_in(&answer, word)).count();
            let asked = wanted.iter().filter(|word| is_in(&question, word)).count();
            let fits = met > 0 && met * 2 >= wanted.len() && (asked > 0 || met == wanted.len());
            fits.then_some((2 * asked + met, entry))
        })
        .collect();
    found.sort_by_key(|(weight, _)| std::cmp::Reverse(*weight));
    found.into_iter().take(FOUND).map(|(_, entry)| entry).collect()
}

/// Words that say something, in the one form in which they are compared.
fn words(text: &str) -> Vec<String> {
    let folded = digits::folded(text);
    let all = folded.split(|character: char| !character.is_alphanumeric());
    let says = |word: &&str| word.chars().count() >= SHORT && !FILLERS.contains(word);
    all.filter(says).map(str::to_owned).collect()
}

/// Endings differ in all our languages: a word is another's when it begins with most of it.
fn is_same(one: &str, other: &str) -> bool {
    let common = one.chars().zip(other.chars()).take_while(|(a, b)| a == b).count();
    let longer = one.chars().count().max(other.chars().count());
    one == other || (common >= STEM && common * 4 >= longer * 3)
}

fn shown(key: Key, row: &Model) -> Entry {
    Entry {
        key,
        locale: row.locale,
        category: row.category,
        question: row.question.clone(),
        answer: row.answer.clone(),
        hidden: row.hidden,
        changed: row.ours.is_some(),
    }
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::*;

    #[rstest]
    #[case(Locale::En, "how do i CONNECT my phone", Some("start"))]
    #[case(Locale::En, "it does not connect", Some("broken"))]
    #[case(Locale::En, "refund please", Some("refund"))]
    #[case(Locale::En, "how many devices", Some("devices"))]
    #[case(Locale::En, "hello", None)]
    #[case(Locale::En, "and so on", None)]
    #[case(Locale::En, "thank you for this", None)]
    #[case(Locale::En, "such a friendly shop", None)]
    #[case(Locale::Ru, "спасибо вам за это", None)]
    #[case(Locale::Fa, "ممنون از شما", None)]
    #[case(Locale::En, "", None)]
    #[case(Locale::En, "a b c", None)]
    #[case(Locale::Ru, "как подключиться", Some("start"))]
    #[case(Locale::Ru, "верните деньги", Some("refund"))]
    #[case(Locale::Ru, "сколько устройств", Some("devices"))]
    #[case(Locale::Fa, "چطور وصل شوم", Some("start"))]
    // As an Arabic keyboard writes it.
    #[case(Locale::Fa, "تمديد", Some("renew"))]
    #[case(Locale::Fa, "چند دستگاه", Some("devices"))]
    fn what_is_typed_finds_its_answer(
        #[case] locale: Locale,
        #[case] typed: &str,
        #[case] expected: Option<&str>,
    ) {
        let all = entries(locale, &[]);
        let found = search(&all, typed);
        assert_eq!(found.first().map(|entry| entry.key), expected.and_then(Key::read), "{found:#?}");
    }

    #[test]
    fn there_are_five_of_ours_in_each_language_and_they_fit_into_a_message() {
        for locale in Locale::ALL {
            let all = entries(locale, &[]);
            assert_eq!(all.len(), 5);
            for entry in all {
                assert!(entry.question.chars().count() <= QUESTION, "{entry:?}");
                assert!(entry.answer.chars().count() <= ANSWER && entry.answer.len() > 40, "{entry:?}");
            }
        }
    }

    #[test]
    fn a_key_survives_its_own_code() {
        let own = Key::Own(FaqEntryId::new());
        assert_eq!(Key::read(&own.code()), Some(own));
        assert_eq!(Key::read("refund"), Some(Key::Ours("refund")));
        assert_eq!(Key::read("nothing"), None);
    }
}
