//! Numbers, money, sizes, dates and durations as the reader's language writes them.
//!
//! Words (months, units, currencies) are texts of `format.ftl`; digits and separators are here.

mod bytes;
mod date;
mod duration;
mod money;
mod number;

pub use self::{
    bytes::bytes,
    date::{Calendar, date, date_in, date_short, date_time, date_time_in, date_time_short, time_of_day},
    duration::duration,
    money::money,
    number::{decimal, number, percent},
};
pub use super::digits::western as western_digits;

use super::{
    Args, Locale,
    args::Escape,
    catalogue::{CATALOGUE, Rendering},
};

/// A piece of a text that is put together further: without isolates and marks.
fn word(locale: Locale, key: &str, args: &Args) -> String {
    CATALOGUE.show(Rendering::Plain, None, locale, key, &args.resolve(locale, Escape::No))
}
