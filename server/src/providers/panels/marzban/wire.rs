//! Marzban's JSON and ours (`/openapi.json` of 0.8.4; the traps are named where they bite).

use std::collections::{BTreeMap, BTreeSet};

use chrono::{DateTime, NaiveDateTime, Utc};
use domain::{
    ids::SubscriptionId,
    ports::{
        AccountPage, AccountStatus, AccountTarget, Inbound, PanelAccount, PanelError, PanelSystem,
        TargetStatus,
    },
    units::Bytes,
};
use serde::Deserialize;
use serde_json::{Map, Value, json};
use url::Url;

/// Protocol to its tags.
pub(super) type Tags = BTreeMap<String, BTreeSet<String>>;

#[derive(Debug, Deserialize)]
pub(super) struct Token {
    pub access_token: String,
}

#[derive(Debug, Deserialize)]
pub(super) struct System {
    version: String,
}

impl System {
    pub(super) fn into_domain(self) -> PanelSystem {
        PanelSystem { version: self.version }
    }
}

/// `/api/inbounds`: protocol to inbounds.
#[derive(Debug, Deserialize)]
#[serde(transparent)]
pub(super) struct Inbounds(BTreeMap<String, Vec<WireInbound>>);

#[derive(Debug, Deserialize)]
struct WireInbound {
    tag: String,
    network: String,
    tls: String,
}

impl Inbounds {
    pub(super) fn into_domain(self) -> Vec<Inbound> {
        let of = |(protocol, inbounds): (String, Vec<WireInbound>)| {
            inbounds.into_iter().map(move |inbound| Inbound { tag: inbound.tag, protocol: protocol.clone() })
        };
        self.0.into_iter().flat_map(of).collect()
    }

    /// The wanted tags by protocol; nothing wanted is every inbound of VLESS.
    ///
    /// # Errors
    /// [`PanelError::NoInbound`] when the panel lacks one of them.
    pub(super) fn choose(&self, wanted: &[String]) -> Result<Tags, PanelError> {
        let mut chosen = Tags::new();
        for (protocol, inbounds) in &self.0 {
            for inbound in inbounds {
                let is_wanted =
                    if wanted.is_empty() { protocol == "vless" } else { wanted.contains(&inbound.tag) };
                if is_wanted {
                    chosen.entry(protocol.clone()).or_default().insert(inbound.tag.clone());
                }
            }
        }
        let found: usize = chosen.values().map(BTreeSet::len).sum();
        let distinct: BTreeSet<&String> = wanted.iter().collect();
        if found == 0 || found < distinct.len() { Err(PanelError::NoInbound) } else { Ok(chosen) }
    }

    /// Credentials are the panel's to make, but the flow is ours to ask for: Reality over TCP needs
    /// `xtls-rprx-vision`, the others must go without.
    fn proxies<'a>(&self, protocols: impl Iterator<Item = &'a String>) -> Map<String, Value> {
        let settings = |protocol: &String| {
            let inbounds = self.0.get(protocol).map(Vec::as_slice).unwrap_or_default();
            let is_vision = |inbound: &WireInbound| inbound.tls == "reality" && inbound.network == "tcp";
            if protocol == "vless" && inbounds.iter().any(is_vision) {
                json!({ "flow": "xtls-rprx-vision" })
            } else {
                json!({})
            }
        };
        protocols.map(|protocol| (protocol.clone(), settings(protocol))).collect()
    }
}

/// `/api/users`.
#[derive(Debug, Deserialize)]
pub(super) struct Page {
    users: Vec<User>,
    total: u64,
}

impl Page {
    pub(super) fn into_domain(self, base_url: &Url) -> AccountPage {
        let accounts = self.users.into_iter().map(|user| user.into_domain(base_url)).collect();
        AccountPage { accounts, total: self.total }
    }
}

/// `/api/user/{username}/usage`, one line for each node.
#[derive(Debug, Deserialize)]
pub(super) struct Usages {
    usages: Vec<NodeUsage>,
}

#[derive(Debug, Deserialize)]
struct NodeUsage {
    used_traffic: i64,
}

impl Usages {
    pub(super) fn total(&self) -> Bytes {
        Bytes(self.usages.iter().fold(0, |sum, node| node.used_traffic.saturating_add(sum)))
    }
}

/// An account as the panel shows it.
#[derive(Debug, Deserialize)]
pub(super) struct User {
    username: String,
    status: WireStatus,
    expire: Option<i64>,
    data_limit: Option<i64>,
    used_traffic: i64,
    note: Option<String>,
    links: Vec<String>,
    subscription_url: String,
    online_at: Option<String>,
    proxies: Map<String, Value>,
    #[serde(default)]
    inbounds: Tags,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
enum WireStatus {
    Active,
    Disabled,
    Limited,
    Expired,
    OnHold,
}

impl User {
    pub(super) fn into_domain(self, base_url: &Url) -> PanelAccount {
        PanelAccount {
            username: self.username,
            status: match self.status {
                WireStatus::Active => AccountStatus::Active,
                WireStatus::Disabled => AccountStatus::Disabled,
                WireStatus::Limited => AccountStatus::Limited,
                WireStatus::Expired => AccountStatus::Expired,
                WireStatus::OnHold => AccountStatus::OnHold,
            },
            expire: self.expire.and_then(|seconds| DateTime::from_timestamp(seconds, 0)),
            data_limit: self.data_limit.map(Bytes),
            used_traffic: Bytes(self.used_traffic),
            subscription: self.note.as_deref().and_then(named),
            links: self.links,
            subscription_url: absolute(base_url, &self.subscription_url),
            online_at: self.online_at.as_deref().and_then(naive_utc),
        }
    }

