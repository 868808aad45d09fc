//! Updates that Telegram brings itself: `POST /tg/{public_id}`, for the server's route.

use std::{sync::Arc, time::Duration};

use domain::entities::master::bot_instance;
use futures::future::BoxFuture;
use secrecy::{ExposeSecret as _, SecretString};
use serde_json::Value;
use subtle::ConstantTimeEq as _;
use url::Url;

use crate::{api::ALLOWED_UPDATES, incoming::Incoming, queue::Handled, runner::Work, running::RunningBot};

/// The header with the secret (<https://core.telegram.org/bots/api#setwebhook>).
pub const SECRET_HEADER: &str = "x-telegram-bot-api-secret-token";

/// Largest body that is read.
pub const BODY_LIMIT: usize = 1 << 20;

/// How long a request waits for its update's turn. Telegram sends the chat's next update only after
/// this one is acknowledged, and brings it again when it is not.
pub(crate) const PATIENCE: Duration = Duration::from_secs(20);

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

/// Where Telegram brings the updates of this bot.
pub(crate) fn address(public_url: &Url, row: &bot_instance::Model) -> String {
    format!("{}/tg/{}", public_url.as_str().trim_end_matches('/'), row.public_id)
}

/// All that a set webhook depends on. A restart that the owner asks for sets it again, whatever
/// somebody else did to it.
pub(crate) fn told(url: &str, row: &bot_instance::Model) -> String {
    format!("{url} {}.{} {}", row.secret_epoch, row.restarts, ALLOWED_UPDATES.join(","))
}

/// The secret of the header, compared in constant time.
pub(crate) fn is_authentic(expected: &SecretString, given: Option<&str>) -> bool {
    let given = given.unwrap_or_default().as_bytes();
    bool::from(expected.expose_secret().as_bytes().ct_eq(given))
}

/// Handles one authentic body, for as long as `patience`. `submit` gives `None` when there is no room.
pub(crate) async fn take(
    submit: impl FnOnce(Work) -> Option<BoxFuture<'static, Handled>>,
    bot: Arc<RunningBot>,
    body: &[u8],
    patience: Duration,
) -> WebhookAnswer {
    let incoming = serde_json::from_slice::<Value>(body).ok().and_then(Incoming::read);
    let Some(incoming) = incoming else {
        // It would come again unchanged for a day.
        tracing::warn!(bot = %bot.id, bytes = body.len(), "an update that cannot be read");
        return WebhookAnswer::Acknowledged;
    };
    let Some(done) = submit(Work { bot, incoming }) else {
        return WebhookAnswer::Busy { retry_after: 1 };
    };
    match tokio::time::timeout(patience, done).await {
        Ok(Handled::Done) => WebhookAnswer::Acknowledged,
        Ok(Handled::Failed) | Err(_) => WebhookAnswer::Busy { retry_after: 5 },
    }
}

#[cfg(test)]
mod tests {
    use chrono::{DateTime, FixedOffset};
    use domain::{
        entities::master::bot_instance::BotState,
        ids::{BotId, TenantId},
        locale::Locale,
        money::Currency,
    };
    use futures::FutureExt as _;
    use rstest::rstest;
    use serde_json::json;
    use tokio::sync::Semaphore;

    use super::*;
    use crate::{api::BotApi, parking::Task, queue::Queues, running::Shop};

    #[rstest]
    #[case(Some("right"), true)]
    #[case(Some("wrong"), false)]
    #[case(Some(""), false)]
    #[case(None, false)]
    fn only_the_right_secret_is_let_in(#[case] given: Option<&str>, #[case] let_in: bool) {
        assert_eq!(is_authentic(&SecretString::from("right"), given), let_in);
    }

    fn bot() -> Arc<RunningBot> {
        let http = reqwest::Client::builder().build().unwrap();
        let zone = FixedOffset::east_opt(0).unwrap();
        Arc::new(RunningBot {
            id: BotId::new(),
            tenant: TenantId::new(),
            telegram_id: 1,
            username: "fastline_bot".into(),
            channel: None,
            state: BotState::Live,
            owner: None,
            shop: Shop { name: "Fastline".into(), locale: Locale::En, zone, currency: Currency::Usd },
            api: BotApi::new(http, "http://127.0.0.1:9", SecretString::from("1:x")),
            secret_epoch: 1,
        })
    }

    fn into(queues: &Queues<Task>) -> impl Fn(Work) -> Option<BoxFuture<'static, Handled>> {
        |work| {
            let done = queues.submit(work.key(), Task::Brought(work)).ok()?;
            Some(done.map(|handled| handled.unwrap_or(Handled::Failed)).boxed())
        }
    }

    fn body(id: i64) -> Vec<u8> {
        let update = json!({ "update_id": id, "message": {
            "message_id": id, "date": DateTime::UNIX_EPOCH.timestamp(), "text": "hello",
            "chat": { "id": 7, "type": "private", "first_name": "Sara" },
            "from": { "id": 7, "is_bot": false, "first_name": "Sara" },
        }});
        update.to_string().into_bytes()
    }

    #[tokio::test]
    async fn an_update_is_acknowledged_only_when_it_is_handled() {
        let gate = Arc::new(Semaphore::new(0));
        let wait = gate.clone();
        let queues = Queues::new(2, move |task: Task| {
            let wait = wait.clone();
            async move {
                let Task::Brought(work) = task else { return Handled::Failed };
                wait.acquire().await.unwrap().forget();
                if work.incoming.update_id == 2 { Handled::Failed } else { Handled::Done }
            }
            .boxed()
        });
        let (bot, brief) = (bot(), Duration::from_millis(50));
        let late = take(into(&queues), bot.clone(), &body(1), brief).await;
        assert_eq!(late, WebhookAnswer::Busy { retry_after: 5 }, "it is still under way");
        let waits = tokio::spawn({
            let (queues, bot) = (queues.clone(), bot.clone());
            async move { take(into(&queues), bot, &body(2), PATIENCE).await }
        });
        tokio::task::yield_now().await;
        let full = take(into(&queues), bot.clone(), &body(3), PATIENCE).await;
        assert_eq!(full, WebhookAnswer::Busy { retry_after: 1 }, "no room");
        gate.add_permits(3);
        assert_eq!(waits.await.unwrap(), WebhookAnswer::Busy { retry_after: 5 }, "it failed");
        assert_eq!(take(into(&queues), bot, &body(4), PATIENCE).await, WebhookAnswer::Acknowledged);
    }
}
