//! The kinds of messages that a shop and its users can switch off: seven of the eight of SPEC §3, and two
//! more. The eighth, that the trial has begun, brings the link that was asked for: like the first link of a purchase it always comes.

use crate::ports::Notice;

/// SPEC §3, "Notifications", and what is sent besides.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum NoticeKind {
    TrialEnding,
    Expiring,
    Expired,
    PaymentSucceeded,
    PaymentFailed,
    ReferralBonus,
    Traffic,
    RenewalAhead,
    WinBack,
}

impl NoticeKind {
    pub const ALL: [Self; 9] = [
        Self::TrialEnding,
        Self::Expiring,
        Self::Expired,
        Self::PaymentSucceeded,
        Self::PaymentFailed,
        Self::ReferralBonus,
        Self::Traffic,
        Self::RenewalAhead,
        Self::WinBack,
    ];

    /// Its name in settings, in buttons, and in the keys of the texts that name it.
    pub fn code(self) -> &'static str {
        match self {
            Self::TrialEnding => "trial-ending",
            Self::Expiring => "expiring",
            Self::Expired => "expired",
            Self::PaymentSucceeded => "payment-ok",
            Self::PaymentFailed => "payment-failed",
            Self::ReferralBonus => "referral",
            Self::Traffic => "traffic",
            Self::RenewalAhead => "renewal-ahead",
            Self::WinBack => "win-back",
        }
    }

    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.code() == code)
    }

    /// Whether a shop sends it without having said so. What only sells has to be asked for.
    pub fn is_on_at_first(self) -> bool {
        self != Self::WinBack
    }

    /// Whether it waits for the shop's hours. What became of somebody's money is told at once.
    pub fn waits_for_its_hour(self) -> bool {
        !matches!(self, Self::PaymentSucceeded | Self::PaymentFailed)
    }

    /// Of which kind a notice is. `None`: an answer that nobody can do without, such as a refund, or one
    /// to the owner.
    pub fn of(notice: &Notice) -> Option<Self> {
        match notice {
            Notice::TrialEnding { .. } => Some(Self::TrialEnding),
            Notice::Expiring { .. } => Some(Self::Expiring),
            Notice::Expired { .. } => Some(Self::Expired),
            Notice::OrderProvisioned { .. } => Some(Self::PaymentSucceeded),
            Notice::PaymentFailed { .. } | Notice::RenewalFailed { .. } => Some(Self::PaymentFailed),
            Notice::ReferralBonus { .. } => Some(Self::ReferralBonus),
            Notice::TrafficUsed { .. } => Some(Self::Traffic),
            Notice::RenewalAhead { .. } => Some(Self::RenewalAhead),
            Notice::WinBack { .. } => Some(Self::WinBack),
            _ => None,
        }
    }
}
