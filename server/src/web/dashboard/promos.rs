//! `/app/b/{bot}/promos`: the shop's promo codes; each has a page of its own, and so has a new one.

use app::{
    FormState,
    components::{Choice, Tone},
    pages::dashboard::{PromoPage, PromoRow, PromoState, PromosPage},
};
use axum::extract::{Path, State};
use chrono::{DateTime, Days as Calendar, FixedOffset, NaiveDate, NaiveTime, Utc};
use domain::{
    args,
    clock::Clock as _,
    db::StoreError,
    ids::PromoId,
    locale::{self, Locale, digits, format},
    money::Currency,
    platform::{bot::rules, tenant::payments::Actor},
    shop::{
        plan::service::{Offer, name_of, offers, prices_on_sale},
        promo::{
            code::LINK,
            rules::Effect,
            service::{self as codes, Listed, NewPromo, PromoRefused},
        },
    },
    units::{Bytes, Days},
};

use super::{super::start::currency_name, overview};
use crate::{
    state::AppState,
    web::{PageRequest, Post, WebError, WebResult, explained, guard::ShopBot},
};

/// In place of an id, in the address of a code that is made.
const NEW: &str = "new";

/// What a code can give, by the word in the form.
const KINDS: [(&str, &str); 4] = [
    ("percent", "web-promos-kind-percent"),
    ("amount", "web-promos-kind-amount"),
    ("days", "web-promos-kind-days"),
    ("traffic", "web-promos-kind-traffic"),
];

/// What is typed besides the plans.
const FIELDS: [&str; 9] = [
    "code",
    "kind",
    "value",
    "currency",
    "valid_from",
    "valid_until",
    "max_uses",
    "per_user",
    "first_purchase",
];

pub async fn list(State(state): State<AppState>, bot: ShopBot, mut page: PageRequest) -> WebResult {
    let sale = Sale::load(&bot).await?;
    let tx = bot.shop.db.read().await?;
    let listed = codes::list(&tx).await?;
    drop(tx);
    overview::place(&mut page, &state, &bot).await?;
    let words = Words { locale: page.locale(), zone: bot.shop.zone(), now: bot.shop.db.clock().now() };
    let rows = listed.iter().map(|listed| words.row(listed, &sale)).collect();
    page.show(PromosPage { bot: overview::summary_of(&bot.bot), rows })
}

pub async fn get(
    State(state): State<AppState>,
    bot: ShopBot,
    Path((_, id)): Path<(String, String)>,
    mut page: PageRequest,
) -> WebResult {
    let stored = stored(&bot, &id).await?;
    let sale = Sale::load(&bot).await?;
    overview::place(&mut page, &state, &bot).await?;
    let locale = page.locale();
    let words = Words { locale, zone: bot.shop.zone(), now: bot.shop.db.clock().now() };
    let form = page.form_or(|| filled(stored.as_ref(), &sale, words.zone));
    let link = stored.as_ref().and_then(|listed| {
        let username = bot.bot.username.as_deref()?;
        Some(format!("{}?start={LINK}{}", rules::link(username), listed.code.code))
    });
    let kinds = KINDS.map(|(kind, key)| Choice::new(kind, locale::text(locale, key, &args![])));
    let currencies = sale.currencies.iter();
    page.show(PromoPage {
        bot: overview::summary_of(&bot.bot),
        stored: stored.as_ref().map(|listed| words.row(listed, &sale)),
        link,
        kinds: kinds.into(),
        currencies: currencies.map(|one| Choice::new(one.code(), currency_name(locale, *one))).collect(),
        plans: sale.plans().map(|(field, offer)| (field, name_of(&offer.plan, locale))).collect(),
        form,
    })
}

