//! Several accesses of one person, on both databases: which one an order, a renewal and a refund are for.

use chrono::Duration;

use super::{
    service as subscriptions,
    several::{self, MOST, Separately},
};
use crate::{
    clock::Clock as _,
    entities::tenant::{order::OrderState, subscription, user},
    ids::OrderId,
    jobs,
    money::{Currency, Money},
    ports::Refunds,
    shop::{
        refund::service::{self as refunds, NewRefund},
        renewal::{
            agreement::{self, Agreed},
            jobs::RenewSubscriptions,
        },
    },
    testing::{self, TestShop, TestStore},
};

const PRICE: i64 = 29_900;
const MONTH: Duration = Duration::days(30);

async fn all(shop: &TestShop, user: &user::Model) -> Vec<subscription::Model> {
    let tx = shop.db.read().await.unwrap();
    several::of_user(&tx, user.id).await.unwrap()
}

async fn present(shop: &TestShop, user: &user::Model) -> subscription::Model {
    let tx = shop.db.read().await.unwrap();
    subscriptions::current_of(&tx, user.id).await.unwrap().unwrap()
}

async fn separately(shop: &TestShop, user: &user::Model) -> Separately {
    let tx = shop.db.write().await.unwrap();
    let said = several::separately(&tx, user.id).await.unwrap();
    tx.commit().await.unwrap();
    said
}

async fn choose(shop: &TestShop, user: &user::Model, access: &subscription::Model) -> bool {
    let tx = shop.db.write().await.unwrap();
    let chosen = several::choose(&tx, user.id, access.id).await.unwrap();
    tx.commit().await.unwrap();
    chosen
}

async fn pay(test: &TestStore, shop: &TestShop, order: OrderId) {
    shop.gateway.pay(order, test.clock.now());
    shop.webhook(order).await.unwrap();
    shop.work(test).await;
    assert_eq!(shop.find(order).await.state, OrderState::Provisioned, "{}", test.name());
}

/// Two accesses, a month each, the second ten days younger and before the user.
async fn two(test: &TestStore, shop: &TestShop, user: &user::Model) -> [subscription::Model; 2] {
    shop.delivered(test, user, shop.monthly).await;
    test.clock.advance(Duration::days(10));
    assert_eq!(separately(shop, user).await, Separately::Ready);
    shop.delivered(test, user, shop.monthly).await;
    let all = all(shop, user).await;
    assert_eq!(all.len(), 2, "{}", test.name());
    [all[0].clone(), all[1].clone()]
}

#[tokio::test]
async fn a_further_access_is_bought_once_beside_the_first_and_is_before_its_user_then() {
    for test in testing::stores().await {
        let shop = test.selling_shop().await;
        let user = shop.user(1).await;
        assert_eq!(separately(&shop, &user).await, Separately::First, "there is none to be separate from");
        let [first, second] = two(&test, &shop, &user).await;
        assert_eq!(second.target_expire, first.target_expire + Duration::days(10));
        assert_ne!(first.username, second.username, "each has an account of its own");
        assert!([&first, &second].iter().all(|row| shop.panel.held(&row.username).is_some()));
        assert_eq!(present(&shop, &user).await.id, second.id);
        // The wish was for one purchase.
        shop.delivered(&test, &user, shop.monthly).await;
        assert_eq!(all(&shop, &user).await[1].target_expire, second.target_expire + MONTH);
        assert_eq!(all(&shop, &user).await[0].target_expire, first.target_expire);
        shop.settled_down(&test).await;
    }
}

