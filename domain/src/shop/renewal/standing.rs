//! Payments that a provider repeats by itself every so many days until they are called off: subscriptions
//! paid in Telegram Stars. Each is an order of its own, at the price and with the terms of the first, and made
//! when the provider says that it was paid. It is made once by the provider's name for the payment, which is
//! unique in the orders.

use chrono::{DateTime, Duration, Utc};
use sea_orm::{
    ActiveModelTrait,
    ActiveValue::Set,
    ColumnTrait, EntityTrait, IntoActiveModel, PaginatorTrait, QueryFilter, QueryOrder, QuerySelect,
    sea_query::{Query, SelectStatement},
};

use super::{
    agreement,
    jobs::{CallOff, TellStanding},
};
use crate::{
    clock::Clock,
    db::{Conn, StoreError, TenantConn, TenantDb, TenantTx},
    entities::tenant::{
        order::{self, For},
        standing_payment::{ActiveModel, COLUMN, Column, Entity, Model},
        subscription, user,
    },
    ids::{OrderId, RowId, UserId},
    jobs::{self, JobError},
    money::Money,
    ports::{GatewayError, PaymentFacts},
    shop::{
        order::{service as orders, terms},
        payment::{Providers, providers},
        subscription::several::Onto,
    },
};

/// The provider may be late with a payment by so long before we say that it repeats it no more.
const LATE: Duration = Duration::days(2);
/// How long the word about a repeated payment is waited for.
const OPEN_FOR: Duration = Duration::hours(24);

/// Something that a provider repeats, and the order with which it began.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Standing {
    pub row: Model,
    pub order: order::Model,
}

impl Standing {
    /// Whether the provider goes on, as far as we know.
    pub const fn is_on(&self) -> bool {
        self.row.stopped_at.is_none() && self.row.resumed_at.is_none()
    }

    /// Whether it was called off, and may go on again if the user says so at the provider.
    pub const fn is_allowed(&self) -> bool {
        self.row.stopped_at.is_none() && self.row.resumed_at.is_some()
    }

    /// What is taken each time.
    pub const fn price(&self) -> Money {
        Money::new(self.order.amount_minor, self.order.currency)
    }
}

/// What a user has at a provider, called off or not, until the time ends that it has paid for.
///
/// # Errors
/// [`StoreError::Database`].
pub async fn of_user(tx: &impl TenantConn, user: UserId) -> Result<Option<Standing>, StoreError> {
    let row = Entity::find()
        .filter(COLUMN.user_id.eq(user))
        .filter(COLUMN.paid_until.gt(tx.clock().now() - LATE))
        // What goes on stands before what was called off.
        .order_by_desc(Column::StoppedAt.is_null())
        .order_by_desc(Column::BeganAt)
        .one(tx.raw())
        .await?;
    // What was called off has nothing to be late with.
    let is_over = |row: &Model| row.stopped_at.is_some() && row.paid_until <= Some(tx.clock().now());
    let Some(row) = row.filter(|row| !is_over(row)) else { return Ok(None) };
    Ok(orders::find(tx, row.order_id).await?.map(|order| Standing { row, order }))
}

/// What of it is for this access.
///
/// # Errors
/// [`StoreError::Database`].
pub(in crate::shop) async fn of_access(
    tx: &impl TenantConn,
    access: &subscription::Model,
) -> Result<Option<Standing>, StoreError> {
    let standing = of_user(tx, access.user_id).await?;
    Ok(standing.filter(|standing| standing.order.subscription_id == Some(access.id)))
}

/// Whether anything goes on in this shop.
///
/// # Errors
/// [`StoreError::Database`].
pub async fn exist(tx: &impl TenantConn) -> Result<bool, StoreError> {
    let running = Entity::find().filter(Column::BeganAt.is_not_null()).filter(Column::StoppedAt.is_null());
    Ok(running.count(tx.raw()).await? > 0)
}

/// What began, or is to begin, with an order.
///
/// # Errors
/// [`StoreError::Database`].
pub async fn of_order(tx: &impl TenantConn, order: OrderId) -> Result<Option<Model>, StoreError> {
    Ok(Entity::find().filter(COLUMN.order_id.eq(order)).one(tx.raw()).await?)
}

/// The orders with which something begins that is repeated.
pub(in crate::shop) fn orders() -> SelectStatement {
    Query::select().column(Column::OrderId).from(Entity).to_owned()
}

/// The order's payment is to be repeated, once it is paid.
pub(in crate::shop) async fn ordered(tx: &TenantTx, order: &order::Model) -> Result<(), StoreError> {
    if of_order(tx, order.id).await?.is_some() {
        return Ok(());
    }
    let row = ActiveModel {
        id: Set(RowId::new()),
        order_id: Set(order.id),
        user_id: Set(order.user_id),
        began_at: Set(None),
        paid_until: Set(None),
        stopped_at: Set(None),
        resumed_at: Set(None),
        told: Set(true),
        created_at: Set(tx.now()),
    };
    row.insert(tx.raw()).await?;
    Ok(())
}

