//! `/api/system`, `/api/inbounds` and `/api/hosts`.

use std::{collections::BTreeMap, sync::Arc};

use axum::{Json, Router, body::Bytes, extract::State, http::StatusCode, routing::get};
use serde_json::{Value, json};

use super::{
    answer::Refusal,
    auth::Caller,
    panel::{INBOUNDS, Panel, Status},
    rules,
};

pub(super) fn routes() -> Router<Arc<Panel>> {
    Router::new()
        .route("/api/system", get(system))
        .route("/api/inbounds", get(inbounds))
        .route("/api/hosts", get(hosts).put(put_hosts))
}

/// One host for each inbound, as a fresh panel has them.
pub(super) fn default_hosts() -> BTreeMap<String, Vec<Value>> {
    let host =
        json!({ "remark": "🚀 Marz ({USERNAME}) [{PROTOCOL} - {TRANSPORT}]", "address": "{SERVER_IP}" });
    INBOUNDS.iter().map(|inbound| (inbound.tag.to_owned(), vec![whole_host(&host)])).collect()
}

/// Figures of the machine are made up; figures of accounts are counted, and only the caller's own.
async fn system(State(panel): State<Arc<Panel>>, caller: Caller) -> Json<Value> {
    let now = panel.now();
    let state = panel.state();
    let own: Vec<_> = state.users.values().filter(|user| caller.may_see(user.owner.as_deref())).collect();
    let count = |status: Status| own.iter().filter(|user| user.status == status).count();
    let online =
        own.iter().filter(|user| user.online_at.is_some_and(|at| (now - at).num_seconds() < 120)).count();
    let traffic: i64 = own.iter().map(|user| user.used_traffic + user.reset_traffic).sum();
    Json(json!({
        "version": "0.8.4",
        "mem_total": 4_294_967_296_u64, "mem_used": 734_003_200, "cpu_cores": 2, "cpu_usage": 7.5,
        "total_user": own.len(), "online_users": online,
        "users_active": count(Status::Active), "users_on_hold": count(Status::OnHold),
        "users_disabled": count(Status::Disabled), "users_expired": count(Status::Expired),
        "users_limited": count(Status::Limited),
        "incoming_bandwidth": traffic / 10, "outgoing_bandwidth": traffic,
        "incoming_bandwidth_speed": 0, "outgoing_bandwidth_speed": 0,
    }))
}

async fn inbounds(_: Caller) -> Json<Value> {
    let mut by_protocol: BTreeMap<&str, Vec<Value>> = BTreeMap::new();
    for inbound in &INBOUNDS {
        by_protocol.entry(inbound.protocol).or_default().push(json!({
            "tag": inbound.tag, "protocol": inbound.protocol, "network": inbound.network,
            "tls": inbound.tls, "port": inbound.port,
        }));
    }
    Json(json!(by_protocol))
}

async fn hosts(State(panel): State<Arc<Panel>>, caller: Caller) -> Result<Json<Value>, Refusal> {
    caller.require_sudo()?;
    Ok(Json(json!(panel.state().hosts)))
}

/// Replaces the hosts of the inbounds that are named.
async fn put_hosts(
    State(panel): State<Arc<Panel>>,
    caller: Result<Caller, Refusal>,
    body: Bytes,
) -> Result<Json<Value>, Refusal> {
    let body = rules::object(&body)?;
    caller?.require_sudo()?;
    let mut state = panel.state();
    if let Some(unknown) = body.keys().find(|tag| !state.hosts.contains_key(*tag)) {
        return Err(Refusal::Text(StatusCode::BAD_REQUEST, format!("Inbound {unknown} doesn't exist")));
    }
    for (tag, hosts) in body {
        let hosts = hosts.as_array().into_iter().flatten().map(whole_host).collect();
        state.hosts.insert(tag, hosts);
    }
    Ok(Json(json!(state.hosts)))
}

fn whole_host(given: &Value) -> Value {
    let mut host = json!({
        "remark": "", "address": "", "port": null, "sni": null, "host": null, "path": null,
        "security": "inbound_default", "alpn": "", "fingerprint": "", "allowinsecure": null,
        "is_disabled": false, "mux_enable": false, "fragment_setting": null, "noise_setting": null,
        "random_user_agent": false, "use_sni_as_host": false,
    });
    if let (Some(host), Some(given)) = (host.as_object_mut(), given.as_object()) {
        for (key, value) in given {
            host.insert(key.clone(), value.clone());
        }
    }
    host
}
