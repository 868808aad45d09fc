//! When mail goes.

use crate::{
    entities::tenant::{mail_address::MailWhen, notification::NotificationState},
    ports::Notice,
};

/// Whether mail goes, after what became of the message at Telegram.
pub const fn goes(comes: MailWhen, told: NotificationState) -> bool {
    match (comes, told) {
        (MailWhen::Never, _) => false,
        // It has not had its turn, or nobody wants it by any way.
        (_, NotificationState::Waiting | NotificationState::Suppressed) => false,
        (MailWhen::Always, _) => true,
        (MailWhen::Instead, NotificationState::Sent) => false,
        // Telegram did not say whether it has it, and is not asked again: mail is the surer way.
        (
            MailWhen::Instead,
            NotificationState::Unreachable | NotificationState::Failed | NotificationState::Unknown,
        ) => true,
    }
}

/// Whether it is for a user at all: what the shop's owner and people are told is not mailed.
pub const fn is_for_users(notice: &Notice) -> bool {
    !matches!(
        notice,
        Notice::ReceiptSent { .. }
            | Notice::TicketWritten { .. }
            | Notice::GateLost { .. }
            | Notice::DailyReport { .. }
            | Notice::ShopLive { .. }
    )
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::*;

    #[rstest]
    #[case::not_sent_yet(NotificationState::Waiting, [false, false, false])]
    #[case::nobody_wants_it(NotificationState::Suppressed, [false, false, false])]
    #[case::told(NotificationState::Sent, [false, true, false])]
    #[case::blocked(NotificationState::Unreachable, [true, true, false])]
    #[case::perhaps_told(NotificationState::Unknown, [true, true, false])]
    #[case::chat_or_bot_gone(NotificationState::Failed, [true, true, false])]
    fn mail_goes_as_its_reader_chose(#[case] told: NotificationState, #[case] expected: [bool; 3]) {
        assert_eq!(MailWhen::ALL.map(|comes| goes(comes, told)), expected);
    }
}
