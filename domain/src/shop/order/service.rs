//! Placing orders and moving them.

use chrono::{DateTime, Duration, Utc};
use sea_orm::{
    ActiveModelTrait, ActiveValue::Set, ColumnTrait, Condition, EntityTrait, IntoActiveModel, QueryFilter,
    QueryOrder, QuerySelect,
};

use super::{
    rules::{Step, step},
    terms::{Terms, by_hand, insert},
};
use crate::{
    clock::Clock,
    db::{Conn, StoreError, TenantConn, TenantTx},
    entities::tenant::{
        order::{Bought, COLUMN, Column, Entity, Model, OrderState},
        order_event,
        plan::{self as plan_row, PlanKind},
        user,
    },
    ids::{BotId, OrderId, PlanId, RowId, UserId},
    jobs,
    shop::{
        gift, panel,
        payment::{
            Providers,
            card::{self, tail::Tails},
            jobs::PollPayment,
            method::{self, Choice},
            providers,
        },
        plan,
        promo::redemption,
        receipt::service::under_review,
        renewal::standing,
        subscription::{
            self,
            several::{self, Onto},
        },
        traffic, wallet,
    },
};

/// How long a price is kept for an order that is not paid.
pub const OPEN_FOR: Duration = Duration::minutes(60);

/// What a user wants to buy.
#[derive(Clone, Debug)]
pub struct NewOrder<'a> {
    pub user: &'a user::Model,
    pub plan: PlanId,
    /// The bot through which it comes.
    pub bot: BotId,
    /// The payment method's provider.
    pub provider: &'a str,
}

/// Why no order is made.
#[derive(Debug, thiserror::Error)]
pub enum OrderRefused {
    #[error("the plan is not on sale")]
    PlanGone,
    #[error("the payment method is not on offer")]
    MethodGone,
    #[error("the shop has no panel that could serve the plan")]
    NoPanel,
    /// From card to card each open order asks for an amount of its own.
    #[error("all amounts are asked for by open orders")]
    AllAmountsTaken,
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl From<sea_orm::DbErr> for OrderRefused {
    fn from(error: sea_orm::DbErr) -> Self {
        Self::Store(error.into())
    }
}

/// Makes an order with the plan's present terms, at the price in which the method collects, less what the
/// promo code that lies ready takes off; the code's terms are the order's from then on. An open order of the
/// same user and the same terms is given back instead: a double tap makes one order, and an order has one
/// open payment.
///
/// # Errors
/// [`OrderRefused`].
pub async fn place(tx: &TenantTx, all: &Providers, new: NewOrder<'_>) -> Result<Model, OrderRefused> {
    let offer = plan::service::offer(tx, new.plan).await?.ok_or(OrderRefused::PlanGone)?;
    if !traffic::service::suits(tx, &offer.plan, new.user.id).await? {
        return Err(OrderRefused::PlanGone);
    }
    let mut choices = method::choices(tx, all, new.plan, new.user.id).await?.into_iter();
    let choice =
        choices.find(|choice| choice.method.provider == new.provider).ok_or(OrderRefused::MethodGone)?;
    begin(tx, all, Begin::of(&new, &offer.plan, choice)).await
}

/// As [`place`], for a payment that the provider repeats by itself until it is called off.
///
/// # Errors
/// [`OrderRefused`]; [`OrderRefused::MethodGone`] also where nothing repeats the plan's payment.
pub async fn place_repeated(
    tx: &TenantTx,
    all: &Providers,
    new: NewOrder<'_>,
) -> Result<Model, OrderRefused> {
    let offer = plan::service::offer(tx, new.plan).await?.ok_or(OrderRefused::PlanGone)?;
    let choices = method::choices(tx, all, new.plan, new.user.id).await?;
    let mut choices = choices.into_iter().filter(|choice| choice.repeats);
    let choice =
        choices.find(|choice| choice.method.provider == new.provider).ok_or(OrderRefused::MethodGone)?;
    // A code is good for one payment.
    let choice = Choice { price: choice.full(), promo: None, ..choice };
    let repeated = Begin { is_repeated: true, ..Begin::of(&new, &offer.plan, choice) };
    let order = begin(tx, all, repeated).await?;
    standing::ordered(tx, &order).await?;
    Ok(order)
}

/// An order about to be made: of a plan, or of money for a wallet.
#[derive(Clone, Debug)]
pub(in crate::shop) struct Begin<'a> {
    pub user: UserId,
    pub bot: BotId,
    pub plan: Option<&'a plan_row::Model>,
    pub choice: Choice,
    /// The provider is to repeat the payment by itself.
    pub is_repeated: bool,
    /// Somebody else is to have it.
    pub is_gift: bool,
}

impl<'a> Begin<'a> {
    fn of(new: &NewOrder<'a>, plan: &'a plan_row::Model, choice: Choice) -> Self {
        Self { user: new.user.id, bot: new.bot, plan: Some(plan), choice, is_repeated: false, is_gift: false }
    }

