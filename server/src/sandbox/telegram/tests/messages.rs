//! sendMessage, edits, buttons, media, deletion.

use axum::{body::Body, http::Request};
use rstest::rstest;
use serde_json::{Value, json};

use super::{ALICE, Scene, keyboard, png};
use crate::sandbox::telegram::{ButtonAction, CallbackAnswer, Pressed};

#[rstest]
#[case(json!({}), "400 Bad Request: message text is empty")]
#[case(json!({"text": ""}), "400 Bad Request: message text is empty")]
#[case(json!({"text": "x"}), "400 Bad Request: chat_id is empty")]
#[case(json!({"text": "x", "chat_id": 5}), "400 Bad Request: chat not found")]
#[case(json!({"text": "x", "chat_id": "@nobody_here"}), "400 Bad Request: chat not found")]
#[case(json!({"text": "x", "chat_id": "nobody"}), "400 Bad Request: chat not found")]
#[case(json!({"text": " \n ", "chat_id": ALICE}), "400 Bad Request: text must be non-empty")]
#[case(json!({"text": "<b></b>", "parse_mode": "HTML", "chat_id": ALICE}), "400 Bad Request: text must be non-empty")]
#[case(json!({"text": "x".repeat(4097), "chat_id": ALICE}), "400 Bad Request: message is too long")]
#[case(json!({"text": "😀".repeat(2049), "chat_id": ALICE}), "400 Bad Request: message is too long")]
#[case(json!({"text": "x", "parse_mode": "INVALID", "chat_id": ALICE}), "400 Bad Request: unsupported parse_mode")]
#[case(
    json!({"text": "<b>x", "parse_mode": "HTML", "chat_id": ALICE}),
    "400 Bad Request: can't parse entities: Can't find end tag corresponding to start tag \"b\""
)]
#[case(
    json!({"text": "<p>x</p>", "parse_mode": "html", "chat_id": ALICE}),
    "400 Bad Request: can't parse entities: Unsupported start tag \"p\" at byte offset 0"
)]
#[case(
    json!({"text": "hello", "chat_id": ALICE, "entities": [{"type": "bold", "offset": 100, "length": 1}]}),
    "400 Bad Request: entity begins after the end of the text at UTF-16 offset 100"
)]
#[case(
    json!({"text": "hello", "chat_id": ALICE, "entities": [{"type": "bold", "offset": 0, "length": 100}]}),
    "400 Bad Request: entity beginning at UTF-16 offset 0 ends after the end of the text at UTF-16 offset 100"
)]
#[case(
    json!({"text": "hello", "chat_id": ALICE, "entities": [{"type": "loud", "offset": 0, "length": 1}]}),
    "400 Bad Request: can't parse MessageEntity: Unsupported type specified"
)]
#[case(
    json!({"text": "x", "chat_id": ALICE, "reply_parameters": {"message_id": 999}}),
    "400 Bad Request: message to be replied not found"
)]
#[case(
    json!({"text": "x", "chat_id": ALICE, "link_preview_options": "no"}),
    "400 Bad Request: can't parse link preview options JSON object"
)]
#[case(
    json!({"text": "x", "chat_id": ALICE, "link_preview_options": []}),
    "400 Bad Request: object expected as link preview options"
)]
#[tokio::test]
async fn a_bad_message_is_refused_in_telegrams_words(#[case] params: Value, #[case] expected: &str) {
    let scene = Scene::new();
    assert_eq!(scene.refusal("sendMessage", params).await, expected);
    assert_eq!(scene.emulator.transcript(scene.bot, ALICE).len(), 1, "only Alice's own message is there");
}

