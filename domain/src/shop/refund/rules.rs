//! What can be sent back of an order, and what it takes from the access that was bought.

use chrono::{DateTime, Utc};

use crate::{
    entities::tenant::{
        grant,
        order::{self, OrderState},
    },
    ports::Refunds,
    units::Bytes,
};

/// Why nothing is sent back.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum RefundRefused {
    #[error("the order was not paid, or its money is gone already")]
    NotPaid,
    #[error("the amount is nothing or more than is left")]
    Amount,
    #[error("the provider sends back the whole payment only")]
    WholeOnly,
    #[error("the provider cannot send money back")]
    ByHand,
}

/// Checks an amount against what is left of the order; `promised` is what open refunds will take.
///
/// # Errors
/// [`RefundRefused`].
pub fn check(
    order: &order::Model,
    promised: i64,
    minor: i64,
    provider: Refunds,
) -> Result<(), RefundRefused> {
    if !has_money(order) {
        return Err(RefundRefused::NotPaid);
    }
    let left = order.amount_minor - order.refunded_minor - promised;
    if minor <= 0 || minor > left {
        return Err(RefundRefused::Amount);
    }
    match provider {
        Refunds::None => Err(RefundRefused::ByHand),
        Refunds::Whole if minor != order.amount_minor => Err(RefundRefused::WholeOnly),
        Refunds::Whole | Refunds::Partial => Ok(()),
    }
}

/// Whether the order's money came and is ours.
pub fn has_money(order: &order::Model) -> bool {
    matches!(order.state, OrderState::Paid | OrderState::Provisioned | OrderState::Won)
}

/// Of a grant's time and traffic, what is taken back when `refunded` of `paid` has gone back: the same
/// share, but never what is used up.
pub fn taken_back(
    grant: &grant::Model,
    (refunded, paid): (i64, i64),
    now: DateTime<Utc>,
    unused_traffic: Bytes,
) -> (i64, Bytes) {
    let share = |whole: i64| {
        if paid == 0 {
            return 0;
        }
        i64::try_from(i128::from(whole) * i128::from(refunded) / i128::from(paid)).unwrap_or(whole)
    };
    let used = (now - grant.period_start).num_seconds().clamp(0, grant.seconds);
    let seconds = share(grant.seconds).min(grant.seconds - used).max(grant.taken_back_seconds);
    let bytes = grant.traffic_bytes.map_or(0, |traffic| {
        let already = grant.taken_back_bytes.0;
        share(traffic.0).min(already + unused_traffic.0).max(already)
    });
    (seconds, Bytes(bytes))
}