/// The order of a payment that the provider repeated, made now if it is not there. `None` when it repeats
/// none of ours.
pub(in crate::shop) async fn order_for(
    tx: &TenantTx,
    provider: &str,
    facts: &PaymentFacts,
) -> Result<Option<order::Model>, StoreError> {
    let Some(first) = facts.repeats else { return Ok(None) };
    let Some(first) = orders::lock(tx, first).await?.filter(|order| order.provider == provider) else {
        return Ok(None);
    };
    let made = order::Entity::find()
        .filter(order::COLUMN.provider.eq(provider))
        .filter(order::COLUMN.provider_account.eq(first.provider_account.as_str()))
        .filter(order::COLUMN.provider_payment_id.eq(Some(facts.provider_payment_id.clone())))
        .one(tx.raw())
        .await?;
    if made.is_some() || of_order(tx, first.id).await?.is_none() {
        return Ok(made);
    }
    let For::Plan(bought) = first.is_for() else { return Ok(None) };
    let terms = terms::Terms {
        id: OrderId::new(),
        user: first.user_id,
        bot: first.bot_id,
        plan: Some(bought),
        amount: Money::new(first.amount_minor, first.currency),
        provider,
        account: &first.provider_account,
        open_for: OPEN_FOR,
        onto: Onto::of(&first),
        renews: None,
        promo: None,
        repeats: Some((first.id, &facts.provider_payment_id)),
    };
    Ok(Some(terms::insert(tx, terms).await?))
}

/// One of them was paid, the first or a further one. False when the order is none of them.
pub(super) async fn paid(
    tx: &TenantTx,
    order: &order::Model,
    facts: &PaymentFacts,
) -> Result<bool, StoreError> {
    let Some(row) = of_order(tx, order.repeats.unwrap_or(order.id)).await? else { return Ok(false) };
    let is_first = row.began_at.is_none();
    if is_first {
        // One thing at a time charges a user.
        agreement::end_all(tx, order.user_id).await?;
    }
    let at = facts.paid_at.unwrap_or_else(|| tx.now());
    let until = at + Duration::seconds(order.plan_days.map_or(0, |days| days.seconds()));
    let until = row.paid_until.map_or(until, |known| known.max(until));
    let (id, began, is_stopped) = (row.id, row.began_at.unwrap_or(at), row.stopped_at.is_some());
    let mut row = row.into_active_model();
    row.began_at = Set(Some(began));
    row.paid_until = Set(Some(until));
    row.resumed_at = Set(None);
    row.update(tx.raw()).await?;
    if is_stopped {
        // It was taken all the same, so that the provider is told once more.
        tell_again(tx, id).await?;
    }
    Ok(true)
}

/// Nothing more is to be taken from a user.
///
/// # Errors
/// [`StoreError::Database`].
pub async fn stop(tx: &TenantTx, user: UserId) -> Result<(), StoreError> {
    let running = Entity::find()
        .filter(COLUMN.user_id.eq(user))
        .filter(Column::BeganAt.is_not_null())
        .filter(Column::StoppedAt.is_null());
    for row in running.all(tx.raw()).await? {
        let (id, order) = (row.id, row.order_id);
        let mut row = row.into_active_model();
        row.stopped_at = Set(Some(tx.now()));
        row.resumed_at = Set(None);
        row.update(tx.raw()).await?;
        orders::record(tx, order, "repeat_stopped", None).await?;
        tell_again(tx, id).await?;
    }
    Ok(())
}

/// Calls off all that is repeated into an account, because a bot is about to go and nobody would hear of it
/// any more. True when there is nothing of which the provider still has to be told.
///
/// # Errors
/// [`StoreError::Database`].
pub async fn let_go(tx: &TenantTx, account: &str) -> Result<bool, StoreError> {
    let paid_there = Query::select()
        .column(order::Column::Id)
        .from(order::Entity)
        .and_where(order::Column::ProviderAccount.eq(account))
        .to_owned();
    let there =
        Entity::find().filter(Column::BeganAt.is_not_null()).filter(Column::OrderId.in_subquery(paid_there));
    for row in there.clone().filter(Column::StoppedAt.is_null()).all(tx.raw()).await? {
        stop(tx, row.user_id).await?;
    }
    Ok(there.filter(Column::Told.eq(false)).count(tx.raw()).await? == 0)
}

/// The orders whose method has to stay: what goes on is paid into its account, and may be for a while after
/// it was called off.
pub(in crate::shop) fn awaited(now: DateTime<Utc>) -> SelectStatement {
    orders().and_where(Column::PaidUntil.gt(now - LATE)).to_owned()
}

