//! What a provider repeats by itself, on both databases: told twice and never, at another price, called off,
//! and beside what we renew.

use chrono::Duration;
use sea_orm::{ActiveModelTrait, ActiveValue::Set, EntityTrait, QueryOrder};

use super::{
    agreement::{self, Agreed},
    jobs::RenewSubscriptions,
    standing,
};
use crate::{
    clock::Clock,
    db::Conn,
    entities::tenant::{
        order::{self, OrderState},
        plan, promo_redemption, standing_payment, subscription, user,
    },
    ids::OrderId,
    jobs,
    money::{Currency, Money},
    ports::{Notice, Refunds},
    shop::{
        order::service::{self as orders, NewOrder},
        payment::{
            import, intake,
            method::{self, MethodRefused},
            open,
        },
        plan::service as plans,
        promo::{self, rules::Effect, service::NewPromo},
        refund::service::{self as refunds, NewRefund},
        subscription::service as subscriptions,
    },
    testing::{self, FakeGateway, TestShop, TestStore},
};

const PRICE: i64 = 29_900;
const MONTH: Duration = Duration::days(30);

/// Somebody whose month is paid again by the provider.
struct Subscriber<'a> {
    test: &'a TestStore,
    shop: TestShop,
    user: user::Model,
    first: OrderId,
}

impl<'a> Subscriber<'a> {
    async fn new(test: &'a TestStore) -> Self {
        let shop = test.selling_shop().await;
        let user = shop.user(1).await;
        let first = place(&shop, &user).await;
        assert_eq!(place(&shop, &user).await, first, "a second press orders nothing more");
        let back = "https://t.me/bot".parse().unwrap();
        open::open(&shop.db, &shop.providers, first, "1 month".into(), back).await.unwrap();
        shop.gateway.pay(first, test.clock.now());
        shop.webhook(first).await.unwrap();
        shop.work(test).await;
        assert_eq!(shop.find(first).await.state, OrderState::Provisioned, "{}", test.name());
        Self { test, shop, user, first }
    }

    /// The provider takes the next month; gives its name for the payment.
    fn month_passes(&self) -> String {
        self.test.clock.advance(MONTH);
        self.shop.gateway.repeat_by_itself(self.first, self.test.clock.now()).unwrap()
    }

    async fn told(&self, payment: &str) {
        let (db, all) = (&self.shop.db, &self.shop.providers);
        intake::receive(db, all, FakeGateway::NAME, &|_| None, payment.as_bytes()).await.unwrap();
        self.shop.work(self.test).await;
    }

    /// The orders that came by themselves.
    async fn repeated(&self) -> Vec<order::Model> {
        let tx = self.shop.db.read().await.unwrap();
        let all = order::Entity::find().order_by_asc(order::Column::Id).all(tx.raw()).await.unwrap();
        all.into_iter().filter(|order| order.repeats == Some(self.first)).collect()
    }

    async fn standing(&self) -> standing_payment::Model {
        let tx = self.shop.db.read().await.unwrap();
        standing::of_order(&tx, self.first).await.unwrap().unwrap()
    }

    async fn access(&self) -> subscription::Model {
        let tx = self.shop.db.read().await.unwrap();
        subscriptions::current_of(&tx, self.user.id).await.unwrap().unwrap()
    }

    /// Whether the provider goes on.
    fn goes_on(&self) -> bool {
        self.shop.gateway.is_repeating(&format!("pay_{}", self.first)).unwrap()
    }

    fn agreed(&self) -> Agreed {
        let price = Money::new(PRICE, Currency::Rub);
        Agreed { user: self.user.id, bot: self.shop.bot, plan: self.shop.monthly, price }
    }

    async fn stop(&self) {
        let tx = self.shop.db.write().await.unwrap();
        standing::stop(&tx, self.user.id).await.unwrap();
        tx.commit().await.unwrap();
    }

    async fn resume(&self) -> bool {
        let tx = self.shop.db.write().await.unwrap();
        let goes_on = standing::resume(&tx, self.user.id).await.unwrap();
        tx.commit().await.unwrap();
        goes_on
    }
}

async fn place(shop: &TestShop, user: &user::Model) -> OrderId {
    let tx = shop.db.write().await.unwrap();
    let new = NewOrder { user, plan: shop.monthly, bot: shop.bot, provider: FakeGateway::NAME };
    let order = orders::place_repeated(&tx, &shop.providers, new).await.unwrap();
    tx.commit().await.unwrap();
    order.id
}

