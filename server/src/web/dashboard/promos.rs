//! `/app/b/{bot}/promos`: the shop's promo codes; each has a page of its own, and so has a new one.

mod typed;
mod words;

use app::{
    components::{Choice, Tone},
    pages::dashboard::{PromoPage, PromosPage},
};
use axum::extract::{Path, State};
use domain::{
    args,
    clock::Clock as _,
    db::StoreError,
    ids::PromoId,
    locale,
    money::Currency,
    platform::{bot::rules, tenant::payments::Actor},
    shop::{
        plan::service::{Offer, name_of, offers, prices_on_sale},
        promo::{
            code::LINK,
            service::{self as codes, Listed, PromoRefused},
        },
    },
};

pub(super) use self::words::gift;
use self::{
    typed::{filled, typed},
    words::Words,
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
