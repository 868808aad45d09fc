//! That each promise, broken by hand in a shop where all is well, is missed.

use chrono::Duration;
use rstest::rstest;
use sea_orm::{ActiveModelTrait, ActiveValue::Set, EntityTrait, IntoActiveModel, QueryOrder};

use super::super::{
    chain,
    service::{self as ledger, Booking, DISPUTES, LOSSES, Leg, PAYMENT, REFUNDS, REVENUE, TOP_UP},
    verify::{self, LATENESS},
};
use crate::{
    clock::Clock,
    db::Conn,
    entities::tenant::{
        grant::{self, GrantReason},
        ledger_entry,
        order::{self, OrderState},
        payment_inbox::{self, InboxKind, InboxState},
        renewal, standing_payment, subscription,
    },
    ids::{OrderId, RowId, TransactionId},
    money::Currency,
    testing::{self, TestShop, TestStore},
};

/// What a vandal does.
enum Harm {
    /// To the first order for a plan.
    Order(fn(&mut order::Model)),
    /// To the order that filled a wallet.
    TopUp(fn(&mut order::Model)),
    /// To the grants, the first ones first.
    Grants(fn(&mut [grant::Model])),
    Subscription(fn(&mut subscription::Model)),
    /// A booking with the first order's name.
    Book(&'static str, &'static [(&'static str, i64)]),
    /// One with the name of the order that filled a wallet.
    BookTopUp(&'static str, &'static [(&'static str, i64)]),
}
use Harm::{Book, BookTopUp, Grants, Order, Subscription, TopUp};

#[rstest]
#[case::money_for_an_order_that_is_not_paid(Order(|it| it.state = OrderState::Expired), &["I3", "I6", "I9"])]
#[case::a_price_that_was_not_booked(Order(|it| it.amount_minor += 1), &["I9"])]
#[case::money_that_went_back_and_is_not_booked(Order(|it| it.refunded_minor = 100), &["I9"])]
#[case::a_lost_dispute_that_is_not_booked(Order(|it| it.state = OrderState::Lost), &["I9"])]
#[case::an_order_that_nothing_delivers(Order(|it| it.state = OrderState::Paid), &["I5"])]
#[case::time_that_was_paid_and_not_had(Order(|it| late(it, Duration::seconds(1))), &["I5"])]
#[case::lateness_that_is_allowed(Order(|it| late(it, Duration::zero())), &[])]
#[case::more_revenue_than_was_paid(Book(PAYMENT, &[(REVENUE, -100), (FAKE, 100)]), &["I9"])]
#[case::less_revenue_than_was_paid(Book(PAYMENT, &[(REVENUE, 100), (FAKE, -100)]), &["I9"])]
#[case::a_refund_that_the_order_does_not_know(Book("refund", &[(REFUNDS, 100), (FAKE, -100)]), &["I9"])]
#[case::a_dispute_that_the_order_does_not_know(Book("dispute", &[(DISPUTES, 100), (FAKE, -100)]), &["I9"])]
#[case::a_wallet_that_owes(Book("spent", &[("wallet:nobody", 100), (LOSSES, -100)]), &["I9"])]
#[case::a_wallet_that_holds_something(Book("given", &[("wallet:nobody", -100), (LOSSES, 100)]), &[])]
#[case::a_grant_longer_than_it_says(Grants(|all| all[0].seconds += 1), &["I5"])]
#[case::a_grant_of_which_something_was_taken_back(Grants(|all| {
    all[0].seconds += 1;
    all[0].taken_back_seconds += 1;
}), &[])]
#[case::grants_that_overlap(Grants(|all| {
    all[1].period_start -= Duration::seconds(1);
    all[1].seconds += 1;
}), &["I5"])]
#[case::grants_with_a_gap(Grants(|all| {
    all[1].period_start += Duration::seconds(1);
    all[1].seconds -= 1;
}), &[])]
#[case::a_grant_of_no_order(Grants(|all| all[0].order_id = None), &["I3", "I6"])]
#[case::a_free_grant_with_an_order(Grants(|all| all[0].reason = GrantReason::Trial), &["I6"])]
#[case::a_bonus_with_an_order(Grants(|all| all[0].reason = GrantReason::Referral), &["I6"])]
#[case::an_end_that_no_grant_has(Subscription(|it| it.target_expire += Duration::seconds(1)), &["I5"])]
#[case::a_filled_wallet_that_was_not_paid(TopUp(|it| it.state = OrderState::Expired), &["I9"])]
#[case::a_wallet_that_got_less_than_was_paid(TopUp(|it| it.amount_minor += 1), &["I9"])]
#[case::a_wallet_that_got_more_than_was_asked(BookTopUp(TOP_UP, &[(FAKE, 1), ("wallet:nobody", -1)]), &[])]
#[case::revenue_of_a_wallet(BookTopUp(PAYMENT, &[(REVENUE, -1), (FAKE, 1)]), &["I9"])]
#[case::a_top_up_that_went_back_and_is_not_known(BookTopUp("top_up_back", &[(FAKE, -1), ("wallet:x", 1), (LOSSES, 0)]), &["I9"])]
#[tokio::test]
async fn a_broken_promise_is_seen(#[case] harm: Harm, #[case] broken: &[&str]) {
    for test in testing::stores().await {
        let shop = shop_where_all_is_well(&test).await;
        do_harm(&shop, &harm).await;
        // What the providers said was never changed, so the replay may miss it, too.
        let found: Vec<_> = found(&shop).await.into_iter().filter(|name| *name != "I10").collect();
        assert_eq!(found, broken, "{}", test.name());
    }
}

