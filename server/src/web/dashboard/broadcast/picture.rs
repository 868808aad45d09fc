//! `/app/b/{bot}/broadcasts/{id}/picture/{whose}`: the picture above the text of one language, or of all.

use app::{Flash, components::Tone};
use axum::{
    extract::{DefaultBodyLimit, Multipart, Path, State},
    response::{IntoResponse as _, Redirect, Response},
};
use domain::{
    args,
    error::Explain as _,
    ids::BroadcastId,
    locale::{self, Locale},
    shop::{
        broadcast::{
            letter::ALL,
            picture::{self as pictures, LARGEST},
            service::BroadcastRefused,
        },
        receipt::fetch::kind,
    },
};
use http::{HeaderMap, header};

use super::{actor, href};
use crate::{
    middleware::session::Session,
    state::AppState,
    web::{WebError, WebResult, guard::ShopBot, page_context},
};

/// What the form may have: the largest picture, and some room.
pub fn limit() -> DefaultBodyLimit {
    DefaultBodyLimit::max(LARGEST + 64 * 1024)
}

pub async fn get(bot: ShopBot, Path((_, id, whose)): Path<(String, String, String)>) -> WebResult {
    let (id, whose) = named(&id, &whose)?;
    let tx = bot.shop.db.read().await?;
    let found = pictures::find(&tx, id, whose).await?.ok_or(WebError::NotFound)?;
    drop(tx);
    let mime = kind(&found.content).ok_or(WebError::NotFound)?;
    let heads = [
        (header::CONTENT_TYPE, mime),
        (header::CACHE_CONTROL, "private, no-store"),
        (header::CONTENT_DISPOSITION, "inline"),
    ];
    Ok::<Response, WebError>((heads, found.content).into_response())
}

pub async fn post(
    State(state): State<AppState>,
    bot: ShopBot,
    Path((_, id, whose)): Path<(String, String, String)>,
    session: Session,
    headers: HeaderMap,
    mut form: Multipart,
) -> WebResult {
    let (id, whose) = named(&id, &whose)?;
    let (mut content, mut removed) = (None, false);
    while let Some(field) = form.next_field().await.map_err(|_| WebError::BadRequest)? {
        match field.name() {
            Some("remove") => removed = true,
            Some("picture") => {
                let sent = field.bytes().await.map_err(|_| WebError::BadRequest)?;
                content = Some(sent.to_vec()).filter(|sent| !sent.is_empty());
            }
            _ => {}
        }
    }
    let put = match (removed, content) {
        (true, _) => actor(&state, &bot).put_picture(id, whose, None).await,
        (false, Some(content)) => actor(&state, &bot).put_picture(id, whose, Some(content)).await,
        (false, None) => Err(BroadcastRefused::Picture),
    };
    let (tone, (key, args)) = match put {
        Ok(()) => (Tone::Ok, ("web-flash-saved", args![])),
        Err(error) => match error.explain() {
            Some(explained) => (Tone::Bad, explained),
            None => return Err(WebError::internal(error)),
        },
    };
    let title = locale::text(page_context::locale(&headers), key, &args);
    session.change(|data| data.kept.flash = Some(Flash { tone, title, detail: None }));
    Ok(Redirect::to(&href(&bot, id)).into_response())
}

fn named(id: &str, whose: &str) -> Result<(BroadcastId, Option<Locale>), WebError> {
    let id = id.parse().map_err(|_| WebError::NotFound)?;
    if whose == ALL {
        return Ok((id, None));
    }
    let locale = Locale::ALL.into_iter().find(|locale| locale.code() == whose);
    Ok((id, Some(locale.ok_or(WebError::NotFound)?)))
}