    /// A gift's time is for somebody who is not known yet, and money for a wallet brings none.
    async fn onto(&self, tx: &impl TenantConn) -> Result<Onto, StoreError> {
        let Some(plan) = self.plan.filter(|_| !self.is_gift) else { return Ok(Onto::Present) };
        if plan.kind == PlanKind::Paid && several::buys_separately(tx, self.user).await? {
            return Ok(Onto::Separate);
        }
        let present = subscription::service::current_of(tx, self.user).await?;
        Ok(present.map_or(Onto::Present, |row| Onto::This(row.id)))
    }
}

/// # Errors
/// [`OrderRefused`].
pub(in crate::shop) async fn begin(
    tx: &TenantTx,
    all: &Providers,
    new: Begin<'_>,
) -> Result<Model, OrderRefused> {
    let now = tx.clock().now();
    let full = new.choice.full();
    let onto = new.onto(tx).await?;
    let Choice { method, price, promo, .. } = new.choice;
    let account = providers::account_name(tx, all.find(&method.provider), &method, new.bot).await?;
    let account = account.ok_or(OrderRefused::MethodGone)?;
    // A renewal stays where it is, however full the panels are.
    let is_there = matches!(onto, Onto::This(_)) || new.plan.is_none() && has_access(tx, new.user).await?;
    if !is_there && panel::service::choose(tx).await?.is_none() {
        return Err(OrderRefused::NoPanel);
    }
    let plan = new.plan.map(|plan| plan.id);
    let same_access = match onto {
        Onto::This(id) => Column::SubscriptionId.eq(id),
        Onto::Present | Onto::Separate => Column::SubscriptionId.is_null(),
    };
    let same_plan = plan.map_or_else(|| Column::PlanId.is_null(), |plan| Column::PlanId.eq(plan));
    let open = Entity::find()
        .filter(COLUMN.user_id.eq(new.user))
        .filter(same_plan)
        .filter(same_access)
        .filter(COLUMN.separate.eq(onto == Onto::Separate))
        .filter(COLUMN.provider.eq(method.provider.as_str()))
        .filter(COLUMN.currency.eq(price.currency))
        .filter(COLUMN.state.is_in([OrderState::New, OrderState::Pending]))
        .filter(Condition::any().add(COLUMN.expires_at.gt(now)).add(Column::Id.in_subquery(under_review())))
        .filter(by_hand())
        .filter(match new.is_repeated {
            true => Column::Id.in_subquery(standing::orders()),
            false => Column::Id.not_in_subquery(standing::orders()),
        })
        .filter(match new.is_gift {
            true => Column::Id.in_subquery(gift::service::all_orders()),
            false => Column::Id.not_in_subquery(gift::service::all_orders()),
        })
        .order_by_desc(Column::CreatedAt)
        .order_by_desc(Column::Id)
        .all(tx.raw())
        .await?;
    let tails = Tails::of(price.currency).filter(|_| method.provider == card::NAME);
    let is_same = |order: &Model| match tails {
        Some(tails) => tails.fits(price.minor, order.amount_minor),
        None => order.amount_minor == price.minor && order.provider_account == account,
    };
    for order in open.into_iter().filter(is_same) {
        if redemption::is_on_terms(tx, order.id, promo.as_ref()).await? {
            return Ok(order);
        }
    }
    let id = OrderId::new();
    let amount = match tails {
        Some(_) => card::tail::amount(tx, price, id).await?.ok_or(OrderRefused::AllAmountsTaken)?,
        None => price,
    };
    let terms = Terms {
        id,
        user: new.user,
        bot: new.bot,
        plan: new.plan.map(Bought::from),
        amount,
        provider: &method.provider,
        account: &account,
        open_for: OPEN_FOR,
        onto,
        renews: None,
        repeats: None,
        promo: promo.as_ref(),
    };
    let order = insert(tx, terms).await?;
    if let Some(applied) = &promo {
        redemption::reserve(tx, &order, full, applied).await?;
    }
    if order.provider == card::NAME || wallet::service::is_payer(&order) {
        // Nobody else says that it ran out.
        jobs::enqueue(tx, &PollPayment { order: order.id }, order.expires_at).await?;
    }
    Ok(order)
}

async fn has_access(tx: &impl TenantConn, user: UserId) -> Result<bool, StoreError> {
    Ok(subscription::service::current_of(tx, user).await?.is_some())
}

/// # Errors
/// [`StoreError::Database`].
pub async fn find(tx: &impl TenantConn, id: OrderId) -> Result<Option<Model>, StoreError> {
    Ok(Entity::find_by_id(id).one(tx.raw()).await?)
}

