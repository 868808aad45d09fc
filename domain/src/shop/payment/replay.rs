//! I10: what the providers said, as it was kept, leads to the books and the time that are there.
//!
//! The evidence of each order is gone through once more by the rules of settling. When something was
//! taken back of the time depends on when it was used, so of the time its length alone is compared.

use std::collections::{BTreeMap, HashMap};

use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect};

use super::{bookings, settle::differs};
use crate::{
    db::{StoreError, TenantConn},
    entities::tenant::{
        grant, ledger_entry,
        order::{self, For, OrderState},
        payment_inbox::{self, InboxKind},
    },
    ids::RowId,
    money::Currency,
    ports::{Dispute, PaymentFacts, PaymentStatus},
    shop::{
        gift,
        ledger::{
            service::{CLEARING, DISPUTE, PAYMENT, TOP_UP, TOP_UP_BACK, WALLETS},
            verify::{Breach, breach},
        },
        order::difference::Difference,
    },
};

/// Evidence is read in parts: the bodies of a large shop are many megabytes.
const AT_ONCE: u64 = 500;
/// The kinds of booking that follow from what a provider says: what came, and what has gone back.
const CAME: [&str; 2] = [PAYMENT, TOP_UP];
const RETURNED: [&str; 4] = ["refund", TOP_UP_BACK, "surplus_back", DISPUTE];

/// What came, by account, and what has gone back of it. Of what went back it is ours to say how much was
/// the order's, so what it comes to is compared alone.
#[derive(Debug, Default, PartialEq, Eq)]
struct Sums {
    came: BTreeMap<(String, Currency), i64>,
    returned: i64,
}

/// # Errors
/// [`StoreError::Database`].
pub async fn check(
    tx: &impl TenantConn,
    orders: &[order::Model],
    grants: &[grant::Model],
) -> Result<Vec<Breach>, StoreError> {
    let mut replayed: HashMap<_, _> =
        orders.iter().map(|order| (order.id.to_string(), Replay::of(order))).collect();
    hear_all(tx, &mut replayed).await?;
    let mut booked: BTreeMap<String, Sums> = BTreeMap::new();
    let kinds = RETURNED.into_iter().chain(CAME);
    let rows = ledger_entry::Entity::find().filter(ledger_entry::COLUMN.kind.is_in(kinds));
    for row in rows.all(tx.raw()).await? {
        let sums = booked.entry(row.order_ref).or_default();
        if CAME.contains(&row.kind.as_str()) {
            *sums.came.entry((row.account, row.currency)).or_default() += row.amount_minor;
        } else if row.account.starts_with(CLEARING)
            || (row.account.starts_with(WALLETS) && row.kind == "refund")
        {
            sums.returned -= row.amount_minor;
        }
    }
    let mut breaches = Vec::new();
    let unopened = gift::service::unopened(tx).await?;
    for order in orders {
        let Some(replay) = replayed.remove(&order.id.to_string()).filter(|replay| !replay.unreadable) else {
            booked.remove(&order.id.to_string());
            continue;
        };
        if booked.remove(&order.id.to_string()).unwrap_or_default() != replay.sums {
            breaches.push(breach("I10", format!("order {} is not booked as its evidence says", order.id)));
        }
        let given = grants.iter().find(|grant| grant.order_id == Some(order.id));
        let gives_nothing = !replay.paid || order.is_top_up() || unopened.contains(&order.id);
        if !given.map_or(gives_nothing, |grant| replay.gave(grant)) {
            breaches.push(breach("I10", format!("order {} gave not what its evidence says", order.id)));
        }
    }
    breaches.extend(booked.into_keys().map(|order| breach("I10", format!("{order} is booked and no order"))));
    Ok(breaches)
}

async fn hear_all(
    tx: &impl TenantConn,
    replayed: &mut HashMap<String, Replay<'_>>,
) -> Result<(), StoreError> {
    let mut after: Option<RowId> = None;
    loop {
        let mut query = payment_inbox::Entity::find()
            .filter(payment_inbox::COLUMN.kind.eq(InboxKind::Read))
            .order_by_asc(payment_inbox::Column::Id)
            .limit(AT_ONCE);
        if let Some(after) = after {
            query = query.filter(payment_inbox::COLUMN.id.gt(after));
        }
        let rows = query.all(tx.raw()).await?;
        for row in &rows {
            if let Some(replay) = row.order_ref.as_ref().and_then(|order| replayed.get_mut(order)) {
                replay.hear(&row.body);
            }
        }
        after = rows.last().map(|row| row.id);
        if after.is_none() {
            return Ok(());
        }
    }
}

/// An order from its beginning, by what was said of its payment.
struct Replay<'a> {
    order: &'a order::Model,
    sums: Sums,
    paid: bool,
    /// A person has it in hand: nothing more follows by itself.
    differs: bool,
    lost: bool,
    /// Kept in the form of an older version, which holds the provider's own words alone.
    unreadable: bool,
}

impl<'a> Replay<'a> {
    fn of(order: &'a order::Model) -> Self {
        let sums = Sums::default();
        Self { order, sums, paid: false, differs: false, lost: false, unreadable: false }
    }

    /// Whether this is the time that follows. Traffic without limit is given as what was used of it when all
    /// of the money has gone back.
    fn gave(&self, grant: &grant::Model) -> bool {
        let For::Plan(bought) = self.order.is_for() else { return false };
        let is_closed = bought.traffic.is_none() && self.sums.returned >= self.order.amount_minor;
        self.paid
            && grant.seconds == bought.days.seconds()
            && (grant.traffic_bytes == bought.traffic || is_closed)
    }

    fn hear(&mut self, evidence: &str) {
        let Ok(facts) = serde_json::from_str::<PaymentFacts>(evidence) else {
            self.unreadable = true;
            return;
        };
        if facts.status != PaymentStatus::Paid || self.differs {
            return;
        }
        match differs(self.order, &facts) {
            // It was set aside.
            Some(Difference::Second) => return,
            Some(_) => {
                self.differs = !self.paid;
                return;
            }
            None => {}
        }
        let (order, came) = (self.order, facts.amount.minor);
        if !self.paid {
            self.paid = true;
            // When it was booked is not compared.
            for leg in bookings::sale(order, &facts, order.created_at).legs {
                *self.sums.came.entry((leg.account, leg.amount.currency)).or_default() += leg.amount.minor;
            }
        }
        if self.lost {
            return;
        }
        self.sums.returned = self.sums.returned.max(facts.refunded.min(came));
        let has_rest = order.state == OrderState::Lost || self.sums.returned < order.amount_minor;
        if facts.dispute == Some(Dispute::Lost) && has_rest {
            self.lost = true;
            self.sums.returned = came;
        }
    }
}
