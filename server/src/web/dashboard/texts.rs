//! `/app/b/{bot}/texts`: what the bot says, searched and put into the shop's own words.

pub mod file;
mod samples;

use app::{
    FormState,
    components::TextSpan,
    pages::dashboard::{TextChip, TextPage, TextRow, TextState, TextsPage},
};
use axum::extract::{Path, RawQuery, State};
use domain::{
    args,
    entities::tenant::text,
    error::Explain as _,
    locale::{self, Locale, digits, format},
    shop::text::{
        rules::{self, BadText, Place},
        service as texts,
    },
};
use url::form_urlencoded;

use super::{overview, phone};
use crate::{
    sandbox::telegram,
    state::AppState,
    web::{PageRequest, Post, WebError, WebResult, guard::ShopBot},
};

/// Texts on one page.
const SHOWN: usize = 60;

/// The parts of the bot in the order in which its users meet them.
const AREAS: [&str; 29] = [
    "start", "gate", "menu", "common", "help", "id", "terms", "trial", "buy", "pay", "card", "wallet",
    "gift", "traffic", "promo", "config", "profile", "access", "renew", "referral", "support", "faq",
    "settings", "privacy", "notices", "quiet", "remind", "notify", "owner",
];

/// Which texts the reader wants to see.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Filter {
    All,
    Changed,
    Missing,
    TooLong,
    Ignored,
}

/// What the address says.
struct Wanted {
    locale: Locale,
    filter: Filter,
    area: Option<String>,
    query: String,
}

impl Filter {
    const ALL: [(Self, &'static str); 5] = [
        (Self::All, "all"),
        (Self::Changed, "changed"),
        (Self::Missing, "missing"),
        (Self::TooLong, "long"),
        (Self::Ignored, "ignored"),
    ];

    fn read(code: &str) -> Self {
        Self::ALL.into_iter().find(|(_, own)| *own == code).map_or(Self::All, |(filter, _)| filter)
    }

    fn code(self) -> &'static str {
        Self::ALL.into_iter().find(|(filter, _)| *filter == self).map_or("all", |(_, code)| code)
    }

    fn takes(self, state: TextState) -> bool {
        match self {
            Self::All => true,
            Self::Changed => matches!(state, TextState::Changed | TextState::Ignored | TextState::TooLong),
            Self::Missing => state == TextState::Missing,
            Self::TooLong => state == TextState::TooLong,
            Self::Ignored => matches!(state, TextState::Ignored | TextState::TooLong),
        }
    }
}

impl Wanted {
    fn read(page: &PageRequest, bot: &ShopBot) -> Self {
        let area = page.query("area");
        Self {
            locale: language(page.query("lang"), bot),
            filter: Filter::read(page.query("show")),
            area: rules::keys().any(|key| rules::area(key) == area).then(|| area.to_owned()),
            query: page.query("q").chars().take(100).collect(),
        }
    }

    /// The parts of the address that are not as they are at first.
    fn pairs(&self) -> Vec<(&'static str, String)> {
        let mut pairs = vec![("lang", self.locale.code().to_owned())];
        if self.filter != Filter::All {
            pairs.push(("show", self.filter.code().to_owned()));
        }
        if let Some(area) = &self.area {
            pairs.push(("area", area.clone()));
        }
        pairs
    }

    fn href(&self, list: &str) -> String {
        let mut query = form_urlencoded::Serializer::new(String::new());
        query.extend_pairs(self.pairs());
        if !self.query.is_empty() {
            query.append_pair("q", &self.query);
        }
        format!("{list}?{}", query.finish())
    }

    fn with(&self, change: impl FnOnce(&mut Self)) -> Self {
        let Self { locale, filter, ref area, ref query } = *self;
        let mut changed = Self { locale, filter, area: area.clone(), query: query.clone() };
        change(&mut changed);
        changed
    }
}

pub async fn list(State(state): State<AppState>, bot: ShopBot, mut page: PageRequest) -> WebResult {
    let (reader, wanted, list) = (page.locale(), Wanted::read(&page, &bot), address(&bot));
    let tx = bot.shop.db.read().await?;
    let own = texts::all(&tx).await?;
    drop(tx);
    overview::place(&mut page, &state, &bot).await?;
    let needle = digits::folded(wanted.query.trim());
    let found: Vec<TextRow> = rules::keys()
        .filter(|key| wanted.area.as_deref().is_none_or(|area| rules::area(key) == area))
        .map(|key| row(&own, wanted.locale, key, &list))
        .chain(gone(&own, &wanted, &list))
        .filter(|row| wanted.filter.takes(row.state))
        .filter(|row| {
            needle.is_empty() || row.key.contains(&needle) || digits::folded(&row.text).contains(&needle)
        })
        .collect();
    let more = found.len() > SHOWN;
    page.show(TextsPage {
        bot: overview::summary_of(&bot.bot),
        languages: languages(wanted.locale, |locale| {
            wanted.with(|wanted| wanted.locale = locale).href(&list)
        }),
        filters: filters(reader, &wanted, &own, &list),
        areas: areas(reader, &wanted, &list),
        keeps: wanted.pairs(),
        query: wanted.query.clone(),
        rows: found.into_iter().take(SHOWN).collect(),
        more,
        file: format!("{list}/file?lang={}", wanted.locale.code()),
    })
}

