//! How much a user may ask at once.

use crate::entities::tenant::ticket::TicketState;

/// Tickets of a user that are not closed.
pub const OPEN_AT_MOST: u64 = 3;
/// Messages of a user within an hour.
pub const PER_HOUR: u64 = 20;
/// The characters of an answer: with what stands around it one message at Telegram.
pub const LONGEST: usize = 3_000;
/// The bytes of a file: larger ones Telegram gives to no bot
/// (<https://core.telegram.org/bots/api#getfile>).
pub const LARGEST: u64 = 20 * 1024 * 1024;
pub const STARS: std::ops::RangeInclusive<i32> = 1..=5;

/// Why nothing more is taken for now.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Limit {
    /// So many tickets are open.
    Open,
    /// So many messages came within the hour.
    Hour,
}

/// What stands against one more message, when the user's other tickets that are not closed are `open`
/// and `lately` messages came within the hour. `from` is the ticket's state; `None` when it is new.
pub fn limit(from: Option<TicketState>, open: u64, lately: u64) -> Option<Limit> {
    let opens = matches!(from, None | Some(TicketState::Closed));
    match () {
        () if opens && open >= OPEN_AT_MOST => Some(Limit::Open),
        () if lately >= PER_HOUR => Some(Limit::Hour),
        () => None,
    }
}

/// Whether the user can say how it was.
pub fn can_rate(state: TicketState, rating: Option<i32>) -> bool {
    state == TicketState::Closed && rating.is_none()
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::*;

    #[rstest]
    #[case::a_first_one(None, 0, 0, None)]
    #[case::one_too_many(None, 3, 0, Some(Limit::Open))]
    #[case::reopening_is_opening(Some(TicketState::Closed), 3, 0, Some(Limit::Open))]
    #[case::whoever_is_answered_may_go_on(Some(TicketState::Answered), 3, 19, None)]
    #[case::but_not_for_ever(Some(TicketState::Waiting), 1, 20, Some(Limit::Hour))]
    fn a_user_asks_so_much_at_once(
        #[case] from: Option<TicketState>,
        #[case] open: u64,
        #[case] lately: u64,
        #[case] expected: Option<Limit>,
    ) {
        assert_eq!(limit(from, open, lately), expected);
    }

    #[test]
    fn a_closed_ticket_is_rated_once() {
        assert!(can_rate(TicketState::Closed, None));
        assert!(!can_rate(TicketState::Closed, Some(5)));
        assert!(!can_rate(TicketState::Answered, None));
    }
}
