//! The result of a check: how the account stands, and the one thing to do now.

use chrono::{DateTime, Utc};
use domain::{args, entities::tenant::subscription};

use crate::{
    callback::Callback,
    keyboard::{Keyboard, Style},
    reader::Reader,
    screen::Screen,
    shop::profile::view::subscription_lines,
};

/// What stands in the way.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Cause {
    /// Nothing was bought.
    None,
    Pending,
    Expired,
    Limited,
    Disabled,
    /// The server's panel does not answer.
    Panel,
    /// Nothing that we can see: it lies on the user's side.
    Fine,
}

#[derive(Clone, Debug)]
pub struct Finding {
    pub cause: Cause,
    pub subscription: Option<(subscription::Model, String)>,
    pub now: DateTime<Utc>,
}

pub fn result(reader: Reader, found: &Finding) -> Screen {
    let (key, next) = match found.cause {
        Cause::None => ("bot-check-result-none", Some(("bot-menu-btn-buy", Callback::Plans))),
        Cause::Pending => ("bot-check-result-pending", None),
        Cause::Expired => ("bot-check-result-expired", Some(("bot-menu-btn-renew", Callback::Plans))),
        Cause::Limited => ("bot-check-result-limited", Some(("bot-menu-btn-renew", Callback::Plans))),
        Cause::Disabled => ("bot-check-result-disabled", None),
        Cause::Panel => ("bot-check-result-panel", None),
        Cause::Fine => ("bot-check-result-fine", Some(("bot-menu-btn-connect", Callback::Config))),
    };
    let mut blocks = vec![reader.html("bot-check-title", &args![])];
    blocks.extend(account(reader, found));
    blocks.push(reader.html(key, &args![]));
    let next = next.map(|(key, to)| reader.button(key, to).style(Style::Primary));
    let again = reader.button("bot-check-btn-again", Callback::Check);
    let report = reader.button("bot-check-btn-report", Callback::CheckReport);
    let keyboard = Keyboard::new().row_if(next).row(again).row(report);
    Screen::new(blocks.join("\n\n"), reader.way_back(keyboard, Callback::Support))
}

/// The same for the shop's people: as text, without what is meant for the user alone.
pub fn report(reader: Reader, found: &Finding) -> String {
    let result = match found.cause {
        Cause::None => "bot-check-report-none",
        Cause::Pending => "bot-check-report-pending",
        Cause::Expired => "bot-check-report-expired",
        Cause::Limited => "bot-check-report-limited",
        Cause::Disabled => "bot-check-report-disabled",
        Cause::Panel => "bot-check-report-panel",
        Cause::Fine => "bot-check-report-fine",
    };
    let mut lines = vec![reader.plain(result, &args![])];
    if let Some((row, plan)) = &found.subscription {
        let values = args![
            "plan" => plan,
            "account" => &row.username,
            "until" => reader.date_time(row.target_expire),
            "traffic" => reader.traffic(row.used_traffic, row.target_data_limit),
            "panel" => row.panel_status.as_deref().unwrap_or("–"),
        ];
        lines.push(reader.plain("bot-check-report-account", &values));
    }
    lines.join("\n")
}

fn account(reader: Reader, found: &Finding) -> Option<String> {
    let (row, plan) = found.subscription.as_ref()?;
    let outdated = found.cause == Cause::Panel;
    Some(subscription_lines(reader, found.now, outdated, row, plan).join("\n"))
}
