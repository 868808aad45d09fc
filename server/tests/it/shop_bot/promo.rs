//! Promo codes as a user meets them: entered, followed, refused for each reason, taken off.

use bots::callback::Callback;
use chrono::Duration;
use domain::{
    args,
    clock::Clock as _,
    db::Conn as _,
    entities::{master::bot_instance::BotState, tenant::order},
    ids::{OrderId, PlanId, PromoId},
    locale::{self, Args, Locale, Voice},
    money::{Currency, Money},
    shop::{
        plan::service as plans,
        promo::{
            rules::Effect,
            service::{self as codes, NewPromo},
            tries::{PAUSE, TRIES},
        },
        user::service as users,
    },
    units::Days,
};
use sea_orm::{ActiveModelTrait as _, ActiveValue::Set, EntityTrait as _, IntoActiveModel as _};
use server::sandbox::telegram::ChatMessage;

use super::scene::{SARA, Scene, Setup};

fn code(name: &str) -> NewPromo {
    NewPromo {
        code: name.into(),
        effect: Effect::Percent(20),
        plans: vec![],
        valid_from: None,
        valid_until: None,
        max_uses: None,
        per_user: None,
        first_purchase: false,
    }
}

async fn give_out(scene: &Scene, new: &NewPromo) -> PromoId {
    let tx = scene.db.write().await.unwrap();
    let code = codes::save(&tx, None, new).await.unwrap();
    tx.commit().await.unwrap();
    code.id
}

async fn orders(scene: &Scene) -> Vec<order::Model> {
    let tx = scene.db.read().await.unwrap();
    order::Entity::find().all(tx.raw()).await.unwrap()
}

fn text(key: &str, values: &Args) -> String {
    locale::html(Locale::En, key, values)
}

/// What it says, without signs of direction.
fn words(message: &ChatMessage) -> String {
    message.text.replace(['\u{2066}', '\u{2067}', '\u{2068}', '\u{2069}'], "")
}

/// The summary of the first plan.
async fn summary(scene: &Scene) -> ChatMessage {
    let plans = scene.say("/buy").await;
    scene.press_label(&plans.keyboard[0][0].text).await
}

