//! The bodies of a subscription, one for each family of apps (samples `sub-sample-*`).

use std::fmt::Write;

use base64::{Engine, engine::general_purpose::STANDARD as BASE64};
use serde_json::{Value, json};

use super::{
    links::{Entry, REALITY_KEY, SERVER_NAME, share_link},
    panel::User,
};

/// A family of apps.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Format {
    V2ray,
    V2rayJson,
    Clash,
    ClashMeta,
    SingBox,
    Outline,
}

impl Format {
    pub(super) fn from_name(name: &str) -> Option<Self> {
        Some(match name {
            "v2ray" => Self::V2ray,
            "v2ray-json" => Self::V2rayJson,
            "clash" => Self::Clash,
            "clash-meta" => Self::ClashMeta,
            "sing-box" => Self::SingBox,
            "outline" => Self::Outline,
            _ => return None,
        })
    }

    /// The table that was measured with 20 agents (transcript 3); everything else gets the base64 list.
    pub(super) fn of_agent(agent: &str) -> Self {
        let lower = agent.to_lowercase();
        let starts = |names: &[&str]| names.iter().any(|name| lower.starts_with(name));
        if starts(&["clash-meta", "clashmeta", "clash-verge", "mihomo", "flclash"]) {
            Self::ClashMeta
        } else if starts(&["clash", "stash"]) {
            Self::Clash
        } else if starts(&["sfa", "sfi", "sfm", "sft", "karing", "hiddifynext"]) {
            Self::SingBox
        } else if agent.starts_with("SS") || starts(&["outline"]) {
            Self::Outline
        } else {
            Self::V2ray
        }
    }

    pub(super) fn content_type(self) -> &'static str {
        match self {
            Self::V2ray => "text/plain; charset=utf-8",
            Self::Clash | Self::ClashMeta => "text/yaml; charset=utf-8",
            Self::V2rayJson | Self::SingBox | Self::Outline => "application/json",
        }
    }

    pub(super) fn render(self, entries: &[Entry]) -> String {
        match self {
            Self::V2ray => BASE64.encode(entries.iter().map(share_link).collect::<Vec<_>>().join("\n")),
            Self::V2rayJson => Value::from_iter(entries.iter().map(v2ray_config)).to_string(),
            // Plain Clash has no VLESS.
            Self::Clash => clash(entries.iter().filter(|entry| entry.inbound.protocol != "vless")),
            Self::ClashMeta => clash(entries.iter()),
            Self::SingBox => sing_box(entries).to_string(),
            Self::Outline => {
                entries.iter().find(|entry| entry.inbound.protocol == "shadowsocks").map_or_else(
                    || "{}".to_owned(),
                    |entry| {
                        json!({
                            "method": entry.detail, "password": entry.secret,
                            "server": entry.address, "server_port": entry.port, "tag": entry.remark,
                        })
                        .to_string()
                    },
                )
            }
        }
    }
}

/// The page for browsers.
pub(super) fn page(user: &User, entries: &[Entry]) -> String {
    let mut list = String::new();
    for entry in entries {
        let _ = write!(
            list,
            "<li><code>{}</code></li>",
            share_link(entry).replace('&', "&amp;").replace('<', "&lt;")
        );
    }
    let name = &user.username;
    format!(
        "<!doctype html><html lang=\"en\"><title>{name}</title><h1>{name}</h1><p>{:?}</p><ul>{list}</ul></html>",
        user.status
    )
}

fn clash<'a>(entries: impl Iterator<Item = &'a Entry>) -> String {
    let (mut proxies, mut names) = (String::new(), String::new());
    for entry in entries {
        let Entry { remark, address, port, secret, detail, .. } = entry;
        let name = Value::from(remark.as_str());
        let _ = writeln!(names, "  - {name}");
        let _ = write!(proxies, "- name: {name}\n  server: {address}\n  port: {port}\n  udp: true\n");
        let _ = match entry.inbound.protocol {
            "vless" => write!(
                proxies,
                "  type: vless\n  network: tcp\n  uuid: {secret}\n  flow: {detail}\n  tls: true\n  servername: {SERVER_NAME}\n  client-fingerprint: chrome\n  reality-opts:\n    public-key: {REALITY_KEY}\n    short-id: '{}'\n",
                entry.short_id
            ),
            "vmess" => write!(
                proxies,
                "  type: vmess\n  network: ws\n  uuid: {secret}\n  alterId: 0\n  cipher: auto\n  ws-opts:\n    path: /vmess\n"
            ),
            "trojan" => write!(
                proxies,
                "  type: trojan\n  network: ws\n  password: {secret}\n  ws-opts:\n    path: /trojan\n"
            ),
            _ => write!(proxies, "  type: ss\n  network: tcp\n  cipher: {detail}\n  password: {secret}\n"),
        };
    }
    format!(
        "mode: Global\nport: 7890\nproxies:\n{proxies}rules: []\nproxy-groups:\n- name: ♻️ Automatic\n  type: url-test\n  url: http://www.gstatic.com/generate_204\n  interval: 300\n  proxies:\n{names}"
    )
}

