//! Every address of the server, on one page, and what surrounds each kind of them.

use axum::{
    Router,
    extract::DefaultBodyLimit,
    middleware::{from_fn, from_fn_with_state},
    routing::{get, post},
};
use http::StatusCode;
use tower::ServiceBuilder;
use tower_http::{
    CompressionLevel, catch_panic::CatchPanicLayer, compression::CompressionLayer, timeout::TimeoutLayer,
};

use crate::{
    assets, health,
    middleware::{ending, error_pages, headers, log, origin, session},
    state::AppState,
    web, webhooks,
};

/// The whole server.
pub fn router(state: &AppState) -> Router {
    let mut whole = Router::new()
        .route("/healthz", get(health::alive))
        .route("/readyz", get(health::ready))
        .with_state(state.clone());
    if state.config.roles.web {
        whole = whole.merge(pages(state)).merge(provider_calls(state));
    }
    if let Some(sandbox) = &state.sandbox {
        // The emulators are their own world: no cookies, no checks of ours, and long polls.
        whole = whole.nest("/emulator", sandbox.router().layer(DefaultBodyLimit::max(50 * 1024 * 1024)));
    }
    whole.layer(from_fn(log::log)).layer(from_fn(ending::say_no_more))
}

/// What Telegram and payment providers call: outside the layers that look for our own pages.
fn provider_calls(state: &AppState) -> Router {
    Router::new()
        .route("/tg/{public_id}", post(webhooks::telegram::post))
        .route("/webhooks/stripe", post(webhooks::stripe::post))
        .route("/pay/{tenant}/wata", post(webhooks::wata::post))
        .route("/pay/{tenant}/{provider}", post(webhooks::pay::post))
        .layer(DefaultBodyLimit::max(state.config.limits.webhook_bytes as usize))
        .layer(CatchPanicLayer::new())
        .with_state(state.clone())
}

/// What browsers see.
fn pages(state: &AppState) -> Router {
    let limits = &state.config.limits;
    let around = ServiceBuilder::new()
        .layer(from_fn_with_state(state.clone(), headers::secure))
        .layer(CompressionLayer::new().quality(CompressionLevel::Fastest))
        .layer(from_fn_with_state(state.clone(), error_pages::show))
        .layer(TimeoutLayer::with_status_code(StatusCode::SERVICE_UNAVAILABLE, limits.request()))
        .layer(CatchPanicLayer::custom(error_pages::panicked));
    let inner = ServiceBuilder::new()
        .layer(from_fn(origin::own_pages_only))
        .layer(from_fn_with_state(state.clone(), session::session))
        .layer(DefaultBodyLimit::max(limits.form_bytes as usize));
    web::routes(state.mode)
        .into_router()
        .layer(inner)
        .merge(web::mail::router().layer(DefaultBodyLimit::max(limits.form_bytes as usize)))
        .fallback(assets::serve)
        .layer(around)
        .with_state(state.clone())
}
