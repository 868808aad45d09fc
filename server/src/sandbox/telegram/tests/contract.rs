//! Every emulated method against the documented Bot API.

use std::{cell::RefCell, collections::BTreeSet};

use domain::testing;
use serde_json::{Value, json};

use super::{ALICE, Scene, keyboard, png};
use crate::sandbox::telegram::{Pressed, contract::Contract, methods::METHODS};

struct Validator<'a> {
    scene: &'a Scene,
    contract: Contract,
    seen: RefCell<Vec<&'static str>>,
}

impl Validator<'_> {
    async fn call(&self, method: &'static str, params: Value) -> Value {
        self.contract.check_call(method, &params).unwrap();
        let result = self.scene.call(method, params).await.unwrap();
        self.contract.check_answer(method, &result).unwrap();
        self.seen.borrow_mut().push(method);
        result
    }

    async fn upload(&self, method: &'static str, file: &'static str) -> Value {
        let chat = ALICE.to_string();
        let fields = [("chat_id", chat.as_str()), ("caption", "<i>c</i>"), ("parse_mode", "HTML")];
        let picture = png(30, 20);
        let result = self.scene.upload(method, &fields, (file, "x.png", &picture)).await.unwrap();
        let call = self.scene.emulator.calls(self.scene.bot).pop().unwrap();
        self.contract.check_call(method, &call.params).unwrap();
        self.contract.check_answer(method, &result).unwrap();
        self.seen.borrow_mut().push(method);
        result
    }
}

