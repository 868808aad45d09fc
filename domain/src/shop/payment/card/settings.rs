//! What payers see of the shop's card. Nothing of it is a secret: it is shown to everybody who buys.

use serde_json::{Value, json};

use super::number::{self, BadNumber};
use crate::ports::{AccountField, AccountSlot};

/// The field of the card's number.
pub const NUMBER: &str = "number";
const HOLDER: &str = "holder";
const BANK: &str = "bank";
const NOTE: &str = "note";

/// What a shop fills in.
pub const FIELDS: [AccountField; 4] = [
    AccountField { slot: AccountSlot::Setting, name: NUMBER },
    AccountField { slot: AccountSlot::Setting, name: HOLDER },
    AccountField { slot: AccountSlot::Optional, name: BANK },
    AccountField { slot: AccountSlot::Optional, name: NOTE },
];

/// Characters of a name, and of the note.
const LINE: usize = 60;
const TEXT: usize = 300;

/// The shop's card.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Card {
    /// Sixteen digits.
    pub number: String,
    /// Whose card it is.
    pub holder: String,
    pub bank: Option<String>,
    /// What else payers should know.
    pub note: Option<String>,
}

impl Card {
    /// `None` before the shop has filled it in.
    pub fn of(settings: &Value) -> Option<Self> {
        let text =
            |name: &str| Some(settings.get(name)?.as_str()?.to_owned()).filter(|text| !text.is_empty());
        Some(Self { number: text(NUMBER)?, holder: text(HOLDER)?, bank: text(BANK), note: text(NOTE) })
    }
}

/// What was typed in a field, as it is kept.
///
/// # Errors
/// [`BadNumber`] for the number.
pub fn kept(name: &str, typed: &str) -> Result<Value, BadNumber> {
    let short = |length: usize| -> String {
        let visible = typed.trim().chars().filter(|letter| !letter.is_control() || *letter == '\n');
        visible.take(length).collect()
    };
    Ok(match name {
        NUMBER => json!(number::read(typed)?),
        NOTE => json!(short(TEXT)),
        _ => json!(short(LINE).replace('\n', " ")),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_card_is_read_back_as_it_was_kept() {
        let mut settings = json!({});
        assert_eq!(Card::of(&settings), None);
        for (name, typed) in
            [(NUMBER, "۶۰۳۷ ۹۹۱۲ ۳۴۵۶ ۷۸۹۳"), (HOLDER, " سارا رضایی \u{7}"), (BANK, ""), (NOTE, "1\n2")]
        {
            settings[name] = kept(name, typed).unwrap();
        }
        let card = Card::of(&settings).unwrap();
        assert_eq!(card.number, "6037991234567893");
        assert_eq!((card.holder.trim(), card.bank, card.note), ("سارا رضایی", None, Some("1\n2".into())));
        assert_eq!(kept(NUMBER, "6037"), Err(BadNumber::Length));
        assert_eq!(kept(HOLDER, &"x".repeat(500)).unwrap().as_str().map(str::len), Some(LINE));
    }
}
