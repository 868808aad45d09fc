//! What staff does to users and plans in the bot, each time written down with whoever did it.

use chrono::{DateTime, Duration, Utc};
use sea_orm::{ActiveModelTrait, ActiveValue::Set, EntityTrait, IntoActiveModel, QueryOrder, QuerySelect};
use serde::{Deserialize, Serialize};
use serde_json::json;

use super::{
    log::{self, Actor},
    service,
};
use crate::{
    db::{Conn, StoreError, TenantConn, TenantTx},
    entities::tenant::{
        grant::GrantReason,
        plan,
        staff_act::{self, Deed},
        subscription, user,
    },
    ids::{BotId, PlanId, SubscriptionId, UserId},
    ports::Notice,
    shop::{
        notification::service::{self as notification, Recipient},
        plan::service as plans,
        subscription::{
            service::{self as subscriptions, Bonus, NewGrant},
            several::Onto,
        },
        user::service as users,
    },
    units::Days,
};

/// The most days at once: a slip of the finger gives nobody a century.
pub const MOST_DAYS: i64 = 366;

/// The characters of a message to a user.
pub const LONGEST: usize = 2_000;

/// How a user's access was when the gift was shown. A second press of the same button finds it changed
/// and gives nothing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Seen(pub u16);

/// Why somebody is shut out.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum BanReason {
    Fraud,
    Sharing,
    Abuse,
    Other,
}

/// What became of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Outcome<T = ()> {
    Done(T),
    /// Somebody was faster: this is what he did.
    Already(Option<staff_act::Model>),
    /// There is nobody, or nothing to do it to.
    Nothing,
    /// The shop has no panel that takes anybody.
    NoPanel,
    /// Staff is not shut out before it is removed.
    IsStaff,
}

impl BanReason {
    pub const ALL: [Self; 4] = [Self::Fraud, Self::Sharing, Self::Abuse, Self::Other];

    /// As it is stored and named in texts.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Fraud => "fraud",
            Self::Sharing => "sharing",
            Self::Abuse => "abuse",
            Self::Other => "other",
        }
    }

    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|reason| reason.code() == code)
    }
}

impl Seen {
    /// Two digits of base 36, so that they fit into a button; the target's version grows with each gift.
    const KINDS: i64 = 36 * 36;

    pub fn of(subscription: Option<&subscription::Model>) -> Self {
        let version = subscription.map_or(0, |row| row.target_version);
        Self(u16::try_from(version.rem_euclid(Self::KINDS)).unwrap_or(0))
    }
}

/// Adds days to the access that a user has, and tells him.
///
/// # Errors
/// [`StoreError::Database`].
pub async fn extend(
    tx: &TenantTx,
    actor: &Actor,
    bot: BotId,
    (id, days, seen): (UserId, i64, Seen),
) -> Result<Outcome<DateTime<Utc>>, StoreError> {
    let present = subscriptions::current_of(tx, id).await?;
    let found = users::find(tx, id).await?.zip(present).filter(|_| (1..=MOST_DAYS).contains(&days));
    let Some((user, present)) = found else { return Ok(Outcome::Nothing) };
    if Seen::of(Some(&present)) != seen {
        return Ok(Outcome::Already(log::last(tx, id, &[Deed::Extended, Deed::Gifted]).await?));
    }
    let bonus = Bonus { plan: present.plan_id, days: Days(days), reason: GrantReason::Staff };
    if subscriptions::give_bonus(tx, &user, bonus).await?.is_none() {
        return Ok(Outcome::Nothing);
    }
    log::append(tx, actor, Deed::Extended, id, json!({ "days": days })).await?;
    given(tx, bot, &user, present.id).await
}

/// Gives a user a plan for nothing, as if it was bought, and tells him.
///
/// # Errors
/// [`StoreError::Database`].
pub async fn gift(
    tx: &TenantTx,
    actor: &Actor,
    bot: BotId,
    (id, plan, seen): (UserId, PlanId, Seen),
) -> Result<Outcome<DateTime<Utc>>, StoreError> {
    let found = users::find(tx, id).await?.zip(plans::find(tx, plan).await?);
    let Some((user, plan)) = found else { return Ok(Outcome::Nothing) };
    let present = subscriptions::current_of(tx, id).await?;
    if Seen::of(present.as_ref()) != seen {
        return Ok(Outcome::Already(log::last(tx, id, &[Deed::Extended, Deed::Gifted]).await?));
    }
    let new = NewGrant {
        order: None,
        reason: GrantReason::Staff,
        plan: plan.id,
        duration: Duration::seconds(plan.days.seconds()),
        traffic: plan.traffic_bytes,
        onto: Onto::Present,
    };
    let Some(row) = subscriptions::give(tx, &user, new).await? else { return Ok(Outcome::NoPanel) };
    log::append(tx, actor, Deed::Gifted, id, json!({ "plan": plan.id })).await?;
    given(tx, bot, &user, row.id).await
}

