//! Selling from card to card: the buyer on the phone, staff on the order's page.

use domain::{
    db::Conn as _,
    entities::{
        master::membership::Role,
        tenant::{
            order::{self, OrderState},
            payment_method,
            receipt::{self, ReceiptState},
            refund,
        },
    },
    ids::ReceiptId,
    ports::FileSource as _,
    shop::{
        order::service::OPEN_FOR,
        payment::{
            House, Way,
            card::NAME,
            method::{self, Typed},
        },
        receipt::service as receipts,
        staff::{log::Actor, service as staff},
        user::service as users,
    },
};
use sea_orm::EntityTrait as _;
use server::sandbox::telegram::{ApiError, ButtonAction};

use crate::support::{Answer, Browser, Chat, Database, Flow, flow, until};

/// Who holds the phone of the preview page.
const BUYER: i64 = 5_000_001;

const CARD: [(&str, &str); 4] = [
    ("number", "6037 9912 3456 7893"),
    ("holder", "Sara Rezaei"),
    ("bank", "Melli"),
    ("note", "Until nine in the evening"),
];

/// A shop that sells from card to card alone.
async fn live(database: &Database) -> Flow {
    let flow = Flow::live(database).await;
    let (browser, own) = (&flow.seller.browser, format!("{}/methods/card", flow.overview));
    let page = browser.get(&format!("{}/methods", flow.overview)).await;
    assert!(page.shows("Card transfer") && page.links().contains(&own), "{}", page.body);
    let mut fields = vec![("act", "save")];
    fields.extend(CARD);
    let page = browser.follow(browser.post(&own, &fields).await).await;
    assert!(page.shows("Switch it on when it is right"), "{}", page.body);
    assert!(!page.shows("Test it") && !page.shows("/pay/"), "there is nobody to ask");
    browser.post(&own, &[("act", "on")]).await;
    browser.post(&format!("{}/methods/test", flow.overview), &[("act", "off")]).await;
    flow
}

/// Orders a month; the chat then shows the card and the amount.
async fn order(flow: &Flow, chat: &Chat<'_>) -> order::Model {
    chat.choose_a_month().await;
    order_it(flow, chat).await
}

/// From the plan's summary on.
async fn order_it(flow: &Flow, chat: &Chat<'_>) -> order::Model {
    let before = flow.orders().await.len();
    chat.press("bot-pay-summary-btn-pay").await;
    until("an order", async || flow.orders().await.len() > before).await;
    let mut orders = flow.orders().await;
    orders.sort_unstable_by_key(|order| order.id);
    let order = orders.pop().unwrap();
    let number = order.id.short();
    until("the card", async || {
        let text = chat.text().await;
        text.contains(&number) && text.contains("6037 9912 3456 7893")
    })
    .await;
    order
}

async fn of(flow: &Flow, order: &order::Model) -> Vec<receipt::Model> {
    receipts::of_order(&flow.db.read().await.unwrap(), order.id).await.unwrap()
}

/// Sends a picture and waits until it is a receipt of the order, and here.
async fn sent(flow: &Flow, chat: &Chat<'_>, order: &order::Model, picture: Option<&[u8]>) -> ReceiptId {
    let before = of(flow, order).await.len();
    chat.send_picture(picture).await;
    until("the picture is here", async || {
        let all = of(flow, order).await;
        all.len() > before && all.last().is_some_and(|row| row.sha256.is_some())
    })
    .await;
    of(flow, order).await.pop().unwrap().id
}

fn own(flow: &Flow, order: &order::Model) -> String {
    format!("{}/orders/{}", flow.overview, order.id)
}

async fn decide(browser: &Browser, own: &str, receipt: ReceiptId, fields: &[(&str, &str)]) -> Answer {
    let receipt = receipt.to_string();
    let mut all = vec![("receipt", receipt.as_str())];
    all.extend(fields);
    browser.follow(browser.post(own, &all).await).await
}

/// A PNG of this many pixels, all of the same colour as far as anybody reads.
fn png(width: u32) -> Vec<u8> {
    let mut png = b"\x89PNG\r\n\x1a\n\0\0\0\x0dIHDR".to_vec();
    png.extend_from_slice(&width.to_be_bytes());
    png.extend_from_slice(&200_u32.to_be_bytes());
    png.extend_from_slice(b"\x08\x02\0\0\0");
    png
}

