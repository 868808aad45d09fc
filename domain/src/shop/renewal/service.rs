//! The hourly look: subscriptions that end soon and whose users agreed are paid from the wallet at once,
//! or have their saved method charged by a job.

use chrono::{DateTime, Duration, Utc};
use sea_orm::{
    ActiveModelTrait, ActiveValue::Set, ColumnTrait, EntityTrait, IntoActiveModel, PaginatorTrait,
    QueryFilter, QueryOrder, sea_query::Query,
};

use super::{
    agreement, ahead,
    jobs::ChargeSaved,
    rules::{self, EARLY, LATE, Source, Terms},
    saved, standing,
};
use crate::{
    clock::Clock,
    db::{Conn, StoreError, TenantConn, TenantDb, TenantTx},
    entities::tenant::{
        auto_renewal,
        order::{self, Bought, OrderState},
        plan,
        renewal::{ActiveModel, COLUMN, Column, Entity, Model},
        saved_method, subscription, user,
    },
    ids::{OrderId, RowId, SubscriptionId, UserId},
    jobs::{self, JobError},
    money::Money,
    ports::{Notice, PaymentFacts},
    shop::{
        notification::service::{self as notification, Recipient},
        order::{service as orders, terms},
        payment::{House, Providers, Way, method, poll, settle},
        subscription::{service as subscriptions, several::Onto},
        wallet::service::{self as wallet, Paid},
    },
};

/// How long the provider's word about a charge is waited for before the order counts as run out.
const OPEN_FOR: Duration = Duration::hours(24);

/// The job. A subscription in which it fails is logged and left for the next look.
///
/// # Errors
/// [`JobError::Retry`] when the shop's database does not answer.
pub async fn run(db: &TenantDb, all: &Providers) -> Result<(), JobError> {
    let tx = db.read().await?;
    let ending = ending(&tx).await?;
    drop(tx);
    standing::stop_banned(db).await?;
    let mut failed = None;
    for id in ending {
        if let Err(error) = renew(db, all, id).await {
            tracing::error!(tenant = %db.tenant(), subscription = %id, %error, "a renewal was not tried");
            failed = Some(error);
        }
    }
    failed.map_or(Ok(()), |error| Err(error.into()))
}

/// The renewal that an order is for.
///
/// # Errors
/// [`StoreError::Database`].
pub async fn of_order(tx: &impl TenantConn, order: OrderId) -> Result<Option<Model>, StoreError> {
    Ok(Entity::find().filter(COLUMN.order_id.eq(Some(order))).one(tx.raw()).await?)
}

/// What would be renewed, for how much and from what, as things are now.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Outlook {
    pub price: Money,
    pub from: Source,
    /// What is saved and can be charged.
    pub saved: Option<String>,
}

/// What comes of a renewal at this price.
///
/// # Errors
/// [`StoreError`].
pub async fn outlook(
    tx: &impl TenantConn,
    all: &Providers,
    user: UserId,
    price: Money,
) -> Result<Outlook, StoreError> {
    let saved = chargeable(tx, all, user, price).await?;
    let there = match wallet::is_on(tx).await? {
        true => Some(wallet::spendable(tx, user, price.currency).await?),
        false => None,
    };
    let from = rules::source(price, there, saved.is_some());
    Ok(Outlook { price, from, saved: saved.map(|saved| saved.title) })
}

/// Whether anything of this shop could pay without its user.
///
/// # Errors
/// [`StoreError::Database`].
pub async fn is_possible(tx: &impl TenantConn, all: &Providers) -> Result<bool, StoreError> {
    let methods = method::list(tx).await?;
    let mut on = methods.iter().filter(|method| method.enabled);
    Ok(on.any(|method| match all.way(&method.provider) {
        Some(Way::House(House::Wallet)) => true,
        Some(Way::Provider(provider)) => provider.gateway.charges_saved(),
        _ => false,
    }))
}

/// An order was paid: what its buyer agreed to with it begins, or goes on.
///
/// # Errors
/// [`StoreError`].
pub(in crate::shop) async fn paid(
    tx: &TenantTx,
    order: &order::Model,
    facts: &PaymentFacts,
) -> Result<(), StoreError> {
    if standing::paid(tx, order, facts).await? {
        return Ok(());
    }
    if of_order(tx, order.id).await?.is_none() && agreement::begin(tx, order).await? {
        saved::look_at(tx, order).await?;
    }
    Ok(())
}

/// An order's payment failed. When it was to renew, its user is told so, once for each period, and the
/// provider is asked whether what was saved is good for another try. False when it is none.
///
/// # Errors
/// [`StoreError`].
pub(in crate::shop) async fn failed(tx: &TenantTx, order: &order::Model) -> Result<bool, StoreError> {
    let Some(row) = of_order(tx, order.id).await? else { return Ok(false) };
    saved::look_at(tx, order).await?;
    let amount = Money::new(order.amount_minor, order.currency);
    let notice = Notice::RenewalFailed { subscription: row.subscription_id, amount, refused: true };
    settle::tell_as(tx, order, &failure(&row), &notice).await?;
    Ok(true)
}

