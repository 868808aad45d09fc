//! `verify-money`: the invariants of one shop that can be checked without asking anybody.
//!
//! Numbered as in the design of the money path: I1 every transaction sums to zero; I3 one grant for
//! each paid order, a gift's when it is opened; I5 no paid day is lost or forgotten; I6 no time without a reason; I7 no event lies unread;
//! I9 nothing is booked twice, beyond its order or beyond a wallet; I10 the evidence leads to the books that are there;
//! I11 the books are an unbroken chain.

use std::{
    collections::{HashMap, HashSet},
    fmt,
};

use chrono::Duration;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder};

use super::{
    chain,
    service::{CLEARING, DISPUTE, DISPUTES, REFUNDS, REVENUE, TOP_UP, TOP_UP_BACK, WALLETS},
};
use crate::{
    clock::Clock,
    db::{Conn, StoreError, TenantConn},
    entities::tenant::{
        grant::{self, GrantReason},
        ledger_entry,
        order::{self, OrderState},
        payment_inbox::{self, InboxState},
        refund::{self, RefundState},
        renewal, standing_payment, subscription,
    },
    ids::{OrderId, SubscriptionId},
    jobs::{Job, open_jobs},
    shop::{
        gift,
        payment::replay,
        promo, receipt, referral,
        refund::jobs::SendBack,
        renewal::jobs::{ChargeSaved, TellStanding},
        subscription::jobs::Provision,
    },
};

/// Access may be late by this much before time is given back.
pub const LATENESS: Duration = Duration::minutes(10);
/// An event may wait this long before somebody has to look.
const UNREAD: Duration = Duration::minutes(5);

/// A broken promise.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Breach {
    /// For example `I3`.
    pub invariant: &'static str,
    pub detail: String,
}

impl fmt::Display for Breach {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}  {}", self.invariant, self.detail)
    }
}

/// Checks one shop. Empty means that all invariants hold.
///
/// # Errors
/// [`StoreError::Database`].
pub async fn shop(tx: &impl TenantConn) -> Result<Vec<Breach>, StoreError> {
    let orders = order::Entity::find().all(tx.raw()).await?;
    let grants = grant::Entity::find().order_by_asc(grant::Column::PeriodStart).all(tx.raw()).await?;
    let subscriptions = subscription::Entity::find().all(tx.raw()).await?;
    let mut breaches = books(tx).await?;
    breaches.extend(paid_once(tx, &orders, &grants).await?);
    breaches.extend(no_day_lost(&orders, &grants, &subscriptions));
    breaches.extend(on_its_way(tx, &orders).await?);
    breaches.extend(reasons(&orders, &grants));
    breaches.extend(nothing_unread(tx, tx.clock().now()).await?);
    breaches.extend(referral::verify::check(tx, &orders, &grants).await?);
    breaches.extend(receipt::verify::check(tx, &orders, tx.clock().now()).await?);
    breaches.extend(promo::verify::check(tx, &orders).await?);
    breaches.extend(replay::check(tx, &orders, &grants).await?);
    Ok(breaches)
}

/// I1 and I11, for a shop's books or the platform's.
///
/// # Errors
/// [`StoreError::Database`].
pub async fn books(conn: &impl Conn) -> Result<Vec<Breach>, StoreError> {
    let rows = ledger_entry::Entity::find().order_by_asc(ledger_entry::Column::Seq).all(conn.raw()).await?;
    let mut sums: HashMap<_, i128> = HashMap::new();
    for row in &rows {
        *sums.entry((row.transaction_id, row.currency)).or_default() += i128::from(row.amount_minor);
    }
    let open = sums.into_iter().filter(|(_, sum)| *sum != 0);
    let mut breaches: Vec<_> = open
        .map(|((id, currency), sum)| {
            breach("I1", format!("transaction {id} sums to {sum} {}", currency.code()))
        })
        .collect();
    if let Some(row) = chain::broken_at(&rows) {
        breaches.push(breach("I11", format!("the chain of the books is broken at row {}", row.seq)));
    }
    Ok(breaches)
}

/// I7, for a shop's inbox or the platform's: what waits has a job that will act on it.
///
/// # Errors
/// [`StoreError::Database`].
pub async fn nothing_unread(
    conn: &impl Conn,
    now: chrono::DateTime<chrono::Utc>,
) -> Result<Vec<Breach>, StoreError> {
    let waiting: HashSet<_> = open_jobs(conn).await?.into_iter().filter_map(|job| job.dedupe_key).collect();
    let unread = payment_inbox::Entity::find()
        .filter(payment_inbox::COLUMN.state.eq(InboxState::Pending))
        .filter(payment_inbox::COLUMN.received_at.lt(now - UNREAD))
        .all(conn.raw())
        .await?;
    Ok(unread
        .into_iter()
        .filter(|row| !row.job_key.as_ref().is_some_and(|key| waiting.contains(key)))
        .map(|row| breach("I7", format!("event {} of {} was never acted on", row.event_id, row.provider)))
        .collect())
}

