//! Staff on real databases: links that work once, gifts that are given once, and who was first.

use chrono::Duration;

use super::{
    acts::{self, BanReason, Outcome, Seen},
    log::{self, Actor},
    rights::Right,
    service::{self as staff, Joined},
};
use crate::{
    entities::{
        master::membership::Role,
        tenant::{grant::GrantReason, staff_act::Deed, user},
    },
    ids::{PlanId, UserId},
    shop::{
        plan::service as plans, subscription::service as subscriptions, user::search::search,
        user::service as users,
    },
    testing::{TestShop, stores},
};

fn actor(name: &str) -> Actor {
    Actor { by: format!("bot:{name}"), name: name.into() }
}

async fn seen(shop: &TestShop, user: UserId) -> Seen {
    let tx = shop.db.read().await.unwrap();
    Seen::of(subscriptions::current_of(&tx, user).await.unwrap().as_ref())
}

async fn gift(shop: &TestShop, user: UserId, seen: Seen) -> bool {
    let tx = shop.db.write().await.unwrap();
    let outcome = acts::gift(&tx, &actor("Nima"), shop.bot, (user, shop.monthly, seen)).await.unwrap();
    tx.commit().await.unwrap();
    matches!(outcome, Outcome::Done(_))
}

async fn extend(
    shop: &TestShop,
    user: UserId,
    days: i64,
    seen: Seen,
) -> Outcome<chrono::DateTime<chrono::Utc>> {
    let tx = shop.db.write().await.unwrap();
    let outcome = acts::extend(&tx, &actor("Nima"), shop.bot, (user, days, seen)).await.unwrap();
    tx.commit().await.unwrap();
    outcome
}

async fn hire(shop: &TestShop, person: &user::Model, role: Role) -> Joined {
    let tx = shop.db.write().await.unwrap();
    let invite = staff::invite(&tx, &actor("owner"), shop.bot, role).await.unwrap().unwrap();
    let joined = staff::join(&tx, person, shop.bot, &invite.nonce).await.unwrap();
    tx.commit().await.unwrap();
    joined
}

#[tokio::test]
async fn an_invitation_makes_one_person_staff_and_then_nobody() {
    for store in stores().await {
        let shop = store.selling_shop().await;
        let (sara, nima) = (shop.user(1).await, shop.user(2).await);
        let tx = shop.db.write().await.unwrap();
        assert!(staff::invite(&tx, &actor("owner"), shop.bot, Role::Owner).await.unwrap().is_none());
        let invite = staff::invite(&tx, &actor("owner"), shop.bot, Role::Support).await.unwrap().unwrap();
        assert_eq!(staff::join(&tx, &sara, shop.bot, "guessed").await.unwrap(), Joined::Refused);
        let joined = staff::join(&tx, &sara, shop.bot, &invite.nonce).await.unwrap();
        assert_eq!(joined, Joined::As(Role::Support));
        assert_eq!(staff::join(&tx, &nima, shop.bot, &invite.nonce).await.unwrap(), Joined::Refused);
        assert!(staff::invites(&tx).await.unwrap().is_empty());

        // Whoever is staff leaves the link for somebody else.
        let second = staff::invite(&tx, &actor("owner"), shop.bot, Role::Manager).await.unwrap().unwrap();
        let again = staff::join(&tx, &sara, shop.bot, &second.nonce).await.unwrap();
        assert_eq!(again, Joined::Before(Role::Support));
        assert_eq!(staff::invites(&tx).await.unwrap(), [second]);
        let deeds: Vec<_> = log::latest(&tx, 9).await.unwrap().into_iter().map(|act| act.deed).collect();
        assert_eq!(deeds, [Deed::StaffInvited, Deed::StaffJoined, Deed::StaffInvited]);
        tx.commit().await.unwrap();
    }
}

#[tokio::test]
async fn an_invitation_runs_out() {
    for store in stores().await {
        let shop = store.selling_shop().await;
        let sara = shop.user(1).await;
        let tx = shop.db.write().await.unwrap();
        let invite = staff::invite(&tx, &actor("owner"), shop.bot, Role::Support).await.unwrap().unwrap();
        tx.commit().await.unwrap();
        store.clock.advance(Duration::days(3));
        let tx = shop.db.write().await.unwrap();
        assert!(staff::invites(&tx).await.unwrap().is_empty());
        assert_eq!(staff::join(&tx, &sara, shop.bot, &invite.nonce).await.unwrap(), Joined::Refused);
    }
}

