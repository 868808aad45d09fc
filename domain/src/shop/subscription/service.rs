//! Subscriptions and their targets.

use chrono::Duration;
use sea_orm::{
    ActiveModelTrait, ActiveValue::Set, ColumnTrait, EntityTrait, IntoActiveModel, QueryFilter, QueryOrder,
    QuerySelect, sea_query::Order,
};

use super::{
    jobs::Provision,
    rules,
    several::{self, Onto},
};
use crate::{
    db::{Conn, StoreError, TenantConn, TenantTx},
    entities::tenant::{
        grant::{self, GrantReason},
        order,
        subscription::{ActiveModel, COLUMN, Column, Entity, Model, TargetState},
        user,
    },
    ids::{GrantId, OrderId, PlanId, SubscriptionId, UserId},
    jobs,
    shop::{panel, plan, referral, refund::rules::taken_back},
    units::{Bytes, Days},
};

/// Time and traffic to give, and why.
#[derive(Clone, Copy, Debug)]
pub struct NewGrant {
    pub order: Option<OrderId>,
    pub reason: GrantReason,
    pub plan: PlanId,
    pub duration: Duration,
    pub traffic: Option<Bytes>,
    pub onto: Onto,
}

/// Days that nobody paid for.
#[derive(Clone, Copy, Debug)]
pub struct Bonus {
    /// Days of this plan for who has no access yet; who has some gets days of his own plan.
    pub plan: PlanId,
    pub days: Days,
    pub reason: GrantReason,
}

/// The access that is before the user: the one that he chose, else the one that ends last.
///
/// # Errors
/// [`StoreError::Database`].
pub async fn current_of(tx: &impl TenantConn, user: UserId) -> Result<Option<Model>, StoreError> {
    Ok(Entity::find()
        .filter(COLUMN.user_id.eq(user))
        .order_by(several::is_chosen(user), Order::Desc)
        .order_by_desc(Column::TargetExpire)
        .order_by_desc(Column::Id)
        .one(tx.raw())
        .await?)
}

/// The one that ends last, whichever is before the user.
///
/// # Errors
/// [`StoreError::Database`].
pub(in crate::shop) async fn last_of(
    tx: &impl TenantConn,
    user: UserId,
) -> Result<Option<Model>, StoreError> {
    let own = Entity::find().filter(COLUMN.user_id.eq(user)).order_by_desc(Column::TargetExpire);
    Ok(own.order_by_desc(Column::Id).one(tx.raw()).await?)
}

/// # Errors
/// [`StoreError::Database`].
pub async fn find(tx: &impl TenantConn, id: SubscriptionId) -> Result<Option<Model>, StoreError> {
    Ok(Entity::find_by_id(id).one(tx.raw()).await?)
}

/// # Errors
/// [`StoreError::Database`].
pub async fn lock(tx: &impl TenantConn, id: SubscriptionId) -> Result<Option<Model>, StoreError> {
    Ok(Entity::find_by_id(id).lock_exclusive().one(tx.raw()).await?)
}

/// The time that an order gave.
///
/// # Errors
/// [`StoreError::Database`].
pub async fn grant_of(tx: &impl TenantConn, order: OrderId) -> Result<Option<grant::Model>, StoreError> {
    Ok(grant::Entity::find().filter(grant::COLUMN.order_id.eq(Some(order))).one(tx.raw()).await?)
}

/// How long a grant is, without what was taken back of it; nothing when there is none.
///
/// # Errors
/// [`StoreError::Database`].
pub async fn seconds_of(tx: &impl TenantConn, grant: Option<GrantId>) -> Result<i64, StoreError> {
    let Some(id) = grant else { return Ok(0) };
    let found = grant::Entity::find_by_id(id).one(tx.raw()).await?;
    Ok(found.map_or(0, |grant| grant.seconds - grant.taken_back_seconds))
}

/// The grants of a subscription, in time.
///
/// # Errors
/// [`StoreError::Database`].
pub async fn grants_of(tx: &impl TenantConn, id: SubscriptionId) -> Result<Vec<grant::Model>, StoreError> {
    Ok(grant::Entity::find()
        .filter(grant::COLUMN.subscription_id.eq(id))
        .order_by_asc(grant::Column::PeriodStart)
        .order_by_asc(grant::Column::Id)
        .all(tx.raw())
        .await?)
}