async fn ending(tx: &impl TenantConn) -> Result<Vec<SubscriptionId>, StoreError> {
    let now = tx.clock().now();
    let agreed = Query::select()
        .column(auto_renewal::Column::UserId)
        .from(auto_renewal::Entity)
        .and_where(auto_renewal::Column::BeganAt.is_not_null())
        .to_owned();
    let rows = subscription::Entity::find()
        .filter(subscription::COLUMN.trial.eq(false))
        .filter(subscription::COLUMN.target_expire.lte(now + EARLY))
        .filter(subscription::COLUMN.target_expire.gt(now - LATE))
        .filter(subscription::Column::UserId.in_subquery(agreed))
        .order_by_asc(subscription::Column::TargetExpire)
        .all(tx.raw())
        .await?;
    Ok(rows.into_iter().map(|row| row.id).collect())
}

/// One try, if its time has come. All of it in one transaction: another worker finds it made.
async fn renew(db: &TenantDb, all: &Providers, id: SubscriptionId) -> Result<(), StoreError> {
    let tx = db.write().await?;
    let Some(ends) = Ending::load(&tx, id).await? else { return Ok(()) };
    let tries = ends.row.as_ref().map_or(0, |row| row.tries);
    let left = ends.subscription.target_expire - tx.now();
    if !rules::is_due(tries, left) || !may_try(&tx, &ends.subscription).await? {
        return Ok(());
    }
    if rules::waits_for_hand(left) && pays_by_hand(&tx, &ends.user).await? {
        return Ok(());
    }
    let agreed = ends.agreed.price();
    match ahead::terms(&tx, &ends.agreed).await? {
        (Terms::Charge(price), Some(offer)) => charge(&tx, all, &ends, &offer.plan, price).await?,
        (Terms::Rose(now), _) => {
            let plan = ends.agreed.plan_id;
            ends.stop(&tx, &Notice::RenewalPriceRose { subscription: id, plan, was: agreed, now }).await?;
        }
        (Terms::Gone | Terms::Charge(_), _) => {
            ends.stop(&tx, &Notice::RenewalPlanGone { subscription: id }).await?;
        }
    }
    tx.commit().await
}

/// A subscription that ends soon, and whose user agreed.
struct Ending {
    subscription: subscription::Model,
    user: user::Model,
    agreed: auto_renewal::Model,
    row: Option<Model>,
}

impl Ending {
    async fn load(tx: &TenantTx, id: SubscriptionId) -> Result<Option<Self>, StoreError> {
        let Some(subscription) = subscriptions::lock(tx, id).await? else { return Ok(None) };
        let user = user::Entity::find_by_id(subscription.user_id).one(tx.raw()).await?;
        let Some(user) = user.filter(|user| user.banned_at.is_none()) else { return Ok(None) };
        let Some(agreed) = agreement::of_access(tx, &subscription).await? else { return Ok(None) };
        let row = Entity::find()
            .filter(COLUMN.subscription_id.eq(id))
            .filter(COLUMN.period_end.eq(subscription.target_expire))
            .one(tx.raw())
            .await?;
        Ok(Some(Self { subscription, user, agreed, row }))
    }

    /// Writes the try down. The row is this period's alone, by its unique key.
    async fn tried(&self, tx: &TenantTx, order: Option<OrderId>) -> Result<Model, StoreError> {
        if let Some(row) = self.row.clone() {
            let tries = row.tries + 1;
            let mut row = row.into_active_model();
            row.tries = Set(tries);
            row.order_id = Set(order);
            row.asked_at = Set(None);
            return Ok(row.update(tx.raw()).await?);
        }
        let row = ActiveModel {
            id: Set(RowId::new()),
            subscription_id: Set(self.subscription.id),
            period_end: Set(self.subscription.target_expire),
            tries: Set(1),
            order_id: Set(order),
            asked_at: Set(None),
            created_at: Set(tx.now()),
        };
        Ok(row.insert(tx.raw()).await?)
    }

    /// Nobody agreed to how things are now: the user is told, and has to say so anew.
    async fn stop(&self, tx: &TenantTx, notice: &Notice) -> Result<(), StoreError> {
        let row = self.tried(tx, None).await?;
        agreement::end(tx, self.user.id).await?;
        self.tell(tx, &format!("renewal_stopped:{}", row.id), notice).await
    }

    async fn tell(&self, tx: &TenantTx, key: &str, notice: &Notice) -> Result<(), StoreError> {
        let to = Recipient { bot: self.agreed.bot_id, telegram_id: self.user.telegram_id };
        notification::queue(tx, to, key, notice).await
    }
}