#[rstest]
#[case(json!("{"), "can't parse reply keyboard markup JSON object")]
#[case(json!([]), "object expected as reply markup")]
#[case(json!({"inline_keyboard": {}}), "field \"inline_keyboard\" of the InlineKeyboardMarkup must be an Array of Arrays")]
#[case(keyboard(json!({"text": "x"})), "can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard")]
#[case(
    keyboard(json!({"text": "x", "callback_data": ""})),
    "can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard"
)]
#[case(keyboard(json!({"callback_data": "x"})), "can't parse inline keyboard button: Can't find field \"text\"")]
#[case(
    keyboard(json!({"text": 5, "callback_data": "x"})),
    "can't parse inline keyboard button: Field \"text\" must be of type String"
)]
#[case(
    keyboard(json!({"text": "x", "callback_data": "x", "url": "https://e.org"})),
    "can't parse inline keyboard button: Exactly one action field must be used"
)]
#[case(keyboard(json!({"text": "x", "callback_data": "x".repeat(65)})), "BUTTON_DATA_INVALID")]
#[case(keyboard(json!({"text": "x", "callback_data": "é".repeat(33)})), "BUTTON_DATA_INVALID")]
#[case(keyboard(json!({"text": "x", "copy_text": {"text": ""}})), "BUTTON_COPY_TEXT_INVALID")]
#[case(keyboard(json!({"text": "x", "copy_text": {"text": "x".repeat(257)}})), "BUTTON_COPY_TEXT_INVALID")]
#[case(
    keyboard(json!({"text": "x", "url": "not-a-url"})),
    "inline keyboard button URL 'not-a-url' is invalid: Wrong HTTP URL"
)]
#[case(
    keyboard(json!({"text": "x", "url": "vless://u@h:1"})),
    "inline keyboard button URL 'vless://u@h:1' is invalid: Unsupported URL protocol"
)]
#[case(
    keyboard(json!({"text": "x", "style": "warning", "callback_data": "x"})),
    "can't parse inline keyboard button: Invalid button style specified"
)]
#[case(
    json!({"inline_keyboard": vec![vec![json!({"text": "x", "callback_data": "x"}); 8]; 13]}),
    "reply markup is too long"
)]
#[tokio::test]
async fn a_bad_keyboard_is_refused_in_telegrams_words(#[case] markup: Value, #[case] expected: &str) {
    let scene = Scene::new();
    let params = json!({"chat_id": ALICE, "text": "x", "reply_markup": markup});
    assert_eq!(scene.refusal("sendMessage", params).await, format!("400 Bad Request: {expected}"));
}

#[tokio::test]
async fn a_message_goes_through_with_text_entities_and_buttons() {
    let scene = Scene::new();
    let markup = json!({"inline_keyboard": [
        [{"text": "Buy", "callback_data": "b".repeat(64), "style": "primary"}],
        [{"text": "Copy", "copy_text": {"text": "vless://x"}}, {"text": "Open", "url": "http://localhost:3000/p"}],
    ]});
    let params = json!({"chat_id": ALICE.to_string(), "text": "<b>Hi</b> &amp; bye", "parse_mode": "HTML",
        "reply_markup": markup.to_string(), "link_preview_options": {"is_disabled": true}});
    let message = scene.call("SENDMESSAGE", params).await.unwrap();
    assert_eq!(message["text"], "Hi & bye");
    assert_eq!(message["entities"], json!([{"type": "bold", "offset": 0, "length": 2}]));
    assert_eq!(message["from"]["is_bot"], true);

    let chat = scene.emulator.transcript(scene.bot, ALICE);
    assert_eq!((chat[0].from_me, chat[0].text.as_str()), (true, "/start"));
    assert_eq!((chat[1].from_me, chat[1].html.as_str()), (false, "<b>Hi</b> &amp; bye"));
    assert_eq!(chat[1].keyboard[1][0].action, ButtonAction::Copy("vless://x".to_owned()));
    assert_eq!(chat[1].keyboard[0][0].style.as_deref(), Some("primary"));
    let id = chat[1].id;
    let pressed = |row, column| scene.emulator.press(scene.bot, ALICE, id, row, column).unwrap();
    assert_eq!(pressed(1, 0), Pressed::Copy("vless://x".to_owned()));
    assert_eq!(pressed(1, 1), Pressed::Url("http://localhost:3000/p".to_owned()));
    scene.emulator.press(scene.bot, ALICE, id, 2, 0).unwrap_err();
}

#[tokio::test]
async fn arguments_may_come_as_query_or_form() {
    let scene = Scene::new();
    let path = format!("/bot{}/sendMessage?chat_id={ALICE}&text=a%20b", scene.token);
    let (status, body) = scene.send(Request::get(&path).body(Body::empty()).unwrap()).await;
    assert_eq!((status, &body["result"]["text"]), (200, &json!("a b")));
    let form = Request::post(format!("/bot{}/sendMessage", scene.token))
        .header("content-type", "application/x-www-form-urlencoded")
        .body(Body::from(format!("chat_id={ALICE}&text=c+d")))
        .unwrap();
    assert_eq!(scene.send(form).await.1["result"]["text"], "c d");
    let broken = Request::post(format!("/bot{}/sendMessage", scene.token))
        .header("content-type", "application/json")
        .body(Body::from("{"))
        .unwrap();
    assert_eq!(scene.send(broken).await.1["description"], "Bad Request: can't parse JSON object");
}

