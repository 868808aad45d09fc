//! `/app/b/{bot}/broadcasts/{id}`: one broadcast, while it is written and while it is sent.

pub mod picture;
mod typed;
pub(super) mod words;

use app::{
    FormState,
    components::{Choice, Tone},
    pages::dashboard::{BroadcastDraftPage, BroadcastPage, BroadcastReview, PictureSlot},
};
use axum::extract::{DefaultBodyLimit, Path, State};
use domain::{
    args,
    entities::tenant::{
        broadcast::{self, BroadcastState, Segment},
        broadcast_recipient::RecipientState,
    },
    events::EventKind,
    ids::BroadcastId,
    locale::format,
    platform::tenant::{
        broadcasts::{self as shops, BroadcastAct},
        payments::Actor,
    },
    ports::{BroadcastSender as _, Posted},
    shop::broadcast::{
        edition,
        letter::{ALL, Place},
        list, picture as pictures, segment,
        service::{self, BroadcastRefused, letter_of},
    },
};

use self::words::Words;
use super::{broadcasts, overview};
use crate::{
    state::AppState,
    web::{PageRequest, Post, WebError, WebResult, explained, guard::ShopBot, live},
};

/// In place of an id, in the address of one that is begun.
const NEW: &str = "new";

/// Recipients of whom nobody knows, as the page names them.
const NAMED: u64 = 50;

/// What the form may have: three texts of the longest kind, in which each letter is nine bytes on its way.
pub fn form_limit() -> DefaultBodyLimit {
    DefaultBodyLimit::max(256 * 1024)
}

pub async fn get(
    State(state): State<AppState>,
    bot: ShopBot,
    Path((_, id)): Path<(String, String)>,
    mut page: PageRequest,
) -> WebResult {
    let row = stored(&bot, &id).await?;
    overview::place(&mut page, &state, &bot).await?;
    match row {
        Some(row) if row.state != BroadcastState::Draft => sent(&bot, page, row).await,
        row => draft(&state, &bot, page, row).await,
    }
}

async fn draft(
    state: &AppState,
    bot: &ShopBot,
    page: PageRequest,
    row: Option<broadcast::Model>,
) -> WebResult {
    let (locale, shop) = (page.locale(), shops::language_of(&bot.shop.tenant));
    let bots = shops::bots_of(state.master(), bot.shop.tenant.id).await?;
    let tx = bot.shop.db.read().await?;
    let mut segments = Vec::new();
    for one in Segment::ALL {
        let count = segment::count(&tx, one, &bots).await?;
        segments.push((one, i64::try_from(count).unwrap_or(i64::MAX)));
    }
    let there = match &row {
        Some(row) => pictures::those_of(&tx, row.id).await?,
        None => Default::default(),
    };
    drop(tx);
    let words = Words::of(bot, locale);
    let review = match &row {
        Some(row) => {
            let count = segments.iter().find(|(one, _)| *one == row.segment).map_or(0, |(_, count)| *count);
            Some(BroadcastReview {
                messages: words.messages(row, &there)?,
                reach: words.reach(count),
                confirm: (count > 0).then(|| page.text("web-broadcast-now-yes", &args!["count" => count])),
                missing: words.missing(&letter_of(row)?, shop),
                can_test: bot.bot.owner_telegram_id.is_some(),
                zone: format!("UTC{}", bot.shop.zone()),
            })
        }
        None => None,
    };
    let mut form = typed::filled(row.as_ref())?;
    let kept = page.form_or(FormState::default);
    form.values.extend(kept.values);
    form.errors = kept.errors;
    let choice = |(one, count): (Segment, i64)| {
        let name = words::segment(locale, one);
        let label = page.text(
            "web-broadcast-segment-count",
            &args!["segment" => name, "number" => format::number(locale, count)],
        );
        Choice::new(one.code(), label)
    };
    let target = |code: &str| Choice::new(code, page.text(&format!("web-broadcast-to-{code}"), &args![]));
    let places = Place::ALL.map(|place| Choice::new(place.code(), place.label(words.voice, locale)));
    let src = |code: &str| {
        let row = row.as_ref().filter(|_| there.contains(code))?;
        Some(format!("{}/{}/picture/{code}", broadcasts::address(bot), row.id))
    };
    let slot = |code: &str, label: String| PictureSlot { code: code.to_owned(), label, src: src(code) };
    let languages = typed::languages(shop);
    let own = languages.map(|one| slot(one.code(), one.native_name().to_owned()));
    let model = BroadcastDraftPage {
        bot: overview::summary_of(&bot.bot),
        id: row.as_ref().map(|row| row.id.to_string()),
        segments: segments.into_iter().map(choice).collect(),
        languages: languages.map(|one| (one.code().to_owned(), one.native_name().to_owned())).into(),
        targets: [target("none"), target("link")].into_iter().chain(places).collect(),
        form,
        pictures: std::iter::once(slot(ALL, words.say("web-broadcast-picture-all"))).chain(own).collect(),
        review,
    };
    page.show(model)
}

