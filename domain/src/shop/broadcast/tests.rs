//! Broadcasts on both databases: who gets one, once, whatever happens meanwhile.

use std::{
    collections::{BTreeMap, HashMap},
    sync::{
        Arc, Mutex,
        atomic::{AtomicUsize, Ordering},
    },
    time::Duration as Wait,
};

use async_trait::async_trait;
use chrono::Duration;
use sea_orm::{
    ActiveModelTrait as _, ActiveValue::Set, EntityTrait as _, IntoActiveModel as _, QueryFilter as _,
};

use super::{
    freeze::Reach,
    jobs::{DeleteBroadcast, SendBroadcast},
    letter::{Letter, Wrong},
    list::{self, Counts},
    remove, segment,
    send::{self, AT_ONCE},
    service::{self, BroadcastRefused, Draft},
};
use crate::{
    clock::Clock as _,
    db::{Conn as _, StoreError, TenantDb},
    entities::tenant::{
        broadcast::{BroadcastState, Halt, Model, Segment},
        broadcast_recipient::{self as recipient, RecipientState},
        chat, subscription, user,
    },
    ids::{BotId, BroadcastId, RowId, TenantId, UserId},
    jobs::{Claimed, Job as _, JobError, Runner, run_until_idle},
    locale::Locale,
    ports::{BroadcastSender, Edition, Posted, Removed},
    shop::{chat::service as chats, subscription::service as subscriptions},
    testing::{self, TestShop, TestStore},
};

/// Telegram, as it answers next.
#[derive(Clone, Debug, Default)]
enum Mood {
    #[default]
    Takes,
    Says(Posted),
    /// Never answers.
    Hangs,
}

/// Keeps what was sent to whom.
#[derive(Clone, Default)]
struct Mail {
    sent: Arc<Mutex<Vec<(i64, String)>>>,
    mood: Arc<Mutex<Mood>>,
    /// After so many it answers as `mood` says.
    good: Arc<AtomicUsize>,
    removed: Arc<AtomicUsize>,
    bots: Vec<BotId>,
}

impl Mail {
    fn of(shop: &TestShop) -> Self {
        Self { bots: vec![shop.bot], ..Self::default() }
    }

    /// From the message behind the next `good` on.
    fn turns(&self, good: usize, mood: Mood) {
        self.good.store(good, Ordering::SeqCst);
        *self.mood.lock().unwrap() = mood;
    }

    fn sent(&self) -> Vec<(i64, String)> {
        self.sent.lock().unwrap().clone()
    }

    /// The most that one user got.
    fn most(&self) -> usize {
        let mut counted: HashMap<i64, usize> = HashMap::new();
        for (user, _) in self.sent() {
            *counted.entry(user).or_default() += 1;
        }
        counted.into_values().max().unwrap_or_default()
    }

    async fn work(&self, test: &TestStore) {
        run_until_idle(&test.store, Arc::new(self.clone())).await.unwrap();
    }
}

#[async_trait]
impl BroadcastSender for Mail {
    async fn post(&self, _: TenantId, _: BotId, telegram_id: i64, edition: &Edition) -> Posted {
        let one_less = |left: usize| left.checked_sub(1);
        let is_good = self.good.fetch_update(Ordering::SeqCst, Ordering::SeqCst, one_less).is_ok();
        let mood = if is_good { Mood::Takes } else { self.mood.lock().unwrap().clone() };
        if !matches!(mood, Mood::Says(Posted::Later(_) | Posted::Refused(_) | Posted::NoBot)) {
            self.sent.lock().unwrap().push((telegram_id, edition.text.clone()));
        }
        match mood {
            Mood::Takes => Posted::Sent(telegram_id * 10),
            Mood::Says(posted) => posted,
            Mood::Hangs => std::future::pending().await,
        }
    }

    async fn remove(&self, _: TenantId, _: BotId, _: i64, _: i64) -> Removed {
        match self.removed.fetch_add(1, Ordering::SeqCst) {
            0 => Removed::Kept("message can't be deleted for everyone".into()),
            _ => Removed::Gone,
        }
    }

    async fn answers(&self, _: TenantId, _: BotId) -> bool {
        !matches!(*self.mood.lock().unwrap(), Mood::Says(Posted::Unknown(_)))
    }
}

#[async_trait]
impl Runner for Mail {
    async fn run_shop(&self, db: &TenantDb, job: &Claimed) -> Result<(), JobError> {
        match job.row.kind.as_str() {
            SendBroadcast::KIND => {
                send::run(db, self, Reach { bots: &self.bots, locale: Locale::En }, job).await
            }
            DeleteBroadcast::KIND => {
                let DeleteBroadcast { broadcast } = job.payload()?;
                remove::run(db, self, broadcast).await
            }
            _ => Ok(()),
        }
    }

