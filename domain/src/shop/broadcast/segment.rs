//! Who belongs to a segment. Whoever is banned, or has blocked every bot of the shop, belongs to none.

use chrono::Duration;
use sea_orm::{
    ColumnTrait, Condition, EntityTrait, PaginatorTrait, QueryFilter, QueryOrder, QuerySelect, QueryTrait,
    sea_query::SelectStatement,
};

use crate::{
    clock::Clock,
    db::{StoreError, TenantConn},
    entities::tenant::{
        broadcast::Segment,
        chat,
        order::{self, OrderState},
        subscription::{self, TargetState},
        user,
    },
    ids::{BotId, UserId},
};

/// So long before its end access is about to end.
const EXPIRING: Duration = Duration::days(3);

/// How many a broadcast to this segment would go to now, through these bots.
///
/// # Errors
/// [`StoreError::Database`].
pub async fn count(tx: &impl TenantConn, segment: Segment, bots: &[BotId]) -> Result<u64, StoreError> {
    Ok(user::Entity::find().filter(members(tx, segment, bots)).count(tx.raw()).await?)
}

/// The next `limit` of the segment behind this user.
///
/// # Errors
/// [`StoreError::Database`].
pub(super) async fn after(
    tx: &impl TenantConn,
    segment: Segment,
    bots: &[BotId],
    last: Option<UserId>,
    limit: u64,
) -> Result<Vec<user::Model>, StoreError> {
    let behind = last.map(|last| user::Column::Id.gt(last));
    let found = user::Entity::find()
        .filter(members(tx, segment, bots))
        .filter(Condition::all().add_option(behind))
        .order_by_asc(user::Column::Id)
        .limit(limit);
    Ok(found.all(tx.raw()).await?)
}

/// Chats through which somebody can be reached.
pub(super) fn open_chats(bots: &[BotId]) -> Condition {
    Condition::all()
        .add(chat::Column::BlockedAt.is_null())
        .add(chat::Column::BotId.is_in(bots.iter().copied()))
}

fn members(tx: &impl TenantConn, segment: Segment, bots: &[BotId]) -> Condition {
    let reached = chat::Entity::find()
        .select_only()
        .column(chat::Column::TelegramId)
        .filter(open_chats(bots))
        .into_query();
    let all = Condition::all()
        .add(user::Column::BannedAt.is_null())
        .add(user::Column::TelegramId.in_subquery(reached));
    let is = |users: SelectStatement| user::Column::Id.in_subquery(users);
    let is_not = |users: SelectStatement| user::Column::Id.not_in_subquery(users);
    let now = tx.clock().now();
    let runs = Condition::all()
        .add(subscription::Column::TargetStatus.eq(TargetState::Active))
        .add(subscription::Column::TargetExpire.gt(now));
    let with = |condition: Condition| owners(runs.clone().add(condition));
    let trial = |is_one: bool| Condition::all().add(subscription::Column::Trial.eq(is_one));
    match segment {
        Segment::All => all,
        Segment::Active => all.add(is(with(trial(false)))),
        Segment::Trial => all.add(is(with(trial(true)))).add(is_not(with(trial(false)))),
        Segment::Expiring => {
            let longer = Condition::all().add(subscription::Column::TargetExpire.gt(now + EXPIRING));
            all.add(is(owners(runs.clone()))).add(is_not(with(longer)))
        }
        Segment::Expired => all.add(is(owners(Condition::all()))).add(is_not(owners(runs))),
        Segment::Never => all.add(is_not(buyers())),
    }
}

fn owners(condition: Condition) -> SelectStatement {
    subscription::Entity::find()
        .select_only()
        .column(subscription::Column::UserId)
        .filter(condition)
        .into_query()
}

/// Whoever fills a wallet has bought nothing yet.
fn buyers() -> SelectStatement {
    order::Entity::find()
        .select_only()
        .column(order::Column::UserId)
        .filter(order::Column::State.is_in(OrderState::PAID_ONCE))
        .filter(order::Column::PlanId.is_not_null())
        .into_query()
}
