//! What a token looks like, which state follows which (SPEC §2), and how a bot is shown.

use secrecy::{ExposeSecret, SecretString};

use crate::{entities::master::bot_instance::BotState, locale::digits};

/// Length of the part after the colon (core.telegram.org/bots/api#authorizing-your-bot shows 35).
const SECRET_LENGTH: usize = 35;
/// Telegram's identifiers have at most 52 significant bits (core.telegram.org/bots/api#user).
const TELEGRAM_ID_MAX: i64 = (1 << 52) - 1;

/// Which states may follow which. What is not here is refused.
const MOVES: &[(BotState, &[BotState])] = {
    use BotState::{Deleted, Deploying, Draft, Failed, Live, Maintenance, NeedsToken, Paused};
    &[
        (Draft, &[Deploying, NeedsToken, Deleted]),
        (Deploying, &[Live, Paused, NeedsToken, Failed, Deleted]),
        (Live, &[Paused, Maintenance, NeedsToken, Failed, Deleted]),
        (Paused, &[Live, Maintenance, NeedsToken, Failed, Deleted]),
        (Maintenance, &[Live, Paused, NeedsToken, Failed, Deleted]),
        (NeedsToken, &[Draft, Deploying, Live, Deleted]),
        (Failed, &[Deploying, Live, Paused, NeedsToken, Deleted]),
        (Deleted, &[]),
    ]
};

/// Why a text is not taken for a token.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum BadToken {
    #[error("not in a token's form")]
    Format,
    /// A number without a colon: people mix it up with the chat's or their own identifier.
    #[error("looks like a chat id")]
    ChatId,
}

/// Why a bot may not change its state this way.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("a bot does not go from {from:?} to {to:?}")]
pub struct IllegalMove {
    pub from: BotState,
    pub to: BotState,
}

/// # Errors
/// [`IllegalMove`].
pub fn check_move(from: BotState, to: BotState) -> Result<(), IllegalMove> {
    let followers = MOVES.iter().find(|(state, _)| *state == from).map_or(&[][..], |(_, next)| next);
    followers.contains(&to).then_some(()).ok_or(IllegalMove { from, to })
}

/// Whether a bot in this state takes updates. A draft does so that its owner can prove himself, a
/// paused one so that it can say that it is paused.
pub fn runs(state: BotState) -> bool {
    use BotState::{Deleted, Deploying, Draft, Failed, Live, Maintenance, NeedsToken, Paused};
    match state {
        Draft | Deploying | Live | Paused | Maintenance => true,
        NeedsToken | Failed | Deleted => false,
    }
}

/// Whether users are served: everybody else gets one text.
pub fn serves(state: BotState) -> bool {
    state == BotState::Live
}

/// Reads a typed token: digits, a colon, 35 characters. Blanks around it are forgiven.
///
/// # Errors
/// [`BadToken`].
pub fn read_token(typed: &SecretString) -> Result<SecretString, BadToken> {
    let token = typed.expose_secret().trim();
    let Some((id, secret)) = token.split_once(':') else {
        let number = digits::western(token);
        let number = number.strip_prefix('-').unwrap_or(&number);
        let all_digits = !number.is_empty() && number.bytes().all(|byte| byte.is_ascii_digit());
        return Err(if all_digits { BadToken::ChatId } else { BadToken::Format });
    };
    let id_ok = (5..=16).contains(&id.len()) && id.bytes().all(|byte| byte.is_ascii_digit());
    let secret_ok = secret.len() == SECRET_LENGTH
        && secret.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_' || byte == b'-');
    if id_ok && secret_ok { Ok(SecretString::from(token.to_owned())) } else { Err(BadToken::Format) }
}

/// All that is ever shown of a token: `1234…abcd`.
pub fn token_hint(token: &SecretString) -> String {
    let token = token.expose_secret();
    let head: String = token.chars().take(4).collect();
    let tail: String = token.chars().skip(token.chars().count().saturating_sub(4)).collect();
    format!("{head}…{tail}")
}

/// Reads a typed Telegram identifier of a person.
pub fn read_owner_id(typed: &str) -> Option<i64> {
    let id = digits::western(typed.trim()).parse::<i64>().ok()?;
    (1..=TELEGRAM_ID_MAX).contains(&id).then_some(id)
}

/// Reads a channel's public name, with or without `@` or as a t.me address; gives `@name`.
/// Names have 4 to 32 letters, digits and underscores and begin with a letter.
pub fn read_channel(typed: &str) -> Option<String> {
    let typed = typed.trim();
    let name = ["https://t.me/", "http://t.me/", "t.me/", "@"]
        .iter()
        .find_map(|prefix| typed.strip_prefix(prefix))
        .unwrap_or(typed);
    let form_ok = (4..=32).contains(&name.len())
        && name.starts_with(|first: char| first.is_ascii_alphabetic())
        && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_');
    form_ok.then(|| format!("@{name}"))
}

