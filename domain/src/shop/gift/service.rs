//! A gift is an order like any other until it is paid; then its time waits, for whoever opens its link first.
//! Until then the order is paid and not delivered, and can be sent back as a whole or in part.

use std::collections::HashSet;

use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD as BASE64};
use chrono::Duration;
use sea_orm::{
    ActiveModelTrait,
    ActiveValue::Set,
    ColumnTrait, EntityTrait, IntoActiveModel, QueryFilter, QueryOrder, QuerySelect,
    sea_query::{Expr, Query, SelectStatement},
};

use crate::{
    db::{Conn, CryptoError, StoreError, TenantConn, TenantTx},
    entities::tenant::{
        gift::{ActiveModel, COLUMN, Column, Entity, Model},
        grant::GrantReason,
        order::{self, For},
        plan::PlanKind,
        user,
    },
    ids::{BotId, OrderId, UserId},
    ports::Notice,
    shop::{
        order::{
            NewOrder, OrderRefused,
            service::{self as orders, Begin},
        },
        payment::{
            Providers,
            method::{self, Choice},
            settle,
        },
        plan,
        referral::service as referrals,
        refund::rules::has_money,
        subscription::{
            service::{self as subscriptions, NewGrant},
            several::Onto,
        },
    },
};

/// Gifts that are listed.
const LISTED: u64 = 10;

/// What came of opening a gift.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Opened {
    Done,
    /// The buyer followed his own link.
    Own(OrderId),
    /// Somebody, or this very user, was first.
    Already {
        by_reader: bool,
    },
    /// Nobody has paid for it yet.
    Unpaid,
    /// Its money went back.
    Refunded,
    /// The shop has no panel that could hold it. It waits.
    NoRoom,
    /// There is no such gift.
    Gone,
}

/// Makes an order for somebody else. An open one of the same user for the same is given back instead. Promo
/// codes are for one's own plans.
///
/// # Errors
/// [`OrderRefused`].
pub async fn place(tx: &TenantTx, all: &Providers, new: NewOrder<'_>) -> Result<order::Model, OrderRefused> {
    let offer = plan::service::offer(tx, new.plan).await?;
    let offer = offer.filter(|offer| offer.plan.kind == PlanKind::Paid).ok_or(OrderRefused::PlanGone)?;
    let mut choices = choices(tx, all, &new).await?.into_iter();
    let choice =
        choices.find(|choice| choice.method.provider == new.provider).ok_or(OrderRefused::MethodGone)?;
    let begin = Begin {
        user: new.user.id,
        bot: new.bot,
        plan: Some(&offer.plan),
        choice,
        is_repeated: false,
        is_gift: true,
    };
    let order = orders::begin(tx, all, begin).await?;
    if of_order(tx, order.id).await?.is_none() {
        let row = ActiveModel {
            order_id: Set(order.id),
            token: Set(new_token()?),
            redeemed_by: Set(None),
            bot_id: Set(None),
            redeemed_at: Set(None),
            created_at: Set(tx.now()),
        };
        row.insert(tx.raw()).await?;
    }
    Ok(order)
}

/// The ways in which a gift can be paid, at the plan's full price.
///
/// # Errors
/// [`StoreError::Database`].
pub async fn choices(
    tx: &impl TenantConn,
    all: &Providers,
    new: &NewOrder<'_>,
) -> Result<Vec<Choice>, StoreError> {
    let choices = method::choices(tx, all, new.plan, new.user.id).await?;
    let full = |choice: Choice| Choice { price: choice.full(), promo: None, repeats: false, ..choice };
    Ok(choices.into_iter().map(full).collect())
}

/// # Errors
/// [`StoreError::Database`].
pub async fn of_order(tx: &impl TenantConn, id: OrderId) -> Result<Option<Model>, StoreError> {
    Ok(Entity::find_by_id(id).one(tx.raw()).await?)
}

/// What a user bought for others and was paid, the newest first.
///
/// # Errors
/// [`StoreError::Database`].
pub async fn of_buyer(tx: &impl TenantConn, user: UserId) -> Result<Vec<(Model, order::Model)>, StoreError> {
    let own = order::Entity::find()
        .filter(order::Column::UserId.eq(user))
        .filter(order::Column::Id.in_subquery(all_orders()))
        .filter(order::Column::PaidAt.is_not_null())
        .order_by_desc(order::Column::CreatedAt)
        .order_by_desc(order::Column::Id)
        .limit(LISTED);
    let mut gifts = Vec::new();
    for order in own.all(tx.raw()).await? {
        if let Some(gift) = of_order(tx, order.id).await? {
            gifts.push((gift, order));
        }
    }
    Ok(gifts)
}

