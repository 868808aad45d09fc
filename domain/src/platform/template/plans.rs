//! The plans of SPEC §3 and their prices, written for each currency: nothing is converted.

use crate::{
    entities::tenant::plan::PlanKind,
    money::{Currency, Money},
    units::{Bytes, Days},
};

/// A plan of a new shop.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct StarterPlan {
    pub kind: PlanKind,
    /// English, Persian, Russian.
    pub names: [&'static str; 3],
    pub days: Days,
    pub traffic: Bytes,
}

const PLANS: [StarterPlan; 4] = [
    StarterPlan {
        kind: PlanKind::Trial,
        names: ["Free trial", "آزمایش رایگان", "Пробный период"],
        days: Days(7),
        traffic: Bytes::gigabytes(5),
    },
    StarterPlan {
        kind: PlanKind::Paid,
        names: ["1 month", "یک ماهه", "1 месяц"],
        days: Days(30),
        traffic: Bytes::gigabytes(100),
    },
    // A hundred gigabytes a month, for three and for twelve of them.
    StarterPlan {
        kind: PlanKind::Paid,
        names: ["3 months", "سه ماهه", "3 месяца"],
        days: Days(90),
        traffic: Bytes::gigabytes(300),
    },
    StarterPlan {
        kind: PlanKind::Paid,
        names: ["1 year", "یک ساله", "1 год"],
        days: Days(365),
        traffic: Bytes::gigabytes(1200),
    },
];

pub fn plans() -> [StarterPlan; 4] {
    PLANS
}

/// What the paid plans cost in a currency, in their order.
pub fn prices(currency: Currency) -> [Money; 3] {
    let minor = match currency {
        Currency::Usd | Currency::Eur | Currency::Usdt => [399, 999, 3499],
        Currency::Rub => [29_900, 79_900, 299_900],
        // Rial: 190, 490 and 1 790 thousand toman.
        Currency::Irr => [1_900_000, 4_900_000, 17_900_000],
        Currency::Xtr => [250, 650, 2400],
    };
    minor.map(|minor| Money::new(minor, currency))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_paid_plan_has_a_price_and_longer_ones_cost_less_a_day() {
        let paid: Vec<_> = plans().into_iter().filter(|plan| plan.kind == PlanKind::Paid).collect();
        for currency in Currency::ALL {
            let prices = prices(currency);
            assert_eq!(prices.len(), paid.len());
            let a_day = |index: usize| prices[index].minor as f64 / paid[index].days.0 as f64;
            assert!(a_day(0) > a_day(1) && a_day(1) > a_day(2), "{currency:?}");
        }
    }

    #[test]
    fn the_russian_prices_are_those_of_the_specification() {
        assert_eq!(prices(Currency::Rub).map(Money::to_decimal), ["299.00", "799.00", "2999.00"]);
    }
}
