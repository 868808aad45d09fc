//! Filling the wallet: an order without a plan, paid by whatever collects in the shop's currency. Its
//! delivery is its booking.

use sea_orm::{
    ColumnTrait, EntityTrait, QueryFilter, QuerySelect, QueryTrait as _, sea_query::SelectStatement,
};

use super::service as wallet;
use crate::{
    db::{StoreError, TenantConn, TenantTx},
    entities::tenant::{
        order::{self, Column, OrderState},
        payment_method,
        refund::{self, RefundState},
        user,
    },
    ids::{BotId, OrderId, UserId},
    money::{Currency, Money},
    platform::tenant::service as tenants,
    ports::Notice,
    shop::{
        order::{
            OrderRefused,
            service::{self as orders, Begin},
        },
        payment::{
            House, Providers, Way,
            method::{self, Choice},
            settle,
        },
        plan::service as plans,
    },
};

/// Sums of so much stay far from what a number holds.
const MOST: i64 = 1_000_000_000_000;
/// Amounts that are proposed.
const PROPOSED: usize = 4;

/// What can be put into a wallet now.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Offer {
    pub currency: Currency,
    pub least: i64,
    pub most: Option<i64>,
    /// What plans cost, the least first.
    pub proposed: Vec<Money>,
}

/// Why an amount is not taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outside {
    /// This is the least.
    Less(Money),
    /// This is the most.
    More(Money),
}

impl Offer {
    /// Whether the amount is within what all methods together take.
    pub fn outside(&self, minor: i64) -> Option<Outside> {
        let most = self.most.unwrap_or(MOST);
        if minor < self.least {
            return Some(Outside::Less(Money::new(self.least, self.currency)));
        }
        (minor > most).then_some(Outside::More(Money::new(most, self.currency)))
    }
}

/// Money for somebody's wallet.
#[derive(Clone, Debug)]
pub struct NewTopUp<'a> {
    pub user: &'a user::Model,
    pub amount: Money,
    /// The bot through which it comes.
    pub bot: BotId,
    /// The payment method's provider.
    pub provider: &'a str,
}

/// What can be put into wallets; `None` where the shop takes nothing from them, or has no other way to pay.
///
/// # Errors
/// [`StoreError::Database`].
pub async fn offer(tx: &impl TenantConn, all: &Providers) -> Result<Option<Offer>, StoreError> {
    let Some((currency, ways)) = ways(tx, all).await? else { return Ok(None) };
    let least = ways.iter().map(|(method, way)| method.min_minor.unwrap_or(1).max(way.least(currency))).min();
    let Some(least) = least else { return Ok(None) };
    let most = ways.iter().map(|(method, _)| method.max_minor.unwrap_or(i64::MAX)).max();
    let most = most.filter(|most| *most < MOST);
    let mut offer = Offer { currency, least, most, proposed: Vec::new() };
    let mut prices = plans::prices_on_sale(tx).await?;
    prices.retain(|price| price.currency == currency && offer.outside(price.minor).is_none());
    prices.sort_by_key(|price| price.minor);
    prices.dedup();
    prices.truncate(PROPOSED);
    offer.proposed = prices;
    Ok(Some(offer))
}

/// The ways in which so much can be put into a wallet, in the shop's order.
///
/// # Errors
/// [`StoreError::Database`].
pub async fn choices(
    tx: &impl TenantConn,
    all: &Providers,
    amount: Money,
) -> Result<Vec<Choice>, StoreError> {
    let Some((currency, ways)) = ways(tx, all).await? else { return Ok(Vec::new()) };
    if currency != amount.currency || !(1..=MOST).contains(&amount.minor) {
        return Ok(Vec::new());
    }
    let takes = |(method, way): &(payment_method::Model, Way<'_>)| {
        amount.minor >= way.least(currency) && method::is_within(method, amount.minor)
    };
    let choice = |(method, _)| Choice { method, price: amount, promo: None, repeats: false };
    Ok(ways.into_iter().filter(takes).map(choice).collect())
}

/// Makes the order. An open one of the same user for as much is given back instead.
///
/// # Errors
/// [`OrderRefused`].
pub async fn place(tx: &TenantTx, all: &Providers, new: NewTopUp<'_>) -> Result<order::Model, OrderRefused> {
    let mut choices = choices(tx, all, new.amount).await?.into_iter();
    let choice =
        choices.find(|choice| choice.method.provider == new.provider).ok_or(OrderRefused::MethodGone)?;
    let (user, bot) = (new.user.id, new.bot);
    let new = Begin { user, bot, plan: None, choice, is_repeated: false, is_gift: false };
    orders::begin(tx, all, new).await
}

/// The order's money is in the wallet, booked in this transaction.
pub(in crate::shop) async fn filled(tx: &TenantTx, id: OrderId) -> Result<(), StoreError> {
    let Some(order) = orders::lock(tx, id).await? else { return Ok(()) };
    orders::delivered(tx, &order, tx.now()).await?;
    settle::tell(tx, &order, "wallet_filled", &Notice::WalletFilled { order: id }).await
}

/// Of what a user put into the wallet, what is on its way back or called back by a bank.
pub(super) async fn held(tx: &impl TenantConn, user: UserId, currency: Currency) -> Result<i64, StoreError> {
    let own = order::Entity::find()
        .filter(Column::UserId.eq(user))
        .filter(Column::PlanId.is_null())
        .filter(Column::Currency.eq(currency));
    let disputed = own.clone().filter(Column::State.eq(OrderState::Disputed)).all(tx.raw()).await?;
    let disputed: i64 = disputed.iter().map(|order| order.amount_minor - order.refunded_minor).sum();
    let ids: SelectStatement = own.select_only().column(Column::Id).into_query();
    let requested = refund::Entity::find()
        .filter(refund::Column::State.eq(RefundState::Requested))
        .filter(refund::Column::OrderId.in_subquery(ids));
    let mut held = disputed;
    for row in requested.all(tx.raw()).await? {
        let order = orders::find(tx, row.order_id).await?;
        let order = order.filter(|order| order.state != OrderState::Disputed);
        held += order.map_or(0, |order| (row.target_minor - order.refunded_minor).max(0));
    }
    Ok(held)
}

/// Methods and what stands behind them, and in which currency they collect.
type Ways<'a> = (Currency, Vec<(payment_method::Model, Way<'a>)>);

/// What collects in the shop's currency, the wallet itself excepted.
async fn ways<'a>(tx: &impl TenantConn, all: &'a Providers) -> Result<Option<Ways<'a>>, StoreError> {
    let Some(shop) = tenants::find(tx.master(), tx.tenant()).await? else { return Ok(None) };
    if !wallet::is_on(tx).await? {
        return Ok(None);
    }
    let collects = |way: &Way<'_>| {
        !matches!(way, Way::House(House::Wallet)) && way.currencies().contains(&shop.currency)
    };
    let enabled = method::list(tx).await?.into_iter().filter(|method| method.enabled);
    let ways = enabled.filter_map(|method| {
        let way = all.way(&method.provider).filter(collects)?;
        Some((method, way))
    });
    Ok(Some((shop.currency, ways.collect())))
}
