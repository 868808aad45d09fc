//! One message to many, from the chat: to whom, what, a look at it, a test, and how far it got. Several
//! languages, buttons and a time are the panel's.

use domain::{
    args,
    entities::tenant::broadcast::{self, BroadcastState, Segment},
    error::Explain as _,
    events::EventKind,
    ids::BroadcastId,
    locale::Args,
    platform::tenant::broadcasts as shops,
    ports::Edition,
    shop::{
        broadcast::{
            by_staff::{self, Step, Written},
            edition,
            letter::Letter,
            list::{self, Counts},
            picture as pictures, segment,
            service::{self, BroadcastRefused},
        },
        chat::dialogue::{self as asked, Dialogue, StaffAsk},
    },
};

use super::{actor, already, announce, view};
use crate::{
    api::{ApiError, DownloadError},
    broadcast::screen,
    context::ShopCtx,
    error::BotError,
    incoming::{Event, Picture},
    shop::dialogue,
};

/// A broadcast as staff looks at it.
pub struct Shown {
    pub row: broadcast::Model,
    pub letter: Letter,
    pub has_picture: bool,
    /// To how many a draft would go now.
    pub reach: u64,
    pub counts: Counts,
}

pub async fn home(ctx: ShopCtx) -> Result<(), BotError> {
    dialogue::leave(&ctx).await?;
    let tx = ctx.db().read().await?;
    let found = list::page(&tx, 0).await?;
    drop(tx);
    ctx.show(view::broadcasts(ctx.reader(), &found.rows)).await
}

/// To whom? Each with how many it would reach now.
pub async fn segments(ctx: ShopCtx) -> Result<(), BotError> {
    dialogue::leave(&ctx).await?;
    let mut counted = Vec::new();
    for one in Segment::ALL {
        counted.push((one, reach(&ctx, one).await?));
    }
    ctx.show(view::segments(ctx.reader(), &counted)).await
}

/// The next message is what they get.
pub async fn ask(ctx: ShopCtx, segment: Segment) -> Result<(), BotError> {
    dialogue::begin(&ctx, Dialogue::Staff { about: StaffAsk::Broadcast(segment) }).await?;
    let reach = reach(&ctx, segment).await?;
    ctx.show(view::ask_broadcast(ctx.reader(), segment, reach)).await
}

/// It was written. A slip is mended by sending it once more.
pub async fn written(ctx: ShopCtx, segment: Segment) -> Result<(), BotError> {
    let (text, picture) = match words_of(&ctx).await? {
        Ok(words) => words,
        Err((key, values)) => {
            return ctx.show(view::broadcast_refused(ctx.reader(), key, &values)).await;
        }
    };
    // The same update again: the draft is there, and the list shows it.
    let Some(tx) = ctx.effect().await? else { return home(ctx).await };
    let (bot, locale) = (ctx.bot().id, ctx.shop().locale);
    let written = Written { bot, segment, text, locale, picture };
    match by_staff::write(&tx, &actor(&ctx), written).await {
        Ok(row) => {
            asked::end(&tx, ctx.bot().id, ctx.user().telegram_id).await?;
            tx.commit().await?;
            announce(&ctx, EventKind::Sale);
            show(ctx, row.id).await
        }
        Err(BroadcastRefused::Store(error)) => Err(error.into()),
        Err(refused) => {
            drop(tx);
            let (key, values) = explained(&refused)?;
            ctx.show(view::broadcast_refused(ctx.reader(), key, &values)).await
        }
    }
}

/// One of them: to be sent, or how far it got.
pub async fn show(ctx: ShopCtx, id: BroadcastId) -> Result<(), BotError> {
    match load(&ctx, id).await? {
        Some(shown) => ctx.show(view::broadcast(ctx.reader(), &shown)).await,
        None => gone(ctx).await,
    }
}

/// The very message, to whoever asks for it.
pub async fn test(ctx: ShopCtx, id: BroadcastId) -> Result<(), BotError> {
    let Some(shown) = load(&ctx, id).await? else { return gone(ctx).await };
    for edition in editions(&ctx, &shown).await? {
        match ctx.send(screen(&edition, None)).await {
            Ok(()) => {}
            Err(BotError::Telegram(ApiError::BadRequest(reason) | ApiError::NotEditable(reason))) => {
                return ctx.send(view::test_refused(ctx.reader(), id, &reason)).await;
            }
            Err(error) => return Err(error),
        }
    }
    let note = ctx.reader().html("bot-admin-broadcast-tested-body", &args![]);
    ctx.send(view::broadcast(ctx.reader(), &shown).below(&note)).await
}

/// Shall it really leave?
pub async fn ask_to_send(ctx: ShopCtx, id: BroadcastId) -> Result<(), BotError> {
    match load(&ctx, id).await? {
        Some(shown) if shown.row.state == BroadcastState::Draft && shown.reach > 0 => {
            ctx.show(view::confirm_broadcast(ctx.reader(), &shown)).await
        }
        Some(shown) => ctx.show(view::broadcast(ctx.reader(), &shown)).await,
        None => gone(ctx).await,
    }
}

