//! Settling: what the provider says, compared with the order, and everything that follows from it.

use chrono::Duration;
use sea_orm::{
    ActiveModelTrait, ActiveValue::Set, ColumnTrait, Condition, EntityTrait, IntoActiveModel, QueryFilter,
    QueryOrder, sea_query::Expr,
};

use super::{Providers, bookings, import, intake, jobs::SettlePayment, providers, returns};
use crate::{
    db::{Conn, StoreError, TenantDb, TenantTx},
    entities::tenant::{
        grant::GrantReason,
        order::{self, For, OrderState},
        payment_inbox::{self, InboxKind, InboxState},
        user,
    },
    faults,
    ids::{OrderId, RowId},
    jobs::{Job, JobError},
    money::Money,
    ports::{GatewayError, Holder, Notice, PaymentFacts, PaymentStatus},
    shop::{
        gift,
        ledger::service as ledger,
        notification::service::{self as notification, Recipient},
        order::{difference::Difference, rules::Step, service as orders},
        promo::redemption,
        referral::service as referrals,
        renewal::{service as renewals, standing},
        subscription::{
            service::{self as subscriptions, NewGrant},
            several::Onto,
        },
        wallet::top_up,
    },
};

/// Why a payment cannot be asked for.
const BOT_GONE: &str = "the bot that took it is no longer connected";

/// What settling came to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Settled {
    /// The provider does not know the outcome yet.
    StillPending,
    /// The order is where the provider's word puts it.
    Done,
    /// The payment belongs to no order of this shop.
    Unknown,
}

/// The job after a webhook: reads the payment and settles its order.
///
/// # Errors
/// [`JobError`].
pub async fn settle(
    db: &TenantDb,
    all: &Providers,
    provider: &str,
    provider_payment_id: &str,
) -> Result<Settled, JobError> {
    let found = all.find(provider).ok_or_else(|| JobError::fail("no such provider on this server"))?;
    let tx = db.read().await?;
    let account = providers::account_for(&tx, found, provider_payment_id).await?;
    drop(tx);
    let Some(account) = account else {
        return match found.gateway.holder() {
            Holder::Shop => Err(JobError::fail("the shop has no account at this provider")),
            // Nobody can be asked until the shop connects that bot again; the import asks then.
            Holder::Bot => set_aside(db, provider, provider_payment_id, BOT_GONE).await,
        };
    };
    faults::hit(faults::PROVIDER_READ_BEFORE);
    let facts = match found.gateway.read(&account, provider_payment_id).await {
        Ok(facts) => facts,
        // Signed, yet about nothing that exists: asking again would not make it exist.
        Err(GatewayError::NotFound) => {
            let reason = "the provider knows no such payment";
            return set_aside(db, provider, provider_payment_id, reason).await;
        }
        Err(error) => return Err(outcome(error)),
    };
    faults::hit(faults::PROVIDER_READ_AFTER);
    apply(db, provider, provider_payment_id, &facts).await.map_err(JobError::from)
}

async fn set_aside(db: &TenantDb, provider: &str, payment: &str, reason: &str) -> Result<Settled, JobError> {
    let tx = db.write().await?;
    close_unknown(&tx, provider, payment, reason).await?;
    tx.commit().await?;
    Ok(Settled::Unknown)
}

fn outcome(error: GatewayError) -> JobError {
    match error {
        GatewayError::Unavailable(_) | GatewayError::Credentials => JobError::retry(error),
        GatewayError::Refused(_) | GatewayError::NotFound => JobError::fail(error),
    }
}

/// Puts the order where the provider's word puts it, in one transaction. `asked` is the id that the
/// payment was asked by: reports can name it otherwise than our order does.
async fn apply(
    db: &TenantDb,
    provider: &str,
    asked: &str,
    facts: &PaymentFacts,
) -> Result<Settled, StoreError> {
    let tx = db.write().await?;
    let settled = apply_in(&tx, provider, asked, facts).await?;
    faults::hit(faults::SETTLE_COMMIT_BEFORE);
    tx.commit().await?;
    faults::hit(faults::SETTLE_COMMIT_AFTER);
    Ok(settled)
}