#[tokio::test]
async fn a_code_lowers_no_month_that_is_repeated_and_is_not_used_up_by_it() {
    for test in testing::stores().await {
        let shop = test.selling_shop().await;
        let user = shop.user(1).await;
        let tx = shop.db.write().await.unwrap();
        let half = NewPromo {
            code: "HALF".into(),
            effect: Effect::Percent(50),
            plans: Vec::new(),
            valid_from: None,
            valid_until: None,
            max_uses: None,
            per_user: Some(1),
            first_purchase: false,
        };
        promo::service::save(&tx, None, &half).await.unwrap();
        promo::holder::take(&tx, user.id, "HALF").await.unwrap();
        tx.commit().await.unwrap();
        let repeated = shop.find(place(&shop, &user).await).await;
        assert_eq!(repeated.amount_minor, PRICE, "{}", test.name());
        let once = shop.find(shop.order(&user).await).await;
        assert_eq!(once.amount_minor, PRICE / 2, "the code is still there");
        let tx = shop.db.read().await.unwrap();
        let used = promo_redemption::Entity::find().all(tx.raw()).await.unwrap();
        assert_eq!(used.iter().map(|row| row.order_id).collect::<Vec<_>>(), [once.id]);
    }
}

#[tokio::test]
async fn each_month_is_one_order_at_the_agreed_price_and_terms_however_often_it_is_told() {
    for test in testing::stores().await {
        let member = Subscriber::new(&test).await;
        let end = member.access().await.target_expire;
        let once = member.shop.order(&member.user).await;
        assert_ne!(once, place(&member.shop, &member.user).await, "whoever pays once has another");
        // By then the plan is dearer, and shorter.
        let tx = member.shop.db.write().await.unwrap();
        plans::put_price(&tx, member.shop.monthly, Currency::Rub, Some(2 * PRICE)).await.unwrap();
        let days = Set(crate::units::Days(7));
        let row = plan::ActiveModel { id: Set(member.shop.monthly), days, ..Default::default() };
        row.update(tx.raw()).await.unwrap();
        tx.commit().await.unwrap();

        let payment = member.month_passes();
        member.told(&payment).await;
        member.told(&format!("{payment}#2")).await;
        let orders = member.repeated().await;
        assert_eq!(orders.len(), 1, "{}", test.name());
        assert_eq!((orders[0].amount_minor, orders[0].state), (PRICE, OrderState::Provisioned));
        assert_eq!(orders[0].provider_payment_id.as_deref(), Some(payment.as_str()));
        assert!(member.access().await.target_expire >= end + MONTH);
        let ready = |notice: &&Notice| matches!(notice, Notice::OrderProvisioned { .. });
        assert_eq!(member.shop.notifier.sent().iter().filter(ready).count(), 2);
        let standing = member.standing().await;
        assert_eq!(standing.paid_until, Some(test.clock.now() + MONTH));
        member.shop.settled_down(&test).await;
    }
}

#[tokio::test]
async fn a_month_of_which_nobody_told_is_found_by_the_import_once() {
    for test in testing::stores().await {
        let member = Subscriber::new(&test).await;
        member.month_passes();
        let provider = member.shop.providers.find(FakeGateway::NAME).unwrap();
        let looked = async || import::import(&member.shop.db, provider, true).await.unwrap();
        assert_eq!((looked().await.unseen, looked().await.strange), (1, 0), "{}", test.name());
        member.shop.work(&test).await;
        looked().await;
        member.shop.work(&test).await;
        let orders = member.repeated().await;
        assert_eq!((orders.len(), orders[0].state), (1, OrderState::Provisioned));
        member.shop.settled_down(&test).await;
    }
}

#[tokio::test]
async fn less_than_was_agreed_grants_nothing_and_waits_for_a_person() {
    for test in testing::stores().await {
        let member = Subscriber::new(&test).await;
        let end = member.access().await.target_expire;
        let payment = member.month_passes();
        let facts = member.shop.gateway.all().into_iter().find(|one| one.provider_payment_id == payment);
        let mut facts = facts.unwrap();
        facts.amount.minor = PRICE - 1;
        member.shop.gateway.put(facts);
        member.told(&payment).await;
        assert_eq!(member.repeated().await[0].state, OrderState::Mismatch, "{}", test.name());
        assert_eq!(member.access().await.target_expire, end);
        member.shop.settled_down(&test).await;
    }
}

#[tokio::test]
async fn what_is_called_off_is_told_until_the_provider_answers_and_can_go_on_in_its_time() {
    for test in testing::stores().await {
        let member = Subscriber::new(&test).await;
        assert!(member.goes_on());
        member.shop.gateway.lose_charges(2);
        member.stop().await;
        member.shop.work(&test).await;
        assert!(member.goes_on() && !member.standing().await.told, "{}: it does not answer", test.name());
        test.clock.advance(Duration::minutes(10));
        member.shop.work(&test).await;
        test.clock.advance(Duration::minutes(10));
        member.shop.work(&test).await;
        assert!(!member.goes_on() && member.standing().await.told);

        assert!(member.resume().await);
        member.stop().await;
        assert!(member.resume().await, "what is wanted last counts");
        member.shop.work(&test).await;
        assert!(member.goes_on());
        member.stop().await;
        test.clock.advance(MONTH);
        assert!(!member.resume().await, "its time is over");
        member.shop.settled_down(&test).await;
    }
}

