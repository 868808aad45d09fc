//! What a user will be charged next without being asked, so that he can be told the day before.

use chrono::{DateTime, Utc};

use super::{
    agreement,
    rules::{self, EARLY, Terms},
    standing,
};
use crate::{
    db::{StoreError, TenantConn},
    entities::tenant::{auto_renewal, subscription},
    money::Money,
    shop::plan::service::{self as plans, Offer},
};

/// The next charge, as things are now.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Coming {
    pub at: DateTime<Utc>,
    pub price: Money,
    /// Since when its user knows of it.
    pub since: DateTime<Utc>,
    /// Telegram takes it by itself.
    pub is_standing: bool,
}

/// `None` also when it will not be charged, because the plan is dearer by now or gone.
///
/// # Errors
/// [`StoreError::Database`].
pub async fn coming(tx: &impl TenantConn, row: &subscription::Model) -> Result<Option<Coming>, StoreError> {
    if row.trial {
        return Ok(None);
    }
    if let Some(standing) = standing::of_access(tx, row).await?.filter(standing::Standing::is_on) {
        let (price, since) = (standing.price(), standing.row.began_at.unwrap_or(standing.row.created_at));
        let coming = |at| Coming { at, price, since, is_standing: true };
        return Ok(standing.row.paid_until.map(coming));
    }
    let Some(agreed) = agreement::of_access(tx, row).await? else { return Ok(None) };
    let since = agreed.began_at.unwrap_or(agreed.agreed_at);
    Ok(match terms(tx, &agreed).await?.0 {
        Terms::Charge(price) => {
            Some(Coming { at: row.target_expire - EARLY, price, since, is_standing: false })
        }
        Terms::Rose(_) | Terms::Gone => None,
    })
}

/// What was agreed to beside what is on sale.
pub(super) async fn terms(
    tx: &impl TenantConn,
    agreed: &auto_renewal::Model,
) -> Result<(Terms, Option<Offer>), StoreError> {
    let offer = plans::offer(tx, agreed.plan_id).await?;
    let prices = plans::prices(tx, agreed.plan_id).await?;
    let present = prices.into_iter().find(|price| offer.is_some() && price.currency == agreed.currency);
    Ok((rules::terms(agreed.price(), present), offer))
}
