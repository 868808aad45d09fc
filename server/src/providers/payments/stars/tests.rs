//! The gateway against the emulated Telegram, over HTTP.

use std::{collections::BTreeSet, sync::Arc};

use chrono::{DateTime, Duration, Utc};
use domain::{
    clock::{Clock as _, MockClock},
    ids::{OrderId, RefundId, TenantId},
    money::{Currency, Money},
    ports::{
        GatewayAccount, GatewayError, NewPayment, PaymentGateway as _, PaymentStatus, RefundRequest,
        RefusedWebhook,
    },
    testing,
    units::Days,
};
use serde_json::json;
use url::Url;

use super::StarsGateway;
use crate::{
    providers::http,
    sandbox::telegram::{TelegramEmulator, Transaction, Verdict, contract::Contract, router},
};

const PAYER: i64 = 1_001;

struct Scene {
    telegram: TelegramEmulator,
    clock: MockClock,
    gateway: StarsGateway,
    account: GatewayAccount,
    bot: i64,
}

impl Scene {
    async fn new() -> Self {
        let clock = MockClock::new();
        let client = reqwest::Client::builder().no_proxy().build().unwrap();
        let telegram = TelegramEmulator::new(Arc::new(clock.clone()), client);
        let (bot, token) = telegram.create_bot("Shop", "first_shop_bot").unwrap();
        telegram.user(PAYER, "Sara", "en");
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let base_url = Url::parse(&format!("http://{}", listener.local_addr().unwrap())).unwrap();
        let app = router(telegram.clone());
        tokio::spawn(async move { axum::serve(listener, app).await });
        let account = GatewayAccount {
            base_url,
            account_id: bot.to_string(),
            api_key: token,
            webhook_secret: "unused".into(),
            settings: json!(null),
        };
        Self { telegram, clock, gateway: StarsGateway::new(http::client().unwrap()), account, bot }
    }

    fn payment(&self, order: OrderId, stars: i64) -> NewPayment {
        NewPayment {
            tenant: TenantId::new(),
            order,
            amount: Money::new(stars, Currency::Xtr),
            description: "BY-123456 · یک ماه، نامحدود و سریع برای همهٔ دستگاه‌ها".into(),
            return_url: Url::parse("https://t.me/first_shop_bot").unwrap(),
            expires_at: self.clock.now() + Duration::hours(1),
            keeps_method: false,
            repeats_every: None,
        }
    }

    /// Opens a payment and gives its link.
    async fn open(&self, order: OrderId, stars: i64) -> String {
        let created = self.gateway.create(&self.account, &self.payment(order, stars)).await.unwrap();
        assert_eq!(created.provider_payment_id, order.to_string());
        created.pay_url.to_string()
    }

    /// The same for one that is paid again every month.
    async fn open_repeated(&self, order: OrderId, stars: i64) -> String {
        let payment = NewPayment { repeats_every: Some(Days(30)), ..self.payment(order, stars) };
        self.gateway.create(&self.account, &payment).await.unwrap().pay_url.to_string()
    }

    fn month_passes(&self) {
        self.clock.advance(Duration::days(30));
        self.telegram.renew_stars();
    }

    /// Somebody pays, and the bot agrees.
    async fn pay(&self, link: &str) {
        let id = self.telegram.pay(PAYER, link).unwrap();
        let params = json!({ "pre_checkout_query_id": id, "ok": true });
        self.gateway.call(&self.account, "answerPreCheckoutQuery", &params).await.unwrap();
        assert_eq!(self.telegram.checkout(&id), (Some(Verdict::Paid), false));
    }

    async fn paid(&self, stars: i64) -> OrderId {
        let order = OrderId::new();
        self.pay(&self.open(order, stars).await).await;
        order
    }

    fn refund(&self, payment: impl ToString, stars: i64) -> RefundRequest {
        let amount = Money::new(stars, Currency::Xtr);
        let provider_payment_id = payment.to_string();
        RefundRequest { refund: RefundId::new(), provider_payment_id, amount, paid: amount }
    }

    fn since(&self) -> DateTime<Utc> {
        self.clock.now() - Duration::days(1)
    }

    /// A payment that other software of this bot has sold.
    fn foreign(&self, number: i64) {
        let id = format!("old{number}");
        let at = self.clock.now().timestamp();
        let made = Transaction {
            id,
            user: PAYER,
            payload: "their-order".into(),
            amount: 5,
            at,
            back: false,
            period: None,
        };
        self.telegram.put_star_payment(self.bot, made);
    }
}