/// I3 and I9.
async fn paid_once(
    tx: &impl TenantConn,
    orders: &[order::Model],
    grants: &[grant::Model],
) -> Result<Vec<Breach>, StoreError> {
    let mut revenue: HashMap<String, i64> = HashMap::new();
    let mut returned: HashMap<String, i64> = HashMap::new();
    let rows = ledger_entry::Entity::find().order_by_asc(ledger_entry::Column::Seq).all(tx.raw()).await?;
    let mut breaches = wallets(&rows);
    let mut filled: HashMap<String, i64> = HashMap::new();
    let top_ups: HashSet<_> =
        orders.iter().filter(|order| order.is_top_up()).map(|order| order.id.to_string()).collect();
    for row in rows {
        let is_at_provider = row.account.starts_with(CLEARING) && top_ups.contains(&row.order_ref);
        match (row.account.as_str(), row.kind.as_str()) {
            (REVENUE, _) => *revenue.entry(row.order_ref).or_default() -= row.amount_minor,
            (REFUNDS | DISPUTES, _) => *returned.entry(row.order_ref).or_default() += row.amount_minor,
            (_, TOP_UP) if is_at_provider => *filled.entry(row.order_ref).or_default() += row.amount_minor,
            (_, TOP_UP_BACK | DISPUTE) if is_at_provider => {
                *returned.entry(row.order_ref).or_default() -= row.amount_minor;
            }
            _ => {}
        }
    }
    let mut grants_of: HashMap<OrderId, usize> = HashMap::new();
    for id in grants.iter().filter_map(|grant| grant.order_id) {
        *grants_of.entry(id).or_default() += 1;
    }
    let unopened = gift::service::unopened(tx).await?;
    for order in orders {
        let paid = is_paid(order);
        let granted = grants_of.get(&order.id).copied().unwrap_or(0);
        let is_given = !order.is_top_up() && !unopened.contains(&order.id);
        if granted != usize::from(paid && is_given) {
            breaches.push(breach(
                "I3",
                format!("order {} is {:?} and has {granted} grants", order.id, order.state),
            ));
        }
        let booked = |books: &HashMap<String, i64>| books.get(&order.id.to_string()).copied().unwrap_or(0);
        let due = |wanted: bool| if wanted { order.amount_minor } else { 0 };
        // More than the order's may have gone into the wallet: how much the evidence says.
        let into_wallet = booked(&filled);
        if into_wallet < due(paid && order.is_top_up()) || (into_wallet > 0 && !paid) {
            breaches.push(breach("I9", format!("order {}: {into_wallet} put into the wallet", order.id)));
        }
        let (booked, due) = (booked(&revenue), due(paid && !order.is_top_up()));
        if booked != due {
            breaches.push(breach("I9", format!("order {}: {booked} booked, {due} due", order.id)));
        }
        let back = returned.get(&order.id.to_string()).copied().unwrap_or(0);
        let gone = if order.state == OrderState::Lost { order.amount_minor } else { order.refunded_minor };
        if back != gone || back > booked.max(into_wallet) {
            breaches
                .push(breach("I9", format!("order {}: {back} of {booked} booked as gone back", order.id)));
        }
    }
    Ok(breaches)
}

/// I9: at no moment has more been spent of a wallet than lay in it.
fn wallets(rows: &[ledger_entry::Model]) -> Vec<Breach> {
    let mut owed: HashMap<_, i128> = HashMap::new();
    let mut breaches = Vec::new();
    for row in rows.iter().filter(|row| row.account.starts_with(WALLETS)) {
        let sum = owed.entry((row.account.as_str(), row.currency)).or_default();
        *sum += i128::from(row.amount_minor);
        if *sum > 0 {
            let (account, currency) = (&row.account, row.currency.code());
            breaches.push(breach("I9", format!("{account} owes {sum} {currency} since row {}", row.seq)));
        }
    }
    breaches
}

