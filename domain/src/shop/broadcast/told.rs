//! What Telegram's answers in one run come to.

use std::time::Duration;

use super::send::AT_ONCE;
use crate::{entities::tenant::broadcast::Halt, ports::Posted};

/// After something of which the end is unknown: among others that arrived, and when nothing did.
const DOUBT: Duration = Duration::from_secs(1);
const SILENCE: Duration = Duration::from_secs(15);

/// What Telegram's answers in this run come to.
#[derive(Debug, Default)]
pub(super) struct Told {
    pub sent: usize,
    pub refused: usize,
    /// Nothing more before that.
    pub wait: Option<Duration>,
    /// The end of something is unknown.
    pub doubt: bool,
    pub no_bot: bool,
}

impl Told {
    pub fn hear(&mut self, posted: &Posted) {
        match posted {
            Posted::Sent(_) | Posted::Blocked(_) => self.sent += 1,
            Posted::Refused(_) => self.refused += 1,
            Posted::Unknown(_) => self.doubt = true,
            Posted::Later(wait) => self.wait = self.wait.max(Some(*wait)),
            Posted::NoBot => self.no_bot = true,
        }
    }

    pub fn may_go_on(&self) -> bool {
        self.wait.is_none() && !self.doubt && self.halt().is_none()
    }

    /// What only a person can mend. A text that Telegram takes from nobody would be lost on all.
    pub fn halt(&self) -> Option<Halt> {
        match () {
            () if self.no_bot => Some(Halt::Bot),
            () if self.refused >= AT_ONCE && self.sent == 0 => Some(Halt::Refused),
            () => None,
        }
    }

    pub fn pause(&self) -> Duration {
        let doubt = self.doubt.then_some(if self.sent == 0 { SILENCE } else { DOUBT });
        self.wait.max(doubt).unwrap_or_default()
    }
}