/// Gives a user time, and puts an access that begins beside others before him. Queues the work on the panel
/// in the same transaction. `None` when the shop has no panel.
///
/// # Errors
/// [`StoreError::Database`].
pub async fn give(tx: &TenantTx, user: &user::Model, new: NewGrant) -> Result<Option<Model>, StoreError> {
    let present = match new.onto {
        Onto::Present => current_of(tx, user.id).await?.map(|row| row.id),
        Onto::This(id) => Some(id),
        Onto::Separate => None,
    };
    let present = match present {
        Some(id) => lock(tx, id).await?,
        None => None,
    };
    let subscription = match present {
        Some(row) => row,
        None => match panel::service::choose_for_paid(tx).await? {
            Some(panel) => begin(tx, user.id, panel, &new).await?,
            None => return Ok(None),
        },
    };
    if new.onto == Onto::Separate {
        several::choose(tx, user.id, subscription.id).await?;
    }
    let end = rules::end(&grants_of(tx, subscription.id).await?);
    insert_grant(tx, &subscription, &new, rules::period_start(tx.now(), end)).await?;
    let trial = subscription.trial && new.reason == GrantReason::Trial;
    // Traffic alone leaves the access what it is.
    let has_time = new.duration > Duration::zero();
    retarget(tx, subscription, |row| {
        if has_time {
            row.plan_id = Set(new.plan);
            row.trial = Set(trial);
        }
    })
    .await
    .map(Some)
}

/// Gives a user days for which nobody paid: on their present access, which stays what it is otherwise, or
/// on a new one. `None` when the shop has no panel.
///
/// # Errors
/// [`StoreError::Database`].
pub(in crate::shop) async fn give_bonus(
    tx: &TenantTx,
    user: &user::Model,
    bonus: Bonus,
) -> Result<Option<GrantId>, StoreError> {
    let present = match current_of(tx, user.id).await? {
        Some(row) => lock(tx, row.id).await?,
        None => None,
    };
    let id = present.as_ref().map_or(bonus.plan, |row| row.plan_id);
    let Some(plan) = plan::service::find(tx, id).await? else { return Ok(None) };
    let new = NewGrant {
        order: None,
        reason: bonus.reason,
        plan: id,
        duration: Duration::seconds(bonus.days.seconds()),
        traffic: referral::rules::traffic(&plan, bonus.days),
        onto: Onto::Present,
    };
    let subscription = match present {
        Some(row) => row,
        None => match panel::service::choose_for_paid(tx).await? {
            Some(panel) => begin(tx, user.id, panel, &new).await?,
            None => return Ok(None),
        },
    };
    let end = rules::end(&grants_of(tx, subscription.id).await?);
    let grant = insert_grant(tx, &subscription, &new, rules::period_start(tx.now(), end)).await?;
    retarget(tx, subscription, |_| {}).await?;
    Ok(Some(grant))
}

/// Drives the panel to the target once more, whatever was written down of it.
///
/// # Errors
/// [`StoreError::Database`].
pub(in crate::shop) async fn redrive(tx: &TenantTx, id: SubscriptionId) -> Result<(), StoreError> {
    let Some(subscription) = lock(tx, id).await? else { return Ok(()) };
    retarget(tx, subscription, |_| {}).await?;
    Ok(())
}

/// Adds time that was lost because the panel was away, right after the access that is there.
pub(super) async fn compensate(
    tx: &TenantTx,
    subscription: &Model,
    lost: Duration,
) -> Result<(), StoreError> {
    let new = NewGrant {
        order: None,
        reason: GrantReason::Compensation,
        plan: subscription.plan_id,
        duration: lost,
        traffic: None,
        onto: Onto::This(subscription.id),
    };
    insert_grant(tx, subscription, &new, subscription.target_expire).await?;
    retarget(tx, subscription.clone(), |_| {}).await?;
    Ok(())
}

/// Takes back what an order gave, by the share of its money that has gone back so far, but never what
/// is used up. What was bought besides moves ahead and stays whole.
pub(in crate::shop) async fn take_back(
    tx: &TenantTx,
    order: &order::Model,
    refunded: i64,
) -> Result<(), StoreError> {
    match order.subscription_id {
        Some(id) => {
            shorten(tx, id, |grant| grant.order_id == Some(order.id), (refunded, order.amount_minor)).await
        }
        None => Ok(()),
    }
}

/// Takes back what is not used of a bonus.
pub(in crate::shop) async fn take_back_bonus(tx: &TenantTx, id: GrantId) -> Result<(), StoreError> {
    match grant::Entity::find_by_id(id).one(tx.raw()).await? {
        Some(bonus) => shorten(tx, bonus.subscription_id, |grant| grant.id == id, (1, 1)).await,
        None => Ok(()),
    }
}