#[tokio::test]
async fn an_edit_changes_the_message_and_an_equal_one_is_refused() {
    let scene = Scene::new();
    let markup = keyboard(json!({"text": "x", "callback_data": "x"}));
    let id = scene.sent(json!({"reply_markup": markup})).await;
    let same = json!({"chat_id": ALICE, "message_id": id, "text": "Hello", "reply_markup": markup});
    let not_modified = "400 Bad Request: message is not modified: specified new message content and reply markup \
                        are exactly the same as a current content and reply markup of the message";
    assert_eq!(scene.refusal("editMessageText", same).await, not_modified);
    let changed = json!({"chat_id": ALICE, "message_id": id, "text": "Bye"});
    let message = scene.call("editMessageText", changed).await.unwrap();
    assert_eq!((&message["text"], message.get("reply_markup")), (&json!("Bye"), None));
    assert!(message["edit_date"].is_i64());
    let bare = json!({"chat_id": ALICE, "message_id": id});
    assert_eq!(scene.refusal("editMessageReplyMarkup", bare).await, not_modified);
    let chat = scene.emulator.transcript(scene.bot, ALICE);
    assert_eq!((chat[1].text.as_str(), chat[1].edited), ("Bye", true));
}

#[rstest]
#[case("editMessageText", json!({"message_id": 99, "text": "x"}), "message to edit not found")]
#[case("editMessageText", json!({"message_id": 1, "text": "x"}), "message can't be edited")]
#[case("editMessageText", json!({"text": "x"}), "message identifier is not specified")]
#[case("editMessageText", json!({"message_id": 2, "text": ""}), "message text is empty")]
#[case("editMessageText", json!({"message_id": 2, "text": "x", "reply_markup": {"remove_keyboard": true}}), "inline keyboard expected")]
#[case("editMessageCaption", json!({"message_id": 2, "caption": "x"}), "there is no caption in the message to edit")]
#[case("deleteMessage", json!({"message_id": 99}), "message to delete not found")]
#[case("deleteMessage", json!({}), "message identifier is not specified")]
#[case("answerCallbackQuery", json!({"callback_query_id": "5"}), "query is too old and response timeout expired or query ID is invalid")]
#[case("answerCallbackQuery", json!({"callback_query_id": "5", "text": "x".repeat(201)}), "MESSAGE_TOO_LONG")]
#[case("sendPhoto", json!({}), "there is no photo in the request")]
#[case("sendPhoto", json!({"photo": "AgACnothing"}), "wrong file identifier/HTTP URL specified")]
#[case("sendPhoto", json!({"photo": "https://e.org/x.png"}), "failed to get HTTP URL content")]
#[case("sendPhoto", json!({"photo": "x", "caption": "x".repeat(1025)}), "message caption is too long")]
#[case("getFile", json!({"file_id": "x"}), "invalid file_id")]
#[case("sendChatAction", json!({"action": "dancing"}), "wrong parameter action in request")]
#[tokio::test]
async fn other_bad_calls_are_refused_in_telegrams_words(
    #[case] method: &str,
    #[case] mut params: Value,
    #[case] expected: &str,
) {
    let scene = Scene::new();
    assert_eq!(scene.sent(json!({})).await, 2);
    params["chat_id"] = json!(ALICE);
    assert_eq!(scene.refusal(method, params).await, format!("400 Bad Request: {expected}"));
}

#[tokio::test]
async fn a_pressed_button_is_answered_once_and_in_time() {
    let scene = Scene::new();
    let id =
        scene.sent(json!({"reply_markup": keyboard(json!({"text": "x", "callback_data": "buy:1"}))})).await;
    let press = || match scene.emulator.press_data(scene.bot, ALICE, id, "buy:1").unwrap() {
        Pressed::Callback(query) => query,
        other => panic!("{other:?}"),
    };
    let (first, second) = (press(), press());
    assert_eq!(scene.emulator.callback_answer(&first), None);
    let answer = json!({"callback_query_id": first, "text": "Done", "show_alert": true});
    scene.call("answerCallbackQuery", answer).await.unwrap();
    let expected = CallbackAnswer { text: Some("Done".to_owned()), show_alert: true, url: None };
    assert_eq!(scene.emulator.callback_answer(&first), Some(expected));

    scene.clock.advance(chrono::Duration::seconds(16));
    let late = scene.refusal("answerCallbackQuery", json!({"callback_query_id": second})).await;
    assert!(late.starts_with("400 Bad Request: query is too old"), "{late}");
}

