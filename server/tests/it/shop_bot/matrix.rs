//! Every message of SPEC §3 that nobody asked for, in every language, and under everything that can come
//! between its reason and its reader.

use bots::callback::{Callback, Provider};
use chrono::{Duration, FixedOffset, Offset as _, Utc};
use domain::{
    db::Conn as _,
    entities::{
        master::bot_instance::BotState,
        tenant::{
            notification::{self, NotificationState},
            order, referral, subscription, user,
        },
    },
    ids::{OrderId, ReferralId, RowId},
    locale::Locale,
    ports::{Notice, Notifier},
    shop::{
        notification::{
            choices,
            hours::Hours,
            service::{self as notices, Recipient},
        },
        plan,
        promo::rules::mark,
        referral::service as referrals,
        renewal::{
            agreement::{self, Agreed},
            rules::EARLY,
        },
        subscription::service as subscriptions,
        trial,
        user::service as users,
    },
    testing::{FakeNotifier, person},
};
use sea_orm::{
    ActiveModelTrait as _, ActiveValue::Set, ColumnTrait as _, EntityTrait as _, QueryFilter as _,
};

use super::{
    is_unfinished,
    scene::{Scene, Setup},
};

/// The ten messages, and the two that are sent besides.
const TWELVE: [Message; 12] = [
    Message::TrialStarted,
    Message::TrialEnding,
    Message::ThreeDays,
    Message::LastDay,
    Message::Expired,
    Message::Paid,
    Message::Failed,
    Message::Bonus,
    Message::FourFifths,
    Message::UsedUp,
    Message::Charge,
    Message::WinBack,
];

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Message {
    TrialStarted,
    TrialEnding,
    ThreeDays,
    LastDay,
    Expired,
    Paid,
    Failed,
    Bonus,
    FourFifths,
    UsedUp,
    Charge,
    WinBack,
}

impl Message {
    /// What was asked for, and what became of money, is told at any hour.
    fn waits_for_its_hour(self) -> bool {
        !matches!(self, Self::TrialStarted | Self::Paid | Self::Failed)
    }

    /// It is about an end or about traffic, both of which a renewal moves.
    fn is_reminder(self) -> bool {
        use Message::{Charge, Expired, FourFifths, LastDay, ThreeDays, TrialEnding, UsedUp, WinBack};
        matches!(self, TrialEnding | ThreeDays | LastDay | Expired | FourFifths | UsedUp | Charge | WinBack)
    }
}

/// Who is told, in one language: somebody with a trial, somebody who has paid,
/// and two whose plans renew and ended.
struct Cast<'a> {
    scene: &'a Scene,
    locale: Locale,
    trier: user::Model,
    buyer: user::Model,
    /// His plan renews by itself.
    renewer: user::Model,
    /// His access is over.
    leaver: user::Model,
    renews: subscription::Model,
    ended: subscription::Model,
    trial: subscription::Model,
    paid: subscription::Model,
    order: OrderId,
    referral: ReferralId,
}

#[tokio::test(flavor = "multi_thread")]
async fn twelve_messages_in_three_languages_come_once_at_an_hour_that_suits_and_only_while_they_are_true() {
    for scene in Scene::each(Setup::webhook(BotState::Live)).await {
        scene.store.until_noon();
        let mut casts = Vec::new();
        for (locale, first) in Locale::ALL.into_iter().zip([80_000, 81_000, 82_000]) {
            casts.push(Cast::of(&scene, locale, first).await);
        }
        for cast in &casts {
            for message in TWELVE {
                cast.comes_once(message).await;
                cast.keeps_to_quiet_hours(message).await;
                cast.is_kept_back_when_renewed(message).await;
                cast.keeps_to_the_shops_hours_at_their_edges(message).await;
            }
        }
        // Telegram lets a chat have one message a second.
        futures::future::join_all(casts.iter().map(|cast| cast.read())).await;
        drop(casts);
        scene.end().await;
    }
}

