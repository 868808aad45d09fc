//! When the bot does not serve: it says so, and nothing else.

use domain::{
    args, entities::master::bot_instance::BotState, platform::bot::rules, shop::staff::maintenance,
};

use super::admin;
use crate::{context::ShopCtx, error::BotError, keyboard::Keyboard, screen::Screen};

/// The shop's people get in while something is mended: they are the ones who mend it.
pub async fn is_closed(ctx: ShopCtx) -> bool {
    if ctx.user().banned_at.is_some() {
        return true;
    }
    match ctx.bot().state {
        state if rules::serves(state) => false,
        BotState::Maintenance => !matches!(admin::role_of(&ctx).await, Ok(Some(_))),
        _ => true,
    }
}

pub async fn show(ctx: ShopCtx) -> Result<(), BotError> {
    let reader = ctx.reader();
    let shop = args!["shop" => &ctx.shop().name];
    let own = match ctx.bot().state {
        BotState::Maintenance if ctx.user().banned_at.is_none() => {
            let tx = ctx.db().read().await?;
            maintenance::text(&tx).await?
        }
        _ => None,
    };
    let text = match ctx.bot().state {
        _ if ctx.user().banned_at.is_some() => reader.html("bot-start-banned-body", &args![]),
        BotState::Paused => reader.html("bot-start-paused-body", &shop),
        BotState::Draft | BotState::Deploying => reader.html("bot-start-setup-body", &shop),
        _ => match own {
            Some(text) => reader.html("bot-start-maintenance-own-body", &shop.with("text", text)),
            None => reader.html("bot-start-maintenance-body", &shop),
        },
    };
    ctx.show(Screen::new(text, Keyboard::new())).await
}
