//! What the queued jobs do, one file for each: load, one domain call, map to retry or fail.

mod deploy;
mod poll_checkout;
mod poll_payment;
mod probe_panel;
mod provision;
mod send_back;
mod send_notice;
mod settle_checkout;
mod settle_payment;
mod tell;

use std::sync::Arc;

use async_trait::async_trait;
use domain::{
    db::{StoreError, TenantDb, TenantStore},
    events::{EventKind, Events},
    jobs::{Claimed, Job, JobError, Runner, Schedule, due_slots},
    platform::{
        billing::{poll::PollCheckout, settle::SettleCheckout},
        deployment::{go_live::Deploy, run::Surroundings},
    },
    ports::{BillingGateway, BotHost, Notifier, VpnPanel},
    shop::{
        notification::jobs::SendNotice,
        panel::jobs::ProbePanel,
        payment::{
            Providers,
            jobs::{PollPayment, SettlePayment},
        },
        refund::jobs::SendBack,
        subscription::jobs::Provision,
        update,
    },
};

/// Everything that recurs. Times are UTC.
pub const SCHEDULES: &[Schedule] =
    &[Schedule { name: SWEEP, spec: "0 7 * * * *" }, Schedule { name: CLEAN_UP, spec: "0 40 3 * * *" }];

/// Looks into every tenant: hints can be lost with a restored backup.
const SWEEP: &str = "sweep_tenants";
/// Forgets updates that cannot come again.
const CLEAN_UP: &str = "clean_up";

/// What jobs reach.
pub struct Jobs {
    pub store: TenantStore,
    pub providers: Providers,
    pub panel: Arc<dyn VpnPanel>,
    pub notifier: Arc<dyn Notifier>,
    pub billing: Arc<dyn BillingGateway>,
    pub bots: Arc<dyn BotHost>,
    pub events: Events,
}

#[async_trait]
impl Runner for Jobs {
    async fn run_shop(&self, db: &TenantDb, job: &Claimed) -> Result<(), JobError> {
        let outcome = match job.row.kind.as_str() {
            SettlePayment::KIND => settle_payment::run(db, &self.providers, job).await,
            PollPayment::KIND => poll_payment::run(db, &self.providers, job).await,
            Provision::KIND => provision::run(db, &*self.panel, job).await,
            ProbePanel::KIND => probe_panel::run(db, &*self.panel, job).await,
            SendBack::KIND => send_back::run(db, &self.providers, job).await,
            SendNotice::KIND => send_notice::run(db, &*self.notifier, job).await,
            kind => Err(JobError::fail(format!("no handler for {kind}"))),
        };
        self.events.publish(db.tenant(), EventKind::Sale, None);
        outcome
    }

    async fn run_platform(&self, job: &Claimed) -> Result<(), JobError> {
        let master = self.store.master();
        match job.row.kind.as_str() {
            SettleCheckout::KIND => settle_checkout::run(master, &*self.billing, &self.events, job).await,
            PollCheckout::KIND => poll_checkout::run(master, &*self.billing, &self.events, job).await,
            Deploy::KIND => deploy::run(self.surroundings(), job).await,
            kind => Err(JobError::fail(format!("no handler for {kind}"))),
        }
    }

    async fn tick(&self) -> Result<(), StoreError> {
        let tx = self.store.master().write().await?;
        let due = due_slots(&tx, SCHEDULES).await?;
        tx.commit().await?;
        for name in due {
            match name {
                SWEEP => self.sweep().await?,
                _ => self.clean_up().await?,
            }
        }
        Ok(())
    }
}

impl Jobs {
    fn surroundings(&self) -> Surroundings<'_> {
        Surroundings {
            store: &self.store,
            host: &*self.bots,
            notifier: &*self.notifier,
            events: &self.events,
        }
    }

    async fn sweep(&self) -> Result<(), StoreError> {
        let now = self.store.master().clock().now();
        for tenant in self.store.ids().await? {
            self.store.wake(tenant, now).await?;
        }
        Ok(())
    }

    async fn clean_up(&self) -> Result<(), StoreError> {
        for tenant in self.store.ids().await? {
            let tx = self.store.open(tenant).await?.write().await?;
            update::service::forget_old(&tx).await?;
            tx.commit().await?;
        }
        Ok(())
    }
}
