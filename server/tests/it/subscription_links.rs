//! A subscription at our own address: apps, people, a panel that is down, a new link; and more traffic.

use chrono::Duration;
use domain::{
    entities::tenant::order::OrderState,
    money::Money,
    platform::tenant::service as tenants,
    shop::{
        link::{body::KEPT, service as links},
        subscription::service as subscriptions,
        traffic::service as packs,
    },
    units::Bytes,
};
use http::Method;
use server::sandbox::hosted::HostedPayments as _;

use crate::support::{Answer, Database, Flow, until};

/// Somebody with a month; gives the path of the link.
async fn with_a_month(flow: &Flow) -> String {
    let chat = flow.chat();
    chat.reach_the_menu().await;
    let link = chat.order_a_month().await;
    flow.seller.pay_by_card(&link, "at_once").await;
    until("it is delivered", async || {
        flow.orders().await.iter().any(|order| order.state == OrderState::Provisioned)
    })
    .await;
    let order = flow.orders().await.remove(0);
    let path =
        format!("/s/{}", links::address_of(&flow.db, order.subscription_id.unwrap()).await.unwrap().write());
    until("the link is sent", async || chat.text().await.contains(&path)).await;
    path
}

async fn app(flow: &Flow, path: &str, agent: &str) -> Answer {
    flow.server.browser().raw(Method::GET, path, &[("user-agent", agent)]).await
}