#[tokio::test]
async fn a_transfer_is_shown_sent_approved_and_delivered() {
    for database in Database::all() {
        let flow = live(&database).await;
        let (browser, chat) = (&flow.seller.browser, flow.chat());
        let (telegram, owner) = (&flow.sandbox().telegram, 5_000_003);
        let bot = telegram.bot_named(&flow.seller.username).unwrap();
        telegram.user(owner, "Owner", "en");
        telegram.say(bot, owner, "/id").unwrap();
        chat.reach_the_menu().await;
        let order = order(&flow, &chat).await;
        let own = own(&flow, &order);
        let text = chat.text().await;
        for words in ["Send exactly", "Sara Rezaei", "Melli", "Until nine in the evening"] {
            assert!(text.contains(words), "{words}: {text}");
        }
        let amount = domain::money::Money::new(order.amount_minor, order.currency).to_decimal();
        let page = browser.get(&format!("{}/preview", flow.overview)).await;
        assert!(page.shows(&format!("data-copy=\"{amount}\"")), "digits alone are copied: {}", page.body);
        assert!(page.shows("data-copy=\"6037991234567893\""));

        chat.press("bot-card-btn-send").await;
        until("it is asked for", async || chat.text().await.contains("Now send the picture")).await;
        chat.say("I have paid, really").await;
        until("a text is no receipt", async || chat.text().await.contains("I need a picture")).await;
        let receipt = sent(&flow, &chat, &order, None).await;
        until("somebody looks", async || chat.text().await.contains("A person is looking at it")).await;
        until("the owner is told", async || {
            let told = telegram.transcript(bot, owner);
            let buttons = told.iter().flat_map(|message| message.keyboard.iter().flatten());
            let mut links = buttons.filter_map(|button| match &button.action {
                ButtonAction::Url(url) => Some(url),
                _ => None,
            });
            told.iter().any(|message| message.text.contains("A receipt waits for you"))
                && links.any(|url| url.ends_with(&own))
        })
        .await;
        // One more of the same changes nothing.
        chat.send_picture(None).await;
        assert_eq!(of(&flow, &order).await.len(), 1, "{}", database.name());

        let list = browser.get(&format!("{}/orders", flow.overview)).await;
        for words in ["receipt waits for you", "To review", "Review the oldest"] {
            assert!(list.shows(words), "{words}: {}", list.body);
        }
        assert!(list.links().contains(&format!("{own}/review")));
        let list = browser.get(&format!("{}/orders?state=review", flow.overview)).await;
        assert!(list.shows(&order.id.short()));
        let page = browser.get(&own).await;
        for words in
            ["Compare", "…7893", "first order", "was not sent before", "Receipts to review", "Reject…"]
        {
            assert!(page.shows(words), "{words}: {}", page.body);
        }
        assert!(!page.shows("Look again"), "there is no provider");
        let picture = browser.get(&format!("{own}/receipt/{receipt}")).await;
        assert_eq!((picture.status, picture.header("content-type")), (200, "image/png"));
        assert_eq!(picture.header("x-content-type-options"), "nosniff");
        assert!(picture.header("cache-control").contains("no-store"));

        let wrong = decide(browser, &own, receipt, &[("act", "approve"), ("came", "a lot")]).await;
        assert!(wrong.shows("came-error"), "{}", wrong.body);
        let page = decide(browser, &own, receipt, &[("act", "approve"), ("came", "")]).await;
        assert!(page.shows("The access is on its way"), "{}", page.body);
        flow.becomes(order.id, OrderState::Provisioned).await;
        until("the link is in the chat", async || chat.text().await.contains("is active until")).await;
        assert_eq!(flow.grants_of(order.id).await, 1);
        let page = browser.get(&own).await;
        assert!(page.shows("Approved by") && page.shows("Receipt approved"), "{}", page.body);
        flow.end().await;
    }
}

