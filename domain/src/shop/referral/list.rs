//! What came of a user's links, and of all links of the shop.

use std::collections::HashMap;

use chrono::{DateTime, Utc};
use sea_orm::{ColumnTrait, EntityTrait, PaginatorTrait, QueryFilter, QueryOrder, QuerySelect};

use crate::{
    db::{StoreError, TenantConn},
    entities::tenant::{
        grant,
        referral::{COLUMN, Column, Entity, Model, ReferralState},
        user,
    },
    ids::{GrantId, UserId},
};

/// The figures of one user, or of the shop.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Figures {
    pub invited: u64,
    /// Of them, those who have bought and whose money is still there.
    pub buying: u64,
    /// What the referrers have got and kept, in seconds.
    pub seconds: i64,
}

/// One friend.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Friend {
    pub row: Model,
    pub referrer: Option<user::Model>,
    pub referee: Option<user::Model>,
    /// What the referrer has of it, in seconds.
    pub seconds: i64,
    pub at: DateTime<Utc>,
}

/// Of one user's links, or of all.
///
/// # Errors
/// [`StoreError::Database`].
pub async fn figures(tx: &impl TenantConn, referrer: Option<UserId>) -> Result<Figures, StoreError> {
    let mut all = Entity::find();
    if let Some(referrer) = referrer {
        all = all.filter(COLUMN.referrer_id.eq(referrer));
    }
    let invited = all.clone().count(tx.raw()).await?;
    let granted = all.filter(COLUMN.state.is_in([ReferralState::Granted, ReferralState::Reversed]));
    let granted = granted.all(tx.raw()).await?;
    let given = given(tx, &granted).await?;
    let buying = granted.iter().filter(|row| row.state == ReferralState::Granted).count();
    Ok(Figures { invited, buying: buying as u64, seconds: given.values().sum() })
}

/// The newest friends: of one user, or of all.
///
/// # Errors
/// [`StoreError::Database`].
pub async fn friends(
    tx: &impl TenantConn,
    referrer: Option<UserId>,
    at_most: u64,
) -> Result<Vec<Friend>, StoreError> {
    let mut found = Entity::find().order_by_desc(Column::Id).limit(at_most);
    if let Some(referrer) = referrer {
        found = found.filter(COLUMN.referrer_id.eq(referrer));
    }
    let rows = found.all(tx.raw()).await?;
    let given = given(tx, &rows).await?;
    let ids = rows.iter().flat_map(|row| [row.referrer_id, row.referee_id]);
    let people = user::Entity::find().filter(user::Column::Id.is_in(ids)).all(tx.raw()).await?;
    let people: HashMap<_, _> = people.into_iter().map(|user| (user.id, user)).collect();
    let friend = |row: Model| Friend {
        referrer: people.get(&row.referrer_id).cloned(),
        referee: people.get(&row.referee_id).cloned(),
        seconds: row.referrer_grant_id.and_then(|id| given.get(&id).copied()).unwrap_or(0),
        at: row.reversed_at.or(row.granted_at).unwrap_or(row.created_at),
        row,
    };
    Ok(rows.into_iter().map(friend).collect())
}

/// What is left of the time that the referrers got.
async fn given(tx: &impl TenantConn, rows: &[Model]) -> Result<HashMap<GrantId, i64>, StoreError> {
    let ids = rows.iter().filter_map(|row| row.referrer_grant_id);
    let grants = grant::Entity::find().filter(grant::Column::Id.is_in(ids)).all(tx.raw()).await?;
    Ok(grants.into_iter().map(|grant| (grant.id, grant.seconds - grant.taken_back_seconds)).collect())
}
