//! The card page and its gateway together: asked for, paid, told, read again.

use std::{sync::Arc, time::Duration};

use axum::{Router, http::HeaderMap, routing::post};
use chrono::TimeDelta;
use domain::{
    clock::{Clock, MockClock, ShopClock},
    ids::{OrderId, TenantId},
    money::{Currency, Money},
    ports::{
        Dispute, GatewayAccount, GatewayError, GatewayEvent, NewPayment, PaymentGateway, PaymentStatus,
        RefusedWebhook,
    },
};
use tokio::sync::mpsc;
use url::Url;

use super::{CardDispute, CardEmulator};
use crate::{
    providers::{http, payments::test::TestGateway},
    sandbox::{
        desk::{Account, DeskSettings},
        hosted::{HostedError, HostedPayments as _, HostedState},
        knobs::Fault,
    },
};

struct Setup {
    real: MockClock,
    clock: ShopClock,
    emulator: CardEmulator,
    gateway: TestGateway,
    base: Url,
    hooks: mpsc::UnboundedReceiver<(HeaderMap, Vec<u8>)>,
}

impl Setup {
    async fn start() -> Self {
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let base: Url = format!("http://{}/", listener.local_addr().unwrap()).parse().unwrap();
        let client = http::client().unwrap();
        let real = MockClock::new();
        let clock = ShopClock::new(Arc::new(real.clone()), TimeDelta::zero());
        let emulator = emulator(&base, &real);
        for number in [1, 2] {
            emulator.open_account(account(&base, &clock, number));
        }
        let (sender, hooks) = mpsc::unbounded_channel();
        let endpoint = move |headers: HeaderMap, body: bytes::Bytes| async move {
            sender.send((headers, body.to_vec())).unwrap();
        };
        let app = Router::new().route("/hook", post(endpoint)).nest("/emulator/test", emulator.router());
        tokio::spawn(async move { axum::serve(listener, app).await });
        Self { real, clock, emulator, gateway: TestGateway::new(client), base, hooks }
    }

    fn account(&self, number: u8) -> GatewayAccount {
        GatewayAccount {
            base_url: self.base.join(&format!("emulator/test/{number}")).unwrap(),
            account_id: format!("shop_{number}"),
            api_key: format!("key_{number}").into(),
            webhook_secret: format!("secret_{number}").into(),
            settings: serde_json::Value::Null,
        }
    }

    fn payment(&self) -> NewPayment {
        NewPayment {
            tenant: TenantId::new(),
            order: OrderId::new(),
            amount: Money::new(29_900, Currency::Rub),
            description: "30 days".into(),
            return_url: "https://t.me/shop_bot".parse().unwrap(),
            expires_at: self.clock.now() + TimeDelta::hours(1),
            keeps_method: false,
            repeats_every: None,
        }
    }

    async fn verify(
        &self,
        number: u8,
        headers: &HeaderMap,
        body: &[u8],
    ) -> Result<GatewayEvent, RefusedWebhook> {
        let header = |name: &str| Some(headers.get(name)?.to_str().ok()?.to_owned());
        self.gateway.verify(&self.account(number), &header, body, self.real.now()).await
    }
}

fn emulator(base: &Url, real: &MockClock) -> CardEmulator {
    CardEmulator::new(DeskSettings {
        page_base: base.join("pay/").unwrap(),
        real: Arc::new(real.clone()),
        client: http::client().unwrap(),
        retry_after: vec![Duration::from_millis(1)],
    })
}

fn account(base: &Url, clock: &ShopClock, number: u8) -> Account {
    Account {
        shop: number.to_string(),
        id: format!("shop_{number}"),
        key: format!("key_{number}"),
        secret: format!("secret_{number}"),
        webhook_url: base.join("hook").unwrap(),
        clock: Arc::new(clock.clone()),
    }
}

