//! Somebody is asked to help: `/start staff_<secret>`. The link works once.

use domain::{
    args,
    events::EventKind,
    shop::staff::service::{self as staff, Joined, LINK},
};

use super::{announce, view};
use crate::{
    callback::{Act, Callback},
    commands,
    context::ShopCtx,
    error::BotError,
    incoming::Event,
    keyboard::{Keyboard, Style},
    screen::Screen,
};

/// The secret of an invitation.
#[derive(Clone, Debug)]
pub struct Nonce(String);

pub fn nonce_of(ctx: ShopCtx) -> Option<Nonce> {
    match ctx.event() {
        Event::Message { text: Some(text), .. } => {
            let secret = text.strip_prefix("/start ")?.strip_prefix(LINK)?;
            Some(Nonce(secret.trim().to_owned()))
        }
        _ => None,
    }
}

pub async fn join(ctx: ShopCtx, nonce: Nonce) -> Result<(), BotError> {
    let tx = ctx.db().write().await?;
    let joined = staff::join(&tx, ctx.user(), ctx.bot().id, &nonce.0).await?;
    tx.commit().await?;
    let reader = ctx.reader();
    let shop = args!["shop" => &ctx.shop().name];
    let (key, role) = match joined {
        Joined::As(role) => {
            announce(&ctx, EventKind::Bot);
            commands::publish_to_staff(&ctx.bot().api, reader.locale, ctx.user().telegram_id).await;
            ("bot-admin-join-body", role)
        }
        Joined::Before(role) => ("bot-admin-join-before-body", role),
        Joined::Refused => {
            let text = reader.html("bot-admin-join-refused-body", &shop);
            return ctx.show(Screen::new(text, reader.way_back(Keyboard::new(), Callback::Menu))).await;
        }
    };
    let text = reader.html(key, &shop.with("role", view::role(reader, role)));
    let open = reader.button("bot-menu-btn-admin", Callback::Staff(Act::Home)).style(Style::Primary);
    ctx.show(Screen::new(text, reader.way_back(Keyboard::new().row(open), Callback::Menu))).await
}
