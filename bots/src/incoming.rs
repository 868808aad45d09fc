//! An update as our handlers see it.
//!
//! Read from raw JSON: what no handler knows, or what cannot be read at all, is named and kept apart
//! instead of failing, because the same update would come again for ever.

use domain::shop::user::service::TelegramPerson;
use serde::{Deserialize, Serialize, de::DeserializeOwned};
use serde_json::{Map, Value};
use teloxide::types::{CallbackQuery, ChatMemberKind, ChatMemberUpdated, FileMeta, Message, User};

/// One update. Also the form in which it is stored while it waits.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Incoming {
    pub update_id: i64,
    pub event: Event,
}

/// What happened. Only private chats: a shop's bot does nothing in groups.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Event {
    /// `text` is `None` for pictures, voice and so on.
    Message {
        from: Person,
        text: Option<String>,
        #[serde(default, skip_serializing_if = "Option::is_none")]
        picture: Option<Picture>,
        /// Any other file.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        file: Option<SentFile>,
        /// What stands under a picture or a file.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        caption: Option<String>,
    },
    /// `message` is the message with the button; very old ones have none that can be edited.
    Pressed { from: Person, query: String, message: Option<i64>, data: String },
    /// The user blocked the bot, or let it in again.
    Membership { from: Person, blocked: bool },
    /// Somebody is about to pay: Telegram waits ten seconds for our word.
    Checkout { from: Person, query: String, bill: Bill },
    /// A payment was made, or went `back`.
    Money { charge: String, bill: Bill, back: bool },
    /// Of no use to us; the name of its kind, for the log.
    Other(String),
}

/// What is paid, as Telegram tells it (<https://core.telegram.org/bots/api#successfulpayment>).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Bill {
    /// What we named when we asked for it.
    #[serde(rename = "invoice_payload")]
    pub payload: String,
    pub currency: String,
    pub total_amount: i64,
    /// Telegram took it by itself: see [`Self::is_repetition`].
    #[serde(default, skip_serializing_if = "is_not")]
    pub is_recurring: bool,
    #[serde(default, skip_serializing_if = "is_not")]
    pub is_first_recurring: bool,
}

impl Bill {
    /// Whether it repeats an earlier payment of the same invoice.
    pub const fn is_repetition(&self) -> bool {
        self.is_recurring && !self.is_first_recurring
    }
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde asks so")]
const fn is_not(said: &bool) -> bool {
    !*said
}

/// A picture that somebody sent, as a photo or as a file.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Picture {
    /// By which this bot fetches it.
    pub file_id: String,
    /// The same for every bot.
    pub unique_id: String,
    pub bytes: Option<u64>,
    /// Pictures that were sent together are messages of their own with the same one.
    pub album: Option<String>,
    /// Sent as a file: Telegram sends it on as nothing else.
    #[serde(default)]
    pub as_file: bool,
}

/// A file that is no picture.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct SentFile {
    pub file_id: String,
    pub name: Option<String>,
    pub bytes: Option<u64>,
    pub album: Option<String>,
}

/// The kinds of picture that browsers and Telegram's own photos have.
const PICTURES: [&str; 3] = ["image/jpeg", "image/png", "image/webp"];

/// The sender. In a private chat the chat has the same number.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Person {
    pub telegram_id: i64,
    pub first_name: String,
    pub username: Option<String>,
    pub language_code: Option<String>,
}

impl Incoming {
    /// `None` when the JSON has no update id.
    pub fn read(raw: Value) -> Option<Self> {
        let Value::Object(mut fields) = raw else { return None };
        let update_id = fields.remove("update_id")?.as_i64()?;
        let event = Event::read(&fields).unwrap_or_else(|| Event::Other(kind_of(&fields)));
        Some(Self { update_id, event })
    }

    /// What orders updates: each chat's are handled one after the other. Money waits for no chat, which
    /// may be one that cannot be answered.
    pub fn chat(&self) -> Option<i64> {
        match &self.event {
            Event::Message { from, .. } | Event::Pressed { from, .. } | Event::Membership { from, .. } => {
                Some(from.telegram_id)
            }
            Event::Checkout { .. } | Event::Money { .. } | Event::Other(_) => None,
        }
    }
}