    async fn run_platform(&self, _: &Claimed) -> Result<(), JobError> {
        Ok(())
    }

    async fn tick(&self) -> Result<(), StoreError> {
        Ok(())
    }
}

fn letter() -> Letter {
    let text = |code: &str, text: &str| (code.to_owned(), text.to_owned());
    Letter { texts: BTreeMap::from([text("en", "Sale"), text("fa", "حراج")]), buttons: Vec::new() }
}

/// So many users with a chat.
async fn crowd(shop: &TestShop, count: i64) {
    let tx = shop.db.write().await.unwrap();
    let users = (1..=count).map(|telegram_id| user::ActiveModel {
        id: Set(UserId::new()),
        telegram_id: Set(telegram_id),
        first_name: Set("Nima".into()),
        username: Set(None),
        locale: Set(["en", "fa", "ru"][usize::try_from(telegram_id % 3).unwrap()].into()),
        language_chosen_at: Set(None),
        rules_accepted_at: Set(None),
        banned_at: Set(None),
        created_at: Set(tx.now()),
        last_seen_at: Set(tx.now()),
        calendar: Set(None),
        source: Set(None),
    });
    user::Entity::insert_many(users).exec_without_returning(tx.raw()).await.unwrap();
    let chats = (1..=count).map(|telegram_id| chat::ActiveModel {
        id: Set(RowId::new()),
        bot_id: Set(shop.bot),
        telegram_id: Set(telegram_id),
        dialogue: Set(serde_json::Value::Null),
        screen_message_id: Set(None),
        blocked_at: Set(None),
        updated_at: Set(tx.now()),
    });
    chat::Entity::insert_many(chats).exec_without_returning(tx.raw()).await.unwrap();
    tx.commit().await.unwrap();
}

async fn draft(shop: &TestShop, segment: Segment) -> BroadcastId {
    let tx = shop.db.write().await.unwrap();
    let row = service::save(&tx, None, shop.bot, &Draft { segment, letter: letter() }).await.unwrap();
    tx.commit().await.unwrap();
    row.id
}

/// Written, and sent from now on.
async fn begun(shop: &TestShop) -> BroadcastId {
    let id = draft(shop, Segment::All).await;
    act(shop, async |tx| service::send(tx, id, None, Locale::En).await).await.unwrap();
    id
}

async fn act(
    shop: &TestShop,
    what: impl AsyncFnOnce(&crate::db::TenantTx) -> Result<(), BroadcastRefused>,
) -> Result<(), BroadcastRefused> {
    let tx = shop.db.write().await.unwrap();
    what(&tx).await?;
    tx.commit().await.unwrap();
    Ok(())
}

async fn now(shop: &TestShop, id: BroadcastId) -> (Model, Counts) {
    let tx = shop.db.read().await.unwrap();
    (service::find(&tx, id).await.unwrap().unwrap(), list::counts(&tx, id).await.unwrap())
}

async fn mark(shop: &TestShop, telegram_id: i64, change: impl FnOnce(&mut user::ActiveModel)) {
    let tx = shop.db.write().await.unwrap();
    let found = user::Entity::find().filter(user::COLUMN.telegram_id.eq(telegram_id));
    let mut row = found.one(tx.raw()).await.unwrap().unwrap().into_active_model();
    change(&mut row);
    row.update(tx.raw()).await.unwrap();
    tx.commit().await.unwrap();
}

async fn block(shop: &TestShop, telegram_id: i64) {
    let tx = shop.db.write().await.unwrap();
    let chat = chats::open(&tx, shop.bot, telegram_id).await.unwrap();
    chats::mark_blocked(&tx, chat.id).await.unwrap();
    tx.commit().await.unwrap();
}

/// Buys a month, which then is what `change` makes of it.
async fn with_month(
    shop: &TestShop,
    test: &TestStore,
    telegram_id: i64,
    change: impl FnOnce(&mut subscription::ActiveModel),
) {
    let user = shop.user(telegram_id).await;
    shop.bought(test, &user).await;
    shop.work(test).await;
    let tx = shop.db.write().await.unwrap();
    let mut row = subscriptions::current_of(&tx, user.id).await.unwrap().unwrap().into_active_model();
    change(&mut row);
    row.update(tx.raw()).await.unwrap();
    tx.commit().await.unwrap();
}

