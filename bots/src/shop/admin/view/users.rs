//! Users as staff sees them.

use chrono::{DateTime, Utc};
use domain::{
    args,
    entities::{
        master::membership::Role,
        tenant::{order, plan, staff_act, subscription, user},
    },
    ids::UserId,
    money::Money,
    shop::{
        mail::{address::masked, service::Standing},
        plan::service::{Offer, name_of},
        staff::{
            acts::{BanReason, LONGEST, MOST_DAYS, Seen, reason_of},
            rights::{Right, may},
            service::name_of as user_name,
        },
    },
    units::Days,
};

use super::{back, labelled, pair_if, staff_button};
use crate::{
    callback::Act,
    keyboard::{Keyboard, Style},
    reader::Reader,
    screen::Screen,
    shop::{
        pay::view::plan_name,
        profile::view::{order_status, subscription_lines},
    },
};

/// What is given most often.
const DAYS: [u16; 4] = [1, 3, 7, 30];

/// One user.
#[derive(Clone, Debug)]
pub struct Card {
    pub user: user::Model,
    pub subscription: Option<(subscription::Model, String)>,
    /// The newest ones.
    pub orders: Vec<order::Model>,
    pub wallet: Vec<Money>,
    /// Where mail goes, if he gave an address.
    pub mail: Option<(String, Standing)>,
    /// Who shut him out, and why.
    pub banned: Option<staff_act::Model>,
    pub now: DateTime<Utc>,
}

/// Whom a search found: nobody, or several.
pub fn found(reader: Reader, people: &[user::Model]) -> Screen {
    if people.is_empty() {
        return nobody(reader);
    }
    let keyboard = people.iter().fold(Keyboard::new(), |keyboard, user| {
        let values = args!["name" => user_name(user), "id" => user.telegram_id.to_string()];
        keyboard.row(labelled(reader, "bot-admin-users-btn-user", &values, Act::User(user.id)))
    });
    Screen::new(reader.html("bot-admin-users-title", &args![]), back(reader, keyboard, Act::Home))
}

pub fn nobody(reader: Reader) -> Screen {
    let again = staff_button(reader, "bot-admin-users-btn-again", Act::Find).style(Style::Primary);
    let text = reader.html("bot-admin-users-none-body", &args![]);
    Screen::new(text, back(reader, Keyboard::new().row(again), Act::Home))
}

pub fn card(reader: Reader, role: Role, card: &Card) -> Screen {
    let user = &card.user;
    let mut lines = vec![
        reader.html("bot-admin-user-title", &args!["name" => user_name(user)]),
        reader.html("bot-profile-line-id", &args!["id" => user.telegram_id.to_string()]),
        reader.html("bot-profile-line-since", &args!["date" => reader.date(user.created_at)]),
        reader.html("bot-admin-user-line-seen", &args!["time" => reader.date_time(user.last_seen_at)]),
    ];
    lines.extend(card.mail.as_ref().map(|(address, standing)| mail_line(reader, role, address, *standing)));
    if let Some(at) = user.banned_at {
        lines.push(String::new());
        lines.push(banned_line(reader, at, card.banned.as_ref()));
    }
    lines.push(String::new());
    match &card.subscription {
        Some((row, plan)) => {
            lines.extend(subscription_lines(reader, card.now, false, row, plan));
            lines.push(reader.html("bot-admin-user-line-account", &args!["account" => &row.username]));
        }
        None => lines.push(reader.html("bot-profile-line-none", &args![])),
    }
    let line = |money: &Money| reader.html("bot-profile-line-wallet", &args!["amount" => *money]);
    lines.extend(card.wallet.iter().map(line));
    lines.push(String::new());
    if card.orders.is_empty() {
        lines.push(reader.html("bot-admin-user-line-orders-none", &args![]));
    }
    lines.extend(card.orders.iter().map(|order| {
        let values = args![
            "order" => order.id.short(),
            "plan" => plan_name(reader, order),
            "amount" => Money::new(order.amount_minor, order.currency),
            "status" => reader.plain(order_status(order, &std::collections::HashSet::new()), &args![]),
        ];
        reader.html("bot-admin-user-line-order", &values)
    }));
    Screen::new(lines.join("\n"), back(reader, actions(reader, role, card), Act::Home))
}