impl<'a> Cast<'a> {
    async fn of(scene: &'a Scene, locale: Locale, first: i64) -> Self {
        let (trier, buyer) = (first, first + 1);
        let (renewer, leaver) = (first + 4, first + 5);
        for person in [trier, buyer, renewer, leaver] {
            scene.settle_quietly(person, locale).await;
        }
        let tx = scene.db.write().await.unwrap();
        let trier = users::find_by_telegram(&tx, trier).await.unwrap().unwrap();
        let buyer = users::find_by_telegram(&tx, buyer).await.unwrap().unwrap();
        let renewer = users::find_by_telegram(&tx, renewer).await.unwrap().unwrap();
        let leaver = users::find_by_telegram(&tx, leaver).await.unwrap().unwrap();
        for person in [&trier, &renewer, &leaver] {
            trial::service::claim(&tx, person, scene.row.id).await.unwrap();
        }
        let mut choice = choices::of_shop(&tx).await.unwrap();
        choice.off.clear();
        choices::save_shop(&tx, &choice).await.unwrap();
        let offer = plan::service::offers(&tx).await.unwrap().remove(0);
        let friend = users::seen(&tx, &person(first + 2), locale).await.unwrap();
        let code = referrals::code_of(&tx, buyer.id).await.unwrap();
        let agreed = Agreed { user: renewer.id, bot: scene.row.id, plan: offer.plan.id, price: offer.price };
        agreement::agree(&tx, agreed).await.unwrap();
        referrals::arrive(&tx, &friend, scene.row.id, &code).await.unwrap();
        tx.commit().await.unwrap();

        let provider = Provider::new("test").unwrap();
        let buy = Callback::BuyWith { plan: offer.plan.id, provider, seen: mark(offer.price, None) };
        scene.bring_press(buyer.telegram_id, first + 1, &buy.encode()).await;
        let order = of_user(scene, &buyer).await;
        scene.bring_press(buyer.telegram_id, first + 2, &Callback::OrderCheck(order).encode()).await;
        scene.work().await;

        let tx = scene.db.write().await.unwrap();
        let trial = subscriptions::current_of(&tx, trier.id).await.unwrap().unwrap();
        let paid = subscriptions::current_of(&tx, buyer.id).await.unwrap().unwrap();
        let renews = subscriptions::current_of(&tx, renewer.id).await.unwrap().unwrap();
        let renews =
            subscription::ActiveModel { id: Set(renews.id), trial: Set(false), ..Default::default() };
        let renews = renews.update(tx.raw()).await.unwrap();
        let ended = subscriptions::current_of(&tx, leaver.id).await.unwrap().unwrap();
        let ended = subscription::ActiveModel {
            id: Set(ended.id),
            trial: Set(false),
            target_expire: Set(tx.now() - Duration::days(7)),
            ..Default::default()
        };
        let ended = ended.update(tx.raw()).await.unwrap();
        let used = subscription::ActiveModel {
            id: Set(paid.id),
            used_traffic: Set(paid.target_data_limit.unwrap()),
            ..Default::default()
        };
        used.update(tx.raw()).await.unwrap();
        let referral = referral::Entity::find().filter(referral::COLUMN.referee_id.eq(friend.id));
        let referral = referral.one(tx.raw()).await.unwrap().unwrap().id;
        tx.commit().await.unwrap();
        Self { scene, locale, trier, buyer, renewer, leaver, renews, ended, trial, paid, order, referral }
    }

