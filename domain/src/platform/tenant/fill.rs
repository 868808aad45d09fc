//! Writes a starter pack into a shop's own database, in one transaction: into a new shop, and again
//! when the customer takes another pack before anything was sold.

use sea_orm::{ActiveValue::Set, EntityTrait};
use serde_json::{Value, json};

use super::service;
use crate::{
    db::{Conn, Sealer, StoreError, TenantConn, TenantStore, TenantTx},
    entities::{
        master::tenant::TenantKind,
        tenant::{
            order, payment_method,
            plan::{self, PlanKind},
            price, setting, subscription,
        },
    },
    ids::{PlanId, RowId, TenantId},
    locale::Locale,
    money::Currency,
    platform::template::{self, StarterPlan},
    shop::payment::{method::made_up_secret, providers::place},
};

/// The setting that says which pack the shop was filled from, and in which currency.
const MARK: &str = "starter_pack";
/// The provider whose card page is a part of the sandbox.
const TEST_PROVIDER: &str = "test";

/// Fills the shop unless it has been filled from this pack in this currency. Plans on which somebody
/// has an order or access stay as they are.
///
/// # Errors
/// [`StoreError`].
pub async fn fill(store: &TenantStore, id: TenantId) -> Result<(), StoreError> {
    let shop = service::find(store.master(), id).await?.ok_or(StoreError::NoTenant(id))?;
    let mark = json!({ "pack": shop.starter_pack, "currency": shop.currency.code() });
    let db = store.open(id).await?;
    let tx = db.write().await?;
    match setting::Entity::find_by_id(MARK).one(tx.raw()).await? {
        Some(filled) if filled.value == mark || has_sold(&tx).await? => return Ok(()),
        Some(_) => {
            price::Entity::delete_many().exec(tx.raw()).await?;
            plan::Entity::delete_many().exec(tx.raw()).await?;
            let row = setting::ActiveModel { name: Set(MARK.to_owned()), value: Set(mark) };
            setting::Entity::update(row).exec(tx.raw()).await?;
        }
        None => {
            if shop.kind != TenantKind::Live {
                insert_test_method(&tx, db.sealer()).await?;
            }
            let row = setting::ActiveModel { name: Set(MARK.to_owned()), value: Set(mark) };
            setting::Entity::insert(row).exec_without_returning(tx.raw()).await?;
        }
    }
    insert_plans(&tx, shop.currency).await?;
    tx.commit().await
}

async fn has_sold(tx: &TenantTx) -> Result<bool, StoreError> {
    let order = order::Entity::find().one(tx.raw()).await?;
    let access = subscription::Entity::find().one(tx.raw()).await?;
    Ok(order.is_some() || access.is_some())
}

async fn insert_plans(tx: &TenantTx, currency: Currency) -> Result<(), StoreError> {
    let mut prices = template::prices(currency).into_iter();
    for (position, starter) in (1..).zip(template::plans()) {
        let id = PlanId::new();
        let row = plan::ActiveModel {
            id: Set(id),
            position: Set(position),
            kind: Set(starter.kind),
            names: Set(names(&starter)),
            days: Set(starter.days),
            traffic_bytes: Set(Some(starter.traffic)),
            active: Set(true),
            created_at: Set(tx.now()),
        };
        plan::Entity::insert(row).exec_without_returning(tx.raw()).await?;
        let price = (starter.kind == PlanKind::Paid).then(|| prices.next()).flatten();
        if let Some(amount) = price {
            let row = price::ActiveModel {
                id: Set(RowId::new()),
                plan_id: Set(id),
                currency: Set(amount.currency),
                amount_minor: Set(amount.minor),
            };
            price::Entity::insert(row).exec_without_returning(tx.raw()).await?;
        }
    }
    Ok(())
}

fn names(plan: &StarterPlan) -> Value {
    let pairs = Locale::ALL.into_iter().zip(plan.names);
    pairs
        .map(|(locale, name)| (locale.code().to_owned(), json!(name)))
        .collect::<serde_json::Map<_, _>>()
        .into()
}

/// A sandbox shop takes the test card; its account at the card page is made up on the spot.
async fn insert_test_method(tx: &TenantTx, sealer: &Sealer) -> Result<(), StoreError> {
    let id = RowId::new();
    let seal = |column| -> Result<Vec<u8>, StoreError> {
        let secret = made_up_secret()?;
        Ok(sealer.seal(place(column, id.0), &secret)?)
    };
    let row = payment_method::ActiveModel {
        id: Set(id),
        provider: Set(TEST_PROVIDER.to_owned()),
        enabled: Set(true),
        position: Set(1),
        account_id: Set(format!("shop_{}", tx.tenant())),
        sealed_api_key: Set(seal("sealed_api_key")?),
        sealed_webhook_secret: Set(seal("sealed_webhook_secret")?),
        settings: Set(json!({})),
        labels: Set(json!({})),
        min_minor: Set(None),
        max_minor: Set(None),
        created_at: Set(tx.now()),
    };
    payment_method::Entity::insert(row).exec_without_returning(tx.raw()).await?;
    Ok(())
}
