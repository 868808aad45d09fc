//! Values with which a text is shown to whoever writes it.

use chrono::{DateTime, Utc};
use domain::{
    locale::{Arg, Args, Locale, format},
    money::Money,
    shop::text::rules,
    units::Bytes,
};

use crate::web::guard::ShopBot;

/// A value for each name that the text knows.
pub(super) fn values(locale: Locale, key: &str, bot: &ShopBot) -> Args {
    let one = |args: Args, name: &'static str| args.with(name, value(locale, name, bot));
    rules::values(key).into_iter().fold(Args::default(), one)
}

fn value(locale: Locale, name: &str, bot: &ShopBot) -> Arg {
    let shop = &bot.shop.tenant;
    // Any day does.
    let day: DateTime<Utc> = DateTime::from_timestamp(1_790_000_000, 0).unwrap_or_default();
    match name {
        "shop" => Arg::from(&shop.name),
        "name" | "user" | "friend" | "from" | "holder" => Arg::from("Sara"),
        "amount" | "balance" | "total" | "full" | "was" | "now" | "off" | "least" | "most" => {
            Arg::from(Money::new(29_900, shop.currency))
        }
        "until" | "date" | "at" => Arg::from(format::date_time(locale, day, shop.zone())),
        "time" => Arg::from(format::time_of_day(locale, day, shop.zone())),
        "left" | "period" | "bonus" | "gift" => {
            Arg::from(format::duration(locale, chrono::Duration::days(30)))
        }
        "traffic" | "limit" => Arg::from(Bytes(100 * Bytes::GIGABYTE)),
        "used" => Arg::from(Bytes(42 * Bytes::GIGABYTE)),
        "count" | "days" | "friends" | "buying" | "number" | "percent" | "minutes" => Arg::from(3_i64),
        "order" => Arg::from("BY-1A2B3C4D"),
        "code" => Arg::from("SPRING25"),
        "link" => Arg::from("https://panel.example.com/sub/sample"),
        "card" => Arg::from("6037 9900 0000 0006"),
        "id" => Arg::from("5000001"),
        _ => Arg::from("…"),
    }
}
