//! `/app/b/{bot}/methods`: how the shop's users can pay; each method has a page of its own.

use std::collections::BTreeMap;

use app::{
    FormState,
    components::Tone,
    pages::dashboard::{AccountInput, MethodPage, MethodRow, MethodsPage, OtherMethod},
};
use axum::extract::{Path, State};
use domain::{
    args,
    db::{StoreError, TenantConn},
    entities::tenant::{payment_method, plan},
    locale::{self, Locale, digits, format},
    money::{Currency, Money},
    platform::tenant::payments::Actor,
    ports::{AccountField, AccountSlot, Holder},
    shop::{
        payment::{
            Provider, Way,
            card::settings::NUMBER,
            method::{self, MethodRefused, Typed},
        },
        plan::service::{Offer, name_of, offers, prices, prices_on_sale},
    },
};

use super::{super::start::currency_name, orders::title, overview};
use crate::{
    sandbox::accounts,
    state::AppState,
    web::{PageRequest, Post, WebError, WebResult, explained, guard::ShopBot},
};

/// The fields for the shop's own name of a method.
const LABELS: [(&str, Locale); 3] =
    [("label_en", Locale::En), ("label_fa", Locale::Fa), ("label_ru", Locale::Ru)];

/// The longest own name, in characters: it stands on a key of the bot.
const LABEL: usize = 40;

pub async fn list(State(state): State<AppState>, bot: ShopBot, mut page: PageRequest) -> WebResult {
    let locale = page.locale();
    let tx = bot.shop.db.read().await?;
    let rows = method::list(&tx).await?;
    let prices = prices_on_sale(&tx).await?;
    drop(tx);
    overview::place(&mut page, &state, &bot).await?;
    let is_set_up = |name: &str| rows.iter().any(|row| row.provider == name);
    let others = state.providers.ways().filter(|way| !is_set_up(way.name()) && way.is_optional());
    page.show(MethodsPage {
        bot: overview::summary_of(&bot.bot),
        others: others
            .map(|way| OtherMethod { provider: way.name().to_owned(), title: title(locale, way.name()) })
            .collect(),
        methods: rows
            .iter()
            .map(|row| {
                shown_row(locale, row, state.providers.way(&row.provider), &prices, bot.shop.tenant.currency)
            })
            .collect(),
    })
}

pub async fn get(
    State(state): State<AppState>,
    bot: ShopBot,
    Path((_, name)): Path<(String, String)>,
    mut page: PageRequest,
) -> WebResult {
    let locale = page.locale();
    let way = state.providers.way(&name).ok_or(WebError::NotFound)?;
    let fields = way.fields();
    let tx = bot.shop.db.read().await?;
    let row = method::find(&tx, &name).await?;
    let prices = prices_on_sale(&tx).await?;
    let priced = priced(&tx, way, bot.shop.tenant.currency).await?;
    drop(tx);
    if row.is_none() && !way.is_optional() {
        return Err(WebError::NotFound);
    }
    overview::place(&mut page, &state, &bot).await?;
    let currency = collected(way, &prices, bot.shop.tenant.currency);
    let form = page.form_or(|| filled(row.as_ref(), fields, currency, &priced));
    let has_price = prices.iter().any(|price| price.currency == currency);
    let collects = currencies(locale, way.currencies());
    let key = format!("web-method-{name}-hint");
    page.show(MethodPage {
        bot: overview::summary_of(&bot.bot),
        title: title(locale, &name),
        hint: locale::has(&key).then(|| locale::text(locale, &key, &args![])),
        stored: row.is_some(),
        optional: way.is_optional(),
        testable: way.provider().is_some(),
        fields: fields.iter().map(|field| input(locale, way, field)).collect(),
        labels: LABELS.map(|(field, of)| (field, language(locale, of))).into(),
        limits_hint: locale::text(
            locale,
            "web-methods-limits-hint",
            &args!["currency" => currency_name(locale, currency)],
        ),
        prices: priced.iter().map(|own| (own.field.clone(), name_of(&own.plan, locale))).collect(),
        prices_title: locale::text(
            locale,
            "web-methods-prices",
            &args!["currency" => currency_name(locale, currency)],
        ),
        no_price: (!has_price)
            .then(|| locale::text(locale, "web-methods-no-price-text", &args!["currencies" => collects])),
        webhook_url: way
            .provider()
            .filter(|provider| provider.gateway.holder() == Holder::Shop)
            .and_then(|_| state.providers.webhook_url(bot.shop.tenant.id, &name))
            .map(|url| url.to_string()),
        form,
        provider: name,
    })
}

