//! `/app/b/{bot}/preview`: a phone that talks to the shop's real bot through the Telegram emulator.

use std::time::Duration;

use app::{
    Flash,
    components::{Choice, PaymentSheet, Tone},
    pages::dashboard::PreviewPage,
};
use axum::{
    extract::{DefaultBodyLimit, Multipart, Path, State},
    response::{IntoResponse, Redirect, Response},
};
use domain::{
    clock::Clock as _,
    entities::master::bot_instance,
    locale::format,
    money::{Currency, Money},
};
use http::{HeaderMap, header};
use tokio::time::Instant;

use super::{
    overview,
    phone::{OWNER, PERSONAS, Persona, Screen},
};
use crate::{
    middleware::session::Session,
    sandbox::telegram::{Pressed, TelegramEmulator, Verdict},
    state::AppState,
    web::{PageRequest, Post, WebError, WebResult, guard::ShopBot, live, page_context},
};

/// A receipt of a transfer, for whoever has none at hand.
const SAMPLE: &[u8] = include_bytes!("preview/receipt.png");

/// How long a page without JavaScript waits for the bot.
const SETTLES_WITHIN: Duration = Duration::from_secs(2);
/// How long it waits for the bot's word before a payment; Telegram's app waits ten seconds.
const ANSWERS_WITHIN: Duration = Duration::from_secs(8);

pub async fn get(
    State(state): State<AppState>,
    bot: ShopBot,
    headers: HeaderMap,
    mut page: PageRequest,
) -> WebResult {
    let (telegram, id) = emulated(&state, &bot.bot)?;
    let start = page.query("start").to_owned();
    // The owner's link is for the owner, whoever held the phone last.
    let persona = match start.starts_with("own_") {
        true => OWNER,
        false => chosen(&page.session.data().persona),
    };
    let summary = overview::summary_of(&bot.bot);
    let path = format!("{}/preview", summary.href());
    let zone = bot.shop.zone();
    let locale = page.locale();
    let screen = Screen { locale, zone, path: &path, state: &state, headers: &headers };
    let messages =
        telegram.transcript(id, persona.id).into_iter().map(|message| screen.message(message)).collect();
    let query = page.session.data().callback;
    let toast = query.and_then(|query| telegram.callback_answer(&query)).and_then(|answer| answer.text);
    let (invoice, checkout) = (page.session.data().invoice, page.session.data().checkout);
    let sheet = invoice.and_then(|link| sheet(&telegram, &page, &link, checkout.as_deref()));
    overview::place(&mut page, &state, &bot).await?;
    let name =
        |persona: Persona| page.text(&format!("web-preview-persona-{}", persona.code), &domain::args![]);
    let personas = PERSONAS.map(|persona| Choice::new(persona.code, name(persona))).to_vec();
    page.show(PreviewPage {
        bot: summary,
        messages,
        toast,
        personas,
        persona: persona.code.to_owned(),
        clock: Some(format::date_time(locale, bot.shop.db.clock().now(), zone)),
        start: Some(start).filter(|payload| is_payload(payload)),
        sheet,
        may_reactivate: telegram.may_reactivate(id, persona.id),
        last_update: None,
        events: Some(live::phone(bot.bot.id)),
    })
}

pub async fn post(State(state): State<AppState>, bot: ShopBot, post: Post) -> WebResult {
    let (telegram, id) = emulated(&state, &bot.bot)?;
    if let Some(persona) = Persona::find(post.field("persona")) {
        post.session.change(|data| data.persona = Some(persona.code.to_owned()));
    }
    let persona = chosen(&post.session.data().persona);
    telegram.user(persona.id, persona.first_name, post.locale.code());
    let (mut callback, mut invoice, mut checkout) = (None, None, None);
    match (post.act(), post.optional("press")) {
        ("reset", _) => say(&telegram, id, persona, "/start")?,
        ("cancel", _) => {}
        ("reactivate", _) => drop(telegram.reactivate_subscriptions(id, persona.id)),
        ("pay", _) => {
            let Some(link) = post.session.data().invoice else { return Ok(post.again()) };
            checkout = pay(&telegram, persona, &link).await?;
            // Who reads why it did not work may try again.
            invoice = checkout.is_some().then_some(link);
        }
        (_, Some(key)) => match press(&telegram, id, persona, post.field("message"), key)? {
            Some(Pressed::Callback(query)) => callback = Some(query),
            Some(Pressed::Url(link)) => invoice = Some(link),
            Some(Pressed::Copy(_) | Pressed::Other) | None => {}
        },
        _ => match post.optional("text") {
            Some(text) => say(&telegram, id, persona, text)?,
            None => return Ok(post.again()),
        },
    }
    post.session.change(|data| {
        data.callback = callback;
        data.invoice = invoice;
        data.checkout = checkout;
    });
    telegram.settled(id, persona.id, SETTLES_WITHIN).await;
    Ok(post.again())
}

