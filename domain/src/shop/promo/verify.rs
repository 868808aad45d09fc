//! What `verify-money` knows of promo codes.

use std::collections::HashMap;

use sea_orm::EntityTrait;

use crate::{
    db::{StoreError, TenantConn},
    entities::tenant::{order, promo_redemption::Entity},
    shop::{
        ledger::verify::{Breach, breach},
        payment::card::{self, tail::Tails},
    },
};

/// I9: an order that was placed with a code asks for what the code left of its price, and for something;
/// I6: its bonus is part of what it gives.
///
/// # Errors
/// [`StoreError::Database`].
pub async fn check(tx: &impl TenantConn, orders: &[order::Model]) -> Result<Vec<Breach>, StoreError> {
    let orders: HashMap<_, _> = orders.iter().map(|order| (order.id, order)).collect();
    let mut breaches = Vec::new();
    for terms in Entity::find().all(tx.raw()).await? {
        let Some(order) = orders.get(&terms.order_id) else { continue };
        let price = terms.full_minor - terms.off_minor;
        let is_asked = match Tails::of(order.currency).filter(|_| order.provider == card::NAME) {
            Some(tails) => tails.fits(price, order.amount_minor),
            None => order.amount_minor == price,
        };
        if !is_asked || price <= 0 || terms.off_minor < 0 {
            breaches.push(breach("I9", format!("order {} does not ask for what its code left", order.id)));
        }
        let traffic = order.plan_traffic_bytes.map_or(terms.bonus_bytes.0, |bytes| bytes.0);
        if order.plan_days.is_none_or(|days| days < terms.bonus_days) || traffic < terms.bonus_bytes.0 {
            breaches.push(breach("I6", format!("order {} does not give its code's bonus", order.id)));
        }
    }
    Ok(breaches)
}
