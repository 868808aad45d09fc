//! `/app/b/{bot}/traffic`: packs of traffic that users add to what is running.

use app::{
    FormState,
    pages::dashboard::{PackRow, TrafficPage},
};
use axum::extract::State;
use domain::{
    args,
    ids::PlanId,
    locale::{digits, format},
    money::Money,
    platform::tenant::payments::Actor,
    shop::traffic::service::{self as packs, PackRefused},
    units::Bytes,
};

use super::overview;
use crate::{
    state::AppState,
    web::{PageRequest, Post, WebError, WebResult, explained, guard::ShopBot, start::currency_name},
};

pub async fn get(State(state): State<AppState>, bot: ShopBot, mut page: PageRequest) -> WebResult {
    let locale = page.locale();
    let tx = bot.shop.db.read().await?;
    let listed = packs::list(&tx).await?;
    drop(tx);
    overview::place(&mut page, &state, &bot).await?;
    let money = |prices: Vec<Money>| {
        let all: Vec<String> = prices.into_iter().map(|price| format::money(locale, price)).collect();
        all.join(" · ")
    };
    let rows = listed.into_iter().map(|(pack, prices)| PackRow {
        id: pack.id.to_string(),
        size: format::bytes(locale, pack.traffic_bytes.unwrap_or(Bytes(0))),
        price: money(prices),
        on: pack.active,
    });
    let rows = rows.collect();
    let form = page.form_or(FormState::default);
    let currency = currency_name(locale, bot.shop.tenant.currency);
    page.show(TrafficPage { bot: overview::summary_of(&bot.bot), packs: rows, currency, form })
}

pub async fn post(State(state): State<AppState>, bot: ShopBot, post: Post) -> WebResult {
    let actor = Actor { master: state.master(), db: &bot.shop.db, account: bot.shop.person.account.id };
    let done = match post.act() {
        "save" => {
            let gigabytes = digits::parse_number(post.field("gigabytes")).unwrap_or(0);
            let currency = bot.shop.tenant.currency;
            let price = digits::parse_money(post.field("price"), currency);
            let price = price.unwrap_or(Money::new(0, currency));
            actor.save_pack(gigabytes, price).await
        }
        act @ ("on" | "off") => {
            let pack: PlanId = post.field("pack").parse().map_err(|_| WebError::NotFound)?;
            actor.switch_pack(pack, act == "on").await
        }
        _ => return Err(WebError::NotFound),
    };
    if let Err(refused) = done {
        let field = match &refused {
            PackRefused::Price => "price",
            _ => "gigabytes",
        };
        let (key, values) = explained(refused)?;
        return Ok(post.refused(&["gigabytes", "price"], vec![post.error(field, key, &values)]));
    }
    let own = format!("{}/traffic", overview::summary_of(&bot.bot).href());
    Ok(post.done(&own, "web-flash-saved", &args![]))
}