#[tokio::test]
async fn a_month_that_is_taken_after_all_is_delivered_and_called_off_once_more() {
    for test in testing::stores().await {
        let member = Subscriber::new(&test).await;
        member.stop().await;
        member.shop.work(&test).await;
        let payment = member.month_passes();
        member.told(&payment).await;
        assert_eq!(member.repeated().await[0].state, OrderState::Provisioned, "{}", test.name());
        let standing = member.standing().await;
        assert!(standing.told && standing.stopped_at.is_some() && !member.goes_on());
        member.shop.settled_down(&test).await;
    }
}

#[tokio::test]
async fn one_thing_at_a_time_charges_a_user() {
    for test in testing::stores().await {
        let member = Subscriber::new(&test).await;
        let tx = member.shop.db.write().await.unwrap();
        agreement::agree(&tx, member.agreed()).await.unwrap();
        tx.commit().await.unwrap();
        member.shop.work(&test).await;
        assert!(!member.goes_on(), "{}: ours is in force", test.name());
        assert!(member.resume().await);
        assert!(member.standing().await.resumed_at.is_some(), "until a payment shows that it goes on");
        let tx = member.shop.db.read().await.unwrap();
        assert!(agreement::of_user(&tx, member.user.id).await.unwrap().is_none());
        drop(tx);
        member.shop.work(&test).await;
        assert!(member.goes_on());
        let payment = member.month_passes();
        member.told(&payment).await;
        assert!(member.standing().await.resumed_at.is_none());
        member.shop.settled_down(&test).await;
    }
}

#[tokio::test]
async fn a_refund_of_a_month_and_a_ban_call_the_rest_off() {
    for test in testing::stores().await {
        let member = Subscriber::new(&test).await;
        let payment = member.month_passes();
        member.told(&payment).await;
        let second = member.repeated().await.remove(0);
        let tx = member.shop.db.write().await.unwrap();
        let by = "owner".to_owned();
        let new = NewRefund { order: second.id, minor: PRICE, reason: "asked", requested_by: by };
        refunds::request(&tx, Refunds::Whole, new).await.unwrap();
        tx.commit().await.unwrap();
        member.shop.work(&test).await;
        assert_eq!(member.shop.find(second.id).await.state, OrderState::Refunded, "{}", test.name());
        assert_eq!(member.shop.find(member.first).await.state, OrderState::Provisioned);
        assert!(!member.goes_on());

        assert!(member.resume().await);
        member.shop.work(&test).await;
        let tx = member.shop.db.write().await.unwrap();
        let banned = Set(Some(tx.now()));
        let row = user::ActiveModel { id: Set(member.user.id), banned_at: banned, ..Default::default() };
        row.update(tx.raw()).await.unwrap();
        jobs::enqueue(&tx, &RenewSubscriptions {}, tx.now()).await.unwrap();
        tx.commit().await.unwrap();
        member.shop.work(&test).await;
        assert!(!member.goes_on(), "{}: banned", test.name());
        member.shop.settled_down(&test).await;
    }
}

#[tokio::test]
async fn a_method_stays_as_long_as_something_is_repeated_by_it() {
    for test in testing::stores().await {
        let member = Subscriber::new(&test).await;
        let removed = async || {
            let tx = member.shop.db.write().await.unwrap();
            method::remove(&tx, FakeGateway::NAME).await
        };
        test.clock.advance(Duration::days(20));
        member.shop.work(&test).await;
        assert!(matches!(removed().await, Err(MethodRefused::InUse)), "{}", test.name());
        member.stop().await;
        member.shop.settled_down(&test).await;
        test.clock.advance(Duration::days(13));
        assert!(removed().await.is_ok());
    }
}

#[tokio::test]
async fn it_is_offered_for_plans_of_as_many_days_as_the_provider_repeats() {
    for test in testing::stores().await {
        let shop = test.selling_shop().await;
        let user = shop.user(1).await;
        let repeats = async || {
            let tx = shop.db.read().await.unwrap();
            let choices = method::choices(&tx, &shop.providers, shop.monthly, user.id).await.unwrap();
            choices[0].repeats
        };
        assert!(repeats().await, "{}", test.name());
        let tx = shop.db.write().await.unwrap();
        plans::put_price(&tx, shop.monthly, Currency::Rub, Some(100_001)).await.unwrap();
        tx.commit().await.unwrap();
        assert!(!repeats().await, "dearer than it repeats");
        let tx = shop.db.write().await.unwrap();
        plans::put_price(&tx, shop.monthly, Currency::Rub, Some(PRICE)).await.unwrap();
        let days = Set(crate::units::Days(31));
        let row = plan::ActiveModel { id: Set(shop.monthly), days, ..Default::default() };
        row.update(tx.raw()).await.unwrap();
        tx.commit().await.unwrap();
        assert!(!repeats().await, "another time");
    }
}