fn sing_box(entries: &[Entry]) -> Value {
    let names: Vec<&str> = entries.iter().map(|entry| entry.remark.as_str()).collect();
    let choices: Vec<&str> = std::iter::once("Best Latency").chain(names.iter().copied()).collect();
    let mut outbounds = vec![
        json!({ "type": "selector", "tag": "proxy", "outbounds": choices }),
        json!({ "type": "urltest", "tag": "Best Latency", "outbounds": names }),
        json!({ "type": "direct", "tag": "direct" }),
    ];
    outbounds.extend(entries.iter().map(|entry| {
        let protocol = entry.inbound.protocol;
        let mut outbound = json!({
            "type": protocol, "tag": entry.remark, "server": entry.address, "server_port": entry.port,
        });
        match protocol {
            "vless" => {
                outbound["uuid"] = json!(entry.secret);
                outbound["flow"] = json!(entry.detail);
                outbound["tls"] = json!({
                    "enabled": true, "server_name": SERVER_NAME,
                    "reality": { "enabled": true, "public_key": REALITY_KEY, "short_id": entry.short_id },
                    "utls": { "enabled": true, "fingerprint": "chrome" },
                });
            }
            "vmess" => outbound["uuid"] = json!(entry.secret),
            "shadowsocks" => {
                outbound["password"] = json!(entry.secret);
                outbound["method"] = json!(entry.detail);
            }
            _ => outbound["password"] = json!(entry.secret),
        }
        if entry.inbound.network == "ws" {
            outbound["transport"] = json!({ "type": "ws", "path": format!("/{protocol}"), "headers": {} });
        }
        outbound
    }));
    json!({
        "log": { "level": "warn" },
        "dns": { "servers": [{ "tag": "dns-remote", "address": "1.1.1.2", "detour": "proxy" }], "final": "dns-remote" },
        "inbounds": [{ "type": "tun", "tag": "tun-in", "address": ["172.19.0.1/30"], "auto_route": true }],
        "outbounds": outbounds,
        "route": { "final": "proxy", "auto_detect_interface": true },
    })
}

fn v2ray_config(entry: &Entry) -> Value {
    let Entry { address, port, secret, detail, .. } = entry;
    let settings = match entry.inbound.protocol {
        "vless" => {
            json!({ "vnext": [{ "address": address, "port": port, "users": [{ "id": secret, "encryption": "none", "flow": detail }] }] })
        }
        "vmess" => {
            json!({ "vnext": [{ "address": address, "port": port, "users": [{ "id": secret, "alterId": 0, "security": "auto" }] }] })
        }
        "trojan" => json!({ "servers": [{ "address": address, "port": port, "password": secret }] }),
        _ => {
            json!({ "servers": [{ "address": address, "port": port, "password": secret, "method": detail }] })
        }
    };
    let stream = match entry.inbound.network {
        "ws" => json!({ "network": "ws", "wsSettings": { "path": format!("/{}", entry.inbound.protocol) } }),
        _ if entry.inbound.tls == "reality" => json!({
            "network": "tcp", "security": "reality",
            "realitySettings": { "serverName": SERVER_NAME, "fingerprint": "chrome", "publicKey": REALITY_KEY, "shortId": entry.short_id },
        }),
        network => json!({ "network": network }),
    };
    json!({
        "remarks": entry.remark,
        "inbounds": [{ "tag": "socks", "port": 10_808, "protocol": "socks", "settings": { "auth": "noauth", "udp": true } }],
        "outbounds": [{ "tag": "proxy", "protocol": entry.inbound.protocol, "settings": settings, "streamSettings": stream }],
        "dns": { "servers": ["1.1.1.1", "8.8.8.8"] },
    })
}
