//! `/app/b/{bot}/orders/{id}`: one order, and what can be done about it.

pub(super) mod receipt;
pub(super) mod review;
mod timeline;
pub(super) mod words;

use app::pages::dashboard::{Left, OrderPage, RefundOffer};
use axum::extract::{FromRequestParts, RawPathParams, State};
use axum::response::{IntoResponse, Response};
use domain::{
    args,
    entities::tenant::{
        grant, order,
        order::OrderState,
        order_event, promo_redemption,
        refund::{self, RefundState},
        subscription,
    },
    ids::OrderId,
    locale::{digits, format},
    money::Money,
    platform::tenant::payments::{Actor, Looked, Wanted},
    ports::Refunds,
    shop::{
        order::service as orders,
        payment::settle::Settled,
        promo::redemption,
        refund::{
            rules::RefundRefused,
            service::{self as refunds, RefundError},
        },
        stat::service::{Sale, with_buyers},
        subscription::service as subscriptions,
    },
};
use http::request::Parts;

use self::receipt::Then;
use super::{orders as list, overview};
use crate::{
    state::AppState,
    web::{PageRequest, Post, WebError, WebResult, explained, guard::ShopBot, live},
};

/// The characters of a reason that is kept.
const REASON: usize = 200;

/// An order of the shop, named by `{id}` in the address; the bot and the shop are checked before.
pub struct ShopOrder {
    pub bot: ShopBot,
    pub id: OrderId,
}

impl FromRequestParts<AppState> for ShopOrder {
    type Rejection = Response;

    async fn from_request_parts(parts: &mut Parts, state: &AppState) -> Result<Self, Response> {
        let bot = ShopBot::from_request_parts(parts, state).await?;
        let missing = || WebError::NotFound.into_response();
        let params = RawPathParams::from_request_parts(parts, state).await.map_err(|_| missing())?;
        let named = params.iter().find(|(name, _)| *name == "id").map(|(_, value)| value);
        let id = named.and_then(|text| text.parse().ok()).ok_or_else(missing)?;
        Ok(Self { bot, id })
    }
}

/// Everything about one order.
struct Loaded {
    sale: Sale,
    events: Vec<order_event::Model>,
    grant: Option<grant::Model>,
    subscription: Option<subscription::Model>,
    refunds: Vec<refund::Model>,
    receipt: Option<receipt::Loaded>,
    promo: Option<promo_redemption::Model>,
    able: Refunds,
    left: i64,
}

pub async fn get(State(state): State<AppState>, found: ShopOrder, mut page: PageRequest) -> WebResult {
    let ShopOrder { bot, id } = found;
    let (locale, zone) = (page.locale(), bot.shop.zone());
    let loaded = load(&state, &bot, id).await?.ok_or(WebError::NotFound)?;
    let asked = loaded.refunds.iter().map(|row| row.requested_by.as_str());
    let decided = loaded.receipt.iter().flat_map(receipt::Loaded::people);
    let people = words::emails(&state, asked.chain(decided)).await?;
    overview::place(&mut page, &state, &bot).await?;
    let form = page.form_or(Default::default);
    let order = &loaded.sale.order;
    let is_fetching = loaded.receipt.as_ref().is_some_and(receipt::Loaded::is_fetching);
    let waiting = is_fetching || is_on_its_way(&loaded);
    let list = list::address(&overview::summary_of(&bot.bot));
    let teller = receipt::Teller { locale, zone, list, people: &people };
    let has_provider = state.providers.find(&order.provider).is_some();
    page.show(OrderPage {
        bot: overview::summary_of(&bot.bot),
        id: id.to_string(),
        number: id.short(),
        state: order.state,
        attention: words::attention(locale, order, &loaded.events),
        receipt: loaded.receipt.as_ref().map(|receipt| teller.review(receipt, &loaded.sale)),
        payment: words::payment(locale, zone, &loaded.sale, loaded.promo.as_ref()),
        access: words::access(locale, zone, loaded.grant.as_ref(), loaded.subscription.as_ref()),
        refunds: words::refunds(locale, zone, order, &loaded.refunds, &people),
        steps: timeline::steps(locale, zone, &loaded.events),
        can_look: has_provider && order.provider_payment_id.is_some(),
        refund: offer(locale, &loaded),
        form,
        events: Some(live::SHOP.into()),
        waiting,
    })
}

pub async fn post(State(state): State<AppState>, found: ShopOrder, post: Post) -> WebResult {
    let ShopOrder { bot, id } = found;
    let tx = bot.shop.db.read().await?;
    let order = orders::find(&tx, id).await?.ok_or(WebError::NotFound)?;
    drop(tx);
    match post.act() {
        "look" => look(&state, &bot, &post, id).await,
        "approve" | "approve_after_all" => receipt::approve(&state, &bot, &post, &order, Then::Order).await,
        "reject" => receipt::reject(&state, &bot, &post, &order, Then::Order).await,
        "refund" => send_back(&state, &bot, &post, &order).await,
        _ => Err(WebError::NotFound),
    }
}

