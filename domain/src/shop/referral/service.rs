//! Codes, who came by them, and what is given and taken back.

use chrono::Duration;
use sea_orm::{
    ActiveModelTrait, ActiveValue::Set, ColumnTrait, EntityTrait, IntoActiveModel, PaginatorTrait,
    QueryFilter, QuerySelect, sea_query::OnConflict,
};
use serde::Deserialize as _;

use super::rules::Terms;
use crate::{
    clock::Clock,
    db::{Conn, StoreError, TenantConn, TenantTx},
    entities::tenant::{
        grant::GrantReason,
        order::{self, OrderState},
        referral::{ActiveModel, COLUMN, Column, Entity, Model, ReferralState},
        referral_code, user,
    },
    ids::{BotId, GrantId, ReferralId, RowId, UserId},
    ports::Notice,
    shop::{
        notification::service::{self as notification, Recipient},
        setting::service as settings,
        subscription::service::{self as subscriptions, Bonus},
        user::service as users,
    },
    units::Days,
};

pub(in crate::shop) const SETTING: &str = "referral";
/// The digits of a code that are kept of an identifier: the random ones.
const DIGITS: usize = 10;
/// Within so long friends are counted.
const COUNTED: Duration = Duration::days(30);

/// What came of somebody's coming.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Arrived {
    /// Brought by this user.
    By(Box<user::Model>),
    /// It is his own link.
    Himself,
    /// The shop knows him already, or there is no such link.
    Not,
}

/// What the shop gives for a friend.
///
/// # Errors
/// [`StoreError::Database`].
pub async fn terms(tx: &impl TenantConn) -> Result<Terms, StoreError> {
    Ok(read_terms(settings::get(tx, SETTING).await?.as_ref()))
}

/// The terms as they are kept.
pub(in crate::shop) fn read_terms(stored: Option<&serde_json::Value>) -> Terms {
    stored.and_then(|value| Terms::deserialize(value).ok()).unwrap_or_default()
}

/// # Errors
/// [`StoreError::Database`].
pub async fn set_terms(tx: &impl TenantConn, terms: Terms) -> Result<(), StoreError> {
    let value = serde_json::to_value(terms).map_err(|error| sea_orm::DbErr::Json(error.to_string()))?;
    settings::put(tx, SETTING, value).await
}

/// # Errors
/// [`StoreError::Database`].
pub async fn find_code(tx: &impl TenantConn, user: UserId) -> Result<Option<String>, StoreError> {
    let row = referral_code::Entity::find_by_id(user).one(tx.raw()).await?;
    Ok(row.map(|row| row.code))
}

/// The user's code, made when he asks for the first time.
///
/// # Errors
/// [`StoreError::Database`].
pub async fn code_of(tx: &TenantTx, user: UserId) -> Result<String, StoreError> {
    loop {
        if let Some(code) = find_code(tx, user).await? {
            return Ok(code);
        }
        let id = RowId::new().to_string();
        let code = id[id.len() - DIGITS..].to_owned();
        let row = referral_code::ActiveModel { user_id: Set(user), code: Set(code) };
        // Another user's code by chance: the next one.
        let keep = OnConflict::new().do_nothing().to_owned();
        referral_code::Entity::insert(row).on_conflict(keep).exec_without_returning(tx.raw()).await?;
    }
}

/// Somebody came by a link. Only a newcomer is brought by anybody: whoever has chosen a language, has
/// access or has ordered is known to the shop. May run twice.
///
/// # Errors
/// [`StoreError::Database`].
pub async fn arrive(
    tx: &TenantTx,
    newcomer: &user::Model,
    bot: BotId,
    code: &str,
) -> Result<Arrived, StoreError> {
    let own = referral_code::COLUMN.code.eq(code);
    let Some(found) = referral_code::Entity::find().filter(own).one(tx.raw()).await? else {
        return Ok(Arrived::Not);
    };
    if found.user_id == newcomer.id {
        return Ok(Arrived::Himself);
    }
    let referrer = users::find(tx, found.user_id).await?.filter(|user| user.banned_at.is_none());
    let Some(referrer) = referrer.filter(|_| newcomer.language_chosen_at.is_none()) else {
        return Ok(Arrived::Not);
    };
    if !terms(tx).await?.on || is_known(tx, newcomer.id).await? {
        return Ok(Arrived::Not);
    }
    let row = ActiveModel {
        id: Set(ReferralId::new()),
        referrer_id: Set(referrer.id),
        referee_id: Set(newcomer.id),
        bot_id: Set(bot),
        state: Set(ReferralState::Invited),
        order_id: Set(None),
        referrer_grant_id: Set(None),
        referee_grant_id: Set(None),
        granted_at: Set(None),
        reversed_at: Set(None),
        created_at: Set(tx.now()),
    };
    // Who came by one link first does not come by another.
    let keep = OnConflict::new().do_nothing().to_owned();
    let added = Entity::insert(row).on_conflict(keep).exec_without_returning(tx.raw()).await?;
    Ok(if added == 1 { Arrived::By(Box::new(referrer)) } else { Arrived::Not })
}

/// Who brought this user, as long as he has paid for nothing.
///
/// # Errors
/// [`StoreError::Database`].
pub async fn brought_by(tx: &impl TenantConn, referee: UserId) -> Result<Option<user::Model>, StoreError> {
    match invited(tx, referee).await? {
        Some(row) => users::find(tx, row.referrer_id).await,
        None => Ok(None),
    }
}

/// # Errors
/// [`StoreError::Database`].
pub async fn find(tx: &impl TenantConn, id: ReferralId) -> Result<Option<Model>, StoreError> {
    Ok(Entity::find_by_id(id).one(tx.raw()).await?)
}

