//! `/app/b/{bot}/broadcasts`: what was written to many users at once.

use app::pages::dashboard::{BroadcastRow, BroadcastsPage};
use axum::extract::State;
use chrono::FixedOffset;
use domain::{
    args,
    entities::tenant::broadcast::{self, BroadcastState},
    locale::{Locale, format},
    shop::broadcast::list::{self, Counts},
};

use super::{broadcast::words, overview};
use crate::{
    state::AppState,
    web::{PageRequest, WebResult, guard::ShopBot, live},
};

pub async fn get(State(state): State<AppState>, bot: ShopBot, mut page: PageRequest) -> WebResult {
    let (locale, zone, href) = (page.locale(), bot.shop.zone(), address(&bot));
    let number: u64 = page.query("page").parse().unwrap_or(0);
    let tx = bot.shop.db.read().await?;
    let found = list::page(&tx, number).await?;
    drop(tx);
    overview::place(&mut page, &state, &bot).await?;
    let at = |number: u64| if number == 0 { href.clone() } else { format!("{href}?page={number}") };
    page.show(BroadcastsPage {
        bot: overview::summary_of(&bot.bot),
        rows: found.rows.iter().map(|found| row(locale, zone, &href, found)).collect(),
        newer: number.checked_sub(1).map(at),
        older: number.checked_add(1).filter(|_| found.more).map(at),
        events: (number == 0).then(|| live::SHOP.into()),
        address: at(number),
    })
}

pub(super) fn address(bot: &ShopBot) -> String {
    format!("{}/broadcasts", overview::summary_of(&bot.bot).href())
}

fn row(
    locale: Locale,
    zone: FixedOffset,
    href: &str,
    (row, counts): &(broadcast::Model, Counts),
) -> BroadcastRow {
    let say = |key: &str, args: &domain::locale::Args| domain::locale::text(locale, key, args);
    let at = |at| format::date_time_short(locale, at, zone);
    let detail = match (row.state, row.send_at) {
        (BroadcastState::Draft, _) => say("web-broadcast-began-writing", &args!["at" => at(row.created_at)]),
        (BroadcastState::Scheduled, Some(time)) => say("web-broadcast-begins", &args!["at" => at(time)]),
        _ => say(
            "web-broadcast-arrived",
            &args![
                "sent" => format::number(locale, counts.arrived()),
                "all" => format::number(locale, counts.all()),
                "at" => at(row.started_at.unwrap_or(row.created_at)),
            ],
        ),
    };
    BroadcastRow {
        href: format!("{href}/{}", row.id),
        title: words::title(locale, row),
        segment: words::segment(locale, row.segment),
        state: row.state,
        detail,
    }
}