async fn given(
    tx: &TenantTx,
    bot: BotId,
    user: &user::Model,
    id: SubscriptionId,
) -> Result<Outcome<DateTime<Utc>>, StoreError> {
    let Some(row) = subscriptions::find(tx, id).await? else { return Ok(Outcome::Nothing) };
    let to = Recipient { bot, telegram_id: user.telegram_id };
    let notice = Notice::StaffGave { subscription: id, until: row.target_expire };
    notification::queue(tx, to, &format!("staff_gave:{id}:{}", row.target_version), &notice).await?;
    Ok(Outcome::Done(row.target_expire))
}

/// Writes to a user in the shop's name. `origin` is the update by which it came: it is sent once.
///
/// # Errors
/// [`StoreError::Database`].
pub async fn message(
    tx: &TenantTx,
    actor: &Actor,
    bot: BotId,
    (id, text, origin): (UserId, &str, &str),
) -> Result<Outcome, StoreError> {
    let text: String = text.trim().chars().take(LONGEST).collect();
    let found = users::find(tx, id).await?.filter(|_| !text.is_empty());
    let Some(user) = found else { return Ok(Outcome::Nothing) };
    let to = Recipient { bot, telegram_id: user.telegram_id };
    notification::queue(tx, to, &format!("staff_says:{origin}"), &Notice::StaffSays { text }).await?;
    log::append(tx, actor, Deed::Messaged, id, json!({})).await?;
    Ok(Outcome::Done(()))
}

/// Shuts a user out of the shop's bots. What he has paid for goes on.
///
/// # Errors
/// [`StoreError::Database`].
pub async fn ban(tx: &TenantTx, actor: &Actor, id: UserId, reason: BanReason) -> Result<Outcome, StoreError> {
    let Some(user) = users::find(tx, id).await? else { return Ok(Outcome::Nothing) };
    if service::find(tx, user.telegram_id).await?.is_some() {
        return Ok(Outcome::IsStaff);
    }
    if user.banned_at.is_some() {
        return Ok(Outcome::Already(log::last(tx, id, &[Deed::Banned]).await?));
    }
    set_banned(tx, user, Some(tx.now())).await?;
    log::append(tx, actor, Deed::Banned, id, json!({ "reason": reason })).await?;
    Ok(Outcome::Done(()))
}

/// # Errors
/// [`StoreError::Database`].
pub async fn unban(tx: &TenantTx, actor: &Actor, id: UserId) -> Result<Outcome, StoreError> {
    let Some(user) = users::find(tx, id).await? else { return Ok(Outcome::Nothing) };
    if user.banned_at.is_none() {
        return Ok(Outcome::Already(log::last(tx, id, &[Deed::Unbanned]).await?));
    }
    set_banned(tx, user, None).await?;
    log::append(tx, actor, Deed::Unbanned, id, json!({})).await?;
    Ok(Outcome::Done(()))
}

async fn set_banned(tx: &TenantTx, user: user::Model, at: Option<DateTime<Utc>>) -> Result<(), StoreError> {
    let mut row = user.into_active_model();
    row.banned_at = Set(at);
    row.update(tx.raw()).await?;
    Ok(())
}

/// Why and by whom a user was shut out.
pub fn reason_of(act: &staff_act::Model) -> Option<BanReason> {
    act.detail.get("reason").and_then(|code| code.as_str()).and_then(BanReason::from_code)
}

/// All plans, in the shop's order, the trial among them.
///
/// # Errors
/// [`StoreError::Database`].
pub async fn all_plans(tx: &impl TenantConn) -> Result<Vec<plan::Model>, StoreError> {
    let plans = plan::Entity::find().order_by_asc(plan::Column::Position).order_by_asc(plan::Column::Id);
    Ok(plans.limit(50).all(tx.raw()).await?)
}

/// Puts a plan on sale, or takes it off. Orders that were placed keep their terms.
///
/// # Errors
/// [`StoreError::Database`].
pub async fn switch_plan(tx: &TenantTx, actor: &Actor, id: PlanId, on: bool) -> Result<Outcome, StoreError> {
    let Some(plan) = plans::find(tx, id).await? else { return Ok(Outcome::Nothing) };
    let deed = if on { Deed::PlanOn } else { Deed::PlanOff };
    if plan.active == on {
        return Ok(Outcome::Already(log::last(tx, id, &[deed]).await?));
    }
    let mut row = plan.into_active_model();
    row.active = Set(on);
    row.update(tx.raw()).await?;
    log::append(tx, actor, deed, id, json!({})).await?;
    Ok(Outcome::Done(()))
}
