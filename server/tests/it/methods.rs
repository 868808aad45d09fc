//! The customer sets up how users pay.

use domain::{
    locale::{self, Locale},
    shop::payment::method,
};

use crate::support::{Database, Flow, bank};

#[tokio::test]
async fn a_way_to_pay_is_named_limited_tried_and_switched_off() {
    for database in Database::all() {
        let flow = Flow::live(&database).await;
        let browser = &flow.seller.browser;
        let list = format!("{}/methods", flow.overview);
        let own = format!("{list}/test");
        let page = browser.get(&list).await;
        assert!(
            page.shows("Test card") && page.shows("Collects in") && page.shows("US dollars"),
            "{}",
            page.body
        );
        assert!(page.links().contains(&own), "{:?}", page.links());

        let fields = [("act", "save"), ("label_en", "Pay by card"), ("min", "100"), ("max", "1")];
        let page = browser.follow(browser.post(&own, &fields).await).await;
        assert!(page.shows("least amount is more") && page.shows("value=\"Pay by card\""), "{}", page.body);
        let fields = [("act", "save"), ("min", "a lot")];
        assert!(browser.follow(browser.post(&own, &fields).await).await.shows("min-error"));
        let fields = [("act", "save"), ("label_en", "Pay by card"), ("min", "1"), ("max", "900")];
        let page = browser.follow(browser.post(&own, &fields).await).await;
        assert!(page.shows("Saved") && page.shows("value=\"900.00\""), "{}", page.body);
        let page = browser.get(&list).await;
        assert!(page.shows("Pay by card") && page.shows("$900"), "{}", page.body);

        let page = browser.follow(browser.post(&own, &[("act", "test")]).await).await;
        assert!(page.shows("accepts these keys"), "{}", page.body);
        assert!(page.shows(&format!("/pay/{}/test", flow.db.tenant())), "the address to paste");

        let off = [("act", "off"), ("from", "list")];
        let page = browser.follow(browser.post(&own, &off).await).await;
        assert!(page.shows("switched off") && page.shows("Switch on"), "{}", page.body);
        let tx = flow.db.read().await.unwrap();
        let row = method::find(&tx, "test").await.unwrap().unwrap();
        assert!(!row.enabled && method::label(&row, Locale::En) == Some("Pay by card"));
        drop(tx);
        // Its account is made up: there is nothing that could be typed again.
        assert_eq!(browser.post(&own, &[("act", "remove")]).await.status, 404);
        assert_eq!(browser.get(&format!("{list}/nobody")).await.status, 404);
        browser.post(&own, &[("act", "on")]).await;
        bank::order(flow.server.state(), &flow.db, 700_200_310).await;
        flow.server.stop().await;
    }
}

#[tokio::test]
async fn every_provider_and_every_field_of_its_account_has_its_texts() {
    let flow = crate::support::TestServer::sandbox().await;
    for way in flow.state().providers.ways() {
        let name = way.name();
        let fields = way.fields().iter().map(|field| field.name);
        let parts = ["title", "hint"].into_iter().chain(fields);
        let of_page = parts.map(|part| format!("web-method-{name}-{part}"));
        for key in of_page.chain([format!("bot-pay-methods-btn-{name}")]) {
            assert!(locale::has(&key), "{key} is missing");
        }
    }
    flow.stop().await;
}
