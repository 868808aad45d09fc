//! Every button of the bot, pressed in every language.

use std::collections::{BTreeSet, HashSet, VecDeque};

use bots::callback::{Act, Callback, DATA_LIMIT, Provider};
use domain::{
    args,
    entities::{
        master::{bot_instance::BotState, membership::Role},
        tenant::{broadcast::Segment, receipt::RejectReason, ticket::Topic},
    },
    ids::{BroadcastId, OrderId, PlanId, ReceiptId, SubscriptionId, TicketId, UserId},
    locale::{self, Locale},
    shop::{
        broadcast::by_staff,
        payment::{
            House, Way,
            method::{self, Typed},
        },
        promo::{
            self,
            holder::Taken,
            rules::{Effect, mark},
            service::NewPromo,
        },
        staff::{
            acts::{BanReason, Seen},
            log::Actor,
            service::{self as staff, Joined},
        },
        stat::period::Period,
        support::service::{self as support, Asker, Words, Written},
        user::service as users,
    },
    testing,
};
use server::sandbox::telegram::{ButtonAction, ChatMessage};

use super::scene::{SARA, Scene, Setup};

/// Limits of a text and of a picture's caption (<https://core.telegram.org/bots/api#sendmessage>), of a
/// toast (<https://core.telegram.org/bots/api#answercallbackquery>).
const TEXT: usize = 4_096;
const CAPTION: usize = 1_024;
const TOAST: usize = 200;

#[tokio::test(flavor = "multi_thread")]
async fn every_button_is_answered_once_and_every_screen_leads_on() {
    let scenes = Scene::each(Setup::webhook(BotState::Live)).await;
    for scene in &scenes {
        let tx = scene.db.write().await.unwrap();
        method::save(&tx, Way::House(House::Wallet), &Typed::default()).await.unwrap();
        method::switch(&tx, House::Wallet.name(), true).await.unwrap();
        tx.commit().await.unwrap();
    }
    let crawls = scenes.iter().flat_map(|scene| {
        let people = Locale::ALL.into_iter().zip(SARA..);
        people.map(move |(locale, person)| crawl(scene, person, locale))
    });
    futures::future::join_all(crawls).await;
    for scene in scenes {
        scene.end().await;
    }
}

async fn crawl(scene: &Scene, person: i64, locale: Locale) {
    scene.settle_quietly(person, locale).await;
    hold_a_code(scene, person).await;
    let mut waiting = VecDeque::from(beginning(scene, person, locale).await);
    let (mut met, mut kinds) = (HashSet::new(), BTreeSet::new());
    while let Some(data) = waiting.pop_front() {
        if !met.insert(data.clone()) {
            continue;
        }
        let callback = Callback::decode(&data).unwrap_or_else(|| panic!("{data}: no button of ours"));
        kinds.insert(kind(&callback));
        if callback == Callback::PrivacyErase {
            continue;
        }
        let update = person * 1_000 + met.len() as i64;
        let screen = scene.bring_press(person, update, &data).await;
        let answers = scene.answers(person, update);
        assert_eq!(answers.len(), 1, "{locale:?} {data}: {answers:?}");
        assert!(answers[0].chars().count() <= TOAST, "{locale:?} {data}");
        check(&screen, locale, &data);
        if callback == Callback::TrialClaim {
            scene.work().await;
        }
        waiting.extend(callbacks(&screen));
    }
    // Last, because he is somebody else afterwards.
    let (erase, update) = (Callback::PrivacyErase.encode(), person * 1_000 + 999);
    let screen = scene.bring_press(person, update, &erase).await;
    assert_eq!(scene.answers(person, update).len(), 1, "{locale:?}");
    check(&screen, locale, &erase);
    assert_eq!(kinds, (0..KINDS).collect(), "{locale:?}: a kind of button was never pressed");
}

const KINDS: usize = 130;