/// Opens the gift with this token.
///
/// # Errors
/// [`StoreError::Database`].
pub async fn open(tx: &TenantTx, token: &str, by: &user::Model, bot: BotId) -> Result<Opened, StoreError> {
    let Some(gift) = Entity::find().filter(COLUMN.token.eq(token)).one(tx.raw()).await? else {
        return Ok(Opened::Gone);
    };
    let Some(order) = orders::lock(tx, gift.order_id).await? else { return Ok(Opened::Gone) };
    if order.user_id == by.id && gift.redeemed_by.is_none() && has_money(&order) {
        return Ok(Opened::Own(order.id));
    }
    give(tx, gift, &order, by, bot).await
}

/// The buyer keeps what he bought.
///
/// # Errors
/// [`StoreError::Database`].
pub async fn keep(tx: &TenantTx, id: OrderId, buyer: &user::Model, bot: BotId) -> Result<Opened, StoreError> {
    let order = orders::lock(tx, id).await?.filter(|order| order.user_id == buyer.id);
    let gift = of_order(tx, id).await?;
    match order.zip(gift) {
        Some((order, gift)) => give(tx, gift, &order, buyer, bot).await,
        None => Ok(Opened::Gone),
    }
}

/// Whether its time can still be given.
pub fn is_waiting(gift: &Model, order: &order::Model) -> bool {
    gift.redeemed_by.is_none() && has_money(order)
}

/// The order's money is here: its time waits.
pub(in crate::shop) async fn paid(tx: &TenantTx, order: &order::Model) -> Result<(), StoreError> {
    referrals::paid(tx, order).await?;
    settle::tell(tx, order, "gift", &Notice::GiftReady { order: order.id }).await
}

/// The orders that are or were to be gifts.
pub(in crate::shop) fn all_orders() -> SelectStatement {
    Query::select().column(Column::OrderId).from(Entity).to_owned()
}

/// The orders whose time nobody has got yet.
///
/// # Errors
/// [`StoreError::Database`].
pub(in crate::shop) async fn unopened(tx: &impl TenantConn) -> Result<HashSet<OrderId>, StoreError> {
    let rows = Entity::find().filter(Column::RedeemedBy.is_null()).all(tx.raw()).await?;
    Ok(rows.into_iter().map(|row| row.order_id).collect())
}

async fn give(
    tx: &TenantTx,
    gift: Model,
    order: &order::Model,
    to: &user::Model,
    bot: BotId,
) -> Result<Opened, StoreError> {
    if let Some(by) = gift.redeemed_by {
        return Ok(Opened::Already { by_reader: by == to.id });
    }
    let For::Plan(bought) = order.is_for() else { return Ok(Opened::Gone) };
    if !has_money(order) {
        return Ok(if order.paid_at.is_some() { Opened::Refunded } else { Opened::Unpaid });
    }
    let grant = NewGrant {
        order: Some(order.id),
        reason: GrantReason::Order,
        plan: bought.plan,
        duration: Duration::seconds(bought.days.seconds()),
        traffic: bought.traffic,
        onto: Onto::Present,
    };
    let Some(subscription) = subscriptions::give(tx, to, grant).await? else { return Ok(Opened::NoRoom) };
    order::Entity::update_many()
        .col_expr(order::Column::SubscriptionId, Expr::value(Some(subscription.id)))
        .filter(order::COLUMN.id.eq(order.id))
        .exec(tx.raw())
        .await?;
    let buyer = order.user_id;
    let mut row = gift.into_active_model();
    row.redeemed_by = Set(Some(to.id));
    row.bot_id = Set(Some(bot));
    row.redeemed_at = Set(Some(tx.now()));
    row.update(tx.raw()).await?;
    orders::record(tx, order.id, "gift_opened", None).await?;
    // Of what went back meanwhile nobody gets the time.
    if order.refunded_minor > 0
        && let Some(order) = orders::find(tx, order.id).await?
    {
        subscriptions::take_back(tx, &order, order.refunded_minor).await?;
    }
    if buyer != to.id {
        settle::tell(tx, order, "gift_opened", &Notice::GiftOpened { order: order.id }).await?;
    }
    Ok(Opened::Done)
}

/// 128 random bits; a start parameter takes 64 characters.
fn new_token() -> Result<String, StoreError> {
    let mut bytes = [0_u8; 16];
    getrandom::fill(&mut bytes).map_err(|_| CryptoError::NoRandomness)?;
    Ok(BASE64.encode(bytes))
}
