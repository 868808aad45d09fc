//! The amount that is asked for is the price and a tail that no other open order has, so that whoever
//! looks into the bank's account knows which order was paid.

use std::collections::BTreeSet;

use chrono::Duration;
use sea_orm::{ColumnTrait, Condition, EntityTrait, QueryFilter, QuerySelect};

use super::NAME;
use crate::{
    clock::Clock,
    db::{StoreError, TenantConn},
    entities::tenant::order::{Column, Entity, OrderState},
    ids::OrderId,
    money::{Currency, Money},
    shop::receipt::service::under_review,
};

/// An amount that was asked for is left alone for so long, if there is another: money can be late.
const LATE: Duration = Duration::days(7);

/// Amounts above a price.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Tails {
    /// The smallest unit in which people send money.
    step: i64,
    count: i64,
}

impl Tails {
    /// 1 to 999 toman, 1 to 99 kopecks or cents.
    pub const fn of(currency: Currency) -> Option<Self> {
        match currency {
            Currency::Irr => Some(Self { step: 10, count: 999 }),
            Currency::Rub | Currency::Usd | Currency::Eur => Some(Self { step: 1, count: 99 }),
            Currency::Xtr | Currency::Usdt => None,
        }
    }

    /// Every amount that can be asked for at this price, the least first.
    fn amounts(self, price: i64) -> impl DoubleEndedIterator<Item = i64> + Clone {
        (1..=self.count).filter_map(move |tail| price.checked_add(tail * self.step))
    }

    /// Whether an order of this amount can be one at this price.
    pub fn fits(self, price: i64, amount: i64) -> bool {
        let tail = amount - price;
        tail > 0 && tail % self.step == 0 && tail / self.step <= self.count
    }
}

/// An amount that none of `taken` is, and none of `late` if there is one: the first after a place that
/// `seed` names, so that amounts do not follow one another.
fn choose(tails: Tails, price: i64, taken: &BTreeSet<i64>, late: &BTreeSet<i64>, seed: u64) -> Option<i64> {
    let all: Vec<i64> = tails.amounts(price).collect();
    let begin = usize::try_from(seed % u64::try_from(all.len()).ok().filter(|count| *count > 0)?).ok()?;
    let round = || all[begin..].iter().chain(&all[..begin]).copied().filter(|amount| !taken.contains(amount));
    round().find(|amount| !late.contains(amount)).or_else(|| round().next())
}

/// The amount to ask for. `None` when as many orders are open as there are tails. To be called in the
/// transaction that places the order: a shop has one writer.
///
/// # Errors
/// [`StoreError::Database`].
pub async fn amount(tx: &impl TenantConn, price: Money, order: OrderId) -> Result<Option<Money>, StoreError> {
    let Some(tails) = Tails::of(price.currency) else { return Ok(None) };
    let open = Condition::any()
        .add(Column::State.is_in([OrderState::New, OrderState::Pending]))
        .add(Column::Id.in_subquery(under_review()));
    let lately = Condition::all().add(Column::CreatedAt.gt(tx.clock().now() - LATE));
    let taken = asked(tx, price, tails, open).await?;
    let late = asked(tx, price, tails, lately).await?;
    // The random part of the identifier.
    let seed = u64::try_from(order.0.as_u128() & u128::from(u64::MAX)).unwrap_or(0);
    let minor = choose(tails, price.minor, &taken, &late, seed);
    Ok(minor.map(|minor| Money::new(minor, price.currency)))
}

/// Of the amounts that could be asked for, those that orders of these have.
async fn asked(
    tx: &impl TenantConn,
    price: Money,
    tails: Tails,
    orders: Condition,
) -> Result<BTreeSet<i64>, StoreError> {
    let most = tails.amounts(price.minor).next_back().unwrap_or(price.minor);
    let amounts: Vec<i64> = Entity::find()
        .select_only()
        .column(Column::AmountMinor)
        .filter(Column::Provider.eq(NAME))
        .filter(Column::Currency.eq(price.currency))
        .filter(Column::AmountMinor.between(price.minor, most))
        .filter(orders)
        .into_tuple()
        .all(tx.raw())
        .await?;
    Ok(amounts.into_iter().collect())
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use rstest::rstest;

    use super::*;

    #[rstest]
    #[case(Currency::Irr, 100_000, 100_010, 109_990)]
    #[case(Currency::Rub, 29_900, 29_901, 29_999)]
    #[case(Currency::Usd, 390, 391, 489)]
    fn a_tail_is_small_and_never_nought(
        #[case] currency: Currency,
        #[case] price: i64,
        #[case] least: i64,
        #[case] most: i64,
    ) {
        let tails = Tails::of(currency).unwrap();
        assert_eq!(
            (tails.amounts(price).next(), tails.amounts(price).next_back()),
            (Some(least), Some(most))
        );
        assert!(!tails.fits(price, price) && tails.fits(price, least) && tails.fits(price, most));
        assert!(!tails.fits(price, most + least - price));
        assert_eq!(Tails::of(Currency::Usdt), None);
    }

    #[test]
    fn what_was_asked_for_lately_is_asked_for_last() {
        let tails = Tails::of(Currency::Usd).unwrap();
        let late: BTreeSet<i64> = tails.amounts(0).filter(|amount| *amount != 57).collect();
        assert_eq!(choose(tails, 0, &BTreeSet::new(), &late, 3), Some(57));
        assert_eq!(choose(tails, 0, &BTreeSet::from([57]), &late, 3), Some(4));
        assert_eq!(choose(tails, 0, &tails.amounts(0).collect(), &BTreeSet::new(), 3), None);
    }

    proptest! {
        /// Orders that come, at prices that lie within each other's tails, and go: no two that are open
        /// together ask for the same amount, and none is refused while an amount is free.
        #[test]
        fn no_two_open_orders_ask_for_the_same_amount(
            events in prop::collection::vec((any::<bool>(), 0..4_i64, any::<u64>()), 1..400),
        ) {
            let tails = Tails::of(Currency::Rub).unwrap();
            let (mut open, mut late) = (Vec::new(), BTreeSet::new());
            for (comes, price, seed) in events {
                if !comes && !open.is_empty() {
                    let gone = usize::try_from(seed).unwrap_or(0) % open.len();
                    open.swap_remove(gone);
                    continue;
                }
                let price = 10_000 + price * 40;
                let taken: BTreeSet<i64> = open.iter().copied().collect();
                match choose(tails, price, &taken, &late, seed) {
                    Some(amount) => {
                        prop_assert!(tails.fits(price, amount) && !taken.contains(&amount));
                        open.push(amount);
                        late.insert(amount);
                    }
                    None => prop_assert!(tails.amounts(price).all(|amount| taken.contains(&amount))),
                }
            }
        }
    }
}
