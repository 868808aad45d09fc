//! The menu: a card with the state of the subscription, and the ways from here.

use chrono::{DateTime, Utc};
use domain::{args, entities::tenant::subscription, shop::user::ways::Ways};

use crate::{
    callback::{Act, Callback},
    keyboard::{Keyboard, Style},
    reader::Reader,
    screen::Screen,
    shop::{access, standing::Standing, traffic},
};

/// What the card shows.
#[derive(Clone, Debug)]
pub struct Card {
    pub shop: String,
    pub name: String,
    pub subscription: Option<(subscription::Model, String)>,
    /// Which of several accesses it is.
    pub place: Option<access::Place>,
    /// Whether the shop gives something for friends.
    pub invites: bool,
    pub ways: Ways,
    /// Whether the reader helps to run the shop, or owns it.
    pub is_staff: bool,
    pub now: DateTime<Utc>,
}

impl Card {
    pub fn standing(&self) -> Option<Standing> {
        self.subscription.as_ref().map(|(row, _)| Standing::of(row, self.now))
    }
}

pub fn menu(reader: Reader, card: &Card) -> Screen {
    Screen::new(text(reader, card), keyboard(reader, card))
}

/// The menu below a short message.
pub fn menu_with_hint(reader: Reader, card: &Card, hint: &str) -> Screen {
    Screen::new(format!("{hint}\n\n{}", text(reader, card)), keyboard(reader, card))
}

fn text(reader: Reader, card: &Card) -> String {
    let shop = args!["shop" => &card.shop];
    let Some((row, plan)) = &card.subscription else {
        return reader.html("bot-menu-card-none", &shop.with("name", &card.name));
    };
    let key = match Standing::of(row, card.now) {
        Standing::Pending => "bot-menu-card-pending",
        Standing::Trial => "bot-menu-card-trial",
        Standing::Active => "bot-menu-card-active",
        Standing::Expiring => "bot-menu-card-expiring",
        Standing::Limited => "bot-menu-card-limited",
        Standing::Expired => "bot-menu-card-expired",
        Standing::Disabled => "bot-menu-card-disabled",
    };
    let values = shop
        .with("plan", plan)
        .with("until", reader.date(row.target_expire))
        .with("left", reader.left(card.now, row.target_expire))
        .with("traffic", reader.traffic(row.used_traffic, row.target_data_limit));
    let text = reader.html(key, &values);
    match card.place {
        Some(place) => format!("{text}\n\n{}", access::view::place(reader, place)),
        None => text,
    }
}

fn keyboard(reader: Reader, card: &Card) -> Keyboard {
    let trial = card.ways.trial.then(|| reader.button("bot-menu-btn-trial", Callback::TrialOffer));
    let buy = reader.button("bot-menu-btn-buy", Callback::Plans);
    let renew = reader.button("bot-menu-btn-renew", Callback::Plans);
    let connect = reader.button("bot-menu-btn-connect", Callback::Config);
    let keyboard = match card.standing() {
        None => match trial {
            Some(trial) => Keyboard::new().row(trial.style(Style::Primary)).row(buy),
            None => Keyboard::new().row(buy.style(Style::Primary)),
        },
        Some(Standing::Pending) => Keyboard::new().row(connect.style(Style::Primary)),
        Some(Standing::Active) => Keyboard::new().row(connect.style(Style::Primary)).row(renew),
        Some(Standing::Trial) => Keyboard::new().row(connect.style(Style::Primary)).row(buy),
        Some(Standing::Limited) if card.ways.traffic => {
            Keyboard::new().row(traffic::view::button(reader).style(Style::Primary)).row(renew).row(connect)
        }
        Some(_) => Keyboard::new().row(renew.style(Style::Primary)).row(connect),
    };
    let promo = card.ways.codes.then(|| reader.button("bot-promo-btn-enter", Callback::Promo(None)));
    keyboard
        .row_if(card.place.map(|_| access::view::button(reader)))
        .row_if(promo)
        .pair(
            reader.button("bot-menu-btn-profile", Callback::Profile),
            reader.button("bot-menu-btn-settings", Callback::Settings),
        )
        .row_if(card.invites.then(|| reader.button("bot-menu-btn-invite", Callback::Invite)))
        .pair(
            reader.button("bot-menu-btn-faq", Callback::Faq),
            reader.button("bot-menu-btn-support", Callback::Support),
        )
        .row_if(card.is_staff.then(|| reader.button("bot-menu-btn-admin", Callback::Staff(Act::Home))))
}
