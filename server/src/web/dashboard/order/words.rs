//! What is known of an order, in the reader's language.

use std::collections::BTreeMap;

use app::pages::dashboard::{Fact, FactKind, RefundProgress, RefundRow};
use chrono::{DateTime, Duration, FixedOffset, Utc};
use domain::{
    args,
    db::{Conn as _, StoreError},
    entities::{
        master::account,
        tenant::{
            grant,
            order::{self, OrderState},
            order_event, promo_redemption,
            refund::{self, RefundState},
            subscription,
        },
    },
    ids::AccountId,
    locale::{self, Locale, digits, format},
    money::Money,
    shop::{
        order::list,
        payment::card::{self, number::ending},
        promo::rules::Effect,
        stat::service::Sale,
    },
    units::Bytes,
};
use sea_orm::{ColumnTrait as _, EntityTrait as _, QueryFilter as _};

use super::{
    super::{
        orders::{buyer, title},
        promos::gift,
    },
    timeline::difference,
};
use crate::state::AppState;

/// What a person has to know or decide.
pub(super) fn attention(locale: Locale, order: &order::Model, events: &[order_event::Model]) -> Vec<String> {
    let say = |key: &str| locale::text(locale, key, &args![]);
    match order.state {
        OrderState::Mismatch => {
            let lines = events.iter().rev().filter(|line| line.kind == "differs");
            let mut said: Vec<_> =
                lines.take(1).filter_map(|line| difference(locale, line.detail.as_deref()?)).collect();
            said.push(match order.provider.as_str() {
                card::NAME => say("web-receipt-mismatch-text"),
                _ => say("web-order-mismatch-text"),
            });
            said
        }
        OrderState::Disputed => vec![say("web-order-disputed-text")],
        _ => Vec::new(),
    }
}

pub(super) fn payment(
    locale: Locale,
    zone: FixedOffset,
    sale: &Sale,
    promo: Option<&promo_redemption::Model>,
) -> Vec<Fact> {
    let order = &sale.order;
    let words = |key: &str, value: String| Fact {
        label: locale::text(locale, key, &args![]),
        value,
        kind: FactKind::Words,
    };
    let code = |key: &str, value: String| Fact { kind: FactKind::Code, ..words(key, value) };
    let at = |time: DateTime<Utc>| format::date_time(locale, time, zone);
    let money = |minor| format::money(locale, Money::new(minor, order.currency));
    let mut facts = vec![words("web-sale-user", buyer(sale))];
    facts.extend(sale.user.as_ref().map(|user| code("web-order-telegram-id", user.telegram_id.to_string())));
    facts.push(words("web-sale-plan", list::title(order, locale)));
    facts.push(words("web-sale-amount", money(order.amount_minor)));
    if let Some(terms) = promo {
        facts.push(code("web-order-promo", terms.code.clone()));
        // What it came to, whatever percentage that was.
        let effect = match terms.off_minor {
            0 => Effect::of(terms.kind, terms.value, None),
            off => Some(Effect::Amount(Money::new(off, order.currency))),
        };
        facts.extend(effect.map(|effect| words("web-order-promo-gave", gift(locale, effect))));
        if terms.off_minor > 0 {
            facts.push(words("web-order-full-price", money(terms.full_minor)));
        }
    }
    if order.refunded_minor > 0 {
        facts.push(words("web-order-refunded", money(order.refunded_minor)));
    }
    facts.push(words("web-order-method", title(locale, &order.provider)));
    if order.provider == card::NAME {
        let ending = digits::local(locale, ending(&order.provider_account));
        facts.push(words("web-receipt-card", format!("…{ending}")));
    } else {
        facts.push(code("web-order-account", order.provider_account.clone()));
        facts.extend(order.provider_payment_id.clone().map(|id| code("web-order-payment-id", id)));
    }
    facts.push(words("web-order-placed", at(order.created_at)));
    match order.paid_at {
        Some(paid) => facts.push(words("web-order-paid", at(paid))),
        None => facts.push(words("web-order-open-until", at(order.expires_at))),
    }
    facts
}

pub(super) fn access(
    locale: Locale,
    zone: FixedOffset,
    grant: Option<&grant::Model>,
    subscription: Option<&subscription::Model>,
) -> Vec<Fact> {
    let words = |key: &str, value: String| Fact {
        label: locale::text(locale, key, &args![]),
        value,
        kind: FactKind::Words,
    };
    let Some(grant) = grant else { return Vec::new() };
    let amount = |seconds: i64, traffic: Option<Bytes>| {
        let time = format::duration(locale, Duration::seconds(seconds));
        match traffic.filter(|bytes| bytes.0 > 0) {
            Some(bytes) => {
                let between = locale::text(locale, "web-list-separator", &args![]);
                format!("{time}{between}{}", format::bytes(locale, bytes))
            }
            None => time,
        }
    };
    let mut facts = vec![words("web-order-given", amount(grant.seconds, grant.traffic_bytes))];
    if grant.taken_back_seconds > 0 || grant.taken_back_bytes.0 > 0 {
        let taken = amount(grant.taken_back_seconds, Some(grant.taken_back_bytes));
        facts.push(words("web-order-taken-back", taken));
    }
    if let Some(subscription) = subscription {
        let end = format::date_time(locale, subscription.target_expire, zone);
        facts.push(words("web-order-access-until", end));
        let name = words("web-order-panel-account", subscription.username.clone());
        facts.push(Fact { kind: FactKind::Code, ..name });
    }
    facts
}

pub(super) fn refunds(
    locale: Locale,
    zone: FixedOffset,
    order: &order::Model,
    rows: &[refund::Model],
    people: &BTreeMap<String, String>,
) -> Vec<RefundRow> {
    let shown = |row: &refund::Model| RefundRow {
        amount: format::money(locale, Money::new(row.amount_minor, order.currency)),
        state: match row.state {
            RefundState::Requested => RefundProgress::OnTheWay,
            RefundState::Done => RefundProgress::Done,
            RefundState::Failed => RefundProgress::Failed,
        },
        reason: row.reason.clone(),
        by: people.get(&row.requested_by).cloned(),
        time: format::date_time_short(locale, row.done_at.unwrap_or(row.created_at), zone),
    };
    rows.iter().map(shown).collect()
}

/// The addresses of people of the panel.
pub(in crate::web::dashboard) async fn emails(
    state: &AppState,
    ids: impl Iterator<Item = &str>,
) -> Result<BTreeMap<String, String>, StoreError> {
    let ids: Vec<AccountId> = ids.filter_map(|id| id.parse().ok()).collect();
    if ids.is_empty() {
        return Ok(BTreeMap::new());
    }
    let found = account::Entity::find().filter(account::Column::Id.is_in(ids));
    let found = found.all(state.master().raw()).await?;
    Ok(found.into_iter().map(|row| (row.id.to_string(), row.email)).collect())
}
