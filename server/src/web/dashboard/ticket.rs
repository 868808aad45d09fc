//! `/app/b/{bot}/tickets/{id}`: one ticket, and the shop's answer.

use std::collections::BTreeMap;

use app::pages::dashboard::{TicketFile, TicketLine, TicketPage};
use axum::{
    extract::{FromRequestParts, Path, RawPathParams, State},
    response::{IntoResponse, Response},
};
use domain::{
    args,
    entities::tenant::{
        ticket,
        ticket_message::{self as message, Author, FileKind},
    },
    events::EventKind,
    ids::{RowId, TicketId},
    locale::{self, Locale, format},
    ports::{FileError, FileSource as _},
    shop::{
        receipt::fetch::kind,
        support::{
            rules::{LARGEST, LONGEST},
            service::{self as support, Staff, Words},
        },
        user::service as users,
    },
};
use http::{header, request::Parts};

use super::{order::words, overview, tickets};
use crate::{
    state::AppState,
    web::{PageRequest, Post, WebError, WebResult, guard::ShopBot, live},
};

/// The newest messages that the page shows.
const SHOWN: u64 = 200;

/// A ticket of the shop, named by `{id}` in the address; the bot and the shop are checked before.
pub struct ShopTicket {
    pub bot: ShopBot,
    pub ticket: ticket::Model,
}

impl FromRequestParts<AppState> for ShopTicket {
    type Rejection = Response;

    async fn from_request_parts(parts: &mut Parts, state: &AppState) -> Result<Self, Response> {
        let bot = ShopBot::from_request_parts(parts, state).await?;
        let missing = || WebError::NotFound.into_response();
        let params = RawPathParams::from_request_parts(parts, state).await.map_err(|_| missing())?;
        let named = params.iter().find(|(name, _)| *name == "id").map(|(_, value)| value);
        let id: TicketId = named.and_then(|text| text.parse().ok()).ok_or_else(missing)?;
        let found = async {
            let tx = bot.shop.db.read().await?;
            support::find(&tx, id).await
        };
        let ticket = found.await.map_err(|error| WebError::from(error).into_response())?;
        Ok(Self { bot, ticket: ticket.ok_or_else(missing)? })
    }
}

pub async fn get(State(state): State<AppState>, found: ShopTicket, mut page: PageRequest) -> WebResult {
    let ShopTicket { bot, ticket } = found;
    let (locale, zone) = (page.locale(), bot.shop.zone());
    let tx = bot.shop.db.read().await?;
    let said = support::messages(&tx, ticket.id, SHOWN).await?;
    let user = users::find(&tx, ticket.user_id).await?;
    drop(tx);
    let staff = said.iter().filter(|row| row.author == Author::Staff).map(|row| row.written_by.as_str());
    let people = words::emails(&state, staff).await?;
    overview::place(&mut page, &state, &bot).await?;
    let form = page.form_or(Default::default);
    let href = format!("{}/{}", tickets::address(&bot), ticket.id);
    page.show(TicketPage {
        bot: overview::summary_of(&bot.bot),
        id: ticket.id.to_string(),
        number: tickets::number(locale, &ticket),
        state: ticket.state,
        topic: tickets::topic(locale, ticket.topic),
        user: tickets::who(user.as_ref()),
        telegram_id: user.map(|user| user.telegram_id.to_string()).unwrap_or_default(),
        rating: tickets::rating(locale, &ticket),
        cut: said.len() as u64 == SHOWN,
        messages: said
            .iter()
            .map(|row| TicketLine {
                time: format::date_time_short(locale, row.created_at, zone),
                ..line(locale, row, &href, &people)
            })
            .collect(),
        key: RowId::new().to_string(),
        form,
        events: Some(live::SHOP.into()),
    })
}

pub async fn post(State(state): State<AppState>, found: ShopTicket, post: Post) -> WebResult {
    match post.act() {
        "answer" | "answer_and_close" => answer(&state, &found, &post).await,
        "close" => close(&state, &found, &post).await,
        _ => Err(WebError::NotFound),
    }
}

