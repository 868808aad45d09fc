//! When a pretend provider tells us of a payment: as chosen on its page.

use crate::sandbox::knobs::{Fault, Knobs, Rule};

/// How late a late message is, in milliseconds.
const LATE: u64 = 30_000;

/// Before the payment: sets what happens to its event, and gives what was set.
pub(super) fn choose(knobs: &Knobs, event: &str, timing: &str) -> Option<Rule> {
    let fault = match timing {
        "twice" => Fault::Duplicate,
        "late" => Fault::Delay { milliseconds: LATE },
        "never" => Fault::Lose,
        _ => return None,
    };
    let rule = Rule { pattern: event.to_owned(), fault, left: Some(1) };
    knobs.add(rule.clone());
    Some(rule)
}