#[tokio::test]
async fn a_segment_holds_whom_it_names_and_nobody_who_is_banned_or_has_blocked_the_bot() {
    for test in testing::stores().await {
        let shop = test.selling_shop().await;
        crowd(&shop, 9).await;
        let at = test.clock.now();
        with_month(&shop, &test, 1, |_| {}).await;
        with_month(&shop, &test, 2, |row| row.target_expire = Set(at + Duration::days(2))).await;
        with_month(&shop, &test, 3, |row| row.target_expire = Set(at - Duration::days(1))).await;
        with_month(&shop, &test, 4, |row| row.trial = Set(true)).await;
        with_month(&shop, &test, 5, |_| {}).await;
        with_month(&shop, &test, 6, |_| {}).await;
        mark(&shop, 5, |user| user.banned_at = Set(Some(at))).await;
        block(&shop, 6).await;
        mark(&shop, 7, |user| user.banned_at = Set(Some(at))).await;
        shop.user(10).await;
        let expected = [
            (Segment::All, 6),
            (Segment::Active, 2),
            (Segment::Trial, 1),
            (Segment::Expiring, 1),
            (Segment::Expired, 1),
            (Segment::Never, 2),
        ];
        let tx = shop.db.read().await.unwrap();
        for (segment, count) in expected {
            let found = segment::count(&tx, segment, &[shop.bot]).await.unwrap();
            assert_eq!(found, count, "{}: {segment:?}", test.name());
        }
        let elsewhere = segment::count(&tx, Segment::All, &[BotId::new()]).await.unwrap();
        assert_eq!(elsewhere, 0, "another bot reaches nobody");
    }
}

#[tokio::test]
async fn everybody_gets_it_once_in_a_language_that_is_written() {
    for test in testing::stores().await {
        let shop = test.selling_shop().await;
        crowd(&shop, 1_203).await;
        let mail = Mail::of(&shop);
        let id = begun(&shop).await;
        mail.work(&test).await;
        let (row, counts) = now(&shop, id).await;
        assert_eq!((row.state, row.run_job), (BroadcastState::Done, None), "{}", test.name());
        assert!(row.frozen_at.is_some() && row.ended_at.is_some());
        assert_eq!((counts.all(), counts.of(RecipientState::Sent)), (1_203, 1_203));
        let sent = mail.sent();
        assert_eq!((sent.len(), mail.most()), (1_203, 1));
        assert!(sent.iter().all(|(user, text)| text == if user % 3 == 1 { "حراج" } else { "Sale" }));

        // Whoever comes later is no recipient of it.
        crowd_of_one(&shop, 5_000).await;
        act(&shop, async |tx| service::send_again(tx, id, RecipientState::Unknown).await).await.unwrap_err();
        mail.work(&test).await;
        assert_eq!(mail.sent().len(), 1_203);
    }
}

async fn crowd_of_one(shop: &TestShop, telegram_id: i64) {
    shop.user(telegram_id).await;
    let tx = shop.db.write().await.unwrap();
    chats::open(&tx, shop.bot, telegram_id).await.unwrap();
    tx.commit().await.unwrap();
}

#[tokio::test]
async fn what_a_crash_leaves_in_hand_is_unknown_and_sent_again_by_a_person_only() {
    for test in testing::stores().await {
        let shop = test.selling_shop().await;
        crowd(&shop, 60).await;
        let mail = Mail::of(&shop);
        let id = begun(&shop).await;
        mail.turns(24, Mood::Hangs);
        let cut_off = tokio::time::timeout(Wait::from_millis(1_500), mail.work(&test)).await;
        assert!(cut_off.is_err(), "{}: it ended", test.name());
        assert!(now(&shop, id).await.1.of(RecipientState::Sending) > 0);

        mail.turns(0, Mood::Takes);
        test.clock.advance(Duration::seconds(10));
        mail.work(&test).await;
        let (row, counts) = now(&shop, id).await;
        let unknown = counts.of(RecipientState::Unknown);
        assert_eq!(row.state, BroadcastState::Done, "{}", test.name());
        assert!((1..=AT_ONCE as i64).contains(&unknown), "{unknown}");
        assert_eq!((counts.all(), counts.left()), (60, 0));
        assert_eq!(mail.most(), 1, "{}: somebody got it twice", test.name());

        act(&shop, async |tx| service::send_again(tx, id, RecipientState::Unknown).await).await.unwrap();
        mail.work(&test).await;
        let (row, counts) = now(&shop, id).await;
        assert_eq!((row.state, counts.of(RecipientState::Sent)), (BroadcastState::Done, 60));
    }
}

