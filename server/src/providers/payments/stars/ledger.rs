//! What was read of the bots' lists of transactions.

use std::{collections::HashMap, sync::Arc};

use chrono::{DateTime, Utc};
use domain::{
    ids::OrderId,
    ports::{PaymentFacts, PaymentStatus},
};
use moka::future::Cache;
use serde_json::json;

use super::wire::{self, Transaction};

/// Room for all bots' lists together, in bytes; the one that was not asked for longest goes first.
const ROOM: u64 = 64 * 1_024 * 1_024;
/// Telegram never takes the next payment of a subscription sooner: what comes sooner is somebody who paid the
/// same link twice.
const APART: i64 = 29 * 86_400;
/// What a line takes, about.
const LINE: usize = 256;

/// The lists of all bots.
#[derive(Clone, Debug)]
pub(super) struct Ledgers(Cache<String, Arc<Ledger>>);

/// The payments of one bot in the order in which Telegram lists them: the oldest first.
#[derive(Clone, Debug, Default)]
pub(super) struct Ledger {
    charges: Vec<Charge>,
    /// By Telegram's name.
    by_id: HashMap<String, usize>,
    /// The first payment of each order.
    by_order: HashMap<OrderId, usize>,
    /// When Telegram took the last payment of each subscription, in Unix time.
    repeated: HashMap<OrderId, i64>,
    /// Lines that were read, whatever they were about.
    read: usize,
    last: Option<String>,
}

/// Somebody paid an invoice.
#[derive(Clone, Debug)]
pub(super) struct Charge {
    pub id: String,
    pub user: i64,
    order: Option<OrderId>,
    amount: i64,
    at: i64,
    /// Telegram has taken it by itself, as a further one of the order's.
    repeats: bool,
    /// A refund, which is always whole, is a line of its own with the same id.
    pub is_back: bool,
    back_at: i64,
}

impl Default for Ledgers {
    fn default() -> Self {
        let weigh = |_: &String, ledger: &Arc<Ledger>| {
            u32::try_from((ledger.charges.len() + 1) * LINE).unwrap_or(u32::MAX)
        };
        Self(Cache::builder().max_capacity(ROOM).weigher(weigh).build())
    }
}

impl Ledgers {
    pub(super) async fn get(&self, bot: &String) -> Option<Arc<Ledger>> {
        self.0.get(bot).await
    }

    /// Two that read at the same time keep the same list, or one of them a line less, which is read again.
    pub(super) async fn keep(&self, bot: String, ledger: Arc<Ledger>) {
        self.0.insert(bot, ledger).await;
    }
}

impl Ledger {
    /// Where to read on: at the last known line, by which the list is recognised.
    pub(super) fn offset(&self) -> usize {
        self.read.saturating_sub(1)
    }

    /// What is new of the lines from [`Self::offset`] on. `None` when it is another list than the one that
    /// was read.
    pub(super) fn news(&self, mut page: Vec<Transaction>) -> Option<Vec<Transaction>> {
        if let Some(last) = &self.last {
            page.first().filter(|line| line.id == *last)?;
            page.remove(0);
        }
        Some(page)
    }

    pub(super) fn append(&mut self, news: Vec<Transaction>) {
        for line in news {
            self.read += 1;
            self.last = Some(line.id.clone());
            self.take(line);
        }
    }

    fn take(&mut self, line: Transaction) {
        if let (Some(_), Some(charge)) = (&line.receiver, self.by_id.get(&line.id)) {
            let charge = &mut self.charges[*charge];
            charge.is_back = true;
            charge.back_at = line.date;
            return;
        }
        let Some(source) = line.source.filter(|source| source.paid_invoice()) else { return };
        let Some(user) = source.user else { return };
        let order = source.invoice_payload.as_deref().and_then(|payload| payload.parse().ok());
        let at = self.charges.len();
        let mut repeats = false;
        if let Some(order) = order {
            self.by_order.entry(order).or_insert(at);
            if source.subscription_period.is_some() {
                let last = self.repeated.entry(order).or_insert(line.date);
                repeats = line.date - *last >= APART;
                *last = if repeats { line.date } else { *last };
            }
        }
        self.by_id.insert(line.id.clone(), at);
        self.charges.push(Charge {
            id: line.id,
            user: user.id,
            order,
            amount: line.amount,
            at: line.date,
            repeats,
            is_back: false,
            back_at: 0,
        });
    }

    /// By the order's id or by Telegram's.
    pub(super) fn charge(&self, payment: &str) -> Option<&Charge> {
        let by_order = payment.parse().ok().and_then(|order| self.by_order.get(&order));
        by_order.or_else(|| self.by_id.get(payment)).map(|at| &self.charges[*at])
    }

    /// The payment with which a subscription began, by any of its payments.
    pub(super) fn began(&self, payment: &str) -> Option<&Charge> {
        let charge = self.charge(payment)?;
        let first = charge.order.filter(|_| charge.repeats).and_then(|order| self.by_order.get(&order));
        Some(first.map_or(charge, |at| &self.charges[*at]))
    }

    pub(super) fn find(&self, account_id: &str, payment: &str) -> Option<PaymentFacts> {
        self.charge(payment).map(|charge| self.facts(account_id, charge))
    }

    /// Paid, or paid back, since.
    pub(super) fn since(&self, account_id: &str, since: DateTime<Utc>) -> Vec<PaymentFacts> {
        let since = since.timestamp();
        let news = self.charges.iter().filter(|charge| charge.at >= since || charge.back_at >= since);
        news.map(|charge| self.facts(account_id, charge)).collect()
    }

    /// An order's payment bears its id. A link can be paid more than once, by people and by Telegram itself:
    /// whatever comes after the first bears Telegram's, so that it is not taken for it.
    fn facts(&self, account_id: &str, charge: &Charge) -> PaymentFacts {
        let is_first = |order: &OrderId| {
            let first = self.by_order.get(order).map(|at| &self.charges[*at]);
            first.is_some_and(|first| first.id == charge.id)
        };
        let own = charge.order.filter(is_first).map(|order| order.to_string());
        PaymentFacts {
            provider_payment_id: own.unwrap_or_else(|| charge.id.clone()),
            account_id: account_id.to_owned(),
            order: charge.order.filter(|_| !charge.repeats),
            repeats: charge.order.filter(|_| charge.repeats),
            amount: wire::stars(charge.amount),
            status: PaymentStatus::Paid,
            refunded: if charge.is_back { charge.amount } else { 0 },
            dispute: None,
            paid_at: wire::date(charge.at),
            raw: json!({
                "id": charge.id,
                "amount": charge.amount,
                "date": charge.at,
                "user_id": charge.user,
                "refunded": charge.is_back,
            }),
        }
    }
}
