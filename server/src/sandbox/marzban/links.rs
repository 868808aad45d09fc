//! How an account is shown: its JSON, its share links and its subscription address.

use std::collections::BTreeMap;

use base64::{
    Engine,
    engine::general_purpose::{STANDARD as BASE64, URL_SAFE_NO_PAD as BASE64URL},
};
use chrono::{DateTime, Utc};
use serde_json::{Value, json};
use sha2::{Digest, Sha256};
use uuid::Uuid;

use super::{
    admins,
    answer::Refusal,
    panel::{INBOUNDS, InboundSpec, Panel, PanelState, User},
};

/// The panel's own address in `{SERVER_IP}`: from the range kept for documentation (RFC 5737).
const SERVER_IP: &str = "203.0.113.7";
/// Reality key and server name of the recorded panel (transcript 1).
pub(super) const REALITY_KEY: &str = "hBKWRcTbuaCHaKh2p3SFUDtbPa0TL7rKjBaDgnwPans";
pub(super) const SERVER_NAME: &str = "www.example.com";
/// The panel has two short ids and takes one at random for every rendering, so links differ from
/// read to read.
const SHORT_IDS: [&str; 2] = ["", "6ba85179e30d4fc2"];

/// One way in, ready for any format.
#[derive(Debug)]
pub(super) struct Entry {
    pub inbound: &'static InboundSpec,
    pub remark: String,
    pub address: String,
    pub port: u16,
    /// `id`, or `password`.
    pub secret: String,
    /// VLESS: flow; Shadowsocks: method.
    pub detail: String,
    pub short_id: &'static str,
}

/// The user object of the API.
pub(super) fn user(
    panel: &Panel,
    state: &PanelState,
    user: &User,
    now: DateTime<Utc>,
) -> Result<Value, Refusal> {
    let mut shown = public(panel, state, user, now)?;
    if let Some(fields) = shown.as_object_mut() {
        let tags = user.proxies.keys().map(|protocol| (protocol.clone(), user.tags(protocol)));
        fields.insert("inbounds".into(), json!(tags.collect::<BTreeMap<_, _>>()));
        fields.insert("excluded_inbounds".into(), json!(user.excluded_inbounds));
        fields.insert("note".into(), json!(user.note));
        fields.insert("auto_delete_in_days".into(), json!(user.auto_delete_in_days));
        let owner = user.owner.as_deref().map(|owner| admins::render(state, owner));
        fields.insert("admin".into(), json!(owner));
    }
    Ok(shown)
}

/// The part of it that `/sub/{token}/info` shows to whoever has the address (transcript 3, "info").
pub(super) fn public(
    panel: &Panel,
    state: &PanelState,
    user: &User,
    now: DateTime<Utc>,
) -> Result<Value, Refusal> {
    if user.is_poisoned() {
        return Err(Refusal::Crash);
    }
    let links: Vec<String> = entries(state, user, now).iter().map(share_link).collect();
    Ok(json!({
        "proxies": user.proxies,
        "expire": user.expire,
        "data_limit": user.data_limit,
        "data_limit_reset_strategy": user.data_limit_reset_strategy,
        "sub_updated_at": user.sub_updated_at.map(naive),
        "sub_last_user_agent": user.sub_last_user_agent,
        "online_at": user.online_at.map(naive),
        "on_hold_expire_duration": user.on_hold_expire_duration,
        "on_hold_timeout": user.on_hold_timeout,
        "next_plan": user.next_plan,
        "username": user.username,
        "status": user.status,
        "used_traffic": user.used_traffic,
        "lifetime_used_traffic": user.used_traffic + user.reset_traffic,
        "created_at": naive(user.created_at),
        "links": links,
        "subscription_url": format!("{}/sub/{}", panel.prefix, token(&state.secret, &user.username, now)),
    }))
}

