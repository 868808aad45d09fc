//! What a shop's people do about a panel that they have, each written into the audit log.

#[cfg(test)]
mod tests;

use serde_json::json;

use super::{panel::passed, payments::Actor, rules};
use crate::{
    db::StoreError,
    entities::tenant::panel::PanelState,
    ids::PanelId,
    jobs,
    ports::{CheckedLine, PanelCheck},
    shop::panel::{
        jobs::SyncPanel,
        service,
        settings::{self, CAPACITIES, Login, Settings, WEIGHTS},
        sync,
    },
};

/// The settings as they were typed.
#[derive(Clone, Copy, Debug)]
pub struct Typed<'a> {
    pub name: &'a str,
    pub weight: &'a str,
    /// Empty is without limit.
    pub capacity: &'a str,
    pub enabled: bool,
}

/// Reads the settings.
///
/// # Errors
/// Each field that is wrong, with the key of the text that says how it should be.
pub fn read(typed: Typed<'_>) -> Result<Settings, Vec<(&'static str, &'static str)>> {
    let number = |text: &str, bounds| rules::read_number(text, bounds).and_then(|read| read.try_into().ok());
    let name = rules::read_name(typed.name);
    let weight: Option<i32> = number(typed.weight, WEIGHTS);
    let capacity: Option<i32> = number(typed.capacity, CAPACITIES);
    let is_unlimited = typed.capacity.trim().is_empty();
    match (name, weight) {
        (Some(name), Some(weight)) if is_unlimited || capacity.is_some() => {
            Ok(Settings { name, weight, capacity, enabled: typed.enabled })
        }
        (name, weight) => {
            let checked = [
                ("name", "error-panel-name", name.is_some()),
                ("weight", "error-panel-weight", weight.is_some()),
                ("capacity", "error-panel-capacity", is_unlimited || capacity.is_some()),
            ];
            Err(checked
                .into_iter()
                .filter(|(.., right)| !right)
                .map(|(field, key, _)| (field, key))
                .collect())
        }
    }
}

impl Actor<'_> {
    /// # Errors
    /// [`StoreError`].
    pub async fn save_panel(&self, id: PanelId, new: &Settings) -> Result<(), StoreError> {
        let tx = self.db.write().await?;
        let changed = settings::save(&tx, id, new).await?.unwrap_or_default();
        tx.commit().await?;
        self.note_panel("panel.settings", id, &changed).await
    }

    /// # Errors
    /// [`StoreError`].
    pub async fn choose_inbounds(&self, id: PanelId, tags: &[String]) -> Result<(), StoreError> {
        let tx = self.db.write().await?;
        let changed = settings::set_inbounds(&tx, id, tags).await?;
        tx.commit().await?;
        let fields: &[&str] = if changed { &["inbounds"] } else { &[] };
        self.note_panel("panel.inbounds", id, fields).await
    }

    /// Keeps a login if every line of its check passed; the one that was there stays otherwise.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn replace_login(
        &self,
        id: PanelId,
        mut login: Login,
        lines: &[CheckedLine],
    ) -> Result<(), StoreError> {
        if !passed(lines) {
            return Ok(());
        }
        login.version = found_version(lines);
        let tx = self.db.write().await?;
        let changed = settings::set_login(&tx, id, &login).await?.unwrap_or_default();
        tx.commit().await?;
        self.note_panel("panel.login", id, &changed).await
    }

    /// Takes what a check of the panel as it is has found for what it is: it answers, or it failed.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn note_check(&self, id: PanelId, lines: &[CheckedLine]) -> Result<(), StoreError> {
        let tx = self.db.write().await?;
        match lines.iter().find_map(|line| line.outcome.as_ref().err()) {
            Some(error) => service::failed(&tx, id, error).await?,
            None => service::answered(&tx, id).await?,
        }
        tx.commit().await?;
        self.note("panel.check", id.to_string(), json!({ "passed": passed(lines) })).await
    }

    /// Has the panel compared now. False when it is away: then it is compared in its turn.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn compare_panel(&self, id: PanelId) -> Result<bool, StoreError> {
        let tx = self.db.write().await?;
        let is_up = service::find(&tx, id).await?.is_some_and(|panel| panel.state == PanelState::Up);
        if !is_up {
            return Ok(false);
        }
        jobs::enqueue(&tx, &SyncPanel { panel: id }, tx.now()).await?;
        tx.commit().await?;
        self.note("panel.compare", id.to_string(), json!({})).await?;
        Ok(true)
    }

    /// Drives what the last comparison found different to its target again; nothing is deleted.
    /// Answers how many accounts it is.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn repair_panel(&self, id: PanelId) -> Result<usize, StoreError> {
        let tx = self.db.write().await?;
        let repaired = sync::repair(&tx, id).await?;
        tx.commit().await?;
        if repaired > 0 {
            self.note("panel.repair", id.to_string(), json!({ "accounts": repaired })).await?;
        }
        Ok(repaired)
    }

    /// Names the fields, never what is in them; what changed nothing is no entry.
    async fn note_panel(&self, action: &str, id: PanelId, fields: &[&str]) -> Result<(), StoreError> {
        if fields.is_empty() {
            return Ok(());
        }
        self.note(action, id.to_string(), json!({ "fields": fields })).await
    }
}

/// The version that a check found.
pub fn found_version(lines: &[CheckedLine]) -> Option<String> {
    let line = lines.iter().find(|line| line.check == PanelCheck::Version)?;
    line.outcome.clone().ok().flatten()
}
