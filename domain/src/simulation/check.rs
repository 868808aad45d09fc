//! What has to hold, whatever happened.

use std::collections::BTreeSet;

use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};

use super::world::World;
use crate::{
    db::Conn,
    entities::tenant::{
        order::OrderState,
        payment_inbox::{self, InboxKind},
        subscription,
    },
    ports::PaymentStatus,
    shop::ledger::{
        verify::{self, Breach, breach},
        verify_online,
    },
};

/// What holds at every moment: the shop's own books.
pub(super) async fn always(world: &World<'_>) -> Vec<Breach> {
    let tx = world.shop.db.read().await.expect("a transaction");
    verify::shop(&tx).await.expect("an answer")
}

/// What holds when no work is left: the books, the provider and the panel agree.
pub(super) async fn at_rest(world: &World<'_>) -> Vec<Breach> {
    let mut breaches = always(world).await;
    breaches.extend(provider_agrees(world).await);
    breaches.extend(panel_agrees(world).await);
    breaches.extend(events_once(world).await);
    breaches
}

/// I2 and I8.
async fn provider_agrees(world: &World<'_>) -> Vec<Breach> {
    let mut breaches = Vec::new();
    for facts in world.shop.gateway.all().into_iter().filter(|facts| facts.status == PaymentStatus::Paid) {
        let Some(order) = facts.order else { continue };
        let row = world.shop.find(order).await;
        if !OrderState::PAID_ONCE.contains(&row.state) {
            breaches.push(breach(
                "I8",
                format!("order {order} is paid at the provider and {:?} here", row.state),
            ));
        }
    }
    for provider in world.shop.providers.iter() {
        let found = verify_online::payments(&world.shop.db, provider).await;
        breaches.extend(found.expect("an answer"));
    }
    breaches
}

/// I4.
async fn panel_agrees(world: &World<'_>) -> Vec<Breach> {
    let tx = world.shop.db.read().await.expect("a transaction");
    let all = subscription::Entity::find().all(tx.raw()).await.expect("rows");
    let off = all.into_iter().filter(|row| {
        let held = world.shop.panel.held(&row.username);
        row.applied_version != row.target_version
            || held.is_none_or(|held| {
                held.expire != Some(row.target_expire) || held.data_limit != row.target_data_limit
            })
    });
    off.map(|row| breach("I4", format!("the panel does not hold the target of {}", row.username))).collect()
}

/// I10: each event of the provider lies in the inbox once, so that a replay comes to the same.
async fn events_once(world: &World<'_>) -> Vec<Breach> {
    let tx = world.shop.db.read().await.expect("a transaction");
    let rows = payment_inbox::Entity::find()
        .filter(payment_inbox::COLUMN.kind.eq(InboxKind::Webhook))
        .all(tx.raw())
        .await
        .expect("rows");
    let bodies: BTreeSet<_> = rows.iter().map(|row| row.body.clone()).collect();
    if rows.len() == bodies.len() && world.taken.is_subset(&bodies) {
        return Vec::new();
    }
    vec![breach("I10", format!("{} rows keep {} of {} events", rows.len(), bodies.len(), world.taken.len()))]
}