#[tokio::test]
async fn a_link_is_paid_by_the_orders_name_and_found_by_telegrams_too() {
    let scene = Scene::new().await;
    let order = OrderId::new();
    let link = scene.open(order, 150).await;
    let asked = scene.telegram.invoice(&link).unwrap();
    assert_eq!((asked.amount, asked.payload.as_str()), (150, order.to_string().as_str()));
    let before = scene.gateway.read(&scene.account, &order.to_string()).await.unwrap();
    assert_eq!((before.status, before.order), (PaymentStatus::Pending, Some(order)));

    scene.pay(&link).await;
    let facts = scene.gateway.read(&scene.account, &order.to_string()).await.unwrap();
    assert_eq!(facts.provider_payment_id, order.to_string());
    assert_eq!(facts.account_id, scene.bot.to_string());
    assert_eq!((facts.status, facts.order, facts.refunded), (PaymentStatus::Paid, Some(order), 0));
    assert_eq!(facts.amount, Money::new(150, Currency::Xtr));
    assert_eq!(facts.paid_at.map(|at| at.timestamp()), Some(scene.clock.now().timestamp()));
    let charge = scene.telegram.star_payments(scene.bot)[0].id.clone();
    assert_eq!(scene.gateway.read(&scene.account, &charge).await.unwrap(), facts);
}

#[tokio::test]
async fn a_payment_goes_back_whole_and_once() {
    let scene = Scene::new().await;
    let order = scene.paid(150).await;
    let request = scene.refund(order, 150);
    scene.telegram.knobs().lose_answer("refundStarPayment", 1);
    let lost = scene.gateway.refund(&scene.account, &request).await;
    assert!(matches!(lost, Err(GatewayError::Unavailable(_))), "{lost:?}");
    scene.gateway.refund(&scene.account, &request).await.unwrap();
    // Another process has not read of it yet.
    StarsGateway::new(http::client().unwrap()).refund(&scene.account, &request).await.unwrap();
    let facts = scene.gateway.read(&scene.account, &order.to_string()).await.unwrap();
    assert_eq!((facts.status, facts.refunded), (PaymentStatus::Paid, 150));
    assert_eq!(scene.telegram.star_payments(scene.bot).len(), 2);

    let unknown = scene.gateway.refund(&scene.account, &scene.refund(OrderId::new(), 5)).await;
    assert!(matches!(unknown, Err(GatewayError::NotFound)), "{unknown:?}");
}

#[tokio::test]
async fn telegrams_word_that_it_went_back_is_success() {
    let scene = Scene::new().await;
    let order = scene.paid(150).await;
    scene.gateway.ledger(&scene.account).await.unwrap();
    let text = "Bad Request: CHARGE_ALREADY_REFUNDED";
    let body = json!({ "ok": false, "error_code": 400, "description": text });
    scene.telegram.knobs().fail_next("refundStarPayment", 1, 400, body);
    scene.gateway.refund(&scene.account, &scene.refund(order, 150)).await.unwrap();
    let body = json!({ "ok": false, "error_code": 400, "description": "Bad Request: CHARGE_ID_INVALID" });
    scene.telegram.knobs().fail_next("refundStarPayment", 1, 400, body);
    let refused = scene.gateway.refund(&scene.account, &scene.refund(order, 150)).await;
    assert!(matches!(&refused, Err(GatewayError::Refused(word)) if word.contains("INVALID")), "{refused:?}");
}

#[tokio::test]
async fn a_second_payment_of_a_link_bears_a_name_of_its_own() {
    let scene = Scene::new().await;
    let order = OrderId::new();
    let link = scene.open(order, 150).await;
    scene.pay(&link).await;
    scene.pay(&link).await;
    let charges = scene.telegram.star_payments(scene.bot);
    let first = scene.gateway.read(&scene.account, &charges[0].id).await.unwrap();
    let second = scene.gateway.read(&scene.account, &charges[1].id).await.unwrap();
    assert_eq!(first.provider_payment_id, order.to_string());
    assert_eq!((second.provider_payment_id.as_str(), second.order), (charges[1].id.as_str(), Some(order)));

    scene.gateway.refund(&scene.account, &scene.refund(&charges[1].id, 150)).await.unwrap();
    let listed = scene.gateway.list(&scene.account, scene.since()).await.unwrap();
    let back: Vec<_> = listed.iter().map(|facts| facts.refunded).collect();
    assert_eq!(back, [0, 150], "the first one stays");
}

