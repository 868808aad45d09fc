//! The menu of commands that Telegram shows beside the input, in each language. The bot's name and
//! description are its owner's.

use domain::{
    args,
    locale::{self, Locale},
};
use serde_json::{Value, json};

use crate::api::{ApiError, BotApi};

const COMMANDS: [(&str, &str); 12] = [
    ("menu", "bot-command-menu"),
    ("buy", "bot-command-buy"),
    ("my", "bot-command-my"),
    ("config", "bot-command-config"),
    ("promo", "bot-command-promo"),
    ("settings", "bot-command-settings"),
    ("faq", "bot-command-faq"),
    ("invite", "bot-command-invite"),
    ("support", "bot-command-support"),
    ("help", "bot-command-help"),
    ("cancel", "bot-command-cancel"),
    ("id", "bot-command-id"),
];

/// What the shop's people can type besides.
const FOR_STAFF: [(&str, &str); 3] =
    [("admin", "bot-command-admin"), ("stats", "bot-command-stats"), ("diag", "bot-command-diag")];

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

/// Shows staff its own commands, in its chat alone. They work without being shown, so a Telegram that does
/// not take them is no failure.
pub(crate) async fn publish_to_staff(api: &BotApi, locale: Locale, chat: i64) {
    let commands: Vec<Value> = described(locale, &FOR_STAFF).chain(described(locale, &COMMANDS)).collect();
    let params = json!({ "commands": commands, "scope": { "type": "chat", "chat_id": chat } });
    if let Err(error) = api.call::<bool>("setMyCommands", &params).await {
        tracing::info!(%error, "the commands of staff are not shown");
    }
}

fn list(locale: Locale) -> Vec<Value> {
    described(locale, &COMMANDS).collect()
}

fn described(locale: Locale, commands: &[(&str, &str)]) -> impl Iterator<Item = Value> {
    let describe = move |(command, key): &(&str, &str)| json!({ "command": command, "description": locale::plain(locale, key, &args![]) });
    commands.iter().map(describe)
}

#[cfg(test)]
mod tests {
    use teloxide::utils::command::BotCommands as _;

    use super::*;
    use crate::schema::Command;

    #[test]
    fn every_listed_command_is_understood_and_described() {
        for (command, key) in COMMANDS.into_iter().chain(FOR_STAFF) {
            assert!(Command::parse(&format!("/{command}"), "").is_ok(), "{command}");
            assert!(locale::has(key), "{key}");
        }
    }
}