#[tokio::test]
async fn a_paused_broadcast_rests_goes_on_and_stops_for_good() {
    for test in testing::stores().await {
        let shop = test.selling_shop().await;
        crowd(&shop, 40).await;
        let mail = Mail::of(&shop);
        let id = begun(&shop).await;
        mail.turns(20, Mood::Says(Posted::Later(Wait::from_secs(30))));
        mail.work(&test).await;
        act(&shop, async |tx| service::pause(tx, id).await).await.unwrap();
        act(&shop, async |tx| service::pause(tx, id).await).await.unwrap_err();
        mail.turns(0, Mood::Takes);
        test.clock.advance(Duration::minutes(1));
        mail.work(&test).await;
        assert_eq!(mail.sent().len(), 20, "{}: it went on", test.name());

        act(&shop, async |tx| service::resume(tx, id).await).await.unwrap();
        mail.turns(10, Mood::Says(Posted::Later(Wait::from_secs(30))));
        mail.work(&test).await;
        act(&shop, async |tx| service::stop(tx, id).await).await.unwrap();
        mail.turns(0, Mood::Takes);
        test.clock.advance(Duration::minutes(1));
        mail.work(&test).await;
        let (row, counts) = now(&shop, id).await;
        assert_eq!((row.state, counts.of(RecipientState::Waiting)), (BroadcastState::Stopped, 10));
        assert_eq!((mail.sent().len(), mail.most()), (30, 1));
        act(&shop, async |tx| service::resume(tx, id).await).await.unwrap_err();
    }
}

#[tokio::test]
async fn nothing_is_sent_before_telegram_allows_it_again() {
    for test in testing::stores().await {
        let shop = test.selling_shop().await;
        crowd(&shop, 30).await;
        let mail = Mail::of(&shop);
        let id = begun(&shop).await;
        mail.turns(8, Mood::Says(Posted::Later(Wait::from_secs(30))));
        mail.work(&test).await;
        let (row, counts) = now(&shop, id).await;
        assert_eq!((row.state, counts.of(RecipientState::Waiting)), (BroadcastState::Sending, 22));
        mail.turns(0, Mood::Takes);
        test.clock.advance(Duration::seconds(29));
        mail.work(&test).await;
        assert_eq!(mail.sent().len(), 8, "{}", test.name());
        test.clock.advance(Duration::seconds(2));
        mail.work(&test).await;
        assert_eq!((mail.sent().len(), mail.most()), (30, 1));
    }
}

#[tokio::test]
async fn whoever_has_blocked_the_bot_is_left_out_of_the_next_one() {
    for test in testing::stores().await {
        let shop = test.selling_shop().await;
        crowd(&shop, 3).await;
        let mail = Mail::of(&shop);
        let id = begun(&shop).await;
        mail.turns(1, Mood::Says(Posted::Blocked("bot was blocked by the user".into())));
        mail.work(&test).await;
        let (row, counts) = now(&shop, id).await;
        assert_eq!((row.state, counts.of(RecipientState::Blocked)), (BroadcastState::Done, 2));
        let tx = shop.db.read().await.unwrap();
        assert_eq!(segment::count(&tx, Segment::All, &[shop.bot]).await.unwrap(), 1, "{}", test.name());
        let told = list::reasons(&tx, id).await.unwrap();
        assert_eq!(told, [(RecipientState::Blocked, "bot was blocked by the user".into(), 2)]);
    }
}

#[tokio::test]
async fn what_telegram_takes_from_nobody_pauses_before_everybody_is_lost() {
    for test in testing::stores().await {
        let shop = test.selling_shop().await;
        crowd(&shop, 100).await;
        let mail = Mail::of(&shop);
        let id = begun(&shop).await;
        mail.turns(0, Mood::Says(Posted::Refused("can't parse".into())));
        mail.work(&test).await;
        let (row, counts) = now(&shop, id).await;
        assert_eq!((row.state, row.halt), (BroadcastState::Paused, Some(Halt::Refused)), "{}", test.name());
        assert!(counts.of(RecipientState::Failed) <= 2 * AT_ONCE as i64);

        mail.turns(0, Mood::Says(Posted::NoBot));
        act(&shop, async |tx| service::resume(tx, id).await).await.unwrap();
        mail.work(&test).await;
        let (row, _) = now(&shop, id).await;
        assert_eq!((row.state, row.halt), (BroadcastState::Paused, Some(Halt::Bot)));

        mail.turns(0, Mood::Takes);
        act(&shop, async |tx| service::send_again(tx, id, RecipientState::Failed).await).await.unwrap();
        act(&shop, async |tx| service::resume(tx, id).await).await.unwrap();
        mail.work(&test).await;
        let (row, counts) = now(&shop, id).await;
        assert_eq!((row.state, counts.of(RecipientState::Sent)), (BroadcastState::Done, 100));
    }
}