/// [`apply`] in a transaction in which more happens.
///
/// # Errors
/// [`StoreError`].
pub(in crate::shop) async fn apply_in(
    tx: &TenantTx,
    provider: &str,
    asked: &str,
    facts: &PaymentFacts,
) -> Result<Settled, StoreError> {
    let Some(order) = find_order(tx, provider, facts).await? else {
        close_unknown(tx, provider, asked, "it belongs to no order of this shop").await?;
        return Ok(Settled::Unknown);
    };
    keep_evidence(tx, provider, &order, facts).await?;
    let settled = match facts.status {
        PaymentStatus::Pending => Settled::StillPending,
        PaymentStatus::Paid => {
            match differs(&order, facts) {
                Some(Difference::Second) => second(tx, provider, &order, facts).await?,
                Some(what) => mismatch(tx, &order, what).await?,
                None => {
                    paid(tx, &order, facts).await?;
                    if let Some(order) = orders::find(tx, order.id).await? {
                        returns::apply(tx, order, facts).await?;
                    }
                }
            }
            Settled::Done
        }
        PaymentStatus::Failed => {
            if orders::advance(tx, &order, OrderState::Failed).await? == Step::Moves
                && !renewals::failed(tx, &order).await?
            {
                tell(tx, &order, "failed", &Notice::PaymentFailed { order: order.id }).await?;
            }
            Settled::Done
        }
        PaymentStatus::Expired => {
            orders::advance(tx, &order, OrderState::Expired).await?;
            Settled::Done
        }
    };
    mark_processed(tx, &order, asked).await?;
    Ok(settled)
}

/// By the payment's id in our row; when the process died before it was written there, by the order
/// that the provider names.
async fn find_order(
    tx: &TenantTx,
    provider: &str,
    facts: &PaymentFacts,
) -> Result<Option<order::Model>, StoreError> {
    if facts.repeats.is_some() {
        return standing::order_for(tx, provider, facts).await;
    }
    let own = order::Entity::find()
        .filter(order::COLUMN.provider.eq(provider))
        .filter(order::COLUMN.provider_payment_id.eq(Some(facts.provider_payment_id.clone())))
        .one(tx.raw())
        .await?;
    let id = match (own, facts.order) {
        (Some(order), _) => order.id,
        (None, Some(id)) => id,
        (None, None) => return Ok(None),
    };
    let Some(order) = orders::lock(tx, id).await? else { return Ok(None) };
    if order.provider != provider {
        return Ok(None);
    }
    if order.provider_payment_id.is_some() {
        return Ok(Some(order));
    }
    let mut row = order.into_active_model();
    row.provider_payment_id = Set(Some(facts.provider_payment_id.clone()));
    Ok(Some(row.update(tx.raw()).await?))
}

/// What differs between the order and the payment, for the timeline. More money than was asked for is
/// no difference: what is too much goes into the buyer's wallet.
pub(super) fn differs(order: &order::Model, facts: &PaymentFacts) -> Option<Difference> {
    if order.provider_payment_id.as_deref() != Some(facts.provider_payment_id.as_str()) {
        return Some(Difference::Second);
    }
    let (came, wanted) = (facts.amount, Money::new(order.amount_minor, order.currency));
    if came.currency != wanted.currency {
        return Some(Difference::Currency { came: came.currency, wanted: wanted.currency });
    }
    if came.minor < wanted.minor {
        return Some(Difference::Amount { came, wanted });
    }
    if facts.account_id != order.provider_account {
        return Some(Difference::Account);
    }
    let is_its = match facts.repeats {
        Some(first) => order.repeats == Some(first),
        None => facts.order == Some(order.id),
    };
    if !is_its {
        return Some(Difference::Order);
    }
    None
}

