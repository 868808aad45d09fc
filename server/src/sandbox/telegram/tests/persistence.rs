//! The snapshot on disk.

use std::{sync::Arc, time::Duration};

use domain::clock::MockClock;
use secrecy::ExposeSecret as _;

use super::{ALICE, client, png};
use crate::sandbox::telegram::{SnapshotError, TelegramEmulator};

#[tokio::test]
async fn a_restarted_emulator_still_has_its_chats_tokens_and_pictures() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("telegram.json");
    let open = || TelegramEmulator::persisted(Arc::new(MockClock::new()), client(), &path).unwrap();

    let emulator = open();
    let (bot, token) = emulator.create_bot("Shop", "shop_bot").unwrap();
    emulator.user(ALICE, "Alice", "fa");
    emulator.say(bot, ALICE, "/start").unwrap();
    emulator.send_photo_to_bot(bot, ALICE, png(2, 2), "receipt").unwrap();
    let before = emulator.transcript(bot, ALICE);
    drop(emulator);

    let emulator = open();
    assert_eq!(emulator.transcript(bot, ALICE), before);
    assert_eq!(emulator.token(bot).unwrap().expose_secret(), token.expose_secret());
    assert_eq!(emulator.photo(before[1].photo.as_deref().unwrap()).unwrap().0, png(2, 2));
    assert_eq!((emulator.last_update(bot), emulator.pending_updates(bot)), (2, 2));
    emulator.create_bot("Other", "shop_bot").unwrap_err();
}

#[tokio::test]
async fn changes_are_written_while_the_emulator_runs() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("telegram.json");
    let emulator = TelegramEmulator::persisted(Arc::new(MockClock::new()), client(), &path).unwrap();
    emulator.user(ALICE, "Alice", "fa");
    let written = async {
        while !std::fs::read_to_string(&path).is_ok_and(|text| text.contains("Alice")) {
            tokio::time::sleep(Duration::from_millis(10)).await;
        }
    };
    tokio::time::timeout(Duration::from_secs(20), written).await.unwrap();
    drop(emulator);
}

#[tokio::test]
async fn a_broken_snapshot_is_an_error_and_stays_as_it_is() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("telegram.json");
    std::fs::write(&path, "{").unwrap();
    let error = TelegramEmulator::persisted(Arc::new(MockClock::new()), client(), &path).unwrap_err();
    assert!(matches!(error, SnapshotError::Malformed { .. }), "{error}");
    assert_eq!(std::fs::read_to_string(&path).unwrap(), "{");
}
