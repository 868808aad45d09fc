//! Packages paid for on real databases, with a provider that answers as it is told.

use std::sync::Mutex;

use async_trait::async_trait;
use chrono::{DateTime, Duration, Utc};
use rstest::rstest;
use sea_orm::{ActiveModelTrait, EntityTrait};
use url::Url;

use super::{
    checkout::{self, CheckoutError, CheckoutForm},
    intake::{self, Intake},
    poll::{self, PollCheckout},
    service::{self, TrialError},
    settle::{self, Settled},
};
use crate::{
    db::{Conn, MasterDb},
    entities::master::{
        deployment_step::Step,
        job, ledger_entry, package_payment,
        package_payment::PackagePaymentState,
        package_subscription::PackageState,
        payment_inbox::{self, InboxKind, InboxState},
    },
    ids::{AccountId, CustomerId, PackagePaymentId, TenantId},
    money::{Currency, Money},
    platform::{deployment, package},
    ports::{
        BillingEvent, BillingGateway, CheckoutFacts, CheckoutStatus, CreatedCheckout, Cycle, GatewayError,
        NewCheckout, RefusedWebhook,
    },
    testing::{self, TestStore},
};

/// A provider with one checkout, whose facts a test sets.
#[derive(Default)]
struct Scripted {
    facts: Mutex<Option<CheckoutFacts>>,
    created: Mutex<Vec<PackagePaymentId>>,
    lost: Mutex<Option<String>>,
}

impl Scripted {
    fn set(&self, change: impl FnOnce(&mut CheckoutFacts)) {
        change(self.facts.lock().unwrap().as_mut().unwrap());
    }

    /// The provider no longer knows this checkout.
    fn lose(&self, session_id: &str) {
        *self.lost.lock().unwrap() = Some(session_id.to_owned());
    }

    fn pay(&self) {
        self.set(|facts| facts.status = CheckoutStatus::Paid);
    }
}

#[async_trait]
impl BillingGateway for Scripted {
    fn name(&self) -> &'static str {
        "stripe"
    }

    fn account_id(&self) -> &str {
        "acct_test"
    }

    async fn create_checkout(&self, checkout: &NewCheckout) -> Result<CreatedCheckout, GatewayError> {
        self.created.lock().unwrap().push(checkout.payment);
        *self.facts.lock().unwrap() = Some(CheckoutFacts {
            session_id: format!("cs_{}", checkout.payment),
            payment: Some(checkout.payment),
            status: CheckoutStatus::Open,
            amount: checkout.price,
            provider_customer_id: Some("cus_1".into()),
            provider_subscription_id: Some("sub_1".into()),
            raw: serde_json::json!({ "id": "cs" }),
        });
        Ok(CreatedCheckout {
            session_id: format!("cs_{}", checkout.payment),
            pay_url: Url::parse("https://checkout.test/pay").unwrap(),
        })
    }

    async fn read_checkout(&self, session_id: &str) -> Result<CheckoutFacts, GatewayError> {
        if self.lost.lock().unwrap().as_deref() == Some(session_id) {
            return Err(GatewayError::NotFound);
        }
        Ok(self.facts.lock().unwrap().clone().unwrap())
    }

    fn verify(
        &self,
        signature: Option<&str>,
        body: &[u8],
        _: DateTime<Utc>,
    ) -> Result<BillingEvent, RefusedWebhook> {
        if signature != Some("good") {
            return Err(RefusedWebhook::Signature);
        }
        let facts = self.facts.lock().unwrap();
        Ok(BillingEvent {
            event_id: String::from_utf8_lossy(body).into_owned(),
            kind: "checkout.session.completed".into(),
            session_id: facts.as_ref().map(|facts| facts.session_id.clone()),
            payment: facts.as_ref().and_then(|facts| facts.payment),
        })
    }
}

/// A customer with a shop whose deployment has begun.
async fn customer(test: &TestStore) -> (CustomerId, TenantId) {
    package::service::seed(test.master()).await.unwrap();
    let shop = test.shop().await.tenant();
    let tx = test.master().write().await.unwrap();
    deployment::service::begin(&tx, shop).await.unwrap();
    tx.commit().await.unwrap();
    let row = crate::platform::tenant::service::find(test.master(), shop).await.unwrap().unwrap();
    (row.customer_id, shop)
}

