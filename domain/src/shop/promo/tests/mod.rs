//! Codes in orders, on both databases: reserved, given back, raced for, paid late, refunded, renewed.

mod limits;

use chrono::Duration;
use sea_orm::{ActiveModelTrait, ActiveValue::Set, EntityTrait, IntoActiveModel};

use super::{
    holder::{self, Taken},
    redemption::{self, Held},
    rules::{Effect, Refusal, UNPAID, UNPAID_WITHIN},
    service::{self as codes, NewPromo, PromoRefused},
    tries::{PAUSE, TRIES},
};
use crate::{
    clock::Clock,
    db::Conn,
    entities::tenant::{
        grant,
        order::{self, OrderState},
        plan, promo_code, user,
    },
    ids::{OrderId, PlanId, PromoId},
    money::{Currency, Money},
    ports::Refunds,
    shop::{
        ledger::{service as ledger, verify},
        order::{OrderRefused, service as orders},
        payment::{
            House, Way, card,
            method::{self, Typed},
        },
        refund::service::{self as refunds, NewRefund},
        renewal::agreement::{self, Agreed},
        subscription::service as subscriptions,
    },
    testing::{self, FakeGateway, TestShop, TestStore},
    units::{Bytes, Days},
};

const PRICE: i64 = 29_900;
const FIFTH: i64 = 5_980;

fn new(effect: Effect) -> NewPromo {
    NewPromo {
        code: "WELCOME".into(),
        effect,
        plans: vec![],
        valid_from: None,
        valid_until: None,
        max_uses: None,
        per_user: None,
        first_purchase: false,
    }
}

async fn make(shop: &TestShop, new: &NewPromo) -> PromoId {
    save(shop, None, new).await.unwrap().id
}

async fn save(
    shop: &TestShop,
    id: Option<PromoId>,
    new: &NewPromo,
) -> Result<promo_code::Model, PromoRefused> {
    let tx = shop.db.write().await?;
    let code = codes::save(&tx, id, new).await?;
    tx.commit().await?;
    Ok(code)
}

async fn take(shop: &TestShop, user: &user::Model, code: &str) -> Taken {
    let tx = shop.db.write().await.unwrap();
    let taken = holder::take(&tx, user.id, code).await.unwrap();
    tx.commit().await.unwrap();
    taken
}

async fn lay_down(shop: &TestShop, user: &user::Model) {
    let tx = shop.db.write().await.unwrap();
    holder::lay_down(&tx, user.id, None).await.unwrap();
    tx.commit().await.unwrap();
}

async fn ready(shop: &TestShop, user: &user::Model) -> Option<String> {
    let tx = shop.db.read().await.unwrap();
    holder::ready(&tx, user.id).await.unwrap().map(|code| code.code)
}

/// Why the code that lies ready does nothing for a month.
async fn refused(shop: &TestShop, user: &user::Model) -> Option<Refusal> {
    let tx = shop.db.read().await.unwrap();
    let plan = plan::Entity::find_by_id(shop.monthly).one(tx.raw()).await.unwrap().unwrap();
    holder::standing(&tx, user.id, &plan).await.unwrap().unwrap().refused
}

async fn held(shop: &TestShop, code: PromoId) -> Held {
    let tx = shop.db.read().await.unwrap();
    let all = codes::list(&tx).await.unwrap();
    all.into_iter().find(|listed| listed.code.id == code).unwrap().held
}

async fn place(shop: &TestShop, user: &user::Model, provider: &str) -> Result<order::Model, OrderRefused> {
    let tx = shop.db.write().await?;
    let new = orders::NewOrder { user, plan: shop.monthly, bot: shop.bot, provider };
    let order = orders::place(&tx, &shop.providers, new).await?;
    tx.commit().await?;
    Ok(order)
}

async fn pay(test: &TestStore, shop: &TestShop, order: OrderId) {
    shop.gateway.pay(order, test.clock.now());
    shop.webhook(order).await.unwrap();
    shop.work(test).await;
}

async fn grant_of(shop: &TestShop, order: OrderId) -> grant::Model {
    let tx = shop.db.read().await.unwrap();
    subscriptions::grant_of(&tx, order).await.unwrap().unwrap()
}

async fn amounts(shop: &TestShop, order: OrderId) -> (i64, i64, i64) {
    let tx = shop.db.read().await.unwrap();
    let terms = redemption::of_order(&tx, order).await.unwrap().unwrap();
    drop(tx);
    (shop.find(order).await.amount_minor, terms.full_minor, terms.off_minor)
}

