//! What Telegram sends, as we read it.

use rstest::rstest;
use serde_json::json;

use super::*;

fn user() -> Value {
    json!({ "id": 77, "is_bot": false, "first_name": "Sara", "username": "sara", "language_code": "fa" })
}

fn private() -> Value {
    json!({ "id": 77, "type": "private", "first_name": "Sara", "username": "sara" })
}

fn person() -> Person {
    Person {
        telegram_id: 77,
        first_name: "Sara".into(),
        username: Some("sara".into()),
        language_code: Some("fa".into()),
    }
}

fn message(text: &str) -> Event {
    Event::Message { from: person(), text: Some(text.into()), picture: None, file: None, caption: None }
}

fn read(raw: &Value) -> Event {
    Incoming::read(raw.clone()).unwrap().event
}

#[test]
fn a_command_is_a_message_with_text() {
    let raw = json!({ "update_id": 5, "message": {
        "message_id": 9, "date": 1_768_564_800, "chat": private(), "from": user(), "text": "/start own_x",
        "entities": [{ "type": "bot_command", "offset": 0, "length": 6 }],
    }});
    let incoming = Incoming::read(raw).unwrap();
    assert_eq!(incoming.update_id, 5);
    assert_eq!(incoming.chat(), Some(77));
    assert_eq!(incoming.event, message("/start own_x"));
}

fn photo(width: u32, id: &str) -> Value {
    json!({
        "file_id": id, "file_unique_id": format!("u-{id}"), "width": width, "height": width * 2,
        "file_size": width * 100,
    })
}

fn document(mime: &str) -> Value {
    json!({ "file_id": "d", "file_unique_id": "u-d", "file_name": "x", "mime_type": mime, "file_size": 9 })
}

#[rstest]
#[case::the_largest_size(
    json!({ "photo": [photo(90, "s"), photo(1280, "l"), photo(320, "m")], "media_group_id": "7" }),
    Some(("l", Some(128_000), Some("7")))
)]
#[case::a_file(json!({ "document": document("image/png") }), Some(("d", Some(9), None)))]
#[case::a_picture_that_can_run(json!({ "document": document("image/svg+xml") }), None)]
#[case::another_file(json!({ "document": document("application/pdf") }), None)]
#[case::nothing(json!({ "text": "paid" }), None)]
fn a_picture_is_found_in_its_message(
    #[case] content: Value,
    #[case] expected: Option<(&str, Option<u64>, Option<&str>)>,
) {
    let mut message = json!({
        "message_id": 9, "date": 1_768_564_800, "chat": private(), "from": user(),
    });
    message.as_object_mut().unwrap().extend(content.as_object().unwrap().clone());
    let Event::Message { picture, .. } = read(&json!({ "update_id": 5, "message": message })) else {
        panic!("no message");
    };
    let found = picture.as_ref().map(|one| (one.file_id.as_str(), one.bytes, one.album.as_deref()));
    assert_eq!(found, expected);
    assert!(picture.is_none_or(|one| one.unique_id.starts_with("u-")));
}

#[test]
fn another_file_and_what_stands_under_it_are_found() {
    let raw = json!({ "update_id": 5, "message": {
        "message_id": 9, "date": 1_768_564_800, "chat": private(), "from": user(),
        "document": document("text/plain"), "caption": "my log",
    }});
    let Event::Message { text, picture, file, caption, .. } = read(&raw) else { panic!("no message") };
    assert_eq!((text, picture, caption.as_deref()), (None, None, Some("my log")));
    let file = file.unwrap();
    assert_eq!((file.file_id.as_str(), file.name.as_deref(), file.bytes), ("d", Some("x"), Some(9)));
}

#[test]
fn a_message_that_was_stored_before_pictures_were_known_is_read() {
    let stored = json!({ "message": { "from": person(), "text": "/menu" } });
    let event: Event = serde_json::from_value(stored).unwrap();
    assert_eq!(event, message("/menu"));
}

#[test]
fn a_pressed_button_names_its_message() {
    let raw = json!({ "update_id": 6, "callback_query": {
        "id": "42", "from": user(), "chat_instance": "1", "data": "v1:menu:open",
        "message": { "message_id": 9, "date": 1_768_564_800, "chat": private(), "text": "menu" },
    }});
    assert_eq!(
        read(&raw),
        Event::Pressed { from: person(), query: "42".into(), message: Some(9), data: "v1:menu:open".into() }
    );
}

#[rstest]
#[case("kicked", true)]
#[case("member", false)]
fn blocking_and_letting_in_are_told_apart(#[case] status: &str, #[case] blocked: bool) {
    let bot = json!({ "id": 1, "is_bot": true, "first_name": "Bot" });
    let mut now = json!({ "user": bot, "status": status });
    if blocked {
        now["until_date"] = 0.into();
    }
    let raw = json!({ "update_id": 7, "my_chat_member": {
        "chat": private(), "from": user(), "date": 1_768_564_800,
        "old_chat_member": { "user": bot, "status": "member" }, "new_chat_member": now,
    }});
    assert_eq!(read(&raw), Event::Membership { from: person(), blocked });
}

#[rstest]
#[case(json!({ "update_id": 8, "managed_bot": { "anything": true } }), "managed_bot")]
#[case(json!({ "update_id": 8, "message": { "a form": "of the future" } }), "message")]
#[case(json!({ "update_id": 8 }), "nothing")]
fn what_nobody_knows_is_named(#[case] raw: Value, #[case] kind: &str) {
    assert_eq!(read(&raw), Event::Other(kind.into()));
}

#[rstest]
#[case("successful_payment", false)]
#[case("refunded_payment", true)]
fn money_is_read_and_belongs_to_no_chat(#[case] kind: &str, #[case] back: bool) {
    let mut message = json!({ "message_id": 9, "date": 1_768_564_800, "chat": private(), "from": user() });
    message[kind] = json!({ "currency": "XTR", "total_amount": 150, "invoice_payload": "order",
        "telegram_payment_charge_id": "charge", "provider_payment_charge_id": "0" });
    let incoming = Incoming::read(json!({ "update_id": 5, "message": message })).unwrap();
    let bill = Bill {
        payload: "order".into(),
        currency: "XTR".into(),
        total_amount: 150,
        is_recurring: false,
        is_first_recurring: false,
    };
    assert_eq!(incoming.chat(), None);
    assert_eq!(incoming.event, Event::Money { charge: "charge".into(), bill, back });
    let stored = serde_json::to_value(&incoming).unwrap();
    assert_eq!(serde_json::from_value::<Incoming>(stored).unwrap(), incoming, "it can wait");
}

#[test]
fn the_last_question_before_a_payment_is_read() {
    let raw = json!({ "update_id": 5, "pre_checkout_query": { "id": "42", "from": user(),
        "currency": "XTR", "total_amount": 150, "invoice_payload": "order" }});
    let bill = Bill {
        payload: "order".into(),
        currency: "XTR".into(),
        total_amount: 150,
        is_recurring: false,
        is_first_recurring: false,
    };
    assert_eq!(read(&raw), Event::Checkout { from: person(), query: "42".into(), bill });
}

#[test]
fn groups_are_left_alone() {
    let group = json!({ "id": -100, "type": "supergroup", "title": "Group" });
    let raw = json!({ "update_id": 5, "message": {
        "message_id": 9, "date": 1_768_564_800, "chat": group, "from": user(), "text": "/start",
    }});
    assert_eq!(read(&raw), Event::Other("message".into()));
}

#[test]
fn json_without_an_id_is_no_update() {
    assert_eq!(Incoming::read(json!({ "ok": true })), None);
}
