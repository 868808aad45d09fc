//! What the emulator remembers, and nothing about how it is reached. All of it can be written to a
//! snapshot, except what belongs to running tasks.

use std::{
    collections::{BTreeMap, VecDeque},
    sync::{Arc, Mutex, atomic::AtomicU64},
};

use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use serde::{Deserialize, Serialize};
use serde_json::Value;
use sha2::{Digest as _, Sha256};
use tokio::{sync::Notify, time::Instant};

use super::{
    stars::{Checkout, Invoice, Receipt, Subscription, Transaction},
    text::Formatted,
};

/// How many messages of a chat are kept; the oldest go first.
pub const KEPT_MESSAGES: usize = 2_000;

#[derive(Debug, Default, Serialize, Deserialize)]
pub struct State {
    pub bots: BTreeMap<i64, Bot>,
    pub users: BTreeMap<i64, Person>,
    pub channels: BTreeMap<i64, Channel>,
    /// By `file_id`, which is good for one bot only.
    pub files: BTreeMap<String, StoredFile>,
    pub callbacks: BTreeMap<String, Callback>,
    /// Unix time.
    pub callbacks_swept_at: i64,
    /// By the end of their links.
    #[serde(default)]
    pub invoices: BTreeMap<String, Invoice>,
    #[serde(default)]
    pub checkouts: BTreeMap<String, Checkout>,
    /// How many bots and channels were ever made.
    pub created: i64,
}

/// A bot as BotFather knows it, with its updates and its side of every chat.
#[derive(Debug, Serialize, Deserialize)]
pub struct Bot {
    pub id: i64,
    pub token: String,
    pub name: String,
    pub username: String,
    /// By language code; `""` is the default.
    pub names: BTreeMap<String, String>,
    pub descriptions: BTreeMap<String, String>,
    pub short_descriptions: BTreeMap<String, String>,
    /// By scope (as JSON) and language code, joined by a line feed.
    pub commands: BTreeMap<String, Vec<Value>>,
    /// By chat; 0 is the default.
    pub menu_buttons: BTreeMap<i64, Value>,
    /// `None` until the bot asks for certain kinds.
    pub allowed_updates: Option<Vec<String>>,
    pub webhook: Option<Webhook>,
    pub queue: VecDeque<StoredUpdate>,
    /// Held back by the reorder knob until the next update was queued.
    #[serde(skip)]
    pub held: Option<StoredUpdate>,
    pub last_update_id: i64,
    pub dialogs: BTreeMap<i64, Dialog>,
    /// Stars that came and went, the oldest first.
    #[serde(default)]
    pub stars: Vec<Transaction>,
    #[serde(default)]
    pub subscriptions: Vec<Subscription>,
    /// Seconds by which the shop's clock was moved.
    #[serde(default)]
    pub stars_ahead: i64,
    /// Unix time of logOut; Telegram keeps the bot out for ten minutes.
    pub logged_out_at: Option<i64>,
    #[serde(skip)]
    pub running: Arc<Running>,
}

/// What wakes and tells apart the tasks of one bot.
#[derive(Debug, Default)]
pub struct Running {
    /// Rung when an update was queued, or the poller has to look again.
    pub updates: Notify,
    /// Counts getUpdates calls; a waiting one that is not the newest was terminated.
    pub poll: AtomicU64,
    /// Counts tokens; who waits with an older one is unauthorized.
    pub token: AtomicU64,
    /// Counts webhook settings; a delivery task of an older one ends.
    pub webhook: AtomicU64,
    /// When the last 409 was given, for the penalty on the next.
    pub last_conflict: Mutex<Option<Instant>>,
}

/// <https://core.telegram.org/bots/api#setwebhook>
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Webhook {
    pub url: String,
    pub secret: Option<String>,
    pub max_connections: i64,
    pub last_error: Option<(i64, String)>,
}

/// An update that waits for the bot.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct StoredUpdate {
    pub id: i64,
    pub kind: String,
    pub chat: i64,
    /// Unix time: 150 s after a callback query, a day after everything else
    /// (`add_update` in tdlib/telegram-bot-api, `telegram-bot-api/Client.cpp`).
    pub expires_at: i64,
    /// The update as JSON, with its `update_id`.
    pub body: Value,
    #[serde(skip)]
    pub delivery: Delivery,
}

/// How far a webhook delivery is.
#[derive(Clone, Debug, Default)]
pub struct Delivery {
    pub in_flight: bool,
    pub failures: u32,
    /// Units of the retry time before the last retry.
    pub delay: u32,
    pub not_before: Option<Instant>,
}

/// A chat from one bot's side. A private chat has its user's id.
#[derive(Debug, Default, Serialize, Deserialize)]
pub struct Dialog {
    pub messages: BTreeMap<i64, Message>,
    pub last_message_id: i64,
    pub blocked: bool,
    /// The keyboard under the input line: the last `ReplyKeyboardMarkup`.
    pub reply_keyboard: Option<Value>,
    /// When the bot last called about this chat, or took an update of it.
    #[serde(skip)]
    pub last_activity: Option<Instant>,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Message {
    pub id: i64,
    /// Unix time.
    pub date: i64,
    pub edit_date: Option<i64>,
    /// A user, or the bot itself.
    pub from: i64,
    /// Text or caption.
    pub content: Formatted,
    /// The sizes' file ids, smallest first.
    pub photo: Vec<String>,
    pub document: Option<String>,
    /// Of messages that were sent together.
    #[serde(default)]
    pub album: Option<String>,
    /// An inline keyboard.
    pub markup: Option<Value>,
    pub link_preview: Option<Value>,
    pub protected: bool,
    pub reply_to: Option<i64>,
    pub caption_above: bool,
    pub spoiler: bool,
    #[serde(default)]
    pub receipt: Option<Receipt>,
}

#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Person {
    pub id: i64,
    pub first_name: String,
    pub last_name: Option<String>,
    pub username: Option<String>,
    pub language_code: Option<String>,
    /// A deleted account.
    pub deactivated: bool,
}

