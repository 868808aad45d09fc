//! What a code does to a purchase, and when it may be used. Nothing here asks a database.

use chrono::{DateTime, Duration, Utc};

use crate::{
    entities::tenant::{
        plan::{self, PlanKind},
        promo_code::{Model, PromoKind},
    },
    ids::{PlanId, PromoId},
    money::{Currency, Money},
    units::{Bytes, Days},
};

/// The most that a code takes off: what costs nothing cannot be paid, and no provider can prove it.
pub const MOST_PERCENT: i64 = 99;

/// A user may leave so many orders with one code unpaid within [`UNPAID_WITHIN`]. Each can be paid late,
/// at the price that it was placed with, so this bounds what a limit can be exceeded by.
pub const UNPAID: usize = 5;
/// See [`UNPAID`].
pub const UNPAID_WITHIN: Duration = Duration::hours(24);

/// What a code does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Effect {
    Percent(i64),
    /// Off the price, where it is paid in this currency.
    Amount(Money),
    Days(Days),
    Traffic(Bytes),
}

/// Why a code is of no use.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Refusal {
    Unknown,
    /// The shop has switched it off.
    Off,
    NotYet(DateTime<Utc>),
    Ended(DateTime<Utc>),
    UsedUp,
    /// By this user, as often as he may.
    UsedByYou,
    FirstPurchaseOnly,
    OtherPlan,
    /// The price is the least that can be paid already.
    Least,
    /// Too many orders with it were not paid; from then on there can be another.
    Unpaid(DateTime<Utc>),
    /// Too many codes that do not exist.
    Barred(DateTime<Utc>),
}

/// What the rules have to know about the uses of a code. Orders that this user could still pay are not
/// among them: he may choose another plan or way to pay, and the new order takes the place of the old.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Uses {
    pub all: i64,
    pub own: i64,
    /// The user has paid for something.
    pub has_bought: bool,
    /// When this user may place an order with it again, if he left too many unpaid.
    pub unpaid_until: Option<DateTime<Utc>>,
}

/// What a code makes of one purchase.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Applied {
    pub promo: PromoId,
    pub code: String,
    pub effect: Effect,
    /// Of the price, in its currency.
    pub off_minor: i64,
    /// It would have been more, but less than the rest cannot be paid.
    pub is_cut: bool,
    pub days: Days,
    pub traffic: Bytes,
}

impl Effect {
    /// `None` for what no code does.
    pub fn of(kind: PromoKind, value: i64, currency: Option<Currency>) -> Option<Self> {
        match kind {
            PromoKind::Percent => Some(Self::Percent(value)),
            PromoKind::Amount => Some(Self::Amount(Money::new(value, currency?))),
            PromoKind::Days => Some(Self::Days(Days(value))),
            PromoKind::Traffic => Some(Self::Traffic(Bytes(value))),
        }
    }

    pub const fn kind(self) -> PromoKind {
        match self {
            Self::Percent(_) => PromoKind::Percent,
            Self::Amount(_) => PromoKind::Amount,
            Self::Days(_) => PromoKind::Days,
            Self::Traffic(_) => PromoKind::Traffic,
        }
    }

    pub const fn value(self) -> i64 {
        match self {
            Self::Percent(value)
            | Self::Amount(Money { minor: value, .. })
            | Self::Days(Days(value))
            | Self::Traffic(Bytes(value)) => value,
        }
    }

    pub const fn currency(self) -> Option<Currency> {
        match self {
            Self::Amount(money) => Some(money.currency),
            _ => None,
        }
    }
}

impl Model {
    pub fn effect(&self) -> Option<Effect> {
        Effect::of(self.kind, self.value, self.currency)
    }

    /// The plans on which it works; none is all of them.
    pub fn plan_ids(&self) -> Vec<PlanId> {
        serde_json::from_value(self.plans.clone()).unwrap_or_default()
    }
}