/// A new kind does not compile until it has a number, and is missed until it is pressed.
fn kind(callback: &Callback) -> usize {
    match callback {
        Callback::Menu => 0,
        Callback::StartLanguage(_) => 1,
        Callback::RulesAccept => 2,
        Callback::RulesDecline => 3,
        Callback::TrialOffer => 4,
        Callback::TrialClaim => 5,
        Callback::Plans => 6,
        Callback::Plan(_) => 7,
        Callback::Buy { .. } => 8,
        Callback::BuyWith { .. } => 9,
        Callback::OrderOpen(_) => 10,
        Callback::OrderCheck(_) => 11,
        Callback::Config => 12,
        Callback::ConfigQr => 13,
        Callback::ConfigLinks => 14,
        Callback::ConfigApps => 15,
        Callback::Profile => 16,
        Callback::Orders => 17,
        Callback::Settings => 18,
        Callback::Languages => 19,
        Callback::Language(_) => 20,
        Callback::ReceiptAsk(_) => 21,
        Callback::WalletPay(_) => 22,
        Callback::Wallet => 23,
        Callback::RenewWith { .. } => 24,
        Callback::Renewal => 25,
        Callback::RenewalOn { .. } => 26,
        Callback::RenewalOff => 27,
        Callback::SavedForget => 28,
        Callback::SavedForgotten => 29,
        Callback::Promo(_) => 30,
        Callback::PromoOff(_) => 31,
        Callback::Notices => 32,
        Callback::Notice { .. } => 33,
        Callback::QuietHours => 34,
        Callback::Quiet(_) => 35,
        Callback::Support => 36,
        Callback::SupportNew => 37,
        Callback::SupportAsk(_) => 38,
        Callback::Tickets(_) => 39,
        Callback::Ticket(_) => 40,
        Callback::TicketReply(_) => 41,
        Callback::TicketClose(_) => 42,
        Callback::TicketRate { .. } => 43,
        Callback::TicketAnswer(_) => 44,
        Callback::TicketDone(_) => 45,
        Callback::Invite => 46,
        Callback::InviteQr => 47,
        Callback::Faq => 48,
        Callback::FaqSearch => 49,
        Callback::FaqCategory(_) => 50,
        Callback::FaqEntry(_) => 51,
        Callback::FaqVote { .. } => 52,
        Callback::TopUp => 53,
        Callback::TopUpBy { .. } => 54,
        Callback::TopUpWith { .. } => 55,
        Callback::BuyRepeated { .. } => 56,
        Callback::StandingOff => 57,
        Callback::StandingOn => 58,
        Callback::ConfigPlatform(_) => 59,
        Callback::ConfigConnected => 60,
        Callback::ConfigCheck(_) => 61,
        Callback::ConfigRenew => 62,
        Callback::ConfigRenewed => 63,
        Callback::Traffic => 64,
        Callback::GiftBuy(_) => 65,
        Callback::GiftWith { .. } => 66,
        Callback::Gifts => 67,
        Callback::GiftKeep(_) => 68,
        Callback::GiftKept(_) => 69,
        Callback::GateCheck => 70,
        Callback::Calendar(_) => 71,
        Callback::Check => 72,
        Callback::CheckReport => 73,
        Callback::Privacy => 74,
        Callback::PrivacyExport => 75,
        Callback::Accesses => 76,
        Callback::Access(_) => 77,
        Callback::AccessRenew(_) => 78,
        Callback::AccessTraffic(_) => 79,
        Callback::AccessMore => 80,
        Callback::PrivacyAsk => 81,
        Callback::PrivacyErase => 82,
        Callback::Staff(act) => 83 + of_staff(act),
    }
}

