//! The shop's panel: checked, then kept with its password sealed.

use sea_orm::{ActiveModelTrait, EntityTrait, IntoActiveModel, QueryOrder};
use secrecy::SecretString;
use serde_json::json;
use url::Url;

use crate::{
    args,
    clock::Clock,
    db::{Conn, MasterDb, StoreError, TenantConn, TenantDb, TenantStore, TenantTx},
    entities::{
        master::{deployment_step::Step, tenant::TenantKind},
        tenant::panel::{self, Entity, PanelState},
    },
    error::Explain,
    ids::{AccountId, CustomerId, PanelId},
    locale::Args,
    platform::{
        audit, deployment,
        package::limits::{LimitReached, check_panels},
    },
    ports::{CheckedLine, PanelAccess, PanelCheck},
    shop::panel::service::{self as panels, password_place},
};

const KIND: &str = "marzban";

/// A panel whose check passed.
#[derive(Clone, Debug)]
pub struct NewPanel {
    pub base_url: Url,
    pub username: String,
    pub password: SecretString,
    /// Tags that the shop uses; empty is every VLESS inbound.
    pub inbounds: Vec<String>,
    pub version: Option<String>,
}

/// Keeps the panel, in place of the one that the shop had: subscriptions stay with the row, which
/// keeps its identifier.
///
/// # Errors
/// [`StoreError`].
pub async fn save(
    master: &MasterDb,
    db: &TenantDb,
    account: AccountId,
    new: NewPanel,
) -> Result<PanelId, StoreError> {
    let detail = new.base_url.host_str().unwrap_or_default().to_owned();
    let tx = db.write().await?;
    let existing = of_shop(&tx).await?;
    let id = write(&tx, existing, &new).await?;
    tx.commit().await?;
    // Killed here, the panel is there and the step is not done: the customer's next press ends it.
    let tx = master.write().await?;
    deployment::mark_done(&tx, db.tenant(), Step::PanelConnected, Some(&detail)).await?;
    audit::append(&tx, entry(account, db, "panel.save", id)).await?;
    deployment::commit_step(tx, Step::PanelConnected).await?;
    Ok(id)
}