pub async fn get(
    State(state): State<AppState>,
    bot: ShopBot,
    Path((_, key)): Path<(String, String)>,
    mut page: PageRequest,
) -> WebResult {
    let (reader, shown) = (page.locale(), language(page.query("lang"), &bot));
    let tx = bot.shop.db.read().await?;
    let own = texts::find(&tx, shown, &key).await?;
    drop(tx);
    let ours = rules::our_source(shown, &key).filter(|_| rules::is_changeable(&key));
    if ours.is_none() && own.is_none() {
        return Err(WebError::NotFound);
    }
    overview::place(&mut page, &state, &bot).await?;
    let (ours, list) = (ours.unwrap_or_default(), address(&bot));
    let said = own.as_ref().map_or(ours, |row| row.value.as_str());
    let form = page.form_or(|| FormState::filled([("text", said)]));
    let bad = own.as_ref().and_then(|row| rules::check(shown, &key, &row.value).err());
    let own_href = |locale: Locale| format!("{list}/{key}?lang={}", locale.code());
    page.show(TextPage {
        bot: overview::summary_of(&bot.bot),
        locale: shown.code(),
        dir: shown.dir(),
        languages: languages(shown, own_href),
        back: format!("{list}?lang={}&area={}", shown.code(), rules::area(&key)),
        ours: ours.to_owned(),
        values: rules::values(&key).into_iter().map(|name| format!("{{ ${name} }}")).collect(),
        limit: locale::text(reader, "web-texts-limit", &args!["count" => rules::limit(&key)]),
        markup: Place::of(&key).takes_markup(),
        changed: own.is_some(),
        ignored: bad.map(|bad| why(reader, &bad)),
        preview: look(shown, &key, &form.value("text"), &bot),
        form,
        key,
    })
}

pub async fn post(
    bot: ShopBot,
    Path((_, key)): Path<(String, String)>,
    RawQuery(query): RawQuery,
    post: Post,
) -> WebResult {
    let query = query.unwrap_or_default();
    let lang = form_urlencoded::parse(query.as_bytes()).find(|(name, _)| name == "lang");
    let shown = language(lang.as_ref().map_or("", |(_, code)| code), &bot);
    let done = format!("{}/{key}?lang={}", address(&bot), shown.code());
    match post.act() {
        "preview" => {
            let bad = rules::check(shown, &key, &post.field("text").replace("\r\n", "\n")).err();
            let errors = bad.map(|bad| field_error(&post, &bad)).into_iter().collect();
            Ok(post.refused(&["text"], errors))
        }
        "save" => {
            let tx = bot.shop.db.write().await?;
            if let Err(bad) = texts::save(&tx, shown, &key, post.field("text")).await? {
                return Ok(post.refused(&["text"], vec![field_error(&post, &bad)]));
            }
            tx.commit().await?;
            Ok(post.done(&done, "web-flash-text-saved", &args![]))
        }
        "restore" => {
            let tx = bot.shop.db.write().await?;
            texts::restore(&tx, shown, &key).await?;
            tx.commit().await?;
            let is_left = rules::is_changeable(&key);
            let next = if is_left { done } else { address(&bot) };
            Ok(post.done(&next, "web-flash-text-restored", &args![]))
        }
        _ => Err(WebError::NotFound),
    }
}

fn field_error(post: &Post, bad: &BadText) -> app::context::FieldError {
    let (key, args) = bad.explain().unwrap_or(("error-required", args![]));
    post.error("text", key, &args)
}

fn why(reader: Locale, bad: &BadText) -> String {
    bad.text(reader).unwrap_or_default()
}

