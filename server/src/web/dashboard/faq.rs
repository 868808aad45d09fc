//! `/app/b/{bot}/faq`: the answers that the bot gives, each on a page of its own.

use app::{
    FormState,
    components::Choice,
    pages::dashboard::{FaqEntryPage, FaqKind, FaqLanguage, FaqPage, FaqRow},
};
use axum::extract::{Path, State};
use domain::{
    args,
    entities::tenant::faq_entry::Category,
    locale::{self, Args, Locale},
    shop::faq::{
        rules::{ANSWER, Entry, Key, QUESTION},
        service::{self as faq, OWN_AT_MOST, Typed, Votes},
    },
};

use super::overview;
use crate::{
    state::AppState,
    web::{PageRequest, Post, WebError, WebResult, guard::ShopBot},
};

/// The key of an answer that is not there yet.
const NEW: &str = "new";

pub async fn list(State(state): State<AppState>, bot: ShopBot, mut page: PageRequest) -> WebResult {
    let (reader, shown) = (page.locale(), language(page.query("lang"), &bot));
    let tx = bot.shop.db.read().await?;
    let entries = faq::all(&tx, shown).await?;
    let votes = faq::votes(&tx).await?;
    drop(tx);
    overview::place(&mut page, &state, &bot).await?;
    let href = address(&bot);
    let row = |entry: Entry| FaqRow {
        href: format!("{href}/{}?lang={}", entry.key.code(), shown.code()),
        category: category(reader, entry.category),
        hidden: entry.hidden,
        ours: matches!(entry.key, Key::Ours(_)) && !entry.changed,
        votes: votes.get(&faq::counted_as(&entry)).map(|votes| counted(reader, *votes)),
        question: entry.question,
    };
    page.show(FaqPage {
        bot: overview::summary_of(&bot.bot),
        languages: Locale::ALL
            .map(|locale| FaqLanguage {
                name: locale.native_name(),
                href: format!("{href}?lang={}", locale.code()),
                chosen: locale == shown,
            })
            .into(),
        locale: shown.code(),
        rows: entries.into_iter().map(row).collect(),
    })
}

pub async fn get(
    State(state): State<AppState>,
    bot: ShopBot,
    Path((_, key)): Path<(String, String)>,
    mut page: PageRequest,
) -> WebResult {
    let (reader, shown) = (page.locale(), language(page.query("lang"), &bot));
    let entry = match key.as_str() {
        NEW => None,
        key => Some(find(&bot, shown, key).await?),
    };
    overview::place(&mut page, &state, &bot).await?;
    let form = page.form_or(|| match &entry {
        Some(entry) => FormState::filled([
            ("category", entry.category.code()),
            ("question", entry.question.clone()),
            ("answer", entry.answer.clone()),
        ]),
        None => FormState::filled([("category", Category::Other.code())]),
    });
    let kind = match &entry {
        None => FaqKind::New,
        Some(Entry { key: Key::Own(_), .. }) => FaqKind::Own,
        Some(entry) if entry.changed => FaqKind::Changed,
        Some(_) => FaqKind::Ours,
    };
    page.show(FaqEntryPage {
        bot: overview::summary_of(&bot.bot),
        key,
        locale: shown.code(),
        language: entry.as_ref().map_or(shown, |entry| entry.locale).native_name(),
        categories: Category::ALL.map(|one| Choice::new(one.code(), category(reader, one))).into(),
        kind,
        hidden: entry.is_some_and(|entry| entry.hidden),
        form,
    })
}

pub async fn post(
    bot: ShopBot,
    Path((_, key)): Path<(String, String)>,
    page: axum::extract::RawQuery,
    post: Post,
) -> WebResult {
    let query = page.0.unwrap_or_default();
    let lang = url::form_urlencoded::parse(query.as_bytes()).find(|(name, _)| name == "lang");
    let shown = language(lang.as_ref().map_or("", |(_, code)| code), &bot);
    let entry = match key.as_str() {
        NEW => None,
        key => Some(find(&bot, shown, key).await?),
    };
    match (post.act(), &entry) {
        ("save", _) => save(&bot, &post, shown, entry).await,
        ("hide" | "show", Some(entry)) => {
            let tx = bot.shop.db.write().await?;
            faq::hide(&tx, entry.locale, entry.key, post.act() == "hide").await?;
            tx.commit().await?;
            Ok(done(&bot, &post, shown))
        }
        ("remove", Some(entry)) => {
            let tx = bot.shop.db.write().await?;
            faq::remove(&tx, entry.locale, entry.key).await?;
            tx.commit().await?;
            Ok(done(&bot, &post, shown))
        }
        _ => Err(WebError::NotFound),
    }
}

async fn save(bot: &ShopBot, post: &Post, shown: Locale, entry: Option<Entry>) -> WebResult {
    let (question, answer) = (post.field("question"), post.field("answer").replace("\r\n", "\n"));
    let mut errors = Vec::new();
    for (name, text, limit) in [("question", question, QUESTION), ("answer", answer.as_str(), ANSWER)] {
        match text.chars().count() {
            0 => errors.push(post.error(name, "error-required", &args![])),
            length if length > limit => {
                errors.push(post.error(name, "error-support-long", &args!["count" => limit]));
            }
            _ => {}
        }
    }
    let keep = ["category", "question", "answer"];
    let Some(category) = Category::from_code(post.field("category")).filter(|_| errors.is_empty()) else {
        return Ok(post.refused(&keep, errors));
    };
    let typed = Typed { locale: shown, category, question, answer: &answer };
    let tx = bot.shop.db.write().await?;
    if !faq::save(&tx, entry.map(|entry| entry.key), typed).await? {
        let limit = i64::try_from(OWN_AT_MOST).unwrap_or(i64::MAX);
        return Ok(post.refused(&keep, vec![post.error("form", "error-faq-full", &args!["count" => limit])]));
    }
    tx.commit().await?;
    Ok(done(bot, post, shown))
}

fn done(bot: &ShopBot, post: &Post, shown: Locale) -> axum::response::Response {
    post.done(&format!("{}?lang={}", address(bot), shown.code()), "web-flash-saved", &args![])
}

async fn find(bot: &ShopBot, shown: Locale, key: &str) -> Result<Entry, WebError> {
    let key = Key::read(key).ok_or(WebError::NotFound)?;
    let tx = bot.shop.db.read().await?;
    faq::find(&tx, shown, key).await?.ok_or(WebError::NotFound)
}

/// The language whose answers are shown; the shop's to begin with.
fn language(code: &str, bot: &ShopBot) -> Locale {
    let shop = || Locale::from_code(&bot.shop.tenant.locale).unwrap_or_default();
    Locale::ALL.into_iter().find(|locale| locale.code() == code).unwrap_or_else(shop)
}

fn category(locale: Locale, category: Category) -> String {
    locale::text(locale, &format!("web-faq-category-{}", category.code()), &Args::default())
}

fn counted(locale: Locale, votes: Votes) -> String {
    let count = |number: u64| i64::try_from(number).unwrap_or(i64::MAX);
    let values = args!["helped" => count(votes.helped), "count" => count(votes.helped + votes.did_not)];
    locale::text(locale, "web-faq-votes", &values)
}

fn address(bot: &ShopBot) -> String {
    format!("{}/faq", overview::summary_of(&bot.bot).href())
}