pub async fn post(
    State(state): State<AppState>,
    bot: ShopBot,
    Path((_, id)): Path<(String, String)>,
    post: Post,
) -> WebResult {
    let actor = Actor { master: state.master(), db: &bot.shop.db, account: bot.shop.person.account.id };
    let list = format!("{}/promos", overview::summary_of(&bot.bot).href());
    let named = stored(&bot, &id).await?.map(|listed| listed.code.id);
    let done = match (post.act(), named) {
        ("save", named) => return save(&bot, actor, named, &post, &list).await,
        ("on" | "off", Some(id)) => actor.switch_promo(id, post.act() == "on").await,
        ("delete", Some(id)) => actor.delete_promo(id).await,
        _ => return Err(WebError::NotFound),
    };
    let (to, said) = match post.act() {
        "delete" => (list, "web-flash-promo-deleted"),
        "on" => (back(&post, list, &id), "web-flash-promo-on"),
        _ => (back(&post, list, &id), "web-flash-promo-off"),
    };
    match done {
        Ok(()) => Ok(post.done(&to, said, &args![])),
        Err(error) => {
            let (key, args) = explained(error)?;
            post.say(Tone::Bad, key, &args);
            Ok(post.to(&to))
        }
    }
}

fn back(post: &Post, list: String, id: &str) -> String {
    if post.field("from") == "list" { list } else { format!("{list}/{id}") }
}

async fn save(bot: &ShopBot, actor: Actor<'_>, id: Option<PromoId>, post: &Post, list: &str) -> WebResult {
    let sale = Sale::load(bot).await?;
    let plans: Vec<String> = sale.plans().map(|(field, _)| field).collect();
    let keep: Vec<&str> = FIELDS.into_iter().chain(plans.iter().map(String::as_str)).collect();
    let new = match typed(post, &sale, bot.shop.zone()) {
        Ok(new) => new,
        Err(wrong) => {
            let errors = wrong.into_iter().map(|(field, key)| post.error(field, key, &args![]));
            return Ok(post.refused(&keep, errors.collect()));
        }
    };
    match actor.save_promo(id, &new).await {
        Ok(code) => {
            let said = if id.is_none() { "web-flash-promo-made" } else { "web-flash-saved" };
            Ok(post.done(&format!("{list}/{}", code.id), said, &args!["code" => code.code]))
        }
        Err(error) => {
            let field = match &error {
                PromoRefused::Form | PromoRefused::Taken => "code",
                PromoRefused::Percent | PromoRefused::Value => "value",
                PromoRefused::Dates => "valid_until",
                PromoRefused::Limit => "max_uses",
                PromoRefused::Gone | PromoRefused::Store(_) => "form",
            };
            let (key, args) = explained(error)?;
            Ok(post.refused(&keep, vec![post.error(field, key, &args)]))
        }
    }
}

/// The code that an address names; `None` for a new one.
async fn stored(bot: &ShopBot, id: &str) -> Result<Option<Listed>, WebError> {
    if id == NEW {
        return Ok(None);
    }
    let id: PromoId = id.parse().map_err(|_| WebError::NotFound)?;
    let tx = bot.shop.db.read().await?;
    let mut listed = codes::list(&tx).await?.into_iter();
    listed.find(|listed| listed.code.id == id).map(Some).ok_or(WebError::NotFound)
}

/// What codes can be made for.
struct Sale {
    offers: Vec<Offer>,
    /// The shop's own first.
    currencies: Vec<Currency>,
}

impl Sale {
    async fn load(bot: &ShopBot) -> Result<Self, StoreError> {
        let tx = bot.shop.db.read().await?;
        let (offers, prices) = (offers(&tx).await?, prices_on_sale(&tx).await?);
        let own = bot.shop.tenant.currency;
        let is_used = |one: &Currency| *one != own && prices.iter().any(|price| price.currency == *one);
        let currencies = std::iter::once(own).chain(Currency::ALL.into_iter().filter(is_used)).collect();
        Ok(Self { offers, currencies })
    }

    /// Each with its field.
    fn plans(&self) -> impl Iterator<Item = (String, &Offer)> {
        self.offers.iter().map(|offer| (format!("plan_{}", offer.plan.id), offer))
    }
}

