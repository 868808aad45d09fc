//! When a code works and when not, and which codes there can be.

use super::*;

#[tokio::test]
async fn no_code_goes_below_the_least_that_the_way_to_pay_takes() {
    for test in testing::stores().await {
        let shop = test.selling_shop().await;
        let user = shop.user(1).await;
        let tx = shop.db.write().await.unwrap();
        let method = method::find(&tx, FakeGateway::NAME).await.unwrap().unwrap();
        let mut row = method.into_active_model();
        row.min_minor = Set(Some(25_000));
        row.update(tx.raw()).await.unwrap();
        tx.commit().await.unwrap();
        make(&shop, &new(Effect::Percent(20))).await;
        take(&shop, &user, "WELCOME").await;
        let order = shop.order(&user).await;
        assert_eq!(amounts(&shop, order).await, (25_000, PRICE, PRICE - 25_000), "{}", test.name());
    }
}

#[tokio::test]
async fn a_first_purchase_is_one_that_was_paid_and_a_refund_gives_no_code_back() {
    for test in testing::stores().await {
        let shop = test.selling_shop().await;
        let user = shop.user(1).await;
        make(&shop, &NewPromo { first_purchase: true, ..new(Effect::Percent(20)) }).await;
        shop.take_wallets().await;
        shop.filled(&test, &user, PRICE).await;
        shop.order(&user).await;
        assert!(matches!(take(&shop, &user, "WELCOME").await, Taken::Ready(_)), "nothing is paid yet");
        let order = shop.order(&user).await;
        pay(&test, &shop, order).await;
        let tx = shop.db.write().await.unwrap();
        let all = NewRefund { order, minor: PRICE - FIFTH, reason: "", requested_by: "owner".into() };
        refunds::request(&tx, Refunds::Partial, all).await.unwrap();
        tx.commit().await.unwrap();
        shop.work(&test).await;
        assert_eq!(shop.find(order).await.state, OrderState::Refunded, "{}", test.name());
        assert_eq!(take(&shop, &user, "WELCOME").await, Taken::Refused(Refusal::FirstPurchaseOnly));
    }
}

#[tokio::test]
async fn who_guesses_codes_waits_and_a_restart_forgets_nothing_of_it() {
    for test in testing::stores().await {
        let shop = test.selling_shop().await;
        let user = shop.user(1).await;
        make(&shop, &new(Effect::Percent(20))).await;
        for _ in 1..TRIES {
            assert_eq!(take(&shop, &user, "GUESS").await, Taken::Refused(Refusal::Unknown));
        }
        let until = test.clock.now() + PAUSE;
        assert_eq!(take(&shop, &user, "؟؟").await, Taken::Refused(Refusal::Barred(until)));
        let reopened = test.reopened().await.open(shop.db.tenant()).await.unwrap();
        let again = TestShop { db: reopened, ..shop.clone() };
        let barred = take(&again, &user, "WELCOME").await;
        assert_eq!(barred, Taken::Refused(Refusal::Barred(until)), "{}: not even a right one", test.name());
        assert!(matches!(take(&again, &shop.user(2).await, "WELCOME").await, Taken::Ready(_)));
        test.clock.advance(PAUSE);
        assert!(matches!(take(&again, &user, "WELCOME").await, Taken::Ready(_)));
    }
}

#[tokio::test]
async fn who_leaves_too_many_orders_unpaid_waits_until_the_first_of_them_is_a_day_old() {
    for test in testing::stores().await {
        let shop = test.selling_shop().await;
        let user = shop.user(1).await;
        make(&shop, &NewPromo { per_user: Some(1), ..new(Effect::Percent(20)) }).await;
        take(&shop, &user, "WELCOME").await;
        let begun = test.clock.now();
        for _ in 0..UNPAID {
            assert_eq!(refused(&shop, &user).await, None);
            let order = shop.order(&user).await;
            test.clock.advance(Duration::minutes(61));
            shop.work(&test).await;
            assert_eq!(shop.find(order).await.state, OrderState::Expired);
        }
        let until = begun + UNPAID_WITHIN;
        assert_eq!(refused(&shop, &user).await, Some(Refusal::Unpaid(until)), "{}", test.name());
        assert_eq!(place(&shop, &user, FakeGateway::NAME).await.unwrap().amount_minor, PRICE);
        test.clock.advance(until - test.clock.now());
        assert_eq!(refused(&shop, &user).await, None);
    }
}

#[tokio::test]
async fn a_code_is_kept_when_it_means_something() {
    for test in testing::stores().await {
        let shop = test.selling_shop().await;
        let now = test.clock.now();
        let refused = async |new: NewPromo| save(&shop, None, &new).await.unwrap_err();
        for percent in [0, 100, -5] {
            assert!(matches!(refused(new(Effect::Percent(percent))).await, PromoRefused::Percent));
        }
        for effect in [
            Effect::Amount(Money::new(0, Currency::Rub)),
            Effect::Days(Days(0)),
            Effect::Days(Days(10_000)),
            Effect::Traffic(Bytes(0)),
        ] {
            assert!(matches!(refused(new(effect)).await, PromoRefused::Value), "{effect:?}");
        }
        let percent = || new(Effect::Percent(20));
        let dates = NewPromo { valid_from: Some(now), valid_until: Some(now), ..percent() };
        assert!(matches!(refused(dates).await, PromoRefused::Dates));
        assert!(matches!(refused(NewPromo { max_uses: Some(0), ..percent() }).await, PromoRefused::Limit));
        assert!(matches!(refused(NewPromo { code: "نوروز".into(), ..percent() }).await, PromoRefused::Form));
        make(&shop, &percent()).await;
        let same = NewPromo { code: "welcome".into(), ..percent() };
        assert!(matches!(refused(same).await, PromoRefused::Taken), "{}", test.name());
        let made_up = save(&shop, None, &NewPromo { code: String::new(), ..percent() }).await.unwrap();
        assert_eq!(made_up.code.len(), 8);
        assert!(matches!(
            save(&shop, Some(PromoId::new()), &percent()).await.unwrap_err(),
            PromoRefused::Gone
        ));
    }
}

#[tokio::test]
async fn a_code_of_another_plan_lies_ready_and_changes_nothing_here() {
    for test in testing::stores().await {
        let shop = test.selling_shop().await;
        let user = shop.user(1).await;
        make(&shop, &NewPromo { plans: vec![PlanId::new()], ..new(Effect::Percent(20)) }).await;
        assert!(matches!(take(&shop, &user, "WELCOME").await, Taken::Ready(_)));
        assert_eq!(refused(&shop, &user).await, Some(Refusal::OtherPlan), "{}", test.name());
        let order = shop.order(&user).await;
        assert_eq!(shop.find(order).await.amount_minor, PRICE);
        assert_eq!(ready(&shop, &user).await.as_deref(), Some("WELCOME"));
    }
}
