//! Somebody with the phone of the preview page.

use std::time::Duration;

use domain::locale::{self, Locale};
use server::sandbox::telegram::{ButtonAction, ChatMessage, TelegramEmulator};

use super::{Browser, TestServer};

/// The person who holds the phone at first.
const BUYER: i64 = 5_000_001;
/// Jobs and bots run in the background; a machine under load takes its time.
const PATIENCE: Duration = Duration::from_secs(20);

/// Types and presses through the page, and reads the chat in the emulator.
pub struct Phone<'a> {
    browser: &'a Browser,
    telegram: TelegramEmulator,
    bot: i64,
    path: String,
}

impl<'a> Phone<'a> {
    /// `path` is the preview's.
    pub fn new(server: &TestServer, browser: &'a Browser, username: &str, path: &str) -> Self {
        let telegram = server.state().sandbox.as_ref().expect("a sandbox").telegram.clone();
        let bot = telegram.bot_named(username).expect("the bot");
        Self { browser, telegram, bot, path: path.to_owned() }
    }

    pub async fn say(&self, text: &str) {
        let answer = self.browser.post(&self.path, &[("text", text)]).await;
        assert_eq!(answer.status, 303, "{}", answer.body);
    }

    /// Presses the newest key with the label of this text, once it is there.
    pub async fn press(&self, key: &str) {
        let label = label(key);
        let (message, row, column) = self.wait_for(&label, |chat| find(chat, &label)).await;
        let place = format!("{row}:{column}");
        let fields = [("message", message.to_string()), ("press", place)];
        let fields = [("message", fields[0].1.as_str()), ("press", fields[1].1.as_str())];
        assert_eq!(self.browser.post(&self.path, &fields).await.status, 303);
    }

    /// Presses the first key of the newest keyboard whose label begins like this.
    pub async fn press_beginning(&self, begin: &str) {
        let found = |chat: &[ChatMessage]| {
            let message = chat.iter().rev().find(|message| !message.keyboard.is_empty())?;
            place(message, |text| text.contains(begin))
        };
        let (message, row, column) = self.wait_for(begin, found).await;
        let (message, place) = (message.to_string(), format!("{row}:{column}"));
        let fields = [("message", message.as_str()), ("press", place.as_str())];
        assert_eq!(self.browser.post(&self.path, &fields).await.status, 303);
    }

    /// Where the newest key with this label leads, once it is there.
    pub async fn link(&self, key: &str) -> String {
        let label = label(key);
        self.wait_for(&label, |chat| {
            let keys = chat.iter().rev().flat_map(|message| message.keyboard.iter().flatten());
            keys.filter(|key| matches_label(&key.text, &label)).find_map(|key| match &key.action {
                ButtonAction::Url(url) => Some(url.clone()),
                _ => None,
            })
        })
        .await
    }

    /// Whether the newest message has keys.
    pub fn has_keys(&self) -> bool {
        let chat = self.telegram.transcript(self.bot, BUYER);
        chat.last().is_some_and(|message| !message.keyboard.is_empty())
    }

    /// Waits until the chat shows what `look` finds.
    pub async fn wait_for<T>(&self, what: &str, look: impl Fn(&[ChatMessage]) -> Option<T>) -> T {
        let until = tokio::time::Instant::now() + PATIENCE;
        loop {
            let chat = self.telegram.transcript(self.bot, BUYER);
            if let Some(found) = look(&chat) {
                return found;
            }
            assert!(tokio::time::Instant::now() < until, "no {what} in {:#?}", shown(&chat));
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
    }
}

/// The label of a key in English; a value in it is left open.
fn label(key: &str) -> String {
    locale::plain(Locale::En, key, &domain::args![])
}

fn matches_label(text: &str, label: &str) -> bool {
    let mut fixed =
        label.split(['{', '}']).map(str::trim).filter(|part| !part.is_empty() && !part.starts_with('$'));
    fixed.try_fold(text, |rest, part| rest.split_once(part).map(|(_, rest)| rest)).is_some()
}

fn find(chat: &[ChatMessage], label: &str) -> Option<(i64, usize, usize)> {
    chat.iter().rev().find_map(|message| place(message, |text| matches_label(text, label)))
}

fn place(message: &ChatMessage, fits: impl Fn(&str) -> bool) -> Option<(i64, usize, usize)> {
    message.keyboard.iter().enumerate().find_map(|(row, keys)| {
        let column = keys.iter().position(|key| fits(&key.text))?;
        Some((message.id, row, column))
    })
}

fn shown(chat: &[ChatMessage]) -> Vec<(String, Vec<String>)> {
    let keys =
        |message: &ChatMessage| message.keyboard.iter().flatten().map(|key| key.text.clone()).collect();
    chat.iter().map(|message| (message.text.clone(), keys(message))).collect()
}