#[tokio::test]
async fn a_telegram_that_is_silent_makes_few_unknown_and_is_asked_before_there_are_more() {
    for test in testing::stores().await {
        let shop = test.selling_shop().await;
        crowd(&shop, 100).await;
        let mail = Mail::of(&shop);
        let id = begun(&shop).await;
        mail.turns(0, Mood::Says(Posted::Unknown("no answer".into())));
        for _ in 0..10 {
            mail.work(&test).await;
            test.clock.advance(Duration::minutes(1));
        }
        let (row, counts) = now(&shop, id).await;
        assert_eq!(row.state, BroadcastState::Sending);
        assert_eq!(counts.of(RecipientState::Unknown), AT_ONCE as i64, "{}", test.name());
        mail.turns(0, Mood::Takes);
        mail.work(&test).await;
        test.clock.advance(Duration::minutes(1));
        mail.work(&test).await;
        let (row, counts) = now(&shop, id).await;
        assert_eq!((row.state, counts.of(RecipientState::Sent)), (BroadcastState::Done, 84));
        assert_eq!(mail.most(), 1);
    }
}

#[tokio::test]
async fn what_was_sent_is_deleted_where_telegram_still_does_it() {
    for test in testing::stores().await {
        let shop = test.selling_shop().await;
        crowd(&shop, 20).await;
        let mail = Mail::of(&shop);
        let id = begun(&shop).await;
        act(&shop, async |tx| service::delete_sent(tx, id).await).await.unwrap_err();
        mail.work(&test).await;
        act(&shop, async |tx| service::delete_sent(tx, id).await).await.unwrap();
        assert!(now(&shop, id).await.0.deleting);
        mail.work(&test).await;
        let (row, counts) = now(&shop, id).await;
        assert!(!row.deleting, "{}", test.name());
        assert_eq!((counts.of(RecipientState::Deleted), counts.of(RecipientState::Kept)), (19, 1));
        assert_eq!(counts.arrived(), 20);
    }
}

#[tokio::test]
async fn a_scheduled_broadcast_waits_for_its_time_and_can_be_called_off() {
    for test in testing::stores().await {
        let shop = test.selling_shop().await;
        crowd(&shop, 3).await;
        let mail = Mail::of(&shop);
        let id = draft(&shop, Segment::All).await;
        let later = test.clock.now() + Duration::hours(2);
        act(&shop, async |tx| service::send(tx, id, Some(test.clock.now()), Locale::En).await)
            .await
            .unwrap_err();
        act(&shop, async |tx| service::send(tx, id, Some(later), Locale::En).await).await.unwrap();
        act(&shop, async |tx| service::call_off(tx, id).await).await.unwrap();
        // Earlier and then later: the first job finds that it is not time yet.
        act(&shop, async |tx| service::send(tx, id, Some(later + Duration::hours(1)), Locale::En).await)
            .await
            .unwrap();
        test.clock.advance(Duration::minutes(130));
        mail.work(&test).await;
        assert_eq!(mail.sent(), [], "{}: too early", test.name());
        test.clock.advance(Duration::hours(1));
        mail.work(&test).await;
        assert_eq!((mail.sent().len(), now(&shop, id).await.0.state), (3, BroadcastState::Done));
    }
}

#[tokio::test]
async fn what_is_not_whole_is_not_sent_and_a_draft_can_be_thrown_away() {
    for test in testing::stores().await {
        let shop = test.selling_shop().await;
        let id = draft(&shop, Segment::All).await;
        let refused = act(&shop, async |tx| service::send(tx, id, None, Locale::Ru).await).await.unwrap_err();
        let BroadcastRefused::Letter(wrong) = refused else { panic!("{refused:?}") };
        assert_eq!(wrong, [Wrong::NoText(Locale::Ru)], "{}", test.name());
        act(&shop, async |tx| service::discard(tx, id).await).await.unwrap();
        let gone = act(&shop, async |tx| service::discard(tx, id).await).await.unwrap_err();
        assert!(matches!(gone, BroadcastRefused::Gone));
        let tx = shop.db.read().await.unwrap();
        assert!(recipient::Entity::find().all(tx.raw()).await.unwrap().is_empty());
    }
}
