//! `/api/admin…`: signing in, and administrators of the panel's table.

use std::sync::Arc;

use axum::{
    Json, Router,
    body::Bytes,
    extract::State,
    http::{HeaderMap, StatusCode, header},
    routing::{get, post},
};
use serde_json::{Value, json};

use super::{
    answer::Refusal,
    auth::{Caller, log_in},
    panel::{Admin, Panel, PanelState},
    rules,
};

pub(super) fn routes() -> Router<Arc<Panel>> {
    Router::new().route("/api/admin/token", post(token)).route("/api/admin", get(who_am_i).post(create))
}

/// The administrator as it stands in answers and in a user's `admin` field.
pub(super) fn render(state: &PanelState, username: &str) -> Value {
    let usage = (username != state.env_admin).then(|| {
        let of_admin = state.users.values().filter(|user| user.owner.as_deref() == Some(username));
        of_admin.map(|user| user.used_traffic + user.reset_traffic).sum::<i64>()
    });
    let is_sudo =
        username == state.env_admin || state.admins.get(username).is_some_and(|admin| admin.is_sudo);
    json!({
        "username": username,
        "is_sudo": is_sudo,
        "telegram_id": null,
        "discord_webhook": null,
        "users_usage": usage,
    })
}

/// A form and nothing else: JSON gets 422 (transcript 1, "json login").
async fn token(
    State(panel): State<Arc<Panel>>,
    headers: HeaderMap,
    body: Bytes,
) -> Result<Json<Value>, Refusal> {
    let kind = headers.get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let is_form = kind.starts_with("application/x-www-form-urlencoded");
    let field = |name: &str| {
        let mut fields = url::form_urlencoded::parse(if is_form { &body } else { b"" });
        fields.find(|(key, value)| key == name && !value.is_empty()).map(|(_, value)| value.into_owned())
    };
    let (username, password) = (field("username"), field("password"));
    let (Some(username), Some(password)) = (&username, &password) else {
        let missing = [("username", username.is_none()), ("password", password.is_none())];
        let missing = missing.into_iter().filter(|(_, is_missing)| *is_missing);
        return Err(Refusal::Fields(
            missing.map(|(name, _)| (name.into(), "Field required".into())).collect(),
        ));
    };
    let now = panel.now();
    let token = log_in(&panel.state(), username, password, now)
        .ok_or(Refusal::Detail(StatusCode::UNAUTHORIZED, "Incorrect username or password"))?;
    Ok(Json(json!({ "access_token": token, "token_type": "bearer" })))
}

async fn who_am_i(State(panel): State<Arc<Panel>>, caller: Caller) -> Json<Value> {
    Json(render(&panel.state(), &caller.username))
}

async fn create(
    State(panel): State<Arc<Panel>>,
    caller: Result<Caller, Refusal>,
    body: Bytes,
) -> Result<Json<Value>, Refusal> {
    let body = rules::object(&body)?;
    caller?.require_sudo()?;
    let text = |name: &str| {
        body.get(name)
            .and_then(Value::as_str)
            .map(str::to_owned)
            .ok_or(Refusal::field(name, "Field required"))
    };
    let (username, password) = (text("username")?, text("password")?);
    let is_sudo =
        body.get("is_sudo").and_then(Value::as_bool).ok_or(Refusal::field("is_sudo", "Field required"))?;
    let mut state = panel.state();
    if state.admins.contains_key(&username) {
        return Err(Refusal::Detail(StatusCode::CONFLICT, "Admin already exists"));
    }
    state.admins.insert(username.clone(), Admin { password, is_sudo });
    Ok(Json(render(&state, &username)))
}
