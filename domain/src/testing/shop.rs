//! A shop that can sell: a panel, a trial, a monthly plan, a way to pay, and somebody who buys.

use std::sync::Arc;

use async_trait::async_trait;
use chrono::{Duration, Offset as _, Utc};
use sea_orm::{ActiveValue::Set, EntityTrait};
use secrecy::SecretString;
use url::Url;

use super::{FakeFiles, FakeGateway, FakeMailer, FakeNotifier, FakePanel, TestStore, person};
use crate::{
    clock::Clock,
    db::{Conn, StoreError, TenantConn, TenantDb},
    entities::tenant::payment_method,
    entities::tenant::{
        order, panel,
        plan::{self, PlanKind},
        price, user,
    },
    ids::{BotId, OrderId, PanelId, PlanId, RowId},
    jobs::{Claimed, Job, JobError, Runner, open_jobs, run_until_idle},
    locale::Locale,
    money::{Currency, Money},
    shop::{
        chat,
        ledger::{
            nightly::{self, CheckMoney},
            verify,
        },
        link::renew::{self, RevokeLink},
        mail::{
            self,
            jobs::{SendCode, SendMail},
            send::Office,
        },
        notification, order as orders,
        panel::{
            jobs::{ProbePanel, SyncPanel},
            sync,
        },
        payment::{
            House, Provider, Providers, Way,
            import::{self, ImportPayments},
            intake,
            jobs::{PollPayment, SettlePayment},
            method::{self, Typed},
            open, poll,
            providers::place,
            settle::{self, Settled},
        },
        receipt::{self, jobs::FetchReceipt},
        referral,
        refund::{self, jobs::SendBack},
        renewal::{
            self,
            jobs::{CallOff, ChargeSaved, KeepMethod, RenewSubscriptions, TellStanding},
        },
        stat::report,
        subscription::{jobs::Provision, provision},
        user::service::seen,
        waiting::{self, service::TellWaiting},
        wallet::{
            self,
            service::Paid,
            top_up::{self, NewTopUp},
        },
    },
    units::{Bytes, Days},
};

/// A shop with fakes around it.
#[derive(Clone, Debug)]
pub struct TestShop {
    pub db: TenantDb,
    pub bot: BotId,
    pub monthly: PlanId,
    pub panel: FakePanel,
    pub gateway: FakeGateway,
    pub notifier: FakeNotifier,
    pub mailer: FakeMailer,
    pub files: FakeFiles,
    pub providers: Providers,
    pub panel_id: PanelId,
    /// Where people find its pages.
    pub pages: Url,
}

impl TestStore {
    /// A shop that can sell.
    pub async fn selling_shop(&self) -> TestShop {
        let db = self.shop().await;
        self.run_package(db.tenant()).await;
        let (monthly, panel_id) = stock(&db).await.expect("the shop is stocked");
        let gateway = FakeGateway::default();
        let base_url = Url::parse("https://provider.example").expect("an address");
        let provider =
            Provider { gateway: Arc::new(gateway.clone()), base_url: base_url.clone(), emulated: false };
        TestShop {
            db,
            bot: BotId::new(),
            monthly,
            panel: FakePanel::default(),
            gateway,
            notifier: FakeNotifier::default(),
            mailer: FakeMailer::default(),
            files: FakeFiles::default(),
            providers: Providers::new(base_url, [provider]),
            panel_id,
            pages: Url::parse("https://botyard.example").expect("an address"),
        }
    }
}

impl TestShop {
    pub async fn user(&self, telegram_id: i64) -> user::Model {
        let tx = self.db.write().await.expect("a transaction");
        let user = seen(&tx, &person(telegram_id), Locale::En).await.expect("a user");
        tx.commit().await.expect("a commit");
        user
    }

    /// As [`Self::user`], who has written to the bot.
    pub async fn user_with_chat(&self, telegram_id: i64) -> user::Model {
        let user = self.user(telegram_id).await;
        let tx = self.db.write().await.expect("a transaction");
        chat::service::open(&tx, self.bot, telegram_id).await.expect("a chat");
        tx.commit().await.expect("a commit");
        user
    }

