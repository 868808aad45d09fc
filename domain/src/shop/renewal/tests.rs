//! Renewing by itself, on both databases: by the wallet, by what was saved, refused, given up, and
//! whatever the user does meanwhile.

use chrono::Duration;
use rstest::rstest;
use sea_orm::{ActiveModelTrait, ActiveValue::Set, ColumnTrait, EntityTrait, QueryFilter, QueryOrder};

use super::{
    agreement::{self, Agreed},
    jobs::RenewSubscriptions,
    saved, service,
};
use crate::{
    clock::Clock,
    db::Conn,
    entities::tenant::{order, order::OrderState, plan, price, subscription, user},
    ids::OrderId,
    jobs,
    money::{Currency, Money},
    ports::{Notice, PaymentStatus, Refunds},
    shop::{
        payment::House,
        refund::service::{self as refunds, NewRefund},
        subscription::service as subscriptions,
    },
    testing::{self, Charging, TestShop, TestStore},
};

const PRICE: i64 = 29_900;

/// Somebody who bought a month and agreed to go on, with or without a card that is kept.
struct Member<'a> {
    test: &'a TestStore,
    shop: TestShop,
    user: user::Model,
}

impl<'a> Member<'a> {
    /// Said at the purchase, so the card is kept.
    async fn with_card(test: &'a TestStore) -> Self {
        let member = Self::new(test).await;
        let tx = member.shop.db.write().await.unwrap();
        agreement::wish(&tx, member.agreed()).await.unwrap();
        tx.commit().await.unwrap();
        member.shop.overpaid(test, &member.user, 0).await;
        assert!(member.has_card().await && member.is_on().await, "{}", test.name());
        member
    }

    /// Said in the profile, with so much in the wallet.
    async fn with_wallet(test: &'a TestStore, minor: i64) -> Self {
        let member = Self::new(test).await;
        member.shop.overpaid(test, &member.user, minor).await;
        let tx = member.shop.db.write().await.unwrap();
        agreement::agree(&tx, member.agreed()).await.unwrap();
        tx.commit().await.unwrap();
        member
    }

    async fn new(test: &'a TestStore) -> Self {
        let shop = test.selling_shop().await;
        shop.take_wallets().await;
        let user = shop.user(1).await;
        Self { test, shop, user }
    }

    fn agreed(&self) -> Agreed {
        let price = Money::new(PRICE, Currency::Rub);
        Agreed { user: self.user.id, bot: self.shop.bot, plan: self.shop.monthly, price }
    }

    async fn has_card(&self) -> bool {
        let tx = self.shop.db.read().await.unwrap();
        saved::of_user(&tx, self.user.id).await.unwrap().is_some()
    }

    async fn is_on(&self) -> bool {
        let tx = self.shop.db.read().await.unwrap();
        agreement::of_user(&tx, self.user.id).await.unwrap().is_some()
    }

    async fn access(&self) -> subscription::Model {
        let tx = self.shop.db.read().await.unwrap();
        subscriptions::current_of(&tx, self.user.id).await.unwrap().unwrap()
    }

    async fn until_before_the_end(&self, left: Duration) {
        let wait = self.access().await.target_expire - left - self.shop.db.clock().now();
        self.test.clock.advance(wait);
    }

    /// The hourly round, and all that follows.
    async fn round(&self) {
        let tx = self.shop.db.write().await.unwrap();
        jobs::enqueue(&tx, &RenewSubscriptions {}, tx.now()).await.unwrap();
        tx.commit().await.unwrap();
        self.shop.work(self.test).await;
    }

    /// The round alone: its work is queued.
    async fn look(&self) {
        service::run(&self.shop.db, &self.shop.providers).await.unwrap();
    }

    /// The first one was bought by hand.
    async fn orders(&self) -> Vec<order::Model> {
        let tx = self.shop.db.read().await.unwrap();
        order::Entity::find().order_by_asc(order::Column::Id).all(tx.raw()).await.unwrap()
    }

    async fn states(&self) -> Vec<OrderState> {
        self.orders().await.into_iter().skip(1).map(|order| order.state).collect()
    }

    fn told(&self, wanted: fn(&Notice) -> bool) -> usize {
        self.shop.notifier.sent().iter().filter(|notice| wanted(notice)).count()
    }

