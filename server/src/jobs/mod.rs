//! What the queued jobs do, one file for each: load, one domain call, map to retry or fail.

mod call_off;
mod charge_saved;
mod check_money;
mod clean_up;
mod delete_broadcast;
mod deploy;
mod fetch_receipt;
mod import_payments;
mod keep_method;
mod money_round;
mod poll_checkout;
mod poll_payment;
mod probe_panel;
mod provision;
mod remind_users;
mod remove_data;
mod renew_subscriptions;
mod revoke_link;
mod send_back;
mod send_broadcast;
mod send_mail;
mod send_notice;
mod send_report;
mod settle_checkout;
mod settle_payment;
mod sweep_tenants;
mod sync_panel;
mod sync_shops;
mod tell;
mod tell_standing;
mod tell_waiting;

#[cfg(test)]
mod tests;

use std::sync::Arc;

use async_trait::async_trait;
use domain::{
    db::{MasterDb, StoreError, TenantDb, TenantStore},
    entities::master::tenant::TenantKind,
    events::{EventKind, Events},
    jobs::{Claimed, Job, JobError, Runner, Schedule, due_slots, enqueue},
    platform::{
        billing::{poll::PollCheckout, settle::SettleCheckout},
        deployment::{go_live::Deploy, run::Surroundings},
        money_round::{self as rounds, MoneyRound},
        panel_sync::SyncShops,
        tenant::erase::RemoveData,
        upkeep::{CleanUp, SweepTenants},
    },
    ports::{BillingGateway, BotHost, BroadcastSender, FileSource, Mailer, Notifier, VpnPanel},
    shop::{
        broadcast::jobs::{DeleteBroadcast, SendBroadcast},
        ledger::nightly::CheckMoney,
        link::renew::RevokeLink,
        mail::{
            jobs::{SendCode, SendMail},
            send::Office,
        },
        notification::jobs::{RemindUsers, SendNotice},
        panel::jobs::{ProbePanel, SyncPanel},
        payment::{
            Providers,
            import::ImportPayments,
            jobs::{PollPayment, SettlePayment},
        },
        receipt::jobs::FetchReceipt,
        refund::jobs::SendBack,
        renewal::jobs::{CallOff, ChargeSaved, KeepMethod, RenewSubscriptions, TellStanding},
        stat::report::SendReport,
        subscription::jobs::Provision,
        waiting::service::TellWaiting,
    },
};

use url::Url;

use crate::config::Mode;

/// Everything that recurs. Times are UTC.
pub const SCHEDULES: &[Schedule] = &[
    Schedule { name: SweepTenants::KIND, spec: "0 7 * * * *" },
    Schedule { name: SyncShops::KIND, spec: "0 0 */2 * * *" },
    Schedule { name: rounds::HOURLY, spec: "0 22 * * * *" },
    Schedule { name: rounds::NIGHTLY, spec: "0 10 2 * * *" },
    Schedule { name: CleanUp::KIND, spec: "0 40 3 * * *" },
];

/// What jobs reach.
pub struct Jobs {
    pub store: TenantStore,
    pub providers: Providers,
    pub panel: Arc<dyn VpnPanel>,
    pub notifier: Arc<dyn Notifier>,
    /// `None`: no mail is configured.
    pub mailer: Option<Arc<dyn Mailer>>,
    /// In production only live shops write to real mailboxes.
    pub mode: Mode,
    /// Where people find our pages.
    pub pages: Url,
    pub files: Arc<dyn FileSource>,
    pub broadcasts: Arc<dyn BroadcastSender>,
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
            ImportPayments::KIND => import_payments::run(db, &self.providers, job).await,
            CheckMoney::KIND => {
                check_money::run(self.store.master(), db, &*self.panel, &self.providers).await
            }
            Provision::KIND => provision::run(db, &*self.panel, job).await,
            RevokeLink::KIND => revoke_link::run(db, &*self.panel, job).await,
            ProbePanel::KIND => probe_panel::run(db, &*self.panel, job).await,
            SyncPanel::KIND => sync_panel::run(db, &*self.panel, job).await,
            SendBack::KIND => send_back::run(db, &self.providers, job).await,
            FetchReceipt::KIND => fetch_receipt::run(db, &*self.files, job).await,
            SendNotice::KIND => {
                let way = (&*self.notifier, self.office(db).mailer.is_some());
                send_notice::run(self.store.master(), db, way, job).await
            }
            SendMail::KIND => send_mail::run(self.store.master(), db, self.office(db), job).await,
            SendCode::KIND => send_mail::run_code(db, self.office(db), job).await,
            SendBroadcast::KIND => send_broadcast::run(self.store.master(), db, &*self.broadcasts, job).await,
            DeleteBroadcast::KIND => delete_broadcast::run(db, &*self.broadcasts, job).await,
            RemindUsers::KIND => remind_users::run(self.store.master(), db).await,
            SendReport::KIND => send_report::run(self.store.master(), db).await,
            TellWaiting::KIND => tell_waiting::run(db).await,
            RenewSubscriptions::KIND => renew_subscriptions::run(db, &self.providers).await,
            ChargeSaved::KIND => charge_saved::run(db, &self.providers, job).await,
            KeepMethod::KIND => keep_method::run(db, &self.providers, job).await,
            TellStanding::KIND => tell_standing::run(db, &self.providers, job).await,
            CallOff::KIND => call_off::run(db, &self.providers, job).await,
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
            SweepTenants::KIND => sweep_tenants::run(master).await,
            SyncShops::KIND => sync_shops::run(&self.store, job).await,
            MoneyRound::KIND => money_round::run(&self.store, job).await,
            CleanUp::KIND => clean_up::run(&self.store, job).await,
            RemoveData::KIND => remove_data::run(&self.store, job).await,
            kind => Err(JobError::fail(format!("no handler for {kind}"))),
        }
    }

    async fn tick(&self) -> Result<(), StoreError> {
        queue_due(self.store.master()).await
    }
}

/// Queues the jobs of the slots that have come: of several processes, one takes each.
async fn queue_due(master: &MasterDb) -> Result<(), StoreError> {
    let tx = master.write().await?;
    for name in due_slots(&tx, SCHEDULES).await? {
        let round = |nightly| MoneyRound { nightly, began: tx.now(), after: None };
        match name {
            SweepTenants::KIND => enqueue(&tx, &SweepTenants {}, tx.now()).await?,
            SyncShops::KIND => enqueue(&tx, &SyncShops { after: None }, tx.now()).await?,
            rounds::HOURLY => enqueue(&tx, &round(false), tx.now()).await?,
            rounds::NIGHTLY => enqueue(&tx, &round(true), tx.now()).await?,
            _ => enqueue(&tx, &CleanUp { after: None }, tx.now()).await?,
        }
    }
    tx.commit().await
}

impl Jobs {
    fn office(&self, db: &TenantDb) -> Office<'_> {
        let is_mailed = self.mode == Mode::Sandbox || db.kind() == TenantKind::Live;
        let mailer = self.mailer.as_deref().filter(|_| is_mailed);
        Office { mailer, notifier: &*self.notifier, pages: &self.pages }
    }

    fn surroundings(&self) -> Surroundings<'_> {
        Surroundings {
            store: &self.store,
            host: &*self.bots,
            notifier: &*self.notifier,
            events: &self.events,
        }
    }
}