fn of_staff(act: &Act) -> usize {
    match act {
        Act::Home => 0,
        Act::Find => 1,
        Act::User(_) => 2,
        Act::Extend(_) => 3,
        Act::ExtendBy { .. } => 4,
        Act::Gifts(_) => 5,
        Act::GiftAsk { .. } => 6,
        Act::Gift { .. } => 7,
        Act::Write(_) => 8,
        Act::BanAsk(_) => 9,
        Act::Ban { .. } => 10,
        Act::UnbanAsk(_) => 11,
        Act::Unban(_) => 12,
        Act::Receipts => 13,
        Act::Plans => 14,
        Act::Plan { .. } => 15,
        Act::Promos => 16,
        Act::PromoOf(_) => 17,
        Act::Tickets(_) => 18,
        Act::Ticket(_) => 19,
        Act::Maintenance => 20,
        Act::MaintainAsk => 21,
        Act::Maintain(_) => 22,
        Act::MaintenanceText => 23,
        Act::MaintenanceOwn => 24,
        Act::Stats(_) => 25,
        Act::Chart(_) => 26,
        Act::Report => 27,
        Act::ReportAt(_) => 28,
        Act::Diagnose => 29,
        Act::Receipt(_) => 30,
        Act::ReceiptYes(_) => 31,
        Act::ReceiptNo(_) => 32,
        Act::ReceiptWhy { .. } => 33,
        Act::Mend => 34,
        Act::Broadcasts => 35,
        Act::BroadcastTo => 36,
        Act::BroadcastWrite(_) => 37,
        Act::Broadcast(_) => 38,
        Act::BroadcastTest(_) => 39,
        Act::BroadcastAsk(_) => 40,
        Act::BroadcastSend(_) => 41,
        Act::BroadcastDiscard(_) => 42,
        Act::BroadcastPause(_) => 43,
        Act::BroadcastResume(_) => 44,
        Act::BroadcastStopAsk(_) => 45,
        Act::BroadcastStop(_) => 46,
    }
}

/// The shop has given out a code, and it lies ready.
async fn hold_a_code(scene: &Scene, person: i64) {
    let tx = scene.db.write().await.unwrap();
    if !promo::service::exist(&tx).await.unwrap() {
        let new = NewPromo {
            code: "WELCOME".into(),
            effect: Effect::Percent(20),
            plans: vec![],
            valid_from: None,
            valid_until: Some(tx.now() + chrono::Duration::days(3)),
            max_uses: None,
            per_user: Some(1),
            first_purchase: true,
        };
        promo::service::save(&tx, None, &new).await.unwrap();
    }
    let user = users::find_by_telegram(&tx, person).await.unwrap().unwrap();
    let taken = promo::holder::take(&tx, user.id, "WELCOME").await.unwrap();
    assert!(matches!(taken, Taken::Ready(_)), "{taken:?}");
    tx.commit().await.unwrap();
}

