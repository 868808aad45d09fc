//! What a provider lists of a shop's payments, beside what we know of them.

use std::collections::{HashMap, HashSet};

use chrono::Duration;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QuerySelect};

use super::{Provider, jobs::SettlePayment, providers};
use crate::{
    db::{StoreError, TenantConn, TenantDb},
    entities::tenant::{
        ledger_entry, order,
        payment_inbox::{self, InboxState},
    },
    ids::OrderId,
    jobs::Job,
    ports::{Dispute, GatewayAccount, GatewayError, PaymentFacts},
    shop::{ledger::service::CLEARING, setting::service as settings},
};

/// How far back we ask at most. Payments are older than that only in disputes, which are told.
pub const FAR: Duration = Duration::days(35);
/// Rows asked for at once, below every database's limit of variables.
const AT_ONCE: usize = 500;

/// Why there is no list.
#[derive(Debug, thiserror::Error)]
pub enum ListError {
    #[error(transparent)]
    Provider(#[from] GatewayError),
    #[error(transparent)]
    Store(#[from] StoreError),
}

/// The shop's accounts at the provider that can be asked; none when they are another shop's, too.
///
/// # Errors
/// [`StoreError`].
pub async fn asked(db: &TenantDb, provider: &Provider) -> Result<Vec<GatewayAccount>, StoreError> {
    let tx = db.read().await?;
    match settings::shares_accounts(&tx).await? {
        true => Ok(Vec::new()),
        false => providers::accounts(&tx, provider).await,
    }
}

/// What we know of some payments.
#[derive(Debug, Default)]
pub struct Known {
    provider: String,
    by_payment: HashMap<String, order::Model>,
    by_id: HashMap<OrderId, order::Model>,
    /// What lies at the provider by the books, by order.
    books: HashMap<String, i64>,
    events: HashMap<String, InboxState>,
}

impl Known {
    /// # Errors
    /// [`StoreError::Database`].
    pub async fn load<'a>(
        tx: &impl TenantConn,
        provider: &str,
        facts: impl IntoIterator<Item = &'a PaymentFacts>,
    ) -> Result<Self, StoreError> {
        let facts: Vec<_> = facts.into_iter().collect();
        let mut known = Self { provider: provider.to_owned(), ..Self::default() };
        for part in facts.chunks(AT_ONCE) {
            known.add_orders(tx, part).await?;
            known.add_books(tx, part).await?;
            known.add_events(tx, part).await?;
        }
        Ok(known)
    }

    /// The order that the payment belongs to: by our own row, else by what the payment says.
    pub fn order(&self, facts: &PaymentFacts) -> Option<&order::Model> {
        self.own(facts).or_else(|| self.by_id.get(&facts.order?))
    }

    /// The order whose row names the payment.
    pub fn own(&self, facts: &PaymentFacts) -> Option<&order::Model> {
        self.by_payment.get(&facts.provider_payment_id)
    }

    /// Whether it repeats an order's payment, by what it says.
    pub fn repeats(&self, facts: &PaymentFacts) -> bool {
        facts.repeats.is_some_and(|first| self.by_id.contains_key(&first))
    }

    /// What lies at the provider of an order's payment, by the books.
    pub fn booked(&self, order: &order::Model) -> i64 {
        self.books.get(&order.id.to_string()).copied().unwrap_or(0)
    }

    /// Where the inbox has the payment; of several rows, the one that still waits or was set aside.
    pub fn event(&self, facts: &PaymentFacts) -> Option<InboxState> {
        self.events.get(&key(&self.provider, facts)?).copied()
    }

    async fn add_orders(&mut self, tx: &impl TenantConn, part: &[&PaymentFacts]) -> Result<(), StoreError> {
        let of_provider = order::Entity::find().filter(order::COLUMN.provider.eq(self.provider.as_str()));
        let payments = part.iter().map(|facts| Some(facts.provider_payment_id.clone()));
        let own = order::COLUMN.provider_payment_id.is_in(payments);
        for order in of_provider.clone().filter(own).all(tx.raw()).await? {
            let Some(payment) = order.provider_payment_id.clone() else { continue };
            self.by_payment.insert(payment, order);
        }
        let named = part.iter().flat_map(|facts| [facts.order, facts.repeats]).flatten();
        let named = order::COLUMN.id.is_in(named);
        let orders = of_provider.filter(named).all(tx.raw()).await?;
        self.by_id.extend(orders.into_iter().map(|order| (order.id, order)));
        Ok(())
    }

    async fn add_books(&mut self, tx: &impl TenantConn, part: &[&PaymentFacts]) -> Result<(), StoreError> {
        let orders: HashSet<_> =
            part.iter().filter_map(|facts| self.order(facts)).map(|order| order.id).collect();
        let rows = ledger_entry::Entity::find()
            .filter(ledger_entry::COLUMN.order_ref.is_in(orders.iter().map(ToString::to_string)))
            .filter(ledger_entry::COLUMN.account.starts_with(CLEARING));
        let mut books: HashMap<String, i64> = HashMap::new();
        for row in rows.all(tx.raw()).await? {
            *books.entry(row.order_ref).or_default() += row.amount_minor;
        }
        self.books.extend(books);
        Ok(())
    }

    async fn add_events(&mut self, tx: &impl TenantConn, part: &[&PaymentFacts]) -> Result<(), StoreError> {
        let keys = part.iter().map(|facts| key(&self.provider, facts));
        let rows: Vec<(Option<String>, InboxState)> = payment_inbox::Entity::find()
            .select_only()
            .column(payment_inbox::Column::JobKey)
            .column(payment_inbox::Column::State)
            .filter(payment_inbox::COLUMN.job_key.is_in(keys))
            .into_tuple()
            .all(tx.raw())
            .await?;
        for (key, state) in rows {
            let Some(key) = key else { continue };
            let kept = self.events.entry(key).or_insert(state);
            if *kept == InboxState::Processed {
                *kept = state;
            }
        }
        Ok(())
    }
}

/// What the provider still has of a payment.
pub(in crate::shop) fn held(facts: &PaymentFacts) -> i64 {
    if facts.dispute == Some(Dispute::Lost) { 0 } else { facts.amount.minor - facts.refunded }
}

/// The key of the job that settles the payment, by which the inbox finds it.
pub(super) fn key(provider: &str, facts: &PaymentFacts) -> Option<String> {
    settling(provider, facts).dedupe_key()
}

pub(super) fn settling(provider: &str, facts: &PaymentFacts) -> SettlePayment {
    SettlePayment { provider: provider.to_owned(), provider_payment_id: facts.provider_payment_id.clone() }
}
