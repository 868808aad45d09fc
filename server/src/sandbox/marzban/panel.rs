//! What one panel knows, and its two jobs: counting traffic and reviewing states.

use std::{
    collections::BTreeMap,
    fmt::Debug,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

use chrono::{DateTime, TimeDelta, Utc};
use domain::clock::Clock;
use serde::{Deserialize, Serialize};
use serde_json::{Map, Value};
use uuid::Uuid;

use crate::sandbox::knobs::Knobs;

/// How often the review job looks (`JOB_REVIEW_USERS_INTERVAL`, default 10 s).
const REVIEW_EVERY: TimeDelta = TimeDelta::seconds(10);

/// The protocols of the emulated panel with the one inbound of each (transcript 1, `/api/inbounds`).
pub(super) const INBOUNDS: [InboundSpec; 4] = [
    InboundSpec { protocol: "vless", tag: "VLESS TCP REALITY", network: "tcp", tls: "reality", port: 443 },
    InboundSpec { protocol: "vmess", tag: "VMess WS", network: "ws", tls: "none", port: 8080 },
    InboundSpec { protocol: "trojan", tag: "Trojan WS", network: "ws", tls: "none", port: 8081 },
    InboundSpec { protocol: "shadowsocks", tag: "Shadowsocks TCP", network: "tcp", tls: "none", port: 1080 },
];

#[derive(Debug)]
pub(super) struct InboundSpec {
    pub protocol: &'static str,
    pub tag: &'static str,
    pub network: &'static str,
    pub tls: &'static str,
    pub port: u16,
}

/// Whether an account may connect.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Status {
    Active,
    Disabled,
    Limited,
    Expired,
    OnHold,
}

impl Status {
    pub(super) fn from_name(name: &str) -> Option<Self> {
        serde_json::from_value(Value::String(name.to_owned())).ok()
    }
}

/// An account of a panel.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct User {
    pub id: u64,
    pub username: String,
    pub status: Status,
    /// Protocol to settings (`id` and `flow`, or `password` and `method`).
    pub proxies: BTreeMap<String, Map<String, Value>>,
    /// Protocol to the tags that the account may not use.
    pub excluded_inbounds: BTreeMap<String, Vec<String>>,
    /// Unix seconds.
    pub expire: Option<i64>,
    pub data_limit: Option<i64>,
    pub data_limit_reset_strategy: String,
    pub note: Option<String>,
    pub sub_updated_at: Option<DateTime<Utc>>,
    pub sub_last_user_agent: Option<String>,
    pub sub_revoked_at: Option<DateTime<Utc>>,
    pub online_at: Option<DateTime<Utc>>,
    /// Seconds.
    pub on_hold_expire_duration: Option<i64>,
    pub on_hold_timeout: Option<String>,
    pub auto_delete_in_days: Option<i64>,
    pub next_plan: Option<Value>,
    pub used_traffic: i64,
    /// Traffic from before the last reset.
    pub reset_traffic: i64,
    pub created_at: DateTime<Utc>,
    /// `None` for accounts of the environment's administrator, whose deletion crashes (trap 2).
    pub owner: Option<String>,
}

impl User {
    /// An end so late that the panel's own code cannot turn it into a date (trap 3): stored, and
    /// every answer that holds the account crashes from then on.
    pub(super) fn is_poisoned(&self) -> bool {
        const YEAR_10000: i64 = 253_402_300_800;
        self.expire.is_some_and(|expire| expire >= YEAR_10000)
    }

    pub(super) fn is_over_limit(&self) -> bool {
        self.data_limit.is_some_and(|limit| self.used_traffic >= limit)
    }

    /// The tags of one protocol that the account may use.
    pub(super) fn tags(&self, protocol: &str) -> Vec<&'static str> {
        let excluded = self.excluded_inbounds.get(protocol);
        INBOUNDS
            .iter()
            .filter(|inbound| inbound.protocol == protocol)
            .map(|inbound| inbound.tag)
            .filter(|tag| !excluded.is_some_and(|tags| tags.iter().any(|excluded| excluded == tag)))
            .collect()
    }
}

