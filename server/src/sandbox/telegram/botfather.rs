//! @BotFather, and the other things that are not done by bots: making bots, people and channels.
//!
//! Names and tokens follow <https://core.telegram.org/bots/features#botfather>.

use std::{collections::BTreeMap, sync::atomic::Ordering};

use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use secrecy::SecretString;
use sha2::{Digest as _, Sha256};
use uuid::Uuid;

use super::{
    TelegramEmulator,
    state::{Bot, Channel, Person},
};

/// Bot ids have ten digits nowadays; users' ids are smaller here, so that a page can tell them apart.
const FIRST_BOT_ID: i64 = 7_100_000_001;
/// Channels' ids are -100 followed by ten digits.
const FIRST_CHANNEL_ID: i64 = -1_002_100_000_001;

/// What BotFather says no to.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum BotFatherError {
    #[error("a bot's username has 5 to 32 Latin letters, digits and underscores, and ends in `bot`")]
    BadUsername,
    #[error("this username is already taken")]
    Taken,
    #[error("a bot's name has 1 to 64 characters")]
    BadName,
}

impl TelegramEmulator {
    /// `/newbot`. The username ends in `bot` and is nobody else's. Returns id and token.
    ///
    /// # Errors
    /// What BotFather says no to.
    pub fn create_bot(&self, name: &str, username: &str) -> Result<(i64, SecretString), BotFatherError> {
        let username = username.trim_start_matches('@');
        let spelled = username.chars().all(|c| c.is_ascii_alphanumeric() || c == '_');
        let starts = username.starts_with(|c: char| c.is_ascii_alphabetic());
        if !spelled
            || !starts
            || !(5..=32).contains(&username.len())
            || !username.to_lowercase().ends_with("bot")
        {
            return Err(BotFatherError::BadUsername);
        }
        if !(1..=64).contains(&name.trim().chars().count()) {
            return Err(BotFatherError::BadName);
        }
        self.change(|state| {
            if state.bots.values().any(|bot| bot.username.eq_ignore_ascii_case(username)) {
                return Err(BotFatherError::Taken);
            }
            state.created += 1;
            let id = FIRST_BOT_ID + state.created;
            let token = new_token(id);
            state.bots.insert(id, Bot::new(id, token.clone(), name.trim(), username));
            Ok((id, token.into()))
        })
    }

    /// `/revoke`: the old token is no good any more, not even for a call that waits, and its webhook
    /// is gone with it. `None` when there is no such bot.
    pub fn revoke_token(&self, bot: i64) -> Option<SecretString> {
        let token = self.change(|state| {
            let bot = state.bots.get_mut(&bot)?;
            bot.token = new_token(bot.id);
            bot.webhook = None;
            bot.running.token.fetch_add(1, Ordering::SeqCst);
            Some(bot.token.clone())
        });
        self.restart_delivery(bot);
        token.map(Into::into)
    }

    /// A bot's token now, for whoever plays its owner.
    pub fn token(&self, bot: i64) -> Option<SecretString> {
        self.look(|state| state.bots.get(&bot).map(|bot| bot.token.clone().into()))
    }

    /// Ids and usernames of all bots.
    pub fn bots(&self) -> Vec<(i64, String)> {
        self.look(|state| state.bots.values().map(|bot| (bot.id, bot.username.clone())).collect())
    }

    /// The id of the bot with this username, with or without the `@`.
    pub fn bot_named(&self, username: &str) -> Option<i64> {
        let username = username.trim_start_matches('@');
        self.look(|state| {
            state.bots.values().find(|bot| bot.username.eq_ignore_ascii_case(username)).map(|bot| bot.id)
        })
    }

    /// Makes or renames a person. Ids are the caller's choice: positive, below those of bots.
    pub fn user(&self, id: i64, first_name: &str, language_code: &str) {
        self.change(|state| {
            let person = state.users.entry(id).or_insert_with(|| Person {
                id,
                first_name: String::new(),
                last_name: None,
                username: None,
                language_code: None,
                deactivated: false,
            });
            person.first_name = first_name.to_owned();
            person.language_code = (!language_code.is_empty()).then(|| language_code.to_owned());
        });
    }

    /// Gives a person an `@name`, or takes it away.
    pub fn set_username(&self, user: i64, username: Option<&str>) {
        self.change(|state| {
            if let Some(person) = state.users.get_mut(&user) {
                person.username = username.map(str::to_owned);
            }
        });
    }

    /// Deletes a person's account: bots that write to it get 403.
    pub fn deactivate(&self, user: i64) {
        self.change(|state| {
            if let Some(person) = state.users.get_mut(&user) {
                person.deactivated = true;
            }
        });
    }

    /// Makes a channel whose owner is `owner`, and returns its id.
    pub fn make_channel(&self, title: &str, username: Option<&str>, owner: i64) -> i64 {
        self.change(|state| {
            state.created += 1;
            let id = FIRST_CHANNEL_ID - state.created;
            let members = BTreeMap::from([(owner, "creator".to_owned())]);
            let username = username.map(|name| name.trim_start_matches('@').to_owned());
            state.channels.insert(id, Channel { id, title: title.to_owned(), username, members });
            id
        })
    }
}

/// `<id>:` and 35 characters, as BotFather writes it.
fn new_token(id: i64) -> String {
    let mut hash = Sha256::new();
    hash.update(Uuid::new_v4().as_bytes());
    hash.update(Uuid::new_v4().as_bytes());
    let secret = URL_SAFE_NO_PAD.encode(hash.finalize());
    format!("{id}:AA{}", &secret[..33])
}
