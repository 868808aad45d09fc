//! Months that Telegram takes by itself, in Stars: sold once each, told or not, and called off.

use chrono::Duration;
use domain::{
    entities::tenant::order::{self, OrderState},
    ports::Refunds,
    shop::{
        ledger::verify_online,
        payment::import,
        refund::service::{self as refunds, NewRefund},
        renewal::standing,
        subscription::service as subscriptions,
    },
};
use server::sandbox::telegram::Verdict;

use crate::support::{
    Database, Flow, bank, flow,
    stars::{PRICE, SARA, StarShop, take_stars},
    until,
};

const MONTH: Duration = Duration::days(30);
const TIME: std::time::Duration = std::time::Duration::from_secs(30);

impl StarShop {
    /// Sara pays for a month that Telegram takes again.
    async fn subscribed(&self) -> order::Model {
        let order = bank::repeated_by(self.flow.server.state(), &self.flow.db, SARA, "stars").await;
        self.pay(&order).await;
        self.flow.becomes(order.id, OrderState::Provisioned).await;
        order
    }

    async fn pay(&self, order: &order::Model) {
        let query = self.telegram.pay(SARA, order.pay_url.as_deref().unwrap()).unwrap();
        until("the bot answers", async || self.telegram.checkout(&query).0.is_some()).await;
        assert_eq!(self.telegram.checkout(&query).0, Some(Verdict::Paid));
    }

    async fn repeated(&self) -> Vec<order::Model> {
        let mut orders = self.flow.orders().await;
        orders.retain(|order| order.repeats.is_some());
        orders.sort_unstable_by_key(|order| order.id);
        orders
    }

    async fn month_passes(&self) {
        self.flow.advance(MONTH).await;
        self.telegram.renew_stars();
    }

    async fn delivered(&self, months: usize) {
        until("the month is delivered", async || {
            let orders = self.repeated().await;
            orders.len() == months && orders.iter().all(|order| order.state == OrderState::Provisioned)
        })
        .await;
    }

