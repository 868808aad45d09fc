//! What the platform asks Telegram about a bot before it runs.

use async_trait::async_trait;
use domain::ports::{BotProfile, ChatRank, ProbeError, TelegramProbe};
use secrecy::SecretString;
use serde::Deserialize;
use serde_json::json;

use crate::api::{ApiError, BotApi};

/// Asks the Bot API with tokens that are not stored yet.
#[derive(Clone, Debug)]
pub struct ApiProbe {
    http: reqwest::Client,
    base_url: String,
}

impl ApiProbe {
    pub fn new(http: reqwest::Client, base_url: impl Into<String>) -> Self {
        Self { http, base_url: base_url.into() }
    }

    fn api(&self, token: &SecretString) -> BotApi {
        BotApi::new(self.http.clone(), &self.base_url, token.clone())
    }
}

/// What all six forms of a `ChatMember` share, and what tells a restricted one who is there from one who
/// has left.
#[derive(Deserialize)]
pub(crate) struct Member {
    status: String,
    is_member: Option<bool>,
}

#[async_trait]
impl TelegramProbe for ApiProbe {
    async fn get_me(&self, token: &SecretString) -> Result<BotProfile, ProbeError> {
        let me = self.api(token).get_me().await.map_err(probe_error)?;
        Ok(BotProfile { telegram_id: me.id, username: me.username, name: me.first_name })
    }

    async fn chat_member(&self, token: &SecretString, chat: &str, user: i64) -> Result<ChatRank, ProbeError> {
        let params = json!({ "chat_id": chat, "user_id": user });
        let member: Member = self.api(token).call("getChatMember", &params).await.map_err(probe_error)?;
        Ok(rank(&member))
    }
}

/// <https://core.telegram.org/bots/api#chatmember>
pub(crate) fn rank(member: &Member) -> ChatRank {
    match member.status.as_str() {
        "creator" => ChatRank::Creator,
        "administrator" => ChatRank::Administrator,
        "member" => ChatRank::Member,
        "restricted" if member.is_member != Some(false) => ChatRank::Member,
        _ => ChatRank::Outside,
    }
}

fn probe_error(error: ApiError) -> ProbeError {
    match error {
        ApiError::Unauthorized => ProbeError::Unauthorized,
        // "member list is inaccessible" to a bot that is no administrator, "chat not found".
        ApiError::BadRequest(_) | ApiError::Forbidden(_) => ProbeError::NoSuchChat,
        ApiError::RetryAfter(seconds) => ProbeError::RetryAfter(seconds),
        other => ProbeError::Unavailable(other.to_string()),
    }
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::*;

    #[rstest]
    #[case("creator", None, ChatRank::Creator)]
    #[case("administrator", None, ChatRank::Administrator)]
    #[case("restricted", Some(true), ChatRank::Member)]
    #[case("restricted", Some(false), ChatRank::Outside)]
    #[case("left", None, ChatRank::Outside)]
    #[case("kicked", None, ChatRank::Outside)]
    #[case("of the future", None, ChatRank::Outside)]
    fn ranks_are_read(#[case] status: &str, #[case] is_member: Option<bool>, #[case] expected: ChatRank) {
        assert_eq!(rank(&Member { status: status.into(), is_member }), expected);
    }
}
