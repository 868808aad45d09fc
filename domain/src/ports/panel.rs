//! The VPN panel that holds the accounts behind a shop.

use async_trait::async_trait;
use chrono::{DateTime, Utc};
use secrecy::SecretString;
use tokio::sync::mpsc::UnboundedSender;
use url::Url;

use crate::{
    ids::{PanelId, SubscriptionId},
    units::Bytes,
};

/// How to reach one panel, opened from the tenant's sealed row for one call.
#[derive(Clone, Debug)]
pub struct PanelAccess {
    /// Key of the login cache.
    pub panel: PanelId,
    pub base_url: Url,
    pub username: String,
    pub password: SecretString,
    /// Whether the shop may use this server's own emulator, if there is one: shops of kind sandbox
    /// and preview, never a live one. Every other address is guarded all the same.
    pub sandboxed: bool,
}

/// Whether an account may connect.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TargetStatus {
    Active,
    Disabled,
}

/// The state to which an account is driven. Absolute: applying it twice changes nothing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AccountTarget {
    /// `[a-z0-9_]{3,32}`, fixed by the subscription.
    pub username: String,
    /// Written into the account's note; an existing account is adopted only if its note names it.
    pub subscription: SubscriptionId,
    /// `None` is without end.
    pub expire: Option<DateTime<Utc>>,
    /// Lifetime traffic; `None` is without limit.
    pub data_limit: Option<Bytes>,
    pub status: TargetStatus,
    /// Tags of the inbounds that the account may use; empty is every inbound of VLESS.
    pub inbounds: Vec<String>,
}

/// What the panel reports of an account.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AccountStatus {
    Active,
    OnHold,
    Disabled,
    Limited,
    Expired,
}

/// An account as read from the panel.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PanelAccount {
    pub username: String,
    pub status: AccountStatus,
    pub expire: Option<DateTime<Utc>>,
    pub data_limit: Option<Bytes>,
    pub used_traffic: Bytes,
    /// Which of our subscriptions its note names.
    pub subscription: Option<SubscriptionId>,
    /// `vless://` and other share links. They differ from read to read: never compare them.
    pub links: Vec<String>,
    /// The subscription address, made absolute. It differs from read to read as well.
    pub subscription_url: String,
    pub online_at: Option<DateTime<Utc>>,
}

/// A part of a panel's accounts, in the order of their names.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct AccountPage {
    pub accounts: Vec<PanelAccount>,
    /// Of the whole panel, as far as our user may see it.
    pub total: u64,
}

/// What the panel gives an app that asks for a subscription.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SubscriptionBody {
    pub body: Vec<u8>,
    pub content_type: String,
    /// Its `subscription-userinfo`: what is used of what there is, and until when.
    pub usage: Option<String>,
}

/// What a kind of panel can do, so that nothing is sold which it cannot.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Capabilities {
    /// It limits how many devices use an account.
    pub device_limit: bool,
    /// An account's time can begin with its first use.
    pub on_hold: bool,
    /// Links given out before can be made void.
    pub revoke_link: bool,
    /// It tells us of changes by itself.
    pub webhook: bool,
}

/// One inbound of a panel.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Inbound {
    pub tag: String,
    pub protocol: String,
}

/// The panel as a whole.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PanelSystem {
    pub version: String,
}

/// Why a panel did not do what was asked. Classes only: a body of an arbitrary host is never shown.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum PanelError {
    /// It leads, or its name does, into a network that is not the public one.
    #[error("the address is not allowed")]
    ForbiddenAddress,
    /// It is no plain http address: another scheme, a user, a query.
    #[error("the address has a form that is not allowed")]
    AddressForm,
    /// Passwords would travel in clear text.
    #[error("the address is not an https one")]
    Unencrypted,
    #[error("the port is not allowed")]
    ForbiddenPort,
    #[error("the host name was not found")]
    Dns,
    #[error("no connection")]
    Connect,
    #[error("no secure connection")]
    Tls,
    #[error("no answer in time")]
    Timeout,
    /// Wrong user or password. Not tried again, so that the panel does not lock us out.
    #[error("the panel refused our credentials")]
    Credentials,
    /// The user may not do this.
    #[error("the panel forbids this to our user")]
    Forbidden,
    /// Something answered, but not Marzban.
    #[error("the answer is not a Marzban panel's")]
    NotAPanel,
    #[error("the panel has no such account")]
    NotFound,
    /// An account of that name exists and is not ours.
    #[error("the account name is taken by somebody else's account")]
    Taken,
    /// The panel has no inbound that serves the plan.
    #[error("the panel has no such inbound")]
    NoInbound,
    /// It took the change and shows something else when it is read again.
    #[error("the panel does not hold what it was given")]
    NotHeld,
    #[error("the panel refused the request ({status})")]
    Refused { status: u16 },
}