/// The order that Sara placed last becomes paid, as if by the provider.
async fn paid(scene: &Scene, order: OrderId) {
    let tx = scene.db.write().await.unwrap();
    let row = order::Entity::find_by_id(order).one(tx.raw()).await.unwrap().unwrap();
    let mut row = row.into_active_model();
    row.state = Set(order::OrderState::Paid);
    row.update(tx.raw()).await.unwrap();
    tx.commit().await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn a_code_lowers_the_price_of_the_summary_and_is_taken_off_again() {
    for scene in Scene::each(Setup::new(BotState::Live)).await {
        scene.settle_in().await;
        let plain = summary(&scene).await;
        assert!(!plain.keyboard.iter().flatten().any(|key| key.text.contains('🎟')), "no code, no button");
        give_out(&scene, &code("WELCOME")).await;
        summary(&scene).await;
        let asked = scene.press("bot-promo-btn-enter", &args![]).await;
        assert_eq!(asked.html, text("bot-promo-ask-body", &args![]));
        let cheaper = scene.say("  welcome ").await;
        let tx = scene.db.read().await.unwrap();
        let full = plans::offers(&tx).await.unwrap()[0].price;
        drop(tx);
        let off = Money::new(full.minor / 5, full.currency);
        let line = text("bot-promo-line-off", &args!["code" => "WELCOME", "off" => off, "full" => full]);
        assert!(cheaper.html.contains(&line), "{}", cheaper.html);
        let price = Money::new(full.minor - off.minor, full.currency);
        let pay = locale::plain(Locale::En, "bot-pay-summary-btn-pay", &args!["amount" => price]);
        assert_eq!(cheaper.keyboard[0][0].text, pay);

        let back = scene.press("bot-promo-btn-off", &args!["code" => "WELCOME"]).await;
        assert_eq!(back.keyboard[0], plain.keyboard[0], "{}", back.html);
        scene.say("/promo ۱۲۳۴").await;
        let again = scene.say("/promo WELCOME").await;
        assert!(words(&again).contains("WELCOME is yours: 20% off"), "{}", again.text);
        scene.order_first_plan().await;
        assert_eq!(orders(&scene).await[0].amount_minor, price.minor);
        scene.end().await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_newcomer_who_follows_a_link_has_the_code_ready_after_his_first_steps() {
    for scene in Scene::each(Setup::new(BotState::Live)).await {
        give_out(&scene, &NewPromo { effect: Effect::Days(Days(7)), ..code("WEEK") }).await;
        let language = scene.say("/start promo_WEEK").await;
        assert!(words(&language).contains("WEEK is yours: 7"), "{}", language.text);
        assert_eq!(language.keyboard.len(), 3, "one button for each language");
        scene.press_label("English").await;
        let welcome = scene.press("bot-start-rules-btn-accept", &args![]).await;
        assert!(words(&welcome).contains("WEEK lies ready"), "{}", welcome.text);
        let again = scene.say("/start promo_week").await;
        assert!(words(&again).contains("WEEK lies ready"), "{}", again.text);
        let summary = summary(&scene).await;
        assert!(words(&summary).contains("more, for nothing"), "{}", summary.text);
        scene.end().await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn each_reason_why_a_code_does_not_work_is_told() {
    for scene in Scene::each(Setup::new(BotState::Live)).await {
        scene.settle_in().await;
        let now = scene.db.clock().now();
        let (later, before) = (now + Duration::days(3), now - Duration::days(3));
        let off = give_out(&scene, &code("OFF")).await;
        give_out(&scene, &NewPromo { valid_from: Some(later), ..code("LATER") }).await;
        give_out(&scene, &NewPromo { valid_until: Some(before), ..code("BEFORE") }).await;
        give_out(&scene, &NewPromo { max_uses: Some(1), ..code("SCARCE") }).await;
        give_out(&scene, &NewPromo { per_user: Some(1), ..code("ONCE") }).await;
        give_out(&scene, &NewPromo { first_purchase: true, ..code("FIRST") }).await;
        let tx = scene.db.write().await.unwrap();
        codes::switch(&tx, off, false).await.unwrap();
        tx.commit().await.unwrap();
        for used in ["SCARCE", "ONCE"] {
            scene.say(&format!("/promo {used}")).await;
            scene.order_first_plan().await;
            let order = orders(&scene).await.into_iter().max_by_key(|order| order.id).unwrap();
            paid(&scene, order.id).await;
        }
        let at = |at| {
            bots::reader::Reader { locale: Locale::En, zone: zone(), voice: Voice::OURS, calendar: None }
                .date_time(at)
        };
        scene.say("/promo").await;
        for (typed, key, values) in [
            ("NOTHING", "bot-promo-err-unknown", args![]),
            ("off", "bot-promo-err-off", args![]),
            ("LATER", "bot-promo-err-not-yet", args!["at" => at(later)]),
            ("BEFORE", "bot-promo-err-ended", args!["at" => at(before)]),
            ("SCARCE", "bot-promo-err-used-up", args![]),
            ("ONCE", "bot-promo-err-used", args![]),
            ("FIRST", "bot-promo-err-first", args![]),
        ] {
            let shown = scene.say(typed).await;
            let said = format!("{}\n\n{}", text(key, &values), text("bot-promo-another-body", &args![]));
            assert_eq!(shown.html, said, "{typed}");
        }
        scene.end().await;
    }
}

/// The zone of a scene's shop.
fn zone() -> chrono::FixedOffset {
    chrono::FixedOffset::east_opt(180 * 60).unwrap()
}

#[tokio::test(flavor = "multi_thread")]
async fn a_code_that_does_nothing_for_a_plan_says_so_in_its_summary() {
    for scene in Scene::each(Setup::new(BotState::Live)).await {
        scene.settle_in().await;
        let tx = scene.db.read().await.unwrap();
        let offer = plans::offers(&tx).await.unwrap().remove(0);
        drop(tx);
        let full = offer.price;
        let other = if full.currency == Currency::Irr { Currency::Usd } else { Currency::Irr };
        give_out(&scene, &NewPromo { plans: vec![PlanId::new()], ..code("OTHER") }).await;
        let foreign = Money::new(50_000, other);
        give_out(&scene, &NewPromo { effect: Effect::Amount(foreign), ..code("FOREIGN") }).await;
        let huge = Money::new(full.minor * 2, full.currency);
        give_out(&scene, &NewPromo { effect: Effect::Amount(huge), ..code("HUGE") }).await;
        for (name, key, values) in [
            ("OTHER", "bot-promo-err-plan", args![]),
            ("FOREIGN", "bot-promo-err-currency", args!["amount" => foreign]),
        ] {
            scene.say(&format!("/promo {name}")).await;
            let shown = summary(&scene).await;
            let line =
                format!("{}\n{}", text("bot-promo-line-not", &args!["code" => name]), text(key, &values));
            assert!(shown.html.contains(&line), "{}", shown.html);
            let pay = locale::plain(Locale::En, "bot-pay-summary-btn-pay", &args!["amount" => full]);
            assert_eq!(shown.keyboard[0][0].text, pay, "{name}");
        }
        // Never free: the least that can be paid is left.
        scene.say("/promo HUGE").await;
        let shown = summary(&scene).await;
        let least = Money::new(1, full.currency);
        assert!(
            shown.html.contains(&text("bot-promo-line-least", &args!["amount" => least])),
            "{}",
            shown.html
        );
        scene.end().await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn who_guesses_is_asked_to_wait_and_a_restart_does_not_shorten_it() {
    for mut scene in Scene::each(Setup::new(BotState::Live)).await {
        scene.settle_in().await;
        give_out(&scene, &code("WELCOME")).await;
        scene.say("/promo").await;
        for guess in 1..TRIES {
            scene.say(&format!("GUESS{guess}")).await;
        }
        let until = scene.db.clock().now() + PAUSE;
        let barred = scene.say("GUESS5").await;
        let reader =
            bots::reader::Reader { locale: Locale::En, zone: zone(), voice: Voice::OURS, calendar: None };
        let said = text("bot-promo-err-tries", &args!["at" => reader.time(until)]);
        assert_eq!(barred.html, said);
        scene.restart(|_| {}).await;
        assert_eq!(scene.say("/promo welcome").await.html, said, "not even a right one");
        scene.store.clock.advance(PAUSE);
        let taken = scene.say("/promo welcome").await;
        assert!(taken.text.contains("is yours"), "{}", taken.text);
        scene.end().await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn terms_that_changed_are_shown_before_anything_is_ordered() {
    for scene in Scene::each(Setup::new(BotState::Live)).await {
        scene.settle_in().await;
        let id = give_out(&scene, &NewPromo { effect: Effect::Days(Days(7)), ..code("WEEK") }).await;
        scene.say("/promo WEEK").await;
        let shown = summary(&scene).await;
        // The price stays, the bonus does not.
        let tx = scene.db.write().await.unwrap();
        codes::switch(&tx, id, false).await.unwrap();
        tx.commit().await.unwrap();
        let again = scene.press_label(&shown.keyboard[0][0].text).await;
        assert!(again.html.starts_with(&text("bot-promo-changed-body", &args![])), "{}", again.html);
        assert!(again.html.contains(&text("bot-promo-err-off", &args![])), "{}", again.html);
        assert!(orders(&scene).await.is_empty(), "nothing was ordered");
        scene.press_label(&again.keyboard[0][0].text).await;
        assert_eq!(orders(&scene).await.len(), 1);
        scene.end().await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_code_that_comes_twice_is_one_try() {
    for scene in Scene::each(Setup::webhook(BotState::Live)).await {
        scene.settle_quietly(SARA, Locale::En).await;
        let from = serde_json::json!({ "id": SARA, "is_bot": false, "first_name": "Sara" });
        let chat = serde_json::json!({ "id": SARA, "type": "private", "first_name": "Sara" });
        for _ in 0..2 * TRIES {
            let update = serde_json::json!({ "update_id": 7, "message": {
                "message_id": 70, "date": 1_768_564_800, "chat": chat, "from": from, "text": "/promo GUESS",
                "entities": [{ "type": "bot_command", "offset": 0, "length": 6 }],
            }});
            scene.bring(&scene.row, &update).await;
        }
        let tx = scene.db.read().await.unwrap();
        let user = users::find_by_telegram(&tx, SARA).await.unwrap().unwrap();
        drop(tx);
        let tx = scene.db.write().await.unwrap();
        give_code(&tx).await;
        let taken = domain::shop::promo::holder::take(&tx, user.id, "WELCOME").await.unwrap();
        assert!(matches!(taken, domain::shop::promo::holder::Taken::Ready(_)), "{taken:?}");
        drop(tx);
        let off = scene.bring_press(SARA, 8, &Callback::PromoOff(None).encode()).await;
        assert_eq!(off.html, text("bot-promo-ask-body", &args![]));
        scene.end().await;
    }
}

async fn give_code(tx: &domain::db::TenantTx) {
    codes::save(tx, None, &code("WELCOME")).await.unwrap();
}
