//! Amounts in the smallest unit of their currency; never a float, never two currencies in one sum.

use std::{fmt, str::FromStr};

use sea_orm::{ActiveEnum, DeriveActiveEnum, EnumIter, entity::prelude::StringLen};
use serde::{Deserialize, Serialize};

/// The currencies that plans, packages and providers use.
#[derive(
    Clone,
    Copy,
    Debug,
    PartialEq,
    Eq,
    Hash,
    PartialOrd,
    Ord,
    EnumIter,
    DeriveActiveEnum,
    Serialize,
    Deserialize,
)]
#[sea_orm(rs_type = "String", db_type = "String(StringLen::N(8))")]
#[serde(rename_all = "UPPERCASE")]
pub enum Currency {
    #[sea_orm(string_value = "USD")]
    Usd,
    #[sea_orm(string_value = "EUR")]
    Eur,
    #[sea_orm(string_value = "RUB")]
    Rub,
    /// Stored in rial; shown and typed in toman, which is ten rial.
    #[sea_orm(string_value = "IRR")]
    Irr,
    /// Telegram Stars.
    #[sea_orm(string_value = "XTR")]
    Xtr,
    #[sea_orm(string_value = "USDT")]
    Usdt,
}

impl Currency {
    pub const ALL: [Self; 6] = [Self::Usd, Self::Eur, Self::Rub, Self::Irr, Self::Xtr, Self::Usdt];

    /// Digits after the decimal point of one unit (SPEC §3; ISO 4217 for the state currencies, but
    /// the rial is used without its subunit).
    pub const fn exponent(self) -> u32 {
        match self {
            Self::Usd | Self::Eur | Self::Rub | Self::Usdt => 2,
            Self::Irr | Self::Xtr => 0,
        }
    }

    /// The upper-case code, as stored and as providers spell it.
    pub fn code(self) -> String {
        self.to_value()
    }
}

impl FromStr for Currency {
    type Err = UnknownCurrency;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        Self::try_from_value(&text.to_ascii_uppercase()).map_err(|_| UnknownCurrency)
    }
}

/// The text names no currency that we know.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("unknown currency")]
pub struct UnknownCurrency;

/// An amount of one currency in its smallest unit.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Money {
    pub minor: i64,
    pub currency: Currency,
}

impl Money {
    pub const fn new(minor: i64, currency: Currency) -> Self {
        Self { minor, currency }
    }

    /// The sum, or `None` when the currencies differ or the amount leaves 64 bits.
    pub fn checked_add(self, other: Self) -> Option<Self> {
        if self.currency != other.currency {
            return None;
        }
        Some(Self::new(self.minor.checked_add(other.minor)?, self.currency))
    }

    /// A plain decimal such as `299.00`, the form that providers use.
    pub fn to_decimal(self) -> String {
        let exponent = self.currency.exponent();
        if exponent == 0 {
            return self.minor.to_string();
        }
        let scale = 10_i64.pow(exponent);
        let sign = if self.minor < 0 { "-" } else { "" };
        let (whole, part) = (
            self.minor.unsigned_abs() / scale.unsigned_abs(),
            self.minor.unsigned_abs() % scale.unsigned_abs(),
        );
        format!("{sign}{whole}.{part:0width$}", width = exponent as usize)
    }

    /// Reads a plain decimal. More digits than the currency has are an error unless they are zero:
    /// rounding somebody's money silently is not ours to do.
    ///
    /// # Errors
    /// [`BadAmount`] when the text is no such number.
    pub fn from_decimal(text: &str, currency: Currency) -> Result<Self, BadAmount> {
        let (negative, digits) = match text.strip_prefix('-') {
            Some(rest) => (true, rest),
            None => (false, text),
        };
        let (whole, part) = digits.split_once('.').unwrap_or((digits, ""));
        let all_digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
        if whole.is_empty() || !all_digits(whole) || !all_digits(part) {
            return Err(BadAmount);
        }
        let exponent = currency.exponent() as usize;
        let (kept, rest) = part.split_at(part.len().min(exponent));
        if rest.bytes().any(|byte| byte != b'0') {
            return Err(BadAmount);
        }
        let minor: i64 = format!("{whole}{kept:0<exponent$}").parse().map_err(|_| BadAmount)?;
        Ok(Self::new(if negative { -minor } else { minor }, currency))
    }
}

impl fmt::Display for Money {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}", self.to_decimal(), self.currency.code())
    }
}

/// Reads back what is shown: `299.00 RUB`.
impl FromStr for Money {
    type Err = BadAmount;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let (amount, currency) = text.split_once(' ').ok_or(BadAmount)?;
        Self::from_decimal(amount, currency.parse().map_err(|_| BadAmount)?)
    }
}

/// The text is no amount of that currency.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("not an amount of this currency")]
pub struct BadAmount;

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use rstest::rstest;

    use super::*;

    #[rstest]
    #[case("299", Currency::Rub, Ok(29_900))]
    #[case("299.5", Currency::Rub, Ok(29_950))]
    #[case("299.00", Currency::Rub, Ok(29_900))]
    #[case("0.05", Currency::Usd, Ok(5))]
    #[case("-0.05", Currency::Usd, Ok(-5))]
    #[case("1.000", Currency::Usd, Ok(100))]
    #[case("1.005", Currency::Usd, Err(BadAmount))]
    #[case("150", Currency::Xtr, Ok(150))]
    #[case("150.5", Currency::Xtr, Err(BadAmount))]
    #[case("", Currency::Usd, Err(BadAmount))]
    #[case(".5", Currency::Usd, Err(BadAmount))]
    #[case("1e3", Currency::Usd, Err(BadAmount))]
    #[case("99999999999999999999", Currency::Usd, Err(BadAmount))]
    fn decimals_are_read_exactly(
        #[case] text: &str,
        #[case] currency: Currency,
        #[case] minor: Result<i64, BadAmount>,
    ) {
        assert_eq!(Money::from_decimal(text, currency).map(|money| money.minor), minor);
    }

    #[rstest]
    #[case(0, Currency::Usd, "0.00 USD")]
    #[case(-5, Currency::Usd, "-0.05 USD")]
    #[case(29_900, Currency::Rub, "299.00 RUB")]
    #[case(-150, Currency::Xtr, "-150 XTR")]
    fn amounts_are_shown_with_the_digits_of_their_currency(
        #[case] minor: i64,
        #[case] currency: Currency,
        #[case] text: &str,
    ) {
        assert_eq!(Money::new(minor, currency).to_string(), text);
    }

    #[rstest]
    #[case(5, 7, Currency::Usd, Some(12))]
    #[case(5, -7, Currency::Usd, Some(-2))]
    #[case(1, 1, Currency::Eur, None)]
    #[case(i64::MAX, 1, Currency::Usd, None)]
    fn money_is_added_when_the_sum_means_something(
        #[case] dollars: i64,
        #[case] minor: i64,
        #[case] currency: Currency,
        #[case] sum: Option<i64>,
    ) {
        let added = Money::new(dollars, Currency::Usd).checked_add(Money::new(minor, currency));
        assert_eq!(added, sum.map(|minor| Money::new(minor, Currency::Usd)));
    }

    proptest! {
        #[test]
        fn a_decimal_survives_its_own_text(minor in -1_000_000_000_000_i64..1_000_000_000_000, index in 0..Currency::ALL.len()) {
            let money = Money::new(minor, Currency::ALL[index]);
            prop_assert_eq!(Money::from_decimal(&money.to_decimal(), money.currency), Ok(money));
            prop_assert_eq!(money.to_string().parse(), Ok(money));
        }
    }
}
