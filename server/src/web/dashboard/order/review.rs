//! `/app/b/{bot}/orders/{id}/review`: the receipts that wait, one after the other, over the list.

use app::pages::dashboard::ReceiptDrawer;
use axum::extract::State;
use domain::shop::{order::service as orders, receipt::service as receipts, stat::service::with_buyers};

use super::{
    super::{
        orders::{self as list, review_of},
        overview,
    },
    ShopOrder, href,
    receipt::{self, Teller, Then},
    words,
};
use crate::{
    state::AppState,
    web::{PageRequest, Post, WebError, WebResult, guard::ShopBot},
};

/// What is decided already is read on the order's page.
pub async fn get(State(state): State<AppState>, found: ShopOrder, mut page: PageRequest) -> WebResult {
    let ShopOrder { bot, id } = found;
    let tx = bot.shop.db.read().await?;
    let order = orders::find(&tx, id).await?.ok_or(WebError::NotFound)?;
    let receipt = receipt::load(&tx, &order).await?;
    let sale = with_buyers(&tx, vec![order]).await?.pop();
    drop(tx);
    let (Some(receipt), Some(sale)) = (receipt.filter(receipt::Loaded::is_waiting), sale) else {
        return Ok(page.on_to(&href(&bot, id)));
    };
    let people = words::emails(&state, receipt.people()).await?;
    let list = list::address(&overview::summary_of(&bot.bot));
    let address = review_of(&list, id);
    let teller = Teller { locale: page.locale(), zone: bot.shop.zone(), list, people: &people };
    let form = page.form_or(Default::default);
    let mut orders = list::load(&state, &bot, &mut page).await?;
    orders.drawer = Some(ReceiptDrawer {
        number: id.short(),
        order: href(&bot, id),
        address,
        receipt: teller.review(&receipt, &sale),
        form,
    });
    page.show(orders)
}

pub async fn post(State(state): State<AppState>, found: ShopOrder, post: Post) -> WebResult {
    let ShopOrder { bot, id } = found;
    let tx = bot.shop.db.read().await?;
    let order = orders::find(&tx, id).await?.ok_or(WebError::NotFound)?;
    drop(tx);
    match post.act() {
        "approve" => receipt::approve(&state, &bot, &post, &order, Then::NextReview).await,
        "reject" => receipt::reject(&state, &bot, &post, &order, Then::NextReview).await,
        _ => Err(WebError::NotFound),
    }
}

/// Where the next receipt is reviewed; the list when none waits.
pub(super) async fn next(bot: &ShopBot) -> Result<String, WebError> {
    let tx = bot.shop.db.read().await?;
    let list = list::address(&overview::summary_of(&bot.bot));
    let oldest = receipts::waiting(&tx).await?.into_iter().next();
    Ok(oldest.map_or(list.clone(), |oldest| review_of(&list, oldest.order_id)))
}