/// Whether the code may be used now, whatever is bought.
///
/// # Errors
/// Why not.
pub fn check(code: &Model, uses: &Uses, now: DateTime<Utc>) -> Result<(), Refusal> {
    if !code.active {
        return Err(Refusal::Off);
    }
    if let Some(from) = code.valid_from.filter(|from| *from > now) {
        return Err(Refusal::NotYet(from));
    }
    if let Some(until) = code.valid_until.filter(|until| *until <= now) {
        return Err(Refusal::Ended(until));
    }
    if code.first_purchase && uses.has_bought {
        return Err(Refusal::FirstPurchaseOnly);
    }
    // A first purchase happens once, though several could be begun at the same time.
    let per_user = if code.first_purchase { Some(1) } else { code.per_user };
    if per_user.is_some_and(|most| uses.own >= most) {
        return Err(Refusal::UsedByYou);
    }
    if code.max_uses.is_some_and(|most| uses.all >= most) {
        return Err(Refusal::UsedUp);
    }
    uses.unpaid_until.map_or(Ok(()), |until| Err(Refusal::Unpaid(until)))
}

/// Whether it works on this plan; packs of traffic have none. There is nothing to add to traffic without limit.
pub fn fits(code: &Model, plan: &plan::Model) -> bool {
    let plans = code.plan_ids();
    let is_meant = plans.is_empty() || plans.contains(&plan.id);
    let is_plan = plan.kind == PlanKind::Paid;
    is_meant && is_plan && (code.kind != PromoKind::Traffic || plan.traffic_bytes.is_some())
}

/// What the code makes of a price; `None` where it changes nothing. `least` is the smallest amount that
/// the way to pay takes: less than that is never asked for.
pub fn apply(code: &Model, full: Money, least: i64) -> Option<Applied> {
    let effect = code.effect()?;
    let (wanted, days, traffic) = match effect {
        Effect::Percent(percent) => (Some(reduced(full, percent)), Days(0), Bytes(0)),
        Effect::Amount(money) if money.currency == full.currency => {
            (Some(full.minor.saturating_sub(money.minor)), Days(0), Bytes(0))
        }
        Effect::Amount(_) => return None,
        Effect::Days(days) => (None, days, Bytes(0)),
        Effect::Traffic(bytes) => (None, Days(0), bytes),
    };
    let price = wanted.map_or(full.minor, |wanted| payable(wanted, full, least));
    let off_minor = full.minor - price;
    let is_cut = wanted.is_some_and(|wanted| price > wanted);
    let is_something = off_minor > 0 || days.0 > 0 || traffic.0 > 0;
    let (promo, code) = (code.id, code.code.clone());
    is_something.then_some(Applied { promo, code, effect, off_minor, is_cut, days, traffic })
}

/// What a summary showed, in a number: an order is placed on the terms that its buyer saw, or he is shown
/// the new ones first. FNV-1a, since it has to be the same after a restart and nobody gains by a collision.
pub fn mark(price: Money, applied: Option<&Applied>) -> u32 {
    let mut text = price.to_string();
    if let Some(Applied { promo, off_minor, days, traffic, .. }) = applied {
        text = format!("{text} {promo} {off_minor} {} {}", days.0, traffic.0);
    }
    text.bytes().fold(0x811C_9DC5, |hash: u32, byte| (hash ^ u32::from(byte)).wrapping_mul(0x0100_0193))
}

/// A part of a unit is never asked for: it is the buyer's.
fn reduced(full: Money, percent: i64) -> i64 {
    let left = i128::from(full.minor) * i128::from(100 - percent) / 100;
    i64::try_from(left).unwrap_or(full.minor)
}

/// Rounded down to what people can pay, but no less than the least, and no more than without the code.
fn payable(price: i64, full: Money, least: i64) -> i64 {
    let step = step(full.currency);
    let whole = price - price.rem_euclid(step);
    whole.max(least.max(step)).min(full.minor)
}

