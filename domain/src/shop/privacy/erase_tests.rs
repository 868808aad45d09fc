//! Who is forgotten, when not, and what follows, on both databases.

use std::time::Duration as RealDuration;

use chrono::Duration;
use sea_orm::EntityTrait as _;

use super::{
    erase::{Erased, erase},
    held::Held,
};
use crate::{
    clock::Clock as _,
    db::Conn as _,
    entities::tenant::{order::OrderState, subscription, user},
    money::{Currency, Money},
    ports::Refunds,
    shop::{
        gift::service as gifts,
        ledger::verify_online,
        order::NewOrder,
        payment::open,
        plan,
        refund::service::{self as refunds, NewRefund},
        renewal::agreement::{self, Agreed},
        subscription::service as subscriptions,
        trial,
    },
    testing::{self, FakeGateway, TestShop},
};

async fn forget(shop: &TestShop, user: &user::Model) -> Erased {
    let tx = shop.db.write().await.unwrap();
    let erased = erase(&tx, user).await.unwrap();
    tx.commit().await.unwrap();
    erased
}

async fn access(shop: &TestShop, user: &user::Model) -> Option<subscription::Model> {
    let tx = shop.db.read().await.unwrap();
    subscriptions::current_of(&tx, user.id).await.unwrap()
}

#[tokio::test]
async fn access_ends_when_the_panel_answers_and_the_books_hold() {
    for test in testing::stores().await {
        let shop = test.selling_shop().await;
        let person = shop.user(1).await;
        let tx = shop.db.write().await.unwrap();
        trial::service::claim(&tx, &person, shop.bot).await.unwrap();
        tx.commit().await.unwrap();
        shop.bought(&test, &person).await;
        shop.work(&test).await;
        let account = access(&shop, &person).await.unwrap().username;
        let told = shop.notifier.sent().len();

        shop.panel.set_down(true);
        assert_eq!(forget(&shop, &person).await, Erased::Done, "{}", test.name());
        shop.work(&test).await;
        assert!(shop.panel.held(&account).is_some(), "the panel is away");
        shop.panel.set_down(false);
        test.clock.advance(Duration::hours(2));
        shop.work(&test).await;
        assert!(shop.panel.held(&account).is_none(), "{}", test.name());
        let gone = access(&shop, &person).await.unwrap();
        assert_eq!((gone.subscription_url, gone.links), (None, serde_json::json!([])));
        assert_eq!(shop.notifier.sent().len(), told, "nobody is told anything");
        shop.settled_down(&test).await;
        let time = RealDuration::from_secs(60);
        let asked = verify_online::shop(&shop.db, &shop.panel, &shop.providers, time).await.unwrap();
        assert_eq!(asked.breaches, [], "{}", test.name());
    }
}

#[tokio::test]
async fn who_comes_again_is_somebody_new_without_a_second_trial() {
    for test in testing::stores().await {
        let shop = test.selling_shop().await;
        let person = shop.user(1).await;
        let tx = shop.db.write().await.unwrap();
        trial::service::claim(&tx, &person, shop.bot).await.unwrap();
        tx.commit().await.unwrap();
        shop.work(&test).await;
        assert_eq!(forget(&shop, &person).await, Erased::Done);
        shop.work(&test).await;
        let again = shop.user(1).await;
        assert_ne!(again.id, person.id, "{}", test.name());
        assert_eq!(access(&shop, &again).await, None);
        let tx = shop.db.read().await.unwrap();
        assert!(!trial::service::is_open(&tx, &again).await.unwrap());
        let old = user::Entity::find_by_id(person.id).one(tx.raw()).await.unwrap().unwrap();
        assert!(old.telegram_id < 0 && old.first_name.starts_with('#'), "{old:?}");
        drop(tx);
        // Buying works as for everybody, and a second end is as good as the first.
        shop.bought(&test, &again).await;
        shop.work(&test).await;
        assert_eq!(forget(&shop, &again).await, Erased::Done);
        shop.settled_down(&test).await;
    }
}

#[tokio::test]
async fn nobody_is_charged_after_it_and_what_was_not_paid_runs_out() {
    for test in testing::stores().await {
        let shop = test.selling_shop().await;
        let person = shop.user(1).await;
        shop.bought(&test, &person).await;
        shop.work(&test).await;
        let tx = shop.db.write().await.unwrap();
        let price = plan::service::offer(&tx, shop.monthly).await.unwrap().unwrap().price;
        let agreed = Agreed { user: person.id, bot: shop.bot, plan: shop.monthly, price };
        agreement::agree(&tx, agreed).await.unwrap();
        tx.commit().await.unwrap();
        let open = shop.order(&person).await;
        assert_eq!(forget(&shop, &person).await, Erased::Done);
        let row = shop.find(open).await;
        assert_eq!((row.state, row.pay_url), (OrderState::Expired, None), "{}", test.name());
        let tx = shop.db.read().await.unwrap();
        assert_eq!(agreement::of_user(&tx, person.id).await.unwrap(), None);
    }
}

#[tokio::test]
async fn nobody_is_forgotten_while_his_money_is_under_way() {
    for test in testing::stores().await {
        let shop = test.selling_shop().await;
        let (rich, waits) = (shop.user(1).await, shop.user(2).await);
        let (gives, refunded) = (shop.user(3).await, shop.user(4).await);
        shop.overpaid(&test, &rich, 500).await;
        let back = shop.bought(&test, &refunded).await;
        shop.work(&test).await;
        let tx = shop.db.write().await.unwrap();
        let new = NewRefund { order: back, minor: 100, reason: "late", requested_by: "owner".into() };
        refunds::request(&tx, Refunds::Partial, new).await.unwrap();
        let new = NewOrder { user: &gives, plan: shop.monthly, bot: shop.bot, provider: FakeGateway::NAME };
        let gift = gifts::place(&tx, &shop.providers, new).await.unwrap().id;
        tx.commit().await.unwrap();
        let url = url::Url::parse("https://t.me/bot").unwrap();
        open::open(&shop.db, &shop.providers, gift, "Gift".into(), url).await.unwrap();
        shop.gateway.pay(gift, test.clock.now());
        shop.webhook(gift).await.unwrap();
        // The refund's job has not run yet.
        assert_eq!(forget(&shop, &refunded).await, Erased::Not(vec![Held::Refund(back)]), "{}", test.name());
        shop.panel.set_down(true);
        let owed = shop.bought(&test, &waits).await;
        shop.work(&test).await;
        let there = Money::new(500, Currency::Rub);
        assert_eq!(forget(&shop, &rich).await, Erased::Not(vec![Held::Wallet(there)]), "{}", test.name());
        assert_eq!(forget(&shop, &waits).await, Erased::Not(vec![Held::Order(owed)]), "{}", test.name());
        assert_eq!(forget(&shop, &gives).await, Erased::Not(vec![Held::Gift(gift)]), "{}", test.name());
        let tx = shop.db.read().await.unwrap();
        let same = user::Entity::find_by_id(rich.id).one(tx.raw()).await.unwrap();
        assert_eq!(same.as_ref().map(|user| user.telegram_id), Some(1), "nothing was changed");
    }
}
