//! What has to hold, whatever happened.

use std::collections::BTreeSet;

use sea_orm::{ColumnTrait, EntityTrait, QueryFilter};

use super::world::World;
use crate::{
    db::Conn,
    entities::tenant::{
        ledger_entry,
        order::OrderState,
        payment_inbox::{self, InboxKind},
        subscription,
    },
    ports::{Dispute, PaymentStatus},
    shop::ledger::verify::{self, Breach, breach},
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
    let mut there = 0;
    let tx = world.shop.db.read().await.expect("a transaction");
    let rows = ledger_entry::Entity::find()
        .filter(ledger_entry::Column::Account.starts_with("provider:"))
        .all(tx.raw())
        .await
        .expect("rows");
    drop(tx);
    for facts in world.shop.gateway.all() {
        if facts.status != PaymentStatus::Paid {
            continue;
        }
        // A refund that no webhook told of and nobody asked for is found by the provider's export, which
        // this world does not have; the books are compared with what they can know.
        let Some(order) = facts.order else { continue };
        let row = world.shop.find(order).await;
        let of_surplus = rows.iter().filter(|leg| leg.kind == "surplus_back");
        let of_surplus: i64 =
            of_surplus.filter(|leg| leg.order_ref == order.to_string()).map(|leg| -leg.amount_minor).sum();
        if row.state != OrderState::Lost {
            there += facts.amount.minor - row.refunded_minor - of_surplus;
            if row.refunded_minor + of_surplus > facts.refunded {
                breaches.push(breach("I2", format!("order {order}: more was booked back than went back")));
            }
        }
        if !OrderState::PAID_ONCE.contains(&row.state) {
            breaches.push(breach(
                "I8",
                format!("order {order} is paid at the provider and {:?} here", row.state),
            ));
        }
        if facts.dispute != Some(Dispute::Lost) && row.state == OrderState::Lost {
            breaches.push(breach("I2", format!("order {order} is lost here and not at the provider")));
        }
    }
    let booked: i64 = rows.iter().map(|row| row.amount_minor).sum();
    if booked != there {
        breaches.push(breach("I2", format!("{booked} booked at the provider, {there} there")));
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
