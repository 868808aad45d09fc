//! The phone of the preview page, read and pressed through its HTML: what the person sees.

use domain::{
    args,
    locale::{self, Locale},
};

use super::{Browser, until};

/// A chat with a shop's bot.
pub struct Chat<'a> {
    browser: &'a Browser,
    path: String,
}

/// A button under a message.
struct Key {
    message: String,
    label: String,
    /// `row:column` of a button, the address of a link.
    press: Result<String, String>,
}

impl<'a> Chat<'a> {
    /// `overview` is the address of the bot's page.
    pub fn new(browser: &'a Browser, overview: &str) -> Self {
        Self { browser, path: format!("{overview}/preview") }
    }

    pub async fn say(&self, text: &str) {
        self.browser.post(&self.path, &[("text", text)]).await;
    }

    /// Presses the newest button with this text of the catalogue, once it is there.
    pub async fn press(&self, id: &str) {
        until(id, async || self.try_press(id).await).await;
    }

    /// False when there is no such button.
    pub async fn try_press(&self, id: &str) -> bool {
        let keys = self.keys().await;
        let found = keys.iter().rev().find(|key| is_label(&key.label, id));
        let Some(Key { message, press: Ok(place), .. }) = found else { return false };
        let fields = [("message", message.as_str()), ("press", place.as_str())];
        self.browser.post(&self.path, &fields).await.status == 303
    }

    /// Where the newest link with this text leads.
    pub async fn try_link(&self, id: &str) -> Option<String> {
        let keys = self.keys().await;
        let of = |key: Key| key.press.err().filter(|_| is_label(&key.label, id));
        keys.into_iter().rev().find_map(of)
    }

    /// What stands in the chat, without its markup.
    pub async fn text(&self) -> String {
        let page = self.browser.get(&self.path).await.body;
        plain(page.split("role=\"log\"").nth(1).unwrap_or_default())
    }

    /// How often the chat says what this text of the catalogue says before its first value.
    pub async fn count(&self, text: &str) -> usize {
        self.text().await.matches(text).count()
    }

    /// From the first word to the menu. The bot reads its new state a moment after the page shows it.
    pub async fn reach_the_menu(&self) {
        until("the bot serves", async || {
            self.say("/start").await;
            !self.keys().await.is_empty()
        })
        .await;
        until("the menu", async || {
            if self.has("bot-menu-btn-buy").await || self.has("bot-menu-btn-trial").await {
                return true;
            }
            let keys = self.keys().await;
            let first = keys.iter().rev().find(|key| key.label.contains("English"));
            if let Some(Key { message, press: Ok(place), .. }) = first {
                let fields = [("message", message.as_str()), ("press", place.as_str())];
                self.browser.post(&self.path, &fields).await;
            }
            self.try_press("bot-start-rules-btn-accept").await;
            false
        })
        .await;
    }

    /// From the plans to the bank's page: orders the shortest plan, and gives the page's address.
    pub async fn order_a_month(&self) -> String {
        self.order_a_month_by("test").await
    }

    /// As [`Self::order_a_month`], to this provider's page. An earlier order's page may still be in the chat.
    pub async fn order_a_month_by(&self, provider: &str) -> String {
        let (pay, method) = ("bot-pay-open-btn-pay", format!("bot-pay-methods-btn-{provider}"));
        let earlier = self.try_link(pay).await;
        let new_link = async || self.try_link(pay).await.filter(|link| Some(link) != earlier.as_ref());
        self.say("/buy").await;
        until("the plans", async || self.press_first("bot-buy-plans-btn-plan").await).await;
        self.press("bot-pay-summary-btn-pay").await;
        until("a way to pay", async || new_link().await.is_some() || self.try_press(&method).await).await;
        until("its page", async || new_link().await.is_some()).await;
        new_link().await.expect("it was there")
    }

    async fn has(&self, id: &str) -> bool {
        self.keys().await.iter().any(|key| is_label(&key.label, id))
    }

    /// The first button with this text under the newest message that has buttons.
    async fn press_first(&self, id: &str) -> bool {
        let keys = self.keys().await;
        let Some(newest) = keys.last().map(|key| key.message.clone()) else { return false };
        let found = keys.iter().find(|key| key.message == newest && is_label(&key.label, id));
        let Some(Key { message, press: Ok(place), .. }) = found else { return false };
        let fields = [("message", message.as_str()), ("press", place.as_str())];
        self.browser.post(&self.path, &fields).await.status == 303
    }

    async fn keys(&self) -> Vec<Key> {
        let page = self.browser.get(&self.path).await.body;
        page.split("class=\"kb\"").skip(1).flat_map(keys_of).collect()
    }
}

fn keys_of(form: &str) -> Vec<Key> {
    let form = form.split("</form>").next().unwrap_or_default();
    let message = between(form, "name=\"message\" value=\"", "\"").unwrap_or_default();
    let ends = |tag: &'static str| form.match_indices(tag).map(move |(at, _)| (at, tag));
    let mut tags: Vec<_> = ends("<button").chain(ends("<a ")).collect();
    tags.sort_unstable();
    tags.into_iter()
        .filter_map(|(at, tag)| {
            let rest = &form[at..];
            let close = if tag == "<a " { "</a>" } else { "</button>" };
            let whole = rest.split(close).next()?;
            let (head, label) = whole.split_once('>')?;
            let press = match tag {
                "<a " => Err(plain(&between(head, "href=\"", "\"")?)),
                _ => Ok(between(head, "name=\"press\" value=\"", "\"")?),
            };
            Some(Key { message: message.clone(), label: plain(label), press })
        })
        .collect()
}

/// Whether a label is this text of the catalogue in English, whatever its values are.
fn is_label(label: &str, id: &str) -> bool {
    let text = locale::plain(Locale::En, id, &args![]);
    let mut fixed =
        text.split(['{', '}']).map(str::trim).filter(|part| !part.is_empty() && !part.starts_with('$'));
    fixed.try_fold(label, |rest, part| rest.split_once(part).map(|(_, rest)| rest)).is_some()
}

fn between(text: &str, begin: &str, end: &str) -> Option<String> {
    Some(text.split_once(begin)?.1.split_once(end)?.0.to_owned())
}

/// HTML as text: without tags, marks of direction and escapes.
fn plain(html: &str) -> String {
    let mut text = String::new();
    for (index, part) in html.split('<').enumerate() {
        let rest = if index == 0 { part } else { part.split_once('>').map_or("", |(_, rest)| rest) };
        text.push_str(rest);
    }
    let text = text.replace(['\u{2066}', '\u{2067}', '\u{2068}', '\u{2069}'], "");
    text.replace("&quot;", "\"")
        .replace("&#x27;", "'")
        .replace("&lt;", "<")
        .replace("&gt;", ">")
        .replace("&amp;", "&")
}