#[tokio::test]
async fn an_order_asks_for_what_the_code_left_and_the_books_say_what_was_paid() {
    for test in testing::stores().await {
        let shop = test.selling_shop().await;
        let user = shop.user(1).await;
        let code = make(&shop, &new(Effect::Percent(20))).await;
        assert!(matches!(take(&shop, &user, " welcome ").await, Taken::Ready(_)), "{}", test.name());
        assert!(matches!(take(&shop, &user, "WELCOME").await, Taken::Already(_)));
        let order = shop.order(&user).await;
        assert_eq!(amounts(&shop, order).await, (PRICE - FIFTH, PRICE, FIFTH));
        assert_eq!(held(&shop, code).await, Held { paid: 0, open: 1 });
        assert_eq!(ready(&shop, &user).await.as_deref(), Some("WELCOME"), "he may look at it again");

        pay(&test, &shop, order).await;
        assert_eq!(shop.find(order).await.state, OrderState::Provisioned);
        assert_eq!(held(&shop, code).await, Held { paid: 1, open: 0 });
        assert_eq!(ready(&shop, &user).await, None, "it was for one order");
        assert_eq!(grant_of(&shop, order).await.seconds, Days(30).seconds());
        let second = shop.order(&user).await;
        assert_eq!(shop.find(second).await.amount_minor, PRICE);
        let tx = shop.db.read().await.unwrap();
        let revenue = ledger::balance(&tx, ledger::REVENUE, Currency::Rub).await.unwrap();
        assert_eq!(-revenue.minor, PRICE - FIFTH);
        drop(tx);
        shop.gateway.change(second, |facts| facts.status = crate::ports::PaymentStatus::Failed);
        shop.webhook(second).await.unwrap();
        shop.settled_down(&test).await;
    }
}

#[tokio::test]
async fn a_bonus_is_delivered_with_the_plan_and_a_refund_takes_its_share_back() {
    for test in testing::stores().await {
        let shop = test.selling_shop().await;
        let (first, second) = (shop.user(1).await, shop.user(2).await);
        make(&shop, &NewPromo { code: "WEEK".into(), ..new(Effect::Days(Days(6))) }).await;
        make(&shop, &NewPromo { code: "TRAFFIC".into(), ..new(Effect::Traffic(Bytes::gigabytes(20))) }).await;
        take(&shop, &first, "WEEK").await;
        take(&shop, &second, "TRAFFIC").await;
        let (days, traffic) = (shop.order(&first).await, shop.order(&second).await);
        pay(&test, &shop, days).await;
        pay(&test, &shop, traffic).await;
        let (longer, more) = (grant_of(&shop, days).await, grant_of(&shop, traffic).await);
        assert_eq!((longer.seconds, longer.traffic_bytes), (Days(36).seconds(), Some(Bytes::gigabytes(100))));
        assert_eq!((more.seconds, more.traffic_bytes), (Days(30).seconds(), Some(Bytes::gigabytes(120))));
        assert_eq!(shop.find(days).await.amount_minor, PRICE, "{}", test.name());

        // Half of the money takes back half of all that it gave.
        let tx = shop.db.write().await.unwrap();
        for order in [days, traffic] {
            let half = NewRefund { order, minor: PRICE / 2, reason: "", requested_by: "owner".into() };
            refunds::request(&tx, Refunds::Partial, half).await.unwrap();
        }
        tx.commit().await.unwrap();
        shop.work(&test).await;
        assert_eq!(grant_of(&shop, days).await.taken_back_seconds, Days(18).seconds());
        assert_eq!(grant_of(&shop, traffic).await.taken_back_bytes, Bytes::gigabytes(60));
        shop.settled_down(&test).await;
    }
}

#[tokio::test]
async fn the_same_terms_are_the_same_order_and_other_terms_another() {
    for test in testing::stores().await {
        let shop = test.selling_shop().await;
        let user = shop.user(1).await;
        make(&shop, &new(Effect::Percent(20))).await;
        make(&shop, &NewPromo { code: "WEEK".into(), ..new(Effect::Days(Days(7))) }).await;
        let plain = shop.order(&user).await;
        take(&shop, &user, "WELCOME").await;
        let cheaper = shop.order(&user).await;
        assert_eq!(shop.order(&user).await, cheaper, "{}: a second press orders nothing more", test.name());
        // At the plan's price, and yet another order than the one without.
        take(&shop, &user, "WEEK").await;
        let longer = shop.order(&user).await;
        assert_eq!([plain, longer].map(|order| order == cheaper), [false, false]);
        assert_ne!(plain, longer);
        lay_down(&shop, &user).await;
        assert_eq!(shop.order(&user).await, plain);
        take(&shop, &user, "WELCOME").await;
        assert_eq!(shop.order(&user).await, cheaper);
    }
}

