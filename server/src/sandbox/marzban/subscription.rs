//! `/sub/{token}`: what apps fetch (transcript 3). The format follows the User-Agent, or the address.

use std::sync::Arc;

use axum::{
    Json, Router,
    extract::{Path, State},
    http::{HeaderMap, HeaderValue, header},
    response::{Html, IntoResponse, Response},
    routing::get,
};
use base64::{Engine, engine::general_purpose::STANDARD as BASE64};
use serde_json::json;

use super::{
    answer::{Refusal, method_not_allowed},
    formats::{self, Format},
    links,
    panel::{Panel, PanelState, User},
};

pub(super) fn routes() -> Router<Arc<Panel>> {
    Router::new()
        .route("/sub/{token}", get(plain).head(method_not_allowed))
        .route("/sub/{token}/", get(plain).head(method_not_allowed))
        .route("/sub/{token}/info", get(info).head(method_not_allowed))
        .route("/sub/{token}/usage", get(usage).head(method_not_allowed))
        .route("/sub/{token}/{client}", get(forced).head(method_not_allowed))
}

/// The plain address is the only one that leaves a trace in the account.
async fn plain(
    State(panel): State<Arc<Panel>>,
    Path(token): Path<String>,
    headers: HeaderMap,
) -> Result<Response, Refusal> {
    let text = |name: header::HeaderName| {
        headers.get(name).and_then(|value| value.to_str().ok()).unwrap_or_default()
    };
    let (agent, accept) = (text(header::USER_AGENT), text(header::ACCEPT));
    let now = panel.now();
    let mut state = panel.state();
    let username = holder(&state, &token)?.username.clone();
    if accept.contains("text/html") {
        let user = holder(&state, &token)?;
        return Ok(Html(formats::page(user, &links::entries(&state, user, now))).into_response());
    }
    if let Some(user) = state.users.get_mut(&username) {
        user.sub_updated_at = Some(now);
        user.sub_last_user_agent = Some(agent.to_owned());
    }
    let user = holder(&state, &token)?;
    Ok(rendered(&panel, &state, user, &token, Format::of_agent(agent)))
}

async fn forced(
    State(panel): State<Arc<Panel>>,
    Path((token, client)): Path<(String, String)>,
) -> Result<Response, Refusal> {
    let format = Format::from_name(&client).ok_or_else(|| {
        Refusal::field(
            "client_type",
            "String should match pattern 'sing-box|clash-meta|clash|outline|v2ray|v2ray-json'",
        )
    })?;
    let state = panel.state();
    let user = holder(&state, &token)?;
    Ok(rendered(&panel, &state, user, &token, format))
}

async fn info(State(panel): State<Arc<Panel>>, Path(token): Path<String>) -> Result<Response, Refusal> {
    let now = panel.now();
    let state = panel.state();
    let user = holder(&state, &token)?;
    Ok(Json(links::public(&panel, &state, user, now)?).into_response())
}

async fn usage(State(panel): State<Arc<Panel>>, Path(token): Path<String>) -> Result<Response, Refusal> {
    let state = panel.state();
    let user = holder(&state, &token)?;
    let used = user.used_traffic + user.reset_traffic;
    let usages = json!([{ "node_id": null, "node_name": "Master", "used_traffic": used }]);
    Ok(Json(json!({ "username": user.username, "usages": usages })).into_response())
}

/// The account whose address this is. Addresses die when the account is younger than they are old,
/// or was revoked later than their (rounded up) second.
fn holder<'a>(state: &'a PanelState, token: &str) -> Result<&'a User, Refusal> {
    let (username, seconds) = links::read_token(&state.secret, token).ok_or(Refusal::NOT_FOUND)?;
    let user = state.users.get(&username).ok_or(Refusal::NOT_FOUND)?;
    let issued_ms = seconds * 1000;
    let is_revoked = user.sub_revoked_at.is_some_and(|revoked| revoked.timestamp_millis() > issued_ms);
    if is_revoked || user.created_at.timestamp_millis() > issued_ms {
        return Err(Refusal::NOT_FOUND);
    }
    Ok(user)
}

fn rendered(panel: &Panel, state: &PanelState, user: &User, token: &str, format: Format) -> Response {
    let entries = links::entries(state, user, panel.now());
    let mut answer =
        ([(header::CONTENT_TYPE, format.content_type())], format.render(&entries)).into_response();
    let total = user.data_limit.unwrap_or(0);
    let (used, expire) = (user.used_traffic, user.expire.unwrap_or(0));
    let headers = [
        ("content-disposition", format!("attachment; filename=\"{}\"", user.username)),
        ("profile-web-page-url", format!("{}/sub/{token}", panel.prefix)),
        ("support-url", "https://t.me/".to_owned()),
        ("profile-title", format!("base64:{}", BASE64.encode("Subscription"))),
        ("profile-update-interval", "12".to_owned()),
        ("subscription-userinfo", format!("upload=0; download={used}; total={total}; expire={expire}")),
    ];
    for (name, value) in headers {
        if let Ok(value) = HeaderValue::from_str(&value) {
            answer.headers_mut().insert(name, value);
        }
    }
    answer
}