#[derive(Clone, Debug, Serialize, Deserialize)]
pub(super) struct Admin {
    pub password: String,
    pub is_sudo: bool,
}

#[derive(Clone, Debug, Serialize, Deserialize)]
pub(super) struct PanelState {
    /// The administrator from the panel's environment: always sudo, in no table.
    pub env_admin: String,
    pub env_password: String,
    pub admins: BTreeMap<String, Admin>,
    pub users: BTreeMap<String, User>,
    /// Inbound tag to its hosts, in the API's form.
    pub hosts: BTreeMap<String, Vec<Value>>,
    /// Signs tokens and subscription addresses.
    pub secret: String,
    pub next_user_id: u64,
    pub last_review: DateTime<Utc>,
}

impl PanelState {
    pub(super) fn new(admin: &str, password: &str, now: DateTime<Utc>) -> Self {
        Self {
            env_admin: admin.to_owned(),
            env_password: password.to_owned(),
            admins: BTreeMap::new(),
            users: BTreeMap::new(),
            hosts: super::system::default_hosts(),
            secret: Uuid::new_v4().as_simple().to_string(),
            next_user_id: 1,
            last_review: now,
        }
    }

    pub(super) fn by_age(&self) -> impl Iterator<Item = &User> {
        let mut users: Vec<&User> = self.users.values().collect();
        users.sort_by_key(|user| user.id);
        users.into_iter()
    }

    pub(super) fn use_traffic(&mut self, username: &str, bytes: i64, now: DateTime<Utc>) -> bool {
        self.review(now);
        let Some(user) = self.users.get_mut(username) else { return false };
        if !matches!(user.status, Status::Active | Status::OnHold) {
            return false;
        }
        user.used_traffic += bytes;
        user.online_at = Some(now);
        true
    }

    pub(super) fn review_when_due(&mut self, now: DateTime<Utc>) {
        if now - self.last_review >= REVIEW_EVERY {
            self.review(now);
        }
    }

    /// Active accounts run out; accounts on hold start with their first use.
    pub(super) fn review(&mut self, now: DateTime<Utc>) {
        self.last_review = now;
        for user in self.users.values_mut() {
            match user.status {
                Status::Active if user.is_over_limit() => user.status = Status::Limited,
                Status::Active if user.expire.is_some_and(|expire| expire <= now.timestamp()) => {
                    user.status = Status::Expired;
                }
                Status::OnHold if user.online_at.is_some_and(|online| online > user.created_at) => {
                    user.status = Status::Active;
                    user.expire =
                        user.on_hold_expire_duration.take().map(|seconds| now.timestamp() + seconds);
                    user.on_hold_timeout = None;
                }
                _ => {}
            }
        }
    }
}

/// A panel: its state under a lock, and what is not part of it.
#[derive(Debug)]
pub(super) struct Panel {
    pub knobs: Knobs,
    /// `XRAY_SUBSCRIPTION_URL_PREFIX`.
    pub prefix: String,
    clock: Mutex<Arc<dyn Clock>>,
    state: Mutex<PanelState>,
}

impl Panel {
    pub(super) fn new(base_url: &str, state: PanelState, clock: Arc<dyn Clock>) -> Self {
        Self {
            knobs: Knobs::new(),
            prefix: base_url.trim_end_matches('/').to_owned(),
            clock: Mutex::new(clock),
            state: Mutex::new(state),
        }
    }

    pub(super) fn adopt(&self, admin: &str, password: &str, clock: Arc<dyn Clock>) {
        let mut state = self.state();
        admin.clone_into(&mut state.env_admin);
        password.clone_into(&mut state.env_password);
        *self.clock.lock().unwrap_or_else(PoisonError::into_inner) = clock;
    }

    pub(super) fn now(&self) -> DateTime<Utc> {
        self.clock.lock().unwrap_or_else(PoisonError::into_inner).now()
    }

    pub(super) fn state(&self) -> MutexGuard<'_, PanelState> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub(super) fn snapshot(&self) -> Value {
        serde_json::to_value(&*self.state()).unwrap_or_default()
    }
}
