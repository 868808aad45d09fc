//! Somebody with a phone of his own, beside the one of the preview page.

use std::time::Duration;

use server::sandbox::telegram::{ButtonAction, ChatMessage, Pressed};

use super::{Flow, until};

pub struct Guest<'a> {
    pub flow: &'a Flow,
    pub id: i64,
    bot: i64,
}

impl<'a> Guest<'a> {
    /// Somebody who has never seen the shop's bot.
    pub fn new(flow: &'a Flow, id: i64, name: &str) -> Self {
        let telegram = &flow.sandbox().telegram;
        telegram.user(id, name, "en");
        Self { flow, id, bot: telegram.bot_named(&flow.seller.username).expect("the bot") }
    }

    /// Past language and rules.
    pub async fn settled(flow: &'a Flow, id: i64, name: &str) -> Self {
        let guest = Self::new(flow, id, name);
        // The bot reads its new state a moment after the page shows it.
        until("the bot serves", async || {
            guest.say("/start");
            tokio::time::sleep(Duration::from_secs(1)).await;
            guest.press("English")
        })
        .await;
        guest.accepts_the_rules().await;
        guest
    }

    pub async fn accepts_the_rules(&self) {
        until("the rules", async || self.press("✅ I agree")).await;
        until("a welcome", async || self.shows("Welcome to")).await;
    }

    pub fn say(&self, text: &str) {
        self.flow.sandbox().telegram.say(self.bot, self.id, text).expect("a chat");
    }

    pub fn send_photo(&self, picture: &[u8], caption: &str) {
        let telegram = &self.flow.sandbox().telegram;
        telegram.send_photo_to_bot(self.bot, self.id, picture.to_vec(), caption).expect("a picture");
    }

    pub fn chat(&self) -> Vec<ChatMessage> {
        self.flow.sandbox().telegram.transcript(self.bot, self.id)
    }

    pub fn shows(&self, text: &str) -> bool {
        self.count(text) > 0
    }

    /// How many messages of the bot say this.
    pub fn count(&self, text: &str) -> usize {
        let chat = self.chat();
        chat.iter().filter(|message| !message.from_me && plain(&message.text).contains(text)).count()
    }

    /// False when no message has this button.
    pub fn press(&self, label: &str) -> bool {
        let chat = self.chat();
        let found = chat.iter().rev().find_map(|message| {
            let key = message.keyboard.iter().flatten().find(|key| key.text == label)?;
            let ButtonAction::Callback(data) = &key.action else { return None };
            Some((message.id, data.clone()))
        });
        let telegram = &self.flow.sandbox().telegram;
        found.is_some_and(|(id, data)| telegram.press_data(self.bot, self.id, id, &data).is_ok())
    }

    /// Presses what stands under a message.
    pub fn press_data(&self, message: i64, data: &str) -> Pressed {
        let telegram = &self.flow.sandbox().telegram;
        telegram.press_data(self.bot, self.id, message, data).expect("a button")
    }
}

/// Without the marks that keep numbers together and in their direction.
pub fn plain(text: &str) -> String {
    text.replace(['\u{2066}', '\u{2068}', '\u{2069}'], "").replace(['\u{A0}', '\u{202F}'], " ")
}
