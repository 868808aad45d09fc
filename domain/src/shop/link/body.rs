//! What an app gets: the panel's words of just now, those of a short while ago, or the last good ones while
//! the panel gives no answer.

use base64::{Engine as _, engine::general_purpose::STANDARD as BASE64};
use chrono::{DateTime, Duration, Utc};
use sea_orm::{
    ActiveModelTrait, ActiveValue::Set, ColumnTrait, EntityTrait, IntoActiveModel, QueryFilter, QueryOrder,
};
use url::Url;

use super::agent::Agent;
use crate::{
    clock::Clock as _,
    db::{Conn, StoreError, TenantConn, TenantDb},
    entities::tenant::{
        link,
        link_body::{COLUMN, Column, Entity, Model},
        panel::PanelState,
        subscription,
    },
    ids::{RowId, SubscriptionId},
    ports::{PanelAccess, PanelError, SubscriptionBody, VpnPanel},
    shop::{
        panel,
        subscription::usage::{RefreshError, refresh_from_panel},
    },
};

/// How long an answer is given again: apps ask hourly, some whenever they are opened.
pub const KEPT: Duration = Duration::minutes(5);
/// After no answer the panel is left alone for so long.
const SILENT: Duration = Duration::minutes(1);
/// What is larger is passed on and not kept.
const MOST_KEPT: usize = 256 * 1024;

/// What an app is given.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Served {
    pub body: Vec<u8>,
    pub content_type: String,
    /// `subscription-userinfo`.
    pub usage: String,
    /// When the panel said it; older than [`KEPT`] only while it does not answer.
    pub at: DateTime<Utc>,
}

/// What this app gets now. `None` when nobody knows: the panel is silent and has never said it.
///
/// # Errors
/// [`StoreError`].
pub async fn serve(
    db: &TenantDb,
    port: &dyn VpnPanel,
    (link, row): &(link::Model, subscription::Model),
    agent: &Agent,
) -> Result<Option<Served>, StoreError> {
    let now = db.clock().now();
    let tx = db.read().await?;
    let own =
        Entity::find().filter(COLUMN.subscription_id.eq(row.id)).filter(COLUMN.format.eq(agent.format()));
    let kept = own.one(tx.raw()).await?;
    let is_fresh =
        |kept: &&Model| now - kept.fetched_at < KEPT && kept.applied_version == row.applied_version;
    if let Some(kept) = kept.as_ref().filter(is_fresh) {
        return Ok(Some(served(kept.clone(), row)));
    }
    let panel = panel::service::find(&tx, row.panel_id).await?;
    let is_silent = link.silent_at.is_some_and(|at| now - at < SILENT);
    let panel = panel.filter(|panel| panel.state == PanelState::Up && !is_silent);
    let access = panel.map(|panel| panel::service::access(&tx, db.kind(), &panel)).transpose()?;
    drop(tx);
    if let Some(access) = access {
        match ask(db, port, &access, row, agent).await {
            Ok(said) => return keep(db, (link, row), agent, said).await.map(Some),
            Err(RefreshError::Store(error)) => return Err(error),
            Err(RefreshError::Panel(error)) => {
                tracing::info!(tenant = %db.tenant(), panel = %access.panel, %error, "a subscription is the last known one");
                note_silence(db, row.id).await?;
            }
        }
    }
    Ok(kept.map(|kept| served(kept, row)).or_else(|| of_links(row, agent)))
}

/// Since when the panel has given this subscription nothing new; `None` while it answers.
///
/// # Errors
/// [`StoreError::Database`].
pub async fn outdated_since(
    tx: &impl TenantConn,
    (link, row): &(link::Model, subscription::Model),
    now: DateTime<Utc>,
) -> Result<Option<DateTime<Utc>>, StoreError> {
    let panel = panel::service::find(tx, row.panel_id).await?;
    let is_up = panel.is_some_and(|panel| panel.state == PanelState::Up);
    if is_up && link.silent_at.is_none_or(|at| now - at >= KEPT) {
        return Ok(None);
    }
    let newest = Entity::find()
        .filter(COLUMN.subscription_id.eq(row.id))
        .order_by_desc(Column::FetchedAt)
        .one(tx.raw())
        .await?;
    Ok(newest.map(|kept| kept.fetched_at).or(row.read_at))
}

