//! From card to card: where to send the money, and what became of it.

pub mod receipt;
pub mod view;

use domain::{
    entities::tenant::{order as order_row, payment_method},
    shop::{
        order::{rules::is_open, service as orders},
        payment::{
            card::{self, settings::Card},
            method,
        },
        receipt::{
            rules::{Sending, sending},
            service as receipts,
        },
    },
};

use super::{dialogue, pay};
use crate::{context::ShopCtx, error::BotError};

/// An order that is paid from card to card, wherever it stands.
pub async fn show(ctx: ShopCtx, order: order_row::Model) -> Result<(), BotError> {
    dialogue::leave(&ctx).await?;
    let tx = ctx.db().read().await?;
    let sent = receipts::of_order(&tx, order.id).await?;
    let method = method::find(&tx, card::NAME).await?;
    drop(tx);
    let states: Vec<_> = sent.iter().map(|receipt| receipt.state).collect();
    let (reader, is_taken) = (ctx.reader(), sending(order.state, &states));
    match is_taken {
        Sending::Waits => return ctx.show(view::review(reader, &order)).await,
        Sending::TooMany => return ctx.show(view::too_many(reader, &order)).await,
        Sending::Closed => return pay::show_status(ctx, order).await,
        Sending::Taken if !is_open(order.state) => return ctx.show(view::run_out(reader, &order)).await,
        Sending::Taken => {}
    }
    let Some((method, card)) = method.and_then(|row| Some((row.clone(), Card::of(&row.settings)?))) else {
        return ctx.show(pay::view::no_methods(reader)).await;
    };
    if sent.is_empty() {
        ask_for_this_card(&ctx, &order, &method).await?;
    }
    ctx.show(view::open(reader, &order, &card, sent.last())).await
}

/// The order remembers the card that its buyer has seen last: the shop can have another one meanwhile.
async fn ask_for_this_card(
    ctx: &ShopCtx,
    order: &order_row::Model,
    method: &payment_method::Model,
) -> Result<(), BotError> {
    if order.provider_account == method.account_id {
        return Ok(());
    }
    let tx = ctx.db().write().await?;
    if let Some(order) = orders::lock(&tx, order.id).await?.filter(|order| is_open(order.state)) {
        card::shown(&tx, order, &method.account_id).await?;
    }
    Ok(tx.commit().await?)
}
