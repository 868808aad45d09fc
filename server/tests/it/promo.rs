//! Promo codes through the real server: paid with, given back, raced for, paid late, refunded.

use chrono::Duration;
use domain::{
    entities::tenant::{order, order::OrderState},
    ids::PromoId,
    locale::Locale,
    ports::Refunds,
    shop::{
        promo::{
            holder::{self, Taken},
            redemption::{self, Held},
            rules::Effect,
            service::{self as codes, NewPromo},
        },
        refund::service::{self as refunds, NewRefund},
        subscription::service as subscriptions,
        user::service::seen,
    },
    testing,
    units::{Bytes, Days},
};
use server::sandbox::hosted::HostedPayments as _;

use crate::support::{Database, Flow, bank, until};

fn code(effect: Effect) -> NewPromo {
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

async fn give_out(flow: &Flow, new: &NewPromo) -> PromoId {
    let tx = flow.db.write().await.unwrap();
    let code = codes::save(&tx, None, new).await.unwrap();
    tx.commit().await.unwrap();
    code.id
}

async fn held(flow: &Flow, code: PromoId) -> Held {
    let tx = flow.db.read().await.unwrap();
    codes::list(&tx).await.unwrap().into_iter().find(|listed| listed.code.id == code).unwrap().held
}

/// Somebody besides whoever chats takes the code.
async fn take(flow: &Flow, telegram_id: i64) -> Taken {
    let tx = flow.db.write().await.unwrap();
    let user = seen(&tx, &testing::person(telegram_id), Locale::En).await.unwrap();
    let taken = holder::take(&tx, user.id, "WELCOME").await.unwrap();
    tx.commit().await.unwrap();
    taken
}

/// The newest order.
async fn newest(flow: &Flow) -> order::Model {
    flow.orders().await.into_iter().max_by_key(|order| order.id).unwrap()
}

async fn pay(flow: &Flow, order: &order::Model) {
    flow.sandbox().card.pay(order.provider_payment_id.as_deref().unwrap()).await.unwrap();
}

async fn refund(flow: &Flow, order: &order::Model, minor: i64) {
    let tx = flow.db.write().await.unwrap();
    let new = NewRefund { order: order.id, minor, reason: "asked nicely", requested_by: "owner".into() };
    refunds::request(&tx, Refunds::Partial, new).await.unwrap();
    tx.commit().await.unwrap();
    flow.drained().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_month_is_bought_for_what_the_code_left_and_refunded_by_what_was_paid() {
    for database in Database::all() {
        let flow = Flow::live(&database).await;
        let id = give_out(&flow, &code(Effect::Percent(20))).await;
        let chat = flow.chat();
        chat.reach_the_menu().await;
        chat.say("/menu").await;
        chat.press("bot-promo-btn-enter").await;
        until("it asks", async || chat.text().await.contains("Send me the code")).await;
        chat.say("welcome").await;
        until("it is his", async || chat.text().await.contains("is yours: 20% off")).await;
        chat.order_a_month().await;
        assert!(chat.text().await.contains("WELCOME"), "{}", chat.text().await);
        let order = newest(&flow).await;
        let tx = flow.db.read().await.unwrap();
        let terms = redemption::of_order(&tx, order.id).await.unwrap().unwrap();
        drop(tx);
        assert_eq!(order.amount_minor, terms.full_minor * 4 / 5, "a fifth less");
        assert_eq!(held(&flow, id).await, Held { paid: 0, open: 1 });

        pay(&flow, &order).await;
        flow.becomes(order.id, OrderState::Provisioned).await;
        assert_eq!(held(&flow, id).await, Held { paid: 1, open: 0 });
        let own = format!("{}/orders/{}", flow.overview, order.id);
        let page = flow.seller.browser.get(&own).await;
        for words in ["WELCOME", "Placed with a promo code", "Price without it"] {
            assert!(page.shows(words), "{words}: {}", page.body);
        }

        refund(&flow, &order, order.amount_minor).await;
        flow.becomes(order.id, OrderState::Refunded).await;
        let tx = flow.db.read().await.unwrap();
        let access = subscriptions::current_of(&tx, order.user_id).await.unwrap().unwrap();
        drop(tx);
        assert!(access.target_expire - order.created_at < Duration::hours(1), "on {}", database.name());
        assert_eq!(held(&flow, id).await, Held { paid: 1, open: 0 }, "it was used all the same");
        flow.end().await;
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_bonus_is_on_the_panel_and_a_refund_takes_its_share_back() {
    for database in Database::all() {
        let flow = Flow::live(&database).await;
        give_out(&flow, &code(Effect::Days(Days(30)))).await;
        give_out(&flow, &NewPromo { code: "MORE".into(), ..code(Effect::Traffic(Bytes::gigabytes(20))) })
            .await;
        let chat = flow.chat();
        chat.reach_the_menu().await;
        chat.say("/promo welcome").await;
        until("it is his", async || chat.text().await.contains("is yours")).await;
        chat.order_a_month().await;
        let longer = newest(&flow).await;
        pay(&flow, &longer).await;
        flow.becomes(longer.id, OrderState::Provisioned).await;
        let account = flow.accounts().remove(0);
        let end = account.expire.unwrap() - flow.order(longer.id).await.paid_at.unwrap().timestamp();
        assert!((Days(60).seconds()..=Days(60).seconds() + 60).contains(&end), "{end}");

        chat.say("/promo more").await;
        until("it is his", async || chat.text().await.contains("more traffic")).await;
        chat.order_a_month().await;
        let more = newest(&flow).await;
        pay(&flow, &more).await;
        flow.becomes(more.id, OrderState::Provisioned).await;
        assert_eq!(flow.accounts()[0].data_limit, Some(Bytes::gigabytes(220).0), "on {}", database.name());

        // Half of the money is half of the sixty days, and half of the hundred and twenty gigabytes.
        refund(&flow, &longer, longer.amount_minor / 2).await;
        refund(&flow, &more, more.amount_minor / 2).await;
        let limit = flow.accounts()[0].data_limit.unwrap();
        let left = Bytes::gigabytes(220 - 50 - 60).0;
        assert!((limit - left).abs() < Bytes::gigabytes(1).0, "{limit} of {left} on {}", database.name());
        flow.end().await;
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_last_use_goes_to_one_of_two_and_comes_back_when_he_does_not_pay() {
    for database in Database::all() {
        let flow = Flow::live(&database).await;
        let id = give_out(&flow, &NewPromo { max_uses: Some(1), ..code(Effect::Percent(20)) }).await;
        for person in [900_001, 900_002] {
            assert!(matches!(take(&flow, person).await, Taken::Ready(_)));
        }
        let state = flow.server.state();
        let (one, two) =
            tokio::join!(bank::order(state, &flow.db, 900_001), bank::order(state, &flow.db, 900_002));
        let full = one.amount_minor.max(two.amount_minor);
        let (with, without) = if one.amount_minor < full { (one, two) } else { (two, one) };
        assert_eq!(with.amount_minor, full * 4 / 5, "on {}", database.name());
        assert_eq!(without.amount_minor, full);
        assert_eq!(held(&flow, id).await, Held { paid: 0, open: 1 });

        let payment = with.provider_payment_id.clone().unwrap();
        flow.sandbox().card.decline(&payment).unwrap();
        flow.becomes(with.id, OrderState::Failed).await;
        assert_eq!(held(&flow, id).await, Held::default());
        let loser = if without.user_id == with.user_id { 0 } else { without.user_id.0.as_u128() };
        assert_ne!(loser, 0);
        let now = bank::order(state, &flow.db, 900_001).await;
        let other = bank::order(state, &flow.db, 900_002).await;
        let amounts = [now.amount_minor, other.amount_minor];
        assert!(amounts.contains(&full) && amounts.contains(&(full * 4 / 5)), "{amounts:?}");

        // Nobody pays: an hour later it can be had again.
        flow.advance(Duration::minutes(61)).await;
        until("it is given back", async || held(&flow, id).await == Held::default()).await;
        flow.end().await;
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_page_that_was_left_for_another_and_paid_all_the_same_keeps_its_price() {
    for database in Database::all() {
        let flow = Flow::live(&database).await;
        flow.connect("yookassa", "100001", "test_secret").await;
        let id = give_out(&flow, &NewPromo { per_user: Some(1), ..code(Effect::Percent(20)) }).await;
        take(&flow, 900_001).await;
        let state = flow.server.state();
        let left = bank::order_by(state, &flow.db, 900_001, "test").await;
        let paid = bank::order_by(state, &flow.db, 900_001, "yookassa").await;
        assert_eq!(left.amount_minor, paid.amount_minor, "on {}", database.name());
        assert_eq!(flow.order(left.id).await.state, OrderState::Expired, "the code is in one order");
        assert_eq!(held(&flow, id).await, Held { paid: 0, open: 1 });
        flow.sandbox().yookassa.pay(paid.provider_payment_id.as_deref().unwrap()).await.unwrap();
        flow.becomes(paid.id, OrderState::Provisioned).await;
        assert!(matches!(take(&flow, 900_001).await, Taken::Refused(_)), "he has used it");

        pay(&flow, &left).await;
        flow.becomes(left.id, OrderState::Provisioned).await;
        assert_eq!(flow.grants_of(left.id).await, 1);
        assert_eq!(held(&flow, id).await, Held { paid: 2, open: 0 });
        flow.end().await;
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_owner_makes_changes_switches_and_deletes_a_code_on_its_page() {
    let database = Database::sqlite();
    let flow = Flow::live(&database).await;
    let browser = &flow.seller.browser;
    let list = format!("{}/promos", flow.overview);
    let new = format!("{list}/new");
    let empty = browser.get(&list).await;
    assert!(empty.shows("No promo codes yet") && empty.links().contains(&new), "{}", empty.body);
    let typed = |value: &'static str, until: &'static str| {
        [
            ("code", "welcome ۱۰"),
            ("kind", "percent"),
            ("value", value),
            ("currency", "USD"),
            ("valid_from", ""),
            ("valid_until", until),
            ("max_uses", "۱۰"),
            ("per_user", "1"),
            ("first_purchase", "on"),
            ("act", "save"),
        ]
    };
    for (value, until, said) in [
        ("100", "", "no provider could confirm it"),
        ("many", "", "A whole number, please"),
        ("20", "tomorrow", "A day like 2026-12-31"),
    ] {
        let refused = browser.follow(browser.post(&new, &typed(value, until)).await).await;
        assert!(refused.shows(said), "{value} {until}: {}", refused.body);
        assert!(refused.shows("welcome ۱۰") && refused.shows("value=\"۱۰\""), "what was typed is kept");
    }
    let made = browser.follow(browser.post(&new, &typed("20%", "2099-12-31")).await).await;
    let link = "?start=promo_WELCOME10";
    for words in ["is ready to be given out", "20", link, "waiting for payment, of"] {
        assert!(made.shows(words), "{words}: {}", made.body);
    }
    let tx = flow.db.read().await.unwrap();
    let code = codes::list(&tx).await.unwrap().remove(0).code;
    drop(tx);
    let own = format!("{list}/{}", code.id);
    assert_eq!(code.valid_until.unwrap().to_rfc3339(), "2100-01-01T00:00:00+00:00", "the last day counts");
    assert!(code.first_purchase && code.plan_ids().is_empty());

    let again = browser.follow(browser.post(&new, &typed("30", "")).await).await;
    assert!(again.shows("There is a code of this name already"), "{}", again.body);
    let changed = browser.follow(browser.post(&own, &typed("30", "")).await).await;
    assert!(changed.shows("value=\"30\""), "{}", changed.body);
    let off = browser.follow(browser.post(&own, &[("act", "off"), ("from", "list")]).await).await;
    assert!(off.shows("The code is switched off") && off.shows("Switch on"), "{}", off.body);
    let gone = browser.follow(browser.post(&own, &[("act", "delete")]).await).await;
    assert!(gone.shows("The code is deleted") && gone.shows("No promo codes yet"), "{}", gone.body);
    assert_eq!(browser.get(&own).await.status, 404);
    assert_eq!(browser.post(&own, &[("act", "on")]).await.status, 404);
    flow.end().await;
}
