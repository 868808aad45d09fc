//! Updates that Telegram brings itself: `POST /tg/{public_id}`, for the server's route.

use std::time::Duration;

use secrecy::{ExposeSecret as _, SecretString};
use serde_json::Value;
use subtle::ConstantTimeEq as _;

use crate::{
    incoming::Incoming,
    queue::{Handled, Queues},
    runner::Work,
    running::RunningBot,
};

/// The header with the secret (<https://core.telegram.org/bots/api#setwebhook>).
pub const SECRET_HEADER: &str = "x-telegram-bot-api-secret-token";

/// Largest body that is read.
pub const BODY_LIMIT: usize = 1 << 20;

/// How long a request waits for its update's turn. Telegram sends the chat's next update only after
/// this one is acknowledged, and brings it again when it is not.
const PATIENCE: Duration = Duration::from_secs(20);

/// What the route answers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum WebhookAnswer {
    /// 200: handled, or of no use to anybody.
    Acknowledged,
    /// 401: not from Telegram. Nothing was read.
    Unauthorized,
    /// 404: no bot of this name runs.
    NotFound,
    /// 503 with `Retry-After`: Telegram brings it again.
    Busy { retry_after: u64 },
}

/// The secret of the header, compared in constant time.
pub(crate) fn is_authentic(expected: &SecretString, given: Option<&str>) -> bool {
    let given = given.unwrap_or_default().as_bytes();
    bool::from(expected.expose_secret().as_bytes().ct_eq(given))
}

/// Handles one authentic body.
pub(crate) async fn take(
    queues: &Queues<Work>,
    bot: std::sync::Arc<RunningBot>,
    body: &[u8],
) -> WebhookAnswer {
    let incoming = serde_json::from_slice::<Value>(body).ok().and_then(Incoming::read);
    let Some(incoming) = incoming else {
        // It would come again unchanged for a day.
        tracing::warn!(bot = %bot.id, bytes = body.len(), "an update that cannot be read");
        return WebhookAnswer::Acknowledged;
    };
    let work = Work { bot, incoming };
    let Ok(done) = queues.submit(work.key(), work) else {
        return WebhookAnswer::Busy { retry_after: 1 };
    };
    match tokio::time::timeout(PATIENCE, done).await {
        Ok(Ok(Handled::Done)) => WebhookAnswer::Acknowledged,
        Ok(Ok(Handled::Failed) | Err(_)) => WebhookAnswer::Busy { retry_after: 5 },
        Err(_late) => WebhookAnswer::Busy { retry_after: 5 },
    }
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::*;

    #[rstest]
    #[case(Some("right"), true)]
    #[case(Some("wrong"), false)]
    #[case(Some(""), false)]
    #[case(None, false)]
    fn only_the_right_secret_is_let_in(#[case] given: Option<&str>, #[case] let_in: bool) {
        assert_eq!(is_authentic(&SecretString::from("right"), given), let_in);
    }
}
