//! `POST /sandbox/clock`: moves the shop's clock and wakes its jobs.

use axum::extract::State;
use chrono::Duration;
use domain::{args, clock::Clock as _, locale::format};

use crate::{
    state::AppState,
    web::{Post, WebError, WebResult, guard::Shop, locale::local_path},
};

pub async fn post(State(state): State<AppState>, shop: Shop, post: Post) -> WebResult {
    let by = match post.field("advance") {
        "1h" => Duration::hours(1),
        "1d" => Duration::days(1),
        "30d" => Duration::days(30),
        _ => return Err(WebError::NotFound),
    };
    state.store.move_clock(shop.tenant.id, by).await?;
    let now = format::date_time(post.locale, shop.db.clock().now(), shop.zone());
    let back = local_path(post.field("return_to"), "/app");
    Ok(post.done(&back, "web-flash-clock-moved", &args!["now" => now]))
}