#[tokio::test]
async fn each_month_of_a_subscription_is_a_payment_of_its_own_that_names_the_first_order() {
    let scene = Scene::new().await;
    let order = OrderId::new();
    let link = scene.open_repeated(order, 150).await;
    scene.pay(&link).await;
    let first = scene.gateway.read(&scene.account, &order.to_string()).await.unwrap();
    assert_eq!((first.order, first.repeats), (Some(order), None));
    scene.month_passes();
    scene.month_passes();
    let charges = scene.telegram.star_payments(scene.bot);
    assert_eq!(charges.len(), 3);
    for charge in &charges[1..] {
        let facts = scene.gateway.read(&scene.account, &charge.id).await.unwrap();
        assert_eq!((facts.order, facts.repeats), (None, Some(order)));
        assert_eq!((facts.provider_payment_id, facts.amount.minor), (charge.id.clone(), 150));
    }
    let listed = scene.gateway.list(&scene.account, scene.since()).await.unwrap();
    assert_eq!(listed.len(), 1, "the last of them alone is new");

    // A month goes back, and the others stay.
    scene.gateway.refund(&scene.account, &scene.refund(&charges[1].id, 150)).await.unwrap();
    let refunded = async |id: &str| scene.gateway.read(&scene.account, id).await.unwrap().refunded;
    assert_eq!((refunded(&charges[1].id).await, refunded(&charges[2].id).await), (150, 0));
    assert_eq!(refunded(&order.to_string()).await, 0);
}

#[tokio::test]
async fn a_subscription_is_called_off_by_the_name_of_any_of_its_payments_and_its_payer_lets_it_go_on() {
    let scene = Scene::new().await;
    let order = OrderId::new();
    scene.pay(&scene.open_repeated(order, 150).await).await;
    let repeat = async |payment: &str, on| scene.gateway.repeat(&scene.account, payment, on).await;
    for _ in 0..2 {
        repeat(&order.to_string(), false).await.unwrap();
        assert!(!scene.telegram.star_subscriptions(scene.bot)[0].goes_on());
    }
    repeat(&order.to_string(), true).await.unwrap();
    assert!(scene.telegram.reactivate_subscriptions(scene.bot, PAYER));
    scene.month_passes();
    let second = scene.telegram.star_payments(scene.bot)[1].id.clone();
    repeat(&second, false).await.unwrap();
    scene.month_passes();
    assert_eq!(scene.telegram.star_payments(scene.bot).len(), 2, "nothing more is taken");
    let over = repeat(&second, true).await;
    assert!(matches!(&over, Err(GatewayError::Refused(word)) if word.contains("NOT_ACTIVE")), "{over:?}");
    let unknown = repeat("stx-not-there-yet", false).await;
    assert!(matches!(unknown, Err(GatewayError::Unavailable(_))), "{unknown:?}");
}

#[tokio::test]
async fn who_pays_the_link_of_a_subscription_twice_has_a_second_payment_each_month() {
    let scene = Scene::new().await;
    let order = OrderId::new();
    let link = scene.open_repeated(order, 150).await;
    scene.pay(&link).await;
    scene.clock.advance(Duration::minutes(1));
    scene.pay(&link).await;
    scene.month_passes();
    scene.clock.advance(Duration::minutes(1));
    scene.telegram.renew_stars();
    let listed = scene.gateway.list(&scene.account, DateTime::UNIX_EPOCH).await.unwrap();
    let named: Vec<_> = listed.iter().map(|facts| (facts.order, facts.repeats)).collect();
    let (own, again) = ((Some(order), None), (None, Some(order)));
    assert_eq!(named, [own, own, again, own], "what is no repetition belongs to nobody");
    assert_eq!(listed[0].provider_payment_id, order.to_string());
    assert!(listed[1..].iter().all(|facts| facts.provider_payment_id.starts_with("stx")));
}

#[tokio::test]
async fn the_whole_list_is_read_once_and_then_what_is_new() {
    let scene = Scene::new().await;
    (0..250).for_each(|number| scene.foreign(number));
    let order = scene.paid(150).await;
    let pages = || scene.telegram.count(scene.bot, "getStarTransactions");
    let listed = scene.gateway.list(&scene.account, scene.since()).await.unwrap();
    assert_eq!((listed.len(), pages()), (251, 3));
    assert_eq!(listed[250].order, Some(order));
    assert_eq!((listed[0].order, listed[0].provider_payment_id.as_str()), (None, "old0"));

    scene.clock.advance(Duration::days(3));
    let news = scene.paid(20).await;
    let listed = scene.gateway.list(&scene.account, scene.since()).await.unwrap();
    assert_eq!((listed.len(), pages()), (1, 4), "one page more");
    assert_eq!(listed[0].order, Some(news));
    scene.gateway.refund(&scene.account, &scene.refund(order, 150)).await.unwrap();
    let listed = scene.gateway.list(&scene.account, scene.since()).await.unwrap();
    assert_eq!(listed.len(), 2, "an old payment that went back is news");
}

