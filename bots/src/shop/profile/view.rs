//! Who am I, what do I have, what did I buy.

use std::collections::HashSet;

use chrono::{DateTime, Utc};
use domain::{
    args,
    entities::tenant::{
        order::{self, OrderState},
        subscription, user,
    },
    ids::OrderId,
    locale::format,
    money::Money,
};

use crate::{
    callback::Callback,
    keyboard::{Keyboard, Style},
    reader::Reader,
    screen::Screen,
    shop::{access, pay::view::plan_name, standing::Standing, traffic},
};

/// Cells of the traffic bar.
const BAR: usize = 10;

/// What the profile shows.
#[derive(Clone, Debug)]
pub struct Profile {
    pub user: user::Model,
    pub subscription: Option<(subscription::Model, String)>,
    /// What lies in the wallet.
    pub wallet: Vec<Money>,
    /// Whether the wallet is worth a look.
    pub has_wallet: bool,
    /// Whether the plan goes on by itself; `None` where that is not possible.
    pub renews: Option<bool>,
    /// Whether traffic can be added to the subscription.
    pub sells_traffic: bool,
    /// Whether something was bought for others.
    pub has_gifts: bool,
    /// The panel did not answer: the usage is as of `read_at`.
    pub outdated: bool,
    pub now: DateTime<Utc>,
}

pub fn profile(reader: Reader, profile: &Profile) -> Screen {
    let user = &profile.user;
    let mut lines = vec![
        reader.html("bot-profile-title", &args!["name" => &user.first_name]),
        String::new(),
        reader.html("bot-profile-line-id", &args!["id" => user.telegram_id.to_string()]),
        reader.html("bot-profile-line-since", &args!["date" => reader.date(user.created_at)]),
        String::new(),
    ];
    match &profile.subscription {
        Some((row, plan)) => {
            lines.extend(subscription_lines(reader, profile.now, profile.outdated, row, plan))
        }
        None => lines.push(reader.html("bot-profile-line-none", &args![])),
    }
    let line = |money: &Money| reader.html("bot-profile-line-wallet", &args!["amount" => *money]);
    lines.extend(profile.wallet.iter().map(line));
    let keyboard = match &profile.subscription {
        Some(_) => Keyboard::new()
            .row(reader.button("bot-menu-btn-connect", Callback::Config).style(Style::Primary))
            .row(reader.button("bot-profile-btn-change", Callback::Plans)),
        None => Keyboard::new().row(reader.button("bot-menu-btn-buy", Callback::Plans).style(Style::Primary)),
    };
    let renewal = profile.renews.map(|on| {
        let key = if on { "bot-profile-btn-renewal-on" } else { "bot-profile-btn-renewal-off" };
        reader.button(key, Callback::Renewal)
    });
    let wallet = profile.has_wallet.then(|| reader.button("bot-profile-btn-wallet", Callback::Wallet));
    let orders = reader.button("bot-profile-btn-orders", Callback::Orders);
    let gifts = profile.has_gifts.then(|| reader.button("bot-gift-btn-list", Callback::Gifts));
    let more = profile.sells_traffic.then(|| traffic::view::button(reader));
    let accesses = profile.subscription.as_ref().map(|_| access::view::button(reader));
    let keyboard =
        keyboard.row_if(more).row_if(renewal).row_if(accesses).row(orders).row_if(gifts).row_if(wallet);
    Screen::new(lines.join("\n"), reader.way_back(keyboard, Callback::Menu))
}

pub fn orders(reader: Reader, orders: &[order::Model], reviewed: &HashSet<OrderId>) -> Screen {
    let keyboard = reader.way_back(Keyboard::new(), Callback::Profile);
    if orders.is_empty() {
        return Screen::new(reader.html("bot-profile-orders-empty-body", &args![]), keyboard);
    }
    let mut blocks = vec![reader.html("bot-profile-orders-title", &args![])];
    blocks.extend(orders.iter().map(|order| {
        let values = args![
            "status" => reader.plain(order_status(order, reviewed), &args![]),
            "plan" => plan_name(reader, order),
            "amount" => Money::new(order.amount_minor, order.currency),
            "date" => reader.date(order.created_at),
            "order" => order.id.short(),
        ];
        reader.html("bot-profile-orders-item", &values)
    }));
    Screen::new(blocks.join("\n\n"), keyboard)
}

