//! `/help`, `/id`, and what Telegram asks of bots that take Stars: `/paysupport` and `/terms`
//! (<https://telegram.org/tos/stars>).

use domain::{args, entities::tenant::ticket::Topic, shop::support::contact};

use crate::{
    callback::Callback,
    context::ShopCtx,
    error::BotError,
    keyboard::{Button, Keyboard, Style},
    screen::Screen,
};

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

/// Who has a question about a payment: nobody else can tell what became of it, Telegram least.
pub async fn pay_support(ctx: ShopCtx) -> Result<(), BotError> {
    let (reader, id) = (ctx.reader(), ctx.user().telegram_id.to_string());
    let text = reader.html("bot-pay-support-body", &args!["shop" => &ctx.shop().name, "id" => id]);
    let tx = ctx.db().read().await?;
    let contact = contact::of_shop(&tx).await?;
    drop(tx);
    let orders = reader.button("bot-profile-btn-orders", Callback::Orders);
    let ask = reader.button("bot-support-btn-new", Callback::SupportAsk(Topic::Payment));
    let contact = contact.map(|contact| {
        Button::url(reader.plain("bot-support-btn-contact", &args![]), contact.url).style(Style::Primary)
    });
    let channel = ctx.bot().channel.as_deref().map(|name| {
        let address = format!("https://t.me/{}", name.trim_start_matches('@'));
        Button::url(reader.plain("bot-pay-support-btn-channel", &args![]), &address)
    });
    let keyboard = Keyboard::new().row_if(contact).row(ask).row(orders).row_if(channel);
    ctx.show(Screen::new(text, reader.way_back(keyboard, Callback::Menu))).await
}

/// On what terms the shop sells.
pub async fn terms(ctx: ShopCtx) -> Result<(), BotError> {
    let reader = ctx.reader();
    let text = reader.html("bot-terms-body", &args!["shop" => &ctx.shop().name]);
    ctx.show(Screen::new(text, reader.way_back(Keyboard::new(), Callback::Menu))).await
}
