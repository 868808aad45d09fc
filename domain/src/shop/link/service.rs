//! Links are made when they are first needed, so that subscriptions from before have one too.

use sea_orm::{ActiveModelTrait, ActiveValue::Set, ColumnTrait, EntityTrait, IntoActiveModel, QueryFilter};
use url::Url;

use super::{
    address::{Address, new_secret},
    renew::RevokeLink,
};
use crate::{
    db::{Conn, StoreError, TenantConn, TenantDb, TenantTx},
    entities::{
        master::tenant::TenantKind,
        tenant::{
            link::{ActiveModel, COLUMN, Entity, Model},
            link_body, subscription,
        },
    },
    ids::SubscriptionId,
    jobs,
};

/// Where a user gets his configuration.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Given {
    /// The link itself.
    pub link: String,
    /// Where it is on our pages; without such an address nothing hands it over to an app.
    pub address: Option<Address>,
}

/// The link that the subscription's user is given: ours, where people can reach our pages, else the panel's.
/// `None` while the panel has made none.
///
/// # Errors
/// [`StoreError`].
pub async fn given(
    db: &TenantDb,
    pages: &Url,
    subscription: &subscription::Model,
) -> Result<Option<Given>, StoreError> {
    let Some(panels) = subscription.subscription_url.clone() else { return Ok(None) };
    if !are_reachable(db.kind(), pages) {
        return Ok(Some(Given { link: panels, address: None }));
    }
    let address = address_of(db, subscription.id).await?;
    Ok(Some(Given { link: address.link(pages), address: Some(address) }))
}

/// Whether users can open our pages: without a public address of ours only emulators' users are on this
/// machine.
pub fn are_reachable(kind: TenantKind, pages: &Url) -> bool {
    kind != TenantKind::Live || pages.scheme() == "https"
}

/// The subscription's address on our pages; makes one when there is none.
///
/// # Errors
/// [`StoreError`].
pub async fn address_of(db: &TenantDb, id: SubscriptionId) -> Result<Address, StoreError> {
    let tx = db.read().await?;
    let known = Entity::find_by_id(id).one(tx.raw()).await?;
    drop(tx);
    let row = match known {
        Some(row) => row,
        None => {
            let tx = db.write().await?;
            let row = ensure(&tx, id).await?;
            tx.commit().await?;
            row
        }
    };
    Ok(Address { tenant: db.tenant(), secret: row.secret })
}

/// The subscription with this secret, and its link.
///
/// # Errors
/// [`StoreError::Database`].
pub async fn find(
    tx: &impl TenantConn,
    secret: &str,
) -> Result<Option<(Model, subscription::Model)>, StoreError> {
    let Some(link) = Entity::find().filter(COLUMN.secret.eq(secret)).one(tx.raw()).await? else {
        return Ok(None);
    };
    let row = subscription::Entity::find_by_id(link.subscription_id).one(tx.raw()).await?;
    Ok(row.map(|row| (link, row)))
}

/// Whether a new link was asked for and the old keys still work.
///
/// # Errors
/// [`StoreError::Database`].
pub async fn is_revoking(tx: &impl TenantConn, id: SubscriptionId) -> Result<bool, StoreError> {
    Ok(Entity::find_by_id(id).one(tx.raw()).await?.is_some_and(|row| row.revoking))
}

/// Makes the link void at once and queues that the panel gives new keys.
///
/// # Errors
/// [`StoreError`].
pub async fn renew(tx: &TenantTx, subscription: &subscription::Model) -> Result<(), StoreError> {
    let mut row = ensure(tx, subscription.id).await?.into_active_model();
    row.secret = Set(new_secret()?);
    row.revoking = Set(true);
    row.update(tx.raw()).await?;
    forget_bodies(tx, subscription.id).await?;
    let job = RevokeLink { subscription: subscription.id, panel: subscription.panel_id };
    jobs::enqueue(tx, &job, tx.now()).await
}

/// What was kept holds keys that are void.
pub(super) async fn forget_bodies(tx: &TenantTx, id: SubscriptionId) -> Result<(), StoreError> {
    let all = link_body::Entity::delete_many().filter(link_body::COLUMN.subscription_id.eq(id));
    all.exec(tx.raw()).await?;
    Ok(())
}

pub(super) async fn ensure(tx: &TenantTx, id: SubscriptionId) -> Result<Model, StoreError> {
    if let Some(row) = Entity::find_by_id(id).one(tx.raw()).await? {
        return Ok(row);
    }
    let row = ActiveModel {
        subscription_id: Set(id),
        secret: Set(new_secret()?),
        revoking: Set(false),
        silent_at: Set(None),
        created_at: Set(tx.now()),
    };
    Ok(row.insert(tx.raw()).await?)
}