/// How the access stands, a line for each thing. `outdated` when the usage is not of this moment.
pub fn subscription_lines(
    reader: Reader,
    now: DateTime<Utc>,
    outdated: bool,
    row: &subscription::Model,
    plan: &str,
) -> Vec<String> {
    let standing = Standing::of(row, now);
    let status = reader.plain(status_key(standing), &args![]);
    let until = args!["until" => reader.date(row.target_expire)];
    let end = if standing == Standing::Expired {
        reader.html("bot-profile-line-ended", &until)
    } else {
        let left = reader.left(now, row.target_expire);
        reader.html("bot-profile-line-until", &until.with("left", left))
    };
    let mut lines = vec![
        reader.html("bot-profile-line-plan", &args!["plan" => plan]),
        reader.html("bot-profile-line-status", &args!["status" => status]),
        end,
        traffic_line(reader, row),
    ];
    if let Some(read_at) = row.read_at.filter(|_| outdated) {
        lines.push(reader.html("bot-profile-line-synced", &args!["time" => reader.date_time(read_at)]));
    }
    lines
}

fn traffic_line(reader: Reader, row: &subscription::Model) -> String {
    let values = args!["traffic" => reader.traffic(row.used_traffic, row.target_data_limit)];
    let Some(limit) = row.target_data_limit.filter(|limit| limit.0 > 0) else {
        return reader.html("bot-profile-line-traffic-unlimited", &values);
    };
    let used = (row.used_traffic.0.max(0) as f64 / limit.0 as f64).min(1.0);
    let values =
        values.with("bar", bar(used)).with("percent", format::percent(reader.locale, (used * 100.0).floor()));
    reader.html("bot-profile-line-traffic", &values)
}

/// Full only when everything is used.
fn bar(used: f64) -> String {
    let full = (used * BAR as f64).floor() as usize;
    "▰".repeat(full) + &"▱".repeat(BAR - full.min(BAR))
}

pub fn status_key(standing: Standing) -> &'static str {
    match standing {
        Standing::Pending => "bot-profile-status-pending",
        Standing::Trial => "bot-profile-status-trial",
        Standing::Active => "bot-profile-status-active",
        Standing::Expiring => "bot-profile-status-expiring",
        Standing::Limited => "bot-profile-status-limited",
        Standing::Expired => "bot-profile-status-expired",
        Standing::Disabled => "bot-profile-status-disabled",
    }
}

pub fn order_status(order: &order::Model, reviewed: &HashSet<OrderId>) -> &'static str {
    match order.state {
        _ if reviewed.contains(&order.id) => "bot-profile-order-status-review",
        OrderState::New | OrderState::Pending => "bot-profile-order-status-open",
        OrderState::Paid => "bot-profile-order-status-paid",
        OrderState::Provisioned | OrderState::Won => "bot-profile-order-status-done",
        OrderState::Refunded | OrderState::Lost => "bot-profile-order-status-refunded",
        OrderState::Failed => "bot-profile-order-status-failed",
        OrderState::Expired => "bot-profile-order-status-expired",
        OrderState::Mismatch | OrderState::Disputed => "bot-profile-order-status-review",
    }
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::*;

    #[rstest]
    #[case(0.0, "▱▱▱▱▱▱▱▱▱▱")]
    #[case(0.55, "▰▰▰▰▰▱▱▱▱▱")]
    #[case(0.999, "▰▰▰▰▰▰▰▰▰▱")]
    #[case(1.0, "▰▰▰▰▰▰▰▰▰▰")]
    fn the_bar_is_full_when_all_is_used(#[case] used: f64, #[case] shown: &str) {
        assert_eq!(bar(used), shown);
    }
}
