//! What differs between an order and the payment that came for it: written on the timeline as a line
//! for logs, and read back where a person decides.

use std::{fmt, str::FromStr};

use crate::money::{Currency, Money};

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Difference {
    Currency {
        came: Currency,
        wanted: Currency,
    },
    /// Less than was asked for.
    Amount {
        came: Money,
        wanted: Money,
    },
    /// Paid to an account that was not the shop's when the order was made.
    Account,
    /// The payment names another order.
    Order,
    /// The order has another payment already.
    Second,
}

const ACCOUNT: &str = "paid to another account";
const ORDER: &str = "the payment names another order";
const SECOND: &str = "a second payment for the same order";
const INSTEAD: &str = " instead of ";

impl fmt::Display for Difference {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Currency { came, wanted } => {
                write!(f, "currency {}{INSTEAD}{}", came.code(), wanted.code())
            }
            Self::Amount { came, wanted } => write!(f, "amount {came}{INSTEAD}{wanted}"),
            Self::Account => f.write_str(ACCOUNT),
            Self::Order => f.write_str(ORDER),
            Self::Second => f.write_str(SECOND),
        }
    }
}

/// The text is no difference that we write.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("no difference between an order and a payment")]
pub struct NoDifference;

impl FromStr for Difference {
    type Err = NoDifference;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        match text {
            ACCOUNT => return Ok(Self::Account),
            ORDER => return Ok(Self::Order),
            SECOND => return Ok(Self::Second),
            _ => {}
        }
        let (what, values) = text.split_once(' ').ok_or(NoDifference)?;
        let (came, wanted) = values.split_once(INSTEAD).ok_or(NoDifference)?;
        match what {
            "currency" => Ok(Self::Currency { came: read(came)?, wanted: read(wanted)? }),
            "amount" => Ok(Self::Amount { came: read(came)?, wanted: read(wanted)? }),
            _ => Err(NoDifference),
        }
    }
}

fn read<T: FromStr>(text: &str) -> Result<T, NoDifference> {
    text.parse().map_err(|_| NoDifference)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_difference_is_read_back_from_its_line() {
        let money = |minor| Money::new(minor, Currency::Rub);
        for difference in [
            Difference::Currency { came: Currency::Usd, wanted: Currency::Rub },
            Difference::Amount { came: money(29_899), wanted: money(29_900) },
            Difference::Account,
            Difference::Order,
            Difference::Second,
        ] {
            assert_eq!(difference.to_string().parse(), Ok(difference));
        }
        assert_eq!("amount one instead of two".parse::<Difference>(), Err(NoDifference));
    }
}
