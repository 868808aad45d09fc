//! A shop that sells for Telegram Stars: its bot is the account, Telegram tells the bot what was paid.

use std::time::{Duration as RealDuration, Instant};

use chrono::Duration;
use domain::{
    entities::{
        master::bot_instance::{self, BotState},
        tenant::{
            order::{self, OrderState},
            payment_inbox::InboxState,
        },
    },
    money::Currency,
    platform::bot::{self, service as bots},
    ports::Refunds,
    shop::{
        ledger::verify_online,
        payment::{import, inbox},
        refund::service::{self as refunds, NewRefund},
        subscription::service as subscriptions,
    },
    testing,
};
use sea_orm::EntityTrait as _;
use server::sandbox::{knobs::Fault, telegram::Verdict};

use crate::support::{
    Database, Flow, bank, flow,
    stars::{PRICE, SARA, StarShop},
    until,
};

impl StarShop {
    async fn ordered(&self, by: i64) -> order::Model {
        bank::order_by(self.flow.server.state(), &self.flow.db, by, "stars").await
    }

    /// What the bot says to somebody who is about to pay, and how long that takes.
    async fn asked(&self, by: i64, order: &order::Model) -> (Verdict, RealDuration) {
        let began = Instant::now();
        let query = self.telegram.pay(by, order.pay_url.as_deref().unwrap()).unwrap();
        until("the bot answers", async || self.telegram.checkout(&query).0.is_some()).await;
        (self.telegram.checkout(&query).0.unwrap(), began.elapsed())
    }

    async fn paid(&self, by: i64, order: &order::Model) {
        assert_eq!(self.asked(by, order).await.0, Verdict::Paid);
    }

    async fn refused(&self, by: i64, order: &order::Model, says: &str) {
        match self.asked(by, order).await.0 {
            Verdict::Refused(reason) => assert!(reason.contains(says), "{reason}"),
            Verdict::Paid => panic!("it was let through, and not refused with: {says}"),
        }
    }