fn form(customer: CustomerId) -> CheckoutForm {
    CheckoutForm {
        customer,
        package: "starter".into(),
        cycle: Cycle::Month,
        product_name: "Starter".into(),
        email: "ali@example.com".into(),
        success_url: Url::parse("https://botyard.test/ok").unwrap(),
        cancel_url: Url::parse("https://botyard.test/no").unwrap(),
    }
}

async fn session(test: &TestStore, customer: CustomerId) -> String {
    service::latest_payment(test.master(), customer).await.unwrap().unwrap().session_id.unwrap()
}

#[tokio::test]
async fn a_paid_checkout_activates_the_package_once_however_often_it_is_settled() {
    for test in testing::stores().await {
        let (customer, shop) = customer(&test).await;
        let gateway = Scripted::default();
        checkout::open(test.master(), &gateway, form(customer)).await.unwrap();
        let session = session(&test, customer).await;
        gateway.pay();
        for _ in 0..3 {
            let settled = settle::settle(test.master(), &gateway, &session).await.unwrap();
            assert!(matches!(settled, Settled::Payment(_, PackagePaymentState::Paid)), "{settled:?}");
        }
        let rows = ledger_entry::Entity::find().all(test.master().raw()).await.unwrap();
        assert_eq!(rows.len(), 2, "{}", test.name());
        assert_eq!(rows.iter().map(|row| row.amount_minor).sum::<i64>(), 0);
        let package = service::subscription_of(test.master(), customer).await.unwrap().unwrap();
        assert_eq!((package.state, package.cycle), (PackageState::Active, Some(Cycle::Month)));
        assert_eq!(package.period_end, super::rules::period_end(package.period_start, Cycle::Month));
        assert_eq!(super::verify::platform(test.master()).await.unwrap(), [], "{}", test.name());
        let progress = deployment::service::of_tenant(test.master(), shop).await.unwrap().unwrap();
        assert!(progress.is_done(Step::OrderPlaced) && progress.is_done(Step::PaymentVerified));
        assert!(progress.deployment.paid_at.is_some());
        let evidence = payment_inbox::Entity::find().all(test.master().raw()).await.unwrap();
        assert_eq!(evidence.iter().filter(|row| row.kind == InboxKind::Read).count(), 1);

        let again = checkout::open(test.master(), &gateway, form(customer)).await;
        assert!(matches!(again, Err(CheckoutError::AlreadyPaid)));
    }
}

#[tokio::test]
async fn settlements_at_once_give_one_period() {
    for test in testing::stores().await {
        let (customer, _) = customer(&test).await;
        let gateway = Scripted::default();
        checkout::open(test.master(), &gateway, form(customer)).await.unwrap();
        let session = session(&test, customer).await;
        gateway.pay();
        let copies = (0..8).map(|_| settle::settle(test.master(), &gateway, &session));
        for settled in futures::future::join_all(copies).await {
            assert!(matches!(settled.unwrap(), Settled::Payment(_, PackagePaymentState::Paid)));
        }
        let package = service::subscription_of(test.master(), customer).await.unwrap().unwrap();
        assert_eq!(package.period_start, test.master().clock().now(), "{}", test.name());
        assert_eq!(package.period_end, super::rules::period_end(package.period_start, Cycle::Month));
    }
}

#[tokio::test]
async fn an_event_about_a_checkout_that_is_none_of_ours_is_set_aside_with_its_reason() {
    for test in testing::stores().await {
        let (customer, _) = customer(&test).await;
        let gateway = Scripted::default();
        checkout::open(test.master(), &gateway, form(customer)).await.unwrap();
        let session = session(&test, customer).await;
        // Another product sold through the same account, and a checkout that is gone.
        gateway.set(|facts| (facts.session_id, facts.payment) = ("cs_other".into(), None));
        intake::take(test.master(), &gateway, Some("good"), b"evt_1").await.unwrap();
        assert_eq!(settle::settle(test.master(), &gateway, "cs_other").await.unwrap(), Settled::Unknown);
        gateway.set(|facts| facts.session_id = "cs_gone".into());
        intake::take(test.master(), &gateway, Some("good"), b"evt_2").await.unwrap();
        gateway.lose("cs_gone");
        assert_eq!(settle::settle(test.master(), &gateway, "cs_gone").await.unwrap(), Settled::Unknown);

        let rows = payment_inbox::Entity::find().all(test.master().raw()).await.unwrap();
        assert!(rows.iter().all(|row| row.state == InboxState::Refused), "{}: {rows:?}", test.name());
        let reasons: Vec<_> = rows.iter().filter_map(|row| row.reason.as_deref()).collect();
        assert!(reasons[0].contains("none of ours") && reasons[1].contains("no such payment"), "{reasons:?}");
        let payment = service::latest_payment(test.master(), customer).await.unwrap().unwrap();
        assert_eq!((payment.state, payment.session_id), (PackagePaymentState::Pending, Some(session)));
    }
}

