//! The plans on sale, and the summary of one.

use super::Shown;
use domain::{
    args,
    entities::tenant::plan::{self, PlanKind},
    money::Money,
    shop::plan::service::name_of,
};

use crate::{
    callback::Callback,
    keyboard::{Button, Keyboard, Style},
    reader::Reader,
    screen::Screen,
    shop::promo,
};

pub fn list(reader: Reader, offers: &[(plan::Model, Money)], renews: bool, note: Option<&str>) -> Screen {
    if offers.is_empty() {
        let keyboard = reader.way_back(Keyboard::new(), Callback::Menu);
        return Screen::new(reader.html("bot-buy-plans-empty-body", &args![]), keyboard);
    }
    let key = if renews { "bot-buy-plans-renew-title" } else { "bot-buy-plans-title" };
    let title = reader.html(key, &args![]);
    let text = note.map_or_else(|| title.clone(), |note| format!("{note}\n\n{title}"));
    let keyboard = offers.iter().fold(Keyboard::new(), |keyboard, (plan, price)| {
        let values = args!["plan" => name_of(plan, reader.locale), "amount" => *price];
        let label = reader.plain("bot-buy-plans-btn-plan", &values);
        keyboard.row(Button::callback(label, Callback::Plan(plan.id)))
    });
    Screen::new(text, reader.way_back(keyboard, Callback::Menu))
}

/// `renews` is `None` where nothing could renew it by itself.
pub fn summary(reader: Reader, shown: &Shown, renews: Option<bool>, note: Option<&str>) -> Screen {
    let Shown { plan, full, price, .. } = shown;
    let values = args![
        "plan" => name_of(plan, reader.locale),
        "period" => reader.days(plan.days),
        "traffic" => reader.volume(plan.traffic_bytes),
        "amount" => *price,
    ];
    let mut blocks: Vec<String> = note.map(str::to_owned).into_iter().collect();
    let is_pack = plan.kind == PlanKind::Traffic;
    let body = if is_pack { "bot-traffic-summary-body" } else { "bot-pay-summary-body" };
    blocks.push(reader.html(body, &values));
    blocks.extend(promo::view::summary_lines(reader, shown));
    if shown.separate {
        blocks.push(reader.html("bot-access-separate-body", &args![]));
    }
    if let Some(after) = &shown.after {
        let values = args![
            "plan" => &after.running,
            "until" => reader.date(after.until),
            "traffic" => reader.volume(after.traffic),
        ];
        let key = if after.changes { "bot-buy-summary-change-body" } else { "bot-buy-summary-after-body" };
        blocks.push(reader.html(key, &values));
    }
    if renews == Some(true) {
        // The code is for this order alone.
        blocks.push(reader.html("bot-renew-summary-body", &args!["amount" => *full]));
    }
    let label = reader.plain("bot-pay-summary-btn-pay", &args!["amount" => *price]);
    let pay = Button::callback(label, Callback::Buy { plan: plan.id, seen: shown.mark() });
    let code = match &shown.standing {
        Some(standing) => {
            let label = reader.plain("bot-promo-btn-off", &args!["code" => &standing.code.code]);
            Some(Button::callback(label, Callback::PromoOff(Some(plan.id))))
        }
        None => {
            let enter = || reader.button("bot-promo-btn-enter", Callback::Promo(Some(plan.id)));
            shown.takes_codes.then(enter)
        }
    };
    let switch = renews.map(|on| {
        let key = if on { "bot-renew-summary-btn-off" } else { "bot-renew-summary-btn-on" };
        reader.button(key, Callback::RenewWith { plan: plan.id, on: !on })
    });
    let keyboard = Keyboard::new().row(pay.style(Style::Success)).row_if(code).row_if(switch);
    let gift = (!is_pack).then(|| reader.button("bot-gift-btn-buy", Callback::GiftBuy(plan.id)));
    let keyboard = keyboard.row_if(gift);
    let together = shown.separate.then(|| reader.button("bot-access-btn-together", Callback::Plans));
    let keyboard = keyboard.row_if(together);
    let back = match (is_pack, shown.separate) {
        (true, _) => Callback::Traffic,
        (false, true) => Callback::AccessMore,
        (false, false) => Callback::Plans,
    };
    Screen::new(blocks.join("\n\n"), reader.way_back(keyboard, back))
}