#[tokio::test]
async fn a_list_that_is_another_one_is_read_anew() {
    let scene = Scene::new().await;
    let order = scene.paid(150).await;
    scene.gateway.read(&scene.account, &order.to_string()).await.unwrap();
    let other = Scene::new().await;
    let theirs = other.paid(20).await;
    // The same bot at the same address, which has forgotten everything.
    let kept = scene.gateway.ledger(&scene.account).await.unwrap();
    let key = format!("{}{}", other.account.base_url, other.account.account_id);
    other.gateway.ledgers.keep(key, kept).await;
    let facts = other.gateway.read(&other.account, &theirs.to_string()).await.unwrap();
    assert_eq!(facts.status, PaymentStatus::Paid);
    let gone = other.gateway.read(&other.account, &order.to_string()).await.unwrap();
    assert_eq!(gone.status, PaymentStatus::Pending);
}

#[tokio::test]
async fn every_kind_of_trouble_is_told_apart() {
    let scene = Scene::new().await;
    scene.gateway.probe(&scene.account).await.unwrap();
    let read =
        async |account: &GatewayAccount| scene.gateway.read(account, &OrderId::new().to_string()).await;
    for token in ["no token", "1:wrong"] {
        let account = GatewayAccount { api_key: token.into(), ..scene.account.clone() };
        let refused = read(&account).await;
        assert!(matches!(refused, Err(GatewayError::Credentials)), "{token}: {refused:?}");
    }
    let other = GatewayAccount { account_id: "7".into(), ..scene.account.clone() };
    let foreign = scene.gateway.probe(&other).await;
    assert!(matches!(foreign, Err(GatewayError::Credentials)), "another bot's token: {foreign:?}");

    scene.telegram.knobs().set_down(true);
    let down = read(&scene.account).await;
    assert!(matches!(down, Err(GatewayError::Unavailable(_))), "{down:?}");
    scene.telegram.knobs().clear();
    let early = scene.gateway.read(&scene.account, "stx-not-there-yet").await;
    assert!(matches!(early, Err(GatewayError::Unavailable(_))), "{early:?}");
    let nothing = scene.gateway.create(&scene.account, &scene.payment(OrderId::new(), 0)).await;
    assert!(
        matches!(&nothing, Err(GatewayError::Refused(word)) if word.contains("STARS_INVOICE_INVALID")),
        "{nothing:?}"
    );
    scene.telegram.knobs().lose_answer("createInvoiceLink", 1);
    let order = OrderId::new();
    let lost = scene.gateway.create(&scene.account, &scene.payment(order, 5)).await;
    assert!(matches!(lost, Err(GatewayError::Unavailable(_))), "{lost:?}");
    scene.open(order, 5).await;
}

#[tokio::test]
async fn nothing_that_comes_by_http_is_believed() {
    let scene = Scene::new().await;
    let refused = scene.gateway.verify(&scene.account, &|_| None, b"{}", scene.clock.now()).await;
    assert_eq!(refused, Err(RefusedWebhook::Signature));
}

#[tokio::test]
async fn every_call_is_as_the_documentation_says() {
    let Some(path) = testing::contracts::find("telegram-bot-api.json") else { return };
    let (scene, contract) = (Scene::new().await, Contract::load(&path).unwrap());
    let order = scene.paid(150).await;
    scene.gateway.list(&scene.account, scene.since()).await.unwrap();
    scene.gateway.refund(&scene.account, &scene.refund(order, 150)).await.unwrap();
    scene.gateway.probe(&scene.account).await.unwrap();
    let order = OrderId::new();
    scene.pay(&scene.open_repeated(order, 150).await).await;
    scene.gateway.repeat(&scene.account, &order.to_string(), false).await.unwrap();
    let calls = scene.telegram.calls(scene.bot);
    let methods: BTreeSet<_> = calls.iter().map(|call| call.method.as_str()).collect();
    for call in &calls {
        contract.check_call(&call.method, &call.params).unwrap();
    }
    let all = [
        "createInvoiceLink",
        "editUserStarSubscription",
        "getMe",
        "getMyStarBalance",
        "getStarTransactions",
        "refundStarPayment",
    ];
    assert!(all.iter().all(|method| methods.contains(method)), "{methods:?}");
    testing::say(&format!("Stars: {} calls of the gateway validated, 0 skipped", calls.len()));
}