/// What a user called off may go on, in place of whatever else charges them: the provider is told, and the
/// user lets it go on there. False when its time is over.
///
/// # Errors
/// [`StoreError::Database`].
pub async fn resume(tx: &TenantTx, user: UserId) -> Result<bool, StoreError> {
    let Some(Standing { row, .. }) = of_user(tx, user).await? else { return Ok(false) };
    if row.paid_until.is_none_or(|until| until <= tx.now()) {
        return Ok(false);
    }
    if row.stopped_at.is_none() {
        return Ok(true);
    }
    agreement::end(tx, user).await?;
    let (id, order) = (row.id, row.order_id);
    let mut row = row.into_active_model();
    row.stopped_at = Set(None);
    row.resumed_at = Set(Some(tx.now()));
    row.update(tx.raw()).await?;
    orders::record(tx, order, "repeat_resumed", None).await?;
    tell_again(tx, id).await?;
    Ok(true)
}

/// Whom the shop has shut out is charged no more.
pub(super) async fn stop_banned(db: &TenantDb) -> Result<(), StoreError> {
    let tx = db.read().await?;
    let banned = Query::select()
        .column(user::Column::Id)
        .from(user::Entity)
        .and_where(user::Column::BannedAt.is_not_null())
        .to_owned();
    let running = Entity::find()
        .filter(Column::BeganAt.is_not_null())
        .filter(Column::StoppedAt.is_null())
        .filter(Column::UserId.in_subquery(banned))
        .all(tx.raw())
        .await?;
    drop(tx);
    if running.is_empty() {
        return Ok(());
    }
    let tx = db.write().await?;
    for row in running {
        stop(&tx, row.user_id).await?;
    }
    tx.commit().await
}

async fn tell_again(tx: &TenantTx, id: RowId) -> Result<(), StoreError> {
    ActiveModel { id: Set(id), told: Set(false), ..Default::default() }.update(tx.raw()).await?;
    jobs::enqueue(tx, &TellStanding { standing: id }, tx.now()).await
}

/// A payment of the same link that is none of its repetitions: somebody paid twice. It lies with a person,
/// and what began with it is called off.
pub(in crate::shop) async fn second(tx: &TenantTx, order: OrderId, payment: &str) -> Result<(), StoreError> {
    if of_order(tx, order).await?.is_none() {
        return Ok(());
    }
    jobs::enqueue(tx, &CallOff { order, payment: payment.to_owned() }, tx.now()).await
}

/// The job that tells the provider what is wanted.
///
/// # Errors
/// [`JobError::Retry`] until it has understood.
pub async fn tell(db: &TenantDb, all: &Providers, id: RowId) -> Result<(), JobError> {
    let tx = db.read().await?;
    let row = Entity::find_by_id(id).one(tx.raw()).await.map_err(StoreError::from)?;
    let Some(row) = row.filter(|row| !row.told) else { return Ok(()) };
    drop(tx);
    let on = row.stopped_at.is_none();
    let refused = say(db, all, row.order_id, None, on).await?;
    let tx = db.write().await?;
    let now = Entity::find_by_id(id).lock_exclusive().one(tx.raw()).await.map_err(StoreError::from)?;
    let Some(now) = now.filter(|now| now.stopped_at == row.stopped_at) else {
        return Err(JobError::retry("something else is wanted by now"));
    };
    let mut now = now.into_active_model();
    now.told = Set(true);
    now.update(tx.raw()).await.map_err(StoreError::from)?;
    if let Some(word) = refused {
        orders::record(&tx, row.order_id, "repeat_refused", Some(word)).await?;
    }
    Ok(tx.commit().await?)
}

/// The job that calls off what somebody began by paying twice.
///
/// # Errors
/// [`JobError::Retry`] until the provider has understood.
pub async fn call_off(db: &TenantDb, all: &Providers, job: &CallOff) -> Result<(), JobError> {
    let Some(word) = say(db, all, job.order, Some(&job.payment), false).await? else { return Ok(()) };
    let tx = db.write().await?;
    orders::record(&tx, job.order, "repeat_refused", Some(word)).await?;
    Ok(tx.commit().await?)
}

/// The provider's word when it refuses.
async fn say(
    db: &TenantDb,
    all: &Providers,
    order: OrderId,
    payment: Option<&str>,
    on: bool,
) -> Result<Option<String>, JobError> {
    let tx = db.read().await?;
    let Some(order) = orders::find(&tx, order).await? else { return Ok(None) };
    let provider = all.find(&order.provider);
    let account = match provider {
        Some(provider) => providers::account_of(&tx, provider, &order).await?,
        None => None,
    };
    drop(tx);
    let own = order.provider_payment_id.as_deref();
    let (Some(provider), Some(account), Some(payment)) = (provider, account, payment.or(own)) else {
        return Ok(Some("the account that took it is gone".into()));
    };
    match provider.gateway.repeat(&account, payment, on).await {
        Ok(()) => Ok(None),
        Err(error @ (GatewayError::Unavailable(_) | GatewayError::Credentials)) => {
            Err(JobError::retry(error))
        }
        Err(error @ (GatewayError::Refused(_) | GatewayError::NotFound)) => Ok(Some(error.to_string())),
    }
}