    /// The second comes by the link of the first.
    pub async fn brings(&self, referrer: &user::Model, referee: &user::Model) {
        let tx = self.db.write().await.expect("a transaction");
        let code = referral::service::code_of(&tx, referrer.id).await.expect("a code");
        referral::service::arrive(&tx, referee, self.bot, &code).await.expect("an answer");
        tx.commit().await.expect("a commit");
    }

    /// An order for a month with an open payment.
    pub async fn order(&self, user: &user::Model) -> OrderId {
        let tx = self.db.write().await.expect("a transaction");
        let new = orders::NewOrder { user, plan: self.monthly, bot: self.bot, provider: FakeGateway::NAME };
        let order = orders::service::place(&tx, &self.providers, new).await.expect("an order");
        tx.commit().await.expect("a commit");
        let back = Url::parse("https://t.me/bot").expect("an address");
        open::open(&self.db, &self.providers, order.id, "1 month".into(), back).await.expect("a payment");
        order.id
    }

    /// An order for a plan or pack that is paid and delivered.
    pub async fn delivered(&self, store: &TestStore, user: &user::Model, plan: PlanId) -> OrderId {
        let tx = self.db.write().await.expect("a transaction");
        let new = orders::NewOrder { user, plan, bot: self.bot, provider: FakeGateway::NAME };
        let order = orders::service::place(&tx, &self.providers, new).await.expect("an order");
        tx.commit().await.expect("a commit");
        let back = Url::parse("https://t.me/bot").expect("an address");
        open::open(&self.db, &self.providers, order.id, "Plan".into(), back).await.expect("a payment");
        self.gateway.pay(order.id, store.clock.now());
        self.webhook(order.id).await.expect("the webhook is taken");
        self.work(store).await;
        order.id
    }

    /// From now on it takes money from wallets, too.
    pub async fn take_wallets(&self) {
        let tx = self.db.write().await.expect("a transaction");
        method::save(&tx, Way::House(House::Wallet), &Typed::default()).await.expect("a method");
        method::switch(&tx, House::Wallet.name(), true).await.expect("a method");
        tx.commit().await.expect("a commit");
    }

    /// An order for a month that is delivered, and paid with so much more than it costs.
    pub async fn overpaid(&self, store: &TestStore, user: &user::Model, surplus: i64) -> OrderId {
        let order = self.order(user).await;
        self.gateway.pay(order, store.clock.now());
        self.gateway.change(order, |facts| facts.amount.minor += surplus);
        self.webhook(order).await.expect("the webhook is taken");
        self.work(store).await;
        order
    }

    /// An order that fills its buyer's wallet, with an open payment.
    pub async fn top_up(&self, user: &user::Model, minor: i64) -> OrderId {
        let tx = self.db.write().await.expect("a transaction");
        let amount = Money::new(minor, Currency::Rub);
        let new = NewTopUp { user, amount, bot: self.bot, provider: FakeGateway::NAME };
        let order = top_up::place(&tx, &self.providers, new).await.expect("an order");
        tx.commit().await.expect("a commit");
        let back = Url::parse("https://t.me/bot").expect("an address");
        open::open(&self.db, &self.providers, order.id, "Wallet".into(), back).await.expect("a payment");
        order.id
    }

    /// A wallet that is filled with so much.
    pub async fn filled(&self, store: &TestStore, user: &user::Model, minor: i64) -> OrderId {
        let order = self.top_up(user, minor).await;
        self.gateway.pay(order, store.clock.now());
        self.webhook(order).await.expect("the webhook is taken");
        self.work(store).await;
        order
    }

    /// An order for a month that waits for its buyer's wallet.
    ///
    /// # Errors
    /// As the placing's.
    pub async fn order_by_wallet(&self, user: &user::Model) -> Result<OrderId, orders::OrderRefused> {
        let tx = self.db.write().await?;
        let provider = House::Wallet.name();
        let new = orders::NewOrder { user, plan: self.monthly, bot: self.bot, provider };
        let order = orders::service::place(&tx, &self.providers, new).await?;
        tx.commit().await?;
        Ok(order.id)
    }

    /// Its buyer confirms.
    pub async fn pay_by_wallet(&self, order: OrderId) -> Paid {
        let tx = self.db.write().await.expect("a transaction");
        let paid = wallet::service::pay(&tx, order).await.expect("an answer");
        tx.commit().await.expect("a commit");
        paid
    }

