//! When the pretend Stripe tells us of a payment: as chosen on its page.

use std::time::Duration;

use crate::{sandbox::stripe::StripeEmulator, state::AppState};

/// The event that the payment makes.
const EVENT: &str = "checkout.session.completed";
const LATE: Duration = Duration::from_secs(30);

/// Before the payment: sets what happens to its event.
pub(super) fn choose(stripe: &StripeEmulator, timing: &str) {
    let pattern = format!("webhook:{EVENT}");
    match timing {
        "twice" => stripe.knobs().duplicate_next(&pattern, 1),
        "late" | "never" => stripe.knobs().lose_next(&pattern, 1),
        _ => {}
    }
}

/// After the payment: a late event is sent again half a minute later.
pub(super) fn follow(state: &AppState, stripe: &StripeEmulator, timing: &str, session: &str) {
    let of_session =
        |event: &serde_json::Value| event["type"] == EVENT && event["data"]["object"]["id"] == session;
    let event = stripe.events().into_iter().rev().find(of_session);
    let id = event.as_ref().and_then(|event| event["id"].as_str()).map(str::to_owned);
    if let ("late", Some(id)) = (timing, id) {
        let (stripe, stopping) = (stripe.clone(), state.stopping.clone());
        state.tasks.spawn(async move {
            if stopping.run_until_cancelled(tokio::time::sleep(LATE)).await.is_some() {
                stripe.resend(&id);
            }
        });
    }
}