pub async fn post(
    State(state): State<AppState>,
    bot: ShopBot,
    Path((_, name)): Path<(String, String)>,
    post: Post,
) -> WebResult {
    let way = state.providers.way(&name).ok_or(WebError::NotFound)?;
    let (master, account) = (state.master(), bot.shop.person.account.id);
    let actor = Actor { master, db: &bot.shop.db, account };
    let list = format!("{}/methods", overview::summary_of(&bot.bot).href());
    let own = format!("{list}/{name}");
    let back = if post.field("from") == "list" { list.as_str() } else { own.as_str() };
    let (done, to, said) = match post.act() {
        "save" => return save(&state, &bot, actor, way, &post, &own).await,
        "test" => return test(actor, way.provider().ok_or(WebError::NotFound)?, &post).await,
        "on" => (actor.switch_method(&name, true).await, back, "web-flash-method-on"),
        "off" => (actor.switch_method(&name, false).await, back, "web-flash-method-off"),
        "up" => (actor.shift_method(&name, true).await, back, "web-flash-saved"),
        "down" => (actor.shift_method(&name, false).await, back, "web-flash-saved"),
        "remove" if way.is_optional() => {
            (actor.remove_method(&name).await, list.as_str(), "web-flash-method-removed")
        }
        _ => return Err(WebError::NotFound),
    };
    match done {
        Ok(()) => Ok(post.done(to, said, &args![])),
        Err(error) => {
            let (key, args) = explained(error)?;
            post.say(Tone::Bad, key, &args);
            Ok(post.to(back))
        }
    }
}

async fn test(actor: Actor<'_>, provider: &Provider, post: &Post) -> WebResult {
    match actor.test_method(provider).await {
        Ok(()) => {
            post.say(Tone::Ok, "web-flash-method-tested", &args![]);
            Ok(post.again())
        }
        Err(error) => {
            let (key, args) = explained(error)?;
            Ok(post.failed(key, &args))
        }
    }
}

async fn save(
    state: &AppState,
    bot: &ShopBot,
    actor: Actor<'_>,
    way: Way<'_>,
    post: &Post,
    own: &str,
) -> WebResult {
    let fields = way.fields();
    let open = fields.iter().filter(|field| !is_secret(field)).map(|field| field.name);
    let keep: Vec<&str> = open.chain(LABELS.map(|(field, _)| field)).chain(["min", "max"]).collect();
    let tx = bot.shop.db.read().await?;
    let prices = prices_on_sale(&tx).await?;
    let priced = priced(&tx, way, bot.shop.tenant.currency).await?;
    drop(tx);
    let keep: Vec<&str> = keep.into_iter().chain(priced.iter().map(|own| own.field.as_str())).collect();
    let currency = collected(way, &prices, bot.shop.tenant.currency);
    let mut errors = Vec::new();
    let mut amount = |name: &str| {
        let read = post.optional(name).map(|typed| digits::parse_money(typed, currency));
        if matches!(read, Some(Err(_))) {
            errors.push(post.error(name, "error-money", &args![]));
        }
        read.and_then(Result::ok).map(|money| money.minor)
    };
    let (min_minor, max_minor) = (amount("min"), amount("max"));
    let prices = priced.iter().map(|own| (own.plan.id, currency, amount(&own.field)));
    let prices: Vec<_> = prices.collect();
    if !errors.is_empty() {
        return Ok(post.refused(&keep, errors));
    }
    let typed = Typed {
        account: fields.iter().map(|field| (field.name, post.secret(field.name))).collect(),
        labels: labels(post),
        min_minor,
        max_minor,
        prices,
    };
    match actor.save_method(way, &typed).await {
        Ok(()) => {
            // In the sandbox whoever types keys has an account at the emulated provider.
            if let Some(sandbox) = &state.sandbox {
                accounts::open(sandbox, &state.providers, &bot.shop.db).await?;
            }
            let said = match way.provider() {
                Some(_) => "web-flash-method-saved",
                None => "web-flash-method-ready",
            };
            Ok(post.done(own, said, &args![]))
        }
        Err(error) => {
            let names = match &error {
                MethodRefused::Missing(names) | MethodRefused::Letters(names) => names.clone(),
                MethodRefused::CardNumber(_) => vec![NUMBER],
                _ => vec!["form"],
            };
            let (key, args) = explained(error)?;
            Ok(post.refused(&keep, names.into_iter().map(|name| post.error(name, key, &args)).collect()))
        }
    }
}

/// A plan whose price in the method's own currency is typed on the method's page.
struct Priced {
    field: String,
    plan: plan::Model,
    price: Option<Money>,
}

/// The plans on sale, when the method collects in one currency alone and the shop has another: where
/// plans are priced, the shop's is asked for and no other.
async fn priced(tx: &impl TenantConn, way: Way<'_>, shop: Currency) -> Result<Vec<Priced>, StoreError> {
    let only = match way.currencies() {
        [only] if *only != shop => *only,
        _ => return Ok(Vec::new()),
    };
    let mut all = Vec::new();
    for (Offer { plan, .. }, number) in offers(tx).await?.into_iter().zip(1..) {
        let all_of = prices(tx, plan.id).await?;
        let price = all_of.into_iter().find(|price| price.currency == only);
        all.push(Priced { field: format!("price_{number}"), plan, price });
    }
    Ok(all)
}