#[tokio::test]
async fn every_method_answers_as_the_documentation_says() {
    let Some(path) = testing::contracts::find("telegram-bot-api.json") else { return };
    let scene = Scene::new();
    let v = Validator { scene: &scene, contract: Contract::load(&path).unwrap(), seen: RefCell::default() };
    let (emulator, bot) = (&scene.emulator, scene.bot);

    v.call("getMe", json!({})).await;
    let buttons = json!({"inline_keyboard": [
        [{"text": "a", "callback_data": "a", "style": "danger"}],
        [{"text": "b", "copy_text": {"text": "b"}}, {"text": "c", "url": "https://e.org"}],
    ]});
    let sent = v
        .call(
            "sendMessage",
            json!({"chat_id": ALICE, "text": "<b>x</b> /help", "parse_mode": "HTML",
            "reply_markup": buttons, "protect_content": true, "reply_parameters": {"message_id": 1},
            "link_preview_options": {"is_disabled": true}}),
        )
        .await;
    let id = &sent["message_id"];
    v.call(
        "sendMessage",
        json!({"chat_id": ALICE, "text": "x", "reply_markup": {"keyboard": [[{"text": "a"}]]}}),
    )
    .await;
    v.call(
        "editMessageText",
        json!({"chat_id": ALICE, "message_id": id, "text": "y", "reply_markup": buttons}),
    )
    .await;
    let button = keyboard(json!({"text": "a", "callback_data": "a"}));
    v.call("editMessageReplyMarkup", json!({"chat_id": ALICE, "message_id": id, "reply_markup": button}))
        .await;

    let photo = v.upload("sendPhoto", "photo").await;
    let document = v.upload("sendDocument", "document").await;
    v.call("sendPhoto", json!({"chat_id": ALICE, "photo": photo["photo"][0]["file_id"]})).await;
    v.call(
        "editMessageCaption",
        json!({"chat_id": ALICE, "message_id": photo["message_id"], "caption": "d"}),
    )
    .await;
    v.call("getFile", json!({"file_id": document["document"]["file_id"]})).await;
    v.call("sendChatAction", json!({"chat_id": ALICE, "action": "typing"})).await;

    let Pressed::Callback(query) = emulator.press(bot, ALICE, id.as_i64().unwrap(), 0, 0).unwrap() else {
        panic!()
    };
    v.call("answerCallbackQuery", json!({"callback_query_id": query, "text": "ok"})).await;

    let commands = json!([{"command": "start", "description": "Start"}]);
    let scope = json!({"type": "chat", "chat_id": ALICE});
    v.call("setMyCommands", json!({"commands": commands, "scope": scope, "language_code": "fa"})).await;
    v.call("getMyCommands", json!({"scope": scope, "language_code": "fa"})).await;
    v.call("deleteMyCommands", json!({"scope": scope, "language_code": "fa"})).await;
    v.call("setMyName", json!({"name": "Shop"})).await;
    v.call("getMyName", json!({})).await;
    v.call("setMyDescription", json!({"description": "We sell"})).await;
    v.call("getMyDescription", json!({})).await;
    v.call("setMyShortDescription", json!({"short_description": "Shop"})).await;
    v.call("getMyShortDescription", json!({})).await;
    let menu = json!({"type": "web_app", "text": "Open", "web_app": {"url": "https://e.org"}});
    v.call("getChatMenuButton", json!({"chat_id": ALICE})).await;
    v.call("setChatMenuButton", json!({"chat_id": ALICE, "menu_button": menu})).await;
    v.call("getChatMenuButton", json!({"chat_id": ALICE})).await;

    emulator.user(1_002, "Owner", "");
    let channel = emulator.make_channel("News", Some("shop_news"), 1_002);
    emulator.set_member(channel, bot, "administrator").unwrap();
    emulator.join(channel, ALICE).unwrap();
    v.call("getChat", json!({"chat_id": ALICE})).await;
    v.call("getChat", json!({"chat_id": "@shop_news"})).await;
    v.call("sendMessage", json!({"chat_id": channel, "text": "news"})).await;
    for user in [ALICE, 1_002, bot] {
        v.call("getChatMember", json!({"chat_id": channel, "user_id": user})).await;
    }
    emulator.set_member(channel, ALICE, "kicked").unwrap();
    v.call("getChatMember", json!({"chat_id": channel, "user_id": ALICE})).await;
    emulator.leave(channel, ALICE).unwrap();
    v.call("getChatMember", json!({"chat_id": channel, "user_id": ALICE})).await;

    let invoice = json!({"title": "Month", "description": "A month", "payload": "order", "provider_token": "",
        "currency": "XTR", "prices": [{"label": "Month", "amount": 150}]});
    let link = v.call("createInvoiceLink", invoice).await;
    let checkout = emulator.pay(ALICE, link.as_str().unwrap()).unwrap();
    v.call("answerPreCheckoutQuery", json!({"pre_checkout_query_id": checkout, "ok": true})).await;
    let charge = emulator.star_payments(bot)[0].id.clone();
    let refund = json!({"user_id": ALICE, "telegram_payment_charge_id": charge});
    v.call("refundStarPayment", refund).await;
    v.call("getStarTransactions", json!({"offset": 0, "limit": 100})).await;
    let monthly = json!({"title": "Month", "description": "A month", "payload": "order", "currency": "XTR",
        "provider_token": "", "prices": [{"label": "Month", "amount": 150}], "subscription_period": 2_592_000});
    let link = v.call("createInvoiceLink", monthly).await;
    let query = v.scene.emulator.pay(ALICE, link.as_str().unwrap()).unwrap();
    v.call("answerPreCheckoutQuery", json!({"pre_checkout_query_id": query, "ok": true})).await;
    v.scene.emulator.move_stars_clock(bot, 2_592_000);
    let first = v.scene.emulator.star_subscriptions(v.scene.bot)[0].charge.clone();
    let edit = json!({"user_id": ALICE, "telegram_payment_charge_id": first, "is_canceled": true});
    v.call("editUserStarSubscription", edit).await;
    v.call("getStarTransactions", json!({"offset": 2, "limit": 100})).await;
    v.call("getMyStarBalance", json!({})).await;

    v.call("deleteMessage", json!({"chat_id": ALICE, "message_id": id})).await;
    v.call("deleteMessages", json!({"chat_id": ALICE, "message_ids": [photo["message_id"]]})).await;

    emulator.send_photo_to_bot(bot, ALICE, png(3, 2), "receipt").unwrap();
    emulator.send_document_to_bot(bot, ALICE, png(3, 2)).unwrap();
    emulator.send_album_to_bot(bot, ALICE, &[&png(3, 2), &png(4, 2)]).unwrap();
    emulator.block(bot, ALICE);
    let kinds = json!(["message", "my_chat_member", "pre_checkout_query"]);
    let updates = v.call("getUpdates", json!({"timeout": 0, "allowed_updates": kinds})).await;
    for update in updates.as_array().unwrap() {
        v.contract.check_update(update).unwrap();
    }
    let kinds: BTreeSet<_> = updates
        .as_array()
        .unwrap()
        .iter()
        .flat_map(|update| update.as_object().unwrap().keys().cloned())
        .collect();
    assert!(
        ["message", "callback_query", "my_chat_member", "pre_checkout_query"]
            .iter()
            .all(|kind| kinds.contains(*kind)),
        "{kinds:?}"
    );

    let hook = json!({"url": "https://127.0.0.1:9/x", "secret_token": "s", "allowed_updates": ["message"],
        "max_connections": 5});
    v.call("setWebhook", hook).await;
    v.call("getWebhookInfo", json!({})).await;
    v.call("deleteWebhook", json!({"drop_pending_updates": true})).await;
    v.call("getWebhookInfo", json!({})).await;
    v.call("close", json!({})).await;
    v.call("logOut", json!({})).await;

    let seen = v.seen.borrow();
    let skipped: Vec<_> = METHODS.iter().map(|(name, _)| name).filter(|name| !seen.contains(name)).collect();
    let version = &v.contract.version;
    testing::say(&format!("{version}: {} calls validated, {} skipped", seen.len(), skipped.len()));
    assert_eq!(skipped, Vec::<&&str>::new());
}

#[test]
fn the_contract_finds_what_is_wrong() {
    let Some(path) = testing::contracts::find("telegram-bot-api.json") else { return };
    let contract = Contract::load(&path).unwrap();
    let wrong = |method: &str, params: Value| contract.check_call(method, &params).unwrap_err();
    assert_eq!(wrong("fly", json!({})), "fly: no such method");
    assert_eq!(wrong("sendMessage", json!({"chat_id": 1})), "sendMessage: text is missing");
    assert_eq!(wrong("getFile", json!({"file_id": "x", "y": 1})), "getFile: y is unknown");
    let button = json!({"chat_id": 1, "text": "x", "reply_markup": keyboard(json!({"label": "x"}))});
    assert!(
        wrong("sendMessage", button).contains("reply_markup(InlineKeyboardMarkup).inline_keyboard[0][0]")
    );
    contract.check_answer("getMe", &json!({"id": 1, "is_bot": true})).unwrap_err();
    let member =
        json!({"status": "left", "user": {"id": 1, "is_bot": false, "first_name": "A"}, "until_date": 0});
    contract.check_answer("getChatMember", &member).unwrap_err();
    contract.check_update(&json!({"update_id": 1})).unwrap_err();
}