async fn sent(bot: &ShopBot, page: PageRequest, row: broadcast::Model) -> WebResult {
    let tx = bot.shop.db.read().await?;
    let counts = list::counts(&tx, row.id).await?;
    let reasons = list::reasons(&tx, row.id).await?;
    let unknown = list::those(&tx, row.id, RecipientState::Unknown, NAMED).await?;
    let there = pictures::those_of(&tx, row.id).await?;
    drop(tx);
    let words = Words::of(bot, page.locale());
    let number = |state| Some(counts.of(state)).filter(|count| *count > 0).map(|count| words.number(count));
    let ended = matches!(row.state, BroadcastState::Done | BroadcastState::Stopped) && !row.deleting;
    let named = unknown.iter().map(|(row, user)| words.who(row, user.as_ref())).collect();
    page.show(BroadcastPage {
        bot: overview::summary_of(&bot.bot),
        id: row.id.to_string(),
        title: words::title(words.locale, &row),
        state: row.state,
        segment: words::segment(words.locale, row.segment),
        times: words.times(&row),
        halt: words.halt(&row),
        figures: words.figures(&counts),
        progress: (counts.all() > 0).then(|| (counts.all() - counts.left(), counts.all())),
        left: words.left(&row, &counts),
        unknown: number(RecipientState::Unknown).map(|count| (count, named)),
        failed: number(RecipientState::Failed),
        deletable: number(RecipientState::Sent).filter(|_| ended),
        deleting: row.deleting,
        reasons: words.reasons(reasons),
        messages: words.messages(&row, &there)?,
        events: Some(live::SHOP.into()),
    })
}

pub async fn post(
    State(state): State<AppState>,
    bot: ShopBot,
    Path((_, id)): Path<(String, String)>,
    post: Post,
) -> WebResult {
    let row = stored(&bot, &id).await?;
    let act = match (post.act(), &row) {
        ("save", row) => return save(&state, &bot, row.as_ref(), &post).await,
        (_, None) => return Err(WebError::NotFound),
        ("test", Some(row)) => return test(&state, &bot, row, &post).await,
        ("schedule", Some(_)) => match typed::time(&post, bot.shop.zone()) {
            Ok(at) => BroadcastAct::Send(Some(at)),
            Err(errors) => return Ok(post.refused(&["day", "time"], errors)),
        },
        ("send", _) => BroadcastAct::Send(None),
        ("call_off", _) => BroadcastAct::CallOff,
        ("pause", _) => BroadcastAct::Pause,
        ("resume", _) => BroadcastAct::Resume,
        ("stop", _) => BroadcastAct::Stop,
        ("discard", _) => BroadcastAct::Discard,
        ("again_unknown", _) => BroadcastAct::SendAgain(RecipientState::Unknown),
        ("again_failed", _) => BroadcastAct::SendAgain(RecipientState::Failed),
        ("delete_sent", _) => BroadcastAct::DeleteSent,
        _ => return Err(WebError::NotFound),
    };
    let Some(row) = row else { return Err(WebError::NotFound) };
    let (own, list) = (href(&bot, row.id), broadcasts::address(&bot));
    match actor(&state, &bot).broadcast(row.id, act, shops::language_of(&bot.shop.tenant)).await {
        Ok(()) => {
            state.events.publish(bot.shop.tenant.id, EventKind::Sale, None);
            let to = if act == BroadcastAct::Discard { list } else { own };
            Ok(post.done(&to, words::done(act), &args![]))
        }
        Err(BroadcastRefused::Past) => {
            let error = post.error("time", "error-broadcast-past", &args![]);
            Ok(post.refused(&["day", "time"], vec![error]))
        }
        Err(error) => {
            let (key, args) = explained(error)?;
            post.say(Tone::Bad, key, &args);
            Ok(post.to(&own))
        }
    }
}

