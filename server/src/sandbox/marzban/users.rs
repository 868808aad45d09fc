//! `/api/user…` and `/api/users…` (transcripts 1 and 2; the order of effects is `app/db/crud.py`, v0.8.4).

use std::sync::Arc;

use axum::{
    Json, Router,
    body::Bytes,
    extract::{Path, RawQuery, State},
    http::StatusCode,
    routing::{get, post, put},
};
use chrono::{DateTime, NaiveDate, NaiveDateTime, Utc};
use serde_json::{Value, json};

use super::{
    answer::Refusal,
    auth::Caller,
    links, listing,
    panel::{Panel, PanelState, Status, User},
    rules::{self, UserFields},
};

type Answer = Result<Json<Value>, Refusal>;

pub(super) fn routes() -> Router<Arc<Panel>> {
    Router::new()
        .route("/api/user", post(create))
        .route("/api/user/{username}", get(read).put(modify).delete(delete))
        .route("/api/user/{username}/reset", post(reset))
        .route("/api/user/{username}/revoke_sub", post(revoke))
        .route("/api/user/{username}/usage", get(usage))
        .route("/api/user/{username}/active-next", post(activate_next))
        .route("/api/user/{username}/set-owner", put(set_owner))
        .route("/api/users", get(listing::list))
        .route("/api/users/usage", get(usage_of_all))
        .route("/api/users/reset", post(reset_all))
        .route("/api/users/expired", get(expired).delete(delete_expired))
}

async fn create(State(panel): State<Arc<Panel>>, caller: Result<Caller, Refusal>, body: Bytes) -> Answer {
    let body = rules::object(&body)?;
    let caller = caller?;
    let (username, fields) = rules::new_user(&body)?;
    let now = panel.now();
    let mut state = panel.state();
    // Names are compared case by case: `ALICE_1` and `alice_1` live together (transcript 1, "dup case").
    if state.users.contains_key(&username) {
        return Err(Refusal::Detail(StatusCode::CONFLICT, "User already exists"));
    }
    let id = state.next_user_id;
    state.next_user_id += 1;
    let user = new_user(id, username.clone(), fields, caller.owner(), now);
    state.users.insert(username.clone(), user);
    answer(&panel, &state, &username, now)
}

async fn read(State(panel): State<Arc<Panel>>, caller: Caller, Path(username): Path<String>) -> Answer {
    let now = panel.now();
    let state = panel.state();
    visible(&state, &caller, &username)?;
    answer(&panel, &state, &username, now)
}

async fn modify(
    State(panel): State<Arc<Panel>>,
    caller: Result<Caller, Refusal>,
    Path(username): Path<String>,
    body: Bytes,
) -> Answer {
    let body = rules::object(&body)?;
    let caller = caller?;
    let now = panel.now();
    let mut state = panel.state();
    visible(&state, &caller, &username)?;
    let changes = rules::changes(&body)?;
    apply(owned(&mut state, &username)?, changes, now);
    answer(&panel, &state, &username, now)
}

/// Trap 2: an account of the environment's administrator is deleted, and then the answer crashes.
async fn delete(State(panel): State<Arc<Panel>>, caller: Caller, Path(username): Path<String>) -> Answer {
    let mut state = panel.state();
    visible(&state, &caller, &username)?;
    let deleted = state.users.remove(&username).ok_or(Refusal::USER_NOT_FOUND)?;
    if deleted.owner.is_none() {
        return Err(Refusal::Crash);
    }
    Ok(Json(json!({ "detail": "User successfully deleted" })))
}

/// Everything but an expired account becomes active, disabled ones too: a slip of the panel's.
async fn reset(State(panel): State<Arc<Panel>>, caller: Caller, Path(username): Path<String>) -> Answer {
    let now = panel.now();
    let mut state = panel.state();
    visible(&state, &caller, &username)?;
    let user = owned(&mut state, &username)?;
    forget_usage(user);
    if user.status != Status::Expired {
        user.status = Status::Active;
    }
    user.next_plan = None;
    answer(&panel, &state, &username, now)
}

/// New credentials for every protocol; addresses given out before die.
async fn revoke(State(panel): State<Arc<Panel>>, caller: Caller, Path(username): Path<String>) -> Answer {
    let now = panel.now();
    let mut state = panel.state();
    visible(&state, &caller, &username)?;
    let user = owned(&mut state, &username)?;
    for (protocol, settings) in &mut user.proxies {
        let kept = json!({ "flow": settings.get("flow"), "method": settings.get("method") });
        *settings = rules::proxy_settings(protocol, &kept)?;
    }
    user.sub_revoked_at = Some(now);
    answer(&panel, &state, &username, now)
}