    /// What a user can spend.
    pub async fn wallet_of(&self, user: &user::Model) -> i64 {
        let tx = self.db.read().await.expect("a transaction");
        wallet::service::balance(&tx, user.id, Currency::Rub).await.expect("a balance").minor
    }

    /// The provider's webhook about the order.
    ///
    /// # Errors
    /// As the intake's.
    pub async fn webhook(&self, order: OrderId) -> Result<intake::Received, intake::IntakeError> {
        let body = format!("pay_{order}");
        intake::receive(&self.db, &self.providers, FakeGateway::NAME, &|_| None, body.as_bytes()).await
    }

    pub async fn find(&self, order: OrderId) -> order::Model {
        let tx = self.db.read().await.expect("a transaction");
        orders::service::find(&tx, order).await.expect("a query").expect("the order")
    }

    /// An order for a month that is paid and reported; its work is queued.
    pub async fn bought(&self, store: &TestStore, user: &user::Model) -> OrderId {
        let order = self.order(user).await;
        self.gateway.pay(order, store.clock.now());
        self.webhook(order).await.expect("the webhook is taken");
        order
    }

    /// What must hold at the end of every flow: the poll of a settled payment has looked once more, no
    /// job is left, and every invariant holds.
    pub async fn settled_down(&self, store: &TestStore) {
        store.clock.advance(Duration::minutes(70));
        self.work(store).await;
        let tx = self.db.read().await.expect("a transaction");
        let open = open_jobs(&tx).await.expect("the jobs");
        assert!(open.is_empty(), "{}: jobs are left: {open:?}", store.name());
        assert_eq!(verify::shop(&tx).await.expect("an answer"), vec![], "{}", store.name());
    }

    fn office(&self) -> Office<'_> {
        Office { mailer: Some(&self.mailer), notifier: &self.notifier, pages: &self.pages }
    }

    /// Runs every job that is due.
    pub async fn work(&self, store: &TestStore) {
        run_until_idle(&store.store, Arc::new(self.clone())).await.expect("the jobs run");
    }
}

#[async_trait]
impl Runner for TestShop {
    async fn run_shop(&self, db: &TenantDb, job: &Claimed) -> Result<(), JobError> {
        match job.row.kind.as_str() {
            SettlePayment::KIND => {
                let SettlePayment { provider, provider_payment_id } = job.payload()?;
                match settle::settle(db, &self.providers, &provider, &provider_payment_id).await? {
                    Settled::StillPending => Err(JobError::retry("pending")),
                    Settled::Done | Settled::Unknown => Ok(()),
                }
            }
            PollPayment::KIND => {
                let PollPayment { order } = job.payload()?;
                poll::poll(db, &self.providers, order, job.row.attempts).await
            }
            Provision::KIND => {
                let Provision { subscription, .. } = job.payload()?;
                provision::provision(db, &self.panel, subscription).await
            }
            RevokeLink::KIND => {
                let RevokeLink { subscription, .. } = job.payload()?;
                renew::run(db, &self.panel, subscription).await
            }
            ImportPayments::KIND => import::run(db, &self.providers, &job.payload()?).await,
            CheckMoney::KIND => nightly::run(db, &self.panel, &self.providers, Vec::new()).await,
            ProbePanel::KIND => {
                let ProbePanel { panel } = job.payload()?;
                crate::shop::panel::service::probe(db, &self.panel, panel).await
            }
            SyncPanel::KIND => {
                let SyncPanel { panel } = job.payload()?;
                sync::run(db, &self.panel, panel).await
            }
            notification::jobs::SendNotice::KIND => {
                let notification::jobs::SendNotice { notification } = job.payload()?;
                notification::service::send(db, (&self.notifier, true), Utc.fix(), notification).await
            }
            SendMail::KIND => {
                let SendMail { notification } = job.payload()?;
                mail::send::run(db, self.office(), Utc.fix(), notification).await
            }
            SendCode::KIND => mail::send::run_code(db, self.office(), &job.payload()?).await,
            notification::jobs::RemindUsers::KIND => notification::remind::run(db, Utc.fix()).await,
            FetchReceipt::KIND => {
                let FetchReceipt { receipt } = job.payload()?;
                receipt::fetch::fetch(db, &self.files, receipt).await
            }
            SendBack::KIND => {
                let SendBack { refund } = job.payload()?;
                refund::service::send_back(db, &self.providers, refund).await
            }
            RenewSubscriptions::KIND => renewal::service::run(db, &self.providers).await,
            ChargeSaved::KIND => {
                let ChargeSaved { order } = job.payload()?;
                renewal::charge::run(db, &self.providers, order).await
            }
            KeepMethod::KIND => {
                let KeepMethod { order } = job.payload()?;
                renewal::saved::keep(db, &self.providers, order).await
            }
            TellStanding::KIND => {
                let TellStanding { standing } = job.payload()?;
                renewal::standing::tell(db, &self.providers, standing).await
            }
            CallOff::KIND => renewal::standing::call_off(db, &self.providers, &job.payload()?).await,
            report::SendReport::KIND => report::run(db, &[(self.bot, 1)], Utc.fix()).await,
            TellWaiting::KIND => waiting::service::run(db).await,
            kind => Err(JobError::fail(format!("no handler for {kind}"))),
        }
    }

