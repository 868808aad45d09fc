//! When a receipt is taken, and what can be decided about one, as tables.

use crate::entities::tenant::{
    order::OrderState::{self, Expired, Failed, New, Pending},
    receipt::ReceiptState::{self, Approved, Rejected, Waiting},
};

/// Receipts of one order that are looked at; whoever sends more in vain needs a person.
pub const REJECTED_AT_MOST: usize = 3;

/// What becomes of a receipt that is sent now.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sending {
    Taken,
    /// One is being looked at.
    Waits,
    /// Too many were rejected.
    TooMany,
    /// The order is paid, or a person has it in hand.
    Closed,
}

/// A transfer that comes after the order ran out is a transfer all the same: somebody looks at it.
pub fn sending(order: OrderState, earlier: &[ReceiptState]) -> Sending {
    if !matches!(order, New | Pending | Expired | Failed) || earlier.contains(&Approved) {
        return Sending::Closed;
    }
    if earlier.contains(&Waiting) {
        return Sending::Waits;
    }
    match earlier.iter().filter(|state| **state == Rejected).count() < REJECTED_AT_MOST {
        true => Sending::Taken,
        false => Sending::TooMany,
    }
}

/// What staff wants.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Wanted {
    Approve,
    /// The money was found after the receipt had been rejected.
    ApproveAfterAll,
    Reject,
}

/// What it comes to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    Moves,
    /// Decided before, whichever way: whoever comes second is told by whom.
    Decided,
    /// Another receipt of the order has taken its place, or the order is not open any more.
    Overtaken,
}

/// `others` are the order's other receipts.
pub fn verdict(order: OrderState, receipt: ReceiptState, others: &[ReceiptState], wanted: Wanted) -> Verdict {
    let is_open = matches!(order, New | Pending | Expired | Failed);
    match (receipt, wanted) {
        (Waiting, Wanted::Approve | Wanted::ApproveAfterAll) if !is_open => Verdict::Overtaken,
        (Waiting, _) => Verdict::Moves,
        (Rejected, Wanted::ApproveAfterAll) => {
            match is_open && others.iter().all(|state| *state == Rejected) {
                true => Verdict::Moves,
                false => Verdict::Overtaken,
            }
        }
        (Approved, _) | (Rejected, Wanted::Approve | Wanted::Reject) => Verdict::Decided,
    }
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::*;
    use crate::entities::tenant::order::OrderState::{Disputed, Mismatch, Paid, Provisioned, Refunded};

    #[rstest]
    #[case::first(Pending, &[], Sending::Taken)]
    #[case::before_the_card_was_shown(New, &[], Sending::Taken)]
    #[case::late(Expired, &[], Sending::Taken)]
    #[case::another_after_a_rejected_one(Pending, &[Rejected], Sending::Taken)]
    #[case::the_last_one(Expired, &[Rejected, Rejected], Sending::Taken)]
    #[case::too_many(Pending, &[Rejected, Rejected, Rejected], Sending::TooMany)]
    #[case::while_one_waits(Pending, &[Rejected, Waiting], Sending::Waits)]
    #[case::the_third_waits(Expired, &[Rejected, Rejected, Waiting], Sending::Waits)]
    #[case::approved(Pending, &[Approved], Sending::Closed)]
    #[case::paid(Paid, &[Approved], Sending::Closed)]
    #[case::delivered(Provisioned, &[], Sending::Closed)]
    #[case::with_a_person(Mismatch, &[Approved], Sending::Closed)]
    #[case::paid_back(Refunded, &[Rejected], Sending::Closed)]
    fn a_receipt_is_taken_while_money_may_have_moved(
        #[case] order: OrderState,
        #[case] earlier: &[ReceiptState],
        #[case] expected: Sending,
    ) {
        assert_eq!(sending(order, earlier), expected);
    }

    #[rstest]
    #[case::approved(Pending, Waiting, &[], Wanted::Approve, Verdict::Moves)]
    #[case::rejected(Pending, Waiting, &[Rejected], Wanted::Reject, Verdict::Moves)]
    #[case::late(Expired, Waiting, &[], Wanted::Approve, Verdict::Moves)]
    #[case::approved_twice(Paid, Approved, &[], Wanted::Approve, Verdict::Decided)]
    #[case::approved_and_then_rejected(Provisioned, Approved, &[], Wanted::Reject, Verdict::Decided)]
    #[case::rejected_and_then_approved(Pending, Rejected, &[], Wanted::Approve, Verdict::Decided)]
    #[case::rejected_twice(Pending, Rejected, &[], Wanted::Reject, Verdict::Decided)]
    #[case::approved_after_all(Pending, Rejected, &[Rejected], Wanted::ApproveAfterAll, Verdict::Moves)]
    #[case::after_all_and_late(Expired, Rejected, &[], Wanted::ApproveAfterAll, Verdict::Moves)]
    #[case::another_one_waits(Pending, Rejected, &[Waiting], Wanted::ApproveAfterAll, Verdict::Overtaken)]
    #[case::another_one_was_approved(Paid, Rejected, &[Approved], Wanted::ApproveAfterAll, Verdict::Overtaken)]
    #[case::with_a_person(Mismatch, Rejected, &[Approved], Wanted::ApproveAfterAll, Verdict::Overtaken)]
    #[case::settled_otherwise(Disputed, Waiting, &[], Wanted::Approve, Verdict::Overtaken)]
    #[case::and_put_aside(Disputed, Waiting, &[], Wanted::Reject, Verdict::Moves)]
    fn a_receipt_is_decided_once(
        #[case] order: OrderState,
        #[case] receipt: ReceiptState,
        #[case] others: &[ReceiptState],
        #[case] wanted: Wanted,
        #[case] expected: Verdict,
    ) {
        assert_eq!(verdict(order, receipt, others, wanted), expected);
    }
}