    fn goes_on(&self) -> bool {
        self.telegram.star_subscriptions(self.bot)[0].goes_on()
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn each_month_is_sold_once_whether_the_bot_is_told_twice_or_never() {
    for database in Database::all() {
        let shop = StarShop::open(&database).await;
        let first = shop.subscribed().await;
        shop.telegram.knobs().duplicate_next("update:successful_payment", 1);
        shop.month_passes().await;
        shop.delivered(1).await;

        shop.telegram.knobs().lose_next("update:successful_payment", 1);
        shop.month_passes().await;
        shop.flow.drained().await;
        let provider = shop.flow.server.state().providers.find("stars").unwrap();
        import::import(&shop.flow.db, provider, false).await.unwrap();
        shop.delivered(2).await;
        shop.flow.drained().await;
        let orders = shop.repeated().await;
        assert!(orders.iter().all(|order| (order.amount_minor, order.repeats) == (PRICE, Some(first.id))));
        for order in &orders {
            assert_eq!(shop.flow.grants_of(order.id).await, 1, "on {}", database.name());
        }
        let tx = shop.flow.db.read().await.unwrap();
        let access = subscriptions::current_of(&tx, first.user_id).await.unwrap().unwrap();
        drop(tx);
        assert!(access.target_expire - first.created_at >= MONTH * 3);
        let state = shop.flow.server.state();
        let asked =
            verify_online::shop(&shop.flow.db, state.panels.as_ref(), &state.providers, TIME).await.unwrap();
        assert!(asked.breaches.is_empty() && asked.silent.is_empty(), "{asked:?}");
        shop.flow.end().await;
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_month_that_goes_back_calls_the_rest_off_though_the_answer_is_lost() {
    for database in Database::all() {
        let shop = StarShop::open(&database).await;
        shop.subscribed().await;
        shop.month_passes().await;
        shop.delivered(1).await;
        let month = shop.repeated().await.remove(0);
        shop.telegram.knobs().lose_answer("editUserStarSubscription", 1);
        let tx = shop.flow.db.write().await.unwrap();
        let new = NewRefund { order: month.id, minor: PRICE, reason: "asked", requested_by: "owner".into() };
        refunds::request(&tx, Refunds::Whole, new).await.unwrap();
        tx.commit().await.unwrap();
        shop.flow.becomes(month.id, OrderState::Refunded).await;
        until("it is called off", async || {
            shop.flow.advance(Duration::seconds(30)).await;
            let state = shop.flow.server.state();
            !shop.goes_on() && flow::work_left(state.master(), &shop.flow.db).await.is_empty()
        })
        .await;
        shop.month_passes().await;
        shop.flow.drained().await;
        assert_eq!(shop.repeated().await.len(), 1, "nothing more is taken, on {}", database.name());
        shop.flow.end().await;
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn who_pays_the_link_twice_has_one_month_and_the_second_subscription_is_called_off() {
    for database in Database::all() {
        let shop = StarShop::open(&database).await;
        let state = shop.flow.server.state();
        let order = bank::repeated_by(state, &shop.flow.db, SARA, "stars").await;
        // Both are let through before either is told.
        let queries = [0, 1].map(|_| shop.telegram.pay(SARA, order.pay_url.as_deref().unwrap()).unwrap());
        until("the bot answers", async || {
            queries.iter().all(|query| shop.telegram.checkout(query).0.is_some())
        })
        .await;
        if queries.iter().any(|query| shop.telegram.checkout(query).0 != Some(Verdict::Paid)) {
            // The first was settled between them, and nothing is left to call off.
            shop.flow.end().await;
            continue;
        }
        shop.flow.becomes(order.id, OrderState::Provisioned).await;
        until("the second is called off", async || {
            let all = shop.telegram.star_subscriptions(shop.bot);
            all.len() == 2 && all.iter().filter(|one| one.goes_on()).count() == 1
        })
        .await;
        assert_eq!(shop.flow.grants_of(order.id).await, 1, "on {}", database.name());
        shop.month_passes().await;
        shop.delivered(1).await;
        shop.flow.end().await;
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_bot_that_goes_takes_its_subscriptions_along() {
    let shop = StarShop::open(&Database::sqlite()).await;
    shop.subscribed().await;
    let browser = &shop.flow.seller.browser;
    let delete = [("act", "delete"), ("confirm", "first_shop_bot")];
    let page = browser.follow(browser.post(&shop.flow.overview, &delete).await).await;
    assert!(page.shows("they are being cancelled at Telegram"), "{}", page.body);
    until("it is called off", async || !shop.goes_on()).await;
    shop.flow.drained().await;
    let gone = browser.follow(browser.post(&shop.flow.overview, &delete).await).await;
    assert!(!gone.shows("being cancelled"), "{}", gone.body);
    shop.flow.end().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_person_subscribes_cancels_and_goes_on_from_the_phone() {
    let flow = Flow::live(&Database::sqlite()).await;
    take_stars(&flow).await;
    let (browser, telegram) = (&flow.seller.browser, flow.sandbox().telegram.clone());
    let bot = telegram.bot_named("first_shop_bot").unwrap();
    let (chat, phone) = (flow.chat(), format!("{}/preview", flow.overview));
    chat.reach_the_menu().await;
    chat.choose_a_month().await;
    chat.press("bot-pay-summary-btn-pay").await;
    chat.press("bot-pay-methods-btn-repeat").await;
    chat.press("bot-pay-open-repeat-btn-pay").await;
    assert!(browser.get(&phone).await.shows("Again every 30 days"));
    browser.post(&phone, &[("act", "pay")]).await;
    let order = flow.orders().await.remove(0);
    flow.becomes(order.id, OrderState::Provisioned).await;

    chat.say("/my").await;
    chat.press("bot-profile-btn-renewal-on").await;
    until("what is taken", async || chat.text().await.contains("Subscription in Telegram Stars")).await;
    chat.press("bot-renew-btn-standing-off").await;
    until("it is called off", async || !telegram.star_subscriptions(bot)[0].goes_on()).await;
    chat.press("bot-renew-btn-standing-on").await;
    until("Telegram's settings are named", async || chat.text().await.contains("My Stars")).await;
    until("the sheet of settings", async || browser.get(&phone).await.shows("My Stars: let")).await;
    browser.post(&phone, &[("act", "reactivate")]).await;
    assert!(telegram.star_subscriptions(bot)[0].goes_on());

    // The clock of the sandbox shop: the next month is taken.
    flow.drained().await;
    browser.post("/sandbox/clock", &[("advance", "30d")]).await;
    until("a month is taken", async || flow.orders().await.len() == 2).await;
    until("it is delivered", async || {
        flow.orders().await.iter().all(|order| order.state == OrderState::Provisioned)
    })
    .await;
    let again = flow.orders().await.into_iter().find(|other| other.id != order.id).unwrap();
    let page = browser.get(&format!("{}/orders/{}", flow.overview, again.id)).await;
    assert!(page.shows("Taken again by the provider"), "{}", page.body);
    until("its owner is told", async || chat.text().await.contains("was renewed by itself")).await;
    let tx = flow.db.read().await.unwrap();
    assert!(standing::of_user(&tx, order.user_id).await.unwrap().unwrap().is_on());
    drop(tx);
    flow.end().await;
}