    async fn run_platform(&self, job: &Claimed) -> Result<(), JobError> {
        Err(JobError::fail(format!("no platform jobs here: {}", job.row.kind)))
    }

    async fn tick(&self) -> Result<(), StoreError> {
        Ok(())
    }
}

async fn stock(db: &TenantDb) -> Result<(PlanId, PanelId), StoreError> {
    let tx = db.write().await?;
    let monthly = PlanId::new();
    for (id, kind, days, gigabytes) in
        [(PlanId::new(), PlanKind::Trial, 7, 5), (monthly, PlanKind::Paid, 30, 100)]
    {
        let row = plan::ActiveModel {
            id: Set(id),
            position: Set(1),
            kind: Set(kind),
            names: Set(serde_json::json!({ "en": "Plan" })),
            days: Set(Days(days)),
            traffic_bytes: Set(Some(Bytes::gigabytes(gigabytes))),
            active: Set(true),
            created_at: Set(tx.now()),
        };
        plan::Entity::insert(row).exec_without_returning(tx.raw()).await?;
    }
    let row = price::ActiveModel {
        id: Set(RowId::new()),
        plan_id: Set(monthly),
        currency: Set(Currency::Rub),
        amount_minor: Set(29_900),
    };
    price::Entity::insert(row).exec_without_returning(tx.raw()).await?;
    let method = RowId::new();
    let seal = |column| tx.sealer().seal(place(column, method.0), &SecretString::from("secret"));
    let row = payment_method::ActiveModel {
        id: Set(method),
        provider: Set(FakeGateway::NAME.into()),
        enabled: Set(true),
        position: Set(1),
        account_id: Set("shop-1".into()),
        sealed_api_key: Set(seal("sealed_api_key")?),
        sealed_webhook_secret: Set(seal("sealed_webhook_secret")?),
        settings: Set(serde_json::json!({})),
        labels: Set(serde_json::json!({})),
        min_minor: Set(None),
        max_minor: Set(None),
        created_at: Set(tx.now()),
    };
    payment_method::Entity::insert(row).exec_without_returning(tx.raw()).await?;
    let id = PanelId::new();
    let password = SecretString::from("panel-password");
    let row = panel::ActiveModel {
        id: Set(id),
        name: Set("DE-1".into()),
        kind: Set("marzban".into()),
        base_url: Set("https://panel.example".into()),
        username: Set("admin".into()),
        sealed_password: Set(tx.sealer().seal(crate::shop::panel::service::password_place(id), &password)?),
        inbounds: Set(serde_json::json!([])),
        state: Set(panel::PanelState::Up),
        last_error: Set(None),
        version: Set(None),
        checked_at: Set(None),
        down_since: Set(None),
        failures: Set(0),
        weight: Set(panel::DEFAULT_WEIGHT),
        capacity: Set(None),
        enabled: Set(true),
        synced_at: Set(None),
        created_at: Set(tx.now()),
    };
    panel::Entity::insert(row).exec_without_returning(tx.raw()).await?;
    tx.commit().await?;
    Ok((monthly, id))
}
