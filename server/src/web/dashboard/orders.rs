//! `/app/b/{bot}/orders`: the shop's orders.

use app::{
    BotSummary,
    components::Tone,
    pages::dashboard::{OrderChip, OrderRow, OrdersCheck, OrdersPage, ReviewLink},
};
use axum::extract::State;
use chrono::{Duration, FixedOffset};
use domain::{
    args,
    entities::tenant::payment_inbox,
    ids::OrderId,
    locale::{self, Args, Locale, format},
    money::Money,
    ports::PaymentFacts,
    shop::{
        ledger::nightly::{self, Outcome},
        order::list::{self, Cursor, Group},
        payment::{import, method},
        receipt::service as receipts,
        stat::service::Sale,
    },
};

use super::overview;
use crate::{
    state::AppState,
    web::{PageRequest, WebError, WebResult, guard::ShopBot, live},
};

/// A payment that no order asked for is shown for so long.
const STRANGE_SHOWN: Duration = Duration::days(7);
/// And no more of them than fit above the list.
const STRANGE_ROWS: u64 = 5;

pub async fn get(State(state): State<AppState>, bot: ShopBot, mut page: PageRequest) -> WebResult {
    let orders = load(&state, &bot, &mut page).await?;
    page.show(orders)
}

/// The list as the address filters it.
pub(super) async fn load(
    state: &AppState,
    bot: &ShopBot,
    page: &mut PageRequest,
) -> Result<OrdersPage, WebError> {
    let (locale, zone) = (page.locale(), bot.shop.zone());
    let href = address(&overview::summary_of(&bot.bot));
    let group = Group::from_code(page.query("state"));
    let search = page.query("q").trim().to_owned();
    let cursor = cursor(page);
    let tx = bot.shop.db.read().await?;
    let counts = list::counts(&tx).await?;
    let found = list::page(&tx, group, &search, cursor).await?;
    let methods = method::list(&tx).await?;
    let strange = import::set_aside(&tx, tx.now() - STRANGE_SHOWN, STRANGE_ROWS).await?;
    let checked = nightly::last(&tx).await?;
    let ids: Vec<_> = found.sales.iter().map(|sale| sale.order.id).collect();
    let reviewed = receipts::reviewed(&tx, &ids).await?;
    let waiting = receipts::waiting(&tx).await?;
    drop(tx);
    overview::place(page, state, bot).await?;
    let filters = Filters { href, group, search };
    let name = |provider: &str| {
        let own = methods.iter().find(|row| row.provider == provider);
        own.and_then(|row| method::label(row, locale)).map_or_else(|| title(locale, provider), str::to_owned)
    };
    Ok(OrdersPage {
        bot: overview::summary_of(&bot.bot),
        chips: filters.chips(locale, &counts),
        state: group.map_or_else(String::new, |group| group.code().to_owned()),
        search: filters.search.clone(),
        rows: found
            .sales
            .into_iter()
            .map(|sale| {
                let method = Some(name(&sale.order.provider));
                let review = reviewed.contains(&sale.order.id);
                row(locale, zone, sale, &filters.href, Shown { method, review })
            })
            .collect(),
        any: !counts.is_empty(),
        review: waiting.first().map(|oldest| ReviewLink {
            text: locale::text(
                locale,
                "web-orders-review-count",
                &args!["count" => i64::try_from(waiting.len()).unwrap_or(i64::MAX)],
            ),
            href: review_of(&filters.href, oldest.order_id),
        }),
        strange: strange.iter().map(|strange| strange_line(locale, zone, strange, &name)).collect(),
        check: checked.map(|outcome| check(locale, zone, &outcome)),
        newer: found.newer.map(|id| filters.address(group, &[("after", &id.to_string())])),
        older: found.older.map(|id| filters.address(group, &[("before", &id.to_string())])),
        // Rows that move while somebody reads an older page would only confuse.
        events: (cursor == Cursor::Newest).then(|| live::SHOP.into()),
        address: filters.address(group, &[]),
        drawer: None,
    })
}

/// Where the orders are listed that came to the bot's shop.
pub(super) fn address(bot: &BotSummary) -> String {
    format!("{}/orders", bot.href())
}

/// Where the receipt of an order is reviewed; `list` is the address of the bot's orders.
pub(super) fn review_of(list: &str, order: OrderId) -> String {
    format!("{list}/{order}/review")
}

/// What a provider is called; one that has no text of its own by its name.
pub(super) fn title(locale: Locale, provider: &str) -> String {
    let key = format!("web-method-{provider}-title");
    if locale::has(&key) { locale::text(locale, &key, &Args::default()) } else { provider.to_owned() }
}

