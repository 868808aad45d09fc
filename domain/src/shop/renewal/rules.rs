//! When a subscription is renewed by itself, for how much and from what.

use chrono::Duration;

use crate::{entities::tenant::order::OrderState, money::Money};

/// How long before the end each try may be made.
const TRIES: [Duration; 3] = [Duration::hours(24), Duration::hours(6), Duration::hours(1)];

/// A first try that could not be made in time, because nobody worked, is made so long after the end.
pub const LATE: Duration = Duration::hours(24);

/// From when on before the end a subscription is looked at.
pub const EARLY: Duration = TRIES[0];

/// Until when before the end somebody who stands at a payment page is left alone.
const LAST_CALL: Duration = TRIES[2];

/// Whether it is time for the try after `tries` of them, so long before the end.
pub fn is_due(tries: i32, left: Duration) -> bool {
    let next = usize::try_from(tries).ok().and_then(|tries| TRIES.get(tries));
    let not_before = if tries == 0 { -LATE } else { Duration::zero() };
    next.is_some_and(|before| left <= *before) && left > not_before
}

/// Whether to wait for somebody who is about to renew by hand.
pub fn waits_for_hand(left: Duration) -> bool {
    left > LAST_CALL
}

/// Whether another try cannot charge twice: the one before is known to have failed, or nobody was ever
/// asked to charge for it. What has merely run out may still be paid while it is looked after.
pub fn is_over(state: OrderState, was_asked: bool, is_looked_after: bool) -> bool {
    state == OrderState::Failed || (state == OrderState::Expired && !(was_asked && is_looked_after))
}

/// What a plan costs beside what its user agreed to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Terms {
    /// This much.
    Charge(Money),
    /// Nobody agreed to that.
    Rose(Money),
    /// It is not on sale, or not in that currency.
    Gone,
}

/// `present` is the price in the currency of the agreement, if the plan is on sale.
pub fn terms(agreed: Money, present: Option<Money>) -> Terms {
    match present {
        None => Terms::Gone,
        Some(price) if price.minor > agreed.minor => Terms::Rose(price),
        Some(price) => Terms::Charge(price),
    }
}

/// What pays.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Source {
    Wallet,
    Saved,
    Nothing,
}

/// The wallet when it covers the price, else what was saved. `wallet` is `None` where wallets do not pay.
pub fn source(price: Money, wallet: Option<Money>, has_saved: bool) -> Source {
    match wallet {
        Some(there) if there.currency == price.currency && there.minor >= price.minor => Source::Wallet,
        _ if has_saved => Source::Saved,
        _ => Source::Nothing,
    }
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::*;
    use crate::money::Currency;

    #[rstest]
    #[case::too_early(0, 25 * 60, false)]
    #[case::a_day_before(0, 24 * 60, true)]
    #[case::nobody_worked_until_it_had_ended(0, -23 * 60, true)]
    #[case::long_over(0, -24 * 60, false)]
    #[case::the_second_waits(1, 6 * 60 + 1, false)]
    #[case::the_second(1, 6 * 60, true)]
    #[case::the_third(2, 60, true)]
    #[case::tries_end_with_the_time(2, 0, false)]
    #[case::then_it_is_left(3, 30, false)]
    fn there_are_three_tries_before_the_end(#[case] tries: i32, #[case] minutes: i64, #[case] due: bool) {
        assert_eq!(is_due(tries, Duration::minutes(minutes)), due);
    }

    #[rstest]
    #[case(OrderState::Failed, true, true, true)]
    #[case(OrderState::Expired, false, true, true)]
    #[case::it_may_be_paid_yet(OrderState::Expired, true, true, false)]
    #[case::nobody_waits_for_it(OrderState::Expired, true, false, true)]
    #[case(OrderState::New, false, true, false)]
    #[case(OrderState::Pending, true, true, false)]
    #[case(OrderState::Paid, true, true, false)]
    #[case(OrderState::Mismatch, true, true, false)]
    #[case(OrderState::Refunded, true, true, false)]
    fn nothing_is_tried_again_that_may_have_charged(
        #[case] state: OrderState,
        #[case] was_asked: bool,
        #[case] is_looked_after: bool,
        #[case] over: bool,
    ) {
        assert_eq!(is_over(state, was_asked, is_looked_after), over);
    }

    const fn rub(minor: i64) -> Money {
        Money::new(minor, Currency::Rub)
    }

    #[rstest]
    #[case::as_agreed(Some(rub(299)), Terms::Charge(rub(299)))]
    #[case::cheaper(Some(rub(199)), Terms::Charge(rub(199)))]
    #[case::dearer(Some(rub(300)), Terms::Rose(rub(300)))]
    #[case::not_sold(None, Terms::Gone)]
    fn no_more_is_charged_than_was_agreed(#[case] present: Option<Money>, #[case] expected: Terms) {
        assert_eq!(terms(rub(299), present), expected);
    }

    #[rstest]
    #[case::the_wallet_first(Some(rub(299)), true, Source::Wallet)]
    #[case::it_does_not_cover_it(Some(rub(298)), true, Source::Saved)]
    #[case::other_money(Some(Money::new(299, Currency::Usd)), true, Source::Saved)]
    #[case::wallets_do_not_pay(None, true, Source::Saved)]
    #[case::nothing_there(Some(rub(298)), false, Source::Nothing)]
    fn the_wallet_pays_before_what_was_saved(
        #[case] wallet: Option<Money>,
        #[case] has_saved: bool,
        #[case] expected: Source,
    ) {
        assert_eq!(source(rub(299), wallet, has_saved), expected);
    }
}