    /// Nothing is left to do, and panels and Telegram say what the books say.
    async fn end(self) {
        self.flow.drained().await;
        let state = self.flow.server.state();
        let time = RealDuration::from_secs(30);
        let asked = verify_online::shop(&self.flow.db, state.panels.as_ref(), &state.providers, time).await;
        let asked = asked.unwrap();
        assert!(asked.breaches.is_empty() && asked.silent.is_empty(), "{asked:?}");
        self.flow.end().await;
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_month_is_sold_once_whether_the_bot_is_told_twice_or_never() {
    for database in Database::all() {
        let shop = StarShop::open(&database).await;
        shop.telegram.knobs().duplicate_next("update:successful_payment", 1);
        let twice = shop.ordered(SARA).await;
        assert_eq!(twice.provider_account, shop.bot.to_string());
        assert_eq!((twice.amount_minor, twice.currency), (PRICE, Currency::Xtr));
        shop.paid(SARA, &twice).await;
        shop.flow.becomes(twice.id, OrderState::Provisioned).await;

        shop.telegram.knobs().lose_next("update:successful_payment", 1);
        let never = shop.ordered(SARA + 1).await;
        shop.paid(SARA + 1, &never).await;
        shop.flow.drained().await;
        assert_eq!(shop.flow.order(never.id).await.state, OrderState::Pending, "on {}", database.name());
        shop.flow.server.clock.advance(Duration::minutes(2));
        shop.flow.becomes(never.id, OrderState::Provisioned).await;
        for order in [&twice, &never] {
            assert_eq!(shop.flow.grants_of(order.id).await, 1);
        }
        shop.refused(SARA, &twice, "no longer open").await;
        shop.end().await;
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn only_the_buyer_may_pay_and_only_an_open_order_at_its_price() {
    for database in Database::all() {
        let shop = StarShop::open(&database).await;
        let order = shop.ordered(SARA).await;
        shop.refused(SARA + 1, &order, "somebody else's").await;

        let mut cheaper: order::ActiveModel = order.clone().into();
        cheaper.amount_minor = sea_orm::ActiveValue::Set(PRICE - 1);
        let tx = shop.flow.db.write().await.unwrap();
        order::Entity::update(cheaper).exec(domain::db::Conn::raw(&tx)).await.unwrap();
        tx.commit().await.unwrap();
        shop.refused(SARA, &order, "out of date").await;

        let late = shop.ordered(SARA + 2).await;
        shop.flow.server.clock.advance(Duration::minutes(61));
        shop.refused(SARA + 2, &late, "no longer open").await;
        assert!(shop.telegram.star_payments(shop.bot).is_empty(), "no Star has moved");
        until("polling gave up on them", async || {
            shop.flow.advance(Duration::hours(12)).await;
            let open = [OrderState::New, OrderState::Pending];
            !shop.flow.orders().await.iter().any(|order| open.contains(&order.state))
        })
        .await;
        shop.flow.end().await;
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_payer_is_answered_while_the_chat_is_stuck_and_while_the_shop_writes() {
    for database in Database::all() {
        let shop = StarShop::open(&database).await;
        let order = shop.ordered(SARA).await;
        let asked = shop.telegram.last_update(shop.bot);
        shop.telegram.knobs().set("sendMessage", Fault::Delay { milliseconds: 6_000 }, Some(1));
        shop.telegram.say(shop.bot, SARA, "/id").unwrap();
        until("the chat's handler is at work", async || {
            shop.telegram.last_update(shop.bot) > asked && shop.telegram.pending_updates(shop.bot) > 0
        })
        .await;
        let (verdict, took) = shop.asked(SARA, &order).await;
        assert_eq!(verdict, Verdict::Paid);
        assert!(took < RealDuration::from_secs(3), "{took:?} on {}", database.name());
        shop.flow.becomes(order.id, OrderState::Provisioned).await;
        shop.telegram.knobs().clear();

        // A shop on SQLite has one connection; whoever holds it lets nobody read.
        if database.name() == "sqlite" {
            let other = shop.ordered(SARA + 1).await;
            let busy = shop.flow.db.write().await.unwrap();
            let (verdict, took) = shop.asked(SARA + 1, &other).await;
            drop(busy);
            assert!(
                matches!(&verdict, Verdict::Refused(reason) if reason.contains("try again")),
                "{verdict:?}"
            );
            assert!(took < RealDuration::from_secs(3), "{took:?}");
            shop.paid(SARA + 1, &other).await;
            shop.flow.becomes(other.id, OrderState::Provisioned).await;
        }
        shop.end().await;
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_refund_goes_back_whole_and_takes_the_days() {
    for database in Database::all() {
        let shop = StarShop::open(&database).await;
        let order = shop.ordered(SARA).await;
        shop.paid(SARA, &order).await;
        shop.flow.becomes(order.id, OrderState::Provisioned).await;
        let able = {
            let tx = shop.flow.db.read().await.unwrap();
            refunds::able(&tx, &shop.flow.server.state().providers, &order).await.unwrap()
        };
        assert_eq!(able, Refunds::Whole);
        shop.telegram.knobs().lose_answer("refundStarPayment", 1);
        let tx = shop.flow.db.write().await.unwrap();
        let new = NewRefund { order: order.id, minor: PRICE, reason: "asked", requested_by: "owner".into() };
        refunds::request(&tx, able, new).await.unwrap();
        tx.commit().await.unwrap();
        until("the refund is done", async || {
            shop.flow.advance(Duration::seconds(30)).await;
            let state = shop.flow.server.state();
            shop.flow.order(order.id).await.state == OrderState::Refunded
                && flow::work_left(state.master(), &shop.flow.db).await.is_empty()
        })
        .await;
        assert_eq!(shop.telegram.star_payments(shop.bot).len(), 2, "there and back");
        let tx = shop.flow.db.read().await.unwrap();
        let access = subscriptions::current_of(&tx, order.user_id).await.unwrap().unwrap();
        drop(tx);
        let left = access.target_expire - shop.flow.order(order.id).await.created_at;
        assert!(left < Duration::hours(2), "{left} on {}", database.name());
        shop.end().await;
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_second_payment_of_a_link_is_set_aside_and_gives_nothing() {
    for database in Database::all() {
        let shop = StarShop::open(&database).await;
        let order = shop.ordered(SARA).await;
        // Both are let through before either is told.
        shop.telegram.knobs().set("update:successful_payment", Fault::Lose, Some(1));
        shop.paid(SARA, &order).await;
        shop.paid(SARA, &order).await;
        shop.flow.drained().await;
        let mut rows = Vec::new();
        until("the second is set aside", async || {
            let tx = shop.flow.db.read().await.unwrap();
            !inbox::unsettled(&tx, 10).await.unwrap().is_empty()
        })
        .await;
        let tx = shop.flow.db.read().await.unwrap();
        rows.extend(import::set_aside(&tx, order.created_at - Duration::days(1), 10).await.unwrap());
        drop(tx);
        let [(row, facts)] = rows.as_slice() else { panic!("{rows:?}") };
        assert_eq!(
            (row.state, facts.order, facts.amount.minor),
            (InboxState::Refused, Some(order.id), PRICE)
        );
        shop.flow.server.clock.advance(Duration::minutes(2));
        shop.flow.becomes(order.id, OrderState::Provisioned).await;
        assert_eq!(shop.flow.grants_of(order.id).await, 1, "on {}", database.name());
        shop.end().await;
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_invented_webhook_changes_nothing() {
    let shop = StarShop::open(&Database::sqlite()).await;
    let order = shop.ordered(SARA).await;
    let body = format!(r#"{{"successful_payment":{{"invoice_payload":"{}"}}}}"#, order.id);
    let status = shop.flow.told("stars", &body).await;
    assert!((400..500).contains(&status), "{status}");
    shop.flow.drained().await;
    assert_eq!(shop.flow.order(order.id).await.state, OrderState::Pending);
    let tx = shop.flow.db.read().await.unwrap();
    assert!(inbox::unsettled(&tx, 10).await.unwrap().is_empty(), "nothing is kept of it");
    drop(tx);
    shop.flow.end().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_money_of_a_deleted_bot_is_told_and_fails_nothing() {
    for database in Database::all() {
        let shop = StarShop::open(&database).await;
        let sold = shop.ordered(SARA).await;
        shop.paid(SARA, &sold).await;
        shop.flow.becomes(sold.id, OrderState::Provisioned).await;
        let open = shop.ordered(SARA + 1).await;
        let state = shop.flow.server.state();
        let row = bots::of_tenant(state.master(), shop.flow.db.tenant()).await.unwrap().remove(0);
        let name = row.name.clone().unwrap();
        bots::delete(state.master(), account_of(&shop).await, &row, &name).await.unwrap();

        let tx = shop.flow.db.read().await.unwrap();
        let able = refunds::able(&tx, &state.providers, &sold).await.unwrap();
        drop(tx);
        assert_eq!(able, Refunds::None, "by hand");
        until("nobody waits for the open one", async || {
            shop.flow.advance(Duration::hours(6)).await;
            shop.flow.order(open.id).await.state == OrderState::Expired
        })
        .await;
        let time = RealDuration::from_secs(30);
        let asked = verify_online::shop(&shop.flow.db, state.panels.as_ref(), &state.providers, time).await;
        let asked = asked.unwrap();
        assert_eq!(asked.breaches, [], "on {}", database.name());
        let silent = asked.silent.iter().filter(|line| line.contains("no longer connected")).count();
        assert_eq!(silent, 1, "{:?}", asked.silent);
        until("no look is left", async || {
            shop.flow.advance(Duration::days(1)).await;
            flow::work_left(state.master(), &shop.flow.db).await.is_empty()
        })
        .await;
        shop.flow.end().await;
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn each_bot_is_an_account_of_its_own_and_stays_it_with_a_new_token() {
    for database in Database::all() {
        let shop = StarShop::open(&database).await;
        let state = shop.flow.server.state();
        let tenant = shop.flow.db.tenant();
        let before = shop.ordered(SARA).await;
        shop.paid(SARA, &before).await;
        shop.flow.becomes(before.id, OrderState::Provisioned).await;

        // The owner takes a new token at BotFather.
        let row = bots::of_tenant(state.master(), tenant).await.unwrap().remove(0);
        let token = shop.telegram.revoke_token(shop.bot).unwrap();
        let account = account_of(&shop).await;
        bot::token::rotate(state.master(), state.probe.as_ref(), account, &row, &token).await.unwrap();
        state.bots.poke();
        until("it runs again", async || state.bots.running().contains(&row.id)).await;
        let second = second_bot(&shop).await;
        let after = shop.ordered(SARA + 1).await;
        assert_eq!(after.provider_account, before.provider_account);
        let other = bank::order_through(state, &shop.flow.db, second.id, SARA + 2, "stars").await;
        assert_eq!(other.provider_account, second.telegram_id.unwrap().to_string());

        let both = [row.id, second.id];
        until("both run", async || both.iter().all(|id| state.bots.running().contains(id))).await;

        // Nobody tells, and polling has given up: the import asks both.
        shop.telegram.knobs().lose_next("update:successful_payment", 2);
        shop.paid(SARA + 1, &after).await;
        shop.paid(SARA + 2, &other).await;
        let provider = state.providers.find("stars").unwrap();
        let imported = import::import(&shop.flow.db, provider, true).await.unwrap();
        assert_eq!((imported.unseen, imported.strange), (2, 0), "on {}", database.name());
        for order in [&after, &other] {
            shop.flow.becomes(order.id, OrderState::Provisioned).await;
        }

        let tx = shop.flow.db.write().await.unwrap();
        let new = NewRefund { order: before.id, minor: PRICE, reason: "asked", requested_by: "owner".into() };
        refunds::request(&tx, Refunds::Whole, new).await.unwrap();
        tx.commit().await.unwrap();
        shop.flow.becomes(before.id, OrderState::Refunded).await;
        until("the refund is done", async || {
            shop.flow.advance(Duration::seconds(30)).await;
            flow::work_left(state.master(), &shop.flow.db).await.is_empty()
        })
        .await;
        shop.end().await;
    }
}

/// One more bot of the same shop, as it is when it is live.
async fn second_bot(shop: &StarShop) -> bot_instance::Model {
    let state = shop.flow.server.state();
    let (id, token) = shop.telegram.create_bot("Second", "second_shop_bot").unwrap();
    shop.telegram.say(id, SARA + 2, "/help").unwrap();
    let row = testing::bot(state.master(), shop.flow.db.tenant(), Some(&token), BotState::Live);
    testing::insert_bot(state.master(), &row).await;
    state.bots.poke();
    until("it runs", async || state.bots.running().contains(&row.id)).await;
    row
}

async fn account_of(shop: &StarShop) -> domain::ids::AccountId {
    use domain::entities::master::account;
    let master = shop.flow.server.state().master();
    account::Entity::find().one(domain::db::Conn::raw(master)).await.unwrap().unwrap().id
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_person_prices_a_plan_in_stars_and_pays_on_the_phone_without_scripts() {
    let flow = Flow::live(&Database::sqlite()).await;
    let browser = &flow.seller.browser;
    let own = format!("{}/methods/stars", flow.overview);
    let page = browser.get(&own).await;
    assert!(page.shows("Prices in") && page.shows("21 days"), "{}", page.body);
    assert!(!page.shows("/pay/"), "nobody reports by HTTP: {}", page.body);
    let page = browser.follow(browser.post(&own, &[("act", "save"), ("price_1", "1.5")]).await).await;
    assert!(page.shows("price_1-error"), "whole Stars: {}", page.body);
    let priced = [("act", "save"), ("price_1", "150"), ("price_2", "400"), ("price_3", "150")];
    let page = browser.follow(browser.post(&own, &priced).await).await;
    assert!(page.shows("value=\"150\""), "{}", page.body);
    let page = browser.follow(browser.post(&own, &[("act", "test")]).await).await;
    assert!(page.shows("accepts these keys"), "{}", page.body);
    browser.post(&own, &[("act", "on")]).await;

    let (chat, phone) = (flow.chat(), format!("{}/preview", flow.overview));
    chat.reach_the_menu().await;
    chat.say("/terms").await;
    until("the terms", async || chat.count("Terms of").await > 0).await;
    chat.say("/paysupport").await;
    until("the support", async || chat.count("A question about a payment").await > 0).await;
    chat.say("/buy").await;
    chat.press("bot-buy-plans-btn-plan").await;
    until("a way to pay", async || chat.try_press("bot-pay-summary-btn-pay").await).await;
    chat.press("bot-pay-methods-btn-stars").await;
    chat.press("bot-pay-open-stars-btn-pay").await;
    let sheet = browser.get(&phone).await;
    assert!(sheet.shows("Pay 150\u{a0}Stars") || sheet.shows("Pay \u{2068}150"), "{}", sheet.body);
    browser.post(&phone, &[("act", "cancel")]).await;
    assert!(!browser.get(&phone).await.shows("Payment in Telegram"));
    chat.press("bot-pay-open-stars-btn-pay").await;
    browser.post(&phone, &[("act", "pay")]).await;
    assert!(!browser.get(&phone).await.shows("Payment in Telegram"));
    let order = flow.orders().await.remove(0);
    flow.becomes(order.id, OrderState::Provisioned).await;
    assert_eq!(order.currency, Currency::Xtr);

    // The key is still there: whoever presses it again reads why nothing happens.
    if chat.try_press("bot-pay-open-stars-btn-pay").await {
        browser.post(&phone, &[("act", "pay")]).await;
        let page = browser.get(&phone).await;
        assert!(page.shows("no longer open"), "{}", page.body);
    }
    flow.end().await;
}