#[rstest]
#[case::amount(|facts: &mut CheckoutFacts| facts.amount = Money::new(1, Currency::Usd))]
#[case::currency(|facts: &mut CheckoutFacts| facts.amount = Money::new(5000, Currency::Eur))]
#[case::payment(|facts: &mut CheckoutFacts| facts.payment = None)]
#[tokio::test]
async fn money_that_is_not_as_asked_activates_nothing(#[case] change: fn(&mut CheckoutFacts)) {
    let test = testing::sqlite().await;
    let (customer, _) = customer(&test).await;
    let gateway = Scripted::default();
    checkout::open(test.master(), &gateway, form(customer)).await.unwrap();
    let session = session(&test, customer).await;
    gateway.pay();
    gateway.set(change);
    let settled = settle::settle(test.master(), &gateway, &session).await.unwrap();
    assert!(matches!(settled, Settled::Payment(_, PackagePaymentState::Mismatch)), "{settled:?}");
    assert!(service::subscription_of(test.master(), customer).await.unwrap().is_none());
    assert!(ledger_entry::Entity::find().all(test.master().raw()).await.unwrap().is_empty());
}

#[tokio::test]
async fn a_hundred_copies_of_a_webhook_make_one_row_and_one_job() {
    for test in testing::stores().await {
        let (customer, _) = customer(&test).await;
        let gateway = Scripted::default();
        checkout::open(test.master(), &gateway, form(customer)).await.unwrap();
        let copies = (0..100).map(|_| intake::take(test.master(), &gateway, Some("good"), b"evt_1"));
        let outcomes: Vec<_> =
            futures::future::join_all(copies).await.into_iter().map(Result::unwrap).collect();
        assert_eq!(outcomes.iter().filter(|outcome| **outcome == Intake::Accepted).count(), 1);
        assert_eq!(outcomes.iter().filter(|outcome| **outcome == Intake::Duplicate).count(), 99);
        let jobs = job::Entity::find().all(test.master().raw()).await.unwrap();
        assert_eq!(jobs.iter().filter(|job| job.kind == "settle_checkout").count(), 1, "{}", test.name());
    }
}

#[tokio::test]
async fn a_refused_webhook_is_kept_once_and_changes_nothing() {
    for test in testing::stores().await {
        let gateway = Scripted::default();
        for _ in 0..2 {
            let outcome = intake::take(test.master(), &gateway, Some("bad"), b"{\0}").await.unwrap();
            assert_eq!(outcome, Intake::Refused(RefusedWebhook::Signature));
        }
        let rows = intake::latest(test.master(), 10).await.unwrap();
        assert_eq!(rows.len(), 1, "{}", test.name());
        assert_eq!((rows[0].kind, rows[0].state), (InboxKind::Refused, InboxState::Refused));
        assert!(job::Entity::find().all(test.master().raw()).await.unwrap().is_empty());
    }
}

#[tokio::test]
async fn an_order_killed_before_the_provider_answered_keeps_its_payment() {
    let test = testing::sqlite().await;
    let (customer, _) = customer(&test).await;
    let gateway = Scripted::default();
    checkout::open(test.master(), &gateway, form(customer)).await.unwrap();
    let mut payment = service::latest_payment(test.master(), customer).await.unwrap().unwrap();
    // As it is between the two commits.
    payment.state = PackagePaymentState::New;
    payment.session_id = None;
    let tx = test.master().write().await.unwrap();
    let row = package_payment::ActiveModel::from(payment.clone()).reset_all();
    row.update(tx.raw()).await.unwrap();
    tx.commit().await.unwrap();

    checkout::open(test.master(), &gateway, form(customer)).await.unwrap();
    assert_eq!(*gateway.created.lock().unwrap(), [payment.id, payment.id]);
}

