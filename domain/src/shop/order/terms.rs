//! The terms of an order as they are when it is made, and the row that keeps them.

use chrono::Duration;
use sea_orm::{
    ActiveModelTrait,
    ActiveValue::Set,
    ColumnTrait, ExprTrait,
    sea_query::{Query, SimpleExpr},
};

use super::service::record;
use crate::{
    clock::Clock,
    db::{StoreError, TenantConn},
    entities::tenant::{
        order::{ActiveModel, Bought, Column, Model, OrderState},
        renewal, subscription as subscription_row,
    },
    ids::{BotId, OrderId, UserId},
    money::Money,
    shop::{payment::card, promo::rules::Applied, subscription::several::Onto},
    units::{Bytes, Days},
};

/// What an order is made of: the plan's terms as they are now, or none for a wallet's money.
#[derive(Clone, Copy, Debug)]
pub(in crate::shop) struct Terms<'a> {
    pub id: OrderId,
    pub user: UserId,
    pub bot: BotId,
    pub plan: Option<Bought<'a>>,
    pub amount: Money,
    pub provider: &'a str,
    pub account: &'a str,
    pub open_for: Duration,
    /// Where its time goes.
    pub onto: Onto,
    /// What it renews by itself.
    pub renews: Option<&'a subscription_row::Model>,
    /// The order whose payment the provider repeated, and what it calls this one.
    pub repeats: Option<(OrderId, &'a str)>,
    /// What a promo code adds.
    pub promo: Option<&'a Applied>,
}

/// # Errors
/// [`StoreError::Database`].
pub(in crate::shop) async fn insert(tx: &impl TenantConn, terms: Terms<'_>) -> Result<Model, StoreError> {
    let now = tx.clock().now();
    // From card to card there is nothing to open at a provider; what was repeated is there.
    let payment = match terms.repeats {
        Some((_, payment)) => Some(payment.to_owned()),
        None => (terms.provider == card::NAME).then(|| terms.id.to_string()),
    };
    let (days, traffic) = terms.promo.map_or((0, 0), |applied| (applied.days.0, applied.traffic.0));
    let row = ActiveModel {
        id: Set(terms.id),
        user_id: Set(terms.user),
        bot_id: Set(terms.bot),
        plan_id: Set(terms.plan.map(|bought| bought.plan)),
        subscription_id: Set(match terms.onto {
            Onto::This(id) => Some(id),
            Onto::Present | Onto::Separate => None,
        }),
        separate: Set(terms.onto == Onto::Separate),
        plan_names: Set(terms.plan.map(|bought| bought.names.clone())),
        plan_days: Set(terms.plan.map(|bought| Days(bought.days.0 + days))),
        plan_traffic_bytes: Set(terms
            .plan
            .and_then(|bought| bought.traffic)
            .map(|bytes| Bytes(bytes.0 + traffic))),
        amount_minor: Set(terms.amount.minor),
        currency: Set(terms.amount.currency),
        refunded_minor: Set(0),
        state: Set(if payment.is_some() { OrderState::Pending } else { OrderState::New }),
        provider: Set(terms.provider.to_owned()),
        provider_account: Set(terms.account.to_owned()),
        provider_payment_id: Set(payment),
        pay_url: Set(None),
        repeats: Set(terms.repeats.map(|(first, _)| first)),
        created_at: Set(now),
        expires_at: Set(now + terms.open_for),
        paid_at: Set(None),
        provisioned_at: Set(None),
    };
    let order = row.insert(tx.raw()).await?;
    match (terms.renews, terms.repeats) {
        (Some(row), _) => record(tx, order.id, "renewal", Some(row.target_expire.to_rfc3339())).await?,
        (None, Some(_)) => record(tx, order.id, "repeated", None).await?,
        (None, None) => record(tx, order.id, "placed", None).await?,
    }
    Ok(order)
}

/// The orders that users made themselves.
pub(in crate::shop) fn by_hand() -> SimpleExpr {
    let renewals = Query::select()
        .column(renewal::Column::OrderId)
        .from(renewal::Entity)
        .and_where(renewal::Column::OrderId.is_not_null())
        .to_owned();
    Column::Id.not_in_subquery(renewals).and(Column::Repeats.is_null())
}