#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Channel {
    pub id: i64,
    pub title: String,
    /// Without the `@`; a channel without one is private.
    pub username: Option<String>,
    /// Status by user or bot: `creator`, `administrator`, `member`, `left`, `kicked`.
    pub members: BTreeMap<i64, String>,
}

#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct StoredFile {
    pub bot: i64,
    pub unique_id: String,
    pub name: String,
    pub mime: String,
    /// Of a photo, in pixels.
    pub size: Option<(u32, u32)>,
    #[serde(with = "base64_bytes")]
    pub bytes: bytes::Bytes,
}

/// A pressed button.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Callback {
    pub bot: i64,
    pub user: i64,
    /// Unix time.
    pub at: i64,
    pub answer: Option<CallbackAnswer>,
}

/// What the bot said to a pressed button.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct CallbackAnswer {
    pub text: Option<String>,
    pub show_alert: bool,
    pub url: Option<String>,
}

impl State {
    /// The channel with this `@name`.
    pub fn channel_named(&self, name: &str) -> Option<&Channel> {
        let name = name.strip_prefix('@')?;
        self.channels
            .values()
            .find(|channel| channel.username.as_deref().is_some_and(|own| own.eq_ignore_ascii_case(name)))
    }

    /// Keeps a file for a bot and returns its id; the same bytes get the same id.
    pub fn keep_file(&mut self, mut file: StoredFile, kind: &str) -> String {
        let hash = Sha256::digest(&file.bytes);
        file.unique_id = format!("AQAD{}", URL_SAFE_NO_PAD.encode(&hash[..9]));
        let id = format!("{kind}{}-{}", URL_SAFE_NO_PAD.encode(file.bot.to_be_bytes()), file.unique_id);
        self.files.entry(id.clone()).or_insert(file);
        id
    }
}

impl Bot {
    pub fn new(id: i64, token: String, name: &str, username: &str) -> Self {
        Self {
            id,
            token,
            name: name.to_owned(),
            username: username.to_owned(),
            names: BTreeMap::new(),
            descriptions: BTreeMap::new(),
            short_descriptions: BTreeMap::new(),
            commands: BTreeMap::new(),
            menu_buttons: BTreeMap::new(),
            allowed_updates: None,
            webhook: None,
            queue: VecDeque::new(),
            held: None,
            last_update_id: 0,
            dialogs: BTreeMap::new(),
            stars: Vec::new(),
            subscriptions: Vec::new(),
            stars_ahead: 0,
            logged_out_at: None,
            running: Arc::default(),
        }
    }

    /// Drops updates that Telegram would not keep any longer.
    pub fn drop_expired(&mut self, now: i64) {
        self.queue.retain(|update| update.expires_at >= now || update.delivery.in_flight);
    }

    /// Notes that the bot dealt with a chat, for those who wait until it is done.
    pub fn touch(&mut self, chat: i64) {
        if let Some(dialog) = self.dialogs.get_mut(&chat) {
            dialog.last_activity = Some(Instant::now());
        }
    }

    pub fn dialog_mut(&mut self, chat: i64) -> &mut Dialog {
        self.dialogs.entry(chat).or_default()
    }

    /// Whether the bot wants updates of this kind. Without a choice it gets all but three kinds
    /// (<https://core.telegram.org/bots/api#getupdates>).
    pub fn wants(&self, kind: &str) -> bool {
        match &self.allowed_updates {
            Some(kinds) if !kinds.is_empty() => kinds.iter().any(|wanted| wanted == kind),
            _ => !matches!(kind, "chat_member" | "message_reaction" | "message_reaction_count"),
        }
    }
}

impl Dialog {
    /// Keeps a message under the chat's next id.
    pub fn add(&mut self, mut message: Message) -> &Message {
        self.last_message_id += 1;
        let id = self.last_message_id;
        message.id = id;
        if self.messages.len() >= KEPT_MESSAGES {
            self.messages.pop_first();
        }
        self.messages.entry(id).or_insert(message)
    }
}

impl Message {
    /// A message without content; its id comes with [`Dialog::add`].
    pub fn new(from: i64, date: i64) -> Self {
        Self {
            id: 0,
            date,
            edit_date: None,
            from,
            content: Formatted::default(),
            photo: Vec::new(),
            document: None,
            album: None,
            markup: None,
            link_preview: None,
            protected: false,
            reply_to: None,
            caption_above: false,
            spoiler: false,
            receipt: None,
        }
    }

    pub fn has_media(&self) -> bool {
        !self.photo.is_empty() || self.document.is_some()
    }
}

mod base64_bytes {
    use base64::{Engine as _, engine::general_purpose::STANDARD};
    use bytes::Bytes;
    use serde::{Deserialize as _, Deserializer, Serializer, de::Error as _};

    pub(super) fn serialize<S: Serializer>(bytes: &Bytes, to: S) -> Result<S::Ok, S::Error> {
        to.serialize_str(&STANDARD.encode(bytes))
    }

    pub(super) fn deserialize<'de, D: Deserializer<'de>>(from: D) -> Result<Bytes, D::Error> {
        let text = String::deserialize(from)?;
        STANDARD.decode(text).map(Bytes::from).map_err(D::Error::custom)
    }
}
