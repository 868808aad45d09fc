//! Screens with something to take away or to set, and answers that take a while.

use std::{sync::atomic::Ordering, time::Duration};

use bots::callback::Callback;
use domain::{
    args,
    db::Conn as _,
    entities::{master::bot_instance::BotState, tenant::plan},
    locale::{self, Locale},
    shop::promo::rules::mark,
};
use sea_orm::{ActiveModelTrait as _, ActiveValue::Set};
use server::sandbox::telegram::{ButtonAction, ChatMessage};

use super::{
    outside::{OURS, VLESS},
    scene::{SARA, Scene, Setup},
};
use crate::support::until;

fn copies(message: &ChatMessage) -> Vec<&str> {
    let buttons = message.keyboard.iter().flatten();
    let copied = buttons.filter_map(|button| match &button.action {
        ButtonAction::Copy(text) => Some(text.as_str()),
        _ => None,
    });
    copied.collect()
}

/// A trial that is ready.
async fn with_trial(scene: &Scene) {
    scene.settle_in().await;
    scene.press("bot-menu-btn-trial", &args![]).await;
    let waiting = scene.press("bot-trial-offer-btn-start", &args![]).await;
    scene.work().await;
    scene.until(|chat| chat.last().filter(|last| last.id > waiting.id).cloned()).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn links_are_copied_by_a_button() {
    for scene in Scene::each(Setup::new(BotState::Live)).await {
        with_trial(&scene).await;
        let config = scene.say("/config").await;
        let [link] = copies(&config)[..] else { panic!("one link: {:#?}", config.keyboard) };
        assert!(link.starts_with(OURS), "{link}");
        let link = link.to_owned();
        let single = scene.press("bot-config-btn-links", &args![]).await;
        assert_eq!(copies(&single), [VLESS], "{:#?}", single.keyboard);
        assert!(single.html.contains("Fastline 1"), "{}", single.html);
        let apps = scene.say("/config").await;
        assert_eq!(copies(&apps), [&link], "it stays the same");
        scene.press("bot-config-btn-apps", &args![]).await;
        let apps = scene.press("bot-config-platform-btn-android", &args![]).await;
        assert!(apps.html.contains("Hiddify"), "{}", apps.html);
        let import = link.replace("/s/", "/i/hiddify/");
        let leads = |action: &ButtonAction| matches!(action, ButtonAction::Url(url) if *url == import);
        assert!(apps.keyboard.iter().flatten().any(|key| leads(&key.action)), "{:#?}", apps.keyboard);
        assert_eq!(copies(&apps), [&link]);
        for step in 1..=5 {
            let key = if step == 1 { "bot-config-asked-btn-no" } else { "bot-config-check-btn-next" };
            let shown = scene.press(key, &args![]).await;
            assert!(shown.text.contains(&format!("Step \u{2068}{step}\u{2069} of 5")), "{}", shown.text);
        }
        scene.press("bot-config-btn-renew", &args![]).await;
        let renewed = scene.press("bot-config-renew-btn-yes", &args![]).await;
        let [new] = copies(&renewed)[..] else { panic!("one link: {:#?}", renewed.keyboard) };
        assert!(new.starts_with(OURS) && new != link, "{new}");
        assert_eq!(scene.work().await, 1, "the panel is told");
        scene.end().await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn dates_are_written_by_the_calendar_that_the_reader_chose() {
    let months: Vec<String> = (1..=12)
        .map(|month| locale::plain(Locale::En, &format!("format-month-other-{month}"), &args![]))
        .collect();
    let is_jalali = |text: &str| months.iter().any(|month| text.contains(month.as_str()));
    let label = |code: &str| {
        let named = locale::plain(Locale::En, &format!("bot-settings-calendar-{code}"), &args![]);
        locale::plain(Locale::En, "bot-settings-btn-calendar", &args!["calendar" => named])
    };
    for scene in Scene::each(Setup::new(BotState::Live)).await {
        with_trial(&scene).await;
        assert!(!is_jalali(&scene.say("/menu").await.text));
        for (from, to) in [("gregorian", "jalali"), ("jalali", "gregorian")] {
            scene.say("/settings").await;
            let (message, data) = scene.find_button(&label(from));
            scene.telegram.press_data(scene.bot, SARA, message.id, &data).unwrap();
            let now = label(to);
            scene
                .until(|chat| chat.last()?.keyboard.iter().flatten().any(|key| key.text == now).then_some(()))
                .await;
            let menu = scene.say("/menu").await;
            assert_eq!(is_jalali(&menu.text), to == "jalali", "{}", menu.text);
        }
        scene.end().await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_readers_data_comes_as_a_file() {
    for scene in Scene::each(Setup::new(BotState::Live)).await {
        with_trial(&scene).await;
        scene.say("/settings").await;
        let privacy = scene.press("bot-settings-btn-privacy", &args![]).await;
        assert!(privacy.html.contains("What the shop keeps"), "{}", privacy.html);
        let file = scene.press("bot-privacy-btn-export", &args![]).await;
        let (_, name) = file.document.expect("a file");
        assert_eq!(name, "my-data.json");
        let settings = scene.press("bot-common-btn-back", &args![]).await;
        assert!(settings.id > file.id, "a file is not edited into a screen");
        scene.end().await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_profile_shows_what_the_panel_counted() {
    for scene in Scene::each(Setup::new(BotState::Live)).await {
        with_trial(&scene).await;
        scene.panel.tells.store(true, Ordering::SeqCst);
        let profile = scene.say("/my").await;
        let used = locale::format::bytes(Locale::En, domain::units::Bytes::gigabytes(1));
        assert!(profile.text.contains(&used), "{}", profile.text);
        assert!(profile.text.contains('▰') && !profile.text.contains("As of"), "{}", profile.text);
        scene.end().await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_language_is_changed_in_the_settings() {
    for scene in Scene::each(Setup::new(BotState::Live)).await {
        scene.settle_in().await;
        scene.say("/settings").await;
        let values = args!["language" => "English"];
        let languages = scene.press("bot-settings-btn-language", &values).await;
        assert_eq!(languages.keyboard.len(), 4, "three languages and the way back");
        let settings = scene.press_label("فارسی").await;
        assert_eq!(settings.html, locale::html(Locale::Fa, "bot-settings-title", &args![]));
        assert!(scene.say("/help").await.text.contains("راهنما"));
        scene.end().await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_payment_whose_answer_was_lost_is_asked_for_again_in_the_same_words() {
    for scene in Scene::each(Setup::new(BotState::Live)).await {
        scene.settle_in().await;
        scene.provider.silent.store(true, Ordering::SeqCst);
        let plans = scene.say("/buy").await;
        let summary = scene.press_label(&plans.keyboard[0][0].text).await;
        scene.press_label(&summary.keyboard[0][0].text).await;
        let retry = locale::plain(Locale::En, "bot-common-btn-retry", &args![]);
        scene
            .until(|chat| chat.last()?.keyboard.iter().flatten().any(|key| key.text == retry).then_some(()))
            .await;
        let (message, again) = scene.find_button(&retry);
        scene.say("/settings").await;
        scene.press("bot-settings-btn-language", &args!["language" => "English"]).await;
        scene.press_label("فارسی").await;
        scene.provider.silent.store(false, Ordering::SeqCst);
        scene.telegram.press_data(scene.bot, SARA, message.id, &again).unwrap();
        scene.until(|chat| chat.iter().any(|message| message.text.contains("BY-")).then_some(())).await;
        let asked = scene.provider.descriptions.lock().unwrap().clone();
        assert_eq!(asked.len(), 2, "{asked:?}");
        assert!(asked[0] == asked[1] && asked[0].contains("BY-"), "{asked:?}");
        scene.end().await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_second_tap_on_the_trial_shows_what_came_of_the_first() {
    for scene in Scene::each(Setup::webhook(BotState::Live)).await {
        scene.settle_quietly(SARA, Locale::En).await;
        let setting_up = locale::html(Locale::En, "bot-trial-setting-up-body", &args![]);
        for update in [1, 2] {
            let shown = scene.bring_press(SARA, update, "v1:trial:claim").await;
            assert_eq!(shown.html, setting_up, "{update}");
        }
        assert_eq!(scene.work().await, 2, "one account, one message");
        let shown = scene.bring_press(SARA, 3, "v1:trial:claim").await;
        assert_eq!(shown.html, locale::html(Locale::En, "bot-trial-used-plain-body", &args![]));
        scene.end().await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn a_trial_that_is_refused_stays_so_when_the_update_comes_again() {
    for scene in Scene::each(Setup::webhook(BotState::Live)).await {
        scene.settle_quietly(SARA, Locale::En).await;
        let tx = scene.db.write().await.unwrap();
        let trial = domain::shop::plan::service::trial_plan(&tx).await.unwrap().unwrap();
        let off = plan::ActiveModel { id: Set(trial.id), active: Set(false), ..Default::default() };
        off.update(tx.raw()).await.unwrap();
        tx.commit().await.unwrap();
        for _ in 0..2 {
            let shown = scene.bring_press(SARA, 9, "v1:trial:claim").await;
            assert_eq!(shown.html, locale::html(Locale::En, "bot-trial-none-body", &args![]));
        }
        scene.end().await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn whoever_says_that_he_has_paid_is_answered_before_the_provider_is() {
    for scene in Scene::each(Setup::new(BotState::Live)).await {
        scene.settle_in().await;
        scene.order_first_plan().await;
        scene.provider.unpaid.store(true, Ordering::SeqCst);
        scene.provider.slow.store(true, Ordering::SeqCst);
        let answered = || scene.telegram.count(scene.bot, "answerCallbackQuery");
        let (before, asked) = (answered(), scene.chat().last().unwrap().clone());
        let (_, check) = scene.find_button(&locale::plain(Locale::En, "bot-pay-open-btn-check", &args![]));
        scene.telegram.press_data(scene.bot, SARA, asked.id, &check).unwrap();
        let answer = until("the button is answered", async || answered() == before + 1);
        let at_once = tokio::time::timeout(Duration::from_secs(1), answer);
        at_once.await.expect("the button is answered within a second");
        assert_eq!(scene.chat().last().unwrap().html, asked.html, "the provider has not answered");
        let pending = scene.until(|chat| chat.last().filter(|last| last.html != asked.html).cloned()).await;
        assert!(pending.text.contains("No payment yet") && pending.text.contains("BY-"), "{}", pending.text);
        assert_eq!(pending.keyboard, asked.keyboard, "it leads on as before");

        scene.provider.unpaid.store(false, Ordering::SeqCst);
        let paid = scene.press("bot-pay-open-btn-check", &args![]).await;
        assert!(paid.text.contains("received"), "{}", paid.text);
        scene.end().await;
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn who_meets_our_fault_reads_it_once_in_the_language_of_his_choice() {
    for scene in Scene::each(Setup::webhook(BotState::Live)).await {
        scene.provider.repeats_itself.store(true, Ordering::SeqCst);
        let tx = scene.db.read().await.unwrap();
        let offer = domain::shop::plan::service::offers(&tx).await.unwrap().remove(0);
        drop(tx);
        let buy = Callback::Buy { plan: offer.plan.id, seen: mark(offer.price, None) }.encode();
        let reza = SARA + 1;
        for (person, chosen) in [(SARA, Locale::En), (reza, Locale::Fa)] {
            scene.settle_quietly(person, chosen).await;
            scene.bring_press(person, person, &buy).await;
        }
        assert_eq!(scene.answers(reza, reza), [""], "answered once, whatever was tried");
        let sorry: Vec<_> = scene
            .telegram
            .transcript(scene.bot, reza)
            .into_iter()
            .filter(|message| message.text.contains("مشکلی از سمت ما"))
            .collect();
        assert_eq!(sorry.len(), 1, "{:#?}", scene.telegram.transcript(scene.bot, reza));
        scene.end().await;
    }
}