    async fn change_price(&self, minor: i64) {
        let tx = self.shop.db.write().await.unwrap();
        let row = price::Entity::find().filter(price::COLUMN.plan_id.eq(self.shop.monthly));
        let row = row.one(tx.raw()).await.unwrap().unwrap();
        let row = price::ActiveModel { id: Set(row.id), amount_minor: Set(minor), ..Default::default() };
        row.update(tx.raw()).await.unwrap();
        tx.commit().await.unwrap();
    }
}

fn is_failure(notice: &Notice) -> bool {
    matches!(notice, Notice::RenewalFailed { .. })
}

const HOUR: fn(i64) -> Duration = Duration::hours;

#[tokio::test]
async fn the_wallet_renews_in_the_last_day_once_for_each_period() {
    for test in testing::stores().await {
        let member = Member::with_wallet(&test, 2 * PRICE).await;
        let first = member.access().await.target_expire;
        member.until_before_the_end(HOUR(25)).await;
        member.round().await;
        assert_eq!(member.states().await, [], "{}: too early", test.name());
        member.until_before_the_end(HOUR(23)).await;
        for _ in 0..3 {
            member.round().await;
        }
        assert_eq!(member.states().await, [OrderState::Provisioned]);
        assert_eq!(member.access().await.target_expire, first + Duration::days(30));
        assert_eq!(member.shop.wallet_of(&member.user).await, PRICE);

        member.until_before_the_end(HOUR(23)).await;
        member.round().await;
        assert_eq!(member.states().await, [OrderState::Provisioned; 2], "and the next period");
        assert_eq!(member.access().await.target_expire, first + Duration::days(60));
        assert_eq!((member.shop.wallet_of(&member.user).await, member.told(is_failure)), (0, 0));
        member.shop.settled_down(&test).await;
    }
}

#[tokio::test]
async fn a_card_that_was_kept_renews_when_the_wallet_does_not_cover_it() {
    for test in testing::stores().await {
        let member = Member::with_card(&test).await;
        let first = member.access().await.target_expire;
        let tx = member.shop.db.read().await.unwrap();
        let kept = saved::of_user(&tx, member.user.id).await.unwrap().unwrap();
        drop(tx);
        assert_eq!(kept.title, "Bank card *4444");
        let plain = format!("token_of_pay_{}", member.orders().await[0].id);
        assert!(!kept.sealed_token.windows(plain.len()).any(|part| part == plain.as_bytes()), "in clear");

        member.until_before_the_end(HOUR(23)).await;
        for _ in 0..3 {
            member.round().await;
        }
        let orders = member.orders().await;
        assert_eq!(member.states().await, [OrderState::Provisioned], "{}", test.name());
        assert_eq!(orders[1].subscription_id, Some(member.access().await.id));
        assert_eq!(member.access().await.target_expire, first + Duration::days(30));
        assert_eq!(member.shop.gateway.payments(), 2);
        member.shop.settled_down(&test).await;
    }
}

#[tokio::test]
async fn nothing_is_kept_and_nothing_begins_without_being_asked_for() {
    for test in testing::stores().await {
        let member = Member::new(&test).await;
        member.shop.overpaid(&test, &member.user, 2 * PRICE).await;
        assert!(!member.has_card().await && !member.is_on().await, "{}", test.name());
        member.until_before_the_end(HOUR(1)).await;
        member.round().await;
        assert_eq!(member.states().await, []);
        member.shop.settled_down(&test).await;
    }
}

#[tokio::test]
async fn a_refused_card_is_tried_three_times_told_once_and_left() {
    for test in testing::stores().await {
        let member = Member::with_card(&test).await;
        member.shop.gateway.charging(Charging::Refuses);
        for (hours, tries) in [(24, 1), (20, 1), (6, 2), (4, 2), (1, 3)] {
            member.until_before_the_end(HOUR(hours)).await;
            member.round().await;
            assert_eq!(member.states().await, vec![OrderState::Failed; tries], "{hours} h before");
        }
        test.clock.advance(HOUR(2));
        member.round().await;
        assert_eq!((member.states().await.len(), member.told(is_failure)), (3, 1), "{}", test.name());
        assert_eq!(member.told(|notice| matches!(notice, Notice::PaymentFailed { .. })), 0);
        assert!(member.has_card().await && member.is_on().await);
        member.shop.settled_down(&test).await;
    }
}

