//! The receipts that wait for a person, decided by the same rules as on the panel's page.

use domain::{
    args,
    entities::tenant::{
        receipt::{self, ReceiptState, RejectReason},
        staff_act::Deed,
    },
    events::EventKind,
    ids::ReceiptId,
    shop::{
        order::service as orders,
        receipt::{
            decide::{self, Approval, DecideRefused, Rejection},
            service as receipts,
        },
        staff::log,
        user::service as users,
    },
};
use serde_json::json;

use super::{actor, already, announce, page, view};
use crate::{context::ShopCtx, error::BotError};

/// Receipts on one screen; the others follow when these are decided.
const SHOWN: usize = 6;

pub async fn list(ctx: ShopCtx) -> Result<(), BotError> {
    let tx = ctx.db().read().await?;
    let all = receipts::waiting(&tx).await?;
    let mut shown = Vec::new();
    for receipt in all.iter().take(SHOWN) {
        if let Some(order) = orders::find(&tx, receipt.order_id).await? {
            shown.push((receipt.id, receipt.created_at, order));
        }
    }
    drop(tx);
    ctx.show(view::receipts(ctx.reader(), all.len(), &shown)).await
}

/// With the picture, as far as it is here and is one.
pub async fn show(ctx: ShopCtx, id: ReceiptId) -> Result<(), BotError> {
    let Some(receipt) = waiting(&ctx, id).await? else { return list(ctx).await };
    let tx = ctx.db().read().await?;
    let order = orders::find(&tx, receipt.order_id).await?;
    let picture = receipts::picture(&tx, id).await?;
    let buyer = match &order {
        Some(order) => users::find(&tx, order.user_id).await?,
        None => None,
    };
    drop(tx);
    let Some(order) = order else { return list(ctx).await };
    let link = page(&ctx, &format!("/orders/{}/review", order.id));
    let screen = view::receipt(ctx.reader(), &receipt, &order, buyer.as_ref(), link);
    match picture {
        Some(picture) => ctx.show(screen.with_photo(picture)).await,
        None => ctx.show(view::unseen(ctx.reader(), screen)).await,
    }
}

/// Exactly what was asked for has arrived; other amounts are booked on the panel's page.
pub async fn approve(ctx: ShopCtx, id: ReceiptId) -> Result<(), BotError> {
    if let Some(tx) = ctx.effect().await? {
        let by = actor(&ctx);
        let approval = Approval { receipt: id, minor: None, after_all: false, by: by.by.clone() };
        match decide::approve(&tx, approval).await {
            Ok(()) => {
                log::append(&tx, &by, Deed::ReceiptApproved, id, json!({})).await?;
                tx.commit().await?;
                announce(&ctx, EventKind::Sale);
                ctx.toast("bot-admin-toast-approved", &args![]).await;
            }
            Err(refused) => {
                drop(tx);
                refuse(&ctx, id, refused).await?;
            }
        }
    }
    list(ctx).await
}

pub async fn ask_why(ctx: ShopCtx, id: ReceiptId) -> Result<(), BotError> {
    let Some(receipt) = waiting(&ctx, id).await? else { return list(ctx).await };
    let tx = ctx.db().read().await?;
    let order = orders::find(&tx, receipt.order_id).await?;
    drop(tx);
    match order {
        Some(order) => ctx.show(view::ask_why(ctx.reader(), id, &order)).await,
        None => list(ctx).await,
    }
}

pub async fn reject(ctx: ShopCtx, id: ReceiptId, reason: RejectReason) -> Result<(), BotError> {
    if let Some(tx) = ctx.effect().await? {
        let by = actor(&ctx);
        let rejection = Rejection { receipt: id, reason, note: "", by: by.by.clone() };
        match decide::reject(&tx, rejection).await {
            Ok(()) => {
                log::append(&tx, &by, Deed::ReceiptRejected, id, json!({ "reason": reason })).await?;
                tx.commit().await?;
                announce(&ctx, EventKind::Sale);
                ctx.toast("bot-admin-toast-rejected", &args![]).await;
            }
            Err(refused) => {
                drop(tx);
                refuse(&ctx, id, refused).await?;
            }
        }
    }
    list(ctx).await
}

/// Somebody was faster, or the order went another way.
async fn refuse(ctx: &ShopCtx, id: ReceiptId, refused: DecideRefused) -> Result<(), BotError> {
    match refused {
        DecideRefused::Store(error) => return Err(error.into()),
        DecideRefused::Decided(_) => {
            let tx = ctx.db().read().await?;
            let first = log::last(&tx, id, &[Deed::ReceiptApproved, Deed::ReceiptRejected]).await?;
            drop(tx);
            already(ctx, first.as_ref()).await;
        }
        _ => ctx.toast("bot-admin-toast-overtaken", &args![]).await,
    }
    Ok(())
}

async fn waiting(ctx: &ShopCtx, id: ReceiptId) -> Result<Option<receipt::Model>, BotError> {
    let tx = ctx.db().read().await?;
    Ok(receipts::find(&tx, id).await?.filter(|row| row.state == ReceiptState::Waiting))
}
