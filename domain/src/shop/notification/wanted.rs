//! Whether a notice is still to be sent when its time has come.

use chrono::{DateTime, FixedOffset, Utc};
use sea_orm::{EntityTrait, PaginatorTrait, QueryFilter};

use super::{
    choices,
    hours::{day_of, next_day, next_open},
    kind::NoticeKind,
    remind,
    rules::{REMINDER, holds},
};
use crate::{
    clock::Clock,
    db::{StoreError, TenantConn},
    entities::tenant::{
        notification::{COLUMN, Entity, Model},
        order, subscription,
    },
    ports::Notice,
    shop::user,
};

/// Reminders that a user gets on one day. What was paid is told however much was told before.
const PER_DAY: u64 = 2;

/// What becomes of a notice.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::shop) enum Wanted {
    Now,
    /// Not at this hour, or enough for today.
    Later(DateTime<Utc>),
    /// Its reason is gone, or it is not wanted.
    No,
}

/// # Errors
/// [`StoreError::Database`].
pub(super) async fn wanted(
    tx: &impl TenantConn,
    row: &Model,
    notice: &Notice,
    zone: FixedOffset,
) -> Result<Wanted, StoreError> {
    let suits = still_wanted(tx, row, notice, zone).await?;
    let is_limited = NoticeKind::of(notice).is_some_and(NoticeKind::waits_for_its_hour);
    if suits != Wanted::Now || !is_limited {
        return Ok(suits);
    }
    let now = tx.clock().now();
    let sent = Entity::find()
        .filter(COLUMN.telegram_id.eq(row.telegram_id))
        .filter(COLUMN.dedupe_key.starts_with(REMINDER))
        .filter(COLUMN.sent_at.gte(day_of(now, zone)));
    if sent.count(tx.raw()).await? < PER_DAY {
        return Ok(Wanted::Now);
    }
    let Some(user) = user::service::find_by_telegram(tx, row.telegram_id).await? else {
        return Ok(Wanted::Now);
    };
    let (shop, own) = (choices::of_shop(tx).await?, choices::of_user(tx, user.id).await?);
    Ok(Wanted::Later(next_open(next_day(now, zone), zone, shop.hours, own.quiet)))
}

/// As [`wanted`], however much was told today: of what was told once already, by another way.
///
/// # Errors
/// [`StoreError::Database`].
pub(in crate::shop) async fn still_wanted(
    tx: &impl TenantConn,
    row: &Model,
    notice: &Notice,
    zone: FixedOffset,
) -> Result<Wanted, StoreError> {
    let Some(kind) = NoticeKind::of(notice) else { return Ok(Wanted::Now) };
    if brings_the_link(tx, notice).await? {
        return Ok(Wanted::Now);
    }
    let Some(user) = user::service::find_by_telegram(tx, row.telegram_id).await? else {
        return Ok(Wanted::Now);
    };
    let (shop, own) = (choices::of_shop(tx).await?, choices::of_user(tx, user.id).await?);
    if shop.off.contains(&kind) || own.off.contains(&kind) {
        return Ok(Wanted::No);
    }
    if !kind.waits_for_its_hour() {
        return Ok(Wanted::Now);
    }
    let now = tx.clock().now();
    if let Some(subscription) = subject(notice) {
        let facts = remind::facts(tx, subscription).await?;
        if user.banned_at.is_some() || !facts.is_some_and(|facts| holds(notice, &facts, now)) {
            return Ok(Wanted::No);
        }
    }
    let open = next_open(now, zone, shop.hours, own.quiet);
    Ok(if open > now { Wanted::Later(open) } else { Wanted::Now })
}

/// The message in which somebody gets the access that he asked for cannot be switched off.
async fn brings_the_link(tx: &impl TenantConn, notice: &Notice) -> Result<bool, StoreError> {
    match notice {
        Notice::OrderProvisioned { order, subscription } => {
            let order = order::Entity::find_by_id(*order).one(tx.raw()).await?;
            let row = subscription::Entity::find_by_id(*subscription).one(tx.raw()).await?;
            Ok(order.zip(row).is_none_or(|(order, row)| row.created_at >= order.created_at))
        }
        _ => Ok(false),
    }
}

fn subject(notice: &Notice) -> Option<crate::ids::SubscriptionId> {
    match notice {
        Notice::TrialEnding { subscription, .. }
        | Notice::Expiring { subscription, .. }
        | Notice::Expired { subscription, .. }
        | Notice::RenewalAhead { subscription, .. }
        | Notice::WinBack { subscription, .. }
        | Notice::TrafficUsed { subscription, .. } => Some(*subscription),
        _ => None,
    }
}
