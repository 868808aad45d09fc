//! `/start/shop`: name, language, currency, time zone and the starter pack.

use app::{
    FormState,
    components::{Choice, Cycle, PackageCode, WizardStep},
    pages::start::{Pack, ShopPage},
};
use axum::extract::State;
use domain::{
    args,
    entities::master::tenant::{self, TenantKind},
    locale::{self, Locale},
    money::Currency,
    platform::{
        deployment, template,
        tenant::{
            rules,
            service::{self as shops, ShopError, ShopForm},
        },
    },
};

use http::header;
use url::Url;

use super::progress;
use crate::{
    config::Mode,
    sandbox::accounts,
    state::AppState,
    web::{
        PageRequest, Post, WebResult, explained,
        guard::{Shop, SignedIn},
    },
};

const FIELDS: [&str; 5] = ["name", "language", "currency", "time_zone", "pack"];

/// What shops are priced in; Stars and coins are ways to pay, not currencies of a shop.
const CURRENCIES: [Currency; 4] = [Currency::Usd, Currency::Eur, Currency::Rub, Currency::Irr];

/// Where sellers and their users are, as minutes east of Greenwich.
const ZONES: [i32; 12] = [-480, -300, 0, 60, 120, 180, 210, 240, 270, 300, 330, 480];

pub async fn get(State(state): State<AppState>, SignedIn(person): SignedIn, page: PageRequest) -> WebResult {
    let done = match &person.tenant {
        Some(tenant) => {
            let db = state.store.open(tenant.id).await?;
            let shop = Shop { person: person.clone(), tenant: tenant.clone(), db };
            progress::done(&state, &shop).await?
        }
        None => Vec::new(),
    };
    let locale = page.locale();
    let form = page.form_or(|| match &person.tenant {
        Some(tenant) => saved(tenant),
        None => suggested(locale),
    });
    // Who has been live has shown prices: the pack stays, and with it what its plans are priced in.
    let fixed = match &person.tenant {
        Some(tenant) if deployment::was_live(state.master(), tenant.id).await? => Some(tenant),
        _ => None,
    };
    page.show(ShopPage {
        done,
        preview: progress::preview(&person),
        form,
        packs: Pack::ALL
            .into_iter()
            .filter(|pack| fixed.is_none_or(|tenant| tenant.starter_pack == pack.code()))
            .collect(),
        refills: person.tenant.is_some() && fixed.is_none(),
        currencies: CURRENCIES
            .into_iter()
            .filter(|currency| fixed.is_none_or(|tenant| tenant.currency == *currency))
            .map(|currency| Choice::new(currency.code(), currency_name(locale, currency)))
            .collect(),
        time_zones: ZONES
            .into_iter()
            .map(|minutes| Choice::new(minutes.to_string(), zone_name(minutes)))
            .collect(),
    })
}

pub async fn post(State(state): State<AppState>, SignedIn(person): SignedIn, post: Post) -> WebResult {
    let form = match read(&post) {
        Ok(form) => form,
        Err(errors) => return Ok(post.refused(&FIELDS, errors)),
    };
    let kind = match state.mode {
        Mode::Production => TenantKind::Live,
        Mode::Sandbox => TenantKind::Sandbox,
    };
    match shops::save(&state.store, person.account.id, person.customer, kind, &form).await {
        Ok(tenant) => {
            // Running bots know the shop's name, language and zone.
            state.bots.poke();
            if let Some(sandbox) = &state.sandbox {
                let db = state.store.open(tenant).await?;
                accounts::open(sandbox, &state.providers, &db).await?;
            }
            Ok(post.to(&next(&post)))
        }
        Err(error) => {
            let field = match &error {
                ShopError::Pack | ShopError::Fixed => "pack",
                ShopError::Name | ShopError::Internal(_) => "name",
            };
            let (key, args) = explained(error)?;
            Ok(post.refused(&FIELDS, vec![post.error(field, key, &args)]))
        }
    }
}