/// Who bought: @username, or the first name.
pub(super) fn buyer(sale: &Sale) -> String {
    let user = sale.user.as_ref();
    let name = user
        .map(|user| user.username.as_ref().map(|name| format!("@{name}")).unwrap_or(user.first_name.clone()));
    name.unwrap_or_default()
}

/// What came, by which way and when: enough to find it at the provider.
fn strange_line(
    locale: Locale,
    zone: FixedOffset,
    (row, facts): &(payment_inbox::Model, PaymentFacts),
    method: &impl Fn(&str) -> String,
) -> String {
    let args = args![
        "amount" => facts.amount,
        "method" => method(&row.provider),
        "payment" => facts.provider_payment_id.clone(),
        "time" => format::date_time_short(locale, facts.paid_at.unwrap_or(row.received_at), zone),
    ];
    locale::text(locale, "web-orders-strange-one", &args)
}

fn check(locale: Locale, zone: FixedOffset, outcome: &Outcome) -> OrdersCheck {
    let count = |all: &[String]| i64::try_from(all.len()).unwrap_or(i64::MAX);
    let args = args![
        "time" => format::date_time_short(locale, outcome.at, zone),
        "count" => count(&outcome.breaches),
        "silent" => count(&outcome.silent),
    ];
    let (tone, key) = match (outcome.breaches.is_empty(), outcome.silent.is_empty()) {
        (true, true) => (Tone::Ok, "web-orders-check-holds"),
        (true, false) => (Tone::Mute, "web-orders-check-silent"),
        (false, _) => (Tone::Bad, "web-orders-check-broken"),
    };
    OrdersCheck { tone, text: locale::text(locale, key, &args) }
}

struct Filters {
    href: String,
    group: Option<Group>,
    search: String,
}

impl Filters {
    fn chips(&self, locale: Locale, counts: &[(Group, i64)]) -> Vec<OrderChip> {
        // What is to be reviewed is counted where its order stands as well.
        let standing = counts.iter().filter(|(group, _)| *group != Group::Review);
        let all: i64 = standing.map(|(_, count)| count).sum();
        let chip = |group: Option<Group>, key: &str, count| OrderChip {
            label: locale::text(locale, key, &Args::default()),
            count: format::number(locale, count),
            href: self.address(group, &[]),
            chosen: group == self.group,
        };
        let groups = counts.iter().map(|(group, count)| {
            let code = group.code();
            chip(Some(*group), &format!("web-orders-chip-{code}"), *count)
        });
        std::iter::once(chip(None, "web-orders-chip-all", all)).chain(groups).collect()
    }

    /// The page's address with these filters.
    fn address(&self, group: Option<Group>, more: &[(&str, &str)]) -> String {
        let mut query = url::form_urlencoded::Serializer::new(String::new());
        if let Some(group) = group {
            query.append_pair("state", group.code());
        }
        if !self.search.is_empty() {
            query.append_pair("q", &self.search);
        }
        query.extend_pairs(more);
        match query.finish() {
            query if query.is_empty() => self.href.clone(),
            query => format!("{}?{query}", self.href),
        }
    }
}

/// A cursor that cannot be read is the beginning.
fn cursor(page: &PageRequest) -> Cursor {
    let id = |name: &str| page.query(name).parse::<OrderId>().ok();
    match (id("before"), id("after")) {
        (Some(id), _) => Cursor::Before(id),
        (None, Some(id)) => Cursor::After(id),
        (None, None) => Cursor::Newest,
    }
}

/// What a row shows besides its order.
pub(super) struct Shown {
    /// Left out where there is little room.
    pub method: Option<String>,
    /// A receipt waits for a person.
    pub review: bool,
}

/// `list` is the address of the bot's orders.
pub(super) fn row(locale: Locale, zone: FixedOffset, sale: Sale, list: &str, shown: Shown) -> OrderRow {
    let buyer = buyer(&sale);
    let order = sale.order;
    OrderRow {
        number: order.id.short(),
        href: match shown.review {
            true => review_of(list, order.id),
            false => format!("{list}/{}", order.id),
        },
        buyer,
        plan: list::title(&order, locale),
        method: shown.method,
        review: shown.review,
        amount: format::money(locale, Money::new(order.amount_minor, order.currency)),
        state: order.state,
        time: format::date_time_short(locale, order.paid_at.unwrap_or(order.created_at), zone),
    }
}
