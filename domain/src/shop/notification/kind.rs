//! The eight kinds of messages, each of which a shop and its users can switch off.

use crate::ports::Notice;

/// SPEC §3, "Notifications".
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum NoticeKind {
    TrialStarted,
    TrialEnding,
    Expiring,
    Expired,
    PaymentSucceeded,
    PaymentFailed,
    ReferralBonus,
    Traffic,
}

impl NoticeKind {
    pub const ALL: [Self; 8] = [
        Self::TrialStarted,
        Self::TrialEnding,
        Self::Expiring,
        Self::Expired,
        Self::PaymentSucceeded,
        Self::PaymentFailed,
        Self::ReferralBonus,
        Self::Traffic,
    ];

    /// Its name in settings and buttons.
    pub fn code(self) -> &'static str {
        match self {
            Self::TrialStarted => "trial_started",
            Self::TrialEnding => "trial_ending",
            Self::Expiring => "expiring",
            Self::Expired => "expired",
            Self::PaymentSucceeded => "payment_ok",
            Self::PaymentFailed => "payment_failed",
            Self::ReferralBonus => "referral",
            Self::Traffic => "traffic",
        }
    }

    pub fn from_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.code() == code)
    }

    /// Whether it waits for the shop's hours. What became of somebody's money is told at once.
    pub fn waits_for_its_hour(self) -> bool {
        !matches!(self, Self::TrialStarted | Self::PaymentSucceeded | Self::PaymentFailed)
    }

    /// Of which kind a notice is. `None`: an answer that nobody can do without, such as a refund, or one
    /// to the owner.
    pub fn of(notice: &Notice) -> Option<Self> {
        match notice {
            Notice::TrialProvisioned { .. } => Some(Self::TrialStarted),
            Notice::TrialEnding { .. } => Some(Self::TrialEnding),
            Notice::Expiring { .. } => Some(Self::Expiring),
            Notice::Expired { .. } => Some(Self::Expired),
            Notice::OrderProvisioned { .. } => Some(Self::PaymentSucceeded),
            Notice::PaymentFailed { .. } | Notice::RenewalFailed { .. } => Some(Self::PaymentFailed),
            Notice::TrafficUsed { .. } => Some(Self::Traffic),
            _ => None,
        }
    }
}