/// One of each kind, in an order in which each has something to show.
async fn beginning(scene: &Scene, person: i64, locale: Locale) -> Vec<String> {
    let ticket = asked(scene, person).await;
    let somebody = hired(scene, person).await;
    let broadcast = drafted(scene).await;
    let tx = scene.db.read().await.unwrap();
    let offers = domain::shop::plan::service::offers(&tx).await.unwrap();
    drop(tx);
    let offer = &offers[0];
    let provider = Provider::new("test").unwrap();
    let seen = mark(offer.price, None);
    let all = [
        Callback::StartLanguage(locale),
        Callback::Language(locale),
        Callback::RulesDecline,
        Callback::RulesAccept,
        Callback::GateCheck,
        Callback::Menu,
        Callback::Config,
        Callback::TrialOffer,
        Callback::TrialClaim,
        Callback::Accesses,
        Callback::AccessMore,
        Callback::Access(SubscriptionId::new()),
        Callback::AccessRenew(SubscriptionId::new()),
        Callback::AccessTraffic(SubscriptionId::new()),
        Callback::Plans,
        Callback::Plan(offer.plan.id),
        Callback::Plan(PlanId::new()),
        Callback::Promo(None),
        Callback::Promo(Some(offer.plan.id)),
        Callback::PromoOff(None),
        Callback::PromoOff(Some(offer.plan.id)),
        Callback::Buy { plan: offer.plan.id, seen: seen ^ 1 },
        Callback::Buy { plan: offer.plan.id, seen },
        Callback::BuyWith { plan: offer.plan.id, provider: provider.clone(), seen: seen ^ 1 },
        Callback::BuyWith { plan: offer.plan.id, provider: provider.clone(), seen },
        Callback::OrderOpen(OrderId::new()),
        Callback::OrderCheck(OrderId::new()),
        Callback::ReceiptAsk(OrderId::new()),
        Callback::ConfigQr,
        Callback::ConfigLinks,
        Callback::ConfigApps,
        Callback::ConfigCheck(1),
        Callback::Traffic,
        Callback::GiftBuy(offer.plan.id),
        Callback::GiftWith { plan: offer.plan.id, provider: provider.clone() },
        Callback::Gifts,
        Callback::GiftKeep(OrderId::new()),
        Callback::GiftKept(OrderId::new()),
        Callback::RenewWith { plan: offer.plan.id, on: true },
        Callback::RenewWith { plan: offer.plan.id, on: false },
        Callback::WalletPay(OrderId::new()),
        Callback::TopUp,
        Callback::TopUpBy { minor: offer.price.minor },
        Callback::TopUpWith { minor: offer.price.minor, provider: provider.clone() },
        Callback::BuyRepeated { plan: offer.plan.id, provider },
        Callback::StandingOff,
        Callback::StandingOn,
        Callback::Wallet,
        Callback::RenewalOn { minor: offer.price.minor },
        Callback::Renewal,
        Callback::RenewalOff,
        Callback::SavedForget,
        Callback::SavedForgotten,
        Callback::Profile,
        Callback::Orders,
        Callback::Settings,
        Callback::Languages,
        Callback::Support,
        Callback::SupportNew,
        Callback::SupportAsk(Topic::Speed),
        Callback::Tickets(0),
        Callback::Ticket(ticket),
        Callback::TicketReply(ticket),
        Callback::TicketClose(ticket),
        Callback::TicketRate { ticket, stars: 4 },
        Callback::TicketAnswer(ticket),
        Callback::TicketDone(ticket),
        Callback::Invite,
        Callback::InviteQr,
        Callback::Faq,
        Callback::FaqSearch,
        Callback::Check,
        Callback::CheckReport,
        Callback::PrivacyErase,
    ];
    all.into_iter()
        .chain(of_manager(somebody, ticket, offer.plan.id, broadcast))
        .map(|one| one.encode())
        .collect()
}

/// The person helps to run the shop, and somebody else is a user of it.
async fn hired(scene: &Scene, person: i64) -> UserId {
    let tx = scene.db.write().await.unwrap();
    let actor = Actor { by: "owner".into(), name: "owner".into() };
    let invite = staff::invite(&tx, &actor, scene.row.id, Role::Manager).await.unwrap().unwrap();
    let user = users::find_by_telegram(&tx, person).await.unwrap().unwrap();
    let joined = staff::join(&tx, &user, scene.row.id, &invite.nonce).await.unwrap();
    assert_eq!(joined, Joined::As(Role::Manager));
    let other = users::seen(&tx, &testing::person(person + 500), Locale::En).await.unwrap();
    tx.commit().await.unwrap();
    other.id
}

/// What staff can press. The plan stays on sale, because the other languages look at it meanwhile, and
/// maintenance is for a test of its own: it would close the bot for them.
fn of_manager(
    user: UserId,
    ticket: TicketId,
    plan: PlanId,
    broadcast: BroadcastId,
) -> impl Iterator<Item = Callback> {
    let seen = Seen::of(None);
    let acts = [
        Act::Home,
        Act::Find,
        Act::Gifts(user),
        Act::GiftAsk { user, plan },
        Act::Gift { user, plan, seen },
        Act::User(user),
        Act::Extend(user),
        Act::ExtendBy { user, days: 7, seen },
        Act::Write(user),
        Act::BanAsk(user),
        Act::Ban { user, reason: BanReason::Other },
        Act::User(user),
        Act::UnbanAsk(user),
        Act::Unban(user),
        Act::Receipts,
        Act::Receipt(ReceiptId::new()),
        Act::ReceiptYes(ReceiptId::new()),
        Act::ReceiptNo(ReceiptId::new()),
        Act::ReceiptWhy { receipt: ReceiptId::new(), reason: RejectReason::NotArrived },
        Act::Plans,
        Act::Plan { plan, on: true },
        Act::Promos,
        Act::PromoOf(20),
        Act::Tickets(0),
        Act::Ticket(ticket),
        Act::Maintenance,
        Act::MaintainAsk,
        Act::Maintain(false),
        Act::MaintenanceText,
        Act::MaintenanceOwn,
        Act::Stats(Period::Month),
        Act::Chart(Period::Month),
        Act::Report,
        Act::ReportAt(Some(21)),
        Act::ReportAt(None),
        Act::Diagnose,
        Act::Mend,
        Act::BroadcastTo,
        Act::BroadcastWrite(Segment::Trial),
        Act::Broadcast(broadcast),
        Act::BroadcastTest(broadcast),
        Act::BroadcastAsk(broadcast),
        Act::BroadcastSend(broadcast),
        Act::BroadcastPause(broadcast),
        Act::BroadcastPause(broadcast),
        Act::BroadcastResume(broadcast),
        Act::BroadcastStopAsk(broadcast),
        Act::BroadcastStop(broadcast),
        Act::Broadcast(BroadcastId::new()),
        Act::BroadcastDiscard(BroadcastId::new()),
        Act::Broadcasts,
    ];
    acts.into_iter().map(Callback::Staff)
}

