//! One shop with the outside world around it, and what can happen to them.

use std::{collections::BTreeSet, fmt::Display, panic::AssertUnwindSafe};

use chrono::{DateTime, Duration, Utc};
use futures::FutureExt;

use super::{by_itself, extras, random::Random};
use crate::{
    clock::Clock,
    db::TenantTx,
    entities::tenant::{order, user},
    faults::simulated::{Crash, crash_after},
    ids::OrderId,
    jobs::{self, JobError, LEASE, Runner},
    ports::{Dispute, PaymentStatus, Refunds},
    safeguards::{Safeguard, is_off},
    shop::{
        order::service as orders,
        payment::{import, intake, listed::FAR, open},
        refund::service::{self as refunds, NewRefund},
    },
    testing::{FakeGateway, TestShop, TestStore},
};

pub(super) const BUYERS: i64 = 2;
/// Late, but within the week in which orders that ran out are still looked after.
const PAYABLE_FOR: Duration = Duration::days(7);
/// A purchase passes about so many fault points.
const POINTS: u64 = 14;

/// Whether a step let time pass.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Passed {
    Time,
    Nothing,
}

pub(super) struct World<'a> {
    pub test: &'a TestStore,
    pub shop: TestShop,
    pub random: Random,
    /// Where what [`super::by_itself`] and [`super::extras`] do is drawn from, when it happens at all.
    pub other: Option<Random>,
    pub buyers: Vec<user::Model>,
    pub orders: Vec<OrderId>,
    /// Until when the provider takes money for each.
    payable_until: Vec<DateTime<Utc>>,
    /// Reports that are under way, and how many there have been of each payment.
    reports: Vec<String>,
    /// Every report that a shop has taken.
    pub taken: BTreeSet<String>,
    told: u32,
    pub trace: Vec<String>,
}

impl<'a> World<'a> {
    pub(super) async fn new(test: &'a TestStore, seed: u64, other: Option<Random>) -> Self {
        let shop = test.selling_shop().await;
        if other.is_some() {
            shop.take_wallets().await;
            by_itself::give_out_codes(&shop).await;
            extras::stock(&shop).await;
        }
        let mut buyers = Vec::new();
        for buyer in 1..=BUYERS {
            buyers.push(shop.user(buyer).await);
        }
        shop.brings(&buyers[0], &buyers[1]).await;
        let random = Random::new(seed);
        Self {
            test,
            shop,
            random,
            other,
            buyers,
            orders: Vec::new(),
            payable_until: Vec::new(),
            reports: Vec::new(),
            taken: BTreeSet::new(),
            told: 0,
            trace: Vec::new(),
        }
    }

    /// Something happens, or the process works.
    pub(super) async fn step(&mut self) -> Passed {
        match self.random.below(20) {
            0..=2 => Box::pin(self.order()).await,
            3..=5 => self.pay(),
            6..=8 => self.report().await,
            9 => self.refund().await,
            10 => self.refund_at_the_provider(),
            11 => self.dispute(),
            12 => self.trouble(),
            13..=14 => {
                self.pass_time();
                return Passed::Time;
            }
            _ => self.work().await,
        }
        Passed::Nothing
    }

    pub(super) fn note(&mut self, what: impl Into<String>) {
        self.trace.push(format!("{} {}", self.shop.db.clock().now().format("%d %H:%M:%S"), what.into()));
    }

    pub(super) async fn order(&mut self) {
        let Some(buyer) = self.random.pick(&self.buyers).cloned() else { return };
        self.place(async |shop: &TestShop, tx: &TenantTx| {
            let (plan, bot) = (shop.monthly, shop.bot);
            let new = orders::NewOrder { user: &buyer, plan, bot, provider: FakeGateway::NAME };
            orders::place(tx, &shop.providers, new).await
        })
        .await;
    }

    /// An order is written down, and the provider asked for its money's way.
    pub(super) async fn place<E: Display>(
        &mut self,
        place: impl AsyncFnOnce(&TestShop, &TenantTx) -> Result<order::Model, E>,
    ) -> Option<OrderId> {
        let shop = self.shop.clone();
        let placed = self
            .until_crash(Box::pin(async move {
                let tx = shop.db.write().await?;
                let order = place(&shop, &tx).await.map_err(JobError::retry)?;
                tx.commit().await?;
                let back = "https://t.me/bot".parse().map_err(JobError::retry)?;
                open::open(&shop.db, &shop.providers, order.id, "1 month".into(), back)
                    .await
                    .map_err(JobError::retry)?;
                Ok(order.id)
            }))
            .await;
        let Some(Ok(order)) = placed else { return None };
        self.ordered(order);
        Some(order)
    }

