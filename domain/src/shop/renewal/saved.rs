//! Ways to pay that users let us keep. Whoever removes theirs has it forgotten, row and all.

use sea_orm::{ActiveModelTrait, ActiveValue::Set, ColumnTrait, EntityTrait, QueryFilter};
use secrecy::SecretString;
use uuid::Uuid;

use super::jobs::KeepMethod;
use crate::{
    db::{Conn, SealedIn, StoreError, TenantConn, TenantDb, TenantTx},
    entities::tenant::{
        order,
        saved_method::{ActiveModel, COLUMN, Entity, Model},
    },
    faults,
    ids::{OrderId, RowId, UserId},
    jobs::{self, JobError},
    ports::{GatewayError, Kept, Notice, SavedMethod},
    shop::{
        order::service as orders,
        payment::{House, Providers, providers, settle},
        renewal::agreement,
    },
};

/// What a user has saved.
///
/// # Errors
/// [`StoreError::Database`].
pub async fn of_user(tx: &impl TenantConn, user: UserId) -> Result<Option<Model>, StoreError> {
    Ok(Entity::find().filter(COLUMN.user_id.eq(user)).one(tx.raw()).await?)
}

/// The provider's name for it; `None` when it came without its secret.
pub(super) fn token(tx: &impl TenantConn, saved: &Model) -> Result<Option<SecretString>, StoreError> {
    if saved.sealed_token.is_empty() {
        return Ok(None);
    }
    Ok(Some(tx.sealer().open(place(saved.id.0), &saved.sealed_token)?))
}

/// Forgets what a user has saved. False when there was nothing.
///
/// # Errors
/// [`StoreError::Database`].
pub async fn forget(tx: &TenantTx, user: UserId) -> Result<bool, StoreError> {
    let gone = Entity::delete_many().filter(COLUMN.user_id.eq(user)).exec(tx.raw()).await?;
    Ok(gone.rows_affected > 0)
}

/// Has the provider asked what became of the way in which the order was paid, or refused.
pub(in crate::shop) async fn look_at(tx: &TenantTx, order: &order::Model) -> Result<(), StoreError> {
    if House::find(&order.provider).is_none() {
        jobs::enqueue(tx, &KeepMethod { order: order.id }, tx.now()).await?;
    }
    Ok(())
}

/// The job.
///
/// # Errors
/// [`JobError`].
pub async fn keep(db: &TenantDb, all: &Providers, id: OrderId) -> Result<(), JobError> {
    let tx = db.read().await?;
    let Some(order) = orders::find(&tx, id).await? else { return Ok(()) };
    let Some(provider) = all.find(&order.provider).filter(|found| found.gateway.charges_saved()) else {
        return Ok(());
    };
    let Some(account) = providers::account(&tx, provider).await? else { return Ok(()) };
    drop(tx);
    let (Some(payment), true) = (&order.provider_payment_id, account.account_id == order.provider_account)
    else {
        return Ok(());
    };
    faults::hit(faults::PROVIDER_READ_BEFORE);
    let kept = match provider.gateway.kept(&account, payment).await {
        Ok(kept) => kept,
        Err(error @ (GatewayError::Unavailable(_) | GatewayError::Credentials)) => {
            return Err(JobError::retry(error));
        }
        Err(error @ (GatewayError::Refused(_) | GatewayError::NotFound)) => {
            return Err(JobError::fail(error));
        }
    };
    let tx = db.write().await?;
    match kept {
        Kept::Saved(method) if agreement::has_agreed(&tx, order.user_id).await? => {
            save(&tx, &order, &method).await?;
        }
        Kept::Withdrawn => withdraw(&tx, &order).await?,
        Kept::Saved(_) | Kept::Not => {}
    }
    Ok(tx.commit().await?)
}

/// In place of what was saved before.
async fn save(tx: &TenantTx, order: &order::Model, method: &SavedMethod) -> Result<(), StoreError> {
    forget(tx, order.user_id).await?;
    let id = RowId::new();
    let row = ActiveModel {
        id: Set(id),
        user_id: Set(order.user_id),
        bot_id: Set(order.bot_id),
        provider: Set(order.provider.clone()),
        account_id: Set(order.provider_account.clone()),
        sealed_token: Set(tx.sealer().seal(place(id.0), &method.token)?),
        title: Set(method.title.clone()),
        created_at: Set(tx.now()),
    };
    row.insert(tx.raw()).await?;
    Ok(())
}

/// The user, or the bank, allows no more charges.
async fn withdraw(tx: &TenantTx, order: &order::Model) -> Result<(), StoreError> {
    let Some(saved) = of_user(tx, order.user_id).await? else { return Ok(()) };
    if saved.provider != order.provider || saved.created_at > order.created_at {
        return Ok(());
    }
    forget(tx, order.user_id).await?;
    settle::tell(tx, order, "method_withdrawn", &Notice::SavedMethodWithdrawn { title: saved.title }).await
}

fn place(row: Uuid) -> SealedIn<'static> {
    SealedIn { table: "saved_methods", column: "sealed_token", row }
}
