//! `/m/{token}`: mail is switched off, by its reader with a button or by his mail program with one call
//! (RFC 8058). No session, no cookie and no look at where the call comes from: the token is signed by us and
//! can do this one thing, which only its reader would want.

use app::pages::public::{MailGonePage, MailPage};
use axum::{
    Router,
    extract::{Path, State},
    response::{IntoResponse as _, Redirect, Response},
    routing::get,
};
use domain::{
    db::{StoreError, TenantDb},
    entities::{
        master::{bot_instance::BotState, tenant},
        tenant::mail_address::{MailWhen, Model},
    },
    locale::Locale,
    platform::{bot::service as bots, tenant::service as tenants},
    shop::{
        mail::{address::masked, service as mail, token::Token},
        user::service as users,
    },
};
use http::{StatusCode, request::Parts};

use super::{
    links::{limits::Asked, private},
    page_context,
};
use crate::{middleware::client::ClientAddress, state::AppState};

/// What mail programs post (RFC 8058, 3.1).
const ONE_CLICK: &str = "List-Unsubscribe=One-Click";

pub fn router() -> Router<AppState> {
    Router::new().route("/m/{token}", get(show).post(switch_off))
}

/// What a token led to.
struct Found {
    db: TenantDb,
    tenant: tenant::Model,
    row: Model,
    locale: Option<Locale>,
}

async fn show(
    State(state): State<AppState>,
    Path(token): Path<String>,
    client: ClientAddress,
    parts: Parts,
) -> Response {
    match find(&state, client, &token).await {
        Ok(Some(found)) => page(&state, &parts, found).await,
        Ok(None) => gone(&state, &parts).await,
        Err(error) => failed(&error),
    }
}

async fn switch_off(
    State(state): State<AppState>,
    Path(token): Path<String>,
    client: ClientAddress,
    parts: Parts,
    body: String,
) -> Response {
    let found = match find(&state, client, &token).await {
        Ok(Some(found)) => found,
        Ok(None) => return gone(&state, &parts).await,
        Err(error) => return failed(&error),
    };
    if let Err(error) = never(&found).await {
        return failed(&error);
    }
    // Mail programs follow no redirects.
    if body.contains(ONE_CLICK) {
        let row = Model { comes: MailWhen::Never, ..found.row };
        return page(&state, &parts, Found { row, ..found }).await;
    }
    private(Redirect::to(parts.uri.path()).into_response())
}

async fn never(found: &Found) -> Result<(), StoreError> {
    let tx = found.db.write().await?;
    mail::choose(&tx, found.row.user_id, MailWhen::Never).await?;
    tx.commit().await
}

/// `None` for what we did not sign, and for who tries too many.
async fn find(state: &AppState, client: ClientAddress, token: &str) -> Result<Option<Found>, StoreError> {
    let (limits, now) = (&state.link_limits, state.clock().now());
    if !limits.takes(Asked::From(client.0), now) || !limits.guesses(client.0, now) {
        return Ok(None);
    }
    let found = match look_up(state, token).await {
        Err(StoreError::NoTenant(_)) => None,
        found => found?,
    };
    if found.is_none() {
        limits.takes(Asked::Wrong(client.0), now);
    }
    Ok(found)
}

async fn look_up(state: &AppState, token: &str) -> Result<Option<Found>, StoreError> {
    let Some(token) = Token::read(token) else { return Ok(None) };
    let Some(tenant) = tenants::find(state.master(), token.tenant).await? else { return Ok(None) };
    let db = state.store.open(token.tenant).await?;
    let tx = db.read().await?;
    let Some(row) = mail::of_token(&tx, &token).await? else { return Ok(None) };
    let user = users::find(&tx, row.user_id).await?;
    drop(tx);
    let locale = user.and_then(|user| Locale::from_code(&user.locale));
    Ok(Some(Found { db, tenant, row, locale }))
}

async fn page(state: &AppState, parts: &Parts, found: Found) -> Response {
    let Found { tenant, row, locale, .. } = found;
    let bots = bots::of_tenant(state.master(), tenant.id).await.unwrap_or_default();
    let running = bots.iter().find(|bot| bot.state == BotState::Live).or(bots.first());
    let username = running.and_then(|bot| bot.username.as_ref());
    let model = MailPage {
        shop: tenant.name,
        address: masked(&row.address.unwrap_or_default()),
        is_on: row.comes != MailWhen::Never,
        bot: username.map(|name| format!("https://t.me/{name}")),
    };
    let mut context = page_context::build(state, parts, None).await;
    context.locale = locale.unwrap_or(context.locale);
    private(app::ssr::render(context, StatusCode::OK, model))
}

async fn gone(state: &AppState, parts: &Parts) -> Response {
    let context = page_context::build(state, parts, None).await;
    private(app::ssr::render(context, StatusCode::NOT_FOUND, MailGonePage))
}

fn failed(error: &StoreError) -> Response {
    tracing::error!(%error, "a mail's link could not be followed");
    private(StatusCode::SERVICE_UNAVAILABLE.into_response())
}
