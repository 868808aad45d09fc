//! Frequent questions: by category, by what is typed, and whether an answer helped.

pub mod view;

use domain::{
    args,
    entities::tenant::faq_entry::Category,
    shop::{
        chat::dialogue::Dialogue,
        faq::{
            rules::{self, Entry, Key},
            service as faq,
        },
    },
};

use super::{dialogue, menu};
use crate::{context::ShopCtx, error::BotError, incoming::Event};

pub async fn home(ctx: ShopCtx) -> Result<(), BotError> {
    let entries = entries(&ctx).await?;
    ctx.show(view::home(ctx.reader(), &entries)).await
}

pub async fn category(ctx: ShopCtx, category: Category) -> Result<(), BotError> {
    let mut entries = entries(&ctx).await?;
    entries.retain(|entry| entry.category == category);
    if entries.is_empty() {
        return home(ctx).await;
    }
    ctx.show(view::category(ctx.reader(), category, &entries)).await
}

pub async fn entry(ctx: ShopCtx, key: Key) -> Result<(), BotError> {
    let Some(entry) = find(&ctx, key).await? else { return menu::stale(ctx).await };
    ctx.show(view::entry(ctx.reader(), &entry)).await
}

/// Whether it helped. Who was not helped is led on to the shop's people.
pub async fn vote(ctx: ShopCtx, (key, helpful): (Key, bool)) -> Result<(), BotError> {
    let Some(entry) = find(&ctx, key).await? else { return menu::stale(ctx).await };
    if let Some(tx) = ctx.effect().await? {
        faq::vote(&tx, ctx.user().id, &entry, helpful).await?;
        tx.commit().await?;
    }
    match helpful {
        true => {
            ctx.toast("bot-faq-toast-thanks", &args![]).await;
            home(ctx).await
        }
        false => ctx.show(view::not_helped(ctx.reader(), &entry)).await,
    }
}

/// What is typed next is searched for.
pub async fn ask(ctx: ShopCtx) -> Result<(), BotError> {
    dialogue::begin(&ctx, Dialogue::FaqSearch).await?;
    ctx.show(view::ask(ctx.reader())).await
}

/// What was typed when it was asked for.
pub async fn search(ctx: ShopCtx) -> Result<(), BotError> {
    let entries = entries(&ctx).await?;
    let found = found(&ctx, &entries);
    ctx.show(view::found(ctx.reader(), &found)).await
}

/// Free text that nobody asked for: false when no answer fits it.
pub async fn answers(ctx: &ShopCtx) -> Result<bool, BotError> {
    let is_text = matches!(ctx.event(), Event::Message { text: Some(text), .. } if !text.starts_with('/'));
    if !is_text {
        return Ok(false);
    }
    let entries = entries(ctx).await?;
    let found = found(ctx, &entries);
    if !found.is_empty() {
        ctx.show(view::found(ctx.reader(), &found)).await?;
    }
    Ok(!found.is_empty())
}

fn found<'a>(ctx: &ShopCtx, entries: &'a [Entry]) -> Vec<&'a Entry> {
    match ctx.event() {
        Event::Message { text: Some(text), .. } => rules::search(entries, text),
        _ => Vec::new(),
    }
}

async fn entries(ctx: &ShopCtx) -> Result<Vec<Entry>, BotError> {
    let tx = ctx.db().read().await?;
    Ok(faq::shown(&tx, ctx.reader().locale, ctx.shop().locale).await?)
}

/// In the reader's language, or in the one in which he was shown it.
async fn find(ctx: &ShopCtx, key: Key) -> Result<Option<Entry>, BotError> {
    Ok(entries(ctx).await?.into_iter().find(|entry| entry.key == key))
}