async fn save(state: &AppState, bot: &ShopBot, row: Option<&broadcast::Model>, post: &Post) -> WebResult {
    let shop = shops::language_of(&bot.shop.tenant);
    let draft = typed::draft(post);
    let there = match row {
        Some(row) => pictures::those_of(&bot.shop.db.read().await?, row.id).await?,
        None => Default::default(),
    };
    let wrong = draft.letter.wrong(shop, &there);
    if !wrong.is_empty() {
        return Ok(post.refused(&typed::fields(post), typed::errors(post, &wrong)));
    }
    match actor(state, bot).save_broadcast(row.map(|row| row.id), bot.bot.id, &draft).await {
        Ok(saved) => {
            let to = format!("{}#review", href(bot, saved.id));
            Ok(post.done(&to, "web-flash-broadcast-saved", &args![]))
        }
        Err(error) => {
            let (key, args) = explained(error)?;
            Ok(post.refused(&typed::fields(post), vec![post.error("form", key, &args)]))
        }
    }
}

/// To the owner's own chat, in each language that is written.
async fn test(state: &AppState, bot: &ShopBot, row: &broadcast::Model, post: &Post) -> WebResult {
    let Some(owner) = bot.bot.owner_telegram_id else { return Err(WebError::NotFound) };
    let letter = letter_of(row)?;
    for locale in letter.languages() {
        let edition = edition::of(&bot.shop.db.read().await?, row.id, &letter, locale).await?;
        let (key, reason) = match state.bots.post(bot.shop.tenant.id, bot.bot.id, owner, &edition).await {
            Posted::Sent(_) => continue,
            Posted::Blocked(_) => ("web-broadcast-test-blocked", String::new()),
            Posted::Refused(reason) | Posted::Unknown(reason) => ("web-broadcast-test-refused", reason),
            Posted::Later(_) => ("web-broadcast-test-later", String::new()),
            Posted::NoBot => ("web-broadcast-test-no-bot", String::new()),
        };
        return Ok(post.failed(key, &args!["reason" => reason]));
    }
    Ok(post.done(&href(bot, row.id), "web-flash-broadcast-tested", &args![]))
}

/// The broadcast that an address names; `None` for a new one.
async fn stored(bot: &ShopBot, id: &str) -> Result<Option<broadcast::Model>, WebError> {
    if id == NEW {
        return Ok(None);
    }
    let id: BroadcastId = id.parse().map_err(|_| WebError::NotFound)?;
    let tx = bot.shop.db.read().await?;
    service::find(&tx, id).await?.map(Some).ok_or(WebError::NotFound)
}

fn href(bot: &ShopBot, id: BroadcastId) -> String {
    format!("{}/{id}", broadcasts::address(bot))
}

fn actor<'a>(state: &'a AppState, bot: &'a ShopBot) -> Actor<'a> {
    Actor { master: state.master(), db: &bot.shop.db, account: bot.shop.person.account.id }
}