#[tokio::test]
async fn staff_decides_receipts_in_the_bot_and_books_each_once() {
    for database in Database::all() {
        let flow = live(&database).await;
        let chat = flow.chat();
        chat.reach_the_menu().await;
        let order = order(&flow, &chat).await;
        sent(&flow, &chat, &order, Some(&png(320))).await;
        let tx = flow.db.write().await.unwrap();
        let buyer = users::find(&tx, order.user_id).await.unwrap().unwrap();
        let actor = Actor { by: "owner".into(), name: "owner".into() };
        let invite = staff::invite(&tx, &actor, order.bot_id, Role::Manager).await.unwrap().unwrap();
        staff::join(&tx, &buyer, order.bot_id, &invite.nonce).await.unwrap();
        tx.commit().await.unwrap();

        chat.say("/admin").await;
        chat.press("bot-admin-btn-receipts").await;
        chat.press("bot-admin-receipts-btn-open").await;
        until("it is shown", async || chat.text().await.contains("Look into your bank account")).await;
        chat.press("bot-admin-receipt-btn-reject").await;
        until("the reasons", async || chat.text().await.contains("not believed?")).await;
        // The picture is above, with its buttons.
        chat.press("bot-admin-receipt-btn-approve").await;
        flow.becomes(order.id, OrderState::Provisioned).await;
        chat.press("bot-admin-receipt-btn-approve").await;
        until("none waits", async || chat.text().await.contains("No receipt waits")).await;
        assert_eq!(flow.grants_of(order.id).await, 1, "{}", database.name());
        flow.end().await;
    }
}

#[tokio::test]
async fn receipts_are_reviewed_one_after_the_other_over_the_list() {
    for database in Database::all() {
        let flow = live(&database).await;
        let (browser, chat) = (&flow.seller.browser, flow.chat());
        chat.reach_the_menu().await;
        let first = order(&flow, &chat).await;
        let receipt = sent(&flow, &chat, &first, Some(&png(310))).await;
        chat.say("/buy").await;
        // The newest button of this text: the longest plan.
        chat.press("bot-buy-plans-btn-plan").await;
        let second = order_it(&flow, &chat).await;
        let other = sent(&flow, &chat, &second, Some(&png(311))).await;
        let [first_review, second_review] = [&first, &second].map(|order| own(&flow, order) + "/review");

        let drawer = browser.get(&first_review).await;
        let is_open = |answer: &Answer, review: &str| {
            answer.shows("id=\"review-title\"") && answer.shows(&format!("action=\"{review}\""))
        };
        assert!(is_open(&drawer, &first_review));
        for words in ["Receipts to review", "…7893", "Has the money arrived?", "Reject…"] {
            assert!(drawer.shows(words), "{words}: {}", drawer.body);
        }
        assert!(drawer.links().contains(&second_review), "the next one");
        assert!(drawer.shows(&second.id.short()), "the list is behind it");
        let wrong = decide(browser, &first_review, receipt, &[("act", "reject"), ("why", "other")]).await;
        assert!(wrong.shows("Write the reason") && is_open(&wrong, &first_review), "{}", wrong.body);
        let next = decide(browser, &first_review, receipt, &[("act", "reject"), ("why", "amount")]).await;
        assert!(next.shows("The buyer is told why"), "{}", next.body);
        assert!(is_open(&next, &second_review), "{}", next.body);
        let late = decide(browser, &first_review, receipt, &[("act", "approve"), ("came", "")]).await;
        assert!(late.shows("Somebody was faster") && !late.shows("review-title"), "{}", late.body);

        let list = decide(browser, &second_review, other, &[("act", "approve"), ("came", "")]).await;
        assert!(list.shows("The access is on its way") && !list.shows("review-title"), "{}", list.body);
        flow.becomes(second.id, OrderState::Provisioned).await;
        let decided = browser.get(&second_review).await;
        assert_eq!((decided.status, decided.header("location")), (303, own(&flow, &second).as_str()));
        flow.end().await;
    }
}

