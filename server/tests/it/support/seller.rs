//! Somebody who makes a shop, page by page, without JavaScript. Every step can be taken again after
//! the server died in the middle of it.

use std::time::Duration;

use super::{Answer, Browser, PASSWORD};

/// The owner's Telegram id: the `owner` of the phone page.
const OWNER: &str = "5000003";

/// A customer of ours in a browser.
pub struct Seller {
    pub browser: Browser,
    /// The same person on the pages of the pretend Stripe and the pretend bank.
    payer: Browser,
    /// The bot's name at the pretend Telegram.
    pub username: String,
    named: bool,
    /// Where the package is paid.
    checkout: Option<String>,
    planned: bool,
}

impl Seller {
    /// `server` is reached as `browser` on its own name and as `payer` on the other loopback name.
    pub fn new(browser: Browser, payer: Browser, username: &str) -> Self {
        Self { browser, payer, username: username.to_owned(), named: false, checkout: None, planned: false }
    }

    /// From nothing to a shop that is live; gives the address of its overview.
    pub async fn go_through_the_wizard(&mut self) -> String {
        self.sign_up().await;
        self.go_on().await
    }

    /// Goes on from the first step that is not done, whatever happened to the server meanwhile.
    pub async fn go_on(&mut self) -> String {
        for _ in 0..400 {
            let ready = self.name_the_shop().await
                && self.pay_the_package().await
                && self.connect_the_bot().await
                && self.connect_the_panel().await
                && self.set_the_plans().await
                && self.go_live().await;
            if ready && let Some(overview) = self.overview().await {
                return overview;
            }
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
        panic!("the shop does not go live: {}", self.browser.get("/start/live").await.body);
    }

    pub async fn sign_up(&self) {
        let email = format!("{}@example.com", self.username);
        let fields = [("email", email.as_str()), ("password", PASSWORD), ("cycle", "month")];
        let answer = self.browser.post("/signup", &fields).await;
        assert_eq!((answer.status, answer.location()), (303, "/start/shop"), "{}", answer.body);
    }

    /// Each of the steps answers whether it is done.
    pub async fn name_the_shop(&mut self) -> bool {
        if self.named {
            return true;
        }
        let fields = [
            ("name", "Fastline"),
            ("language", "en"),
            ("currency", "USD"),
            ("time_zone", "0"),
            ("pack", "international"),
        ];
        self.named = self.browser.post("/start/shop", &fields).await.location().starts_with("/start/package");
        self.named
    }

    /// Pays once; whoever paid and lost sight of it comes back to the page that waits. Pays again where
    /// the pretend Stripe still asks for it, because the server died before it heard of it.
    pub async fn pay_the_package(&mut self) -> bool {
        if self.checkout.is_none() {
            let fields = [("package", "starter"), ("cycle", "month"), ("act", "pay")];
            self.checkout = path_of(self.browser.post("/start/package", &fields).await.location());
        }
        let Some(path) = &self.checkout else { return false };
        if self.payer.get(path).await.shows("$50") {
            self.payer.post(path, &[("act", "pay"), ("webhook", "twice")]).await;
        }
        let page = self.browser.get("/start/package/return").await;
        page.status == 200 && page.links().iter().any(|link| link == "/start/bot")
    }

    pub async fn connect_the_bot(&self) -> bool {
        let connected = format!("@{}", self.username);
        if !self.browser.get("/start/bot").await.shows(&connected) {
            let Some(token) = self.token().await else { return false };
            self.browser.post("/start/bot", &[("token", &token), ("act", "token")]).await;
            return false;
        }
        if !self.browser.get("/start/bot").await.shows(OWNER) {
            self.browser.post("/start/bot", &[("owner_id", OWNER), ("act", "owner")]).await;
        }
        self.browser.get("/start/bot").await.shows(OWNER)
    }

    /// The bot's token, from BotFather; the bot is made when it is not there.
    pub async fn token(&self) -> Option<String> {
        let shown = |page: &Answer| {
            let words = page.body.split(|c: char| !c.is_ascii_alphanumeric() && !"_-:".contains(c));
            words
                .filter(|word| {
                    word.split_once(":AA").is_some_and(|(id, rest)| id.len() > 6 && rest.len() == 33)
                })
                .map(str::to_owned)
                .next()
        };
        if let Some(token) = shown(&self.browser.get("/sandbox/botfather").await) {
            return Some(token);
        }
        let fields = [("name", "Fastline VPN"), ("username", self.username.as_str())];
        self.browser.post("/sandbox/botfather", &fields).await;
        shown(&self.browser.get("/sandbox/botfather").await)
    }

    pub async fn connect_the_panel(&self) -> bool {
        let checked = async || self.browser.get("/start/panel").await.shows("value=\"inbounds\"");
        if checked().await {
            return true;
        }
        self.browser.post("/start/panel", &[("act", "sandbox")]).await;
        for _ in 0..40 {
            if checked().await {
                return true;
            }
            tokio::time::sleep(Duration::from_millis(50)).await;
        }
        false
    }

    /// As the page offers them.
    pub async fn set_the_plans(&mut self) -> bool {
        if self.planned {
            return true;
        }
        let inputs = self.browser.get("/start/plans").await.inputs();
        let fields: Vec<_> = inputs.iter().map(|(name, value)| (name.as_str(), value.as_str())).collect();
        self.planned = self.browser.post("/start/plans", &fields).await.location() == "/start/live";
        self.planned
    }

    pub async fn go_live(&self) -> bool {
        if self.overview().await.is_some() {
            return true;
        }
        self.browser.post("/start/live", &[("act", "start")]).await;
        self.overview().await.is_some()
    }

    /// Where the live bot's page is.
    pub async fn overview(&self) -> Option<String> {
        let links = self.browser.get("/start/live").await.links();
        let link = links.into_iter().find(|link| link.starts_with("/app/b/"))?;
        Some(link.trim_end_matches("/preview").to_owned())
    }

    /// Pays on the page of the pretend bank.
    pub async fn pay_by_card(&self, link: &str, webhook: &str) {
        let path = path_of(link).expect("a link");
        self.payer.post(&path, &[("act", "pay"), ("webhook", webhook)]).await;
    }
}

/// The path of an address on another origin.
fn path_of(link: &str) -> Option<String> {
    Some(format!("/{}", link.strip_prefix("http://")?.split_once('/')?.1))
}