async fn usage(
    State(panel): State<Arc<Panel>>,
    caller: Caller,
    Path(username): Path<String>,
    RawQuery(query): RawQuery,
) -> Answer {
    let state = panel.state();
    let user = visible(&state, &caller, &username)?;
    for name in ["start", "end"] {
        if first(query.as_deref(), name).is_some_and(|text| !text.is_empty() && !is_date(&text)) {
            return Err(Refusal::Detail(StatusCode::BAD_REQUEST, "Invalid date range or format"));
        }
    }
    Ok(Json(
        json!({ "username": username, "usages": [master_usage(user.used_traffic + user.reset_traffic)] }),
    ))
}

/// Trap 4: the plan is applied, its duration taken for a date, and the answer is 404 all the same.
async fn activate_next(
    State(panel): State<Arc<Panel>>,
    caller: Caller,
    Path(username): Path<String>,
) -> Answer {
    let mut state = panel.state();
    visible(&state, &caller, &username)?;
    let user = owned(&mut state, &username)?;
    if let Some(plan) = user.next_plan.take() {
        forget_usage(user);
        user.expire = plan["expire"].as_i64();
        user.data_limit = plan["data_limit"].as_i64();
        user.status = Status::Active;
    }
    Err(Refusal::Detail(StatusCode::NOT_FOUND, "User doesn't have next plan"))
}

async fn set_owner(
    State(panel): State<Arc<Panel>>,
    caller: Caller,
    Path(username): Path<String>,
    RawQuery(query): RawQuery,
) -> Answer {
    caller.require_sudo()?;
    let now = panel.now();
    let mut state = panel.state();
    visible(&state, &caller, &username)?;
    let admin = first(query.as_deref(), "admin_username")
        .ok_or(Refusal::field("admin_username", "Field required"))?;
    if !state.admins.contains_key(&admin) {
        return Err(Refusal::Detail(StatusCode::NOT_FOUND, "Admin not found"));
    }
    owned(&mut state, &username)?.owner = Some(admin);
    answer(&panel, &state, &username, now)
}

async fn usage_of_all(State(panel): State<Arc<Panel>>, caller: Caller) -> Json<Value> {
    let state = panel.state();
    let own = state.users.values().filter(|user| caller.may_see(user.owner.as_deref()));
    Json(json!({ "usages": [master_usage(own.map(|user| user.used_traffic + user.reset_traffic).sum())] }))
}

async fn reset_all(State(panel): State<Arc<Panel>>, caller: Caller) -> Answer {
    caller.require_sudo()?;
    for user in panel.state().users.values_mut() {
        forget_usage(user);
        if matches!(user.status, Status::Limited) {
            user.status = Status::Active;
        }
    }
    Ok(Json(json!({ "detail": "Users successfully reset." })))
}

async fn expired(State(panel): State<Arc<Panel>>, caller: Caller) -> Json<Value> {
    let now = panel.now();
    Json(json!(expired_names(&panel.state(), &caller, now)))
}

async fn delete_expired(State(panel): State<Arc<Panel>>, caller: Caller) -> Answer {
    let now = panel.now();
    let mut state = panel.state();
    let names = expired_names(&state, &caller, now);
    if names.is_empty() {
        return Err(Refusal::Detail(
            StatusCode::NOT_FOUND,
            "No expired users found in the specified date range",
        ));
    }
    state.users.retain(|name, _| !names.contains(name));
    Ok(Json(json!(names)))
}

fn new_user(
    id: u64,
    username: String,
    fields: UserFields,
    owner: Option<String>,
    now: DateTime<Utc>,
) -> User {
    let proxies = fields.proxies.unwrap_or_default();
    // Trap 1: without the key `inbounds` everything is excluded, and the account has no links.
    let allowed = fields.inbounds.unwrap_or_default();
    let excluded =
        proxies.keys().map(|protocol| (protocol.clone(), excluded_tags(protocol, allowed.get(protocol))));
    User {
        id,
        username,
        status: fields.status.unwrap_or(Status::Active),
        excluded_inbounds: excluded.collect(),
        proxies,
        expire: fields.expire.filter(|seconds| *seconds != 0),
        data_limit: fields.data_limit.filter(|bytes| *bytes != 0),
        data_limit_reset_strategy: fields.data_limit_reset_strategy.unwrap_or_else(|| "no_reset".into()),
        note: fields.note,
        sub_updated_at: None,
        sub_last_user_agent: None,
        sub_revoked_at: None,
        online_at: None,
        on_hold_expire_duration: fields.on_hold_expire_duration,
        on_hold_timeout: fields.on_hold_timeout,
        auto_delete_in_days: fields.auto_delete_in_days,
        next_plan: fields.next_plan,
        used_traffic: 0,
        reset_traffic: 0,
        created_at: now,
        owner,
    }
}