#[tokio::test]
async fn an_order_goes_on_the_access_for_which_it_was_made_whatever_is_chosen_meanwhile() {
    for test in testing::stores().await {
        let shop = test.selling_shop().await;
        let (user, other) = (shop.user(1).await, shop.user(2).await);
        let [first, second] = two(&test, &shop, &user).await;
        let for_second = shop.order(&user).await;
        assert!(choose(&shop, &user, &first).await);
        let for_first = shop.order(&user).await;
        assert_ne!(for_first, for_second, "it is not the same purchase");
        assert_eq!(shop.order(&user).await, for_first, "a double tap");
        assert_eq!(separately(&shop, &user).await, Separately::Ready);
        let for_third = shop.order(&user).await;
        assert!(for_third != for_first && for_third != for_second);
        pay(&test, &shop, for_second).await;
        assert_eq!(all(&shop, &user).await[1].target_expire, second.target_expire + MONTH);
        pay(&test, &shop, for_third).await;
        pay(&test, &shop, for_first).await;
        let ends: Vec<_> = all(&shop, &user).await.into_iter().map(|row| row.target_expire).collect();
        let new = test.clock.now() + MONTH;
        assert_eq!(ends[..2], [first.target_expire + MONTH, second.target_expire + MONTH]);
        assert!(ends[2] >= second.target_expire && ends[2] <= new);
        shop.delivered(&test, &other, shop.monthly).await;
        assert!(!choose(&shop, &user, &present(&shop, &other).await).await, "somebody else's");
        shop.settled_down(&test).await;
    }
}

#[tokio::test]
async fn a_refund_takes_its_time_from_the_access_that_it_was_given_to() {
    for test in testing::stores().await {
        let shop = test.selling_shop().await;
        let user = shop.user(1).await;
        let [first, second] = two(&test, &shop, &user).await;
        let order = shop.delivered(&test, &user, shop.monthly).await;
        choose(&shop, &user, &first).await;
        let tx = shop.db.write().await.unwrap();
        let new = NewRefund { order, minor: PRICE, reason: "asked nicely", requested_by: "owner".into() };
        refunds::request(&tx, Refunds::Partial, new).await.unwrap();
        tx.commit().await.unwrap();
        shop.work(&test).await;
        let ends: Vec<_> = all(&shop, &user).await.into_iter().map(|row| row.target_expire).collect();
        assert_eq!(ends, [first.target_expire, second.target_expire], "{}", test.name());
        shop.settled_down(&test).await;
    }
}

#[tokio::test]
async fn the_access_that_was_agreed_on_is_renewed_by_itself_and_no_other() {
    for test in testing::stores().await {
        let shop = test.selling_shop().await;
        shop.take_wallets().await;
        let user = shop.user(1).await;
        let [first, second] = two(&test, &shop, &user).await;
        shop.filled(&test, &user, 2 * PRICE).await;
        let tx = shop.db.write().await.unwrap();
        let price = Money::new(PRICE, Currency::Rub);
        let agreed = Agreed { user: user.id, bot: shop.bot, plan: shop.monthly, price };
        agreement::agree(&tx, agreed).await.unwrap();
        tx.commit().await.unwrap();
        choose(&shop, &user, &first).await;
        let tx = shop.db.read().await.unwrap();
        assert!(agreement::of_access(&tx, &first).await.unwrap().is_none());
        assert!(agreement::of_access(&tx, &second).await.unwrap().is_some());
        drop(tx);
        // The first one ends without a word.
        for end in [first.target_expire, second.target_expire] {
            test.clock.advance(end - Duration::hours(20) - test.clock.now());
            let tx = shop.db.write().await.unwrap();
            jobs::enqueue(&tx, &RenewSubscriptions {}, test.clock.now()).await.unwrap();
            tx.commit().await.unwrap();
            shop.work(&test).await;
        }
        let ends: Vec<_> = all(&shop, &user).await.into_iter().map(|row| row.target_expire).collect();
        assert_eq!(ends, [first.target_expire, second.target_expire + MONTH], "{}", test.name());
        shop.settled_down(&test).await;
    }
}

#[tokio::test]
async fn nobody_has_more_accesses_than_the_limit() {
    for test in testing::stores().await {
        let shop = test.selling_shop().await;
        let user = shop.user(1).await;
        shop.delivered(&test, &user, shop.monthly).await;
        for _ in 1..MOST {
            assert_eq!(separately(&shop, &user).await, Separately::Ready);
            shop.delivered(&test, &user, shop.monthly).await;
        }
        assert_eq!(separately(&shop, &user).await, Separately::Enough);
        assert_eq!(all(&shop, &user).await.len(), MOST);
        shop.settled_down(&test).await;
    }
}