async fn charge(
    tx: &TenantTx,
    all: &Providers,
    ends: &Ending,
    plan: &plan::Model,
    price: Money,
) -> Result<(), StoreError> {
    let user = ends.user.id;
    let place = async |provider: &str, account: &str| {
        let terms = terms::Terms {
            id: OrderId::new(),
            user,
            bot: ends.agreed.bot_id,
            plan: Some(Bought::from(plan)),
            amount: price,
            provider,
            account,
            open_for: OPEN_FOR,
            onto: Onto::This(ends.subscription.id),
            renews: Some(&ends.subscription),
            repeats: None,
            promo: None,
        };
        terms::insert(tx, terms).await
    };
    match outlook(tx, all, user, price).await?.from {
        Source::Wallet => {
            let Some(method) = method::find(tx, House::Wallet.name()).await? else { return Ok(()) };
            let order = place(&method.provider, &method.account_id).await?;
            ends.tried(tx, Some(order.id)).await?;
            if wallet::pay(tx, order.id).await? != Paid::Done {
                return Err(sea_orm::DbErr::Custom(format!("the wallet did not pay {}", order.id)).into());
            }
        }
        Source::Saved => {
            let Some(saved) = saved::of_user(tx, user).await? else { return Ok(()) };
            let order = place(&saved.provider, &saved.account_id).await?;
            ends.tried(tx, Some(order.id)).await?;
            jobs::enqueue(tx, &ChargeSaved { order: order.id }, tx.now()).await?;
        }
        Source::Nothing => {
            let row = ends.tried(tx, None).await?;
            let subscription = ends.subscription.id;
            let notice = Notice::RenewalFailed { subscription, amount: price, refused: false };
            ends.tell(tx, &failure(&row), &notice).await?;
        }
    }
    Ok(())
}

/// The key that makes it one message for each period, however often it is tried.
fn failure(row: &Model) -> String {
    format!("renewal_failed:{}", row.id)
}

/// Whether no earlier try, for whichever end, can still charge.
async fn may_try(tx: &TenantTx, subscription: &subscription::Model) -> Result<bool, StoreError> {
    let last = Entity::find()
        .filter(COLUMN.subscription_id.eq(subscription.id))
        .filter(Column::OrderId.is_not_null())
        .order_by_desc(Column::Id)
        .one(tx.raw())
        .await?;
    let Some((row, order)) = last.and_then(|row| Some((row.clone(), row.order_id?))) else { return Ok(true) };
    let Some(order) = orders::find(tx, order).await? else { return Ok(true) };
    let was_paid = OrderState::PAID_ONCE.contains(&order.state);
    let is_another_period = was_paid && row.period_end < subscription.target_expire;
    let is_looked_after = order.expires_at + poll::POLL_AFTER_EXPIRY > tx.now();
    Ok(is_another_period || rules::is_over(order.state, row.asked_at.is_some(), is_looked_after))
}

/// Whether the user stands at a payment page now.
async fn pays_by_hand(tx: &TenantTx, user: &user::Model) -> Result<bool, StoreError> {
    let open = order::Entity::find()
        .filter(order::COLUMN.user_id.eq(user.id))
        .filter(order::COLUMN.state.is_in([OrderState::New, OrderState::Pending]))
        .filter(order::COLUMN.expires_at.gt(tx.now()))
        .filter(terms::by_hand());
    Ok(open.count(tx.raw()).await? > 0)
}

/// What the user saved, if it can be charged: its method is on, at the account at which it was saved.
async fn chargeable(
    tx: &impl TenantConn,
    all: &Providers,
    user: UserId,
    price: Money,
) -> Result<Option<saved_method::Model>, StoreError> {
    let Some(saved) = saved::of_user(tx, user).await? else { return Ok(None) };
    let Some(provider) = all.find(&saved.provider) else { return Ok(None) };
    let gateway = &provider.gateway;
    if !gateway.charges_saved() || !gateway.currencies().contains(&price.currency) {
        return Ok(None);
    }
    let method = method::find(tx, &saved.provider).await?;
    let is_on = method.is_some_and(|method| method.enabled && method.account_id == saved.account_id);
    Ok((is_on && !saved.sealed_token.is_empty()).then_some(saved))
}

/// Whether the order is still to be charged: the user has not renewed by hand, and not switched it off.
pub(super) async fn is_wanted(tx: &TenantTx, row: &Model) -> Result<bool, StoreError> {
    let Some(subscription) = subscriptions::find(tx, row.subscription_id).await? else { return Ok(false) };
    let is_agreed = agreement::of_access(tx, &subscription).await?.is_some();
    Ok(is_agreed && subscription.target_expire == row.period_end && is_in_time(row.period_end, tx.now()))
}

fn is_in_time(end: DateTime<Utc>, now: DateTime<Utc>) -> bool {
    end - now > -LATE
}