#[tokio::test]
async fn a_payment_is_asked_for_paid_told_and_read_again() {
    let mut setup = Setup::start().await;
    let (account, wanted) = (setup.account(1), setup.payment());
    let created = setup.gateway.create(&account, &wanted).await.unwrap();
    assert!(created.pay_url.as_str().ends_with(&format!("/pay/{}", created.provider_payment_id)));
    let pending = setup.gateway.read(&account, &created.provider_payment_id).await.unwrap();
    assert_eq!(pending.status, PaymentStatus::Pending);

    setup.emulator.pay(&created.provider_payment_id).await.unwrap();
    let shown = setup.emulator.payment(&created.provider_payment_id).unwrap();
    assert_eq!((shown.state, shown.return_url), (HostedState::Paid, Some(wanted.return_url)));
    let (headers, body) = setup.hooks.recv().await.unwrap();
    let event = setup.verify(1, &headers, &body).await.unwrap();
    assert_eq!((event.order, event.account_id.as_str()), (Some(wanted.order), "shop_1"));

    let paid = setup.gateway.read(&account, &event.provider_payment_id).await.unwrap();
    assert_eq!((paid.status, paid.amount), (PaymentStatus::Paid, wanted.amount));
    assert_eq!((paid.order, paid.paid_at), (Some(wanted.order), Some(setup.clock.now())));
    assert_eq!(setup.emulator.pay(&created.provider_payment_id).await, Err(HostedError::Settled));
}

#[tokio::test]
async fn a_refused_card_and_a_payment_out_of_time_end_it() {
    let mut setup = Setup::start().await;
    let account = setup.account(1);
    let refused = setup.gateway.create(&account, &setup.payment()).await.unwrap();
    setup.emulator.decline(&refused.provider_payment_id).unwrap();
    let (headers, body) = setup.hooks.recv().await.unwrap();
    let event = setup.verify(1, &headers, &body).await.unwrap();
    let read = setup.gateway.read(&account, &event.provider_payment_id).await.unwrap();
    assert_eq!(read.status, PaymentStatus::Failed);

    let late = setup.gateway.create(&account, &setup.payment()).await.unwrap();
    setup.clock.set_offset(TimeDelta::hours(1));
    assert_eq!(setup.emulator.pay(&late.provider_payment_id).await, Err(HostedError::Settled));
    let read = setup.gateway.read(&account, &late.provider_payment_id).await.unwrap();
    assert_eq!(read.status, PaymentStatus::Expired);
}

#[tokio::test]
async fn one_order_has_one_payment_even_when_the_answer_is_lost() {
    let setup = Setup::start().await;
    let (account, mut wanted) = (setup.account(1), setup.payment());
    setup.emulator.knobs().lose_answer("POST /payments", 1);
    let lost = setup.gateway.create(&account, &wanted).await;
    assert!(matches!(lost, Err(GatewayError::Unavailable(_))));
    let first = setup.gateway.create(&account, &wanted).await.unwrap();
    let second = setup.gateway.create(&account, &wanted).await.unwrap();
    assert_eq!(first.provider_payment_id, second.provider_payment_id);
    assert_eq!(setup.emulator.count(), 1);
    wanted.amount = Money::new(1, Currency::Rub);
    let other = setup.gateway.create(&account, &wanted).await;
    assert!(matches!(other, Err(GatewayError::Refused(code)) if code == "order"));
}