/// Why there is not one more panel.
#[derive(Debug, thiserror::Error)]
pub enum AddError {
    #[error(transparent)]
    Limit(#[from] LimitReached),
    /// Two rows for one panel would each take the other's accounts for strangers.
    #[error("the shop has this panel already")]
    Known,
    #[error(transparent)]
    Internal(#[from] StoreError),
}

impl Explain for AddError {
    fn explain(&self) -> Option<(&'static str, Args)> {
        match self {
            Self::Limit(limit) => limit.explain(),
            Self::Known => Some(("error-panel-known", args![])),
            Self::Internal(_) => None,
        }
    }
}

/// Keeps one more panel, beside those that the shop has, if the package allows it. New accounts are
/// shared among them.
///
/// # Errors
/// [`AddError`].
pub async fn add(
    store: &TenantStore,
    db: &TenantDb,
    by: (AccountId, CustomerId),
    new: NewPanel,
) -> Result<PanelId, AddError> {
    let (account, customer) = by;
    check_panels(store, customer, store.master().platform_clock().now()).await??;
    let tx = db.write().await?;
    if is_known(&tx, &new.base_url).await? {
        return Err(AddError::Known);
    }
    let id = write(&tx, None, &new).await?;
    tx.commit().await?;
    let tx = store.master().write().await?;
    audit::append(&tx, entry(account, db, "panel.add", id)).await?;
    tx.commit().await?;
    Ok(id)
}

/// Whether there is room in the package for a panel at this address, before it is tried.
///
/// # Errors
/// [`AddError`].
pub async fn may_add(
    store: &TenantStore,
    db: &TenantDb,
    customer: CustomerId,
    url: &Url,
) -> Result<(), AddError> {
    check_panels(store, customer, store.master().platform_clock().now()).await??;
    let tx = db.read().await?;
    if is_known(&tx, url).await? { Err(AddError::Known) } else { Ok(()) }
}

async fn is_known(tx: &impl TenantConn, url: &Url) -> Result<bool, StoreError> {
    Ok(panels::all(tx).await?.iter().any(|panel| panel.base_url == url.as_str()))
}

fn entry(account: AccountId, db: &TenantDb, action: &'static str, id: PanelId) -> audit::Entry<'static> {
    audit::Entry {
        account: Some(account),
        tenant: Some(db.tenant()),
        action,
        subject: id.to_string(),
        detail: json!({}),
    }
}

/// The shop's first panel.
///
/// # Errors
/// [`StoreError::Database`].
pub async fn of_shop(tx: &impl TenantConn) -> Result<Option<panel::Model>, StoreError> {
    Ok(Entity::find().order_by_asc(panel::Column::Id).one(tx.raw()).await?)
}

/// Access for the check of a panel that is not kept yet.
pub fn unsaved_access(new: &NewPanel, kind: TenantKind) -> PanelAccess {
    PanelAccess {
        panel: PanelId::new(),
        base_url: new.base_url.clone(),
        username: new.username.clone(),
        password: new.password.clone(),
        sandboxed: kind != TenantKind::Live,
    }
}

/// Whether this adapter was written for such a version: Marzban 0.8 with any patch.
pub fn is_known_version(version: &str) -> bool {
    let version = version.trim().trim_start_matches('v');
    version.strip_prefix("0.8").is_some_and(|rest| rest.is_empty() || rest.starts_with('.'))
}

/// Whether every line of a check passed.
pub fn passed(lines: &[CheckedLine]) -> bool {
    let ok = |check: &PanelCheck| lines.iter().any(|line| line.check == *check && line.outcome.is_ok());
    PanelCheck::ALL.iter().all(ok)
}

/// Over the row that is there, or as a new one.
async fn write(tx: &TenantTx, existing: Option<panel::Model>, new: &NewPanel) -> Result<PanelId, StoreError> {
    let id = existing.as_ref().map_or_else(PanelId::new, |row| row.id);
    let model = panel::Model {
        id,
        name: name(existing.as_ref(), new),
        kind: KIND.to_owned(),
        base_url: new.base_url.to_string(),
        username: new.username.clone(),
        sealed_password: tx.sealer().seal(password_place(id), &new.password)?,
        inbounds: json!(new.inbounds),
        // What waits for the panel becomes due when `answered` finds it back.
        state: existing.as_ref().map_or(PanelState::Up, |row| row.state),
        last_error: None,
        version: new.version.clone(),
        checked_at: Some(tx.now()),
        down_since: existing.as_ref().and_then(|row| row.down_since),
        failures: existing.as_ref().map_or(0, |row| row.failures),
        weight: existing.as_ref().map_or(panel::DEFAULT_WEIGHT, |row| row.weight),
        capacity: existing.as_ref().and_then(|row| row.capacity),
        enabled: existing.as_ref().is_none_or(|row| row.enabled),
        synced_at: existing.as_ref().and_then(|row| row.synced_at),
        created_at: existing.as_ref().map_or_else(|| tx.now(), |row| row.created_at),
    };
    let row = model.into_active_model().reset_all();
    match existing {
        Some(_) => {
            row.update(tx.raw()).await?;
        }
        None => {
            Entity::insert(row).exec_without_returning(tx.raw()).await?;
        }
    }
    panels::answered(tx, id).await?;
    Ok(id)
}

/// The host's, until the owner gives it another.
fn name(existing: Option<&panel::Model>, new: &NewPanel) -> String {
    let host = |url: &Url| url.host_str().unwrap_or(KIND).to_owned();
    let given = existing.filter(|row| {
        let own = Url::parse(&row.base_url).map(|url| host(&url));
        own.is_ok_and(|own| own != row.name)
    });
    given.map_or_else(|| host(&new.base_url), |row| row.name.clone())
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::is_known_version;

    #[rstest]
    #[case("0.8.4", true)]
    #[case("v0.8.0", true)]
    #[case("0.8", true)]
    #[case("0.9.1", false)]
    #[case("0.80.0", false)]
    #[case("1.0.8", false)]
    #[case("", false)]
    fn the_adapter_knows_marzban_0_8(#[case] version: &str, #[case] known: bool) {
        assert_eq!(is_known_version(version), known);
    }
}