/// One entry for each host of each inbound that the account may use.
pub(super) fn entries(state: &PanelState, user: &User, now: DateTime<Utc>) -> Vec<Entry> {
    let mut entries = Vec::new();
    for inbound in &INBOUNDS {
        let Some(settings) = user.proxies.get(inbound.protocol) else { continue };
        if !user.tags(inbound.protocol).contains(&inbound.tag) {
            continue;
        }
        let setting = |key: &str| settings.get(key).and_then(Value::as_str).unwrap_or_default().to_owned();
        for host in state.hosts.get(inbound.tag).into_iter().flatten() {
            let fill = |key: &str| fill(host[key].as_str().unwrap_or_default(), user, inbound, now);
            entries.push(Entry {
                inbound,
                remark: fill("remark"),
                address: fill("address"),
                port: host["port"].as_u64().and_then(|port| u16::try_from(port).ok()).unwrap_or(inbound.port),
                secret: setting(if matches!(inbound.protocol, "vless" | "vmess") {
                    "id"
                } else {
                    "password"
                }),
                detail: setting(if inbound.protocol == "vless" { "flow" } else { "method" }),
                short_id: SHORT_IDS[usize::from(Uuid::new_v4().as_bytes()[0] & 1)],
            });
        }
    }
    entries
}

pub(super) fn share_link(entry: &Entry) -> String {
    let Entry { address, port, secret, .. } = entry;
    let remark = percent(&entry.remark);
    match entry.inbound.protocol {
        "vless" => {
            let flow =
                if entry.detail.is_empty() { String::new() } else { format!("&flow={}", entry.detail) };
            format!(
                "vless://{secret}@{address}:{port}?security=reality&type=tcp&headerType={flow}&path=&host=&sni={SERVER_NAME}&fp=chrome&pbk={REALITY_KEY}&sid={}#{remark}",
                entry.short_id
            )
        }
        "vmess" => {
            let config = json!({
                "add": address, "aid": "0", "host": "", "id": secret, "net": "ws", "path": "/vmess", "port": port,
                "ps": entry.remark, "scy": "auto", "tls": "none", "type": "", "v": "2",
            });
            format!("vmess://{}", BASE64.encode(config.to_string()))
        }
        "trojan" => {
            format!(
                "trojan://{secret}@{address}:{port}?security=none&type=ws&headerType=&path=%2Ftrojan&host=#{remark}"
            )
        }
        _ => {
            let credentials = BASE64.encode(format!("{}:{secret}", entry.detail));
            format!("ss://{credentials}@{address}:{port}#{remark}")
        }
    }
}

/// `base64url("name,ceil(time)")` and ten characters of a signature (`app/utils/jwt.py`).
pub(super) fn token(secret: &str, username: &str, now: DateTime<Utc>) -> String {
    let seconds = now.timestamp() + i64::from(now.timestamp_subsec_nanos() > 0);
    let data = BASE64URL.encode(format!("{username},{seconds}"));
    let signature = signature(secret, &data);
    format!("{data}{signature}")
}

/// The name and the second of an address whose signature holds.
pub(super) fn read_token(secret: &str, token: &str) -> Option<(String, i64)> {
    let (data, given) = token.split_at_checked(token.len().checked_sub(10)?)?;
    if given != signature(secret, data) {
        return None;
    }
    let text = String::from_utf8(BASE64URL.decode(data).ok()?).ok()?;
    let (username, seconds) = text.rsplit_once(',')?;
    Some((username.to_owned(), seconds.parse().ok()?))
}

fn signature(secret: &str, data: &str) -> String {
    let digest = Sha256::digest(format!("{data}{secret}"));
    let mut text = BASE64URL.encode(digest);
    text.truncate(10);
    text
}

fn fill(pattern: &str, user: &User, inbound: &InboundSpec, now: DateTime<Utc>) -> String {
    let days_left = match user.expire {
        None => "∞".to_owned(),
        Some(expire) if expire <= now.timestamp() => "0".to_owned(),
        Some(expire) => ((expire - now.timestamp()) / 86_400 + 1).to_string(),
    };
    let protocol = match inbound.protocol {
        "vless" => "VLESS",
        "vmess" => "VMess",
        "trojan" => "Trojan",
        _ => "Shadowsocks",
    };
    pattern
        .replace("{USERNAME}", &user.username)
        .replace("{SERVER_IP}", SERVER_IP)
        .replace("{PROTOCOL}", protocol)
        .replace("{TRANSPORT}", inbound.network)
        .replace("{DAYS_LEFT}", &days_left)
}

fn percent(text: &str) -> String {
    text.bytes()
        .map(|byte| match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'_' | b'.' | b'-' | b'~' => {
                char::from(byte).to_string()
            }
            byte => format!("%{byte:02X}"),
        })
        .collect()
}

/// Times without a zone, in UTC.
fn naive(time: DateTime<Utc>) -> String {
    time.format("%Y-%m-%dT%H:%M:%S%.6f").to_string()
}