#[tokio::test]
async fn a_rejected_buyer_reads_why_and_the_next_receipt_is_compared_with_the_first() {
    for database in Database::all() {
        let flow = live(&database).await;
        let (browser, chat) = (&flow.seller.browser, flow.chat());
        chat.reach_the_menu().await;
        let order = order(&flow, &chat).await;
        let own = own(&flow, &order);
        let first = sent(&flow, &chat, &order, Some(&png(300))).await;
        let silent =
            decide(browser, &own, first, &[("act", "reject"), ("why", "other"), ("words", "")]).await;
        assert!(silent.shows("words-error"), "{}", silent.body);
        let fields = [("act", "reject"), ("why", "unreadable"), ("words", "Take it in the light")];
        let page = decide(browser, &own, first, &fields).await;
        assert!(page.shows("The buyer is told why") && page.shows("Take it in the light"), "{}", page.body);
        until("the buyer reads why", async || {
            let text = chat.text().await;
            text.contains("cannot be read") && text.contains("Take it in the light")
        })
        .await;
        // Two of the staff at once: the second is told who was first.
        let late = decide(browser, &own, first, &[("act", "approve"), ("came", "")]).await;
        assert!(late.shows("Somebody was faster") && late.shows("Rejected by"), "{}", late.body);

        chat.press("bot-card-btn-send-another").await;
        let second = sent(&flow, &chat, &order, Some(&png(300))).await;
        let page = browser.get(&own).await;
        assert!(page.shows("The same picture was sent before"), "{}", page.body);
        assert!(page.shows("Other receipts of this order"));
        decide(browser, &own, second, &[("act", "approve"), ("came", "")]).await;
        flow.becomes(order.id, OrderState::Provisioned).await;
        let late = decide(browser, &own, second, &[("act", "reject"), ("why", "used"), ("words", "")]).await;
        assert!(late.shows("Somebody was faster") && late.shows("Approved by"), "{}", late.body);
        assert_eq!(flow.grants_of(order.id).await, 1, "{}", database.name());
        flow.end().await;
    }
}

#[tokio::test]
async fn two_of_the_staff_at_once_give_one_access() {
    for database in Database::all() {
        let flow = live(&database).await;
        let (browser, chat) = (&flow.seller.browser, flow.chat());
        chat.reach_the_menu().await;
        let order = order(&flow, &chat).await;
        let own = own(&flow, &order);
        let receipt = sent(&flow, &chat, &order, None).await.to_string();
        let yes = [("receipt", receipt.as_str()), ("act", "approve"), ("came", "")];
        let no = [("receipt", receipt.as_str()), ("act", "reject"), ("why", "amount"), ("words", "")];
        let answers =
            tokio::join!(browser.post(&own, &yes), browser.post(&own, &no), browser.post(&own, &yes));
        for answer in [answers.0, answers.1, answers.2] {
            assert_eq!(answer.status, 303, "{}", answer.body);
        }
        let state = of(&flow, &order).await[0].state;
        match state {
            ReceiptState::Approved => flow.becomes(order.id, OrderState::Provisioned).await,
            state => assert_eq!(state, ReceiptState::Rejected),
        }
        let granted = usize::from(state == ReceiptState::Approved);
        assert_eq!(flow.grants_of(order.id).await, granted, "{}", database.name());
        flow.end().await;
    }
}

#[tokio::test]
async fn less_waits_for_a_person_and_more_lies_in_the_wallet() {
    for database in Database::all() {
        let flow = live(&database).await;
        let (browser, chat) = (&flow.seller.browser, flow.chat());
        chat.reach_the_menu().await;
        let less = order(&flow, &chat).await;
        let receipt = sent(&flow, &chat, &less, Some(&png(301))).await;
        let page = decide(browser, &own(&flow, &less), receipt, &[("act", "approve"), ("came", "1")]).await;
        assert!(page.shows("Does not match") && page.shows("back from your bank"), "{}", page.body);
        assert_eq!(flow.order(less.id).await.state, OrderState::Mismatch);
        until("the buyer is told", async || chat.text().await.contains("does not match the order")).await;
        assert_eq!(flow.grants_of(less.id).await, 0, "{}", database.name());

        let more = order(&flow, &chat).await;
        assert_ne!(more.amount_minor, less.amount_minor, "it was asked for lately");
        let receipt = sent(&flow, &chat, &more, Some(&png(302))).await;
        let amount = domain::money::Money::new(more.amount_minor + 100, more.currency).to_decimal();
        decide(browser, &own(&flow, &more), receipt, &[("act", "approve"), ("came", &amount)]).await;
        flow.becomes(more.id, OrderState::Provisioned).await;
        let page = browser.get(&own(&flow, &more)).await;
        assert!(page.shows("put into the wallet"), "{}", page.body);
        flow.end().await;
    }
}

