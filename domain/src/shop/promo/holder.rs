//! The code that lies ready for a user's next order. It stays until he takes it off, pays with it, or takes
//! another: leaving a purchase half-way loses nothing.

use sea_orm::{
    ActiveModelTrait,
    ActiveValue::Set,
    ColumnTrait, EntityTrait, IntoActiveModel, QueryFilter,
    sea_query::{Expr, OnConflict},
};

use super::{
    code, redemption,
    rules::{self, Refusal},
    service,
    tries::Tries,
};
use crate::{
    clock::Clock,
    db::{Conn, StoreError, TenantConn, TenantTx},
    entities::tenant::{
        plan, promo_code,
        promo_holder::{ActiveModel, COLUMN, Column, Entity, Model},
    },
    ids::{PromoId, UserId},
};

/// What came of a code that was typed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Taken {
    /// It lies ready now, in place of what lay there before.
    Ready(promo_code::Model),
    /// It lay ready already.
    Already(promo_code::Model),
    Refused(Refusal),
}

/// How the code that lies ready stands to a plan.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Standing {
    pub code: promo_code::Model,
    /// Why it does nothing for this plan.
    pub refused: Option<Refusal>,
}

/// Takes a code as a user typed it. What comes of it is to be committed, a refusal too: wrong tries are
/// counted.
///
/// # Errors
/// [`StoreError::Database`].
pub async fn take(tx: &TenantTx, user: UserId, typed: &str) -> Result<Taken, StoreError> {
    let holder = of_user(tx, user).await?;
    let tries = holder.as_ref().map_or_else(Tries::default, Model::tries);
    if let Some(until) = tries.barred(tx.now()) {
        return Ok(Taken::Refused(Refusal::Barred(until)));
    }
    let found = match code::read(typed) {
        Some(name) => service::named(tx, &name).await?,
        None => None,
    };
    let Some(found) = found else { return wrong(tx, user, tries).await };
    if let Err(refused) = usable(tx, &found, user).await? {
        return Ok(Taken::Refused(refused));
    }
    if holder.is_some_and(|holder| holder.promo_id == Some(found.id)) {
        return Ok(Taken::Already(found));
    }
    let mut row = open(tx, user).await?.into_active_model();
    row.promo_id = Set(Some(found.id));
    row.update(tx.raw()).await?;
    Ok(Taken::Ready(found))
}

/// What lies ready for a user.
///
/// # Errors
/// [`StoreError::Database`].
pub async fn ready(tx: &impl TenantConn, user: UserId) -> Result<Option<promo_code::Model>, StoreError> {
    match of_user(tx, user).await?.and_then(|holder| holder.promo_id) {
        Some(id) => service::find(tx, id).await,
        None => Ok(None),
    }
}

/// What lies ready for a user, and whether it works on a plan now.
///
/// # Errors
/// [`StoreError::Database`].
pub async fn standing(
    tx: &impl TenantConn,
    user: UserId,
    plan: &plan::Model,
) -> Result<Option<Standing>, StoreError> {
    let Some(code) = ready(tx, user).await? else { return Ok(None) };
    let refused = match usable(tx, &code, user).await? {
        Err(refused) => Some(refused),
        Ok(()) => (!rules::fits(&code, plan)).then_some(Refusal::OtherPlan),
    };
    Ok(Some(Standing { code, refused }))
}

/// Takes off what lies ready; with a code only when it is that one.
///
/// # Errors
/// [`StoreError::Database`].
pub async fn lay_down(tx: &TenantTx, user: UserId, only: Option<PromoId>) -> Result<(), StoreError> {
    let mut rows = Entity::update_many()
        .col_expr(Column::PromoId, Expr::value(None::<PromoId>))
        .filter(COLUMN.user_id.eq(user));
    if let Some(only) = only {
        rows = rows.filter(COLUMN.promo_id.eq(Some(only)));
    }
    rows.exec(tx.raw()).await?;
    Ok(())
}

async fn usable(
    tx: &impl TenantConn,
    code: &promo_code::Model,
    user: UserId,
) -> Result<Result<(), Refusal>, StoreError> {
    let uses = redemption::uses(tx, code.id, user).await?;
    Ok(rules::check(code, &uses, tx.clock().now()))
}

async fn wrong(tx: &TenantTx, user: UserId, tries: Tries) -> Result<Taken, StoreError> {
    let tries = tries.after_wrong(tx.now());
    let mut row = open(tx, user).await?.into_active_model();
    row.wrong_tries = Set(tries.wrong);
    row.tried_since = Set(tries.since);
    row.barred_until = Set(tries.barred_until);
    row.update(tx.raw()).await?;
    let refused = tries.barred(tx.now()).map_or(Refusal::Unknown, Refusal::Barred);
    Ok(Taken::Refused(refused))
}

impl Model {
    const fn tries(&self) -> Tries {
        Tries { wrong: self.wrong_tries, since: self.tried_since, barred_until: self.barred_until }
    }
}

async fn of_user(tx: &impl TenantConn, user: UserId) -> Result<Option<Model>, StoreError> {
    Ok(Entity::find_by_id(user).one(tx.raw()).await?)
}

async fn open(tx: &TenantTx, user: UserId) -> Result<Model, StoreError> {
    let row = ActiveModel {
        user_id: Set(user),
        promo_id: Set(None),
        wrong_tries: Set(0),
        tried_since: Set(None),
        barred_until: Set(None),
    };
    let keep = OnConflict::new().do_nothing().to_owned();
    Entity::insert(row).on_conflict(keep).exec_without_returning(tx.raw()).await?;
    Ok(of_user(tx, user).await?.ok_or(sea_orm::DbErr::RecordNotInserted)?)
}