    pub(super) fn ordered(&mut self, order: OrderId) {
        if !self.orders.contains(&order) {
            self.note(format!("ordered {order}"));
            self.orders.push(order);
            self.payable_until.push(self.shop.db.clock().now() + PAYABLE_FOR);
        }
    }

    /// The provider takes money for it no longer than this.
    pub(super) fn is_payable(&self, order: OrderId) -> bool {
        let place = self.orders.iter().position(|other| *other == order).unwrap_or(0);
        self.shop.db.clock().now() <= self.payable_until[place]
    }

    fn pay(&mut self) {
        let Some(order) = self.random.pick(&self.orders).copied() else { return };
        let now = self.shop.db.clock().now();
        if !self.is_payable(order) {
            return;
        }
        let surplus = if self.random.chance(10) { 50 } else { 0 };
        let mut is_paid = false;
        self.shop.gateway.change(order, |facts| {
            if facts.status == PaymentStatus::Pending {
                (facts.status, facts.paid_at) = (PaymentStatus::Paid, Some(now));
                facts.amount.minor += surplus;
                is_paid = true;
            }
        });
        if is_paid {
            self.note(format!("paid {order}"));
            self.announce(order);
        }
    }

    /// One report in ten never comes; others come up to four times.
    pub(super) fn announce(&mut self, order: OrderId) {
        self.told += 1;
        let body = format!("pay_{order}#{}", self.told);
        if self.random.chance(90) {
            for _ in 0..=self.random.below(4) {
                let place = usize::try_from(self.random.below(self.reports.len() as u64 + 1)).unwrap_or(0);
                self.reports.insert(place, body.clone());
            }
        }
    }

    async fn report(&mut self) {
        let Some(body) = self.reports.pop() else { return };
        let (shop, text) = (self.shop.clone(), body.clone());
        let taken = self
            .until_crash(async move {
                intake::receive(&shop.db, &shop.providers, FakeGateway::NAME, &|_| None, text.as_bytes())
                    .await
                    .map_err(JobError::retry)
            })
            .await;
        self.note(format!("report {body}: {taken:?}"));
        match taken {
            Some(Ok(_)) => {
                self.taken.insert(body);
            }
            // Not acknowledged: it comes again.
            _ => self.reports.insert(0, body),
        }
    }

    async fn refund(&mut self) {
        let Some(order) = self.random.pick(&self.orders).copied() else { return };
        let whole = self.shop.find(order).await.amount_minor;
        let minor = if self.random.chance(50) { whole } else { whole / 3 };
        let shop = self.shop.clone();
        let asked = self
            .until_crash(async move {
                let tx = shop.db.write().await?;
                let new = NewRefund { order, minor, reason: "", requested_by: "owner".into() };
                refunds::request(&tx, Refunds::Partial, new).await.map_err(JobError::retry)?;
                Ok(tx.commit().await?)
            })
            .await;
        self.note(format!("refund of {order} asked for: {}", matches!(asked, Some(Ok(())))));
    }

    fn refund_at_the_provider(&mut self) {
        let Some(order) = self.random.pick(&self.orders).copied() else { return };
        let (mut is_new, listed_since) = (false, self.listed_since());
        self.shop.gateway.change(order, |facts| {
            if facts.paid_at < listed_since {
                return;
            }
            if facts.status == PaymentStatus::Paid && facts.dispute.is_none() && facts.refunded == 0 {
                facts.refunded = facts.amount.minor / 2;
                is_new = true;
            }
        });
        if is_new {
            self.note(format!("refunded {order} at the provider"));
            self.announce(order);
        }
    }

    /// Whose report is lost is found by the import, which looks back this far. Where whole periods pass, no
    /// older payment changes any more.
    fn listed_since(&self) -> Option<DateTime<Utc>> {
        self.other.as_ref().map(|_| self.shop.db.clock().now() - FAR + Duration::days(1))
    }