/// Agrees to pay, and waits for the bot's word as the app does. The checkout, when nothing was paid.
async fn pay(telegram: &TelegramEmulator, persona: Persona, link: &str) -> Result<Option<String>, WebError> {
    let asked = telegram.pay(persona.id, link).map_err(|_| WebError::NotFound)?;
    let until = Instant::now() + ANSWERS_WITHIN;
    while telegram.checkout(&asked) == (None, true) && Instant::now() < until {
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
    match telegram.checkout(&asked).0 {
        Some(Verdict::Paid) => Ok(None),
        Some(Verdict::Refused(_)) | None => Ok(Some(asked)),
    }
}

fn sheet(
    telegram: &TelegramEmulator,
    page: &PageRequest,
    link: &str,
    checkout: Option<&str>,
) -> Option<PaymentSheet> {
    let invoice = telegram.invoice(link)?;
    let refused = checkout.map(|asked| match telegram.checkout(asked).0 {
        Some(Verdict::Refused(reason)) => reason,
        _ => page.text("web-phone-pay-silent", &domain::args![]),
    });
    Some(PaymentSheet {
        title: invoice.title,
        description: invoice.description,
        amount: format::money(page.locale(), Money::new(invoice.amount, Currency::Xtr)),
        repeats: invoice.period.is_some(),
        refused,
    })
}

/// What the form with a picture may have: a photo of Telegram's size, and some room.
pub fn picture_limit() -> DefaultBodyLimit {
    DefaultBodyLimit::max(12 * 1024 * 1024)
}

/// The person who holds the phone sends a picture: from the reader's own machine, or the sample.
pub async fn send_picture(
    State(state): State<AppState>,
    bot: ShopBot,
    session: Session,
    headers: HeaderMap,
    mut form: Multipart,
) -> WebResult {
    let (telegram, id) = emulated(&state, &bot.bot)?;
    let (mut picture, mut as_file) = (SAMPLE.into(), false);
    while let Some(field) = form.next_field().await.map_err(|_| WebError::BadRequest)? {
        match field.name() {
            Some("as_file") => as_file = true,
            Some("picture") => {
                let sent = field.bytes().await.map_err(|_| WebError::BadRequest)?;
                if !sent.is_empty() {
                    picture = sent;
                }
            }
            _ => {}
        }
    }
    let persona = chosen(&session.data().persona);
    let locale = page_context::locale(&headers);
    telegram.user(persona.id, persona.first_name, locale.code());
    let sent = match as_file {
        true => telegram.send_document_to_bot(id, persona.id, picture),
        false => telegram.send_photo_to_bot(id, persona.id, picture, ""),
    };
    if sent.is_err() {
        let title = domain::locale::text(locale, "web-preview-no-picture", &domain::args![]);
        let flash = Flash { tone: Tone::Bad, title, detail: None };
        session.change(|data| data.kept.flash = Some(flash));
    }
    telegram.settled(id, persona.id, SETTLES_WITHIN).await;
    Ok(Redirect::to(&format!("{}/preview", overview::summary_of(&bot.bot).href())).into_response())
}

/// A picture of this bot's chats.
pub async fn photo(
    State(state): State<AppState>,
    bot: ShopBot,
    Path((_, file)): Path<(String, String)>,
) -> WebResult {
    let (telegram, id) = emulated(&state, &bot.bot)?;
    let shown = |persona: &Persona| {
        telegram
            .transcript(id, persona.id)
            .iter()
            .any(|message| message.photo.as_deref() == Some(file.as_str()))
    };
    let found = PERSONAS.iter().any(shown).then(|| telegram.photo(&file)).flatten();
    let (bytes, kind) = found.ok_or(WebError::NotFound)?;
    let heads = [(header::CONTENT_TYPE, kind), (header::CACHE_CONTROL, "private, max-age=3600".to_owned())];
    Ok::<Response, WebError>((heads, bytes).into_response())
}

/// The emulator and the bot's id in it. A bot at the real Telegram has no phone here.
fn emulated(state: &AppState, bot: &bot_instance::Model) -> Result<(TelegramEmulator, i64), WebError> {
    let telegram =
        state.sandbox.as_ref().map(|sandbox| sandbox.telegram.clone()).ok_or(WebError::NotFound)?;
    let id = bot.telegram_id.ok_or_else(|| WebError::GoTo(overview::summary_of(bot).href()))?;
    Ok((telegram, id))
}

/// A deep link's parameter (core.telegram.org/bots/features#deep-linking).
fn is_payload(text: &str) -> bool {
    let allowed = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'_' || byte == b'-';
    (1..=64).contains(&text.len()) && text.bytes().all(allowed)
}

fn chosen(code: &Option<String>) -> Persona {
    code.as_deref().and_then(Persona::find).unwrap_or(PERSONAS[0])
}

fn say(telegram: &TelegramEmulator, bot: i64, persona: Persona, text: &str) -> Result<(), WebError> {
    telegram.say(bot, persona.id, text).map(drop).map_err(|_| WebError::NotFound)
}

/// Presses a key. One that is gone (the bot edited the message meanwhile) does nothing, as on a real
/// phone.
fn press(
    telegram: &TelegramEmulator,
    bot: i64,
    persona: Persona,
    message: &str,
    key: &str,
) -> Result<Option<Pressed>, WebError> {
    let (row, column) = key.split_once(':').ok_or(WebError::NotFound)?;
    let (Ok(message), Ok(row), Ok(column)) = (message.parse(), row.parse(), column.parse()) else {
        return Err(WebError::NotFound);
    };
    Ok(telegram.press(bot, persona.id, message, row, column).ok())
}
