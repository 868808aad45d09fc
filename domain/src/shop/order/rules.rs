//! The order's states as a table. An illegal step is an error, a repeated one changes nothing.

use crate::entities::tenant::order::OrderState::{
    self, Disputed, Expired, Failed, Lost, Mismatch, New, Paid, Pending, Provisioned, Refunded, Won,
};

/// What a wanted step comes to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Step {
    /// The order moves.
    Moves,
    /// The order is there already, or further: nothing to do.
    Already,
    /// The order must not go there.
    Illegal,
}

/// Whether somebody may still pay in time.
pub const fn is_open(state: OrderState) -> bool {
    matches!(state, New | Pending)
}

/// Whether an order in `from` may go to `to`. A payment that arrives after the order was given up is
/// still a payment: the money has moved, so the order becomes paid.
pub fn step(from: OrderState, to: OrderState) -> Step {
    match (from, to) {
        (from, to) if from == to => Step::Already,
        (New, Pending | Failed | Expired) | (Pending, Failed | Expired) => Step::Moves,
        (New | Pending | Failed | Expired, Paid | Mismatch) => Step::Moves,
        (Paid, Provisioned) => Step::Moves,
        (Paid | Provisioned, Refunded | Disputed | Won | Lost)
        | (Disputed, Refunded | Won | Lost)
        | (Won, Refunded | Disputed | Lost) => Step::Moves,
        (Paid | Provisioned | Mismatch, New | Pending | Failed | Expired) | (Provisioned, Paid) => {
            Step::Already
        }
        // What was known before is no news about money that went back.
        (Refunded | Disputed | Won | Lost, New | Pending | Failed | Expired | Paid | Provisioned)
        | (Lost, Disputed | Refunded)
        | (Refunded, Disputed | Won) => Step::Already,
        (Failed | Expired, New | Pending) => Step::Already,
        _ => Step::Illegal,
    }
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::*;

    #[test]
    fn an_order_can_be_paid_in_time_until_it_is_paid_or_given_up() {
        use sea_orm::Iterable as _;
        let open: Vec<_> = OrderState::iter().filter(|state| is_open(*state)).collect();
        assert_eq!(open, [New, Pending]);
    }

    #[rstest]
    #[case(New, Pending, Step::Moves)]
    #[case(Pending, Paid, Step::Moves)]
    #[case(Paid, Provisioned, Step::Moves)]
    // A webhook that was never delivered, or came before our own bookkeeping.
    #[case(New, Paid, Step::Moves)]
    // Late, but the money has moved.
    #[case(Expired, Paid, Step::Moves)]
    #[case(Failed, Paid, Step::Moves)]
    #[case(Pending, Mismatch, Step::Moves)]
    // Told twice, or out of order.
    #[case(Paid, Paid, Step::Already)]
    #[case(Provisioned, Paid, Step::Already)]
    #[case(Paid, Pending, Step::Already)]
    #[case(Provisioned, Expired, Step::Already)]
    #[case(Paid, Failed, Step::Already)]
    #[case(Expired, Pending, Step::Already)]
    #[case(Provisioned, Refunded, Step::Moves)]
    #[case(Paid, Refunded, Step::Moves)]
    #[case(Provisioned, Disputed, Step::Moves)]
    #[case(Disputed, Won, Step::Moves)]
    #[case(Disputed, Lost, Step::Moves)]
    // The report of the dispute's beginning was lost.
    #[case(Provisioned, Lost, Step::Moves)]
    #[case(Refunded, Paid, Step::Already)]
    #[case(Lost, Disputed, Step::Already)]
    #[case(Won, Provisioned, Step::Already)]
    // Money that we do not have.
    #[case(Pending, Refunded, Step::Illegal)]
    #[case(Pending, Lost, Step::Illegal)]
    #[case(Mismatch, Refunded, Step::Illegal)]
    #[case(Refunded, Lost, Step::Illegal)]
    // Never without a person.
    #[case(Mismatch, Paid, Step::Illegal)]
    #[case(Mismatch, Provisioned, Step::Illegal)]
    #[case(New, Provisioned, Step::Illegal)]
    #[case(Pending, Provisioned, Step::Illegal)]
    #[case(Paid, Mismatch, Step::Illegal)]
    fn orders_move_only_forward(#[case] from: OrderState, #[case] to: OrderState, #[case] expected: Step) {
        assert_eq!(step(from, to), expected);
    }
}
