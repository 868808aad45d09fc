//! What lies with the shop for the user, filling it and paying with it.

pub mod top_up;
pub mod view;

use domain::{
    entities::tenant::order::{self as order_row, OrderState},
    ids::OrderId,
    money::Money,
    shop::wallet::{
        service::{self as wallet, Paid},
        top_up as filling,
    },
};

use crate::{
    context::ShopCtx,
    error::BotError,
    shop::{menu, pay},
};

/// Movements that are listed.
const SHOWN: u64 = 10;

pub async fn show(ctx: ShopCtx) -> Result<(), BotError> {
    let tx = ctx.db().read().await?;
    let balances = wallet::balances(&tx, ctx.user().id).await?;
    let history = wallet::history(&tx, ctx.user().id, SHOWN).await?;
    let held = wallet::all_held(&tx, ctx.user().id).await?;
    let is_on = wallet::is_on(&tx).await?;
    let can_fill = filling::offer(&tx, &ctx.services().providers).await?.is_some();
    drop(tx);
    let shown = view::Shown { balances, held, history, is_on, can_fill };
    ctx.show(view::wallet(ctx.reader(), &shown)).await
}

/// Asks before money moves.
pub async fn confirm(ctx: ShopCtx, order: order_row::Model) -> Result<(), BotError> {
    let tx = ctx.db().read().await?;
    let there = wallet::spendable(&tx, order.user_id, order.currency).await?;
    drop(tx);
    if there.minor < order.amount_minor {
        return ctx.show(view::short(ctx.reader(), &order, there)).await;
    }
    let left = Money::new(there.minor - order.amount_minor, there.currency);
    ctx.show(view::confirm(ctx.reader(), &order, there, left)).await
}

/// A second press, or a second device, finds the order paid.
pub async fn pay(ctx: ShopCtx, id: OrderId) -> Result<(), BotError> {
    let Some(order) = pay::own_order(&ctx, id).await? else { return menu::stale(ctx).await };
    if !wallet::is_payer(&order) {
        return menu::stale(ctx).await;
    }
    let paid = match ctx.effect().await? {
        Some(tx) => {
            let paid = wallet::pay(&tx, id).await?;
            tx.commit().await?;
            paid
        }
        None => Paid::NotOpen,
    };
    let Some(order) = pay::own_order(&ctx, id).await? else { return menu::stale(ctx).await };
    match paid {
        Paid::Short(there) => ctx.show(view::short(ctx.reader(), &order, there)).await,
        // It ran out, or the shop takes nothing from wallets any more; nobody has written that down yet.
        Paid::NotOpen if order.state == OrderState::New => {
            let order = order_row::Model { state: OrderState::Expired, ..order };
            pay::show_status(ctx, order).await
        }
        Paid::Done | Paid::NotOpen => pay::show_status(ctx, order).await,
    }
}
