//! The hourly look: what users are to be told of their subscriptions within the hour that follows.

use std::collections::BTreeSet;

use chrono::{DateTime, Duration, FixedOffset, Utc};
use sea_orm::{
    ColumnTrait, Condition, EntityTrait, ExprTrait, PaginatorTrait, QueryFilter, QueryOrder,
    sea_query::{Expr, Query},
};

use super::{
    choices,
    hours::next_open,
    kind::NoticeKind,
    rules::{self, Facts, MISSED, reasons},
    service::{self as notification, Recipient},
};
use crate::{
    clock::Clock,
    db::{Conn as _, StoreError, TenantConn, TenantDb, TenantTx},
    entities::tenant::{
        chat,
        grant::{self, GrantReason},
        standing_payment,
        subscription::{COLUMN, Column, Entity, Model, TargetState},
        user,
    },
    ids::{SubscriptionId, UserId},
    jobs::JobError,
    ports::Notice,
    shop::{
        mail::service as mail,
        renewal::{agreement, ahead, standing},
        subscription::service as subscriptions,
    },
    units::Bytes,
};

/// How far ahead is looked: to the next look, and the spread of the looks.
const AHEAD: Duration = Duration::minutes(70);
/// Around its end a subscription gives reason to say something.
const BEFORE: Duration = Duration::days(3);
const AFTER: Duration = Duration::days(2);
/// Before a charge.
const CHARGED: Duration = Duration::days(1);

/// The job. A subscription in which it fails is logged and left for the next look.
///
/// # Errors
/// [`JobError::Retry`] when the shop's database does not answer.
pub async fn run(db: &TenantDb, zone: FixedOffset) -> Result<(), JobError> {
    let tx = db.read().await?;
    let found = worth_a_look(&tx).await?;
    drop(tx);
    let mut failed = None;
    for id in found {
        if let Err(error) = remind(db, id, zone).await {
            tracing::error!(tenant = %db.tenant(), subscription = %id, %error, "a reminder was not planned");
            failed = Some(error);
        }
    }
    failed.map_or(Ok(()), |error| Err(error.into()))
}

/// Whether the shop has anybody to remind of anything.
///
/// # Errors
/// [`StoreError::Database`].
pub async fn is_due(tx: &impl TenantConn) -> Result<bool, StoreError> {
    Ok(Entity::find().filter(candidates(tx)).count(tx.raw()).await? > 0)
}

/// What there is to know of a subscription; `None` when it is gone or was never given time.
///
/// # Errors
/// [`StoreError::Database`].
pub(super) async fn facts(tx: &impl TenantConn, id: SubscriptionId) -> Result<Option<Facts>, StoreError> {
    let Some(row) = Entity::find_by_id(id).one(tx.raw()).await? else { return Ok(None) };
    facts_of(tx, &row).await
}

async fn facts_of(tx: &impl TenantConn, row: &Model) -> Result<Option<Facts>, StoreError> {
    let grants = subscriptions::grants_of(tx, row.id).await?;
    let given = grants.iter().filter(|grant| grant.seconds > 0).map(|grant| grant.created_at).max();
    let standing = standing::of_access(tx, row).await?;
    let by_itself =
        agreement::of_access(tx, row).await?.is_some() || standing.is_some_and(|standing| standing.is_on());
    let charged = ahead::coming(tx, row).await?.map(|coming| (coming.at, coming.since));
    let last = subscriptions::last_of(tx, row.user_id).await?;
    Ok(given.map(|given| Facts {
        id: row.id,
        trial: row.trial,
        given,
        until: row.target_expire,
        used: row.used_traffic,
        limit: row.target_data_limit,
        pack: pack_of(&grants),
        by_itself: by_itself && !row.trial,
        charged,
        is_last: last.is_none_or(|last| last.id == row.id),
    }))
}

/// What a pack added, if nothing with traffic came after it.
fn pack_of(grants: &[grant::Model]) -> Option<Bytes> {
    let last = grants.iter().rev().find(|grant| grant.traffic_bytes.is_some())?;
    let is_pack = last.seconds == 0 && last.reason == GrantReason::Order;
    last.traffic_bytes.filter(|_| is_pack).map(|traffic| Bytes(traffic.0 - last.taken_back_bytes.0))
}