fn labels(post: &Post) -> BTreeMap<&'static str, String> {
    let typed = LABELS.map(|(field, locale)| (locale.code(), post.field(field)));
    let short =
        |text: &str| -> String { text.chars().filter(|letter| !letter.is_control()).take(LABEL).collect() };
    let named = typed.into_iter().filter(|(_, text)| !text.is_empty());
    named.map(|(code, text)| (code, short(text))).collect()
}

fn shown_row(
    locale: Locale,
    row: &payment_method::Model,
    way: Option<Way<'_>>,
    prices: &[Money],
    shop: Currency,
) -> MethodRow {
    let used: Vec<Currency> = way.map_or_else(Vec::new, |way| {
        let all = way.currencies().iter().copied();
        all.filter(|currency| prices.iter().any(|price| price.currency == *currency)).collect()
    });
    let currency = way.map_or(shop, |way| collected(way, prices, shop));
    let money = |minor| format::money(locale, Money::new(minor, currency));
    let limits = match (row.min_minor, row.max_minor) {
        (Some(least), Some(most)) => {
            Some(("web-methods-between", args!["min" => money(least), "max" => money(most)]))
        }
        (Some(least), None) => Some(("web-methods-from", args!["min" => money(least)])),
        (None, Some(most)) => Some(("web-methods-up-to", args!["max" => money(most)])),
        (None, None) => None,
    };
    MethodRow {
        provider: row.provider.clone(),
        title: method::label(row, locale).map_or_else(|| title(locale, &row.provider), str::to_owned),
        on: row.enabled,
        currencies: (!used.is_empty()).then(|| {
            let names = currencies(locale, &used);
            locale::text(locale, "web-methods-collects", &args!["currencies" => names])
        }),
        limits: limits.map(|(key, args)| locale::text(locale, key, &args)),
    }
}

/// The currency in which the method collects most likely, and its limits are typed: the shop's, else
/// the first one in which something is on sale.
fn collected(way: Way<'_>, prices: &[Money], shop: Currency) -> Currency {
    let all = way.currencies();
    let on_sale = |currency: &Currency| prices.iter().any(|price| price.currency == *currency);
    let first = all.iter().find(|currency| on_sale(currency)).or(all.first()).copied();
    if all.contains(&shop) && on_sale(&shop) { shop } else { first.unwrap_or(shop) }
}

fn filled(
    row: Option<&payment_method::Model>,
    fields: &[AccountField],
    currency: Currency,
    priced: &[Priced],
) -> FormState {
    let prices = priced.iter().map(|own| {
        let typed = own.price.map(digits::typed_money).unwrap_or_default();
        (own.field.clone(), typed)
    });
    let Some(row) = row else { return FormState::filled(prices) };
    let own = |field: &AccountField| match field.slot {
        AccountSlot::AccountId => row.account_id.clone(),
        _ => row.settings[field.name].as_str().unwrap_or_default().to_owned(),
    };
    let account = fields.iter().filter(|field| !is_secret(field)).map(|field| (field.name, own(field)));
    let labels =
        LABELS.map(|(field, locale)| (field, method::label(row, locale).unwrap_or_default().to_owned()));
    let typed = |minor: Option<i64>| minor.map(|minor| digits::typed_money(Money::new(minor, currency)));
    let limits = [("min", typed(row.min_minor)), ("max", typed(row.max_minor))];
    let limits = limits.into_iter().map(|(name, text)| (name, text.unwrap_or_default()));
    let named = account.chain(labels).chain(limits).map(|(name, text)| (name.to_owned(), text));
    FormState::filled(named.chain(prices))
}

/// By `web-method-<provider>-<name>`; a provider that has no such text by what the field is.
fn input(locale: Locale, way: Way<'_>, field: &AccountField) -> AccountInput {
    let (provider, name) = (way.name(), field.name);
    let own = format!("web-method-{provider}-{name}");
    let common = match field.slot {
        AccountSlot::AccountId => "web-methods-field-account",
        AccountSlot::ApiKey => "web-methods-field-key",
        AccountSlot::WebhookSecret => "web-methods-field-secret",
        AccountSlot::Setting | AccountSlot::Optional => name,
    };
    let key = if locale::has(&own) { own.as_str() } else { common };
    let hint = format!("web-method-{provider}-{name}-hint");
    AccountInput {
        name,
        label: locale::text(locale, key, &args![]),
        hint: locale::has(&hint).then(|| locale::text(locale, &hint, &args![])),
        secret: is_secret(field),
        optional: field.slot == AccountSlot::Optional,
        // What a provider is told is technical; what payers are told is words and one number.
        ltr: way.provider().is_some() || name == NUMBER,
    }
}

const fn is_secret(field: &AccountField) -> bool {
    matches!(field.slot, AccountSlot::ApiKey | AccountSlot::WebhookSecret)
}

fn currencies(locale: Locale, all: &[Currency]) -> String {
    let names: Vec<String> = all.iter().map(|currency| currency_name(locale, *currency)).collect();
    names.join(&locale::text(locale, "web-list-separator", &args![]))
}

fn language(locale: Locale, of: Locale) -> String {
    let code = of.code();
    locale::text(locale, &format!("web-methods-label-{code}"), &args![])
}