    fn dispute(&mut self) {
        let Some(order) = self.random.pick(&self.orders).copied() else { return };
        let outcome = if self.random.chance(50) { Dispute::Won } else { Dispute::Lost };
        let (mut now, listed_since) = (None, self.listed_since());
        self.shop.gateway.change(order, |facts| {
            if facts.paid_at < listed_since {
                return;
            }
            if facts.status == PaymentStatus::Paid && facts.refunded == 0 {
                facts.dispute = match facts.dispute {
                    None => Some(Dispute::Open),
                    Some(Dispute::Open) => Some(outcome),
                    decided => decided,
                };
                now = facts.dispute;
            }
        });
        if let Some(now) = now {
            self.note(format!("dispute of {order}: {now:?}"));
            self.announce(order);
        }
    }

    fn trouble(&mut self) {
        match self.random.below(4) {
            0 => self.shop.panel.lose_answers(1),
            1 => self.shop.panel.forget_changes(1),
            2 => self.shop.panel.set_down(true),
            _ => self.shop.panel.set_down(false),
        }
        self.note("the panel changes its mood");
    }

    fn pass_time(&mut self) {
        let seconds = match self.random.below(6) {
            0 => 86_400 * i64::try_from(self.random.below(20)).unwrap_or(1),
            1 | 2 => 3_600,
            3 => 400,
            _ => 20,
        };
        self.test.clock.advance(Duration::seconds(seconds));
        self.note(format!("{seconds} s pass"));
    }

    /// A worker takes what is due; a crash leaves the rest in its hands until its leases end.
    pub(super) async fn work(&mut self) {
        let Ok(tx) = self.shop.db.write().await else { return };
        let claimed = match jobs::reap(&tx).await {
            Ok(()) => jobs::claim(&tx, "prover", 4).await,
            Err(error) => Err(error),
        };
        let Ok(claimed) = claimed else { return };
        if tx.commit().await.is_err() {
            return;
        }
        for job in claimed {
            let (shop, kind) = (self.shop.clone(), job.row.kind.clone());
            let run = job.clone();
            let outcome = self.until_crash(async move { shop.run_shop(&shop.db, &run).await }).await;
            match outcome {
                None => {
                    self.note(format!("crash in {kind}"));
                    self.test.clock.advance(LEASE + Duration::seconds(1));
                    return;
                }
                Some(outcome) => {
                    self.note(format!("{kind}: {}", outcome.is_ok()));
                    self.end(&job, &outcome).await;
                }
            }
        }
    }

    async fn end(&self, job: &jobs::Claimed, outcome: &Result<(), JobError>) {
        if let Ok(tx) = self.shop.db.write().await
            && jobs::finish(&tx, job, outcome).await.is_ok()
        {
            // An end that is not written down is made up for by the lease.
            let _ = tx.commit().await;
        }
    }

    /// `None` when the process crashed on the way.
    pub(super) async fn until_crash<T>(
        &mut self,
        work: impl Future<Output = Result<T, JobError>>,
    ) -> Option<Result<T, JobError>> {
        let crashes = self.random.chance(15);
        let after = u32::try_from(self.random.below(POINTS)).unwrap_or(0);
        crash_after(crashes.then_some(after));
        let outcome = AssertUnwindSafe(work).catch_unwind().await;
        crash_after(None);
        match outcome {
            Ok(outcome) => Some(outcome),
            Err(payload) if payload.is::<Crash>() => None,
            Err(payload) => std::panic::resume_unwind(payload),
        }
    }

    /// The nightly look at what the provider lists.
    pub(super) async fn import(&mut self) {
        if is_off(Safeguard::Reconciler) {
            return;
        }
        let shop = self.shop.clone();
        for provider in shop.providers.iter() {
            let imported = import::import(&shop.db, provider, true).await;
            self.note(format!("import: {imported:?}"));
        }
    }

    /// The outside works again, and every report that was not lost for good arrives.
    pub(super) async fn heal(&mut self) {
        self.shop.panel.set_down(false);
        self.shop.panel.lose_answers(0);
        self.shop.panel.forget_changes(0);
        self.note("the world heals");
        // What nobody paid until now runs out at the provider.
        for order in &self.orders {
            self.shop.gateway.change(*order, |facts| {
                if facts.status == PaymentStatus::Pending {
                    facts.status = PaymentStatus::Expired;
                }
            });
        }
        self.heal_charges();
        while !self.reports.is_empty() {
            self.report().await;
        }
    }
}