    /// The message, and to whom it goes. One that was `renewed` was written down when access ended earlier.
    fn notice(&self, message: Message, renewed: bool) -> (Notice, &user::Model) {
        let end = |row: &subscription::Model| match renewed {
            true => row.target_expire - Duration::days(30),
            false => row.target_expire,
        };
        let (trial, paid, until) = (self.trial.id, self.paid.id, end(&self.paid));
        let expiring = |days| Notice::Expiring { subscription: paid, until, days };
        let traffic = |percent| Notice::TrafficUsed { subscription: paid, until, percent };
        match message {
            Message::TrialStarted => (Notice::TrialProvisioned { subscription: trial }, &self.trier),
            Message::TrialEnding => {
                (Notice::TrialEnding { subscription: trial, until: end(&self.trial) }, &self.trier)
            }
            Message::ThreeDays => (expiring(3), &self.buyer),
            Message::LastDay => (expiring(1), &self.buyer),
            Message::Expired => (Notice::Expired { subscription: paid, until }, &self.buyer),
            Message::Paid => {
                (Notice::OrderProvisioned { order: self.order, subscription: paid }, &self.buyer)
            }
            Message::Failed => (Notice::PaymentFailed { order: self.order }, &self.buyer),
            Message::Bonus => {
                (Notice::ReferralBonus { referral: self.referral, referrer: true }, &self.buyer)
            }
            Message::FourFifths => (traffic(80), &self.buyer),
            Message::UsedUp => (traffic(100), &self.buyer),
            Message::Charge => {
                let at = end(&self.renews) - EARLY;
                (Notice::RenewalAhead { subscription: self.renews.id, at }, &self.renewer)
            }
            Message::WinBack => {
                (Notice::WinBack { subscription: self.ended.id, until: end(&self.ended) }, &self.leaver)
            }
        }
    }

    /// Writes the message down, as often as it is said; gives its one row.
    async fn written(&self, message: Message, what: &str, renewed: bool) -> RowId {
        let (notice, to) = self.notice(message, renewed);
        let key = format!("matrix:{what}:{message:?}:{}", self.locale.code());
        let to = Recipient { bot: self.scene.row.id, telegram_id: to.telegram_id };
        let tx = self.scene.db.write().await.unwrap();
        notices::queue(&tx, to, &key, &notice).await.unwrap();
        notices::queue(&tx, to, &key, &notice).await.unwrap();
        tx.commit().await.unwrap();
        let tx = self.scene.db.read().await.unwrap();
        let rows = notification::Entity::find().filter(notification::COLUMN.dedupe_key.eq(key.as_str()));
        let rows = rows.all(tx.raw()).await.unwrap();
        assert_eq!(rows.len(), 1, "{key}");
        rows[0].id
    }

    async fn send(&self, id: RowId, by: &dyn Notifier, zone: FixedOffset) -> NotificationState {
        notices::send(&self.scene.db, (by, false), zone, id).await.unwrap();
        let tx = self.scene.db.read().await.unwrap();
        notification::Entity::find_by_id(id).one(tx.raw()).await.unwrap().unwrap().state
    }

    async fn comes_once(&self, message: Message) {
        let (id, teller) = (self.written(message, "once", false).await, FakeNotifier::default());
        for _ in 0..2 {
            let state = self.send(id, &teller, Utc.fix()).await;
            assert_eq!(state, NotificationState::Sent, "{message:?}");
        }
        assert_eq!(teller.sent().len(), 1, "{message:?}");
    }

    async fn keeps_to_quiet_hours(&self, message: Message) {
        let (id, teller) = (self.written(message, "quiet", false).await, FakeNotifier::default());
        self.be_quiet(message, Some(Hours::between(11, 14))).await;
        let state = self.send(id, &teller, Utc.fix()).await;
        let expected =
            if message.waits_for_its_hour() { NotificationState::Waiting } else { NotificationState::Sent };
        assert_eq!(state, expected, "{message:?} at noon");
        self.be_quiet(message, None).await;
        assert_eq!(self.send(id, &teller, Utc.fix()).await, NotificationState::Sent, "{message:?} later");
        assert_eq!(teller.sent().len(), 1, "{message:?}");
    }