/// Takes this share of a grant back.
async fn shorten(
    tx: &TenantTx,
    id: SubscriptionId,
    is_meant: impl Fn(&grant::Model) -> bool,
    (share, whole): (i64, i64),
) -> Result<(), StoreError> {
    let Some(subscription) = lock(tx, id).await? else { return Ok(()) };
    let mut grants = grants_of(tx, id).await?;
    let Some(index) = grants.iter().position(is_meant) else { return Ok(()) };
    let used = rules::used_of(&grants, index, subscription.used_traffic);
    let (seconds, bytes) = taken_back(&grants[index], (share, whole), tx.now(), used);
    grants[index].taken_back_seconds = seconds;
    grants[index].taken_back_bytes = bytes;
    if share == whole && grants[index].traffic_bytes.is_none() {
        // What was without limit does not lift the limit of what was bought besides any more.
        grants[index].traffic_bytes = Some(used);
    }
    for grant in rules::chained(grants) {
        grant::ActiveModel {
            id: Set(grant.id),
            traffic_bytes: Set(grant.traffic_bytes),
            taken_back_seconds: Set(grant.taken_back_seconds),
            taken_back_bytes: Set(grant.taken_back_bytes),
            period_start: Set(grant.period_start),
            period_end: Set(grant.period_end),
            ..Default::default()
        }
        .update(tx.raw())
        .await?;
    }
    retarget(tx, subscription, |_| {}).await?;
    Ok(())
}

async fn begin(
    tx: &TenantTx,
    user: UserId,
    panel: crate::ids::PanelId,
    new: &NewGrant,
) -> Result<Model, StoreError> {
    let id = SubscriptionId::new();
    let row = ActiveModel {
        id: Set(id),
        user_id: Set(user),
        panel_id: Set(panel),
        plan_id: Set(new.plan),
        username: Set(account_name(id)),
        trial: Set(new.reason == GrantReason::Trial),
        target_expire: Set(tx.now()),
        target_data_limit: Set(None),
        target_status: Set(TargetState::Active),
        target_version: Set(0),
        applied_version: Set(0),
        provisioned_at: Set(None),
        applied_at: Set(None),
        used_traffic: Set(Bytes(0)),
        panel_status: Set(None),
        links: Set(serde_json::json!([])),
        subscription_url: Set(None),
        read_at: Set(None),
        created_at: Set(tx.now()),
    };
    Ok(row.insert(tx.raw()).await?)
}

/// The account's name follows from the subscription, so that a lost answer is found again. `[a-z0-9_]`,
/// 23 characters, of the 32 that Marzban takes; the digits kept are the random ones of the UUIDv7.
fn account_name(id: SubscriptionId) -> String {
    format!("by_{}", &id.to_string()[12..])
}

async fn insert_grant(
    tx: &TenantTx,
    subscription: &Model,
    new: &NewGrant,
    start: chrono::DateTime<chrono::Utc>,
) -> Result<GrantId, StoreError> {
    let id = GrantId::new();
    let row = grant::ActiveModel {
        id: Set(id),
        order_id: Set(new.order),
        subscription_id: Set(subscription.id),
        reason: Set(new.reason),
        seconds: Set(new.duration.num_seconds()),
        traffic_bytes: Set(new.traffic),
        taken_back_seconds: Set(0),
        taken_back_bytes: Set(Bytes(0)),
        target_version: Set(subscription.target_version + 1),
        period_start: Set(start),
        period_end: Set(start + Duration::seconds(new.duration.num_seconds())),
        created_at: Set(tx.now()),
    };
    grant::Entity::insert(row).exec_without_returning(tx.raw()).await?;
    Ok(id)
}

/// Computes the target from the grants and queues the work on the panel.
async fn retarget(
    tx: &TenantTx,
    subscription: Model,
    change: impl FnOnce(&mut ActiveModel),
) -> Result<Model, StoreError> {
    let grants = grants_of(tx, subscription.id).await?;
    let (expire, version) = (rules::end(&grants), subscription.target_version + 1);
    let (id, panel, present_end) = (subscription.id, subscription.panel_id, subscription.target_expire);
    let mut row = subscription.into_active_model();
    row.target_expire = Set(expire.unwrap_or(present_end));
    row.target_data_limit = Set(rules::data_limit(&grants));
    row.target_version = Set(version);
    change(&mut row);
    let row = row.update(tx.raw()).await?;
    jobs::enqueue(tx, &Provision { subscription: id, panel }, tx.now()).await?;
    Ok(row)
}
