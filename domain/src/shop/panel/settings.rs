//! What the owner sets on a panel. The access that is sold already stays where it is, whatever is set.

use std::ops::RangeInclusive;

use sea_orm::{ActiveModelTrait, ActiveValue::Set, IntoActiveModel};
use secrecy::SecretString;
use serde_json::json;

use super::service::{answered, find, inbounds, password_place};
use crate::{
    db::{Conn, StoreError, TenantConn, TenantTx},
    entities::tenant::panel::Model,
    ids::PanelId,
};

/// Only how weights compare matters.
pub const WEIGHTS: RangeInclusive<i64> = 1..=1_000;
/// No panel is known to hold more.
pub const CAPACITIES: RangeInclusive<i64> = 1..=1_000_000;

#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Settings {
    pub name: String,
    /// Its share of new accounts, against the other panels' weights.
    pub weight: i32,
    /// `None` is without limit.
    pub capacity: Option<i32>,
    /// Whether new accounts may go there.
    pub enabled: bool,
}

/// An administrator of the panel, whom it let in.
#[derive(Clone, Debug)]
pub struct Login {
    pub username: String,
    pub password: SecretString,
    pub version: Option<String>,
}

/// Keeps the settings and names the fields that are different now; `None` when there is no such panel.
///
/// # Errors
/// [`StoreError::Database`].
pub async fn save(
    tx: &TenantTx,
    id: PanelId,
    new: &Settings,
) -> Result<Option<Vec<&'static str>>, StoreError> {
    let Some(panel) = find(tx, id).await? else { return Ok(None) };
    let changed = changed(&panel, new);
    if changed.is_empty() {
        return Ok(Some(changed));
    }
    let mut row = panel.into_active_model();
    row.name = Set(new.name.clone());
    row.weight = Set(new.weight);
    row.capacity = Set(new.capacity);
    row.enabled = Set(new.enabled);
    row.update(tx.raw()).await?;
    Ok(Some(changed))
}

/// Says which inbounds new accounts get. False when nothing is different.
///
/// # Errors
/// [`StoreError::Database`].
pub async fn set_inbounds(tx: &TenantTx, id: PanelId, tags: &[String]) -> Result<bool, StoreError> {
    let Some(panel) = find(tx, id).await?.filter(|panel| inbounds(panel) != tags) else { return Ok(false) };
    let mut row = panel.into_active_model();
    row.inbounds = Set(json!(tags));
    row.update(tx.raw()).await?;
    Ok(true)
}

/// Keeps a login with which the panel was just tried; what waited for it becomes due. Names what is
/// different; `None` when there is no such panel.
///
/// # Errors
/// [`StoreError`].
pub async fn set_login(
    tx: &TenantTx,
    id: PanelId,
    login: &Login,
) -> Result<Option<Vec<&'static str>>, StoreError> {
    let Some(panel) = find(tx, id).await? else { return Ok(None) };
    let mut changed = vec!["password"];
    if panel.username != login.username {
        changed.insert(0, "username");
    }
    let mut row = panel.into_active_model();
    row.username = Set(login.username.clone());
    row.sealed_password = Set(tx.sealer().seal(password_place(id), &login.password)?);
    row.version = Set(login.version.clone());
    row.update(tx.raw()).await?;
    answered(tx, id).await?;
    Ok(Some(changed))
}

fn changed(panel: &Model, new: &Settings) -> Vec<&'static str> {
    let compared = [
        ("name", panel.name != new.name),
        ("weight", panel.weight != new.weight),
        ("capacity", panel.capacity != new.capacity),
        ("enabled", panel.enabled != new.enabled),
    ];
    compared.into_iter().filter(|(_, differs)| *differs).map(|(field, _)| field).collect()
}
