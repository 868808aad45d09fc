//! `/help` and `/id`.

use domain::args;

use crate::{callback::Callback, context::ShopCtx, error::BotError, keyboard::Keyboard, screen::Screen};

pub async fn show(ctx: ShopCtx) -> Result<(), BotError> {
    let reader = ctx.reader();
    let text = reader.html("bot-help-body", &args![]);
    ctx.show(Screen::new(text, reader.way_back(Keyboard::new(), Callback::Menu))).await
}

/// The reader's number at Telegram, which the shop asks for when something is wrong.
pub async fn id(ctx: ShopCtx) -> Result<(), BotError> {
    let reader = ctx.reader();
    // As text: the number is copied, and takes no thousands separators.
    let text = reader.html("bot-id-body", &args!["id" => ctx.user().telegram_id.to_string()]);
    ctx.show(Screen::new(text, reader.way_back(Keyboard::new(), Callback::Menu))).await
}