#[tokio::test]
async fn the_wallet_pays_at_the_next_try_after_the_card_was_refused() {
    for test in testing::stores().await {
        let member = Member::with_card(&test).await;
        member.shop.gateway.charging(Charging::Refuses);
        member.until_before_the_end(HOUR(24)).await;
        member.round().await;
        let first = member.orders().await[0].id;
        let end = member.access().await.target_expire;
        // Money comes into the wallet: more was paid than we knew of.
        let other = member.shop.order(&member.user).await;
        member.shop.gateway.pay(other, test.clock.now());
        member.shop.gateway.change(other, |facts| facts.amount.minor += PRICE);
        member.shop.webhook(other).await.unwrap();
        member.shop.work(&test).await;
        assert_eq!(member.access().await.target_expire, end + Duration::days(30));
        member.until_before_the_end(HOUR(6)).await;
        member.round().await;
        let paid = member.orders().await.pop().unwrap();
        assert_ne!(paid.id, first);
        assert_eq!((paid.provider.as_str(), paid.state), (House::Wallet.name(), OrderState::Provisioned));
        assert_eq!(member.access().await.target_expire, end + Duration::days(60), "{}", test.name());
        member.shop.settled_down(&test).await;
    }
}

#[tokio::test]
async fn an_empty_wallet_without_a_card_is_told_of_once_and_filled_in_time_it_pays() {
    for test in testing::stores().await {
        let member = Member::with_wallet(&test, PRICE - 1).await;
        for hours in [24, 12, 6] {
            member.until_before_the_end(HOUR(hours)).await;
            member.round().await;
        }
        assert_eq!((member.states().await, member.told(is_failure)), (vec![], 1), "{}", test.name());
        member.change_price(PRICE - 1).await;
        member.until_before_the_end(HOUR(1)).await;
        member.round().await;
        assert_eq!(member.states().await, [OrderState::Provisioned], "it costs less than agreed by now");
        member.shop.settled_down(&test).await;
    }
}

#[tokio::test]
async fn a_price_that_rose_is_told_of_and_not_charged() {
    for test in testing::stores().await {
        let member = Member::with_wallet(&test, 2 * PRICE).await;
        member.change_price(PRICE + 1).await;
        member.until_before_the_end(HOUR(24)).await;
        member.round().await;
        member.round().await;
        let told = |notice: &Notice| matches!(notice, Notice::RenewalPriceRose { was, now, .. } if now.minor == was.minor + 1);
        assert_eq!((member.states().await, member.told(told)), (vec![], 1), "{}", test.name());
        assert!(!member.is_on().await, "it has to be said anew");
        member.shop.settled_down(&test).await;
    }
}

#[tokio::test]
async fn a_plan_that_is_not_sold_any_more_is_told_of_and_not_charged() {
    for test in testing::stores().await {
        let member = Member::with_wallet(&test, 2 * PRICE).await;
        let tx = member.shop.db.write().await.unwrap();
        let off =
            plan::ActiveModel { id: Set(member.shop.monthly), active: Set(false), ..Default::default() };
        off.update(tx.raw()).await.unwrap();
        tx.commit().await.unwrap();
        member.until_before_the_end(HOUR(24)).await;
        member.round().await;
        member.round().await;
        let told = |notice: &Notice| matches!(notice, Notice::RenewalPlanGone { .. });
        assert_eq!((member.states().await, member.told(told)), (vec![], 1), "{}", test.name());
        member.shop.settled_down(&test).await;
    }
}

/// What a user does between the look and the charge.
#[derive(Clone, Copy, Debug)]
enum Meanwhile {
    RenewsByHand,
    SwitchesItOff,
    RemovesTheCard,
}

