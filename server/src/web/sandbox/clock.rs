//! `POST /sandbox/clock` moves the shop's clock and wakes its jobs; `POST /sandbox/platform-clock` moves
//! the one by which packages run.

use axum::extract::State;
use chrono::Duration;
use domain::{
    args,
    clock::Clock as _,
    locale::format,
    platform::{billing, bot::service as bots},
};

use crate::{
    state::AppState,
    web::{
        Post, WebError, WebResult,
        guard::{Shop, SignedIn, zone_of},
        locale::local_path,
    },
};

pub async fn post(State(state): State<AppState>, shop: Shop, post: Post) -> WebResult {
    state.store.move_clock(shop.tenant.id, step(&post)?).await?;
    if let Some(sandbox) = &state.sandbox {
        let ahead = shop.db.clock().offset().num_seconds();
        for bot in bots::of_tenant(state.master(), shop.tenant.id).await? {
            bot.telegram_id.into_iter().for_each(|id| sandbox.telegram.move_stars_clock(id, ahead));
        }
    }
    let now = format::date_time(post.locale, shop.db.clock().now(), shop.zone());
    let back = local_path(post.field("return_to"), "/app");
    Ok(post.done(&back, "web-flash-clock-moved", &args!["now" => now]))
}

pub async fn post_platform(State(state): State<AppState>, who: SignedIn, post: Post) -> WebResult {
    billing::clock::advance(state.master(), step(&post)?).await?;
    let zone = zone_of(who.0.tenant.as_ref());
    let now = format::date_time(post.locale, state.master().platform_clock().now(), zone);
    Ok(post.done("/sandbox/faults", "web-flash-platform-clock-moved", &args!["now" => now]))
}

fn step(post: &Post) -> Result<Duration, WebError> {
    match post.field("advance") {
        "1h" => Ok(Duration::hours(1)),
        "1d" => Ok(Duration::days(1)),
        "7d" => Ok(Duration::days(7)),
        "30d" => Ok(Duration::days(30)),
        _ => Err(WebError::NotFound),
    }
}
