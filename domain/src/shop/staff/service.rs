//! Staff as rows, and the links by which people become staff.

use chrono::Duration;
use sea_orm::{
    ActiveModelTrait, ActiveValue::Set, EntityTrait, IntoActiveModel, ModelTrait, QueryFilter, QueryOrder,
    Select,
};
use serde_json::json;

use super::{
    log::{self, Actor},
    rights::{GIVEN, Right, may},
};
use crate::{
    clock::Clock,
    db::{Conn, Sealer, StoreError, TenantConn, TenantTx},
    entities::{
        master::membership::Role,
        tenant::{
            staff_act::Deed,
            staff_invite,
            staff_member::{ActiveModel, COLUMN, Column, Entity, Model},
            user,
        },
    },
    ids::{BotId, RowId},
    ports::Notice,
    shop::notification::service::{self as notification, Recipient},
};

/// In front of an invitation's secret, in the link to the bot.
pub const LINK: &str = "staff_";

/// How long a link can be used.
const VALID: Duration = Duration::days(3);

/// What came of following a link.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Joined {
    As(Role),
    /// He is staff already; the link is left for somebody else.
    Before(Role),
    /// Used, too old, or never given out.
    Refused,
}

/// Everybody, in the order in which they came.
///
/// # Errors
/// [`StoreError::Database`].
pub async fn all(tx: &impl TenantConn) -> Result<Vec<Model>, StoreError> {
    Ok(Entity::find().order_by_asc(Column::Id).all(tx.raw()).await?)
}

/// # Errors
/// [`StoreError::Database`].
pub async fn find(tx: &impl TenantConn, telegram_id: i64) -> Result<Option<Model>, StoreError> {
    Ok(of_number(telegram_id).one(tx.raw()).await?)
}

/// The row of whoever has this number.
pub(in crate::shop) fn of_number(telegram_id: i64) -> Select<Entity> {
    Entity::find().filter(COLUMN.telegram_id.eq(telegram_id))
}

/// The links that can still be used.
///
/// # Errors
/// [`StoreError::Database`].
pub async fn invites(tx: &impl TenantConn) -> Result<Vec<staff_invite::Model>, StoreError> {
    Ok(staff_invite::Entity::find()
        .filter(staff_invite::COLUMN.expires_at.gt(tx.clock().now()))
        .order_by_asc(staff_invite::Column::Id)
        .all(tx.raw())
        .await?)
}

/// A link for one person, to this bot. `None` for the owner's role, which nobody else gets.
///
/// # Errors
/// [`StoreError`].
pub async fn invite(
    tx: &TenantTx,
    actor: &Actor,
    bot: BotId,
    role: Role,
) -> Result<Option<staff_invite::Model>, StoreError> {
    if !GIVEN.contains(&role) {
        return Ok(None);
    }
    let old = staff_invite::COLUMN.expires_at.lte(tx.now());
    staff_invite::Entity::delete_many().filter(old).exec(tx.raw()).await?;
    let row = staff_invite::ActiveModel {
        id: Set(RowId::new()),
        nonce: Set(hex::encode(&Sealer::random_key()?[..16])),
        role: Set(role),
        bot_id: Set(bot),
        created_at: Set(tx.now()),
        expires_at: Set(tx.now() + VALID),
    };
    let invite = row.insert(tx.raw()).await?;
    log::append(tx, actor, Deed::StaffInvited, invite.id, json!({ "role": role })).await?;
    Ok(Some(invite))
}

/// Takes a link back before somebody uses it.
///
/// # Errors
/// [`StoreError::Database`].
pub async fn withdraw(tx: &TenantTx, id: RowId) -> Result<(), StoreError> {
    staff_invite::Entity::delete_by_id(id).exec(tx.raw()).await?;
    Ok(())
}