fn row(own: &[text::Model], locale: Locale, key: &str, list: &str) -> TextRow {
    let mine = own.iter().find(|row| row.key == key && row.locale == locale);
    let state = match mine {
        Some(row) => match rules::check(locale, key, &row.value) {
            Ok(()) => TextState::Changed,
            Err(BadText::Long { .. } | BadText::TypedTooLong) => TextState::TooLong,
            Err(_) => TextState::Ignored,
        },
        None if own.iter().any(|row| row.key == key) => TextState::Missing,
        None => TextState::Ours,
    };
    let text = mine.map_or_else(|| rules::our_source(locale, key).unwrap_or_default(), |row| &row.value);
    TextRow {
        key: key.to_owned(),
        href: format!("{list}/{key}?lang={}", locale.code()),
        text: excerpt(text),
        dir: locale.dir(),
        state,
    }
}

/// What the shop said in place of texts that are no more.
fn gone(own: &[text::Model], wanted: &Wanted, list: &str) -> Vec<TextRow> {
    let rows = own.iter().filter(|row| row.locale == wanted.locale && !rules::is_changeable(&row.key));
    rows.filter(|_| wanted.area.is_none()).map(|found| row(own, wanted.locale, &found.key, list)).collect()
}

fn filters(reader: Locale, wanted: &Wanted, own: &[text::Model], list: &str) -> Vec<TextChip> {
    let mut keys: Vec<&str> = own.iter().map(|row| row.key.as_str()).collect();
    keys.dedup();
    let is_listed = |key: &&str| {
        rules::is_changeable(key) || own.iter().any(|row| row.key == *key && row.locale == wanted.locale)
    };
    keys.retain(is_listed);
    let states: Vec<_> = keys.into_iter().map(|key| row(own, wanted.locale, key, list).state).collect();
    let chip = |(filter, code): (Filter, &str)| {
        let count = states.iter().filter(|state| filter.takes(**state)).count();
        let count = i64::try_from(count).unwrap_or(i64::MAX);
        TextChip {
            label: locale::text(reader, &format!("web-texts-filter-{code}"), &args![]),
            href: wanted.with(|wanted| wanted.filter = filter).href(list),
            chosen: wanted.filter == filter,
            count: (filter != Filter::All).then(|| format::number(reader, count)),
        }
    };
    Filter::ALL.map(chip).into()
}

fn areas(reader: Locale, wanted: &Wanted, list: &str) -> Vec<TextChip> {
    let mut names: Vec<&str> = rules::keys().map(rules::area).collect();
    names.dedup();
    names.sort_by_key(|name| AREAS.iter().position(|known| known == name).unwrap_or(AREAS.len()));
    let all = TextChip {
        label: locale::text(reader, "web-texts-areas-all", &args![]),
        href: wanted.with(|wanted| wanted.area = None).href(list),
        chosen: wanted.area.is_none(),
        count: None,
    };
    let one = |name: &str| TextChip {
        label: area_name(reader, name),
        href: wanted.with(|wanted| wanted.area = Some(name.to_owned())).href(list),
        chosen: wanted.area.as_deref() == Some(name),
        count: None,
    };
    std::iter::once(all).chain(names.into_iter().map(one)).collect()
}

/// What the part of the bot is called; by its code when nobody has named it yet.
fn area_name(reader: Locale, name: &str) -> String {
    match AREAS.contains(&name) {
        true => locale::text(reader, &format!("web-texts-area-{name}"), &args![]),
        false => name.to_owned(),
    }
}

fn languages(chosen: Locale, href: impl Fn(Locale) -> String) -> Vec<TextChip> {
    let chip = |locale: Locale| TextChip {
        label: locale.native_name().to_owned(),
        href: href(locale),
        chosen: locale == chosen,
        count: None,
    };
    Locale::ALL.map(chip).into()
}

/// How a text looks to the shop's users.
fn look(locale: Locale, key: &str, typed: &str, bot: &ShopBot) -> Option<(String, Vec<TextSpan>)> {
    let values = samples::values(locale, key, bot);
    let shown = rules::preview(locale, key, typed, &values)?;
    if !Place::of(key).takes_markup() {
        return Some((shown, Vec::new()));
    }
    let parsed = telegram::formatted(&shown)?;
    Some((parsed.text, parsed.entities.iter().filter_map(phone::span).collect()))
}

fn excerpt(text: &str) -> String {
    const LENGTH: usize = 160;
    let line = text.split_whitespace().collect::<Vec<_>>().join(" ");
    if line.chars().count() <= LENGTH {
        return line;
    }
    line.chars().take(LENGTH).chain(std::iter::once('…')).collect()
}

/// The language whose texts are shown; the shop's to begin with.
fn language(code: &str, bot: &ShopBot) -> Locale {
    let shop = || Locale::from_code(&bot.shop.tenant.locale).unwrap_or_default();
    Locale::ALL.into_iter().find(|locale| locale.code() == code).unwrap_or_else(shop)
}

fn address(bot: &ShopBot) -> String {
    format!("{}/texts", overview::summary_of(&bot.bot).href())
}