async fn mismatch(tx: &TenantTx, order: &order::Model, what: Difference) -> Result<(), StoreError> {
    if orders::advance(tx, order, OrderState::Mismatch).await? == Step::Moves {
        tracing::warn!(order = %order.id, %what, "a payment differs from its order");
        orders::record(tx, order.id, "differs", Some(what.to_string())).await?;
        tell(tx, order, "mismatch", &Notice::PaymentMismatch { order: order.id }).await?;
    }
    Ok(())
}

/// An order is paid by its own payment, whichever comes first. Another one is set aside for a person, as
/// the import does: its money is there, and bought nothing.
async fn second(
    tx: &TenantTx,
    provider: &str,
    order: &order::Model,
    facts: &PaymentFacts,
) -> Result<(), StoreError> {
    if import::lay_aside(tx, provider, facts, import::SECOND).await? {
        tracing::warn!(order = %order.id, payment = facts.provider_payment_id, "a second payment");
        orders::record(tx, order.id, "second_payment", Some(facts.amount.to_string())).await?;
        standing::second(tx, order.id, &facts.provider_payment_id).await?;
    }
    Ok(())
}

/// Paid: the state, the books, and the time and the work on the panel or the money in the wallet, together
/// or not at all.
async fn paid(tx: &TenantTx, order: &order::Model, facts: &PaymentFacts) -> Result<(), StoreError> {
    faults::hit(faults::ORDER_MOVE_BEFORE);
    if orders::advance(tx, order, OrderState::Paid).await? != Step::Moves {
        return Ok(());
    }
    faults::hit(faults::ORDER_MOVE_AFTER);
    book(tx, order, facts).await?;
    faults::hit(faults::LEDGER_AFTER);
    let For::Plan(bought) = order.is_for() else { return top_up::filled(tx, order.id).await };
    if gift::service::of_order(tx, order.id).await?.is_some() {
        return gift::service::paid(tx, order).await;
    }
    let user = user::Entity::find_by_id(order.user_id)
        .one(tx.raw())
        .await?
        .ok_or_else(|| sea_orm::DbErr::RecordNotFound(format!("the user of order {}", order.id)))?;
    let grant = NewGrant {
        order: Some(order.id),
        reason: GrantReason::Order,
        plan: bought.plan,
        duration: Duration::seconds(bought.days.seconds()),
        traffic: bought.traffic,
        onto: Onto::of(order),
    };
    // Orders are placed only in shops with a panel, and a panel in use cannot be removed.
    let subscription = subscriptions::give(tx, &user, grant)
        .await?
        .ok_or_else(|| sea_orm::DbErr::RecordNotFound(format!("a panel for order {}", order.id)))?;
    order::Entity::update_many()
        .col_expr(order::Column::SubscriptionId, Expr::value(Some(subscription.id)))
        .filter(order::COLUMN.id.eq(order.id))
        .exec(tx.raw())
        .await?;
    redemption::paid(tx, order).await?;
    referrals::paid(tx, order).await?;
    let order = order::Model { subscription_id: Some(subscription.id), ..order.clone() };
    renewals::paid(tx, &order, facts).await
}

async fn book(tx: &TenantTx, order: &order::Model, facts: &PaymentFacts) -> Result<(), StoreError> {
    let surplus = facts.amount.minor - order.amount_minor;
    if surplus > 0 {
        // Of a top-up, too, it is more than was asked for.
        let surplus = Money::new(surplus, order.currency).to_string();
        orders::record(tx, order.id, "surplus_to_wallet", Some(surplus)).await?;
    }
    ledger::book(tx, bookings::sale(order, facts, tx.now())).await?;
    Ok(())
}

