//! What users agreed to be charged for without being asked again. Said at a purchase, it begins with the
//! purchase; said in the profile, at once.

use sea_orm::{
    ActiveModelTrait, ActiveValue::Set, ColumnTrait, EntityTrait, IntoActiveModel, ModelTrait,
    PaginatorTrait, QueryFilter,
};

use super::standing;
use crate::{
    db::{Conn, StoreError, TenantConn, TenantTx},
    entities::tenant::{
        auto_renewal::{ActiveModel, COLUMN, Column, Entity, Model},
        order::{self, For, OrderState},
        subscription,
    },
    ids::{BotId, PlanId, RowId, SubscriptionId, UserId},
    money::Money,
    shop::{
        order::{service as orders, terms},
        promo::redemption,
        subscription::service as subscriptions,
    },
};

/// Who agrees to what, and in which bot.
#[derive(Clone, Copy, Debug)]
pub struct Agreed {
    pub user: UserId,
    pub bot: BotId,
    pub plan: PlanId,
    /// What they saw.
    pub price: Money,
}

impl Model {
    pub const fn price(&self) -> Money {
        Money::new(self.amount_minor, self.currency)
    }
}

/// What is in force for a user.
///
/// # Errors
/// [`StoreError::Database`].
pub async fn of_user(tx: &impl TenantConn, user: UserId) -> Result<Option<Model>, StoreError> {
    let begun = Entity::find().filter(COLUMN.user_id.eq(user)).filter(Column::BeganAt.is_not_null());
    Ok(begun.one(tx.raw()).await?)
}

/// What is in force for one access of a user's.
///
/// # Errors
/// [`StoreError::Database`].
pub async fn of_access(
    tx: &impl TenantConn,
    access: &subscription::Model,
) -> Result<Option<Model>, StoreError> {
    let Some(agreed) = of_user(tx, access.user_id).await? else { return Ok(None) };
    let renewed = match agreed.subscription_id {
        Some(id) => Some(id),
        None => subscriptions::last_of(tx, access.user_id).await?.map(|row| row.id),
    };
    Ok((renewed == Some(access.id)).then_some(agreed))
}

/// What the user said about this plan, in force or not yet.
///
/// # Errors
/// [`StoreError::Database`].
pub async fn about(tx: &impl TenantConn, user: UserId, plan: PlanId) -> Result<Option<Model>, StoreError> {
    let said = Entity::find().filter(COLUMN.user_id.eq(user)).filter(COLUMN.plan_id.eq(plan));
    Ok(said.one(tx.raw()).await?)
}

/// Whether the user agreed to anything.
pub(super) async fn has_agreed(tx: &impl TenantConn, user: UserId) -> Result<bool, StoreError> {
    Ok(Entity::find().filter(COLUMN.user_id.eq(user)).count(tx.raw()).await? > 0)
}

/// Whether anything is in force in this shop.
///
/// # Errors
/// [`StoreError::Database`].
pub async fn exist(tx: &impl TenantConn) -> Result<bool, StoreError> {
    Ok(Entity::find().filter(Column::BeganAt.is_not_null()).count(tx.raw()).await? > 0)
}

/// Said at a purchase: it begins when the plan is bought. What the user has open for the plan is given
/// up, because a payment page was opened, or not, with the leave to keep the card.
///
/// # Errors
/// [`StoreError::Database`].
pub async fn wish(tx: &TenantTx, agreed: Agreed) -> Result<(), StoreError> {
    if about(tx, agreed.user, agreed.plan).await?.is_none() {
        insert(tx, agreed, Begins::WhenBought).await?;
        give_up_open(tx, agreed.user, agreed.plan).await?;
    }
    Ok(())
}

/// Takes back what was said about a plan, or ends what is in force.
///
/// # Errors
/// [`StoreError::Database`].
pub async fn unsay(tx: &TenantTx, user: UserId, plan: PlanId) -> Result<(), StoreError> {
    if let Some(row) = about(tx, user, plan).await? {
        row.delete(tx.raw()).await?;
        give_up_open(tx, user, plan).await?;
    }
    Ok(())
}

/// Said in the profile: in force at once for the access that is before him, in place of what was before.
///
/// # Errors
/// [`StoreError::Database`].
pub async fn agree(tx: &TenantTx, agreed: Agreed) -> Result<(), StoreError> {
    end(tx, agreed.user).await?;
    standing::stop(tx, agreed.user).await?;
    let access = subscriptions::current_of(tx, agreed.user).await?;
    insert(tx, agreed, Begins::Now(access.map(|row| row.id))).await
}

/// Ends everything that charges a user without asking: what they agreed to, and what a provider repeats.
///
/// # Errors
/// [`StoreError::Database`].
pub(in crate::shop) async fn end_all(tx: &TenantTx, user: UserId) -> Result<(), StoreError> {
    standing::stop(tx, user).await?;
    end(tx, user).await
}

/// Ends everything that the user agreed to.
///
/// # Errors
/// [`StoreError::Database`].
pub async fn end(tx: &TenantTx, user: UserId) -> Result<(), StoreError> {
    Entity::delete_many().filter(COLUMN.user_id.eq(user)).exec(tx.raw()).await?;
    Ok(())
}

/// The plan was bought: what was said about it is in force from now on, at the price that was paid or, with
/// a promo code, would have been without it. False when nothing was said.
pub(in crate::shop) async fn begin(tx: &TenantTx, order: &order::Model) -> Result<bool, StoreError> {
    let For::Plan(bought) = order.is_for() else { return Ok(false) };
    let Some(said) = about(tx, order.user_id, bought.plan).await? else { return Ok(false) };
    standing::stop(tx, order.user_id).await?;
    let others = Entity::delete_many().filter(COLUMN.user_id.eq(order.user_id));
    others.filter(COLUMN.id.ne(said.id)).exec(tx.raw()).await?;
    let began = said.began_at.unwrap_or_else(|| tx.now());
    let price = redemption::full_price(tx, order).await?;
    let mut row = said.into_active_model();
    row.amount_minor = Set(price.minor);
    row.currency = Set(order.currency);
    row.began_at = Set(Some(began));
    row.subscription_id = Set(order.subscription_id);
    row.update(tx.raw()).await?;
    Ok(true)
}

enum Begins {
    WhenBought,
    /// For this access, if there is one yet.
    Now(Option<SubscriptionId>),
}

async fn insert(tx: &TenantTx, agreed: Agreed, begins: Begins) -> Result<(), StoreError> {
    let (began_at, access) = match begins {
        Begins::WhenBought => (None, None),
        Begins::Now(access) => (Some(tx.now()), access),
    };
    let row = ActiveModel {
        id: Set(RowId::new()),
        user_id: Set(agreed.user),
        bot_id: Set(agreed.bot),
        plan_id: Set(agreed.plan),
        amount_minor: Set(agreed.price.minor),
        currency: Set(agreed.price.currency),
        agreed_at: Set(tx.now()),
        began_at: Set(began_at),
        subscription_id: Set(access),
    };
    row.insert(tx.raw()).await?;
    Ok(())
}

async fn give_up_open(tx: &TenantTx, user: UserId, plan: PlanId) -> Result<(), StoreError> {
    let open = order::Entity::find()
        .filter(order::COLUMN.user_id.eq(user))
        .filter(order::COLUMN.plan_id.eq(Some(plan)))
        .filter(order::COLUMN.state.is_in([OrderState::New, OrderState::Pending]))
        .filter(terms::by_hand());
    for order in open.all(tx.raw()).await? {
        orders::advance(tx, &order, OrderState::Expired).await?;
    }
    Ok(())
}