    async fn be_quiet(&self, message: Message, quiet: Option<Hours>) {
        let user = self.notice(message, false).1.id;
        let tx = self.scene.db.write().await.unwrap();
        choices::be_quiet(&tx, user, quiet).await.unwrap();
        tx.commit().await.unwrap();
    }

    async fn is_kept_back_when_renewed(&self, message: Message) {
        let (id, teller) = (self.written(message, "renewed", true).await, FakeNotifier::default());
        let state = self.send(id, &teller, Utc.fix()).await;
        let expected =
            if message.is_reminder() { NotificationState::Suppressed } else { NotificationState::Sent };
        assert_eq!(state, expected, "{message:?}");
        assert_eq!(teller.sent().is_empty(), message.is_reminder(), "{message:?}");
    }

    /// It is noon in Greenwich, and the shop is open from ten to nine: east and west of it the first and
    /// the last minute fall into places of their own.
    async fn keeps_to_the_shops_hours_at_their_edges(&self, message: Message) {
        let minutes_east = [(-121, false), (-120, true), (539, true), (540, false)];
        for (east, open) in minutes_east {
            let zone = FixedOffset::east_opt(east * 60).unwrap();
            let teller = FakeNotifier::default();
            let id = self.written(message, &format!("zone{east}"), false).await;
            let state = self.send(id, &teller, zone).await;
            let waits = !open && message.waits_for_its_hour();
            let expected = if waits { NotificationState::Waiting } else { NotificationState::Sent };
            assert_eq!(state, expected, "{message:?} {east} minutes east");
        }
    }

    /// Through the bot: who blocked it is not reached, everybody else reads it in his language.
    async fn read(&self) {
        let telegram = &self.scene.telegram;
        for message in TWELVE {
            let person = self.notice(message, false).1.telegram_id;
            telegram.block(self.scene.bot, person);
            let id = self.written(message, "blocked", false).await;
            let state = self.send(id, &self.scene.manager, Utc.fix()).await;
            assert_eq!(state, NotificationState::Unreachable, "{message:?}");
            telegram.unblock(self.scene.bot, person);

            let last = || telegram.transcript(self.scene.bot, person).last().cloned();
            let before = last().map_or(0, |message| message.id);
            let id = self.written(message, "read", false).await;
            let state = self.send(id, &self.scene.manager, Utc.fix()).await;
            assert_eq!(state, NotificationState::Sent, "{message:?}");
            let shown = last().filter(|message| message.id > before).expect("a message");
            self.is_whole(message, &shown.text);
            assert!(!shown.keyboard.is_empty(), "{message:?} leads nowhere");
        }
    }

    fn is_whole(&self, message: Message, text: &str) {
        let what = format!("{message:?} in {:?}: {text}", self.locale);
        assert!(!text.trim().is_empty() && !text.contains('$') && !is_unfinished(text), "{what}");
        let letters = match self.locale {
            Locale::En => 'a'..='z',
            Locale::Fa => '\u{0600}'..='\u{06FF}',
            Locale::Ru => 'а'..='я',
        };
        assert!(text.chars().any(|character| letters.contains(&character)), "{what}");
        if self.locale != Locale::Fa {
            return;
        }
        for line in text.lines() {
            let is_mark =
                |character: &char| matches!(character, '\u{2066}'..='\u{2069}') || character.is_whitespace();
            let Some(first) = line.chars().find(|character| !is_mark(character)) else { continue };
            let runs_left = first == '\u{200F}'
                || (matches!(first, '\u{0600}'..='\u{06FF}') && !first.is_numeric())
                // A link stands alone in its line.
                || line.contains("://");
            assert!(runs_left, "a line begins with {first:?}: {what}");
        }
    }
}

async fn of_user(scene: &Scene, user: &user::Model) -> OrderId {
    let tx = scene.db.read().await.unwrap();
    let orders = order::Entity::find().filter(order::COLUMN.user_id.eq(user.id));
    orders.one(tx.raw()).await.unwrap().unwrap().id
}