async fn look(state: &AppState, bot: &ShopBot, post: &Post, id: OrderId) -> WebResult {
    let said = match actor(state, bot).look_again(&state.providers, id).await? {
        Looked::Settled(Settled::Done) => "web-flash-order-looked",
        Looked::Settled(Settled::StillPending) => "web-flash-order-pending",
        Looked::Settled(Settled::Unknown) => return Ok(post.failed("error-order-unknown", &args![])),
        Looked::NoAnswer => return Ok(post.failed("error-order-no-answer", &args![])),
    };
    Ok(post.done(&href(bot, id), said, &args![]))
}

async fn send_back(state: &AppState, bot: &ShopBot, post: &Post, order: &order::Model) -> WebResult {
    let mut errors = Vec::new();
    let minor = post.optional("amount").map(|typed| digits::parse_money(typed, order.currency));
    if matches!(minor, Some(Err(_))) {
        errors.push(post.error("amount", "error-money", &args![]));
    }
    let reason: String = post.field("reason").chars().take(REASON).collect();
    if reason.is_empty() {
        errors.push(post.error("reason", "error-required", &args![]));
    }
    if !errors.is_empty() {
        return Ok(post.refused(&["amount", "reason"], errors));
    }
    let wanted = Wanted {
        order: order.id,
        minor: minor.and_then(Result::ok).map(|money| money.minor),
        left: post.field("left").parse().unwrap_or(0),
        reason: &reason,
    };
    match actor(state, bot).refund(&state.providers, wanted).await {
        Ok(()) => {
            let said = match state.providers.find(&order.provider) {
                Some(_) => "web-flash-refund-requested",
                None => "web-flash-refund-recorded",
            };
            Ok(post.done(&href(bot, order.id), said, &args![]))
        }
        Err(error) => {
            let concerns_amount = matches!(error, RefundError::Refused(RefundRefused::Amount));
            let (key, args) = explained(error)?;
            // The page may offer no form any more, so what concerns no field is said on top of it.
            if !concerns_amount {
                return Ok(post.failed(key, &args));
            }
            Ok(post.refused(&["amount", "reason"], vec![post.error("amount", key, &args)]))
        }
    }
}

async fn load(state: &AppState, bot: &ShopBot, id: OrderId) -> Result<Option<Loaded>, WebError> {
    let tx = bot.shop.db.read().await?;
    let Some(order) = orders::find(&tx, id).await? else { return Ok(None) };
    let grant = subscriptions::grant_of(&tx, id).await?;
    let subscription = match &grant {
        Some(grant) => subscriptions::find(&tx, grant.subscription_id).await?,
        None => None,
    };
    let able = refunds::able(&tx, &state.providers, &order).await?;
    let left = refunds::left(&tx, &order).await?;
    let receipt = receipt::load(&tx, &order).await?;
    let promo = redemption::of_order(&tx, id).await?;
    let mut sales = with_buyers(&tx, vec![order]).await?;
    let Some(sale) = sales.pop() else { return Ok(None) };
    let events = orders::timeline(&tx, id).await?;
    let refunds = refunds::of_order(&tx, id).await?;
    Ok(Some(Loaded { sale, events, grant, subscription, refunds, receipt, promo, able, left }))
}

fn offer(locale: domain::locale::Locale, loaded: &Loaded) -> RefundOffer {
    let order = &loaded.sale.order;
    let paid = matches!(order.state, OrderState::Paid | OrderState::Provisioned | OrderState::Won);
    let all = order.amount_minor - order.refunded_minor;
    let is_spent = loaded.left == 0 || (loaded.able == Refunds::Whole && loaded.left < all);
    if paid && order.is_top_up() && all > 0 && is_spent && !is_on_its_way(loaded) {
        return RefundOffer::Spent;
    }
    if !paid || loaded.left <= 0 {
        return RefundOffer::None;
    }
    let left =
        Left { minor: loaded.left, amount: format::money(locale, Money::new(loaded.left, order.currency)) };
    match loaded.able {
        Refunds::None => RefundOffer::ByHand,
        Refunds::ByHand => RefundOffer::Record(left),
        Refunds::Whole => RefundOffer::Whole(left),
        Refunds::Partial => RefundOffer::Part(left),
    }
}

fn is_on_its_way(loaded: &Loaded) -> bool {
    loaded.refunds.iter().any(|row| row.state == RefundState::Requested)
}

fn actor<'a>(state: &'a AppState, bot: &'a ShopBot) -> Actor<'a> {
    Actor { master: state.master(), db: &bot.shop.db, account: bot.shop.person.account.id }
}

fn href(bot: &ShopBot, id: OrderId) -> String {
    format!("{}/{id}", list::address(&overview::summary_of(&bot.bot)))
}
