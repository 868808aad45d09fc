//! The reader's e-mail address: given, confirmed by a code, and when mail comes to it.

pub mod view;

use domain::{
    args,
    entities::tenant::mail_address::{MailWhen, Model},
    shop::{
        chat::dialogue::{self as asked, Dialogue},
        mail::{
            address::MailAddress,
            code::{TRIES, Verdict},
            service::{self as mail, Given, Standing},
        },
    },
};

use super::{dialogue, settings};
use crate::{context::ShopCtx, error::BotError, incoming::Event};

/// Where no mail is configured there is nothing to see.
pub async fn show(ctx: ShopCtx) -> Result<(), BotError> {
    shown(ctx, None).await
}

/// What is typed next is the address.
pub async fn ask(ctx: ShopCtx) -> Result<(), BotError> {
    if !ctx.services().mail {
        return settings::show(ctx).await;
    }
    dialogue::begin(&ctx, Dialogue::MailAddress).await?;
    ctx.show(view::ask(ctx.reader(), None)).await
}

/// A slip is mended by typing once more.
pub async fn typed(ctx: ShopCtx) -> Result<(), BotError> {
    let address = match MailAddress::read(&text_of(&ctx)) {
        Ok(address) => address,
        Err(bad) => return ctx.show(view::ask(ctx.reader(), Some(&view::bad(ctx.reader(), bad)))).await,
    };
    let Some(tx) = ctx.effect().await? else { return shown(ctx, None).await };
    let (user, bot) = (ctx.user().id, ctx.bot().id);
    let given = mail::give(&tx, user, bot, &address).await?;
    match given {
        Given::Asked => {
            asked::begin(&tx, bot, ctx.user().telegram_id, Dialogue::MailCode).await?;
        }
        Given::Known => asked::end(&tx, bot, ctx.user().telegram_id).await?,
        Given::After(until) => {
            drop(tx);
            let wait = view::wait(ctx.reader(), ctx.now(), until);
            return ctx.show(view::ask(ctx.reader(), Some(&wait))).await;
        }
    }
    tx.commit().await?;
    shown(ctx, None).await
}

/// Another code, in place of the one before.
pub async fn again(ctx: ShopCtx) -> Result<(), BotError> {
    let mut given = None;
    if let Some(tx) = ctx.effect().await? {
        given = mail::ask_again(&tx, ctx.user().id, ctx.bot().id).await?;
        tx.commit().await?;
    }
    let note = match given {
        Some(Given::After(until)) => Some(view::wait(ctx.reader(), ctx.now(), until)),
        Some(Given::Asked) => {
            ctx.toast("bot-mail-toast-sent", &args![]).await;
            None
        }
        Some(Given::Known) | None => None,
    };
    shown(ctx, note).await
}

/// The code was typed.
pub async fn code(ctx: ShopCtx) -> Result<(), BotError> {
    let Some(tx) = ctx.effect().await? else { return shown(ctx, None).await };
    let verdict = mail::confirm(&tx, ctx.user().id, &text_of(&ctx)).await?;
    if verdict == Verdict::Right {
        asked::end(&tx, ctx.bot().id, ctx.user().telegram_id).await?;
    }
    tx.commit().await?;
    let reader = ctx.reader();
    let note = match verdict {
        Verdict::Right => reader.html("bot-mail-note-confirmed", &args![]),
        Verdict::Wrong(left) => reader.html("bot-mail-err-code", &args!["left" => left]),
        Verdict::Expired => reader.html("bot-mail-err-expired", &args![]),
        Verdict::Spent => reader.html("bot-mail-err-spent", &args!["tries" => TRIES]),
    };
    shown(ctx, Some(note)).await
}

pub async fn choose(ctx: ShopCtx, comes: MailWhen) -> Result<(), BotError> {
    if let Some(tx) = ctx.effect().await? {
        mail::choose(&tx, ctx.user().id, comes).await?;
        tx.commit().await?;
    }
    ctx.toast("bot-mail-toast-saved", &args![]).await;
    shown(ctx, None).await
}

pub async fn remove(ctx: ShopCtx) -> Result<(), BotError> {
    if let Some(tx) = ctx.effect().await? {
        mail::remove(&tx, ctx.user().id).await?;
        tx.commit().await?;
    }
    ctx.toast("bot-mail-toast-removed", &args![]).await;
    shown(ctx, None).await
}

/// As things stand, below a note.
async fn shown(ctx: ShopCtx, note: Option<String>) -> Result<(), BotError> {
    if !ctx.services().mail {
        return settings::show(ctx).await;
    }
    let tx = ctx.db().read().await?;
    let row = mail::find(&tx, ctx.user().id).await?;
    drop(tx);
    let (reader, address) = (ctx.reader(), row.as_ref().and_then(|row| row.address.clone()));
    let screen = match row.zip(address) {
        None => view::none(reader),
        Some((row, address)) if is_asked(&row) => {
            dialogue::begin(&ctx, Dialogue::MailCode).await?;
            view::code(reader, &address)
        }
        Some((row, address)) => view::chosen(reader, &address, row.comes, mail::standing(&row)),
    };
    ctx.show(match note {
        Some(note) => screen.below(&note),
        None => screen,
    })
    .await
}

fn is_asked(row: &Model) -> bool {
    mail::standing(row) == Standing::Unconfirmed
}

fn text_of(ctx: &ShopCtx) -> String {
    match ctx.event() {
        Event::Message { text: Some(text), .. } => text.clone(),
        _ => String::new(),
    }
}