#[tokio::test]
async fn a_role_is_changed_and_staff_removed() {
    for store in stores().await {
        let shop = store.selling_shop().await;
        let sara = shop.user(1).await;
        hire(&shop, &sara, Role::Analyst).await;
        let tx = shop.db.write().await.unwrap();
        let row = staff::find(&tx, 1).await.unwrap().unwrap();
        assert!(staff::with_right(&tx, Right::Tickets).await.unwrap().is_empty());
        assert!(!staff::change(&tx, &actor("owner"), row.id, Role::Owner).await.unwrap());
        assert!(staff::change(&tx, &actor("owner"), row.id, Role::Support).await.unwrap());
        assert_eq!(staff::with_right(&tx, Right::Tickets).await.unwrap().len(), 1);
        assert!(staff::remove(&tx, &actor("owner"), row.id).await.unwrap().is_some());
        assert!(staff::remove(&tx, &actor("owner"), row.id).await.unwrap().is_none());
        assert!(staff::find(&tx, 1).await.unwrap().is_none());
    }
}

#[tokio::test]
async fn days_are_added_once_however_often_the_button_is_pressed() {
    for store in stores().await {
        let shop = store.selling_shop().await;
        let sara = shop.user(1).await;
        shop.overpaid(&store, &sara, 0).await;
        let before = {
            let tx = shop.db.read().await.unwrap();
            subscriptions::current_of(&tx, sara.id).await.unwrap().unwrap()
        };
        let shown = seen(&shop, sara.id).await;
        let given = extend(&shop, sara.id, 7, shown).await;
        let until = before.target_expire + Duration::days(7);
        assert_eq!(given, Outcome::Done(until));
        let Outcome::Already(Some(first)) = extend(&shop, sara.id, 7, shown).await else {
            panic!("given twice on {}", store.name());
        };
        assert_eq!((first.name.as_str(), first.deed), ("Nima", Deed::Extended));
        shop.work(&store).await;
        let tx = shop.db.read().await.unwrap();
        let after = subscriptions::current_of(&tx, sara.id).await.unwrap().unwrap();
        assert_eq!((after.target_expire, after.plan_id), (until, before.plan_id));
        assert_eq!(after.applied_version, after.target_version, "the panel holds it");
        let grants = subscriptions::grants_of(&tx, after.id).await.unwrap();
        assert_eq!(grants.iter().filter(|grant| grant.reason == GrantReason::Staff).count(), 1);
        drop(tx);
        shop.settled_down(&store).await;
    }
}

#[tokio::test]
async fn too_many_days_and_days_for_nobody_are_not_given() {
    for store in stores().await {
        let shop = store.selling_shop().await;
        let sara = shop.user(1).await;
        assert_eq!(extend(&shop, sara.id, 7, Seen::of(None)).await, Outcome::Nothing, "no access");
        assert_eq!(extend(&shop, UserId::new(), 7, Seen::of(None)).await, Outcome::Nothing);
        assert!(gift(&shop, sara.id, Seen::of(None)).await);
        for days in [0, -3, acts::MOST_DAYS + 1] {
            let shown = seen(&shop, sara.id).await;
            assert_eq!(extend(&shop, sara.id, days, shown).await, Outcome::Nothing, "{days}");
        }
    }
}

#[tokio::test]
async fn a_plan_is_given_once_and_told() {
    for store in stores().await {
        let shop = store.selling_shop().await;
        let sara = shop.user(1).await;
        let shown = seen(&shop, sara.id).await;
        assert!(gift(&shop, sara.id, shown).await);
        assert!(!gift(&shop, sara.id, shown).await, "the same button again");
        shop.work(&store).await;
        let tx = shop.db.read().await.unwrap();
        let row = subscriptions::current_of(&tx, sara.id).await.unwrap().unwrap();
        assert_eq!((row.plan_id, row.trial), (shop.monthly, false));
        assert!(row.provisioned_at.is_some());
        drop(tx);
        assert_eq!(shop.notifier.sent().len(), 1);
        shop.settled_down(&store).await;
    }
}