/// An order is paid: when it is the first of somebody who was brought, both get their time. Of settling's
/// transaction, so that it happens with it or not at all. What cost nothing is no purchase.
///
/// # Errors
/// [`StoreError::Database`].
pub(in crate::shop) async fn paid(tx: &TenantTx, order: &order::Model) -> Result<(), StoreError> {
    // What is added to a trial is no plan yet.
    let is_plan = matches!(order.is_for(), order::For::Plan(bought) if !bought.is_traffic());
    if order.amount_minor == 0 || !is_plan {
        return Ok(());
    }
    let Some(row) = invited(tx, order.user_id).await? else { return Ok(()) };
    let people = users::find(tx, row.referrer_id).await?.zip(users::find(tx, row.referee_id).await?);
    let Some((referrer, referee)) = people else { return Ok(()) };
    let terms = terms(tx).await?;
    let (id, bot) = (row.id, row.bot_id);
    let (for_referrer, for_referee) = match terms.on {
        true => (days_of_referrer(tx, &referrer, terms).await?, terms.referee_days),
        false => (0, 0),
    };
    let mut change = row.into_active_model();
    change.order_id = Set(Some(order.id));
    change.state = Set(if terms.on { ReferralState::Granted } else { ReferralState::Void });
    let referee_grant = give(tx, &referee, order, for_referee).await?;
    let referrer_grant = give(tx, &referrer, order, for_referrer).await?;
    change.referee_grant_id = Set(referee_grant);
    change.referrer_grant_id = Set(referrer_grant);
    change.granted_at = Set(Some(tx.now()));
    change.update(tx.raw()).await?;
    if referee_grant.is_some() {
        let to = Recipient { bot: order.bot_id, telegram_id: referee.telegram_id };
        let notice = Notice::ReferralBonus { referral: id, referrer: false };
        notification::queue(tx, to, &format!("referral_welcome:{id}"), &notice).await?;
    }
    if referrer_grant.is_some() {
        let to = Recipient { bot, telegram_id: referrer.telegram_id };
        let notice = Notice::ReferralBonus { referral: id, referrer: true };
        notification::queue(tx, to, &format!("referral_bonus:{id}"), &notice).await?;
    }
    Ok(())
}

/// All of an order's money has gone back, or a bank has taken it: what was given for it and is not used
/// up goes, too.
///
/// # Errors
/// [`StoreError::Database`].
pub(in crate::shop) async fn reversed(tx: &TenantTx, order: &order::Model) -> Result<(), StoreError> {
    let granted = Entity::find()
        .filter(COLUMN.order_id.eq(Some(order.id)))
        .filter(COLUMN.state.eq(ReferralState::Granted))
        .lock_exclusive();
    let Some(row) = granted.one(tx.raw()).await? else { return Ok(()) };
    for grant in [row.referee_grant_id, row.referrer_grant_id].into_iter().flatten() {
        subscriptions::take_back_bonus(tx, grant).await?;
    }
    let (id, bot, had_bonus) = (row.id, row.bot_id, row.referrer_grant_id.is_some());
    let referrer = users::find(tx, row.referrer_id).await?;
    let mut change = row.into_active_model();
    change.state = Set(ReferralState::Reversed);
    change.reversed_at = Set(Some(tx.now()));
    change.update(tx.raw()).await?;
    if let Some(referrer) = referrer.filter(|_| had_bonus) {
        let to = Recipient { bot, telegram_id: referrer.telegram_id };
        let notice = Notice::ReferralReversed { referral: id };
        notification::queue(tx, to, &format!("referral_reversed:{id}"), &notice).await?;
    }
    Ok(())
}

async fn invited(tx: &impl TenantConn, referee: UserId) -> Result<Option<Model>, StoreError> {
    Ok(Entity::find()
        .filter(COLUMN.referee_id.eq(referee))
        .filter(COLUMN.state.eq(ReferralState::Invited))
        .one(tx.raw())
        .await?)
}

async fn is_known(tx: &impl TenantConn, user: UserId) -> Result<bool, StoreError> {
    let paid = order::Entity::find()
        .filter(order::COLUMN.user_id.eq(user))
        .filter(order::COLUMN.state.is_in(OrderState::PAID_ONCE));
    let has_access = subscriptions::current_of(tx, user).await?.is_some();
    // Whoever has a link of his own has been here.
    let has_code = find_code(tx, user).await?.is_some();
    Ok(has_access || has_code || paid.count(tx.raw()).await? > 0)
}

/// Nothing for whoever is banned, or has got time for as many friends as the shop allows.
async fn days_of_referrer(
    tx: &impl TenantConn,
    referrer: &user::Model,
    terms: Terms,
) -> Result<i64, StoreError> {
    let lately = Entity::find()
        .filter(COLUMN.referrer_id.eq(referrer.id))
        .filter(Column::ReferrerGrantId.is_not_null())
        .filter(Column::GrantedAt.gt(tx.clock().now() - COUNTED))
        .count(tx.raw())
        .await?;
    let is_full = i64::try_from(lately).unwrap_or(i64::MAX) >= terms.friends;
    Ok(if is_full || referrer.banned_at.is_some() { 0 } else { terms.referrer_days })
}

async fn give(
    tx: &TenantTx,
    user: &user::Model,
    order: &order::Model,
    days: i64,
) -> Result<Option<GrantId>, StoreError> {
    // A wallet that is filled is no purchase.
    let Some(plan) = order.plan_id.filter(|_| days > 0) else { return Ok(None) };
    let bonus = Bonus { plan, days: Days(days), reason: GrantReason::Referral };
    subscriptions::give_bonus(tx, user, bonus).await
}