fn actions(reader: Reader, role: Role, card: &Card) -> Keyboard {
    let id = card.user.id;
    let may = |right| may(role, right);
    let button = |right, key, act| may(right).then(|| staff_button(reader, key, act));
    let extend = button(Right::Give, "bot-admin-user-btn-extend", Act::Extend(id));
    let extend = extend.filter(|_| card.subscription.is_some()).map(|one| one.style(Style::Primary));
    let gift = button(Right::Give, "bot-admin-user-btn-gift", Act::Gifts(id));
    let write = button(Right::Message, "bot-admin-user-btn-message", Act::Write(id));
    let ban = match card.user.banned_at {
        Some(_) => button(Right::Ban, "bot-admin-user-btn-unban", Act::UnbanAsk(id)),
        None => {
            button(Right::Ban, "bot-admin-user-btn-ban", Act::BanAsk(id)).map(|one| one.style(Style::Danger))
        }
    };
    let other = staff_button(reader, "bot-admin-users-btn-again", Act::Find);
    pair_if(Keyboard::new(), extend, gift).row_if(write).row_if(ban).row(other)
}

/// Whole for whoever may look after more than questions; support sees that there is one.
fn mail_line(reader: Reader, role: Role, address: &str, standing: Standing) -> String {
    let key = match standing {
        Standing::Works => "bot-admin-user-line-mail-confirmed",
        Standing::Unconfirmed => "bot-admin-user-line-mail-unconfirmed",
        Standing::Refused => "bot-admin-user-line-mail-refused",
    };
    let shown = if may(role, Right::Give) { address.to_owned() } else { masked(address) };
    reader.html(key, &args!["address" => shown])
}

fn banned_line(reader: Reader, at: DateTime<Utc>, act: Option<&staff_act::Model>) -> String {
    let time = reader.date_time(at);
    match act.and_then(|act| Some((act, reason_of(act)?))) {
        Some((act, why)) => {
            let values = args!["time" => time, "name" => &act.name, "reason" => reason(reader, why)];
            reader.html("bot-admin-user-line-banned-by", &values)
        }
        None => reader.html("bot-admin-user-line-banned", &args!["time" => time]),
    }
}

/// There is nothing that could become longer; a plan can be given.
pub fn nothing_to_extend(reader: Reader, id: UserId, name: &str) -> Screen {
    let gift = staff_button(reader, "bot-admin-user-btn-gift", Act::Gifts(id)).style(Style::Primary);
    let text = reader.html("bot-admin-extend-none-body", &args!["name" => name]);
    Screen::new(text, back(reader, Keyboard::new().row(gift), Act::User(id)))
}

pub fn ask_days(reader: Reader, id: UserId, name: &str, seen: Seen) -> Screen {
    let buttons = DAYS.map(|days| days_button(reader, id, (days, seen)));
    let [one, three, week, month] = buttons;
    let keyboard = Keyboard::new().pair(one, three).pair(week, month);
    let text = reader.html("bot-admin-extend-ask-body", &args!["name" => name, "max" => MOST_DAYS]);
    Screen::new(text, back(reader, keyboard, Act::User(id)))
}

pub fn days_again(reader: Reader, id: UserId) -> Screen {
    let text = reader.html("bot-admin-extend-err-days", &args!["max" => MOST_DAYS]);
    Screen::new(text, back(reader, Keyboard::new(), Act::User(id)))
}

pub fn confirm_days(reader: Reader, id: UserId, name: &str, given: (u16, Seen)) -> Screen {
    let period = reader.days(Days(given.0.into()));
    let text = reader.html("bot-admin-extend-confirm-body", &args!["name" => name, "period" => period]);
    let give = days_button(reader, id, given).style(Style::Success);
    Screen::new(text, back(reader, Keyboard::new().row(give), Act::Extend(id)))
}