#[tokio::test]
async fn whoever_is_second_is_told_who_was_first() {
    for store in stores().await {
        let shop = store.selling_shop().await;
        let sara = shop.user(1).await;
        let tx = shop.db.write().await.unwrap();
        let first = acts::ban(&tx, &actor("Nima"), sara.id, BanReason::Fraud).await.unwrap();
        assert_eq!(first, Outcome::Done(()));
        let Outcome::Already(Some(act)) =
            acts::ban(&tx, &actor("Mina"), sara.id, BanReason::Abuse).await.unwrap()
        else {
            panic!("banned twice");
        };
        assert_eq!((act.name.as_str(), acts::reason_of(&act)), ("Nima", Some(BanReason::Fraud)));
        assert!(users::find(&tx, sara.id).await.unwrap().unwrap().banned_at.is_some());
        assert_eq!(acts::unban(&tx, &actor("Mina"), sara.id).await.unwrap(), Outcome::Done(()));
        let Outcome::Already(Some(act)) = acts::unban(&tx, &actor("Nima"), sara.id).await.unwrap() else {
            panic!("let in twice");
        };
        assert_eq!(act.name, "Mina");

        let off = acts::switch_plan(&tx, &actor("Nima"), shop.monthly, false).await.unwrap();
        assert_eq!(off, Outcome::Done(()));
        assert!(plans::offers(&tx).await.unwrap().is_empty());
        let again = acts::switch_plan(&tx, &actor("Mina"), shop.monthly, false).await.unwrap();
        assert!(matches!(again, Outcome::Already(Some(act)) if act.name == "Nima"));
        let none = acts::switch_plan(&tx, &actor("Mina"), PlanId::new(), true).await.unwrap();
        assert_eq!(none, Outcome::Nothing);
    }
}

#[tokio::test]
async fn staff_is_not_banned_before_it_is_removed() {
    for store in stores().await {
        let shop = store.selling_shop().await;
        let sara = shop.user(1).await;
        hire(&shop, &sara, Role::Support).await;
        let tx = shop.db.write().await.unwrap();
        let outcome = acts::ban(&tx, &actor("Nima"), sara.id, BanReason::Other).await.unwrap();
        assert_eq!(outcome, Outcome::IsStaff);
    }
}

#[tokio::test]
async fn a_user_is_found_by_whatever_is_at_hand() {
    for store in stores().await {
        let shop = store.selling_shop().await;
        let sara = named(&shop, (5_000_001, "سارا", Some("Sara_F"))).await;
        named(&shop, (5_000_002, "Nima", None)).await;
        let order = shop.overpaid(&store, &sara, 0).await;
        let tx = shop.db.read().await.unwrap();
        let account = subscriptions::current_of(&tx, sara.id).await.unwrap().unwrap().username;
        let typed = [
            "5000001".to_owned(),
            "۵۰۰۰۰۰۱".to_owned(),
            "@sara_f".to_owned(),
            "https://t.me/Sara_F".to_owned(),
            "سارا".to_owned(),
            order.short(),
            order.short().to_lowercase(),
            account,
        ];
        for text in typed {
            let found: Vec<_> = search(&tx, &text).await.unwrap().into_iter().map(|user| user.id).collect();
            assert_eq!(found, [sara.id], "{text} on {}", store.name());
        }
        for text in ["", "@", "nobody", "5000009"] {
            assert!(search(&tx, text).await.unwrap().is_empty(), "{text}");
        }
    }
}

async fn named(
    shop: &TestShop,
    (telegram_id, first_name, username): (i64, &str, Option<&str>),
) -> user::Model {
    let person = users::TelegramPerson {
        telegram_id,
        first_name: first_name.into(),
        username: username.map(str::to_owned),
        language_code: None,
    };
    let tx = shop.db.write().await.unwrap();
    let user = users::seen(&tx, &person, crate::locale::Locale::En).await.unwrap();
    tx.commit().await.unwrap();
    user
}
