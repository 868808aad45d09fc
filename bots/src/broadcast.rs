//! Messages of broadcasts, behind everything else that a bot sends.

use std::{
    collections::HashMap,
    sync::{Mutex, MutexGuard, PoisonError},
    time::Duration,
};

use async_trait::async_trait;
use bytes::Bytes;
use domain::{
    entities::tenant::ticket_message::FileKind,
    ids::{BotId, RowId, TenantId},
    locale,
    platform::tenant::broadcasts,
    ports::{BroadcastSender, Edition, Picture, Posted, Removed},
    shop::broadcast::letter::{Place, Target},
};
use serde::Deserialize;

use crate::{
    api::ApiError,
    callback::Callback,
    keyboard::{Button, Keyboard},
    manager::BotManager,
    outbound::{Lane, To},
    running::{RunningBot, TokenOf},
    screen::Screen,
};

/// While Telegram cannot be reached at all.
const UNREACHED: Duration = Duration::from_secs(10);
/// Pictures that are remembered; more than run at once.
const KEPT: usize = 256;

/// How Telegram calls the pictures that it has from us, so that each is uploaded once and not to everybody.
#[derive(Debug, Default)]
pub(crate) struct Uploaded(Mutex<HashMap<(BotId, RowId), String>>);

/// The part of a sent message that names its picture (<https://core.telegram.org/bots/api#message>).
#[derive(Deserialize)]
struct Sent {
    message_id: i64,
    #[serde(default)]
    photo: Vec<PhotoSize>,
}

#[derive(Deserialize)]
struct PhotoSize {
    file_id: String,
}

#[async_trait]
impl BroadcastSender for BotManager {
    async fn post(&self, tenant: TenantId, bot: BotId, telegram_id: i64, edition: &Edition) -> Posted {
        let found = match self.speaker(tenant, bot).await {
            Ok(Some(found)) => found,
            Ok(None) => return Posted::NoBot,
            Err(wait) => return Posted::Later(wait),
        };
        let services = self.services();
        let kept = edition.picture.as_ref().and_then(|picture| services.uploaded.find(bot, picture));
        let screen = screen(edition, kept.clone());
        let to = To { bot, api: &found.api, chat: telegram_id, lane: Lane::Broadcast };
        match services.outbound.send_as::<Sent>(to, &screen).await {
            Ok(sent) => {
                if let (Some(picture), Some(size)) = (&edition.picture, sent.photo.last()) {
                    services.uploaded.keep(bot, picture, &size.file_id);
                }
                Posted::Sent(sent.message_id)
            }
            Err(ApiError::Forbidden(reason)) => Posted::Blocked(reason),
            Err(ApiError::RetryAfter(seconds)) => Posted::Later(Duration::from_secs(seconds)),
            Err(ApiError::NoConnection(_)) => Posted::Later(UNREACHED),
            Err(ApiError::Unauthorized) => {
                services.report_revoked(TokenOf { bot, secret_epoch: found.secret_epoch });
                Posted::NoBot
            }
            // The picture is sent whole again.
            Err(ApiError::BadRequest(reason)) if kept.is_some() && reason.contains("file identifier") => {
                services.uploaded.forget(bot, edition.picture.as_ref());
                Posted::Later(Duration::from_secs(1))
            }
            Err(ApiError::BadRequest(reason) | ApiError::NotEditable(reason)) => Posted::Refused(reason),
            // To many at once nothing is sent that may be there already, whatever Telegram says of it.
            Err(
                error @ (ApiError::Conflict(_)
                | ApiError::NotModified
                | ApiError::Trouble(_)
                | ApiError::Unavailable(_)),
            ) => Posted::Unknown(error.to_string()),
        }
    }

    async fn remove(&self, tenant: TenantId, bot: BotId, telegram_id: i64, message_id: i64) -> Removed {
        let found = match self.speaker(tenant, bot).await {
            Ok(Some(found)) => found,
            Ok(None) => return Removed::Kept("the bot does not run".into()),
            Err(wait) => return Removed::Later(wait),
        };
        let to = To { bot, api: &found.api, chat: telegram_id, lane: Lane::Broadcast };
        match self.services().outbound.delete(to, message_id).await {
            Ok(()) => Removed::Gone,
            Err(ApiError::BadRequest(reason)) if reason.contains("message to delete not found") => {
                Removed::Gone
            }
            Err(ApiError::RetryAfter(seconds)) => Removed::Later(Duration::from_secs(seconds)),
            Err(ApiError::NoConnection(_) | ApiError::Trouble(_) | ApiError::Unavailable(_)) => {
                Removed::Later(UNREACHED)
            }
            Err(ApiError::Unauthorized) => {
                self.services().report_revoked(TokenOf { bot, secret_epoch: found.secret_epoch });
                Removed::Kept("the token is not valid".into())
            }
            Err(error) => Removed::Kept(error.to_string()),
        }
    }