impl PanelError {
    /// Whether waiting can help; the rest needs a person.
    pub fn is_transient(&self) -> bool {
        match self {
            Self::Dns | Self::Connect | Self::Tls | Self::Timeout | Self::NotAPanel => true,
            Self::Refused { status } => *status >= 500 || *status == 429,
            _ => false,
        }
    }

    /// Whether the address itself is refused, before anything is sent there.
    pub fn is_of_address(&self) -> bool {
        matches!(self, Self::ForbiddenAddress | Self::AddressForm | Self::Unencrypted | Self::ForbiddenPort)
    }
}

/// The lines of the check that the wizard shows, in order.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, serde::Serialize, serde::Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PanelCheck {
    Address,
    Connection,
    Login,
    Version,
    Inbounds,
    TestAccount,
}

impl PanelCheck {
    pub const ALL: [Self; 6] =
        [Self::Address, Self::Connection, Self::Login, Self::Version, Self::Inbounds, Self::TestAccount];
}

/// One finished line of the check.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CheckedLine {
    pub check: PanelCheck,
    /// What was found (a version, a count), or why it failed; the rest is then not tried.
    pub outcome: Result<Option<String>, PanelError>,
    pub took_ms: u64,
}

/// A kind of panel. Stateless but for its login cache.
#[async_trait]
pub trait VpnPanel: Send + Sync {
    /// Drives the account to the target (create, adopt or change), reads it back and returns what
    /// was read. Equal to the target or an error.
    ///
    /// # Errors
    /// [`PanelError`].
    async fn ensure(&self, access: &PanelAccess, target: &AccountTarget) -> Result<PanelAccount, PanelError>;

    /// # Errors
    /// [`PanelError`]; an account that is not there is `Ok(None)`.
    async fn account(&self, access: &PanelAccess, username: &str)
    -> Result<Option<PanelAccount>, PanelError>;

    /// Removes the account; one that is not there is fine.
    ///
    /// # Errors
    /// [`PanelError`].
    async fn delete(&self, access: &PanelAccess, username: &str) -> Result<(), PanelError>;

    /// The accounts from `offset` on, at most `limit`. Between two pages accounts may come and go: what
    /// is not on any page may exist all the same.
    ///
    /// # Errors
    /// [`PanelError`].
    async fn list(&self, access: &PanelAccess, offset: u64, limit: u64) -> Result<AccountPage, PanelError>;

    /// Gives the account new credentials and a new subscription address. The old ones may live on for
    /// a second.
    ///
    /// # Errors
    /// [`PanelError`]; [`PanelError::Taken`] when the account is not the subscription's.
    async fn revoke_link(
        &self,
        access: &PanelAccess,
        username: &str,
        subscription: SubscriptionId,
    ) -> Result<PanelAccount, PanelError>;

    /// What an app of this name gets at the account's subscription address, in the app's own format. No
    /// login is sent there: the address is the secret.
    ///
    /// # Errors
    /// [`PanelError`]; [`PanelError::NotFound`] when the address is not valid any more.
    async fn subscription(
        &self,
        access: &PanelAccess,
        address: &Url,
        agent: &str,
    ) -> Result<SubscriptionBody, PanelError>;

    /// The account's traffic in the last 30 days, whatever was reset meanwhile.
    ///
    /// # Errors
    /// [`PanelError`].
    async fn usage(&self, access: &PanelAccess, username: &str) -> Result<Bytes, PanelError>;

    fn capabilities(&self) -> Capabilities;

    /// # Errors
    /// [`PanelError`].
    async fn inbounds(&self, access: &PanelAccess) -> Result<Vec<Inbound>, PanelError>;

    /// # Errors
    /// [`PanelError`].
    async fn system(&self, access: &PanelAccess) -> Result<PanelSystem, PanelError>;

    /// The whole check, line by line, up to the first failure; each line is sent to `lines` when it is
    /// finished. The test account is removed again.
    async fn check(&self, access: &PanelAccess, lines: UnboundedSender<CheckedLine>);
}