    pub(super) fn belongs_to(&self, subscription: SubscriptionId) -> bool {
        self.note.as_deref().is_some_and(|note| note.contains(&marker(subscription)))
    }

    /// Whether nothing is left to change. Limited and expired follow from the figures, but a state
    /// that lags behind them does not count.
    pub(super) fn is_at(&self, target: &AccountTarget, tags: &Tags) -> bool {
        let is_over = self.data_limit.is_some_and(|limit| self.used_traffic >= limit);
        let has_status = match (target.status, self.status) {
            (TargetStatus::Disabled, status) => status == WireStatus::Disabled,
            (TargetStatus::Active, WireStatus::Active) => true,
            (TargetStatus::Active, WireStatus::Limited) => is_over,
            (TargetStatus::Active, WireStatus::Expired) => self.expire.is_some(),
            (TargetStatus::Active, WireStatus::Disabled | WireStatus::OnHold) => false,
        };
        has_status && self.has_figures(target) && self.used_tags() == *tags
    }

    /// An expired state may lag behind a new end: such an account is worth one more change.
    pub(super) fn may_lag(&self, target: &AccountTarget) -> bool {
        target.status == TargetStatus::Active && self.status == WireStatus::Expired
    }

    fn has_figures(&self, target: &AccountTarget) -> bool {
        self.expire.unwrap_or(0) == expire(target) && self.data_limit.unwrap_or(0) == data_limit(target)
    }

    /// Without the protocols that the account has no inbound of.
    fn used_tags(&self) -> Tags {
        self.inbounds
            .iter()
            .filter(|(_, tags)| !tags.is_empty())
            .map(|(key, tags)| (key.clone(), tags.clone()))
            .collect()
    }

    /// The change to the target, always whole: it may follow a change of which we never heard.
    /// `proxies` is sent only when a protocol is new, because a protocol that is left out is dropped
    /// and one without its credentials gets fresh ones.
    pub(super) fn change(&self, target: &AccountTarget, tags: &Tags, inbounds: &Inbounds) -> Value {
        let mut wanted: BTreeMap<&String, BTreeSet<String>> =
            self.proxies.keys().map(|protocol| (protocol, BTreeSet::new())).collect();
        wanted.extend(tags.iter().map(|(protocol, tags)| (protocol, tags.clone())));
        let mut change = json!({
            "expire": expire(target),
            "data_limit": data_limit(target),
            "status": match target.status { TargetStatus::Active => "active", TargetStatus::Disabled => "disabled" },
            "inbounds": wanted,
        });
        if tags.keys().any(|protocol| !self.proxies.contains_key(protocol)) {
            let mut proxies = inbounds.proxies(tags.keys());
            proxies.extend(self.proxies.clone());
            change["proxies"] = Value::Object(proxies);
        }
        change
    }
}

/// A request for a new account. `inbounds` is always there: without the key the account would have
/// no links at all. An account cannot be created disabled.
pub(super) fn new_user(target: &AccountTarget, tags: &Tags, inbounds: &Inbounds) -> Value {
    json!({
        "username": target.username,
        "proxies": inbounds.proxies(tags.keys()),
        "inbounds": tags,
        // Seconds: milliseconds would poison every page of the panel that holds the account.
        "expire": expire(target),
        "data_limit": data_limit(target),
        "data_limit_reset_strategy": "no_reset",
        "status": "active",
        "note": marker(target.subscription),
    })
}

/// An account that can never be used, for the check of a panel.
pub(super) fn test_user(username: &str, tags: &Tags, inbounds: &Inbounds) -> Value {
    json!({
        "username": username,
        "proxies": inbounds.proxies(tags.keys()),
        "inbounds": tags,
        "expire": 1,
        "data_limit": 1,
        "status": "active",
        "note": "Made and removed by a connection test.",
    })
}

/// Zero is "without": null would leave what is there.
fn expire(target: &AccountTarget) -> i64 {
    target.expire.map_or(0, |end| end.timestamp())
}

fn data_limit(target: &AccountTarget) -> i64 {
    target.data_limit.map_or(0, |limit| limit.0)
}

const MARK: &str = "botyard:";

fn marker(subscription: SubscriptionId) -> String {
    format!("{MARK}{subscription}")
}

/// The subscription that a note names. The owner may write around the marker.
fn named(note: &str) -> Option<SubscriptionId> {
    let (_, rest) = note.split_once(MARK)?;
    let end = rest.find(|char: char| !char.is_ascii_hexdigit()).unwrap_or(rest.len());
    rest[..end].parse().ok()
}

/// The panel's prefix may be empty; then the address is a path of the panel itself.
fn absolute(base_url: &Url, address: &str) -> String {
    if address.contains("://") {
        return address.to_owned();
    }
    let base = base_url.as_str().trim_end_matches('/');
    format!("{base}/{}", address.trim_start_matches('/'))
}

/// The panel's times are UTC and do not say so.
fn naive_utc(text: &str) -> Option<DateTime<Utc>> {
    text.parse::<NaiveDateTime>().ok().map(|time| time.and_utc())
}
