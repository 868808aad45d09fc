//! `/sandbox/faults`: turns the knobs of the emulators, so that people see what their buyers would.

use app::{
    FormState,
    context::FieldError,
    pages::sandbox::{Emulator, EmulatorFaults, FaultKind, FaultsPage, SetFault},
};
use axum::extract::State;
use domain::{
    args,
    clock::Clock as _,
    locale::{digits, format},
};
use serde_json::{Value, json};

use crate::{
    sandbox::{
        hosted::HostedPayments as _,
        knobs::{Fault, Knobs, Rule},
    },
    state::AppState,
    web::{
        PageRequest, Post, WebError, WebResult,
        guard::{Person, SignedIn, zone_of},
    },
};

const FIELDS: [&str; 5] = ["emulator", "fault", "pattern", "times", "seconds"];
const MOST_TIMES: u64 = 1000;
/// Longer than any of our time-outs.
const MOST_SECONDS: u64 = 120;

pub async fn get(State(state): State<AppState>, who: SignedIn, page: PageRequest) -> WebResult {
    let shown = |emulator| {
        let faults = knobs(&state, &who.0, emulator)?.rules().iter().map(shown_rule).collect();
        Some(EmulatorFaults { emulator, faults })
    };
    let emulators = Emulator::ALL.into_iter().filter_map(shown).collect();
    let form = page.form_or(|| {
        FormState::filled([("fault", "down"), ("pattern", "*"), ("times", "1"), ("seconds", "10")])
    });
    let now = state.master().platform_clock().now();
    let platform_time = format::date_time(page.locale(), now, zone_of(who.0.tenant.as_ref()));
    page.show(FaultsPage { form, emulators, platform_time })
}

pub async fn post(State(state): State<AppState>, who: SignedIn, post: Post) -> WebResult {
    let emulator = Emulator::from_code(post.field("emulator")).ok_or(WebError::NotFound)?;
    let knobs = knobs(&state, &who.0, emulator).ok_or(WebError::NotFound)?;
    if post.act() == "clear" {
        knobs.clear();
        return Ok(post.done("/sandbox/faults", "web-flash-faults-cleared", &args![]));
    }
    match typed(&post, emulator) {
        Ok(Rule { pattern, fault, left }) => {
            knobs.set(&pattern, fault, left);
            Ok(post.done("/sandbox/faults", "web-flash-fault-set", &args![]))
        }
        Err(errors) => Ok(post.refused(&FIELDS, errors)),
    }
}

/// Each shop has a panel of its own, made when the wizard connects it; the others are everybody's.
fn knobs(state: &AppState, person: &Person, emulator: Emulator) -> Option<Knobs> {
    let sandbox = state.sandbox.as_ref()?;
    match emulator {
        Emulator::Telegram => Some(sandbox.telegram.knobs().clone()),
        Emulator::Panel => sandbox.marzban.knobs(&person.tenant.as_ref()?.id.to_string()),
        Emulator::Stripe => Some(sandbox.stripe.knobs().clone()),
        Emulator::Bank => Some(sandbox.card.knobs().clone()),
        Emulator::YooKassa => Some(sandbox.yookassa.knobs().clone()),
        Emulator::CryptoPay => Some(sandbox.cryptopay.knobs().clone()),
        Emulator::Wata => Some(sandbox.wata.knobs().clone()),
        Emulator::Mail => Some(sandbox.mailbox.knobs().clone()),
    }
}

fn typed(post: &Post, emulator: Emulator) -> Result<Rule, Vec<FieldError>> {
    let mut errors = Vec::new();
    let mut number = |field: &'static str, most: u64, blank: Option<u64>| -> Option<u64> {
        let Some(text) = post.optional(field) else { return blank };
        let number = digits::western(text).parse().ok().filter(|number| (1..=most).contains(number));
        if number.is_none() {
            let most = i64::try_from(most).unwrap_or(i64::MAX);
            let range = args!["min" => 1, "max" => most];
            errors.push(post.error(field, "error-number-range", &range));
        }
        number
    };
    let times = number("times", MOST_TIMES, None);
    let seconds = number("seconds", MOST_SECONDS, Some(10)).unwrap_or_default();
    let fault = match FaultKind::from_code(post.field("fault")) {
        Some(FaultKind::Down) => Some(Fault::Down),
        Some(FaultKind::Fail) => Some(Fault::Fail { status: 500, body: failure(emulator) }),
        Some(FaultKind::Delay) => Some(Fault::Delay { milliseconds: seconds * 1000 }),
        Some(FaultKind::LoseAnswer) => Some(Fault::LoseAnswer),
        Some(FaultKind::Duplicate) => Some(Fault::Duplicate),
        Some(FaultKind::Reorder) => Some(Fault::Reorder),
        Some(FaultKind::Lose) => Some(Fault::Lose),
        None => None,
    };
    match fault {
        Some(fault) if errors.is_empty() => Ok(Rule {
            pattern: post.optional("pattern").unwrap_or("*").to_owned(),
            fault,
            left: times.and_then(|times| u32::try_from(times).ok()),
        }),
        Some(_) => Err(errors),
        None => {
            errors.push(post.error("fault", "error-choice", &args![]));
            Err(errors)
        }
    }
}

/// The body of a 500, in the words of whose part is played.
fn failure(emulator: Emulator) -> Value {
    match emulator {
        Emulator::Telegram => {
            json!({ "ok": false, "error_code": 500, "description": "Internal Server Error" })
        }
        Emulator::Panel => json!("Internal Server Error"),
        Emulator::Stripe => {
            json!({ "error": { "type": "api_error", "message": "An unknown error occurred" } })
        }
        Emulator::YooKassa => {
            json!({ "type": "error", "code": "internal_server_error", "description": "Try again later" })
        }
        Emulator::CryptoPay => json!({ "ok": false, "error": { "code": 500, "name": "INTERNAL" } }),
        Emulator::Mail => json!({ "reply": "451 4.3.0 Try again later" }),
        Emulator::Bank | Emulator::Wata => Value::Null,
    }
}

fn shown_rule(rule: &Rule) -> SetFault {
    let kind = match rule.fault {
        Fault::Down => FaultKind::Down,
        Fault::Fail { .. } => FaultKind::Fail,
        Fault::Delay { .. } => FaultKind::Delay,
        Fault::LoseAnswer => FaultKind::LoseAnswer,
        Fault::Duplicate => FaultKind::Duplicate,
        Fault::Reorder => FaultKind::Reorder,
        Fault::Lose => FaultKind::Lose,
    };
    SetFault { kind, pattern: rule.pattern.clone(), left: rule.left.map(i64::from) }
}
