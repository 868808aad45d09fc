//! Pages that anybody sees.

use rstest::rstest;

use crate::support::TestServer;

#[rstest]
#[case("en-GB,en;q=0.9", "<html lang=\"en\" dir=\"ltr\"")]
#[case("fa-IR,fa;q=0.9", "<html lang=\"fa\" dir=\"rtl\"")]
#[case("de,ru;q=0.8,en;q=0.5", "<html lang=\"ru\" dir=\"ltr\"")]
#[tokio::test]
async fn a_page_speaks_the_browsers_language(#[case] accepted: &str, #[case] begins: &str) {
    let server = TestServer::sandbox().await;
    let page = server.browser().get_in("/", accepted).await;
    assert_eq!(page.status, 200);
    assert!(page.shows(begins), "{:.200}", page.body);
    server.stop().await;
}

#[tokio::test]
async fn the_chosen_language_and_theme_win_and_lead_back() {
    let server = TestServer::sandbox().await;
    let browser = server.browser();
    let answer = browser.post("/lang/fa", &[("return_to", "/signup?cycle=year")]).await;
    assert_eq!((answer.status, answer.location()), (303, "/signup?cycle=year"));
    let answer = browser.post("/theme", &[("theme", "dark"), ("return_to", "//evil.example")]).await;
    assert_eq!(answer.location(), "/");
    let page = browser.get_in("/", "ru").await;
    assert!(page.shows("<html lang=\"fa\" dir=\"rtl\" data-theme=\"dark\""), "{:.200}", page.body);
    assert_eq!(browser.post("/lang/tlh", &[]).await.status, 404);
    server.stop().await;
}

#[tokio::test]
async fn a_page_that_is_not_there_says_so_in_words_and_with_its_id() {
    let server = TestServer::sandbox().await;
    let page = server.browser().get("/no/such/page").await;
    assert_eq!(page.status, 404);
    assert!(page.shows(page.header("x-request-id")) && page.shows("<html lang=\"en\""), "{:.400}", page.body);
    server.stop().await;
}

#[tokio::test]
async fn the_first_page_shows_the_three_packages_and_their_prices() {
    let server = TestServer::sandbox().await;
    let browser = server.browser();
    let month = browser.get("/").await;
    let year = browser.get("/?cycle=year").await;
    for (page, prices) in [(month, ["$50", "$100", "$200"]), (year, ["$500", "$1,000", "$2,000"])] {
        for price in prices {
            assert!(page.shows(price), "no {price}");
        }
    }
    server.stop().await;
}

#[tokio::test]
async fn health_says_that_it_lives_and_is_ready() {
    let server = TestServer::sandbox().await;
    let browser = server.browser();
    assert_eq!(browser.get("/healthz").await.status, 200);
    assert_eq!(browser.get("/readyz").await.body, "ready");
    server.stop().await;
}

#[tokio::test]
async fn a_bot_of_the_pretend_botfather_answers_the_real_way() {
    let server = TestServer::sandbox().await;
    let browser = server.signed_up("a@example.com").await;
    let refused = browser.post("/sandbox/botfather", &[("name", "Shop"), ("username", "shop")]).await;
    assert_eq!(refused.location(), "/sandbox/botfather");
    let made = browser.post("/sandbox/botfather", &[("name", "Shop"), ("username", "yazd_shop_bot")]).await;
    let page = browser.follow(made).await;
    let telegram = &server.state().sandbox.as_ref().unwrap().telegram;
    let bot = telegram.bot_named("yazd_shop_bot").unwrap();
    let token = secrecy::ExposeSecret::expose_secret(&telegram.token(bot).unwrap()).to_owned();
    assert!(page.shows(&token), "{:.400}", page.body);
    let answer = browser.get(&format!("/emulator/telegram/bot{token}/getMe")).await;
    assert!(answer.shows("\"username\":\"yazd_shop_bot\""), "{}", answer.body);
    server.stop().await;
}