/// The smallest amount that people pay: rials are paid in tomans.
const fn step(currency: Currency) -> i64 {
    match currency {
        Currency::Irr => 10,
        _ => 1,
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use rstest::rstest;
    use serde_json::json;

    use super::*;

    fn at(hour: i64) -> DateTime<Utc> {
        DateTime::UNIX_EPOCH + Duration::hours(hour)
    }

    fn code(effect: Effect) -> Model {
        Model {
            id: PromoId::new(),
            code: "WELCOME".into(),
            kind: effect.kind(),
            value: effect.value(),
            currency: effect.currency(),
            plans: json!([]),
            valid_from: None,
            valid_until: None,
            max_uses: None,
            per_user: None,
            first_purchase: false,
            active: true,
            created_at: at(0),
        }
    }

    const fn rub(minor: i64) -> Money {
        Money::new(minor, Currency::Rub)
    }

    fn to_pay(effect: Effect, full: Money, least: i64) -> i64 {
        full.minor - apply(&code(effect), full, least).map_or(0, |applied| applied.off_minor)
    }

    #[rstest]
    #[case::a_fifth(20, rub(29_900), 1, 23_920)]
    #[case::a_part_of_a_kopeck_is_the_buyers(33, rub(29_999), 1, 20_099)]
    #[case::most_of_it(99, rub(29_900), 1, 299)]
    #[case::never_nothing(99, rub(50), 1, 1)]
    #[case::the_least_of_the_provider(50, rub(15_000), 10_000, 10_000)]
    #[case::the_least_is_the_price(50, rub(10_000), 10_000, 10_000)]
    #[case::stars_are_whole(15, Money::new(150, Currency::Xtr), 1, 127)]
    #[case::rials_are_paid_in_tomans(15, Money::new(850_330, Currency::Irr), 1, 722_780)]
    #[case::the_last_toman(99, Money::new(50, Currency::Irr), 1, 10)]
    #[case::no_overflow(50, rub(i64::MAX), 1, i64::MAX / 2)]
    fn a_percentage_is_taken_off(
        #[case] percent: i64,
        #[case] full: Money,
        #[case] least: i64,
        #[case] price: i64,
    ) {
        assert_eq!(to_pay(Effect::Percent(percent), full, least), price);
    }

    #[rstest]
    #[case::off_the_price(rub(10_000), rub(29_900), 1, 19_900)]
    #[case::more_than_the_price(rub(50_000), rub(29_900), 1, 1)]
    #[case::as_much_as_the_price(rub(29_900), rub(29_900), 6_000, 6_000)]
    #[case::another_currency(rub(10_000), Money::new(150, Currency::Xtr), 1, 150)]
    fn an_amount_is_taken_off_in_its_own_currency(
        #[case] off: Money,
        #[case] full: Money,
        #[case] least: i64,
        #[case] price: i64,
    ) {
        assert_eq!(to_pay(Effect::Amount(off), full, least), price);
    }

    #[test]
    fn a_bonus_leaves_the_price_and_a_code_that_changes_nothing_is_not_used() {
        let days = apply(&code(Effect::Days(Days(7))), rub(29_900), 1).unwrap();
        assert_eq!((days.off_minor, days.days, days.traffic), (0, Days(7), Bytes(0)));
        let traffic = apply(&code(Effect::Traffic(Bytes::gigabytes(10))), rub(29_900), 1).unwrap();
        assert_eq!((traffic.days, traffic.traffic), (Days(0), Bytes::gigabytes(10)));
        assert_eq!(apply(&code(Effect::Percent(20)), rub(100), 100), None);
        let cut = |least| apply(&code(Effect::Percent(20)), rub(29_999), least).unwrap().is_cut;
        assert!(!cut(1) && cut(29_000));
        assert_eq!(apply(&code(Effect::Amount(rub(50))), Money::new(100, Currency::Usd), 1), None);
    }

    proptest! {
        #[test]
        fn no_code_makes_a_purchase_free_dearer_or_smaller_than_the_least(
            percent in 1..=MOST_PERCENT,
            amount in 1..i64::MAX,
            minor in 1..i64::MAX,
            least in 0..1_000_000_i64,
            index in 0..Currency::ALL.len(),
        ) {
            let full = Money::new(minor, Currency::ALL[index]);
            for effect in [Effect::Percent(percent), Effect::Amount(Money::new(amount, full.currency))] {
                let price = to_pay(effect, full, least);
                prop_assert!(price >= 1 && price <= full.minor, "{price}");
                prop_assert!(price >= least.min(full.minor), "{price}");
            }
            // Rounding is for the buyer, and by less than the smallest amount that people pay.
            let exact = i128::from(minor) * i128::from(100 - percent);
            let price = i128::from(to_pay(Effect::Percent(percent), full, 1)) * 100;
            let step = i128::from(step(full.currency)) * 100;
            prop_assert!(price <= exact.max(step) && exact - price < step, "{price} of {exact}");
        }
    }

    #[rstest]
    #[case::free(|_: &mut Model| {}, Uses::default(), Ok(()))]
    #[case::off(|code: &mut Model| code.active = false, Uses::default(), Err(Refusal::Off))]
    #[case::not_yet(|code: &mut Model| code.valid_from = Some(at(6)), Uses::default(), Err(Refusal::NotYet(at(6))))]
    #[case::begun(|code: &mut Model| code.valid_from = Some(at(5)), Uses::default(), Ok(()))]
    #[case::its_last_hour(|code: &mut Model| code.valid_until = Some(at(6)), Uses::default(), Ok(()))]
    #[case::ended(|code: &mut Model| code.valid_until = Some(at(5)), Uses::default(), Err(Refusal::Ended(at(5))))]
    #[case::one_is_left(|code: &mut Model| code.max_uses = Some(3), Uses { all: 2, ..Uses::default() }, Ok(()))]
    #[case::used_up(|code: &mut Model| code.max_uses = Some(3), Uses { all: 3, ..Uses::default() }, Err(Refusal::UsedUp))]
    #[case::used_by_him(|code: &mut Model| code.per_user = Some(1), Uses { all: 1, own: 1, ..Uses::default() }, Err(Refusal::UsedByYou))]
    #[case::used_by_others(|code: &mut Model| code.per_user = Some(1), Uses { all: 9, ..Uses::default() }, Ok(()))]
    #[case::for_a_first_purchase(|code: &mut Model| code.first_purchase = true, Uses::default(), Ok(()))]
    #[case::a_second_purchase(|code: &mut Model| code.first_purchase = true, Uses { has_bought: true, ..Uses::default() }, Err(Refusal::FirstPurchaseOnly))]
    #[case::two_first_purchases_at_once(|code: &mut Model| (code.first_purchase, code.per_user) = (true, Some(5)), Uses { all: 1, own: 1, ..Uses::default() }, Err(Refusal::UsedByYou))]
    #[case::too_many_unpaid(|_: &mut Model| {}, Uses { unpaid_until: Some(at(9)), ..Uses::default() }, Err(Refusal::Unpaid(at(9))))]
    fn a_code_has_its_time_and_its_number_of_uses(
        #[case] change: fn(&mut Model),
        #[case] uses: Uses,
        #[case] verdict: Result<(), Refusal>,
    ) {
        let mut code = code(Effect::Percent(20));
        change(&mut code);
        assert_eq!(check(&code, &uses, at(5)), verdict);
    }

    #[test]
    fn a_code_works_on_the_plans_that_it_names_and_adds_nothing_to_traffic_without_limit() {
        let plan = |traffic| plan::Model {
            id: PlanId::new(),
            position: 1,
            kind: PlanKind::Paid,
            names: json!({}),
            days: Days(30),
            traffic_bytes: traffic,
            active: true,
            created_at: at(0),
        };
        let (limited, unlimited) = (plan(Some(Bytes::gigabytes(100))), plan(None));
        let mut percent = code(Effect::Percent(20));
        assert!(fits(&percent, &limited) && fits(&percent, &unlimited));
        percent.plans = json!([limited.id]);
        assert!(fits(&percent, &limited) && !fits(&percent, &unlimited));
        let traffic = code(Effect::Traffic(Bytes::gigabytes(10)));
        assert!(fits(&traffic, &limited) && !fits(&traffic, &unlimited));
    }

    #[test]
    fn other_terms_have_another_mark() {
        let week = apply(&code(Effect::Days(Days(7))), rub(29_900), 1).unwrap();
        let shorter = Applied { days: Days(3), ..week.clone() };
        let marks = [
            mark(rub(29_900), None),
            mark(rub(23_920), None),
            mark(Money::new(29_900, Currency::Usd), None),
            mark(rub(29_900), Some(&week)),
            mark(rub(29_900), Some(&shorter)),
        ];
        let different: std::collections::BTreeSet<_> = marks.iter().collect();
        assert_eq!(different.len(), marks.len());
        assert_eq!(mark(rub(29_900), Some(&week)), mark(rub(29_900), Some(&week.clone())));
    }
}
