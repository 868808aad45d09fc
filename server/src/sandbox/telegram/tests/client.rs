//! The product's own client and reader of updates, against the emulator on a real port.

use std::time::Duration;

use bots::{
    api::{ApiError, BotApi, SentMessage, Upload},
    incoming::{Event, Incoming},
};
use serde_json::json;

use super::{ALICE, Scene, client, keyboard, png};

#[tokio::test]
async fn the_products_client_reads_whatever_the_emulator_says() {
    let scene = Scene::new();
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let url = format!("http://{}", listener.local_addr().unwrap());
    let router = scene.router.clone();
    tokio::spawn(async move { axum::serve(listener, router).await });
    let api = BotApi::new(client(), &url, scene.emulator.token(scene.bot).unwrap());
    let (emulator, bot) = (&scene.emulator, scene.bot);

    let me = api.get_me().await.unwrap();
    assert_eq!((me.id, me.username.as_str()), (bot, "first_shop_bot"));
    let file = Upload { field: "photo", file_name: "qr.png", mime: "image/png", content: png(9, 9).into() };
    let params = json!({"chat_id": ALICE, "caption": "<b>QR</b>", "parse_mode": "HTML",
        "reply_markup": keyboard(json!({"text": "x", "callback_data": "x"}))});
    let sent: SentMessage = api.upload("sendPhoto", &params, file).await.unwrap();

    emulator.press(bot, ALICE, sent.message_id, 0, 0).unwrap();
    emulator.send_photo_to_bot(bot, ALICE, png(3, 3), "receipt").unwrap();
    emulator.block(bot, ALICE);
    let updates = api.get_updates(0, Duration::ZERO).await.unwrap();
    let events: Vec<_> = updates.into_iter().map(|raw| Incoming::read(raw).unwrap().event).collect();
    assert!(matches!(&events[0], Event::Message { text: Some(text), .. } if text == "/start"), "{events:?}");
    assert!(
        matches!(&events[1], Event::Pressed { message: Some(id), .. } if *id == sent.message_id),
        "{events:?}"
    );
    assert!(matches!(&events[2], Event::Message { text: None, .. }), "{events:?}");
    assert!(matches!(&events[3], Event::Membership { blocked: true, .. }), "{events:?}");

    let invoice = json!({"title": "x", "description": "x", "payload": "order", "currency": "XTR",
        "prices": [{"label": "x", "amount": 5}]});
    let link: String = api.call("createInvoiceLink", &invoice).await.unwrap();
    let query = emulator.pay(ALICE, &link).unwrap();
    let answer = json!({"pre_checkout_query_id": query, "ok": true});
    api.call_within::<bool>("answerPreCheckoutQuery", &answer, Duration::from_secs(5)).await.unwrap();
    let updates = api.get_updates(0, Duration::ZERO).await.unwrap();
    let [.., asked, paid] = updates.as_slice() else { panic!("{updates:#?}") };
    let read = |raw: &serde_json::Value| Incoming::read(raw.clone()).unwrap().event;
    assert!(matches!(read(asked), Event::Checkout { query: id, .. } if id == query), "{asked}");
    assert!(matches!(read(paid), Event::Money { bill, back: false, .. } if bill.total_amount == 5), "{paid}");

    let refused = api.call::<SentMessage>("sendMessage", &json!({"chat_id": ALICE, "text": "x"})).await;
    assert!(matches!(refused, Err(ApiError::Forbidden(_))), "{refused:?}");
    emulator.revoke_token(bot).unwrap();
    assert_eq!(api.get_me().await.unwrap_err(), ApiError::Unauthorized);
}