async fn person(flow: &Flow, path: &str, language: &str) -> Answer {
    let headers = [
        ("accept", "text/html,*/*"),
        ("accept-language", language),
        ("user-agent", "Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X)"),
    ];
    flow.server.browser().raw(Method::GET, path, &headers).await
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn apps_get_their_format_at_our_address_and_the_last_good_one_while_the_panel_is_down() {
    for database in Database::all() {
        let flow = Flow::live(&database).await;
        let path = with_a_month(&flow).await;
        let list = app(&flow, &path, "v2rayNG/1.9").await;
        assert_eq!((list.status, list.header("content-type")), (200, "text/plain; charset=utf-8"));
        assert!(list.header("subscription-userinfo").contains("total="), "{:?}", list.headers);
        for name in ["profile-title", "profile-update-interval", "support-url", "profile-web-page-url"] {
            assert!(!list.header(name).is_empty(), "{name}: {:?}", list.headers);
        }
        assert_eq!(
            (list.header("cache-control"), list.header("referrer-policy")),
            ("no-store", "no-referrer")
        );
        let yaml = app(&flow, &path, "clash-verge/2").await;
        assert!(yaml.header("content-type").starts_with("text/yaml"), "{:?}", yaml.headers);
        let json = app(&flow, &path, "SFA/1.9").await;
        assert_eq!(json.header("content-type"), "application/json");

        let panel = flow.sandbox().marzban.knobs(&flow.db.tenant().to_string()).unwrap();
        panel.set_down(true);
        flow.advance(KEPT * 2).await;
        let kept = app(&flow, &path, "SFA/1.9").await;
        assert_eq!((kept.status, &kept.body), (200, &json.body), "{}", database.name());
        let page = person(&flow, &path, "en").await;
        assert!(page.status == 200 && page.shows("does not answer right now"), "{}", page.body);
        panel.set_down(false);
        flow.advance(Duration::minutes(2)).await;
        until("the panel is asked again", async || {
            flow.advance(Duration::minutes(1)).await;
            !person(&flow, &path, "en").await.shows("does not answer right now")
                || app(&flow, &path, "SFA/1.9").await.status != 200
        })
        .await;
        flow.end().await;
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn people_see_the_shops_page_in_their_language_and_reach_an_app_from_there() {
    let flow = Flow::live(&Database::sqlite()).await;
    let path = with_a_month(&flow).await;
    let shop = tenants::find(flow.server.state().master(), flow.db.tenant()).await.unwrap().unwrap().name;
    for (language, word) in
        [("en", "Add to an app"), ("fa", "افزودن به برنامه"), ("ru", "Добавить в приложение")]
    {
        let page = person(&flow, &path, language).await;
        assert_eq!(page.status, 200);
        assert!(page.shows(word) && page.shows(&shop), "{language}: {}", page.body);
        assert!(!page.shows("Botyard"), "it is the shop's page");
        assert!(page.shows("data:image/png;base64,") && page.shows("noindex"), "{}", page.body);
    }
    let import = path.replace("/s/", "/i/happ/");
    let page = person(&flow, &path, "en").await;
    assert!(page.shows(&format!("href=\"{import}\"")), "{}", page.body);
    let page = person(&flow, &import, "en").await;
    let opens = format!("happ://add/http://127.0.0.1:{}{path}", flow.server.address().port());
    assert!(page.shows(&format!("content=\"0;url={opens}\"")), "it opens by itself: {}", page.body);
    assert!(page.shows(&format!("href=\"{opens}\"")) && page.shows("apps.apple.com"), "{}", page.body);
    assert_eq!(page.header("referrer-policy"), "no-referrer");
    assert_eq!(person(&flow, &path.replace("/s/", "/i/nothing/"), "en").await.status, 404);
    flow.end().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_new_link_ends_the_old_one_here_and_at_the_panel() {
    for database in Database::all() {
        let flow = Flow::live(&database).await;
        let old = with_a_month(&flow).await;
        let before = app(&flow, &old, "v2rayNG/1.9").await.body;
        let keys = flow.accounts().remove(0).proxies;
        let chat = flow.chat();
        chat.say("/config").await;
        chat.press("bot-config-btn-renew").await;
        chat.press("bot-config-renew-btn-yes").await;
        until("the panel gave new keys", async || flow.accounts()[0].proxies != keys).await;
        flow.drained().await;
        assert_eq!(app(&flow, &old, "v2rayNG/1.9").await.status, 404);
        let gone = person(&flow, &old, "en").await;
        assert!(gone.status == 404 && gone.shows("not valid any more"), "{}", gone.body);
        let id = flow.orders().await[0].subscription_id.unwrap();
        let new = format!("/s/{}", links::address_of(&flow.db, id).await.unwrap().write());
        assert!(chat.text().await.contains(&new), "it is in the chat");
        let after = app(&flow, &new, "v2rayNG/1.9").await;
        assert!(after.status == 200 && after.body != before, "{}", database.name());
        flow.end().await;
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn who_tries_addresses_is_told_to_wait_and_whoever_has_one_is_not() {
    let flow = Flow::live(&Database::sqlite()).await;
    let path = with_a_month(&flow).await;
    let wrong = format!("{}AAAAAAAAAAAAAAAAAAAAAA", &path[..25]);
    let mut last = 0;
    for _ in 0..40 {
        last = app(&flow, &wrong, "curl/8").await.status;
    }
    assert_eq!(last, 429);
    let refused = app(&flow, &path, "curl/8").await;
    assert_eq!(
        (refused.status, refused.header("retry-after")),
        (429, "60"),
        "the same network waits with him"
    );
    flow.server.clock.advance(Duration::minutes(1));
    assert_eq!(app(&flow, &path, "curl/8").await.status, 200);
    flow.end().await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn traffic_is_sold_on_the_panels_page_and_added_in_the_chat() {
    for database in Database::all() {
        let flow = Flow::live(&database).await;
        let browser = &flow.seller.browser;
        let own = format!("{}/traffic", flow.overview);
        assert!(browser.get(&own).await.shows("No packs yet"));
        let refused = browser.post(&own, &[("act", "save"), ("gigabytes", "0"), ("price", "1")]).await;
        assert!(browser.follow(refused).await.shows("id=\"gigabytes-error\""));
        let saved = browser.post(&own, &[("act", "save"), ("gigabytes", "50"), ("price", "2")]).await;
        assert!(browser.follow(saved).await.shows("On sale"));

        with_a_month(&flow).await;
        let chat = flow.chat();
        let limit = flow.accounts()[0].data_limit.unwrap();
        let expire = flow.accounts()[0].expire;
        chat.say("/my").await;
        chat.press("bot-traffic-btn-add").await;
        until("the packs", async || chat.press_first("bot-traffic-btn-pack").await).await;
        chat.press("bot-pay-summary-btn-pay").await;
        let is_pack =
            |order: &domain::entities::tenant::order::Model| order.plan_days.is_some_and(|days| days.0 == 0);
        until("the order", async || {
            let orders = flow.orders().await;
            orders.iter().any(|order| is_pack(order) && order.provider_payment_id.is_some())
        })
        .await;
        let order = flow.orders().await.into_iter().find(is_pack).unwrap();
        flow.sandbox().card.pay(order.provider_payment_id.as_deref().unwrap()).await.unwrap();
        flow.becomes(order.id, OrderState::Provisioned).await;
        until("its buyer is told", async || chat.text().await.contains("is added. Thank you")).await;
        let account = flow.accounts().remove(0);
        assert_eq!(account.data_limit, Some(limit + Bytes::gigabytes(50).0), "{}", database.name());
        assert_eq!((account.expire, flow.grants_of(order.id).await), (expire, 1), "no time, once");

        let order = flow.order(order.id).await;
        let tx = flow.db.read().await.unwrap();
        let listed = packs::list(&tx).await.unwrap();
        let row = subscriptions::find(&tx, order.subscription_id.unwrap()).await.unwrap().unwrap();
        drop(tx);
        assert_ne!(row.plan_id, listed[0].0.id, "the plan is what it was");
        assert_eq!(listed[0].1, [Money::new(order.amount_minor, order.currency)]);
        let pack = listed[0].0.id.to_string();
        let off = browser.post(&own, &[("act", "off"), ("pack", &pack)]).await;
        assert!(browser.follow(off).await.shows("Off sale"));
        chat.say("/my").await;
        flow.end().await;
    }
}