#[tokio::test]
async fn a_photo_is_kept_and_can_be_sent_again_by_its_id() {
    let scene = Scene::new();
    let picture = png(300, 200);
    let chat = ALICE.to_string();
    let fields = [("chat_id", chat.as_str()), ("caption", "<b>QR</b>"), ("parse_mode", "HTML")];
    let message = scene.upload("sendPhoto", &fields, ("photo", "qr.png", &picture)).await.unwrap();
    assert_eq!((&message["caption"], &message["photo"][0]["width"]), (&json!("QR"), &json!(300)));
    let id = message["photo"][0]["file_id"].as_str().unwrap().to_owned();
    assert_eq!(scene.emulator.photo(&id).unwrap().0, picture);
    assert_eq!(scene.emulator.transcript(scene.bot, ALICE)[1].photo.as_deref(), Some(id.as_str()));

    // The form that client libraries send: the argument names another part.
    let fields = [("chat_id", chat.as_str()), ("photo", "attach://part")];
    let again = scene.upload("sendPhoto", &fields, ("part", "qr.png", &picture)).await.unwrap();
    assert_eq!(again["photo"][0]["file_id"], json!(id));
    scene.call("sendPhoto", json!({"chat_id": ALICE, "photo": id})).await.unwrap();
    let wrong = scene.refusal("sendDocument", json!({"chat_id": ALICE, "document": id})).await;
    assert_eq!(wrong, "400 Bad Request: can't use file of type Photo as Document");
    let wrong = json!({"chat_id": ALICE, "message_id": message["message_id"], "text": "x"});
    let wrong = scene.refusal("editMessageText", wrong).await;
    assert_eq!(wrong, "400 Bad Request: there is no text in the message to edit");

    let file = scene.call("getFile", json!({"file_id": id})).await.unwrap();
    let path = format!("/file/bot{}/{}", scene.token, file["file_path"].as_str().unwrap());
    let response =
        tower::ServiceExt::oneshot(scene.router.clone(), Request::get(&path).body(Body::empty()).unwrap());
    let bytes = axum::body::to_bytes(response.await.unwrap().into_body(), usize::MAX).await.unwrap();
    assert_eq!(bytes, picture);
}

#[rstest]
#[case(b"<svg/>".to_vec(), "400 Bad Request: IMAGE_PROCESS_FAILED")]
#[case(Vec::new(), "400 Bad Request: file must be non-empty")]
#[case(png(9_000, 2_000), "400 Bad Request: PHOTO_INVALID_DIMENSIONS")]
#[case(png(2_100, 100), "400 Bad Request: PHOTO_INVALID_DIMENSIONS")]
#[tokio::test]
async fn what_is_no_good_picture_is_no_photo(#[case] bytes: Vec<u8>, #[case] expected: &str) {
    let scene = Scene::new();
    let chat = ALICE.to_string();
    let (code, text) =
        scene.upload("sendPhoto", &[("chat_id", &chat)], ("photo", "x.png", &bytes)).await.unwrap_err();
    assert_eq!(format!("{code} {text}"), expected);
}

#[tokio::test]
async fn a_message_can_be_deleted_for_two_days() {
    let scene = Scene::new();
    let (first, second) = (scene.sent(json!({})).await, scene.sent(json!({})).await);
    scene.call("deleteMessage", json!({"chat_id": ALICE, "message_id": first})).await.unwrap();
    scene.clock.advance(chrono::Duration::hours(49));
    let late = scene.refusal("deleteMessage", json!({"chat_id": ALICE, "message_id": second})).await;
    assert_eq!(late, "400 Bad Request: message can't be deleted for everyone");
    scene.call("deleteMessages", json!({"chat_id": ALICE, "message_ids": [second, 77]})).await.unwrap();
    assert_eq!(scene.emulator.transcript(scene.bot, ALICE).len(), 1);
}

#[tokio::test]
async fn a_reply_keyboard_stays_until_it_is_removed() {
    let scene = Scene::new();
    let rows = json!({"keyboard": [["Menu", {"text": "Help", "style": "primary"}]], "is_persistent": true});
    scene.sent(json!({"reply_markup": rows})).await;
    scene.sent(json!({})).await;
    assert_eq!(scene.emulator.reply_keyboard(scene.bot, ALICE), [["Menu", "Help"]]);
    scene.sent(json!({"reply_markup": {"remove_keyboard": true}})).await;
    assert!(scene.emulator.reply_keyboard(scene.bot, ALICE).is_empty());
}
