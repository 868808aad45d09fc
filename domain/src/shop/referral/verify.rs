//! What `verify-money` asks of referrals.

use std::collections::{HashMap, HashSet};

use sea_orm::EntityTrait;

use super::rules::may_stay;
use crate::{
    db::{StoreError, TenantConn},
    entities::tenant::{
        grant::{self, GrantReason},
        order::{self, OrderState},
        referral::{Entity, Model, ReferralState},
    },
    ids::{GrantId, OrderId},
    shop::ledger::verify::{Breach, breach},
};

/// I6: each bonus belongs to one referral whose referee has paid, and goes when that money has gone.
///
/// # Errors
/// [`StoreError::Database`].
pub async fn check(
    tx: &impl TenantConn,
    orders: &[order::Model],
    grants: &[grant::Model],
) -> Result<Vec<Breach>, StoreError> {
    let rows = Entity::find().all(tx.raw()).await?;
    let orders: HashMap<OrderId, &order::Model> = orders.iter().map(|order| (order.id, order)).collect();
    let bonuses = grants.iter().filter(|grant| grant.reason == GrantReason::Referral);
    let bonuses: HashMap<GrantId, &grant::Model> = bonuses.map(|grant| (grant.id, grant)).collect();
    let mut named = HashSet::new();
    let mut breaches = Vec::new();
    for row in &rows {
        for id in given(row) {
            if !bonuses.contains_key(&id) || !named.insert(id) {
                breaches.push(breach(
                    "I6",
                    format!("referral {} names bonus {id}, which is not its own", row.id),
                ));
            }
        }
        if let Some(what) = wrong(row, &orders, &bonuses) {
            breaches.push(breach("I6", format!("referral {} {what}", row.id)));
        }
    }
    let unfounded = bonuses.keys().filter(|id| !named.contains(*id));
    breaches.extend(unfounded.map(|id| breach("I6", format!("bonus {id} belongs to no referral"))));
    Ok(breaches)
}

fn wrong(
    row: &Model,
    orders: &HashMap<OrderId, &order::Model>,
    bonuses: &HashMap<GrantId, &grant::Model>,
) -> Option<&'static str> {
    let order = row.order_id.and_then(|id| orders.get(&id));
    let is_paid = order.is_some_and(|order| OrderState::PAID_ONCE.contains(&order.state));
    let is_gone = order.is_some_and(|order| matches!(order.state, OrderState::Refunded | OrderState::Lost));
    if row.referrer_id == row.referee_id {
        return Some("is of one person");
    }
    match row.state {
        ReferralState::Invited | ReferralState::Void => {
            given(row).next().is_some().then_some("gave something for nothing")
        }
        _ if !is_paid || order.is_some_and(|order| order.user_id != row.referee_id) => {
            Some("gave something without an order of its referee")
        }
        ReferralState::Granted => is_gone.then_some("gave something for money that has gone back"),
        ReferralState::Reversed => {
            let at = row.reversed_at?;
            let stays =
                |grant: &&grant::Model| grant.seconds - grant.taken_back_seconds > may_stay(grant, at);
            let left = given(row).filter_map(|id| bonuses.get(&id).copied()).any(|grant| stays(&grant));
            left.then_some("was taken back, and its time is still there")
        }
    }
}

fn given(row: &Model) -> impl Iterator<Item = GrantId> + use<> {
    [row.referrer_grant_id, row.referee_grant_id].into_iter().flatten()
}