async fn answer(state: &AppState, found: &ShopTicket, post: &Post) -> WebResult {
    let text = post.field("answer").replace("\r\n", "\n");
    let wrong = match text.chars().count() {
        0 => Some(post.error("answer", "error-required", &args![])),
        length if length > LONGEST => {
            let limit = i64::try_from(LONGEST).unwrap_or(i64::MAX);
            Some(post.error("answer", "error-support-long", &args!["count" => limit]))
        }
        _ => None,
    };
    if let Some(wrong) = wrong {
        return Ok(post.refused(&["answer"], vec![wrong]));
    }
    let id = found.ticket.id;
    // A form without its name is one of its own.
    let key: RowId = post.field("key").parse().unwrap_or_else(|_| RowId::new());
    let words = Words { text, file: None, album: None, origin: format!("form:{key}") };
    let staff = Staff { by: found.bot.shop.person.account.id.to_string(), bot: None };
    let tx = found.bot.shop.db.write().await?;
    support::answer(&tx, staff, id, words).await?;
    if post.act() == "answer_and_close" {
        support::close(&tx, Author::Staff, id).await?;
    }
    tx.commit().await?;
    state.events.publish(found.bot.shop.tenant.id, EventKind::Ticket, Some(id.to_string()));
    Ok(post.done(&href(found), "web-flash-ticket-answered", &args![]))
}

async fn close(state: &AppState, found: &ShopTicket, post: &Post) -> WebResult {
    let tx = found.bot.shop.db.write().await?;
    support::close(&tx, Author::Staff, found.ticket.id).await?;
    tx.commit().await?;
    let id = Some(found.ticket.id.to_string());
    state.events.publish(found.bot.shop.tenant.id, EventKind::Ticket, id);
    Ok(post.done(&href(found), "web-flash-ticket-closed", &args![]))
}

/// A file of this ticket, fetched from Telegram while its bot has it. Only what surely is a picture is
/// shown; anything else is saved and never opened here.
pub async fn file(
    State(state): State<AppState>,
    found: ShopTicket,
    Path((_, _, message)): Path<(String, String, String)>,
) -> WebResult {
    let id: RowId = message.parse().map_err(|_| WebError::NotFound)?;
    let tx = found.bot.shop.db.read().await?;
    let row = support::find_message(&tx, id).await?.filter(|row| row.ticket_id == found.ticket.id);
    drop(tx);
    let (file_id, bot, name) =
        row.and_then(|row| Some((row.file_id?, row.bot_id, row.file_name))).ok_or(WebError::NotFound)?;
    let at_most = usize::try_from(LARGEST).unwrap_or(usize::MAX);
    let content = match state.bots.fetch(found.bot.shop.tenant.id, bot, &file_id, at_most).await {
        Ok(content) => content,
        Err(FileError::Gone(_) | FileError::TooLarge) => return Err(WebError::NotFound),
        Err(FileError::Retry { reason, .. }) => return Err(WebError::Unavailable(reason)),
    };
    let (mime, disposition) = match kind(&content) {
        Some(mime) => (mime, "inline".to_owned()),
        None => ("application/octet-stream", attachment(name.as_deref())),
    };
    let heads = [
        (header::CONTENT_TYPE, mime.to_owned()),
        (header::CACHE_CONTROL, "private, no-store".to_owned()),
        (header::CONTENT_DISPOSITION, disposition),
    ];
    Ok::<Response, WebError>((heads, content).into_response())
}

/// <https://www.rfc-editor.org/rfc/rfc6266#section-4.3>
fn attachment(name: Option<&str>) -> String {
    let name: String = url::form_urlencoded::byte_serialize(name.unwrap_or("file").as_bytes()).collect();
    format!("attachment; filename*=UTF-8''{}", name.replace('+', "%20"))
}

fn line(locale: Locale, row: &message::Model, href: &str, people: &BTreeMap<String, String>) -> TicketLine {
    let href = format!("{href}/file/{}", row.id);
    let name = || row.file_name.clone().unwrap_or_else(|| locale::text(locale, "web-ticket-file", &args![]));
    TicketLine {
        from_shop: row.author == Author::Staff,
        by: people.get(&row.written_by).cloned(),
        lines: row.text.lines().map(str::to_owned).collect(),
        file: row.file_kind.map(|kind| match kind {
            FileKind::Photo => TicketFile::Picture { href },
            FileKind::Document => TicketFile::Other { name: name(), href },
        }),
        time: String::new(),
    }
}

fn href(found: &ShopTicket) -> String {
    format!("{}/{}", tickets::address(&found.bot), found.ticket.id)
}
