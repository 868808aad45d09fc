//! Language, rules, welcome.

use domain::{args, entities::tenant::plan, locale::Locale, shop::gate::service::Entry};

use crate::{
    callback::Callback,
    context::FirstStep,
    keyboard::{Button, Keyboard, Style},
    reader::Reader,
    screen::Screen,
};

pub fn step(reader: Reader, step: FirstStep) -> Screen {
    match step {
        FirstStep::Language => language(reader),
        FirstStep::Rules => rules(reader),
    }
}

fn language(reader: Reader) -> Screen {
    let keyboard = Locale::ALL.into_iter().fold(Keyboard::new(), |keyboard, locale| {
        let style = if locale == reader.locale { Style::Primary } else { Style::Plain };
        let label = locale.native_name().to_owned();
        keyboard.row(Button::callback(label, Callback::StartLanguage(locale)).style(style))
    });
    Screen::new(reader.html("bot-start-language-title", &args![]), keyboard)
}

pub fn rules(reader: Reader) -> Screen {
    let keyboard = Keyboard::new()
        .row(reader.button("bot-start-rules-btn-accept", Callback::RulesAccept).style(Style::Primary))
        .row(reader.button("bot-start-rules-btn-decline", Callback::RulesDecline));
    Screen::new(reader.html("bot-start-rules-body", &args![]), keyboard)
}

/// Who may not begin: the shop takes nobody, or only who is brought by somebody.
pub fn barred(reader: Reader, shop: &str, entry: Entry) -> Screen {
    let key = match entry {
        Entry::Invited => "bot-start-invited-body",
        Entry::Open | Entry::Closed => "bot-start-closed-body",
    };
    Screen::new(reader.html(key, &args!["shop" => shop]), Keyboard::new())
}

pub fn declined(reader: Reader) -> Screen {
    let keyboard = Keyboard::new().row(reader.button("bot-start-rules-btn-accept", Callback::RulesAccept));
    Screen::new(reader.html("bot-start-rules-declined-body", &args![]), keyboard)
}

/// `trial` is the plan of the trial when the user can have it, `invited` says who brought him.
pub fn welcome(
    reader: Reader,
    (shop, name): (&str, &str),
    trial: Option<&plan::Model>,
    invited: Option<&str>,
) -> Screen {
    let with = |text: String| invited.map_or(text.clone(), |invited| format!("{text}\n\n{invited}"));
    let values = args!["shop" => shop, "name" => name];
    let buy = reader.button("bot-menu-btn-buy", Callback::Plans);
    let menu = reader.button("bot-common-btn-menu", Callback::Menu);
    match trial {
        Some(plan) => {
            let values = values
                .with("period", reader.days(plan.days))
                .with("traffic", reader.volume(plan.traffic_bytes));
            let trial = reader.button("bot-menu-btn-trial", Callback::TrialOffer).style(Style::Primary);
            let keyboard = Keyboard::new().row(trial).row(buy).row(menu);
            Screen::new(with(reader.html("bot-start-welcome-trial-body", &values)), keyboard)
        }
        None => {
            let keyboard = Keyboard::new().row(buy.style(Style::Primary)).row(menu);
            Screen::new(with(reader.html("bot-start-welcome-body", &values)), keyboard)
        }
    }
}