/// What the provider says, once for each thing that it says: [`super::replay`] starts from it.
async fn keep_evidence(
    tx: &TenantTx,
    provider: &str,
    order: &order::Model,
    facts: &PaymentFacts,
) -> Result<(), StoreError> {
    let row = payment_inbox::ActiveModel {
        id: Set(RowId::new()),
        provider: Set(provider.to_owned()),
        account_id: Set(facts.account_id.clone()),
        event_id: Set(format!(
            "{}:{:?}:{}:{:?}",
            facts.provider_payment_id, facts.status, facts.refunded, facts.dispute
        )),
        kind: Set(InboxKind::Read),
        order_ref: Set(Some(order.id.to_string())),
        job_key: Set(None),
        body: Set(serde_json::to_string(facts).map_err(|error| sea_orm::DbErr::Json(error.to_string()))?),
        state: Set(InboxState::Processed),
        reason: Set(None),
        received_at: Set(tx.now()),
        processed_at: Set(Some(tx.now())),
    };
    intake::insert(tx, row).await?;
    Ok(())
}

/// What was said last of an order's payment; `None` before it was paid.
///
/// # Errors
/// [`StoreError::Database`].
pub(in crate::shop) async fn last_said(
    tx: &TenantTx,
    order: OrderId,
) -> Result<Option<PaymentFacts>, StoreError> {
    let said = payment_inbox::Entity::find()
        .filter(payment_inbox::COLUMN.order_ref.eq(Some(order.to_string())))
        .filter(payment_inbox::COLUMN.kind.eq(InboxKind::Read))
        .order_by_desc(payment_inbox::Column::Id)
        .one(tx.raw())
        .await?;
    Ok(said.and_then(|row| serde_json::from_str(&row.body).ok()))
}

/// An event that came before the order knew its payment, or calls the payment by another name, names
/// what was asked alone.
async fn mark_processed(tx: &TenantTx, order: &order::Model, asked: &str) -> Result<(), StoreError> {
    let rows = Condition::any()
        .add(payment_inbox::COLUMN.order_ref.eq(Some(order.id.to_string())))
        .add(payment_inbox::COLUMN.job_key.eq(job_key(&order.provider, asked)));
    close(tx, rows, InboxState::Processed, None).await
}

/// An event about a payment that is not ours is set aside with its reason, so that it is seen and
/// nothing waits for it.
async fn close_unknown(tx: &TenantTx, provider: &str, payment: &str, reason: &str) -> Result<(), StoreError> {
    tracing::warn!(provider, payment, reason, "a payment is unknown");
    let rows = Condition::all().add(payment_inbox::COLUMN.job_key.eq(job_key(provider, payment)));
    close(tx, rows, InboxState::Refused, Some(reason.to_owned())).await
}

fn job_key(provider: &str, payment: &str) -> Option<String> {
    let job = SettlePayment { provider: provider.to_owned(), provider_payment_id: payment.to_owned() };
    job.dedupe_key()
}

async fn close(
    tx: &TenantTx,
    rows: Condition,
    state: InboxState,
    reason: Option<String>,
) -> Result<(), StoreError> {
    payment_inbox::Entity::update_many()
        .col_expr(payment_inbox::Column::State, Expr::value(state))
        .col_expr(payment_inbox::Column::Reason, Expr::value(reason))
        .col_expr(payment_inbox::Column::ProcessedAt, Expr::value(Some(tx.now())))
        .filter(rows)
        .filter(payment_inbox::COLUMN.state.eq(InboxState::Pending))
        .exec(tx.raw())
        .await?;
    Ok(())
}

pub(in crate::shop) async fn tell(
    tx: &TenantTx,
    order: &order::Model,
    kind: &str,
    notice: &Notice,
) -> Result<(), StoreError> {
    tell_as(tx, order, &format!("{kind}:{}", order.id), notice).await
}

/// [`tell`] with a key of its own.
///
/// # Errors
/// [`StoreError::Database`].
pub(in crate::shop) async fn tell_as(
    tx: &TenantTx,
    order: &order::Model,
    key: &str,
    notice: &Notice,
) -> Result<(), StoreError> {
    let Some(user) = user::Entity::find_by_id(order.user_id).one(tx.raw()).await? else { return Ok(()) };
    let to = Recipient { bot: order.bot_id, telegram_id: user.telegram_id };
    notification::queue(tx, to, key, notice).await
}
