//! The menu of commands that Telegram shows beside the input, in each language. The bot's name and
//! description are its owner's.

use domain::{
    args,
    locale::{self, Locale},
};
use serde_json::{Value, json};

use crate::api::{ApiError, BotApi};

const COMMANDS: [(&str, &str); 9] = [
    ("menu", "bot-command-menu"),
    ("buy", "bot-command-buy"),
    ("my", "bot-command-my"),
    ("config", "bot-command-config"),
    ("promo", "bot-command-promo"),
    ("settings", "bot-command-settings"),
    ("help", "bot-command-help"),
    ("cancel", "bot-command-cancel"),
    ("id", "bot-command-id"),
];

/// Sets the commands: in the shop's language for everybody, and in each of ours for its speakers.
///
/// # Errors
/// [`ApiError`].
pub(crate) async fn publish(api: &BotApi, main: Locale) -> Result<(), ApiError> {
    api.call::<bool>("setMyCommands", &json!({ "commands": list(main) })).await?;
    for locale in Locale::ALL {
        let params = json!({ "commands": list(locale), "language_code": locale.code() });
        api.call::<bool>("setMyCommands", &params).await?;
    }
    Ok(())
}

fn list(locale: Locale) -> Vec<Value> {
    let describe =
        |(command, key)| json!({ "command": command, "description": locale::plain(locale, key, &args![]) });
    COMMANDS.map(describe).into()
}

#[cfg(test)]
mod tests {
    use teloxide::utils::command::BotCommands as _;

    use super::*;
    use crate::schema::Command;

    #[test]
    fn every_listed_command_is_understood_and_described() {
        for (command, key) in COMMANDS {
            assert!(Command::parse(&format!("/{command}"), "").is_ok(), "{command}");
            assert!(locale::has(key), "{key}");
        }
    }
}