const FAKE: &str = "provider:fake:shop-1";

/// Delivered as late as is allowed, and so much later.
fn late(order: &mut order::Model, more: Duration) {
    order.provisioned_at = order.paid_at.map(|at| at + LATENESS + more);
}

#[tokio::test]
async fn more_back_than_was_paid_is_seen_although_the_order_agrees() {
    for test in testing::stores().await {
        let shop = shop_where_all_is_well(&test).await;
        do_harm(&shop, &Book("refund", &[(REFUNDS, 30_000), (FAKE, -30_000)])).await;
        do_harm(&shop, &Order(|it| it.refunded_minor = 30_000)).await;
        assert!(found(&shop).await.contains(&"I9"), "{}", test.name());
    }
}

#[rstest]
#[case::amounts_that_do_not_sum_to_zero(5, true, &["I1"])]
#[case::a_row_that_is_not_chained(0, false, &["I11"])]
#[tokio::test]
async fn rows_that_are_wrong_in_themselves_are_seen(
    #[case] minor: i64,
    #[case] chained: bool,
    #[case] broken: &[&str],
) {
    for test in testing::stores().await {
        let shop = shop_where_all_is_well(&test).await;
        let tx = shop.db.write().await.unwrap();
        let last = ledger_entry::Entity::find().order_by_desc(ledger_entry::Column::Seq);
        let last = last.one(tx.raw()).await.unwrap().unwrap();
        let mut row = ledger_entry::Model {
            id: RowId::new(),
            seq: last.seq + 1,
            transaction_id: TransactionId::new(),
            account: LOSSES.into(),
            amount_minor: minor,
            kind: "by hand".into(),
            hash: String::new(),
            ..last.clone()
        };
        row.hash = if chained { chain::link(&last.hash, &row) } else { last.hash };
        row.into_active_model().reset_all().insert(tx.raw()).await.unwrap();
        tx.commit().await.unwrap();
        assert_eq!(found(&shop).await, broken, "{}", test.name());
    }
}

#[rstest]
#[case::just_come(4, None, &[])]
#[case::long_ago(6, None, &["I7"])]
#[case::for_a_job_that_is_not_there(6, Some("fake:pay_1"), &["I7"])]
#[tokio::test]
async fn an_event_that_nothing_acts_on_is_seen(
    #[case] minutes: i64,
    #[case] job: Option<&str>,
    #[case] broken: &[&str],
) {
    for test in testing::stores().await {
        let shop = shop_where_all_is_well(&test).await;
        let tx = shop.db.write().await.unwrap();
        let row = payment_inbox::ActiveModel {
            id: Set(RowId::new()),
            provider: Set("fake".into()),
            account_id: Set("shop-1".into()),
            event_id: Set("event".into()),
            kind: Set(InboxKind::Webhook),
            order_ref: Set(None),
            job_key: Set(job.map(ToOwned::to_owned)),
            body: Set("{}".into()),
            state: Set(InboxState::Pending),
            reason: Set(None),
            received_at: Set(tx.now() - Duration::minutes(minutes)),
            processed_at: Set(None),
        };
        payment_inbox::Entity::insert(row).exec_without_returning(tx.raw()).await.unwrap();
        tx.commit().await.unwrap();
        assert_eq!(found(&shop).await, broken, "{}", test.name());
    }
}