type Wrong = (&'static str, &'static str);

/// What was typed, or what cannot be read of it: the field and why.
fn typed(post: &Post, sale: &Sale, zone: FixedOffset) -> Result<NewPromo, Vec<Wrong>> {
    let mut wrong: Vec<Wrong> = Vec::new();
    let effect = effect(post).map_err(|why| wrong.push(("value", why))).ok();
    let mut number = |field: &'static str| {
        let read = post.optional(field).map(digits::parse_number);
        if matches!(read, Some(None | Some(..=0))) {
            wrong.push((field, "error-promo-limit"));
        }
        read.flatten()
    };
    let (max_uses, per_user) = (number("max_uses"), number("per_user"));
    let mut day = |field: &'static str| {
        let read = post.optional(field).map(|text| digits::western(text).parse::<NaiveDate>());
        if matches!(read, Some(Err(_))) {
            wrong.push((field, "error-promo-day"));
        }
        read.and_then(Result::ok)
    };
    let (from, until) = (day("valid_from"), day("valid_until"));
    // The last day counts whole.
    let until = until.and_then(|until| until.checked_add_days(Calendar::new(1)));
    let Some(effect) = effect.filter(|_| wrong.is_empty()) else { return Err(wrong) };
    let plans = sale.plans().filter(|(field, _)| !post.field(field).is_empty());
    Ok(NewPromo {
        code: post.field("code").to_owned(),
        effect,
        plans: plans.map(|(_, offer)| offer.plan.id).collect(),
        valid_from: from.and_then(|day| begin(day, zone)),
        valid_until: until.and_then(|day| begin(day, zone)),
        max_uses,
        per_user,
        first_purchase: !post.field("first_purchase").is_empty(),
    })
}

fn effect(post: &Post) -> Result<Effect, &'static str> {
    let text = post.field("value");
    let number = || digits::parse_number(text.trim_end_matches(['%', '٪'])).ok_or("error-promo-number");
    match post.field("kind") {
        "amount" => {
            let currency = post.field("currency").parse().map_err(|_| "error-money")?;
            digits::parse_money(text, currency).map(Effect::Amount).map_err(|_| "error-money")
        }
        "days" => number().map(|days| Effect::Days(Days(days))),
        "traffic" => number().map(|count| Effect::Traffic(Bytes(count.saturating_mul(Bytes::GIGABYTE)))),
        _ => number().map(Effect::Percent),
    }
}

/// When a day begins for the shop.
fn begin(day: NaiveDate, zone: FixedOffset) -> Option<DateTime<Utc>> {
    let begin = day.and_time(NaiveTime::MIN).and_local_timezone(zone).single();
    begin.map(|at| at.to_utc())
}

fn filled(stored: Option<&Listed>, sale: &Sale, zone: FixedOffset) -> FormState {
    let own = sale.currencies.first().map(|currency| currency.code()).unwrap_or_default();
    let Some(Listed { code, .. }) = stored else {
        let first = [("kind", "percent".to_owned()), ("per_user", "1".to_owned()), ("currency", own)];
        return FormState::filled(first);
    };
    let (kind, value) = match code.effect() {
        Some(Effect::Amount(money)) => ("amount", digits::typed_money(money)),
        Some(Effect::Days(days)) => ("days", days.0.to_string()),
        Some(Effect::Traffic(bytes)) => ("traffic", (bytes.0 / Bytes::GIGABYTE).to_string()),
        Some(Effect::Percent(percent)) => ("percent", percent.to_string()),
        None => ("percent", String::new()),
    };
    let day = |at: DateTime<Utc>| at.with_timezone(&zone).date_naive().to_string();
    let number = |limit: Option<i64>| limit.map(|limit| limit.to_string()).unwrap_or_default();
    let until = code.valid_until.map(|until| until - chrono::Duration::seconds(1));
    let meant = code.plan_ids();
    let plans = sale.plans().filter(|(_, offer)| meant.contains(&offer.plan.id));
    let fields = [
        ("code", code.code.clone()),
        ("kind", kind.to_owned()),
        ("value", value),
        ("currency", code.currency.map_or(own, Currency::code)),
        ("valid_from", code.valid_from.map(day).unwrap_or_default()),
        ("valid_until", until.map(day).unwrap_or_default()),
        ("max_uses", number(code.max_uses)),
        ("per_user", number(code.per_user)),
        ("first_purchase", if code.first_purchase { "on".to_owned() } else { String::new() }),
    ];
    let fields = fields.map(|(name, text)| (name.to_owned(), text));
    FormState::filled(fields.into_iter().chain(plans.map(|(field, _)| (field, "on".to_owned()))))
}

