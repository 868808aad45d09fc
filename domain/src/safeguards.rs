//! The parts of the money's way that the prover switches off one by one, to show that it would notice.
//! Only the tests of this crate can; in every other build there is no switch, and [`is_off`] is false.

/// A part without which money or days would be lost or given twice.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Safeguard {
    /// An event of a provider is kept once.
    InboxUniqueness,
    /// The event and its job are one commit.
    SameTransactionEnqueue,
    /// The panel is told an end, not a number of days.
    #[cfg(test)]
    AbsoluteTarget,
    /// What the panel holds is read and compared.
    ReadBack,
    /// Open payments are looked at without waiting for a webhook.
    Reconciler,
}

#[cfg(not(test))]
pub(crate) const fn is_off(_: Safeguard) -> bool {
    false
}

#[cfg(test)]
pub(crate) use switches::{is_off, switch_off};

#[cfg(test)]
mod switches {
    use std::cell::Cell;

    use super::Safeguard;

    thread_local! {
        static OFF: Cell<Option<Safeguard>> = const { Cell::new(None) };
    }

    pub(crate) fn is_off(safeguard: Safeguard) -> bool {
        OFF.get() == Some(safeguard)
    }

    /// For everything that this thread runs from now on.
    pub(crate) fn switch_off(safeguard: Option<Safeguard>) {
        OFF.set(safeguard);
    }
}
