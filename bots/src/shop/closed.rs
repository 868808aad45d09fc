//! When the bot does not serve: it says so, and nothing else.

use domain::{args, entities::master::bot_instance::BotState, platform::bot::rules};

use crate::{context::ShopCtx, error::BotError, keyboard::Keyboard, screen::Screen};

pub fn is_closed(ctx: ShopCtx) -> bool {
    ctx.user().banned_at.is_some() || !rules::serves(ctx.bot().state)
}

pub async fn show(ctx: ShopCtx) -> Result<(), BotError> {
    let reader = ctx.reader();
    let shop = args!["shop" => &ctx.shop().name];
    let text = match ctx.bot().state {
        _ if ctx.user().banned_at.is_some() => reader.html("bot-start-banned-body", &args![]),
        BotState::Paused => reader.html("bot-start-paused-body", &shop),
        BotState::Draft | BotState::Deploying => reader.html("bot-start-setup-body", &shop),
        _ => reader.html("bot-start-maintenance-body", &shop),
    };
    ctx.show(Screen::new(text, Keyboard::new())).await
}
