//! The owner proves who he is: `/start own_<nonce>`, also before the shop is live.

use domain::{
    args,
    events::EventKind,
    platform::bot::owner::{self, OwnerLink},
};

use crate::{
    commands, context::ShopCtx, error::BotError, incoming::Event, keyboard::Keyboard, screen::Screen,
};

/// The secret of an owner's link.
#[derive(Clone, Debug)]
pub struct Nonce(String);

pub fn nonce_of(ctx: ShopCtx) -> Option<Nonce> {
    match ctx.event() {
        Event::Message { text: Some(text), .. } => {
            text.strip_prefix("/start own_").map(|nonce| Nonce(nonce.trim().to_owned()))
        }
        _ => None,
    }
}

pub async fn link(ctx: ShopCtx, nonce: Nonce) -> Result<(), BotError> {
    let master = ctx.services().store.master();
    let linked = owner::link(master, ctx.bot().id, &nonce.0, ctx.user().telegram_id).await?;
    if linked == OwnerLink::Linked {
        ctx.services().poke();
        let (reader, chat) = (ctx.reader(), ctx.user().telegram_id);
        commands::publish_to_staff(&ctx.bot().api, reader.locale, chat).await;
        ctx.services().events.publish(ctx.bot().tenant, EventKind::Bot, Some(ctx.bot().id.to_string()));
    }
    let key = match linked {
        OwnerLink::Linked => "bot-owner-linked-body",
        OwnerLink::AlreadyLinked => "bot-owner-linked-again-body",
        OwnerLink::Refused => "bot-owner-err-link-body",
    };
    let text = ctx.reader().html(key, &args!["shop" => &ctx.shop().name]);
    ctx.show(Screen::new(text, Keyboard::new())).await
}