/// Somebody of the shop has written a broadcast.
async fn drafted(scene: &Scene) -> BroadcastId {
    let tx = scene.db.write().await.unwrap();
    let actor = Actor { by: "owner".into(), name: "owner".into() };
    let (bot, text) = (scene.row.id, "A new server <b>& more</b>".to_owned());
    let written = by_staff::Written { bot, segment: Segment::All, text, locale: Locale::En, picture: None };
    let row = by_staff::write(&tx, &actor, written).await.unwrap();
    tx.commit().await.unwrap();
    row.id
}

/// The person has asked something.
pub async fn asked(scene: &Scene, person: i64) -> TicketId {
    let tx = scene.db.write().await.unwrap();
    let user = users::find_by_telegram(&tx, person).await.unwrap().unwrap();
    let asker = Asker { user: &user, bot: scene.row.id, owner: None };
    let words = Words { text: "It is slow".into(), file: None, album: None, origin: format!("{person}") };
    let written = support::open(&tx, asker, Topic::Speed, words).await.unwrap();
    tx.commit().await.unwrap();
    let Written::Taken { ticket, .. } = written else { panic!("{written:?}") };
    ticket.id
}

fn check(screen: &ChatMessage, locale: Locale, data: &str) {
    let limit = if screen.photo.is_some() || screen.document.is_some() { CAPTION } else { TEXT };
    let length = screen.text.encode_utf16().count();
    assert!((1..=limit).contains(&length), "{locale:?} {data}: {length}");
    let broken = ["{ $", "bot-", "{$"].iter().any(|sign| screen.text.contains(sign));
    assert!(!broken, "{locale:?} {data}: {}", screen.text);
    let error = locale::plain(locale, "bot-common-error-body", &args!["id" => "x"]);
    let sorry: String = error.chars().take(12).collect();
    assert!(!screen.text.starts_with(&sorry), "{locale:?} {data}: {}", screen.text);
    assert!(!callbacks(screen).is_empty(), "{locale:?} {data} leads nowhere: {}", screen.text);
    for button in screen.keyboard.iter().flatten() {
        assert!(!button.text.is_empty() && button.text.chars().count() <= 64, "{locale:?}: {}", button.text);
    }
}

/// What the screen's buttons say when they are pressed. Other languages are another crawl's, and so is
/// what would close the shop for them.
fn callbacks(screen: &ChatMessage) -> Vec<String> {
    let buttons = screen.keyboard.iter().flatten();
    let data = buttons.filter_map(|button| match &button.action {
        ButtonAction::Callback(data) => Some(data.clone()),
        _ => None,
    });
    data.inspect(|data| assert!(data.len() <= DATA_LIMIT, "{data}"))
        .filter(|data| {
            let is_for_others = |callback: Callback| match callback {
                Callback::StartLanguage(_) | Callback::Language(_) => true,
                Callback::Staff(Act::Plan { on, .. }) => !on,
                Callback::Staff(Act::Maintain(on)) => on,
                _ => false,
            };
            !Callback::decode(data).is_some_and(is_for_others)
        })
        .collect()
}
