//! Whom a row is about, and what stands there instead once he is forgotten.

use serde_json::Value;

use crate::{entities::tenant::user, ids::UserId};

/// Shorter names stand in too many words that mean nobody.
const TELLING: usize = 3;

/// A person as Telegram tells him, and the pseudonym that takes his place.
#[derive(Clone, Debug)]
pub(super) struct Person {
    pub telegram_id: i64,
    /// Below nothing, as no person's number at Telegram is.
    pub number: i64,
    pub name: String,
    names: Vec<String>,
}

impl Person {
    pub fn of(user: &user::Model) -> Self {
        let username = user.username.iter().flat_map(|name| [format!("@{name}"), name.clone()]);
        let names = username.chain([user.first_name.clone()]).filter(|name| !name.is_empty()).collect();
        let (number, name) = pseudonym(user.id);
        Self { telegram_id: user.telegram_id, number, name, names }
    }

    /// What staff is called in what they did.
    pub fn as_staff(&self) -> (String, String) {
        (format!("bot:{}", self.telegram_id), format!("bot:{}", self.number))
    }

    /// The same JSON without the person.
    pub fn without(&self, value: Value) -> Value {
        match value {
            Value::Number(number) if number.as_i64() == Some(self.telegram_id) => self.number.into(),
            Value::String(text) if self.names.contains(&text) => self.name.clone().into(),
            Value::String(text) => self.without_words(&text).into(),
            Value::Array(values) => values.into_iter().map(|value| self.without(value)).collect(),
            Value::Object(fields) => {
                fields.into_iter().map(|(name, value)| (name, self.without(value))).collect()
            }
            other => other,
        }
    }

    /// The same document, JSON or not, without the person.
    pub fn without_body(&self, text: &str) -> String {
        match serde_json::from_str::<Value>(text) {
            Ok(value) => self.without(value).to_string(),
            Err(_) => self.without_words(text),
        }
    }

    /// The same words without the person's number and names.
    pub fn without_words(&self, text: &str) -> String {
        let number = (self.telegram_id.to_string(), self.number.to_string());
        let names = self.names.iter().filter(|name| name.chars().count() >= TELLING);
        let names = names.map(|name| (name.clone(), self.name.clone()));
        [number]
            .into_iter()
            .chain(names)
            .fold(text.to_owned(), |text, (from, to)| replaced(&text, &from, &to))
    }
}

/// Comes from our own number of the user, which stands in the books and means nobody.
fn pseudonym(id: UserId) -> (i64, String) {
    let digits = id.to_string();
    let random = i64::try_from(id.0.as_u128() & 0x1f_ffff_ffff_ffff).unwrap_or(0);
    (-random - 1, format!("#{}", &digits[digits.len() - 6..]))
}

/// Whole words only: a number is no part of a longer one.
fn replaced(text: &str, from: &str, to: &str) -> String {
    let mut rest = text;
    let mut new = String::with_capacity(text.len());
    while let Some(at) = rest.find(from) {
        let (before, found) = rest.split_at(at);
        let after = &found[from.len()..];
        let is_part = |character: Option<char>| character.is_some_and(char::is_alphanumeric);
        let before_it = before.chars().next_back().or_else(|| new.chars().next_back());
        new.push_str(before);
        new.push_str(if is_part(before_it) || is_part(after.chars().next()) { from } else { to });
        rest = after;
    }
    new.push_str(rest);
    new
}

#[cfg(test)]
mod tests {
    use rstest::rstest;
    use serde_json::json;

    use super::*;

    fn sara() -> Person {
        Person {
            telegram_id: 77,
            number: -5,
            name: "#abc".into(),
            names: vec!["@sara_q".into(), "sara_q".into(), "Sara".into()],
        }
    }

    #[rstest]
    #[case("Sara asked", "#abc asked")]
    #[case("of 77, twice: 77", "of -5, twice: -5")]
    #[case("777 and 1770 are others", "777 and 1770 are others")]
    #[case("update:77", "update:-5")]
    #[case("Sarah is another", "Sarah is another")]
    #[case("write to @sara_q", "write to #abc")]
    #[case("سلام", "سلام")]
    fn words_lose_the_person(#[case] text: &str, #[case] expected: &str) {
        assert_eq!(sara().without_words(text), expected);
    }

    #[test]
    fn json_loses_the_person_and_nothing_else() {
        let said = json!({ "from": { "id": 77, "first_name": "Sara" }, "amount": 770, "order": "77-1" });
        let left = json!({ "from": { "id": -5, "first_name": "#abc" }, "amount": 770, "order": "-5-1" });
        assert_eq!(sara().without(said), left);
    }
}