#[tokio::test]
async fn a_receipt_that_comes_late_is_looked_at_and_a_picture_that_is_lost_comes_again() {
    for database in Database::all() {
        let flow = live(&database).await;
        let (browser, chat) = (&flow.seller.browser, flow.chat());
        chat.reach_the_menu().await;
        let order = order(&flow, &chat).await;
        flow.advance(OPEN_FOR + chrono::Duration::minutes(1)).await;
        flow.becomes(order.id, OrderState::Expired).await;
        chat.press("bot-card-btn-send").await;
        until("it is not too late", async || chat.text().await.contains("Now send the picture")).await;
        let unavailable = ApiError::new(500, "Internal Server Error");
        flow.sandbox().telegram.refuse_next("getFile", 2, &unavailable);
        chat.send_picture(Some(&png(303))).await;
        until("it is taken", async || of(&flow, &order).await.len() == 1).await;
        let page = browser.get(&own(&flow, &order)).await;
        assert!(page.shows("being fetched") || page.shows("Open in full size"), "{}", page.body);
        until("it is here", async || {
            flow.advance(chrono::Duration::seconds(30)).await;
            of(&flow, &order).await[0].sha256.is_some()
        })
        .await;
        let receipt = of(&flow, &order).await[0].id;
        decide(browser, &own(&flow, &order), receipt, &[("act", "approve"), ("came", "")]).await;
        flow.becomes(order.id, OrderState::Provisioned).await;

        // What is no picture is given up.
        let bot = of(&flow, &order).await[0].bot_id;
        let files = &flow.server.state().bots;
        let found = files.fetch(flow.db.tenant(), bot, "nowhere", 1_000).await;
        assert!(matches!(found, Err(domain::ports::FileError::Gone(_))), "{found:?}");
        let foreign = files.fetch(domain::ids::TenantId::new(), bot, "nowhere", 1_000).await;
        assert!(
            matches!(foreign, Err(domain::ports::FileError::Gone(_))),
            "{}: {foreign:?}",
            database.name()
        );
        flow.end().await;
    }
}

#[tokio::test]
async fn of_an_album_the_first_picture_counts_and_other_files_are_explained() {
    let flow = live(&Database::sqlite()).await;
    let (chat, telegram) = (flow.chat(), &flow.sandbox().telegram);
    let bot = telegram.bot_named(&flow.seller.username).unwrap();
    chat.reach_the_menu().await;
    telegram.send_photo_to_bot(bot, BUYER, png(304), "").unwrap();
    until("nothing is open", async || chat.text().await.contains("I did not get that")).await;
    let order = order(&flow, &chat).await;
    chat.press("bot-card-btn-send").await;
    telegram.send_document_to_bot(bot, BUYER, b"%PDF-1.7".to_vec()).unwrap();
    until("a PDF is no picture", async || chat.text().await.contains("I can show pictures only")).await;
    let mut large = png(305);
    large.resize(3 * 1024 * 1024, 0);
    telegram.send_document_to_bot(bot, BUYER, large).unwrap();
    until("it is too large", async || chat.text().await.contains("This file is too large")).await;
    chat.say("/cancel").await;
    until("it is left", async || chat.text().await.contains("Nothing was changed")).await;
    let before = chat.count("I did not get that").await;
    chat.say("hello").await;
    until("nobody asks any more", async || chat.count("I did not get that").await > before).await;
    // Straight away, without having been asked.
    let (one, two) = (png(306), png(307));
    telegram.send_album_to_bot(bot, BUYER, &[&one, &two]).unwrap();
    until("it is taken", async || chat.text().await.contains("A person is looking at it")).await;
    until("both are handled", async || telegram.pending_updates(bot) == 0).await;
    assert_eq!(of(&flow, &order).await.len(), 1);
    assert_eq!(chat.count("A person is looking at it").await, 1);
    flow.server.stop().await;
}

