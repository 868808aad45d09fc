//! Receipts as staff sees them.

use chrono::{DateTime, Utc};
use domain::{
    args,
    entities::tenant::{
        order,
        receipt::{self, RejectReason},
        user,
    },
    ids::ReceiptId,
    locale::Args,
    money::Money,
    shop::staff::service::name_of,
};

use super::{back, labelled, staff_button};
use crate::{
    callback::Act,
    keyboard::{Button, Keyboard, Style},
    reader::Reader,
    screen::Screen,
    shop::pay::view::plan_name,
};

/// A receipt, when it was sent, and its order.
pub type Sent = (ReceiptId, DateTime<Utc>, order::Model);

/// Those that wait, the oldest first.
pub fn receipts(reader: Reader, waiting: usize, shown: &[Sent]) -> Screen {
    if shown.is_empty() {
        let text = reader.html("bot-admin-receipts-empty-body", &args![]);
        return Screen::new(text, back(reader, Keyboard::new(), Act::Home));
    }
    let mut blocks = vec![reader.html("bot-admin-receipts-title", &args!["count" => waiting])];
    let mut keyboard = Keyboard::new();
    for (id, at, order) in shown {
        let values = values(reader, order).with("time", reader.date_time(*at));
        blocks.push(reader.html("bot-admin-receipts-item", &values));
        keyboard = keyboard.row(labelled(reader, "bot-admin-receipts-btn-open", &values, Act::Receipt(*id)));
    }
    Screen::new(blocks.join("\n"), back(reader, keyboard, Act::Home))
}

/// `page` is where other amounts are booked, and earlier receipts stand beside this one.
pub fn receipt(
    reader: Reader,
    receipt: &receipt::Model,
    order: &order::Model,
    buyer: Option<&user::Model>,
    page: Option<String>,
) -> Screen {
    let values = values(reader, order)
        .with("time", reader.date_time(receipt.created_at))
        .with("user", buyer.map(name_of).unwrap_or_default());
    let approve = Act::ReceiptYes(receipt.id);
    let approve = labelled(reader, "bot-admin-receipt-btn-approve", &values, approve).style(Style::Success);
    let reject = staff_button(reader, "bot-admin-receipt-btn-reject", Act::ReceiptNo(receipt.id));
    let look = page.map(|page| Button::url(reader.plain("bot-card-btn-look", &args![]), page));
    let keyboard = Keyboard::new().row(approve).row(reject.style(Style::Danger)).row_if(look);
    Screen::new(reader.html("bot-admin-receipt-body", &values), back(reader, keyboard, Act::Receipts))
}

/// The same where there is no picture to be shown.
pub fn unseen(reader: Reader, screen: Screen) -> Screen {
    screen.below(&reader.html("bot-admin-receipt-line-unseen", &args![]))
}

/// To choose the reason is to confirm. One in own words is written on the panel's page.
pub fn ask_why(reader: Reader, id: ReceiptId, order: &order::Model) -> Screen {
    let reasons = RejectReason::ALL.into_iter().filter(|reason| *reason != RejectReason::Other);
    let keyboard = reasons.fold(Keyboard::new(), |keyboard, reason| {
        let label = reader.plain(&format!("web-receipt-reason-{}", reason.code()), &args![]);
        let act = Act::ReceiptWhy { receipt: id, reason };
        let button = Button::callback(label, crate::callback::Callback::Staff(act));
        keyboard.row(button.style(Style::Danger))
    });
    let text = reader.html("bot-admin-receipt-why-body", &values(reader, order));
    Screen::new(text, back(reader, keyboard, Act::Receipt(id)))
}

fn values(reader: Reader, order: &order::Model) -> Args {
    args![
        "order" => order.id.short(),
        "plan" => plan_name(reader, order),
        "amount" => Money::new(order.amount_minor, order.currency),
    ]
}