/// What a code gives.
pub(super) fn gift(locale: Locale, effect: Effect) -> String {
    let (key, args) = match effect {
        Effect::Percent(percent) => ("bot-promo-gift-percent", args!["percent" => percent]),
        Effect::Amount(money) => ("bot-promo-gift-amount", args!["amount" => money]),
        Effect::Days(days) => {
            let period = format::duration(locale, chrono::Duration::days(days.0));
            ("bot-promo-gift-days", args!["period" => period])
        }
        Effect::Traffic(bytes) => ("bot-promo-gift-traffic", args!["traffic" => bytes]),
    };
    locale::text(locale, key, &args)
}

/// A code in the reader's words.
struct Words {
    locale: Locale,
    zone: FixedOffset,
    now: DateTime<Utc>,
}

impl Words {
    fn row(&self, listed: &Listed, sale: &Sale) -> PromoRow {
        let Listed { code, held } = listed;
        let say = |key: &str, args: &locale::Args| locale::text(self.locale, key, args);
        let day = |at: DateTime<Utc>| format::date(self.locale, at, self.zone);
        let last = code.valid_until.map(|until| until - chrono::Duration::seconds(1));
        let meant = code.plan_ids();
        let plans = sale.offers.iter().filter(|offer| meant.contains(&offer.plan.id));
        let plans: Vec<String> = plans.map(|offer| name_of(&offer.plan, self.locale)).collect();
        let plans = plans.join(&say("web-list-separator", &args![]));
        let terms = [
            code.valid_from.map(|from| say("web-promos-term-from", &args!["at" => day(from)])),
            last.map(|last| say("web-promos-term-until", &args!["at" => day(last)])),
            code.per_user.map(|most| say("web-promos-term-per-user", &args!["count" => most])),
            code.first_purchase.then(|| say("web-promos-term-first", &args![])),
            (!meant.is_empty() && !plans.is_empty())
                .then(|| say("web-promos-term-plans", &args!["plans" => plans])),
            (!meant.is_empty() && sale.offers.iter().all(|offer| !meant.contains(&offer.plan.id)))
                .then(|| say("web-promos-term-no-plan", &args![])),
        ];
        let counted = args!["paid" => held.paid, "open" => held.open];
        let uses = match code.max_uses {
            Some(most) => say("web-promos-uses-of", &counted.with("max", most)),
            None => say("web-promos-uses", &counted),
        };
        let state = match () {
            () if !code.active => PromoState::Off,
            () if code.valid_from.is_some_and(|from| from > self.now) => PromoState::NotYet,
            () if code.valid_until.is_some_and(|until| until <= self.now) => PromoState::Ended,
            () if code.max_uses.is_some_and(|most| held.paid + held.open >= most) => PromoState::UsedUp,
            () => PromoState::Works,
        };
        PromoRow {
            id: code.id.to_string(),
            code: code.code.clone(),
            gift: code.effect().map(|effect| gift(self.locale, effect)).unwrap_or_default(),
            terms: terms.into_iter().flatten().collect(),
            uses,
            state,
            on: code.active,
        }
    }
}
