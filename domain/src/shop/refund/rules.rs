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
    /// Of a wallet's top-up only what is still there can go back.
    #[error("the buyer has spent it")]
    Spent,
}

/// Checks an amount against what is left of the order.
///
/// # Errors
/// [`RefundRefused`].
pub fn check(order: &order::Model, minor: i64, provider: Refunds) -> Result<(), RefundRefused> {
    if !has_money(order) {
        return Err(RefundRefused::NotPaid);
    }
    let left = order.amount_minor - order.refunded_minor;
    if minor <= 0 || minor > left {
        return Err(RefundRefused::Amount);
    }
    match provider {
        Refunds::None => Err(RefundRefused::ByHand),
        Refunds::Whole if minor != order.amount_minor => Err(RefundRefused::WholeOnly),
        Refunds::Whole | Refunds::Partial | Refunds::ByHand => Ok(()),
    }
}

/// Whether the order's money came and is ours.
pub fn has_money(order: &order::Model) -> bool {
    matches!(order.state, OrderState::Paid | OrderState::Provisioned | OrderState::Won)
}

/// How much of `more` that has gone back is the order's; the rest is of the surplus that lies in the
/// buyer's wallet. Up to the `target` of a refund on its way it is the order's. Of what somebody sent back
/// elsewhere the surplus goes first: nobody loses access for having been given back what they never owed.
pub fn of_order((refunded, paid): (i64, i64), target: i64, more: i64, surplus: i64) -> i64 {
    let ours = (target - refunded).clamp(0, more);
    let left = paid - refunded;
    (ours + (more - ours - surplus).max(0)).min(left)
}

/// Of a surplus that goes back where it came from, what its buyer has spent meanwhile, when so much lies in
/// the wallet. The wallet pays what it has and never owes; the rest is the shop's loss, because whoever
/// spent it got time for it.
pub fn spent(surplus: i64, wallet: i64) -> i64 {
    surplus - wallet.clamp(0, surplus)
}

/// Of a grant's time and traffic, what is taken back when `refunded` of `paid` has gone back: the same
/// share, but never what is used up. `used` is the traffic that went through this grant.
pub fn taken_back(
    grant: &grant::Model,
    (refunded, paid): (i64, i64),
    now: DateTime<Utc>,
    used: Bytes,
) -> (i64, Bytes) {
    let share = |whole: i64| {
        if paid == 0 {
            return 0;
        }
        i64::try_from(i128::from(whole) * i128::from(refunded) / i128::from(paid)).unwrap_or(whole)
    };
    let past = (now - grant.period_start).num_seconds().clamp(0, grant.seconds);
    let seconds = share(grant.seconds).min(grant.seconds - past).max(grant.taken_back_seconds);
    let bytes = grant
        .traffic_bytes
        .map_or(0, |traffic| share(traffic.0).min((traffic.0 - used.0).max(0)).max(grant.taken_back_bytes.0));
    (seconds, Bytes(bytes))
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::{of_order, spent};

    #[rstest]
    #[case::without_surplus_all_is_the_orders((0, 300), 0, 100, 0, 100)]
    #[case::what_we_asked_for((0, 300), 100, 100, 50, 100)]
    #[case::what_others_sent_back_is_surplus_first((0, 300), 0, 50, 50, 0)]
    #[case::and_then_the_orders((0, 300), 0, 120, 50, 70)]
    #[case::ours_and_the_surplus_together((0, 300), 100, 150, 50, 100)]
    #[case::beside_what_others_sent_back_before((150, 300), 250, 100, 50, 100)]
    #[case::what_we_asked_for_was_booked_before((100, 300), 100, 50, 50, 0)]
    #[case::never_more_than_was_paid((200, 300), 0, 150, 0, 100)]
    fn what_went_back_is_of_the_order(
        #[case] order: (i64, i64),
        #[case] target: i64,
        #[case] more: i64,
        #[case] surplus: i64,
        #[case] of_it: i64,
    ) {
        assert_eq!(of_order(order, target, more, surplus), of_it);
    }

    #[rstest]
    #[case::all_of_it_is_there(100, 250, 0)]
    #[case::just_so_much(100, 100, 0)]
    #[case::some_of_it(100, 40, 60)]
    #[case::nothing_is_left(100, 0, 100)]
    #[case::nothing_goes_back(0, 40, 0)]
    fn what_was_spent_of_a_surplus_is_the_shops_loss(
        #[case] surplus: i64,
        #[case] wallet: i64,
        #[case] lost: i64,
    ) {
        assert_eq!(spent(surplus, wallet), lost);
    }
}
