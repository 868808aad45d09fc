//! The gift's link, and what became of it.

use domain::{
    args,
    entities::tenant::{gift, order},
    ids::OrderId,
    shop::{
        gift::service::{Opened, is_waiting},
        payment::method::Choice,
        plan::service::{Offer, name_of},
    },
};

use super::LINK;
use crate::{
    callback::{Callback, Provider},
    keyboard::{Button, Keyboard, Style},
    reader::Reader,
    screen::Screen,
    shop::pay::view::{method_label, values},
};

pub fn methods(reader: Reader, offer: &Offer, choices: &[Choice]) -> Screen {
    let plan = offer.plan.id;
    let keyboard = choices.iter().fold(Keyboard::new(), |keyboard, choice| {
        let button = Provider::new(&choice.method.provider).map(|provider| {
            let label = method_label(reader, &choice.method);
            let label = reader.plain("bot-gift-btn-way", &args!["way" => label, "amount" => choice.price]);
            Button::callback(label, Callback::GiftWith { plan, provider })
        });
        keyboard.row_if(button)
    });
    let text = reader.html("bot-gift-methods-body", &args!["plan" => name_of(&offer.plan, reader.locale)]);
    Screen::new(text, reader.way_back(keyboard, Callback::Plan(plan)))
}

/// A gift that was paid, to its buyer.
pub fn bought(reader: Reader, gift: &gift::Model, order: &order::Model, bot: &str) -> Screen {
    let list = reader.button("bot-gift-btn-list", Callback::Gifts);
    if !is_waiting(gift, order) {
        let key = match gift.redeemed_by {
            Some(_) => "bot-gift-given-body",
            None => "bot-gift-gone-body",
        };
        let keyboard = reader.way_back(Keyboard::new().row(list), Callback::Menu);
        return Screen::new(reader.html(key, &values(reader, order)), keyboard);
    }
    let link = link(gift, bot);
    let text = reader.html("bot-gift-ready-body", &values(reader, order).with("link", &link));
    let copy = Button::copy(reader.plain("bot-config-btn-copy", &args![]), &link);
    let share = Button::url(reader.plain("bot-gift-btn-share", &args![]), share(&link));
    let keep = reader.button("bot-gift-btn-keep", Callback::GiftKeep(order.id));
    let keyboard = Keyboard::new().row(share.style(Style::Primary)).row_if(copy).row(keep).row(list);
    Screen::new(text, reader.way_back(keyboard, Callback::Menu))
}

pub fn list(reader: Reader, gifts: &[(gift::Model, order::Model)], bot: &str) -> Screen {
    if gifts.is_empty() {
        let buy = reader.button("bot-menu-btn-buy", Callback::Plans).style(Style::Primary);
        let keyboard = reader.way_back(Keyboard::new().row(buy), Callback::Profile);
        return Screen::new(reader.html("bot-gift-list-empty-body", &args![]), keyboard);
    }
    let mut blocks = vec![reader.html("bot-gift-list-title", &args![])];
    let mut keyboard = Keyboard::new();
    for (gift, order) in gifts {
        let values = values(reader, order).with("link", link(gift, bot));
        let waits = is_waiting(gift, order);
        let key = match gift.redeemed_by {
            _ if waits => "bot-gift-item-waiting",
            Some(_) => "bot-gift-item-opened",
            None => "bot-gift-item-gone",
        };
        blocks.push(reader.html(key, &values));
        if waits {
            let label = reader.plain("bot-gift-btn-keep-order", &values);
            keyboard = keyboard.row(Button::callback(label, Callback::GiftKeep(order.id)));
        }
    }
    Screen::new(blocks.join("\n\n"), reader.way_back(keyboard, Callback::Profile))
}

pub fn ask_to_keep(reader: Reader, order: &order::Model) -> Screen {
    let yes = reader.button("bot-gift-keep-btn-yes", Callback::GiftKept(order.id)).style(Style::Success);
    let keyboard = reader.way_back(Keyboard::new().row(yes), Callback::Gifts);
    Screen::new(reader.html("bot-gift-keep-body", &values(reader, order)), keyboard)
}

/// Whoever bought it follows its link.
pub fn own(reader: Reader, order: OrderId) -> Screen {
    let keep = reader.button("bot-gift-btn-keep", Callback::GiftKeep(order));
    let list = reader.button("bot-gift-btn-list", Callback::Gifts);
    let keyboard = reader.way_back(Keyboard::new().row(keep).row(list), Callback::Menu);
    Screen::new(reader.html("bot-gift-own-body", &args![]), keyboard)
}

pub fn note(reader: Reader, opened: &Opened) -> String {
    let key = match opened {
        Opened::Done => "bot-gift-done-body",
        Opened::Own(_) => "bot-gift-own-body",
        Opened::Already { by_reader: true } => "bot-gift-yours-body",
        Opened::Already { by_reader: false } => "bot-gift-taken-body",
        Opened::Unpaid => "bot-gift-unpaid-body",
        Opened::Refunded => "bot-gift-refunded-body",
        Opened::NoRoom => "bot-gift-room-body",
        Opened::Gone => "bot-gift-none-body",
    };
    reader.html(key, &args![])
}

fn link(gift: &gift::Model, bot: &str) -> String {
    format!("https://t.me/{bot}?start={LINK}{}", gift.token)
}

/// <https://core.telegram.org/widgets/share>
fn share(link: &str) -> String {
    let link: String = url::form_urlencoded::byte_serialize(link.as_bytes()).collect();
    format!("https://t.me/share/url?url={link}")
}