/// The order matters: status, then end, then limit, each on what the one before left.
fn apply(user: &mut User, changes: UserFields, now: DateTime<Utc>) {
    if let Some(proxies) = changes.proxies.filter(|proxies| !proxies.is_empty()) {
        user.proxies = proxies;
    }
    for (protocol, tags) in changes.inbounds.unwrap_or_default() {
        let excluded = excluded_tags(&protocol, Some(&tags));
        user.excluded_inbounds.insert(protocol, excluded);
    }
    if let Some(status) = changes.status {
        user.status = status;
    }
    if let Some(expire) = changes.expire {
        user.expire = Some(expire).filter(|seconds| *seconds != 0);
        if matches!(user.status, Status::Active | Status::Expired) {
            let has_ended = user.expire.is_some_and(|expire| expire <= now.timestamp());
            user.status = if has_ended { Status::Expired } else { Status::Active };
        }
    }
    if let Some(limit) = changes.data_limit {
        user.data_limit = Some(limit).filter(|bytes| *bytes != 0);
        if !matches!(user.status, Status::Expired | Status::Disabled) {
            if user.is_over_limit() {
                user.status = Status::Limited;
            } else if user.status != Status::OnHold {
                user.status = Status::Active;
            }
        }
    }
    if let Some(note) = changes.note {
        user.note = Some(note).filter(|note| !note.is_empty());
    }
    if let Some(strategy) = changes.data_limit_reset_strategy {
        user.data_limit_reset_strategy = strategy;
    }
    user.on_hold_expire_duration = changes.on_hold_expire_duration.or(user.on_hold_expire_duration);
    user.on_hold_timeout = changes.on_hold_timeout.or(user.on_hold_timeout.take());
    // A change that does not name the next plan drops it.
    user.next_plan = changes.next_plan;
}

fn excluded_tags(protocol: &str, allowed: Option<&Vec<String>>) -> Vec<String> {
    let mut tags = rules::all_tags(protocol);
    tags.retain(|tag| !allowed.is_some_and(|allowed| allowed.contains(tag)));
    tags
}

fn forget_usage(user: &mut User) {
    user.reset_traffic += user.used_traffic;
    user.used_traffic = 0;
}

fn answer(panel: &Panel, state: &PanelState, username: &str, now: DateTime<Utc>) -> Answer {
    let user = state.users.get(username).ok_or(Refusal::USER_NOT_FOUND)?;
    links::user(panel, state, user, now).map(Json)
}

fn visible<'a>(state: &'a PanelState, caller: &Caller, username: &str) -> Result<&'a User, Refusal> {
    let user = state.users.get(username).ok_or(Refusal::USER_NOT_FOUND)?;
    if caller.may_see(user.owner.as_deref()) { Ok(user) } else { Err(Refusal::NOT_ALLOWED) }
}

fn owned<'a>(state: &'a mut PanelState, username: &str) -> Result<&'a mut User, Refusal> {
    state.users.get_mut(username).ok_or(Refusal::USER_NOT_FOUND)
}

/// Ends before 1970 are not in the default range of dates.
fn expired_names(state: &PanelState, caller: &Caller, now: DateTime<Utc>) -> Vec<String> {
    let ended = |user: &User| user.expire.is_some_and(|expire| (0..=now.timestamp()).contains(&expire));
    let expired =
        state.by_age().filter(|user| matches!(user.status, Status::Expired | Status::Limited) && ended(user));
    expired.filter(|user| caller.may_see(user.owner.as_deref())).map(|user| user.username.clone()).collect()
}

fn master_usage(bytes: i64) -> Value {
    json!({ "node_id": null, "node_name": "Master", "used_traffic": bytes })
}

fn first(query: Option<&str>, name: &str) -> Option<String> {
    let mut pairs = url::form_urlencoded::parse(query.unwrap_or_default().as_bytes());
    pairs.find(|(key, _)| key == name).map(|(_, value)| value.into_owned())
}

fn is_date(text: &str) -> bool {
    let text = text.trim_end_matches('Z');
    text.parse::<NaiveDateTime>().is_ok()
        || text.parse::<NaiveDate>().is_ok()
        || text.parse::<DateTime<Utc>>().is_ok()
}