/// What the pack brings, unless a field says otherwise.
fn read(post: &Post) -> Result<ShopForm, Vec<app::context::FieldError>> {
    let name = rules::read_name(post.field("name"));
    let Some(pack) = template::find(post.field("pack")) else {
        let name = name.is_none().then(|| post.error("name", "error-shop-name", &args![]));
        return Err(name.into_iter().chain([post.error("pack", "error-choice", &args![])]).collect());
    };
    let locale = chosen(post, "language", pack.locale, |code| {
        Locale::ALL.into_iter().find(|locale| locale.code() == code)
    });
    let currency = chosen(post, "currency", pack.currency, |code| {
        code.parse().ok().filter(|currency| CURRENCIES.contains(currency))
    });
    let offset = chosen(post, "time_zone", pack.utc_offset_minutes, rules::read_offset);
    match (name, locale, currency, offset) {
        (Some(name), Some(locale), Some(currency), Some(utc_offset_minutes)) => {
            Ok(ShopForm { name, locale, currency, utc_offset_minutes, pack: pack.code.to_owned() })
        }
        (name, locale, currency, offset) => {
            let checks = [
                ("name", "error-shop-name", name.is_none()),
                ("language", "error-language", locale.is_none()),
                ("currency", "error-currency", currency.is_none()),
                ("time_zone", "error-time-zone", offset.is_none()),
            ];
            let wrong = checks.into_iter().filter(|(_, _, wrong)| *wrong);
            Err(wrong.map(|(field, key, _)| post.error(field, key, &args![])).collect())
        }
    }
}

fn chosen<T>(post: &Post, field: &str, of_pack: T, read: impl FnOnce(&str) -> Option<T>) -> Option<T> {
    match post.optional(field) {
        Some(typed) => read(typed),
        None => Some(of_pack),
    }
}

/// The package that was chosen on the landing page stays chosen: it is in the address of the page
/// that the form stood on.
fn next(post: &Post) -> String {
    let href = WizardStep::Package.href();
    let from = post.headers.get(header::REFERER).and_then(|referer| referer.to_str().ok());
    let Some(from) = from.and_then(|text| Url::parse(text).ok()) else { return href.to_owned() };
    let named =
        |name: &str| from.query_pairs().find(|(key, _)| key == name).map(|(_, value)| value.into_owned());
    match named("package").as_deref().and_then(PackageCode::from_code) {
        Some(package) => {
            let cycle = Cycle::from_code(&named("cycle").unwrap_or_default());
            format!("{href}?package={}&cycle={}", package.code(), cycle.code())
        }
        None => href.to_owned(),
    }
}

/// What is as in the pack stays with the pack when another one is chosen.
fn saved(tenant: &tenant::Model) -> FormState {
    let pack = template::find(&tenant.starter_pack);
    let own = |value: String, of_pack: Option<String>| match of_pack {
        Some(same) if same == value => String::new(),
        _ => value,
    };
    FormState::filled([
        ("name", tenant.name.clone()),
        ("pack", tenant.starter_pack.clone()),
        ("language", own(tenant.locale.clone(), pack.map(|pack| pack.locale.code().to_owned()))),
        ("currency", own(tenant.currency.code(), pack.map(|pack| pack.currency.code()))),
        (
            "time_zone",
            own(tenant.utc_offset_minutes.to_string(), pack.map(|pack| pack.utc_offset_minutes.to_string())),
        ),
    ])
}

/// The pack whose language the reader reads.
fn suggested(locale: Locale) -> FormState {
    let pack = template::list().into_iter().find(|pack| pack.locale == locale);
    FormState::filled(pack.map(|pack| ("pack", pack.code)))
}

pub fn currency_name(locale: Locale, currency: Currency) -> String {
    let key = match currency {
        Currency::Usd => "web-currency-usd",
        Currency::Eur => "web-currency-eur",
        Currency::Rub => "web-currency-rub",
        Currency::Irr => "web-currency-irr",
        Currency::Xtr | Currency::Usdt => return currency.code(),
    };
    locale::text(locale, key, &args![])
}

/// `UTC+03:30`, the same in every language.
fn zone_name(minutes: i32) -> String {
    let sign = if minutes < 0 { '-' } else { '+' };
    let minutes = minutes.abs();
    format!("UTC{sign}{:02}:{:02}", minutes / 60, minutes % 60)
}