#[tokio::test]
async fn money_that_the_seller_sent_back_is_written_down_once() {
    for database in Database::all() {
        let flow = live(&database).await;
        let (browser, chat) = (&flow.seller.browser, flow.chat());
        chat.reach_the_menu().await;
        let order = order(&flow, &chat).await;
        let own = own(&flow, &order);
        let receipt = sent(&flow, &chat, &order, None).await;
        decide(browser, &own, receipt, &[("act", "approve"), ("came", "")]).await;
        flow.becomes(order.id, OrderState::Provisioned).await;
        flow.drained().await;
        let page = browser.get(&own).await;
        assert!(page.shows("I have sent the money back"), "{}", page.body);
        let left = page.inputs().into_iter().find(|(name, _)| name == "left").unwrap().1;
        let part = [("act", "refund"), ("left", left.as_str()), ("amount", "1"), ("reason", "a gesture")];
        let page = browser.follow(browser.post(&own, &part).await).await;
        assert!(page.shows("Written down") && page.shows("a gesture"), "{}", page.body);
        let page = browser.follow(browser.post(&own, &part).await).await;
        assert!(page.shows("refund of this order was made meanwhile"), "a second press: {}", page.body);
        assert_eq!(flow.order(order.id).await.refunded_minor, 100, "{}", database.name());
        until("the buyer is told", async || chat.text().await.contains("has been paid back")).await;
        let left = (order.amount_minor - 100).to_string();
        let rest = [("act", "refund"), ("left", left.as_str()), ("amount", ""), ("reason", "all of it")];
        browser.post(&own, &rest).await;
        flow.becomes(order.id, OrderState::Refunded).await;
        let tx = flow.db.read().await.unwrap();
        assert_eq!(refund::Entity::find().all(tx.raw()).await.unwrap().len(), 2);
        drop(tx);
        flow.end().await;
    }
}

#[tokio::test]
async fn a_receipt_of_another_shop_is_as_absent_as_one_that_does_not_exist() {
    let flow = live(&Database::sqlite()).await;
    let chat = flow.chat();
    chat.reach_the_menu().await;
    let order = order(&flow, &chat).await;
    let receipt = sent(&flow, &chat, &order, None).await;
    let (other, overview, _) = flow::another(&flow.server, "second_shop_bot").await;
    let paths = [
        format!("{overview}/orders/{}/receipt/{receipt}", order.id),
        format!("{}/receipt/{receipt}", own(&flow, &order)),
    ];
    for path in &paths {
        assert_eq!(other.browser.get(path).await.status, 404, "{path}");
    }
    let stranger = flow.server.browser();
    assert_eq!(stranger.get(&paths[1]).await.status, 303, "who is not signed in signs in");
    let browser = &flow.seller.browser;
    for id in [ReceiptId::new().to_string(), "no-id".into()] {
        assert_eq!(browser.get(&format!("{}/receipt/{id}", own(&flow, &order))).await.status, 404, "{id}");
    }
    chat.say("/buy").await;
    until("the plans", async || chat.press_first("bot-buy-plans-btn-plan").await).await;
    chat.press("bot-pay-summary-btn-pay").await;
    until("where it stands", async || chat.count("A person is looking at it").await > 1).await;
    assert_eq!(flow.orders().await.len(), 1, "while it is looked at there is no second one");
    flow.server.stop().await;
}

#[tokio::test]
async fn a_wrong_card_number_is_said_at_its_field_in_the_readers_language() {
    let flow = Flow::live(&Database::sqlite()).await;
    let (browser, own) = (&flow.seller.browser, format!("{}/methods/card", flow.overview));
    for (number, words) in [("6037 9912 3456 7894", "رقم اشتباه"), ("1234", "شانزده رقم")] {
        let fields = [("act", "save"), ("number", number), ("holder", "Sara"), ("bank", ""), ("note", "")];
        browser.set_cookie("lang", "fa");
        let page = browser.follow(browser.post(&own, &fields).await).await;
        assert!(page.shows(words) && page.shows("number-error"), "{number}: {}", page.body);
    }
    let tx = flow.db.read().await.unwrap();
    let rows = payment_method::Entity::find().all(tx.raw()).await.unwrap();
    assert!(rows.iter().all(|row| row.provider != NAME), "nothing was kept");
    drop(tx);
    let typed = Typed { account: CARD.map(|(name, text)| (name, text.into())).into(), ..Typed::default() };
    let tx = flow.db.write().await.unwrap();
    method::save(&tx, Way::House(House::Card), &typed).await.unwrap();
    tx.commit().await.unwrap();
    let page = browser.get(&own).await;
    assert!(page.shows("value=\"6037991234567893\""), "it is no secret: {}", page.body);
    flow.server.stop().await;
}