#[tokio::test]
async fn a_payer_quicker_than_our_second_commit_stays_paid() {
    let test = testing::sqlite().await;
    let (customer, _) = customer(&test).await;
    let gateway = Quick { inner: Scripted::default(), master: test.master().clone() };
    checkout::open(test.master(), &gateway, form(customer)).await.unwrap();
    let payment = service::latest_payment(test.master(), customer).await.unwrap().unwrap();
    assert_eq!(payment.state, PackagePaymentState::Paid);
}

/// Its checkouts are paid and settled before the call that opens them returns.
struct Quick {
    inner: Scripted,
    master: MasterDb,
}

#[async_trait]
impl BillingGateway for Quick {
    fn name(&self) -> &'static str {
        self.inner.name()
    }

    fn account_id(&self) -> &str {
        self.inner.account_id()
    }

    async fn create_checkout(&self, checkout: &NewCheckout) -> Result<CreatedCheckout, GatewayError> {
        let created = self.inner.create_checkout(checkout).await?;
        self.inner.pay();
        settle::settle(&self.master, &self.inner, &created.session_id).await.unwrap();
        Ok(created)
    }

    async fn read_checkout(&self, session_id: &str) -> Result<CheckoutFacts, GatewayError> {
        self.inner.read_checkout(session_id).await
    }

    fn verify(
        &self,
        signature: Option<&str>,
        body: &[u8],
        now: DateTime<Utc>,
    ) -> Result<BillingEvent, RefusedWebhook> {
        self.inner.verify(signature, body, now)
    }
}

#[tokio::test]
async fn an_open_checkout_is_offered_again_and_an_expired_one_is_not() {
    let test = testing::sqlite().await;
    let (customer, _) = customer(&test).await;
    let gateway = Scripted::default();
    checkout::open(test.master(), &gateway, form(customer)).await.unwrap();
    checkout::open(test.master(), &gateway, form(customer)).await.unwrap();
    assert_eq!(gateway.created.lock().unwrap().len(), 1);
    gateway.set(|facts| facts.status = CheckoutStatus::Expired);
    checkout::open(test.master(), &gateway, form(customer)).await.unwrap();
    assert_eq!(gateway.created.lock().unwrap().len(), 2);
}

#[tokio::test]
async fn a_webhook_that_never_comes_is_made_up_for_by_looking() {
    let test = testing::sqlite().await;
    let (customer, _) = customer(&test).await;
    let gateway = Scripted::default();
    checkout::open(test.master(), &gateway, form(customer)).await.unwrap();
    let payment = service::latest_payment(test.master(), customer).await.unwrap().unwrap();
    test.clock.advance(Duration::minutes(1));
    poll::poll(test.master(), &gateway, PollCheckout { payment: payment.id, looks: 1 }).await.unwrap();
    gateway.pay();
    test.clock.advance(Duration::minutes(2));
    poll::poll(test.master(), &gateway, PollCheckout { payment: payment.id, looks: 2 }).await.unwrap();
    let package = service::subscription_of(test.master(), customer).await.unwrap().unwrap();
    assert_eq!(package.state, PackageState::Active);
}

#[tokio::test]
async fn the_trial_is_given_once_and_turns_into_a_paid_package() {
    for test in testing::stores().await {
        let (customer, shop) = customer(&test).await;
        service::start_trial(test.master(), AccountId::new(), customer).await.unwrap();
        let again = service::start_trial(test.master(), AccountId::new(), customer).await;
        assert!(matches!(again, Err(TrialError::Used)), "{}", test.name());
        let progress = deployment::service::of_tenant(test.master(), shop).await.unwrap().unwrap();
        assert!(progress.is_done(Step::PaymentVerified));
        let limits = package::limits::of_tenant(test.master(), shop, test.master().clock().now()).await;
        assert_eq!(limits.unwrap().unwrap().bots, Some(1));
        test.clock.advance(Duration::days(15));
        let limits = package::limits::of_tenant(test.master(), shop, test.master().clock().now()).await;
        assert_eq!(limits.unwrap(), None);

        let gateway = Scripted::default();
        checkout::open(test.master(), &gateway, form(customer)).await.unwrap();
        gateway.pay();
        let session = session(&test, customer).await;
        settle::settle(test.master(), &gateway, &session).await.unwrap();
        let package = service::subscription_of(test.master(), customer).await.unwrap().unwrap();
        assert_eq!(package.state, PackageState::Active);
    }
}
