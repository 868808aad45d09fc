//! When a pretend provider tells us of a payment: as chosen on its page.

use crate::sandbox::knobs::{Fault, Knobs, Rule};

/// How late a late message is, in milliseconds.
const LATE: u64 = 30_000;

/// Pays, and lets what was chosen happen to the event of this payment. Without one the choice is taken
/// back: the next event is another payer's.
pub(super) async fn pay<T, E>(
    knobs: &Knobs,
    event: &str,
    timing: &str,
    payment: impl Future<Output = Result<T, E>>,
) -> Result<T, E> {
    let fault = match timing {
        "twice" => Some(Fault::Duplicate),
        "late" => Some(Fault::Delay { milliseconds: LATE }),
        "never" => Some(Fault::Lose),
        _ => None,
    };
    let chosen = fault.map(|fault| Rule { pattern: event.to_owned(), fault, left: Some(1) });
    if let Some(rule) = &chosen {
        knobs.add(rule.clone());
    }
    let paid = payment.await;
    if let (Err(_), Some(rule)) = (&paid, &chosen) {
        knobs.withdraw(rule);
    }
    paid
}
