//! Tokens, people who block, channels and members, what a bot says about itself.

use rstest::rstest;
use secrecy::ExposeSecret as _;
use serde_json::{Value, json};

use super::{ALICE, Scene};
use crate::sandbox::telegram::BotFatherError;

#[tokio::test]
async fn a_wrong_token_is_unauthorized_and_an_unknown_method_is_not_found() {
    let scene = Scene::new();
    let wrong = format!("{}x", scene.token);
    let (status, body) = scene.answer(&format!("/bot{wrong}/getMe"), json!({})).await;
    assert_eq!((status, body), (401, json!({"ok": false, "error_code": 401, "description": "Unauthorized"})));
    for path in
        [format!("/bot{}/flyToTheMoon", scene.token), "/botnonsense/getMe".to_owned(), "/x".to_owned()]
    {
        let (status, body) = scene.answer(&path, json!({})).await;
        assert_eq!(
            (status, body),
            (404, json!({"ok": false, "error_code": 404, "description": "Not Found"}))
        );
    }
}

#[tokio::test]
async fn a_revoked_token_is_no_good_any_more() {
    let mut scene = Scene::new();
    let new = scene.emulator.revoke_token(scene.bot).unwrap();
    assert_eq!(scene.refusal("getMe", json!({})).await, "401 Unauthorized");
    scene.token = new.expose_secret().to_owned();
    assert_eq!(scene.call("getMe", json!({})).await.unwrap()["username"], "first_shop_bot");
}

#[rstest]
#[case("shop", BotFatherError::BadUsername)]
#[case("1_shop_bot", BotFatherError::BadUsername)]
#[case("shop-bot", BotFatherError::BadUsername)]
#[case("First_Shop_Bot", BotFatherError::Taken)]
fn botfather_is_strict_about_usernames(#[case] username: &str, #[case] expected: BotFatherError) {
    let scene = Scene::new();
    assert_eq!(scene.emulator.create_bot("Shop", username).unwrap_err(), expected);
}

#[test]
fn a_token_is_an_id_and_thirty_five_characters() {
    let scene = Scene::new();
    let (id, secret) = scene.token.split_once(':').unwrap();
    assert_eq!((id, secret.len()), (scene.bot.to_string().as_str(), 35));
}

#[tokio::test]
async fn a_person_who_blocked_the_bot_gets_nothing_until_it_is_unblocked() {
    let scene = Scene::new();
    scene.emulator.block(scene.bot, ALICE);
    let hello = json!({"chat_id": ALICE, "text": "x"});
    let blocked = "403 Forbidden: bot was blocked by the user";
    assert_eq!(scene.refusal("sendMessage", hello.clone()).await, blocked);
    scene.emulator.unblock(scene.bot, ALICE);
    scene.call("sendMessage", hello.clone()).await.unwrap();
    let updates = scene.call("getUpdates", json!({"offset": 2})).await.unwrap();
    let status = |index: usize| &updates[index]["my_chat_member"]["new_chat_member"]["status"];
    assert_eq!((status(0), status(1)), (&json!("kicked"), &json!("member")));

    scene.emulator.deactivate(ALICE);
    assert_eq!(scene.refusal("sendMessage", hello).await, "403 Forbidden: user is deactivated");
}

#[tokio::test]
async fn a_bot_cannot_write_first() {
    let scene = Scene::new();
    scene.emulator.user(1_002, "Bob", "fa");
    let refused = scene.refusal("sendMessage", json!({"chat_id": 1_002, "text": "x"})).await;
    assert_eq!(refused, "400 Bad Request: chat not found");
}

#[tokio::test]
async fn a_channels_administrator_sees_its_members() {
    let scene = Scene::new();
    scene.emulator.user(1_002, "Owner", "en");
    let channel = scene.emulator.make_channel("News", Some("@shop_news"), 1_002);
    let member = json!({"chat_id": "@shop_news", "user_id": ALICE});
    let refused = scene.refusal("getChatMember", member.clone()).await;
    assert_eq!(refused, "400 Bad Request: member list is inaccessible");
    let post = json!({"chat_id": channel, "text": "x"});
    let refused = scene.refusal("sendMessage", post.clone()).await;
    assert_eq!(refused, "403 Forbidden: bot is not a member of the channel chat");

    scene.emulator.set_member(channel, scene.bot, "administrator").unwrap();
    let status = async || scene.call("getChatMember", member.clone()).await.unwrap()["status"].clone();
    assert_eq!(status().await, "left");
    scene.emulator.join(channel, ALICE).unwrap();
    assert_eq!(status().await, "member");
    scene.emulator.leave(channel, ALICE).unwrap();
    assert_eq!(status().await, "left");
    assert_eq!(scene.call("sendMessage", post).await.unwrap()["chat"]["type"], "channel");

    let nobody = json!({"chat_id": channel, "user_id": 77});
    assert_eq!(scene.refusal("getChatMember", nobody).await, "400 Bad Request: PARTICIPANT_ID_INVALID");
    let nobody = json!({"chat_id": channel});
    assert_eq!(scene.refusal("getChatMember", nobody).await, "400 Bad Request: invalid user_id specified");
}

#[tokio::test]
async fn a_private_channel_is_unknown_to_outsiders() {
    let scene = Scene::new();
    let channel = scene.emulator.make_channel("Secret", None, ALICE);
    let refused = scene.refusal("getChat", json!({"chat_id": channel})).await;
    assert_eq!(refused, "400 Bad Request: chat not found");
}

#[rstest]
#[case("", "a", "command must be non-empty")]
#[case("Start", "a", "BOT_COMMAND_INVALID")]
#[case("start", "", "command description must be non-empty")]
#[case("start", "PLACEHOLDER", "command description length must not exceed 256")]
#[tokio::test]
async fn a_bad_command_is_refused(#[case] command: &str, #[case] description: &str, #[case] expected: &str) {
    let scene = Scene::new();
    let description = description.replace("PLACEHOLDER", &"x".repeat(257));
    let params = json!({"commands": [{"command": command, "description": description}]});
    assert_eq!(scene.refusal("setMyCommands", params).await, format!("400 Bad Request: {expected}"));
}

#[tokio::test]
async fn the_menu_is_the_narrowest_list_of_commands() {
    let scene = Scene::new();
    let set = async |scope: Value, language: &str, description: &str| {
        let commands = json!([{"command": "start", "description": description}]);
        let params = json!({"commands": commands, "scope": scope, "language_code": language});
        scene.call("setMyCommands", params).await.unwrap();
    };
    set(json!({"type": "default"}), "", "Start").await;
    set(json!({"type": "default"}), "ru", "Начать").await;
    let menu = |language: &str| scene.emulator.menu(scene.bot, ALICE, language)[0].1.clone();
    assert_eq!((menu("en"), menu("ru")), ("Start".to_owned(), "Начать".to_owned()));
    set(json!({"type": "chat", "chat_id": ALICE}), "", "Owner").await;
    assert_eq!(menu("ru"), "Owner");
}

#[tokio::test]
async fn a_bot_that_logged_out_is_kept_out_for_ten_minutes() {
    let scene = Scene::new();
    scene.call("logOut", json!({})).await.unwrap();
    assert_eq!(scene.refusal("getMe", json!({})).await, "400 Bad Request: Logged out");
    scene.clock.advance(chrono::Duration::minutes(10));
    scene.call("getMe", json!({})).await.unwrap();
}