#[tokio::test]
async fn what_was_promised_and_has_no_job_is_seen() {
    for test in testing::stores().await {
        let shop = shop_where_all_is_well(&test).await;
        let open = shop.order(&shop.user(3).await).await;
        change_order(&shop, shop.find(open).await, |it| it.state = OrderState::New).await;
        let order = first_order(&shop).await;
        let now = test.clock.now();

        let tx = shop.db.write().await.unwrap();
        let renewal = renewal::ActiveModel {
            id: Set(RowId::new()),
            subscription_id: Set(order.subscription_id.unwrap()),
            period_end: Set(now),
            tries: Set(1),
            order_id: Set(Some(open)),
            asked_at: Set(None),
            created_at: Set(now),
        };
        renewal::Entity::insert(renewal).exec_without_returning(tx.raw()).await.unwrap();
        tx.commit().await.unwrap();
        assert_eq!(found(&shop).await, ["I5"], "{}: nothing charges it", test.name());

        let tx = shop.db.write().await.unwrap();
        let standing = standing_payment::ActiveModel {
            id: Set(RowId::new()),
            order_id: Set(order.id),
            user_id: Set(order.user_id),
            began_at: Set(None),
            paid_until: Set(None),
            stopped_at: Set(Some(now)),
            resumed_at: Set(None),
            told: Set(true),
            created_at: Set(now),
        };
        let standing = standing.insert(tx.raw()).await.unwrap();
        tx.commit().await.unwrap();
        assert_eq!(found(&shop).await, ["I5"], "{}: the provider was told", test.name());

        let tx = shop.db.write().await.unwrap();
        let untold = standing_payment::ActiveModel { told: Set(false), ..standing.into_active_model() };
        untold.update(tx.raw()).await.unwrap();
        tx.commit().await.unwrap();
        assert_eq!(found(&shop).await, ["I5", "I9"], "{}: nobody tells it", test.name());
    }
}

/// One buyer with a month and a renewal, and one with a filled wallet.
async fn shop_where_all_is_well(test: &TestStore) -> TestShop {
    let shop = test.selling_shop().await;
    shop.take_wallets().await;
    let buyer = shop.user(1).await;
    for _ in 0..2 {
        shop.bought(test, &buyer).await;
        shop.work(test).await;
    }
    shop.filled(test, &shop.user(2).await, 50_000).await;
    shop.settled_down(test).await;
    shop
}

async fn do_harm(shop: &TestShop, harm: &Harm) {
    match harm {
        Order(change) => change_order(shop, first_order(shop).await, *change).await,
        TopUp(change) => change_order(shop, top_up(shop).await, *change).await,
        Grants(change) => {
            let tx = shop.db.write().await.unwrap();
            let all = grant::Entity::find().order_by_asc(grant::Column::PeriodStart);
            let mut all = all.all(tx.raw()).await.unwrap();
            change(&mut all);
            for row in all {
                row.into_active_model().reset_all().update(tx.raw()).await.unwrap();
            }
            tx.commit().await.unwrap();
        }
        Subscription(change) => {
            let tx = shop.db.write().await.unwrap();
            let mut row = subscription::Entity::find().one(tx.raw()).await.unwrap().unwrap();
            change(&mut row);
            row.into_active_model().reset_all().update(tx.raw()).await.unwrap();
            tx.commit().await.unwrap();
        }
        Book(kind, legs) => book(shop, first_order(shop).await.id, kind, legs).await,
        BookTopUp(kind, legs) => book(shop, top_up(shop).await.id, kind, legs).await,
    }
}

async fn change_order(shop: &TestShop, mut order: order::Model, change: fn(&mut order::Model)) {
    change(&mut order);
    let tx = shop.db.write().await.unwrap();
    order.into_active_model().reset_all().update(tx.raw()).await.unwrap();
    tx.commit().await.unwrap();
}

async fn book(shop: &TestShop, order: OrderId, kind: &str, legs: &[(&str, i64)]) {
    let tx = shop.db.write().await.unwrap();
    let legs = legs.iter().map(|(account, minor)| Leg::new(*account, *minor, Currency::Rub)).collect();
    let booking =
        Booking { order_ref: order.to_string(), kind, provider_ref: "by hand".into(), at: tx.now(), legs };
    assert!(ledger::book(&tx, booking).await.unwrap());
    tx.commit().await.unwrap();
}

async fn first_order(shop: &TestShop) -> order::Model {
    orders(shop).await.into_iter().find(|order| !order.is_top_up()).unwrap()
}

async fn top_up(shop: &TestShop) -> order::Model {
    orders(shop).await.into_iter().find(order::Model::is_top_up).unwrap()
}

async fn orders(shop: &TestShop) -> Vec<order::Model> {
    let tx = shop.db.read().await.unwrap();
    order::Entity::find().order_by_asc(order::Column::Id).all(tx.raw()).await.unwrap()
}

/// The promises that are broken, each once.
async fn found(shop: &TestShop) -> Vec<&'static str> {
    let tx = shop.db.read().await.unwrap();
    let mut names: Vec<_> = verify::shop(&tx).await.unwrap().iter().map(|breach| breach.invariant).collect();
    names.sort_unstable();
    names.dedup();
    names
}