#[tokio::test]
async fn shops_cannot_reach_each_others_payments() {
    let mut setup = Setup::start().await;
    let created = setup.gateway.create(&setup.account(1), &setup.payment()).await.unwrap();
    let id = &created.provider_payment_id;
    let foreign = setup.gateway.read(&setup.account(2), id).await;
    assert!(matches!(foreign, Err(GatewayError::NotFound)));
    let stranger = GatewayAccount { api_key: "key_3".to_owned().into(), ..setup.account(1) };
    assert!(matches!(setup.gateway.read(&stranger, id).await, Err(GatewayError::Credentials)));
    let climbing = setup.gateway.read(&setup.account(1), "../payments").await;
    assert!(matches!(climbing, Err(GatewayError::NotFound)));

    setup.emulator.pay(id).await.unwrap();
    let (headers, body) = setup.hooks.recv().await.unwrap();
    assert_eq!(setup.verify(2, &headers, &body).await, Err(RefusedWebhook::Signature));
    let swapped = GatewayAccount { account_id: "shop_2".into(), ..setup.account(1) };
    let header = |name: &str| Some(headers.get(name)?.to_str().ok()?.to_owned());
    let verdict = setup.gateway.verify(&swapped, &header, &body, setup.real.now()).await;
    assert_eq!(verdict, Err(RefusedWebhook::Account));
    let later = setup.real.now() + TimeDelta::seconds(301);
    let replayed = setup.gateway.verify(&setup.account(1), &header, &body, later).await;
    assert_eq!(replayed, Err(RefusedWebhook::Timestamp));
    let nothing = setup.gateway.verify(&setup.account(1), &|_| None, &body, setup.real.now()).await;
    assert_eq!(nothing, Err(RefusedWebhook::Signature));
}

#[tokio::test]
async fn webhooks_can_come_twice_and_the_provider_can_be_down() {
    let mut setup = Setup::start().await;
    let account = setup.account(1);
    let created = setup.gateway.create(&account, &setup.payment()).await.unwrap();
    setup.emulator.knobs().duplicate_next("webhook:payment.paid", 1);
    setup.emulator.pay(&created.provider_payment_id).await.unwrap();
    let (first, second) = (setup.hooks.recv().await.unwrap(), setup.hooks.recv().await.unwrap());
    assert_eq!(first.1, second.1, "the same event");
    setup.emulator.knobs().set("GET *", Fault::Down, Some(1));
    let down = setup.gateway.read(&account, &created.provider_payment_id).await;
    assert!(matches!(down, Err(GatewayError::Unavailable(_))));
}

#[tokio::test]
async fn a_shop_that_is_months_ahead_still_gets_webhooks_of_today() {
    let mut setup = Setup::start().await;
    setup.clock.set_offset(TimeDelta::days(90));
    let created = setup.gateway.create(&setup.account(1), &setup.payment()).await.unwrap();
    setup.emulator.pay(&created.provider_payment_id).await.unwrap();
    let (headers, body) = setup.hooks.recv().await.unwrap();
    assert!(setup.verify(1, &headers, &body).await.is_ok());
}

#[tokio::test]
async fn a_restart_keeps_payments() {
    let setup = Setup::start().await;
    let created = setup.gateway.create(&setup.account(1), &setup.payment()).await.unwrap();
    let other = emulator(&setup.base, &setup.real);
    other.restore(&setup.emulator.snapshot()).unwrap();
    other.open_account(account(&setup.base, &setup.clock, 1));
    assert_eq!(other.payment(&created.provider_payment_id).unwrap().state, HostedState::Open);
}

#[tokio::test]
async fn what_a_bank_calls_back_is_told_and_read() {
    let mut setup = Setup::start().await;
    let created = setup.gateway.create(&setup.account(1), &setup.payment()).await.unwrap();
    let id = &created.provider_payment_id;
    assert!(setup.emulator.dispute(id, CardDispute::Open).is_err(), "nobody has paid");
    setup.emulator.pay(id).await.unwrap();
    setup.hooks.recv().await.unwrap();
    for (said, read) in [(CardDispute::Open, Dispute::Open), (CardDispute::Lost, Dispute::Lost)] {
        setup.emulator.dispute(id, said).unwrap();
        let (headers, body) = setup.hooks.recv().await.unwrap();
        setup.verify(1, &headers, &body).await.unwrap();
        assert_eq!(setup.gateway.read(&setup.account(1), id).await.unwrap().dispute, Some(read));
    }
}
