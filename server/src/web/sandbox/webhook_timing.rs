//! When a pretend provider tells us of a payment: as chosen on its page.

use crate::sandbox::knobs::{Fault, Knobs};

/// How late a late message is, in milliseconds.
const LATE: u64 = 30_000;

/// Before the payment: sets what happens to its event.
pub(super) fn choose(knobs: &Knobs, event: &str, timing: &str) {
    match timing {
        "twice" => knobs.duplicate_next(event, 1),
        "late" => knobs.set(event, Fault::Delay { milliseconds: LATE }, Some(1)),
        "never" => knobs.lose_next(event, 1),
        _ => {}
    }
}
