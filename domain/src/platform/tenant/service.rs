//! Shops as rows: making one, finding a customer's, changing its settings.

use chrono::FixedOffset;
use sea_orm::{
    ActiveModelTrait, ActiveValue::Set, ColumnTrait, EntityTrait, IntoActiveModel, QueryFilter, QueryOrder,
    QuerySelect,
};
use serde_json::json;

use super::{fill, rules};
use crate::{
    args,
    db::{Conn, MasterConn, NewTenant, StoreError, TenantStore},
    entities::master::{
        customer,
        deployment_step::Step,
        tenant::{self, COLUMN, Entity, TenantKind},
    },
    error::Explain,
    ids::{AccountId, CustomerId, TenantId},
    locale::{Args, Locale},
    money::Currency,
    platform::{audit, billing, deployment, template},
};

/// What a customer wants of the shop: what the starter pack brings, or what was typed instead.
#[derive(Clone, Debug)]
pub struct ShopForm {
    pub name: String,
    pub locale: Locale,
    pub currency: Currency,
    pub utc_offset_minutes: i32,
    /// The code of a starter pack.
    pub pack: String,
}

/// Why there is no shop.
#[derive(Debug, thiserror::Error)]
pub enum ShopError {
    #[error("not a name for a shop")]
    Name,
    #[error("no such starter pack")]
    Pack,
    /// People have seen its plans and their prices.
    #[error("a shop that was live keeps its pack and its currency")]
    Fixed,
    #[error(transparent)]
    Internal(#[from] StoreError),
}

impl Explain for ShopError {
    fn explain(&self) -> Option<(&'static str, Args)> {
        match self {
            Self::Name => Some(("error-shop-name", args![])),
            Self::Pack => Some(("error-choice", args![])),
            Self::Fixed => Some(("error-pack-fixed", args![])),
            Self::Internal(_) => None,
        }
    }
}

/// Makes the customer's shop, or changes the settings of the one it has. A crash after the row is
/// written leaves an unfilled shop, which this and the deployment fill.
///
/// # Errors
/// [`ShopError`].
pub async fn save(
    store: &TenantStore,
    account: AccountId,
    customer: CustomerId,
    kind: TenantKind,
    form: &ShopForm,
) -> Result<TenantId, ShopError> {
    let name = rules::read_name(&form.name).ok_or(ShopError::Name)?;
    template::find(&form.pack).ok_or(ShopError::Pack)?;
    let id = match of_customer(store.master(), customer).await? {
        Some(shop) => change(store, account, shop, name, form).await?,
        None => create(store, account, customer, kind, name, form).await?,
    };
    fill::fill(store, id).await?;
    let tx = store.master().write().await?;
    deployment::mark_done(&tx, id, Step::ShopCreated, None).await?;
    deployment::commit_step(tx, Step::ShopCreated).await?;
    Ok(id)
}

/// # Errors
/// [`StoreError::Database`].
pub async fn find(conn: &impl MasterConn, id: TenantId) -> Result<Option<tenant::Model>, StoreError> {
    Ok(Entity::find_by_id(id).one(conn.raw()).await?)
}

/// The shop's time zone.
///
/// # Errors
/// [`StoreError::NoTenant`], [`StoreError::Database`].
pub async fn zone(conn: &impl MasterConn, id: TenantId) -> Result<FixedOffset, StoreError> {
    Ok(find(conn, id).await?.ok_or(StoreError::NoTenant(id))?.zone())
}

/// The customer's shop; the first when there are several.
///
/// # Errors
/// [`StoreError::Database`].
pub async fn of_customer(
    conn: &impl MasterConn,
    customer: CustomerId,
) -> Result<Option<tenant::Model>, StoreError> {
    Ok(Entity::find()
        .filter(COLUMN.customer_id.eq(customer))
        .order_by_asc(tenant::Column::Id)
        .one(conn.raw())
        .await?)
}

async fn create(
    store: &TenantStore,
    account: AccountId,
    customer: CustomerId,
    kind: TenantKind,
    name: String,
    form: &ShopForm,
) -> Result<TenantId, ShopError> {
    let tx = store.master().write().await?;
    // Two presses of the button: the second waits here and finds the first one's shop.
    customer::Entity::find_by_id(customer).lock_exclusive().one(tx.raw()).await.map_err(StoreError::from)?;
    if let Some(shop) = of_customer(&tx, customer).await? {
        return Ok(shop.id);
    }
    let new = NewTenant {
        customer,
        name,
        kind,
        locale: form.locale.code().to_owned(),
        currency: form.currency,
        utc_offset_minutes: form.utc_offset_minutes,
        starter_pack: form.pack.clone(),
    };
    let id = store.create(&tx, new).await?;
    deployment::service::begin(&tx, id).await?;
    billing::service::mark_paid_steps(&tx, customer, id).await?;
    let entry = audit::Entry {
        account: Some(account),
        tenant: Some(id),
        action: "shop.create",
        subject: id.to_string(),
        detail: json!({ "pack": form.pack }),
    };
    audit::append(&tx, entry).await?;
    tx.commit().await?;
    Ok(id)
}

async fn change(
    store: &TenantStore,
    account: AccountId,
    shop: tenant::Model,
    name: String,
    form: &ShopForm,
) -> Result<TenantId, ShopError> {
    let id = shop.id;
    let tx = store.master().write().await?;
    let other_plans = form.pack != shop.starter_pack || form.currency != shop.currency;
    if other_plans && deployment::was_live(&tx, id).await? {
        return Err(ShopError::Fixed);
    }
    let mut row = shop.into_active_model();
    row.name = Set(name);
    row.locale = Set(form.locale.code().to_owned());
    row.currency = Set(form.currency);
    row.utc_offset_minutes = Set(form.utc_offset_minutes);
    row.starter_pack = Set(form.pack.clone());
    row.update(tx.raw()).await.map_err(StoreError::from)?;
    let entry = audit::Entry {
        account: Some(account),
        tenant: Some(id),
        action: "shop.change",
        subject: id.to_string(),
        detail: json!({ "pack": form.pack }),
    };
    audit::append(&tx, entry).await?;
    tx.commit().await?;
    Ok(id)
}