/// Somebody followed a link. It is his alone from then on: a link works once.
///
/// # Errors
/// [`StoreError::Database`].
pub async fn join(
    tx: &TenantTx,
    person: &user::Model,
    bot: BotId,
    nonce: &str,
) -> Result<Joined, StoreError> {
    if let Some(member) = find(tx, person.telegram_id).await? {
        return Ok(Joined::Before(member.role));
    }
    let own = staff_invite::COLUMN.nonce.eq(nonce);
    let found = staff_invite::Entity::find().filter(own).one(tx.raw()).await?;
    let found = found.filter(|invite| invite.expires_at > tx.now() && person.banned_at.is_none());
    let Some(invite) = found else { return Ok(Joined::Refused) };
    let role = invite.role;
    invite.delete(tx.raw()).await?;
    let name = name_of(person);
    let row = ActiveModel {
        id: Set(RowId::new()),
        telegram_id: Set(person.telegram_id),
        name: Set(name.clone()),
        role: Set(role),
        bot_id: Set(bot),
        created_at: Set(tx.now()),
    };
    row.insert(tx.raw()).await?;
    let actor = Actor { by: format!("bot:{}", person.telegram_id), name };
    log::append(tx, &actor, Deed::StaffJoined, person.telegram_id, json!({ "role": role })).await?;
    Ok(Joined::As(role))
}

/// Staff works in this bot now, so it writes to them from here: another one may be gone.
///
/// # Errors
/// [`StoreError::Database`].
pub async fn works_in(tx: &TenantTx, member: Model, bot: BotId) -> Result<(), StoreError> {
    let mut row = member.into_active_model();
    row.bot_id = Set(bot);
    row.update(tx.raw()).await?;
    Ok(())
}

/// Gives somebody another role. False when he is gone, or it is none to give.
///
/// # Errors
/// [`StoreError::Database`].
pub async fn change(tx: &TenantTx, actor: &Actor, id: RowId, role: Role) -> Result<bool, StoreError> {
    let found = Entity::find_by_id(id).one(tx.raw()).await?.filter(|_| GIVEN.contains(&role));
    let Some(member) = found else { return Ok(false) };
    if member.role == role {
        return Ok(true);
    }
    let (telegram_id, name) = (member.telegram_id, member.name.clone());
    let mut row = member.into_active_model();
    row.role = Set(role);
    row.update(tx.raw()).await?;
    log::append(tx, actor, Deed::StaffRole, telegram_id, json!({ "role": role, "name": name })).await?;
    Ok(true)
}

/// Somebody is staff no more. `None` when he was gone before.
///
/// # Errors
/// [`StoreError::Database`].
pub async fn remove(tx: &TenantTx, actor: &Actor, id: RowId) -> Result<Option<Model>, StoreError> {
    let Some(member) = Entity::find_by_id(id).one(tx.raw()).await? else { return Ok(None) };
    Entity::delete_by_id(id).exec(tx.raw()).await?;
    let detail = json!({ "name": member.name });
    log::append(tx, actor, Deed::StaffRemoved, member.telegram_id, detail).await?;
    Ok(Some(member))
}

/// Those who may do this.
///
/// # Errors
/// [`StoreError::Database`].
pub async fn with_right(tx: &impl TenantConn, right: Right) -> Result<Vec<Model>, StoreError> {
    Ok(all(tx).await?.into_iter().filter(|member| may(member.role, right)).collect())
}

/// Tells all who may do this, besides the owner, who was told. Each through the bot by which he came.
///
/// # Errors
/// [`StoreError::Database`].
pub async fn tell(
    tx: &TenantTx,
    right: Right,
    owner: Option<i64>,
    key: &str,
    notice: &Notice,
) -> Result<(), StoreError> {
    for member in with_right(tx, right).await? {
        if Some(member.telegram_id) != owner {
            let to = Recipient { bot: member.bot_id, telegram_id: member.telegram_id };
            notification::queue(tx, to, &format!("{key}:{}", member.telegram_id), notice).await?;
        }
    }
    Ok(())
}

/// @username, or the first name.
pub fn name_of(person: &user::Model) -> String {
    person.username.as_ref().map_or_else(|| person.first_name.clone(), |name| format!("@{name}"))
}
