//! What happened to an order. The shop writes codes and lines for logs; a person reads words.

use app::components::{StepState, TimelineStep};
use chrono::FixedOffset;
use domain::{
    args,
    entities::tenant::order_event,
    locale::{self, Args, Locale, format},
    money::Money,
    ports::{GatewayError, RefusedWebhook},
    shop::order::difference::Difference,
};

use crate::web::start::currency_name;

pub(super) fn steps(locale: Locale, zone: FixedOffset, events: &[order_event::Model]) -> Vec<TimelineStep> {
    let shown = |event: &order_event::Model| TimelineStep {
        state: state(&event.kind),
        title: title(locale, &event.kind),
        detail: event.detail.as_deref().and_then(|text| detail(locale, &event.kind, text)),
        fix: None,
        at: Some(format::date_time_short(locale, event.at, zone)),
    };
    events.iter().map(shown).collect()
}

fn state(kind: &str) -> StepState {
    match kind {
        "failed" | "mismatch" | "differs" | "illegal_step" | "webhook_refused" | "refund_failed"
        | "refund_no_account" | "refund_given_up" | "second_payment" | "charge_refused"
        | "surplus_was_spent" | "repeat_refused" | "lost" => StepState::Failed,
        _ => StepState::Done,
    }
}

/// A row that a later version wrote has no words here.
fn title(locale: Locale, kind: &str) -> String {
    let own = format!("web-order-event-{}", kind.replace('_', "-"));
    let key = if locale::has(&own) { own.as_str() } else { "web-order-event-other" };
    locale::text(locale, key, &Args::default())
}

/// What a line says besides, where it can be read back.
fn detail(locale: Locale, kind: &str, text: &str) -> Option<String> {
    match kind {
        "differs" => difference(locale, text),
        "illegal_step" => illegal_step(locale, text),
        "webhook_refused" => refused_report(locale, text),
        "refund_failed" | "charge_refused" | "repeat_refused" => Some(refused_refund(locale, text)),
        // A code is Latin in every language.
        "promo" => Some(text.to_owned()),
        _ => Some(format::money(locale, text.parse::<Money>().ok()?)),
    }
}

pub(super) fn difference(locale: Locale, text: &str) -> Option<String> {
    let (key, args) = match text.parse().ok()? {
        Difference::Currency { came, wanted } => {
            let name = |currency| currency_name(locale, currency);
            ("web-order-differs-currency", args!["came" => name(came), "wanted" => name(wanted)])
        }
        Difference::Amount { came, wanted } => {
            ("web-order-differs-amount", args!["came" => came, "wanted" => wanted])
        }
        Difference::Account => ("web-order-differs-account", args![]),
        Difference::Order => ("web-order-differs-order", args![]),
        Difference::Second => ("web-order-differs-second", args![]),
    };
    Some(locale::text(locale, key, &args))
}

fn illegal_step(locale: Locale, text: &str) -> Option<String> {
    let (from, to) = text.split_once(" → ")?;
    let word = |code: &str| {
        let key = format!("web-order-state-{code}");
        locale::has(&key).then(|| locale::text(locale, &key, &args![]))
    };
    let args = args!["from" => word(from)?, "to" => word(to)?];
    Some(locale::text(locale, "web-order-illegal-step", &args))
}

fn refused_report(locale: Locale, text: &str) -> Option<String> {
    use RefusedWebhook::{Account, KeyUnknown, Malformed, Signature, Timestamp};
    let all = [Signature, Timestamp, Malformed, Account, KeyUnknown];
    let key = match all.into_iter().find(|refused| refused.to_string() == text)? {
        Signature => "web-order-report-signature",
        Timestamp => "web-order-report-timestamp",
        Malformed => "web-order-report-malformed",
        Account => "web-order-report-account",
        KeyUnknown => "web-order-report-key-unknown",
    };
    Some(locale::text(locale, key, &args![]))
}

/// A refusal carries the provider's own word, which is shown as it is.
fn refused_refund(locale: Locale, text: &str) -> String {
    if text == GatewayError::NotFound.to_string() {
        return locale::text(locale, "error-order-unknown", &args![]);
    }
    let ours = GatewayError::Refused(String::new()).to_string();
    let word = text.strip_prefix(&ours).unwrap_or(text);
    locale::text(locale, "web-order-provider-said", &args!["word" => word])
}

#[cfg(test)]
mod tests {
    use std::{collections::BTreeSet, fs, path::Path};

    use domain::{entities::tenant::order::OrderState, money::Currency};
    use sea_orm::{ActiveEnum as _, Iterable as _};

    use super::*;

    #[test]
    fn every_kind_of_line_that_a_shop_writes_has_its_words() {
        let mut kinds: BTreeSet<String> = OrderState::iter().map(|state| state.to_value()).collect();
        written(&Path::new(env!("CARGO_MANIFEST_DIR")).join("../domain/src/shop"), &mut kinds);
        assert!(kinds.contains("placed") && kinds.contains("surplus_to_wallet"), "{kinds:?}");
        for kind in kinds {
            let key = format!("web-order-event-{}", kind.replace('_', "-"));
            assert!(locale::has(&key), "{key} is missing");
        }
    }

    /// The words with which `record(tx, order, "…", …)` is called.
    fn written(folder: &Path, kinds: &mut BTreeSet<String>) {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                written(&path, kinds);
                continue;
            }
            let source = fs::read_to_string(&path).unwrap();
            let calls =
                source.split("record(").filter(|call| call.starts_with("tx,") || call.starts_with("&tx,"));
            let kind = |call: &str| Some(call.split(';').next()?.split('"').nth(1)?.to_owned());
            kinds.extend(calls.filter_map(kind));
        }
    }

    #[test]
    fn a_persian_timeline_holds_no_english_word() {
        let money = |minor| Money::new(minor, Currency::Irr);
        let lines = [
            ("placed", None),
            ("refund", Some(money(50_000).to_string())),
            ("illegal_step", Some("provisioned → pending".to_owned())),
            ("webhook_refused", Some(RefusedWebhook::Timestamp.to_string())),
            ("refund_failed", Some(GatewayError::NotFound.to_string())),
            ("differs", Some(Difference::Account.to_string())),
            (
                "differs",
                Some(Difference::Currency { came: Currency::Usd, wanted: Currency::Rub }.to_string()),
            ),
            ("differs", Some(Difference::Amount { came: money(1), wanted: money(2) }.to_string())),
            ("written_by_a_later_version", Some("something else".to_owned())),
        ];
        for (kind, text) in lines {
            let detail = text.as_deref().and_then(|text| detail(Locale::Fa, kind, text));
            let shown = title(Locale::Fa, kind) + detail.as_deref().unwrap_or_default();
            assert!(!shown.bytes().any(|byte| byte.is_ascii_alphabetic()), "{kind}: {shown}");
            let is_ours = kind != "written_by_a_later_version";
            assert_eq!(detail.is_some(), text.is_some() && is_ours, "{kind}");
        }
    }

    #[test]
    fn the_providers_own_word_is_told() {
        let text = GatewayError::Refused("insufficient_funds".into()).to_string();
        let shown = detail(Locale::Ru, "refund_failed", &text).unwrap();
        assert!(shown.contains("insufficient_funds") && !shown.contains("refused"), "{shown}");
    }
}