    async fn answers(&self, tenant: TenantId, bot: BotId) -> bool {
        match self.speaker(tenant, bot).await {
            // What else keeps it from answering is told when something is sent.
            Ok(Some(found)) => !matches!(
                found.api.get_me().await,
                Err(ApiError::Unavailable(_)
                    | ApiError::Trouble(_)
                    | ApiError::NoConnection(_)
                    | ApiError::RetryAfter(_))
            ),
            Ok(None) => true,
            Err(_) => false,
        }
    }
}

impl BotManager {
    /// The bot, if it is this shop's and writes to its users.
    async fn speaker(&self, tenant: TenantId, bot: BotId) -> Result<Option<RunningBot>, Duration> {
        let found = self.client(bot).await.map_err(|error| {
            tracing::warn!(%bot, %error, "a broadcast waits");
            UNREACHED
        })?;
        Ok(found.filter(|found| found.tenant == tenant && broadcasts::speaks(found.state)))
    }
}

impl Uploaded {
    fn find(&self, bot: BotId, picture: &Picture) -> Option<String> {
        self.all().get(&(bot, picture.id)).cloned()
    }

    fn keep(&self, bot: BotId, picture: &Picture, file_id: &str) {
        let mut all = self.all();
        if all.len() >= KEPT {
            all.clear();
        }
        all.insert((bot, picture.id), file_id.to_owned());
    }

    fn forget(&self, bot: BotId, picture: Option<&Picture>) {
        if let Some(picture) = picture {
            self.all().remove(&(bot, picture.id));
        }
    }

    fn all(&self) -> MutexGuard<'_, HashMap<(BotId, RowId), String>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

pub(crate) fn screen(edition: &Edition, kept: Option<String>) -> Screen {
    let keyboard = edition.buttons.iter().fold(Keyboard::new(), |keyboard, (label, target)| {
        keyboard.row(match target {
            Target::Link(link) => Button::url(label.clone(), link.as_str()),
            Target::Screen(place) => Button::callback(label.clone(), screen_of(*place)),
        })
    });
    let screen = Screen::new(locale::escape_html(&edition.text), keyboard);
    match (kept, &edition.picture) {
        (Some(file_id), _) => screen.with_file(FileKind::Photo, file_id),
        (None, Some(picture)) => screen.with_photo(Bytes::from_owner(picture.content.clone())),
        (None, None) => screen,
    }
}

fn screen_of(place: Place) -> Callback {
    match place {
        Place::Menu => Callback::Menu,
        Place::Plans => Callback::Plans,
        Place::Connect => Callback::Config,
        Place::Promo => Callback::Promo(None),
        Place::Invite => Callback::Invite,
        Place::Support => Callback::Support,
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use serde_json::json;

    use super::*;

    fn edition(picture: bool) -> Edition {
        Edition {
            text: "1 < 2 & more".into(),
            picture: picture.then(|| Picture { id: RowId::new(), content: Arc::from([1, 2, 3]) }),
            buttons: vec![
                ("Buy".into(), Target::Screen(Place::Plans)),
                ("Look".into(), Target::Link("https://example.com/sale".into())),
            ],
        }
    }

    #[test]
    fn what_was_written_is_no_markup_and_its_buttons_lead_where_they_say() {
        let params = screen(&edition(false), None).send_params(7);
        assert_eq!(params["text"], "1 &lt; 2 &amp; more");
        let rows = json!([
            [{ "text": "Buy", "callback_data": Callback::Plans.encode() }],
            [{ "text": "Look", "url": "https://example.com/sale" }],
        ]);
        assert_eq!(params["reply_markup"]["inline_keyboard"], rows);
    }

    #[test]
    fn a_picture_that_telegram_has_is_not_sent_to_it_again() {
        let first = screen(&edition(true), None);
        assert!(first.upload().is_some());
        let next = screen(&edition(true), Some("AgAC".into()));
        assert!(next.upload().is_none());
        assert_eq!(next.send_params(7)["photo"], "AgAC");
    }
}