pub async fn ask_to_stop(ctx: ShopCtx, id: BroadcastId) -> Result<(), BotError> {
    match load(&ctx, id).await? {
        Some(shown) if view::is_under_way(shown.row.state) => {
            ctx.show(view::confirm_stop(ctx.reader(), id)).await
        }
        Some(shown) => ctx.show(view::broadcast(ctx.reader(), &shown)).await,
        None => gone(ctx).await,
    }
}

/// Whoever is second is told who was first.
pub async fn take(ctx: ShopCtx, id: BroadcastId, step: Step) -> Result<(), BotError> {
    if let Some(tx) = ctx.effect().await? {
        match by_staff::take(&tx, &actor(&ctx), id, step, ctx.shop().locale).await {
            Ok(()) => {
                tx.commit().await?;
                announce(&ctx, EventKind::Sale);
                ctx.toast(done(step), &args![]).await;
            }
            Err(BroadcastRefused::Store(error)) => return Err(error.into()),
            Err(BroadcastRefused::Gone | BroadcastRefused::State) => {
                drop(tx);
                let tx = ctx.db().read().await?;
                let first = by_staff::first(&tx, id, step).await?;
                drop(tx);
                already(&ctx, first.as_ref()).await;
            }
            Err(refused) => {
                drop(tx);
                let (key, values) = explained(&refused)?;
                ctx.toast(key, &values).await;
            }
        }
    }
    if step == Step::Discard { home(ctx).await } else { show(ctx, id).await }
}

const fn done(step: Step) -> &'static str {
    match step {
        Step::Send => "bot-admin-toast-broadcast-sent",
        Step::Pause => "bot-admin-toast-broadcast-paused",
        Step::Resume => "bot-admin-toast-broadcast-resumed",
        Step::Stop => "bot-admin-toast-broadcast-stopped",
        Step::Discard => "bot-admin-toast-broadcast-discarded",
    }
}

async fn gone(ctx: ShopCtx) -> Result<(), BotError> {
    ctx.toast("bot-admin-toast-nothing", &args![]).await;
    home(ctx).await
}

async fn load(ctx: &ShopCtx, id: BroadcastId) -> Result<Option<Shown>, BotError> {
    let tx = ctx.db().read().await?;
    let Some(row) = service::find(&tx, id).await? else { return Ok(None) };
    let letter = service::letter_of(&row)?;
    let has_picture = !pictures::those_of(&tx, id).await?.is_empty();
    let counts = list::counts(&tx, id).await?;
    drop(tx);
    let reach = if row.state == BroadcastState::Draft { reach(ctx, row.segment).await? } else { 0 };
    Ok(Some(Shown { row, letter, has_picture, reach, counts }))
}

async fn editions(ctx: &ShopCtx, shown: &Shown) -> Result<Vec<Edition>, BotError> {
    let tx = ctx.db().read().await?;
    let mut all = Vec::new();
    for locale in shown.letter.languages() {
        all.push(edition::of(&tx, shown.row.id, &shown.letter, locale).await?);
    }
    Ok(all)
}

async fn reach(ctx: &ShopCtx, of: Segment) -> Result<u64, BotError> {
    let bots = shops::bots_of(ctx.services().store.master(), ctx.bot().tenant).await?;
    let tx = ctx.db().read().await?;
    Ok(segment::count(&tx, of, &bots).await?)
}

type Words = (String, Option<Vec<u8>>);
type Refusal = (&'static str, Args);

/// What was sent, or what is wrong with it.
async fn words_of(ctx: &ShopCtx) -> Result<Result<Words, Refusal>, BotError> {
    let Event::Message { text, picture, caption, .. } = ctx.event() else {
        return Ok(Err(("bot-admin-broadcast-err-words", args![])));
    };
    let words = text.as_ref().or(caption.as_ref()).filter(|words| !words.trim().is_empty()).cloned();
    let (words, picture) = match (words, picture) {
        // Each of its pictures would be a broadcast of its own.
        (_, Some(picture)) if picture.album.is_some() => {
            return Ok(Err(("bot-admin-broadcast-err-album", args![])));
        }
        (Some(words), Some(picture)) => (words, picture),
        (Some(words), None) if text.is_some() => return Ok(Ok((words, None))),
        _ => return Ok(Err(("bot-admin-broadcast-err-words", args![]))),
    };
    Ok(fetched(ctx, picture).await?.map(|content| (words, Some(content))))
}

async fn fetched(ctx: &ShopCtx, picture: &Picture) -> Result<Result<Vec<u8>, Refusal>, BotError> {
    let refused = |why: BroadcastRefused| explained(&why).map(Err);
    match ctx.bot().api.download(&picture.file_id, pictures::LARGEST).await {
        Ok(content) => Ok(Ok(content)),
        Err(DownloadError::TooLarge) => refused(BroadcastRefused::PictureSize),
        Err(DownloadError::Api(ApiError::BadRequest(_))) => refused(BroadcastRefused::Picture),
        Err(DownloadError::Api(error)) => Err(error.into()),
    }
}

fn explained(refused: &BroadcastRefused) -> Result<Refusal, BotError> {
    refused.explain().ok_or_else(|| BotError::Internal(refused.to_string()))
}
