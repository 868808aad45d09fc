//! `/live/{channel}`: tells a page that something changed. Only that: the page then fetches its part
//! again, through the guards that it always goes through.

use std::{convert::Infallible, sync::Arc, time::Duration};

use axum::{
    extract::{Path, State},
    response::{
        IntoResponse, Sse,
        sse::{Event, KeepAlive},
    },
};
use domain::{
    entities::master::bot_instance,
    ids::{BotId, TenantId},
    platform::bot::service as bots,
};
use futures::Stream;
use http::{HeaderName, HeaderValue};
use tokio::sync::{
    OwnedSemaphorePermit, Semaphore,
    broadcast::{Receiver, error::RecvError},
};
use tokio_util::sync::CancellationToken;

use super::{WebError, WebResult, guard::Shop};
use crate::state::AppState;

/// The address of the stream that tells of everything in the reader's shop.
pub const SHOP: &str = "/live/shop";

/// Says that something changed, not what. Browsers drop a message without data.
const LOOK_AGAIN: &str = "changed";

/// Proxies close connections that say nothing for a minute.
const STILL_THERE: Duration = Duration::from_secs(15);

/// The streams that may be open at once.
#[derive(Clone, Debug)]
pub struct Streams(Arc<Semaphore>);

impl Streams {
    pub fn new(limit: u32) -> Self {
        Self(Arc::new(Semaphore::new(limit as usize)))
    }

    fn enter(&self) -> Result<OwnedSemaphorePermit, WebError> {
        let free = self.0.clone().try_acquire_owned();
        free.map_err(|_| WebError::Unavailable("all event streams are taken".into()))
    }
}

/// The address of the stream that tells of the chats of an emulated bot.
pub fn phone(bot: BotId) -> String {
    format!("/live/phone-{bot}")
}

pub async fn stream(State(state): State<AppState>, shop: Shop, Path(channel): Path<String>) -> WebResult {
    let permit = state.streams.enter()?;
    let mut answer = if channel == "shop" {
        let heard = of_shop(state.events.subscribe(), shop.tenant.id);
        sse(state.stopping.clone(), permit, heard).into_response()
    } else {
        let bot = phone_bot(&state, &shop, &channel).await?;
        let sandbox = state.sandbox.as_ref().ok_or(WebError::NotFound)?;
        let heard = of_phone(sandbox.telegram.subscribe(), bot);
        sse(state.stopping.clone(), permit, heard).into_response()
    };
    // nginx would hold events back.
    answer.headers_mut().insert(HeaderName::from_static("x-accel-buffering"), HeaderValue::from_static("no"));
    Ok(answer)
}

/// Begins with a message, because what changed between the page and its stream went unheard; ends
/// when the server stops.
fn sse(
    stopping: CancellationToken,
    permit: OwnedSemaphorePermit,
    heard: impl Stream<Item = String> + Send + 'static,
) -> Sse<impl Stream<Item = Result<Event, Infallible>>> {
    let events = async_stream::stream! {
        let _permit = permit;
        yield Ok(Event::default().data(LOOK_AGAIN));
        let mut heard = std::pin::pin!(heard);
        loop {
            let next = stopping.run_until_cancelled(futures::StreamExt::next(&mut heard)).await;
            let Some(Some(id)) = next else { return };
            yield Ok(Event::default().data(id));
        }
    };
    Sse::new(events).keep_alive(KeepAlive::new().interval(STILL_THERE))
}

fn of_shop(
    mut events: Receiver<domain::events::Event>,
    tenant: TenantId,
) -> impl Stream<Item = String> + Send + 'static {
    async_stream::stream! {
        loop {
            match events.recv().await {
                Ok(event) if event.tenant == tenant => yield event.id.unwrap_or_else(|| LOOK_AGAIN.to_owned()),
                Ok(_) => {}
                // What was missed may have been ours: looking again is harmless.
                Err(RecvError::Lagged(_)) => yield LOOK_AGAIN.to_owned(),
                Err(RecvError::Closed) => return,
            }
        }
    }
}

fn of_phone(mut changes: Receiver<(i64, i64)>, bot: i64) -> impl Stream<Item = String> + Send + 'static {
    async_stream::stream! {
        loop {
            match changes.recv().await {
                Ok((changed, chat)) if changed == bot => yield chat.to_string(),
                Ok(_) => {}
                Err(RecvError::Lagged(_)) => yield LOOK_AGAIN.to_owned(),
                Err(RecvError::Closed) => return,
            }
        }
    }
}

async fn phone_bot(state: &AppState, shop: &Shop, channel: &str) -> Result<i64, WebError> {
    let id: BotId =
        channel.strip_prefix("phone-").and_then(|id| id.parse().ok()).ok_or(WebError::NotFound)?;
    let bot: Option<bot_instance::Model> = bots::find_of(state.master(), shop.tenant.id, id).await?;
    bot.and_then(|bot| bot.telegram_id).ok_or(WebError::NotFound)
}
