//! Orders that may be paid now, in memory: Wata asks before each payment and declines it when the
//! answer is late, whatever state the shop's database or panel is in.

use std::{
    collections::BTreeMap,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

use chrono::{DateTime, Utc};
use domain::ids::{OrderId, TenantId};

/// Until when each can be paid.
type Orders = BTreeMap<(TenantId, OrderId), DateTime<Utc>>;

/// Clones share the orders.
#[derive(Clone, Debug, Default)]
pub struct OpenOrders(Arc<Mutex<Orders>>);

impl OpenOrders {
    pub fn is_open(&self, tenant: TenantId, order: OrderId) -> bool {
        self.orders().contains_key(&(tenant, order))
    }

    /// Keeps it until then, and forgets those whose time is over `now`.
    pub fn keep(&self, tenant: TenantId, order: OrderId, until: DateTime<Utc>, now: DateTime<Utc>) {
        let mut orders = self.orders();
        orders.retain(|_, until| *until > now);
        orders.insert((tenant, order), until);
    }

    /// Once paid, an order is not paid again.
    pub fn forget(&self, tenant: TenantId, order: OrderId) {
        self.orders().remove(&(tenant, order));
    }

    fn orders(&self) -> MutexGuard<'_, Orders> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
