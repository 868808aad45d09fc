//! A code as its form holds it, read and filled.

use app::FormState;
use chrono::{DateTime, Days as Calendar, FixedOffset, NaiveDate, NaiveTime, Utc};
use domain::{
    locale::digits,
    money::Currency,
    shop::promo::{
        rules::Effect,
        service::{Listed, NewPromo},
    },
    units::{Bytes, Days},
};

use super::Sale;
use crate::web::Post;

/// A field and why it cannot be read.
type Wrong = (&'static str, &'static str);

/// What was typed, or what cannot be read of it.
pub(super) fn typed(post: &Post, sale: &Sale, zone: FixedOffset) -> Result<NewPromo, Vec<Wrong>> {
    let mut wrong: Vec<Wrong> = Vec::new();
    let effect = effect(post).map_err(|why| wrong.push(("value", why))).ok();
    let mut number = |field: &'static str| {
        let read = post.optional(field).map(digits::parse_number);
        if matches!(read, Some(None | Some(..=0))) {
            wrong.push((field, "error-promo-limit"));
        }
        read.flatten()
    };
    let (max_uses, per_user) = (number("max_uses"), number("per_user"));
    let mut day = |field: &'static str| {
        let read = post.optional(field).map(|text| digits::western(text).parse::<NaiveDate>());
        if matches!(read, Some(Err(_))) {
            wrong.push((field, "error-promo-day"));
        }
        read.and_then(Result::ok)
    };
    let (from, until) = (day("valid_from"), day("valid_until"));
    // The last day counts whole.
    let until = until.and_then(|until| until.checked_add_days(Calendar::new(1)));
    let Some(effect) = effect.filter(|_| wrong.is_empty()) else { return Err(wrong) };
    let plans = sale.plans().filter(|(field, _)| !post.field(field).is_empty());
    Ok(NewPromo {
        code: post.field("code").to_owned(),
        effect,
        plans: plans.map(|(_, offer)| offer.plan.id).collect(),
        valid_from: from.and_then(|day| begin(day, zone)),
        valid_until: until.and_then(|day| begin(day, zone)),
        max_uses,
        per_user,
        first_purchase: !post.field("first_purchase").is_empty(),
    })
}

fn effect(post: &Post) -> Result<Effect, &'static str> {
    let text = post.field("value");
    let number = || digits::parse_number(text.trim_end_matches(['%', '٪'])).ok_or("error-promo-number");
    match post.field("kind") {
        "amount" => {
            let currency = post.field("currency").parse().map_err(|_| "error-money")?;
            digits::parse_money(text, currency).map(Effect::Amount).map_err(|_| "error-money")
        }
        "days" => number().map(|days| Effect::Days(Days(days))),
        "traffic" => number().map(|count| Effect::Traffic(Bytes(count.saturating_mul(Bytes::GIGABYTE)))),
        _ => number().map(Effect::Percent),
    }
}

/// When a day begins for the shop.
fn begin(day: NaiveDate, zone: FixedOffset) -> Option<DateTime<Utc>> {
    let begin = day.and_time(NaiveTime::MIN).and_local_timezone(zone).single();
    begin.map(|at| at.to_utc())
}

/// What the form shows at first.
pub(super) fn filled(stored: Option<&Listed>, sale: &Sale, zone: FixedOffset) -> FormState {
    let own = sale.currencies.first().map(|currency| currency.code()).unwrap_or_default();
    let Some(Listed { code, .. }) = stored else {
        let first = [("kind", "percent".to_owned()), ("per_user", "1".to_owned()), ("currency", own)];
        return FormState::filled(first);
    };
    let (kind, value) = match code.effect() {
        Some(Effect::Amount(money)) => ("amount", digits::typed_money(money)),
        Some(Effect::Days(days)) => ("days", days.0.to_string()),
        Some(Effect::Traffic(bytes)) => ("traffic", (bytes.0 / Bytes::GIGABYTE).to_string()),
        Some(Effect::Percent(percent)) => ("percent", percent.to_string()),
        None => ("percent", String::new()),
    };
    let day = |at: DateTime<Utc>| at.with_timezone(&zone).date_naive().to_string();
    let number = |limit: Option<i64>| limit.map(|limit| limit.to_string()).unwrap_or_default();
    let until = code.valid_until.map(|until| until - chrono::Duration::seconds(1));
    let meant = code.plan_ids();
    let plans = sale.plans().filter(|(_, offer)| meant.contains(&offer.plan.id));
    let fields = [
        ("code", code.code.clone()),
        ("kind", kind.to_owned()),
        ("value", value),
        ("currency", code.currency.map_or(own, Currency::code)),
        ("valid_from", code.valid_from.map(day).unwrap_or_default()),
        ("valid_until", until.map(day).unwrap_or_default()),
        ("max_uses", number(code.max_uses)),
        ("per_user", number(code.per_user)),
        ("first_purchase", if code.first_purchase { "on".to_owned() } else { String::new() }),
    ];
    let fields = fields.map(|(name, text)| (name.to_owned(), text));
    FormState::filled(fields.into_iter().chain(plans.map(|(field, _)| (field, "on".to_owned()))))
}