impl Event {
    fn read(fields: &Map<String, Value>) -> Option<Self> {
        for (kind, back) in [("successful_payment", false), ("refunded_payment", true)] {
            if let Some(Payment { telegram_payment_charge_id: charge, bill }) = payment(fields, kind) {
                return Some(Self::Money { charge, bill, back });
            }
        }
        if let Some(query) = field::<Query>(fields, "pre_checkout_query") {
            return Some(Self::Checkout { from: query.from.into(), query: query.id, bill: query.bill });
        }
        if let Some(message) = field::<Message>(fields, "message") {
            let from = message.from.clone().filter(|_| message.chat.is_private())?;
            let picture = Picture::of(&message);
            return Some(Self::Message {
                from: from.into(),
                text: message.text().map(str::to_owned),
                file: if picture.is_none() { SentFile::of(&message) } else { None },
                picture,
                caption: message.caption().map(str::to_owned),
            });
        }
        if let Some(query) = field::<CallbackQuery>(fields, "callback_query") {
            let message = query.message.filter(|message| message.chat().is_private())?;
            return Some(Self::Pressed {
                from: query.from.into(),
                query: query.id.0,
                message: message.regular_message().map(|message| message.id.0.into()),
                data: query.data?,
            });
        }
        let change = field::<ChatMemberUpdated>(fields, "my_chat_member")?;
        let blocked = matches!(change.new_chat_member.kind, ChatMemberKind::Banned(_));
        change.chat.is_private().then(|| Self::Membership { from: change.from.into(), blocked })
    }
}

/// <https://core.telegram.org/bots/api#precheckoutquery>
#[derive(Deserialize)]
struct Query {
    id: String,
    from: User,
    #[serde(flatten)]
    bill: Bill,
}

/// What both messages about money have in common.
#[derive(Deserialize)]
struct Payment {
    telegram_payment_charge_id: String,
    #[serde(flatten)]
    bill: Bill,
}

/// Read past everything else of the message: money counts whoever sent it, and wherever.
fn payment(fields: &Map<String, Value>, kind: &str) -> Option<Payment> {
    serde_json::from_value(fields.get("message")?.get(kind)?.clone()).ok()
}

impl Picture {
    /// Of a photo's sizes the largest.
    fn of(message: &Message) -> Option<Self> {
        let album = message.media_group_id().map(|group| group.0.clone());
        let photo =
            message.photo().and_then(|sizes| sizes.iter().max_by_key(|size| size.width * size.height));
        let document = message.document().filter(|document| {
            document.mime_type.as_ref().is_some_and(|mime| PICTURES.contains(&mime.essence_str()))
        });
        let file = photo.map(|size| &size.file).or(document.map(|document| &document.file))?;
        Some(Self {
            file_id: file.id.0.clone(),
            unique_id: file.unique_id.0.clone(),
            bytes: size_of(file),
            album,
            as_file: photo.is_none(),
        })
    }
}

impl SentFile {
    fn of(message: &Message) -> Option<Self> {
        let document = message.document()?;
        Some(Self {
            file_id: document.file.id.0.clone(),
            name: document.file_name.clone(),
            bytes: size_of(&document.file),
            album: message.media_group_id().map(|group| group.0.clone()),
        })
    }
}

/// Telegram leaves the size out where it is not known.
fn size_of(file: &FileMeta) -> Option<u64> {
    Some(u64::from(file.size)).filter(|size| *size != u64::from(u32::MAX))
}

/// One field, read on its own: teloxide's `Update` reads no object whose keys are owned, because it
/// asks for a borrowed key first and loses it.
fn field<T: DeserializeOwned>(fields: &Map<String, Value>, name: &str) -> Option<T> {
    serde_json::from_value(fields.get(name)?.clone()).ok()
}

impl From<&Person> for TelegramPerson {
    fn from(person: &Person) -> Self {
        Self {
            telegram_id: person.telegram_id,
            first_name: person.first_name.clone(),
            username: person.username.clone(),
            language_code: person.language_code.clone(),
        }
    }
}

impl From<User> for Person {
    fn from(user: User) -> Self {
        Self {
            telegram_id: i64::try_from(user.id.0).unwrap_or(i64::MAX),
            first_name: user.first_name,
            username: user.username,
            language_code: user.language_code,
        }
    }
}

/// The update's field: a name of the schema, never content.
fn kind_of(fields: &Map<String, Value>) -> String {
    fields.keys().next().map_or("nothing", String::as_str).to_owned()
}

#[cfg(test)]
mod tests;
