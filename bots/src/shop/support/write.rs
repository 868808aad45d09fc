//! What a user writes: the first message of a ticket, and more. It is stored before it is acknowledged.

use domain::{
    entities::tenant::{ticket::Topic, ticket_message::FileKind},
    events::EventKind,
    ids::TicketId,
    platform::bot,
    shop::{
        chat::dialogue::{self as asked, Dialogue},
        support::{
            rules::LARGEST,
            service::{self as support, Asker, File, Words, Written},
        },
    },
};

use super::{own, view};
use crate::{
    callback::Callback,
    context::ShopCtx,
    error::BotError,
    incoming::Event,
    shop::{dialogue, menu},
};

/// The first message. From then on whatever is written goes into the same ticket.
pub async fn first(ctx: ShopCtx, topic: Topic) -> Result<(), BotError> {
    let words = match words_of(&ctx) {
        Ok(words) => words,
        Err(key) => return ctx.show(view::ask_again(ctx.reader(), key, Callback::Support)).await,
    };
    let owner = owner_of(&ctx).await?;
    // The same update again would have met the ticket that it opened.
    let Some(tx) = ctx.effect().await? else { return menu::unknown(ctx).await };
    let asker = Asker { user: ctx.user(), bot: ctx.bot().id, owner };
    let written = support::open(&tx, asker, topic, words).await?;
    match &written {
        Written::Taken { ticket, .. } => {
            let asked = Dialogue::Ticket { ticket: ticket.id };
            asked::begin(&tx, ctx.bot().id, ctx.user().telegram_id, asked).await?;
        }
        _ => asked::end(&tx, ctx.bot().id, ctx.user().telegram_id).await?,
    }
    tx.commit().await?;
    show(ctx, written).await
}

/// One more message of a ticket.
pub async fn more(ctx: ShopCtx, id: TicketId) -> Result<(), BotError> {
    let words = match words_of(&ctx) {
        Ok(words) => words,
        Err(key) => return ctx.show(view::ask_again(ctx.reader(), key, Callback::Ticket(id))).await,
    };
    let owner = owner_of(&ctx).await?;
    let Some(tx) = ctx.effect().await? else {
        return match own(&ctx, id).await? {
            Some(ticket) => ctx.show(view::sent(ctx.reader(), &ticket)).await,
            None => menu::unknown(ctx).await,
        };
    };
    let asker = Asker { user: ctx.user(), bot: ctx.bot().id, owner };
    let written = support::write(&tx, asker, id, words).await?;
    tx.commit().await?;
    show(ctx, written).await
}

async fn show(ctx: ShopCtx, written: Written) -> Result<(), BotError> {
    match written {
        Written::Taken { ticket, again } => {
            let id = Some(ticket.id.to_string());
            ctx.services().events.publish(ctx.bot().tenant, EventKind::Ticket, id);
            // Each picture of an album is a message of its own; the first was answered.
            if again { Ok(()) } else { ctx.show(view::sent(ctx.reader(), &ticket)).await }
        }
        Written::TooMuch(limit) => ctx.show(view::too_much(ctx.reader(), limit)).await,
        Written::NoTicket => {
            dialogue::leave(&ctx).await?;
            menu::unknown(ctx).await
        }
    }
}

/// What the message holds, or the key of what is wrong with it.
pub(super) fn words_of(ctx: &ShopCtx) -> Result<Words, &'static str> {
    let Event::Message { text, picture, file, caption, .. } = ctx.event() else {
        return Err("bot-support-err-kind");
    };
    let (sent, bytes, album) = match (picture, file) {
        (Some(picture), _) => {
            let kind = if picture.as_file { FileKind::Document } else { FileKind::Photo };
            let sent = File { kind, file_id: picture.file_id.clone(), name: None };
            (Some(sent), picture.bytes, picture.album.clone())
        }
        (None, Some(file)) => {
            let (file_id, name) = (file.file_id.clone(), file.name.clone());
            (Some(File { kind: FileKind::Document, file_id, name }), file.bytes, file.album.clone())
        }
        (None, None) => (None, None, None),
    };
    if bytes.is_some_and(|bytes| bytes > LARGEST) {
        return Err("bot-support-err-large");
    }
    let text = text.as_ref().or(caption.as_ref()).cloned().unwrap_or_default();
    if text.trim().is_empty() && sent.is_none() {
        return Err("bot-support-err-kind");
    }
    Ok(Words { text, file: sent, album, origin: ctx.origin() })
}

pub(in crate::shop) async fn owner_of(ctx: &ShopCtx) -> Result<Option<i64>, BotError> {
    let master = ctx.services().store.master();
    Ok(bot::service::find(master, ctx.bot().id).await?.and_then(|row| row.owner_telegram_id))
}