/// I5.
fn no_day_lost(
    orders: &[order::Model],
    grants: &[grant::Model],
    subscriptions: &[subscription::Model],
) -> Vec<Breach> {
    let provisioned: HashMap<OrderId, _> =
        orders.iter().filter_map(|order| Some((order.id, order.provisioned_at?))).collect();
    let mut chains: HashMap<SubscriptionId, Vec<&grant::Model>> = HashMap::new();
    for grant in grants {
        chains.entry(grant.subscription_id).or_default().push(grant);
    }
    let mut breaches = Vec::new();
    for subscription in subscriptions {
        let chain = chains.remove(&subscription.id).unwrap_or_default();
        for grant in &chain {
            let left = grant.seconds - grant.taken_back_seconds;
            if (grant.period_end - grant.period_start).num_seconds() != left {
                breaches.push(breach("I5", format!("grant {} is not as long as it says", grant.id)));
            }
        }
        for pair in chain.windows(2) {
            if pair[1].period_start < pair[0].period_end {
                breaches.push(breach("I5", format!("grants {} and {} overlap", pair[0].id, pair[1].id)));
            }
        }
        let end = chain.iter().map(|grant| grant.period_end).max();
        if end.is_some_and(|end| end != subscription.target_expire) {
            breaches.push(breach(
                "I5",
                format!("subscription {} does not end with its last grant", subscription.id),
            ));
        }
        let given_back: i64 = chain
            .iter()
            .filter(|grant| grant.reason == GrantReason::Compensation)
            .map(|grant| grant.seconds)
            .sum();
        let late: i64 = chain
            .iter()
            .filter_map(|grant| Some(*provisioned.get(&grant.order_id?)? - grant.period_start))
            .filter(|late| *late > LATENESS)
            .map(|late| late.num_seconds())
            .max()
            .unwrap_or(0);
        if given_back < late {
            breaches
                .push(breach("I5", format!("subscription {} lost {} s", subscription.id, late - given_back)));
        }
    }
    breaches
}

/// I5: what is paid and not delivered has a job that delivers it, and a renewal one that charges it; I9: what was promised back has a job
/// that sends it.
async fn on_its_way(tx: &impl TenantConn, orders: &[order::Model]) -> Result<Vec<Breach>, StoreError> {
    let jobs = open_jobs(tx).await?;
    let keys = |kind: &str| -> HashSet<&str> {
        jobs.iter().filter(|job| job.kind == kind).filter_map(|job| job.dedupe_key.as_deref()).collect()
    };
    let (driven, sent) = (keys(Provision::KIND), keys(SendBack::KIND));
    let charged = keys(ChargeSaved::KIND);
    let unopened = gift::service::unopened(tx).await?;
    let is_driven = |id: SubscriptionId| driven.contains(id.to_string().as_str());
    let stranded = orders
        .iter()
        .filter(|order| order.state == OrderState::Paid && !order.subscription_id.is_some_and(is_driven))
        .filter(|order| !unopened.contains(&order.id))
        .map(|order| breach("I5", format!("nothing delivers order {}", order.id)));
    let requested = refund::COLUMN.state.eq(RefundState::Requested);
    let requested = refund::Entity::find().filter(requested).all(tx.raw()).await?;
    let unsent = requested
        .iter()
        .filter(|row| !sent.contains(row.id.to_string().as_str()))
        .map(|row| breach("I9", format!("nothing sends refund {} back", row.id)));
    let by_itself: HashSet<_> =
        renewal::Entity::find().all(tx.raw()).await?.into_iter().filter_map(|row| row.order_id).collect();
    let forgotten = orders
        .iter()
        .filter(|order| order.state == OrderState::New && by_itself.contains(&order.id))
        .filter(|order| !charged.contains(order.id.to_string().as_str()))
        .map(|order| breach("I5", format!("nothing charges renewal {}", order.id)));
    let told = keys(TellStanding::KIND);
    let untold = standing_payment::Entity::find().filter(standing_payment::COLUMN.told.eq(false));
    let untold = untold.all(tx.raw()).await?;
    let untold = untold
        .iter()
        .filter(|row| !told.contains(row.id.to_string().as_str()))
        .map(|row| breach("I9", format!("nobody tells the provider what is wanted of {}", row.order_id)));
    Ok(stranded.chain(unsent).chain(forgotten).chain(untold).collect())
}

/// I6.
fn reasons(orders: &[order::Model], grants: &[grant::Model]) -> Vec<Breach> {
    let paid: HashSet<OrderId> = orders.iter().filter(|order| is_paid(order)).map(|order| order.id).collect();
    let unfounded = grants.iter().filter(|grant| match (grant.reason, grant.order_id) {
        (GrantReason::Order, Some(id)) => !paid.contains(&id),
        (GrantReason::Order, None) => true,
        (GrantReason::Trial | GrantReason::Compensation | GrantReason::Referral, order) => order.is_some(),
    });
    unfounded.map(|grant| breach("I6", format!("grant {} has no reason", grant.id))).collect()
}

fn is_paid(order: &order::Model) -> bool {
    OrderState::PAID_ONCE.contains(&order.state)
}

/// A broken promise by its number.
pub fn breach(invariant: &'static str, detail: String) -> Breach {
    Breach { invariant, detail }
}