/// The order for change: nobody else moves it until the transaction ends.
///
/// # Errors
/// [`StoreError::Database`].
pub async fn lock(tx: &impl TenantConn, id: OrderId) -> Result<Option<Model>, StoreError> {
    Ok(Entity::find_by_id(id).lock_exclusive().one(tx.raw()).await?)
}

/// The user's orders, the newest first.
///
/// # Errors
/// [`StoreError::Database`].
pub async fn of_user(tx: &impl TenantConn, user: UserId, limit: u64) -> Result<Vec<Model>, StoreError> {
    Ok(Entity::find()
        .filter(COLUMN.user_id.eq(user))
        .order_by_desc(Column::CreatedAt)
        .order_by_desc(Column::Id)
        .limit(limit)
        .all(tx.raw())
        .await?)
}

/// The shop's newest orders.
///
/// # Errors
/// [`StoreError::Database`].
pub async fn latest(tx: &impl TenantConn, limit: u64) -> Result<Vec<Model>, StoreError> {
    let newest = Entity::find().order_by_desc(Column::CreatedAt).order_by_desc(Column::Id);
    Ok(newest.limit(limit).all(tx.raw()).await?)
}

/// The order's timeline, the oldest first.
///
/// # Errors
/// [`StoreError::Database`].
pub async fn timeline(tx: &impl TenantConn, id: OrderId) -> Result<Vec<order_event::Model>, StoreError> {
    Ok(order_event::Entity::find()
        .filter(order_event::COLUMN.order_id.eq(id))
        .order_by_asc(order_event::Column::At)
        .order_by_asc(order_event::Column::Id)
        .all(tx.raw())
        .await?)
}

/// Moves a locked order and writes its timeline. An illegal step changes nothing and is on the
/// timeline too, so that a person sees it.
///
/// # Errors
/// [`StoreError::Database`].
pub async fn advance(tx: &impl TenantConn, order: &Model, to: OrderState) -> Result<Step, StoreError> {
    advance_at(tx, order, to, tx.clock().now()).await
}

/// [`advance`] at an instant on which something else in the transaction rests as well.
///
/// # Errors
/// [`StoreError::Database`].
pub async fn advance_at(
    tx: &impl TenantConn,
    order: &Model,
    to: OrderState,
    now: DateTime<Utc>,
) -> Result<Step, StoreError> {
    let verdict = step(order.state, to);
    match verdict {
        Step::Moves => {
            let mut row = order.clone().into_active_model();
            row.state = Set(to);
            match to {
                OrderState::Paid => row.paid_at = Set(Some(now)),
                OrderState::Provisioned => row.provisioned_at = Set(Some(now)),
                _ => {}
            }
            row.update(tx.raw()).await?;
            let kind = match to {
                OrderState::Provisioned if order.is_top_up() => "wallet_filled",
                to => name(to),
            };
            record(tx, order.id, kind, None).await?;
        }
        Step::Already => {}
        Step::Illegal => {
            tracing::error!(order = %order.id, from = ?order.state, ?to, "an order was asked to take an illegal step");
            record(tx, order.id, "illegal_step", Some(format!("{} → {}", name(order.state), name(to))))
                .await?;
        }
    }
    Ok(verdict)
}

/// What was bought is on the panel. One that is disputed meanwhile stays so: its buyer has the access
/// until the bank has spoken.
///
/// # Errors
/// [`StoreError::Database`].
pub async fn delivered(tx: &impl TenantConn, order: &Model, now: DateTime<Utc>) -> Result<(), StoreError> {
    if advance_at(tx, order, OrderState::Provisioned, now).await? == Step::Moves {
        return Ok(());
    }
    let mut row = order.clone().into_active_model();
    row.provisioned_at = Set(Some(now));
    row.update(tx.raw()).await?;
    record(tx, order.id, name(OrderState::Provisioned), None).await
}

/// Adds a line to the timeline.
///
/// # Errors
/// [`StoreError::Database`].
pub async fn record(
    tx: &impl TenantConn,
    id: OrderId,
    kind: &str,
    detail: Option<String>,
) -> Result<(), StoreError> {
    let row = order_event::ActiveModel {
        id: Set(RowId::new()),
        order_id: Set(id),
        kind: Set(kind.to_owned()),
        detail: Set(detail),
        at: Set(tx.clock().now()),
    };
    order_event::Entity::insert(row).exec_without_returning(tx.raw()).await?;
    Ok(())
}

/// The state's name on the timeline.
fn name(state: OrderState) -> &'static str {
    match state {
        OrderState::New => "new",
        OrderState::Pending => "pending",
        OrderState::Paid => "paid",
        OrderState::Provisioned => "provisioned",
        OrderState::Failed => "failed",
        OrderState::Expired => "expired",
        OrderState::Mismatch => "mismatch",
        OrderState::Refunded => "refunded",
        OrderState::Disputed => "disputed",
        OrderState::Won => "won",
        OrderState::Lost => "lost",
    }
}
