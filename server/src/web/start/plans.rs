//! `/start/plans`: names, prices and days of what the shop sells, and the trial.

use app::{
    components::WizardStep,
    context::FieldError,
    pages::start::{PlanRow, PlansPage},
};
use axum::extract::State;
use domain::{
    args,
    entities::tenant::plan::{Model, PlanKind},
    locale::{Locale, digits},
    money::Currency,
    platform::tenant::{
        plans::{self, PlanChange, PricedPlan},
        rules,
    },
    shop::plan::service::name_of,
    units::{Bytes, Days},
};

use super::{progress, shop::currency_name};
use crate::{
    state::AppState,
    web::{PageRequest, Post, WebResult, guard::Shop},
};

/// Traffic is typed for each month of this many days (SPEC §3).
const MONTH: i64 = 30;
const DAYS: std::ops::RangeInclusive<i64> = 1..=3650;
const GIGABYTES: std::ops::RangeInclusive<i64> = 1..=100_000;

pub async fn get(State(state): State<AppState>, shop: Shop, page: PageRequest) -> WebResult {
    let tx = shop.db.read().await?;
    let all = plans::list(&tx).await?;
    drop(tx);
    let language = language(&shop);
    let trial = all.iter().find(|row| row.plan.kind == PlanKind::Trial);
    let form = page.form_or(Default::default);
    let currency = currency_name(page.locale(), shop.tenant.currency);
    page.show(PlansPage {
        done: progress::done(&state, &shop).await?,
        preview: progress::preview(&shop.person),
        form,
        plans: paid(&all).map(|row| shown(language, row)).collect(),
        currency,
        trial: trial.is_some_and(|row| row.plan.active),
        trial_days: trial.map_or(0, |row| narrow(row.plan.days.0)),
        trial_traffic: trial.map_or(0, |row| narrow(gigabytes(&row.plan))),
    })
}

pub async fn post(State(state): State<AppState>, shop: Shop, post: Post) -> WebResult {
    let tx = shop.db.read().await?;
    let all = plans::list(&tx).await?;
    drop(tx);
    let mut errors = Vec::new();
    let changes = read(&post, &all, shop.tenant.currency, &mut errors);
    let names: Vec<String> = post.fields().map(|(name, _)| name.to_owned()).collect();
    let keep: Vec<&str> = names.iter().map(String::as_str).collect();
    if !errors.is_empty() {
        return Ok(post.refused(&keep, errors));
    }
    if plans::save(state.master(), &shop.db, language(&shop), &changes).await? {
        return Ok(post.to(WizardStep::Live.href()));
    }
    Ok(post.refused(&keep, vec![post.error("form", "error-plans-none", &args![])]))
}

fn read(
    post: &Post,
    all: &[PricedPlan],
    currency: Currency,
    errors: &mut Vec<FieldError>,
) -> Vec<PlanChange> {
    let mut number = |field: &str, bounds, key: &str| {
        let read = rules::read_number(post.field(field), bounds);
        if read.is_none() {
            errors.push(post.error(field, key, &args![]));
        }
        read.unwrap_or(1)
    };
    let mut changes = Vec::new();
    if let Some(trial) = all.iter().find(|row| row.plan.kind == PlanKind::Trial) {
        changes.push(PlanChange {
            id: trial.plan.id,
            name: None,
            days: Days(number("trial_days", DAYS, "error-plan-days")),
            traffic: Some(Bytes::gigabytes(number("trial_traffic", GIGABYTES, "error-plan-traffic"))),
            price: None,
            active: post.optional("trial").is_some(),
        });
    }
    for (row, index) in paid(all).zip(1..) {
        let days = number(&format!("days_{index}"), DAYS, "error-plan-days");
        let a_month = number(&format!("traffic_{index}"), GIGABYTES, "error-plan-traffic");
        changes.push(PlanChange {
            id: row.plan.id,
            name: None,
            days: Days(days),
            traffic: Some(Bytes::gigabytes(a_month * months(days))),
            price: None,
            active: post.optional(&format!("on_{index}")).is_some(),
        });
    }
    let first_paid = changes.len() - paid(all).count();
    for (change, index) in changes[first_paid..].iter_mut().zip(1..) {
        let (name, price) = (format!("name_{index}"), format!("price_{index}"));
        change.name = rules::read_name(post.field(&name));
        if change.name.is_none() {
            errors.push(post.error(&name, "error-plan-name", &args![]));
        }
        change.price = digits::parse_money(post.field(&price), currency).ok().filter(|money| money.minor > 0);
        if change.price.is_none() {
            errors.push(post.error(&price, "error-money", &args![]));
        }
    }
    changes
}

fn shown(language: Locale, row: &PricedPlan) -> PlanRow {
    PlanRow {
        name: name_of(&row.plan, language),
        days: narrow(row.plan.days.0),
        traffic: narrow(gigabytes(&row.plan) / months(row.plan.days.0)),
        price: row.price.map(digits::typed_money).unwrap_or_default(),
        on: row.plan.active,
    }
}

fn paid(all: &[PricedPlan]) -> impl Iterator<Item = &PricedPlan> {
    all.iter().filter(|row| row.plan.kind == PlanKind::Paid)
}

fn gigabytes(plan: &Model) -> i64 {
    plan.traffic_bytes.map_or(0, |bytes| bytes.0 / Bytes::GIGABYTE)
}

/// A plan of 365 days has twelve.
fn months(days: i64) -> i64 {
    ((days + MONTH / 2) / MONTH).max(1)
}

fn narrow(number: i64) -> u32 {
    u32::try_from(number).unwrap_or(u32::MAX)
}

fn language(shop: &Shop) -> Locale {
    Locale::from_code(&shop.tenant.locale).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use domain::money::Money;
    use rstest::rstest;

    use super::*;

    #[rstest]
    #[case(7, 1)]
    #[case(30, 1)]
    #[case(90, 3)]
    #[case(365, 12)]
    fn a_plan_has_whole_months(#[case] days: i64, #[case] expected: i64) {
        assert_eq!(months(days), expected);
    }

    #[test]
    fn a_shown_price_is_read_back_as_it_was() {
        for price in [Money::new(29_900, Currency::Rub), Money::new(1_900_000, Currency::Irr)] {
            assert_eq!(digits::parse_money(&digits::typed_money(price), price.currency), Ok(price));
        }
    }
}