/// Asks the panel; an address that is not valid any more is read anew, once.
async fn ask(
    db: &TenantDb,
    port: &dyn VpnPanel,
    access: &PanelAccess,
    row: &subscription::Model,
    agent: &Agent,
) -> Result<SubscriptionBody, RefreshError> {
    let known = address(row)?;
    match port.subscription(access, &known, agent.name()).await {
        Err(PanelError::NotFound) => {}
        said => return Ok(said?),
    }
    let fresh = refresh_from_panel(db, port, row.id).await?.ok_or(PanelError::NotFound)?;
    Ok(port.subscription(access, &address(&fresh)?, agent.name()).await?)
}

fn address(row: &subscription::Model) -> Result<Url, PanelError> {
    let address = row.subscription_url.as_deref().ok_or(PanelError::NotFound)?;
    Url::parse(address).map_err(|_| PanelError::AddressForm)
}

async fn keep(
    db: &TenantDb,
    (asked, row): (&link::Model, &subscription::Model),
    agent: &Agent,
    said: SubscriptionBody,
) -> Result<Served, StoreError> {
    let tx = db.write().await?;
    let now = tx.now();
    let kept = Model {
        id: RowId::new(),
        subscription_id: row.id,
        format: agent.format().to_owned(),
        body: said.body,
        content_type: said.content_type,
        usage: said.usage,
        applied_version: row.applied_version,
        fetched_at: now,
    };
    // What was said before a new link was asked for holds keys that are void, or will be.
    let link = link::Entity::find_by_id(row.id).one(tx.raw()).await?;
    let Some(link) = link.filter(|link| link.secret == asked.secret && !link.revoking) else {
        return Ok(served(kept, row));
    };
    let own =
        Entity::find().filter(COLUMN.subscription_id.eq(row.id)).filter(COLUMN.format.eq(agent.format()));
    let present = own.one(tx.raw()).await?;
    if kept.body.len() <= MOST_KEPT {
        let id = present.as_ref().map_or(kept.id, |present| present.id);
        let new = Model { id, ..kept.clone() }.into_active_model().reset_all();
        match present {
            Some(_) => new.update(tx.raw()).await?,
            None => new.insert(tx.raw()).await?,
        };
    }
    if link.silent_at.is_some() {
        let mut link = link.into_active_model();
        link.silent_at = Set(None);
        link.update(tx.raw()).await?;
    }
    tx.commit().await?;
    Ok(served(kept, row))
}

async fn note_silence(db: &TenantDb, id: SubscriptionId) -> Result<(), StoreError> {
    let tx = db.write().await?;
    if let Some(link) = link::Entity::find_by_id(id).one(tx.raw()).await? {
        let mut link = link.into_active_model();
        link.silent_at = Set(Some(tx.now()));
        link.update(tx.raw()).await?;
    }
    tx.commit().await
}

fn served(kept: Model, row: &subscription::Model) -> Served {
    let usage = kept.usage.unwrap_or_else(|| usage(row));
    Served { body: kept.body, content_type: kept.content_type, usage, at: kept.fetched_at }
}

/// The links that were read when the account was last looked at, as most apps take them.
fn of_links(row: &subscription::Model, agent: &Agent) -> Option<Served> {
    let links: Vec<&str> = row.links.as_array()?.iter().filter_map(|link| link.as_str()).collect();
    let at = row.read_at.filter(|_| agent.takes_links() && !links.is_empty())?;
    let content_type = "text/plain; charset=utf-8".to_owned();
    Some(Served { body: BASE64.encode(links.join("\n")).into_bytes(), content_type, usage: usage(row), at })
}

/// As panels write it: nothing is said of what is without limit.
fn usage(row: &subscription::Model) -> String {
    let total = row.target_data_limit.map_or(0, |limit| limit.0);
    let (used, expire) = (row.used_traffic.0, row.target_expire.timestamp());
    format!("upload=0; download={used}; total={total}; expire={expire}")
}