#[tokio::test]
async fn another_way_to_pay_moves_the_code_to_the_new_order() {
    for test in testing::stores().await {
        let shop = test.selling_shop().await;
        shop.take_wallets().await;
        let user = shop.user(1).await;
        // Just enough for the price that the code leaves.
        shop.overpaid(&test, &user, PRICE - FIFTH).await;
        let code = make(&shop, &NewPromo { per_user: Some(1), ..new(Effect::Percent(20)) }).await;
        take(&shop, &user, "WELCOME").await;
        let at_the_bank = shop.order(&user).await;
        let by_wallet = place(&shop, &user, House::Wallet.name()).await.unwrap();
        assert_eq!(by_wallet.amount_minor, PRICE - FIFTH, "{}", test.name());
        assert_eq!(shop.find(at_the_bank).await.state, OrderState::Expired);
        assert_eq!(held(&shop, code).await, Held { paid: 0, open: 1 });
        shop.pay_by_wallet(by_wallet.id).await;
        shop.work(&test).await;
        assert_eq!(
            (shop.find(by_wallet.id).await.state, shop.wallet_of(&user).await),
            (OrderState::Provisioned, 0)
        );
        assert_eq!(take(&shop, &user, "WELCOME").await, Taken::Refused(Refusal::UsedByYou));

        // The page at the bank was open all the while: what it said is kept.
        pay(&test, &shop, at_the_bank).await;
        assert_eq!(shop.find(at_the_bank).await.state, OrderState::Provisioned);
        shop.settled_down(&test).await;
    }
}

#[tokio::test]
async fn an_order_that_runs_out_or_fails_gives_the_code_back() {
    for test in testing::stores().await {
        let shop = test.selling_shop().await;
        let (first, second) = (shop.user(1).await, shop.user(2).await);
        let code = make(&shop, &NewPromo { max_uses: Some(1), ..new(Effect::Percent(20)) }).await;
        take(&shop, &first, "WELCOME").await;
        let order = shop.order(&first).await;
        assert_eq!(take(&shop, &second, "WELCOME").await, Taken::Refused(Refusal::UsedUp), "{}", test.name());
        test.clock.advance(Duration::minutes(61));
        assert_eq!(held(&shop, code).await, Held::default(), "before anybody has looked at the order");
        assert!(matches!(take(&shop, &second, "WELCOME").await, Taken::Ready(_)));
        let failing = shop.order(&second).await;
        assert_eq!(refused(&shop, &first).await, Some(Refusal::UsedUp));
        shop.gateway.change(failing, |facts| facts.status = crate::ports::PaymentStatus::Failed);
        shop.webhook(failing).await.unwrap();
        shop.work(&test).await;
        assert_eq!(refused(&shop, &first).await, None);
        assert_eq!(shop.find(order).await.state, OrderState::Expired);
    }
}

#[tokio::test]
async fn of_two_users_who_want_the_last_use_one_gets_it() {
    for test in testing::stores().await {
        let shop = test.selling_shop().await;
        let (first, second) = (shop.user(1).await, shop.user(2).await);
        let code = make(&shop, &NewPromo { max_uses: Some(1), ..new(Effect::Percent(20)) }).await;
        take(&shop, &first, "WELCOME").await;
        take(&shop, &second, "WELCOME").await;
        let (one, two) =
            tokio::join!(place(&shop, &first, FakeGateway::NAME), place(&shop, &second, FakeGateway::NAME));
        let mut amounts = [one.unwrap().amount_minor, two.unwrap().amount_minor];
        amounts.sort_unstable();
        assert_eq!(amounts, [PRICE - FIFTH, PRICE], "{}", test.name());
        assert_eq!(held(&shop, code).await, Held { paid: 0, open: 1 });
    }
}

#[tokio::test]
async fn what_is_paid_late_keeps_its_terms_though_the_code_is_used_up_or_gone() {
    for test in testing::stores().await {
        let shop = test.selling_shop().await;
        let (late, other) = (shop.user(1).await, shop.user(2).await);
        let code = make(&shop, &NewPromo { max_uses: Some(1), ..new(Effect::Percent(20)) }).await;
        take(&shop, &late, "WELCOME").await;
        let first = shop.order(&late).await;
        test.clock.advance(Duration::hours(2));
        shop.work(&test).await;
        assert_eq!(shop.find(first).await.state, OrderState::Expired);
        take(&shop, &other, "WELCOME").await;
        let second = shop.order(&other).await;
        pay(&test, &shop, second).await;

        pay(&test, &shop, first).await;
        assert_eq!(shop.find(first).await.state, OrderState::Provisioned, "{}", test.name());
        assert_eq!(amounts(&shop, first).await, (PRICE - FIFTH, PRICE, FIFTH));
        assert_eq!(held(&shop, code).await, Held { paid: 2, open: 0 });
        assert_eq!(ready(&shop, &late).await, None);
        shop.settled_down(&test).await;
    }
}

