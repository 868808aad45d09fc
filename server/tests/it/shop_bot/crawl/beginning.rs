//! Where a crawl begins: with one button of each kind, in an order in which each has something to show.

use bots::callback::{Act, Callback, Provider};
use domain::{
    entities::{
        master::membership::Role,
        tenant::{broadcast::Segment, mail_address::MailWhen, receipt::RejectReason, ticket::Topic},
    },
    ids::{BroadcastId, OrderId, PlanId, ReceiptId, SubscriptionId, TicketId, UserId},
    locale::Locale,
    shop::{
        broadcast::by_staff,
        mail::{address::MailAddress, code, service as mail},
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

use crate::shop_bot::scene::Scene;

/// The shop has given out a code, and it lies ready.
pub async fn hold_a_code(scene: &Scene, person: i64) {
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

/// Mail goes to the person.
pub async fn get_mail(scene: &Scene, person: i64) {
    let tx = scene.db.write().await.unwrap();
    let user = users::find_by_telegram(&tx, person).await.unwrap().unwrap();
    let address = MailAddress::read("sara@example.com").unwrap();
    mail::give(&tx, user.id, scene.row.id, &address).await.unwrap();
    let seed = mail::find(&tx, user.id).await.unwrap().unwrap().code_seed.unwrap();
    let code = code::of(&tx, user.id, address.as_str(), seed);
    assert_eq!(mail::confirm(&tx, user.id, &code).await.unwrap(), code::Verdict::Right);
    tx.commit().await.unwrap();
}

/// The buttons' data.
pub async fn beginning(scene: &Scene, person: i64, locale: Locale) -> Vec<String> {
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
        Callback::Mail,
        Callback::MailWhen(MailWhen::Always),
        Callback::MailAgain,
        Callback::MailAsk,
        Callback::MailRemove,
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
        Callback::Wait,
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