fn candidates(tx: &impl TenantConn) -> Condition {
    let now = tx.clock().now();
    let ends = Condition::all()
        .add(COLUMN.target_expire.gt(now - AFTER))
        .add(COLUMN.target_expire.lte(now + BEFORE + AHEAD));
    let missed = Condition::all()
        .add(COLUMN.target_expire.gt(now - MISSED - AFTER))
        .add(COLUMN.target_expire.lte(now - MISSED + AHEAD));
    // What a provider repeats it may repeat long before the end, where days were given besides.
    let repeated = Query::select()
        .column(standing_payment::Column::UserId)
        .from(standing_payment::Entity)
        .and_where(standing_payment::Column::StoppedAt.is_null())
        .and_where(standing_payment::Column::PaidUntil.gt(now))
        .and_where(standing_payment::Column::PaidUntil.lte(now + CHARGED + AHEAD))
        .to_owned();
    let used = Condition::all()
        .add(Column::TargetDataLimit.is_not_null())
        .add(Expr::col(Column::UsedTraffic).mul(5).gte(Expr::col(Column::TargetDataLimit).mul(4)))
        .add(COLUMN.target_expire.gt(now));
    Condition::all()
        .add(COLUMN.target_status.eq(TargetState::Active))
        .add(Column::ProvisionedAt.is_not_null())
        .add(Condition::any().add(ends).add(missed).add(used).add(Column::UserId.in_subquery(repeated)))
}

async fn worth_a_look(tx: &impl TenantConn) -> Result<Vec<SubscriptionId>, StoreError> {
    let rows = Entity::find().filter(candidates(tx)).order_by_asc(Column::TargetExpire);
    Ok(rows.all(tx.raw()).await?.into_iter().map(|row| row.id).collect())
}

async fn remind(db: &TenantDb, id: SubscriptionId, zone: FixedOffset) -> Result<(), StoreError> {
    let tx = db.read().await?;
    let Some(row) = Entity::find_by_id(id).one(tx.raw()).await? else { return Ok(()) };
    let Some(facts) = facts_of(&tx, &row).await? else { return Ok(()) };
    let now = tx.clock().now();
    let new = unsaid(&tx, &facts, reasons(&facts, now + AHEAD, now)).await?;
    drop(tx);
    if new.is_empty() {
        return Ok(());
    }
    let tx = db.write().await?;
    for (key, notice, at) in new {
        plan(&tx, row.user_id, (&key, &notice), Ord::max(at, now), zone).await?;
    }
    tx.commit().await
}

/// Most looks find what the one before has written down.
async fn unsaid(
    tx: &impl TenantConn,
    facts: &Facts,
    reasons: Vec<(Notice, DateTime<Utc>)>,
) -> Result<Vec<(String, Notice, DateTime<Utc>)>, StoreError> {
    let mut new = Vec::new();
    for (notice, at) in reasons {
        if let Some(key) = rules::key(&notice, facts)
            && !notification::is_known(tx, &key).await?
        {
            new.push((key, notice, at));
        }
    }
    Ok(new)
}

async fn plan(
    tx: &TenantTx,
    user: UserId,
    (key, notice): (&str, &Notice),
    at: DateTime<Utc>,
    zone: FixedOffset,
) -> Result<(), StoreError> {
    let Some(kind) = NoticeKind::of(notice) else { return Ok(()) };
    let (shop, own) = (choices::of_shop(tx).await?, choices::of_user(tx, user).await?);
    let off: BTreeSet<_> = shop.off.union(&own.off).collect();
    if off.contains(&kind) {
        return Ok(());
    }
    let Some(to) = recipient(tx, user).await? else { return Ok(()) };
    notification::queue_at(tx, to, key, notice, next_open(at, zone, shop.hours, own.quiet)).await
}

/// Where the user was last; `None` when he is banned, or has blocked every bot of the shop and gets no mail
/// either.
async fn recipient(tx: &impl TenantConn, id: UserId) -> Result<Option<Recipient>, StoreError> {
    let user = user::Entity::find_by_id(id).one(tx.raw()).await?;
    let Some(user) = user.filter(|user| user.banned_at.is_none()) else { return Ok(None) };
    let chats = chat::Entity::find()
        .filter(chat::COLUMN.telegram_id.eq(user.telegram_id))
        .order_by_desc(chat::Column::UpdatedAt)
        .all(tx.raw())
        .await?;
    let open = chats.iter().find(|chat| chat.blocked_at.is_none());
    let last = match (open, chats.first()) {
        (None, Some(blocked)) if mail::open(tx, id).await?.is_some() => Some(blocked),
        (open, _) => open,
    };
    Ok(last.map(|chat| Recipient { bot: chat.bot_id, telegram_id: user.telegram_id }))
}