#[tokio::test]
async fn a_code_that_is_changed_switched_off_or_deleted_changes_no_placed_order() {
    for test in testing::stores().await {
        let shop = test.selling_shop().await;
        let user = shop.user(1).await;
        let code = make(&shop, &new(Effect::Percent(20))).await;
        take(&shop, &user, "WELCOME").await;
        let order = shop.order(&user).await;
        save(&shop, Some(code), &NewPromo { code: String::new(), ..new(Effect::Percent(50)) }).await.unwrap();
        let changed = shop.order(&user).await;
        assert_ne!(changed, order, "{}", test.name());
        assert_eq!(shop.find(changed).await.amount_minor, PRICE / 2);
        let tx = shop.db.write().await.unwrap();
        codes::switch(&tx, code, false).await.unwrap();
        tx.commit().await.unwrap();
        assert_eq!(refused(&shop, &user).await, Some(Refusal::Off));
        let tx = shop.db.write().await.unwrap();
        codes::delete(&tx, code).await.unwrap();
        tx.commit().await.unwrap();
        assert_eq!(ready(&shop, &user).await, None);

        pay(&test, &shop, order).await;
        assert_eq!(amounts(&shop, order).await, (PRICE - FIFTH, PRICE, FIFTH));
        pay(&test, &shop, changed).await;
        shop.settled_down(&test).await;
    }
}

#[tokio::test]
async fn a_renewal_by_itself_costs_what_the_plan_costs_without_the_code() {
    for test in testing::stores().await {
        let shop = test.selling_shop().await;
        let user = shop.user(1).await;
        make(&shop, &new(Effect::Percent(20))).await;
        take(&shop, &user, "WELCOME").await;
        let price = Money::new(PRICE, Currency::Rub);
        let tx = shop.db.write().await.unwrap();
        let agreed = Agreed { user: user.id, bot: shop.bot, plan: shop.monthly, price };
        agreement::wish(&tx, agreed).await.unwrap();
        tx.commit().await.unwrap();
        let order = shop.order(&user).await;
        pay(&test, &shop, order).await;
        assert_eq!(shop.find(order).await.amount_minor, PRICE - FIFTH);
        let tx = shop.db.read().await.unwrap();
        let agreed = agreement::of_user(&tx, user.id).await.unwrap().unwrap();
        assert_eq!(agreed.price(), price, "{}", test.name());
    }
}

#[tokio::test]
async fn from_card_to_card_the_tail_is_on_top_of_the_price_that_the_code_left() {
    for test in testing::stores().await {
        let shop = test.selling_shop().await;
        let account = [("number", "6037991234567893"), ("holder", "Sara"), ("bank", "Melli"), ("note", "")];
        let account = account.map(|(name, text)| (name, text.into())).into();
        let tx = shop.db.write().await.unwrap();
        let typed = Typed { account, ..Typed::default() };
        method::save(&tx, Way::House(House::Card), &typed).await.unwrap();
        method::switch(&tx, card::NAME, true).await.unwrap();
        tx.commit().await.unwrap();
        let user = shop.user(1).await;
        make(&shop, &new(Effect::Percent(20))).await;
        take(&shop, &user, "WELCOME").await;
        let order = place(&shop, &user, card::NAME).await.unwrap();
        let left = PRICE - FIFTH;
        assert!((left + 1..=left + 99).contains(&order.amount_minor), "{}", order.amount_minor);
        assert_eq!(place(&shop, &user, card::NAME).await.unwrap().id, order.id, "{}", test.name());
        let tx = shop.db.read().await.unwrap();
        assert_eq!(verify::shop(&tx).await.unwrap(), []);
    }
}

#[tokio::test]
async fn an_order_that_does_not_keep_its_terms_is_a_breach() {
    for test in testing::stores().await {
        let shop = test.selling_shop().await;
        let user = shop.user(1).await;
        make(&shop, &new(Effect::Percent(20))).await;
        take(&shop, &user, "WELCOME").await;
        let order = shop.order(&user).await;
        let tx = shop.db.write().await.unwrap();
        let terms = redemption::of_order(&tx, order).await.unwrap().unwrap();
        let mut row = terms.into_active_model();
        row.off_minor = Set(FIFTH - 1);
        row.bonus_days = Set(Days(31));
        row.update(tx.raw()).await.unwrap();
        let breaches = verify::shop(&tx).await.unwrap();
        let found: Vec<_> = breaches.iter().map(|breach| breach.invariant).collect();
        assert_eq!(found, ["I9", "I6"], "{}: {breaches:?}", test.name());
    }
}