fn days_button(reader: Reader, user: UserId, (days, seen): (u16, Seen)) -> crate::keyboard::Button {
    let values = args!["period" => reader.days(Days(days.into()))];
    labelled(reader, "bot-admin-extend-btn-days", &values, Act::ExtendBy { user, days, seen })
}

pub fn gifts(reader: Reader, id: UserId, name: &str, offers: &[Offer]) -> Screen {
    if offers.is_empty() {
        let text = reader.html("bot-admin-gift-none-body", &args![]);
        return Screen::new(text, back(reader, Keyboard::new(), Act::User(id)));
    }
    let keyboard = offers.iter().fold(Keyboard::new(), |keyboard, offer| {
        let values = args!["plan" => name_of(&offer.plan, reader.locale)];
        let act = Act::GiftAsk { user: id, plan: offer.plan.id };
        keyboard.row(labelled(reader, "bot-admin-gift-btn-plan", &values, act))
    });
    let text = reader.html("bot-admin-gift-ask-body", &args!["name" => name]);
    Screen::new(text, back(reader, keyboard, Act::User(id)))
}

pub fn confirm_gift(reader: Reader, id: UserId, name: &str, (plan, seen): (&plan::Model, Seen)) -> Screen {
    let values = args![
        "name" => name,
        "plan" => name_of(plan, reader.locale),
        "period" => reader.days(plan.days),
        "traffic" => reader.volume(plan.traffic_bytes),
    ];
    let give = Act::Gift { user: id, plan: plan.id, seen };
    let give = staff_button(reader, "bot-admin-gift-btn-give", give).style(Style::Success);
    let text = reader.html("bot-admin-gift-confirm-body", &values);
    Screen::new(text, back(reader, Keyboard::new().row(give), Act::Gifts(id)))
}

pub fn ask_message(reader: Reader, id: UserId, name: &str) -> Screen {
    let text = reader.html("bot-admin-message-ask-body", &args!["name" => name]);
    Screen::new(text, back(reader, Keyboard::new(), Act::User(id)))
}

pub fn message_too_long(reader: Reader, id: UserId) -> Screen {
    let text = reader.html("bot-admin-message-err-long", &args!["max" => LONGEST]);
    Screen::new(text, back(reader, Keyboard::new(), Act::User(id)))
}

pub fn message_sent(reader: Reader, id: UserId) -> Screen {
    Screen::new(
        reader.html("bot-admin-message-sent-body", &args![]),
        back(reader, Keyboard::new(), Act::User(id)),
    )
}

/// To choose the reason is to confirm.
pub fn ask_ban(reader: Reader, id: UserId, name: &str) -> Screen {
    let keyboard = BanReason::ALL.into_iter().fold(Keyboard::new(), |keyboard, why| {
        let values = args!["reason" => reason(reader, why)];
        let act = Act::Ban { user: id, reason: why };
        keyboard.row(labelled(reader, "bot-admin-ban-btn-reason", &values, act).style(Style::Danger))
    });
    let text = reader.html("bot-admin-ban-ask-body", &args!["name" => name]);
    Screen::new(text, back(reader, keyboard, Act::User(id)))
}

pub fn ask_unban(reader: Reader, id: UserId, name: &str) -> Screen {
    let sure = staff_button(reader, "bot-admin-unban-btn-sure", Act::Unban(id)).style(Style::Success);
    let text = reader.html("bot-admin-unban-ask-body", &args!["name" => name]);
    Screen::new(text, back(reader, Keyboard::new().row(sure), Act::User(id)))
}

fn reason(reader: Reader, reason: BanReason) -> String {
    let key = match reason {
        BanReason::Fraud => "bot-admin-ban-reason-fraud",
        BanReason::Sharing => "bot-admin-ban-reason-sharing",
        BanReason::Abuse => "bot-admin-ban-reason-abuse",
        BanReason::Other => "bot-admin-ban-reason-other",
    };
    reader.plain(key, &args![])
}