#[rstest]
#[case(Meanwhile::RenewsByHand)]
#[case(Meanwhile::SwitchesItOff)]
#[case(Meanwhile::RemovesTheCard)]
#[tokio::test]
async fn what_the_user_does_in_the_last_minute_calls_the_charge_off(#[case] meanwhile: Meanwhile) {
    for test in testing::stores().await {
        let member = Member::with_card(&test).await;
        let end = member.access().await.target_expire;
        member.until_before_the_end(HOUR(20)).await;
        member.look().await;
        assert_eq!(member.states().await, [OrderState::New]);
        let shop = &member.shop;
        let days = match meanwhile {
            Meanwhile::RenewsByHand => {
                let by_hand = shop.order(&member.user).await;
                assert_ne!(by_hand, member.orders().await[1].id, "nobody pays the renewal's order by hand");
                shop.gateway.pay(by_hand, test.clock.now());
                let payment = format!("pay_{by_hand}");
                let all = &shop.providers;
                crate::shop::payment::settle::settle(&shop.db, all, "fake", &payment).await.unwrap();
                30
            }
            Meanwhile::SwitchesItOff => {
                let tx = shop.db.write().await.unwrap();
                agreement::end(&tx, member.user.id).await.unwrap();
                tx.commit().await.unwrap();
                0
            }
            Meanwhile::RemovesTheCard => {
                let tx = shop.db.write().await.unwrap();
                assert!(saved::forget(&tx, member.user.id).await.unwrap());
                tx.commit().await.unwrap();
                0
            }
        };
        shop.work(&test).await;
        assert_eq!(member.states().await[0], OrderState::Expired, "{meanwhile:?} {}", test.name());
        let renewal = member.orders().await[1].id;
        let charged = shop.gateway.all().into_iter().find(|facts| facts.order == Some(renewal));
        assert_eq!(charged, None, "{meanwhile:?}");
        assert_eq!(member.access().await.target_expire, end + Duration::days(days));
        shop.settled_down(&test).await;
    }
}

#[tokio::test]
async fn somebody_at_a_payment_page_is_left_alone_until_the_last_hour() {
    for test in testing::stores().await {
        let member = Member::with_wallet(&test, PRICE).await;
        member.until_before_the_end(HOUR(20)).await;
        let open = member.shop.order(&member.user).await;
        member.round().await;
        assert_eq!(member.states().await, [OrderState::Pending], "{}", test.name());
        test.clock.advance(Duration::minutes(61));
        member.shop.gateway.change(open, |facts| facts.status = PaymentStatus::Expired);
        member.round().await;
        assert_eq!(member.states().await.last(), Some(&OrderState::Provisioned));
        member.shop.settled_down(&test).await;
    }
}

#[tokio::test]
async fn a_charge_whose_answer_is_lost_is_made_once() {
    for test in testing::stores().await {
        let member = Member::with_card(&test).await;
        let end = member.access().await.target_expire;
        member.shop.gateway.lose_charges(2);
        member.until_before_the_end(HOUR(23)).await;
        member.round().await;
        assert_eq!(member.states().await, [OrderState::New], "{}: we know of nothing", test.name());
        // What may have been charged is asked about, whatever the user wants by now.
        let tx = member.shop.db.write().await.unwrap();
        agreement::end(&tx, member.user.id).await.unwrap();
        tx.commit().await.unwrap();
        for _ in 0..3 {
            test.clock.advance(HOUR(1));
            member.round().await;
        }
        assert_eq!(member.states().await, [OrderState::Provisioned]);
        assert_eq!(member.shop.gateway.payments(), 2, "the purchase and one charge");
        assert_eq!(member.access().await.target_expire, end + Duration::days(30));
        member.shop.settled_down(&test).await;
    }
}

#[tokio::test]
async fn a_charge_of_which_nothing_was_heard_for_a_day_is_found_and_not_made_again() {
    for test in testing::stores().await {
        let member = Member::with_card(&test).await;
        member.shop.gateway.lose_charges(1_000);
        for hours in [24, 6, 1] {
            member.until_before_the_end(HOUR(hours)).await;
            member.round().await;
        }
        assert_eq!(member.states().await.len(), 1, "{}: it may have been charged", test.name());
        test.clock.advance(HOUR(3));
        member.round().await;
        assert_eq!(member.states().await, [OrderState::Expired]);
        assert_eq!(member.shop.gateway.payments(), 2);

        let provider = member.shop.providers.find("fake").unwrap();
        crate::shop::payment::import::import(&member.shop.db, provider, true).await.unwrap();
        member.shop.work(&test).await;
        assert_eq!(member.states().await, [OrderState::Provisioned], "the provider has it");
        member.shop.settled_down(&test).await;
    }
}

