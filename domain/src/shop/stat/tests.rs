//! Figures out of real rows, and the report that comes once a day.

use chrono::{Duration, Offset as _, Utc};

use super::{
    period::{self, Figures, Period},
    report,
    service::summary,
};
use crate::{
    entities::tenant::user,
    money::Currency,
    ports::Notice,
    shop::{staff::log::Actor, trial::service as trials},
    testing::{TestShop, stores},
};

async fn figures(shop: &TestShop, period: Period) -> Figures {
    let tx = shop.db.read().await.unwrap();
    period::until_now(&tx, Utc.fix(), Currency::Rub, period).await.unwrap()
}

async fn try_out(shop: &TestShop, user: &user::Model) {
    let tx = shop.db.write().await.unwrap();
    trials::claim(&tx, user, shop.bot).await.unwrap();
    tx.commit().await.unwrap();
}

#[tokio::test]
async fn a_shop_without_users_has_nothing_to_count() {
    for store in stores().await {
        let shop = store.selling_shop().await;
        let none = figures(&shop, Period::Month).await;
        assert!(none.is_empty());
        assert_eq!((none.churn(), none.conversion(), none.success()), (None, None, None));
        assert_eq!(none.days.len(), 30);
        assert_eq!(figures(&shop, Period::Today).await.days.len(), 7, "a picture of one bar shows nothing");
    }
}

#[tokio::test]
async fn each_period_counts_what_happened_in_it() {
    for store in stores().await {
        let shop = store.selling_shop().await;
        shop.overpaid(&store, &shop.user(1).await, 0).await;
        store.clock.advance(Duration::days(3));
        shop.overpaid(&store, &shop.user(2).await, 0).await;
        let lost = shop.order(&shop.user(3).await).await;
        let today = figures(&shop, Period::Today).await;
        assert_eq!((today.sales, today.revenue.minor, today.new_users), (1, 29_900, 2), "{}", store.name());
        let week = figures(&shop, Period::Week).await;
        assert_eq!((week.sales, week.revenue.minor, week.new_users), (2, 59_800, 3));
        assert_eq!((week.active, week.paid, week.ended), (2, 2, 0));
        assert_eq!(week.top.as_ref().map(|(plan, sold)| (plan.id, *sold)), Some((shop.monthly, 2)));
        assert_eq!((week.tried, week.succeeded), (2, 2), "what is open has not come to its end");
        store.clock.advance(Duration::days(1));
        shop.work(&store).await;
        let state = shop.find(lost).await.state;
        let month = figures(&shop, Period::Month).await;
        assert_eq!((month.tried, month.succeeded), (3, 2), "{state:?}");
        assert_eq!(month.success().map(f64::round), Some(67.0));
    }
}

/// Whoever buys has no trial any more, but had one: he was left out of the shop's overview.
#[tokio::test]
async fn a_trial_that_became_a_sale_is_still_counted_as_one() {
    for store in stores().await {
        let shop = store.selling_shop().await;
        let (sara, nima) = (shop.user(1).await, shop.user(2).await);
        try_out(&shop, &sara).await;
        try_out(&shop, &nima).await;
        shop.work(&store).await;
        shop.overpaid(&store, &sara, 0).await;
        let week = figures(&shop, Period::Week).await;
        assert_eq!((week.trials, week.trials_paid), (2, 1), "{}", store.name());
        assert_eq!(week.conversion(), Some(50.0));
        let tx = shop.db.read().await.unwrap();
        let overview = summary(&tx, Utc.fix(), Currency::Rub).await.unwrap();
        assert_eq!((overview.trials, overview.trials_paid), (2, 1), "{}", store.name());
    }
}

#[tokio::test]
async fn access_that_ends_without_a_renewal_is_churn() {
    for store in stores().await {
        let shop = store.selling_shop().await;
        shop.overpaid(&store, &shop.user(1).await, 0).await;
        store.clock.advance(Duration::days(29));
        shop.overpaid(&store, &shop.user(2).await, 0).await;
        store.clock.advance(Duration::days(2));
        let week = figures(&shop, Period::Week).await;
        assert_eq!((week.ended, week.paid), (1, 1), "{}", store.name());
        assert_eq!(week.churn(), Some(50.0));
    }
}

#[tokio::test]
async fn the_report_comes_once_a_day_until_it_is_switched_off() {
    for store in stores().await {
        let shop = store.selling_shop().await;
        shop.user(1).await;
        let actor = Actor { by: "bot:1".into(), name: "Sara".into() };
        let choose = async |hour: Option<u32>| {
            let tx = shop.db.write().await.unwrap();
            report::choose(&tx, &actor, Utc.fix(), hour).await.unwrap();
            tx.commit().await.unwrap();
        };
        let reports = || {
            let sent = shop.notifier.sent();
            sent.into_iter().filter(|notice| matches!(notice, Notice::DailyReport { .. })).count()
        };
        choose(Some(21)).await;
        shop.work(&store).await;
        assert_eq!(reports(), 0, "the hour has not come on {}", store.name());
        for day in 1..=3 {
            store.clock.advance(Duration::days(1));
            shop.work(&store).await;
            shop.work(&store).await;
            assert_eq!(reports(), day, "{}", store.name());
        }
        choose(None).await;
        store.clock.advance(Duration::days(2));
        shop.work(&store).await;
        assert_eq!(reports(), 3, "{}", store.name());
    }
}

#[tokio::test]
async fn a_report_that_is_switched_on_says_nothing_of_the_day_before() {
    for store in stores().await {
        let shop = store.selling_shop().await;
        shop.user(1).await;
        let tx = shop.db.write().await.unwrap();
        let actor = Actor { by: "bot:1".into(), name: "Sara".into() };
        report::choose(&tx, &actor, Utc.fix(), Some(21)).await.unwrap();
        tx.commit().await.unwrap();
        // A look from outside before the hour has come.
        report::run(&shop.db, &[(shop.bot, 1)], Utc.fix()).await.unwrap();
        shop.work(&store).await;
        assert!(shop.notifier.sent().is_empty(), "{}", store.name());
    }
}