/// Whether somebody who types a bot's name to confirm means this one: by name or username.
pub fn is_named(name: Option<&str>, username: Option<&str>, typed: &str) -> bool {
    let typed = typed.trim();
    let by_username = username
        .is_some_and(|username| typed.strip_prefix('@').unwrap_or(typed).eq_ignore_ascii_case(username));
    !typed.is_empty() && (by_username || name.is_some_and(|name| name.trim() == typed))
}

/// Where people find the bot.
pub fn link(username: &str) -> String {
    format!("https://t.me/{username}")
}

/// The link by which the owner proves himself.
pub fn owner_link(username: &str, nonce: &str) -> String {
    format!("https://t.me/{username}?start=own_{nonce}")
}

#[cfg(test)]
mod tests {
    use rstest::rstest;
    use sea_orm::Iterable;

    use super::*;

    const SECRET: &str = "AAHdqTcvCH1vGWJxfSeofSAs0K5PALDsaw_";

    #[rstest]
    #[case(&format!("110201543:{SECRET}"), Ok(()))]
    #[case(&format!("  110201543:{SECRET}\n"), Ok(()))]
    #[case(&format!("110201543:{SECRET}x"), Err(BadToken::Format))]
    #[case("110201543:short", Err(BadToken::Format))]
    #[case(&format!("bot110201543:{SECRET}"), Err(BadToken::Format))]
    #[case(&format!("110201543:{}", "ж".repeat(35)), Err(BadToken::Format))]
    #[case("110201543", Err(BadToken::ChatId))]
    #[case("-1001234567890", Err(BadToken::ChatId))]
    #[case("۱۱۰۲۰۱۵۴۳", Err(BadToken::ChatId))]
    #[case("@my_bot", Err(BadToken::Format))]
    #[case("", Err(BadToken::Format))]
    fn tokens_are_known_by_their_form(#[case] typed: &str, #[case] outcome: Result<(), BadToken>) {
        assert_eq!(read_token(&typed.into()).map(|_| ()), outcome);
    }

    #[test]
    fn a_hint_shows_four_characters_of_each_end() {
        assert_eq!(token_hint(&format!("110201543:{SECRET}").into()), "1102…saw_");
    }

    #[rstest]
    #[case("123456789", Some(123_456_789))]
    #[case(" ۱۲۳۴۵۶۷۸۹ ", Some(123_456_789))]
    #[case("-5", None)]
    #[case("0", None)]
    #[case("@ali", None)]
    #[case("99999999999999999", None)]
    fn owners_are_positive_numbers(#[case] typed: &str, #[case] id: Option<i64>) {
        assert_eq!(read_owner_id(typed), id);
    }

    #[rstest]
    #[case("@my_channel", Some("@my_channel"))]
    #[case("my_channel", Some("@my_channel"))]
    #[case("https://t.me/my_channel", Some("@my_channel"))]
    #[case("@a", None)]
    #[case("@1channel", None)]
    #[case("https://t.me/+abcdef", None)]
    #[case("my channel", None)]
    fn channels_have_public_names(#[case] typed: &str, #[case] name: Option<&str>) {
        assert_eq!(read_channel(typed).as_deref(), name);
    }

    #[rstest]
    #[case("Fastline VPN", true)]
    #[case(" Fastline VPN ", true)]
    #[case("@Fastline_bot", true)]
    #[case("fastline_bot", true)]
    #[case("Fastline", false)]
    #[case("", false)]
    #[case("@", false)]
    fn a_bot_is_meant_by_its_name_or_username(#[case] typed: &str, #[case] meant: bool) {
        assert_eq!(is_named(Some("Fastline VPN"), Some("fastline_bot"), typed), meant);
        assert!(!is_named(None, None, typed));
    }

    #[rstest]
    #[case(BotState::Draft, BotState::Deploying, true)]
    #[case(BotState::Draft, BotState::Live, false)]
    #[case(BotState::Deploying, BotState::Live, true)]
    #[case(BotState::Live, BotState::Paused, true)]
    #[case(BotState::Paused, BotState::Live, true)]
    #[case(BotState::Paused, BotState::Maintenance, true)]
    #[case(BotState::Maintenance, BotState::Paused, true)]
    #[case(BotState::Live, BotState::NeedsToken, true)]
    #[case(BotState::NeedsToken, BotState::Live, true)]
    #[case(BotState::NeedsToken, BotState::Paused, false)]
    #[case(BotState::Live, BotState::Draft, false)]
    fn states_follow_the_table(#[case] from: BotState, #[case] to: BotState, #[case] legal: bool) {
        assert_eq!(check_move(from, to).is_ok(), legal);
    }

    #[test]
    fn every_state_has_its_row_and_nothing_follows_deleted() {
        for from in BotState::iter() {
            assert!(MOVES.iter().any(|(state, _)| *state == from), "{from:?}");
            assert_eq!(check_move(from, BotState::Deleted).is_ok(), from != BotState::Deleted, "{from:?}");
            assert!(check_move(BotState::Deleted, from).is_err(), "{from:?}");
        }
    }
}