#[tokio::test]
async fn a_bank_that_takes_its_time_is_waited_for() {
    for test in testing::stores().await {
        let member = Member::with_card(&test).await;
        member.shop.gateway.charging(Charging::Waits);
        member.until_before_the_end(HOUR(24)).await;
        member.round().await;
        assert_eq!(member.states().await, [OrderState::Pending]);
        member.until_before_the_end(HOUR(6)).await;
        member.round().await;
        assert_eq!(member.states().await, [OrderState::Pending], "{}: no second try", test.name());
        let order = member.orders().await[1].id;
        member.shop.gateway.pay(order, test.clock.now());
        test.clock.advance(HOUR(2));
        member.round().await;
        assert_eq!(member.states().await, [OrderState::Provisioned]);
        member.shop.settled_down(&test).await;
    }
}

#[tokio::test]
async fn a_card_that_was_withdrawn_is_forgotten_and_its_user_is_told() {
    for test in testing::stores().await {
        let member = Member::with_card(&test).await;
        member.shop.gateway.charging(Charging::Withdrawn);
        member.until_before_the_end(HOUR(24)).await;
        member.round().await;
        assert!(!member.has_card().await && member.is_on().await, "{}", test.name());
        let told = |notice: &Notice| matches!(notice, Notice::SavedMethodWithdrawn { title } if title == "Bank card *4444");
        assert_eq!((member.told(told), member.told(is_failure)), (1, 1));
        member.shop.settled_down(&test).await;
    }
}

#[tokio::test]
async fn nobody_whose_renewal_was_paid_back_is_charged_again() {
    for test in testing::stores().await {
        let member = Member::with_card(&test).await;
        let end = member.access().await.target_expire;
        member.until_before_the_end(HOUR(23)).await;
        member.round().await;
        let order = member.orders().await[1].id;
        refund_whole(&member.shop, order).await;
        member.shop.work(&test).await;
        assert_eq!(member.states().await, [OrderState::Refunded]);
        assert_eq!(member.access().await.target_expire, end, "{}: the days are taken back", test.name());
        member.round().await;
        member.until_before_the_end(HOUR(1)).await;
        member.round().await;
        assert_eq!(member.states().await.len(), 1);
        assert!(!member.is_on().await);
        member.shop.settled_down(&test).await;
    }
}

#[tokio::test]
async fn saying_it_anew_before_paying_opens_a_payment_that_keeps_the_card_or_does_not() {
    for test in testing::stores().await {
        let member = Member::new(&test).await;
        let shop = &member.shop;
        let plain = shop.order(&member.user).await;
        let tx = shop.db.write().await.unwrap();
        agreement::wish(&tx, member.agreed()).await.unwrap();
        tx.commit().await.unwrap();
        assert_eq!(shop.find(plain).await.state, OrderState::Expired);
        let keeping = shop.order(&member.user).await;
        assert_ne!(plain, keeping);
        let tx = shop.db.write().await.unwrap();
        agreement::unsay(&tx, member.user.id, shop.monthly).await.unwrap();
        tx.commit().await.unwrap();
        // Paid on the page that would have kept it: what was taken back counts.
        shop.gateway.pay(keeping, test.clock.now());
        shop.webhook(keeping).await.unwrap();
        shop.work(&test).await;
        assert_eq!(shop.find(keeping).await.state, OrderState::Provisioned, "{}", test.name());
        assert!(!member.has_card().await && !member.is_on().await);
        shop.gateway.change(plain, |facts| facts.status = PaymentStatus::Expired);
        shop.settled_down(&test).await;
    }
}

async fn refund_whole(shop: &TestShop, order: OrderId) {
    let tx = shop.db.write().await.unwrap();
    let new = NewRefund { order, minor: PRICE, reason: "", requested_by: "owner".into() };
    refunds::request(&tx, Refunds::Partial, new).await.unwrap();
    tx.commit().await.unwrap();
}
