//! What is done about a panel, on both databases.

use rstest::rstest;
use secrecy::ExposeSecret;
use serde_json::Value;

use super::*;
use crate::{
    entities::{
        master::{audit, tenant::TenantKind},
        tenant::panel,
    },
    ids::AccountId,
    ports::PanelError,
    shop::panel::figures::{self, Figures},
    testing::{self, TestShop, TestStore},
};

#[rstest]
#[case("  Frankfurt  1 ", "100", "", Ok(("Frankfurt 1", 100, None)))]
#[case("DE", "۱۰۰۰", "۲٬۵۰۰", Ok(("DE", 1_000, Some(2_500))))]
#[case("x", "100", "", Err("name"))]
#[case("DE", "0", "0", Err("weight capacity"))]
#[case("DE", "1001", "1000001", Err("weight capacity"))]
#[case("", "much", "-5", Err("name weight capacity"))]
#[case("DE", "", " ", Err("weight"))]
fn settings_are_read_as_people_type_them(
    #[case] name: &str,
    #[case] weight: &str,
    #[case] capacity: &str,
    #[case] expected: Result<(&str, i32, Option<i32>), &str>,
) {
    let found = read(Typed { name, weight, capacity, enabled: true });
    let found = found.map(|read| (read.name, read.weight, read.capacity));
    let found =
        found.map_err(|errors| errors.into_iter().map(|(field, _)| field).collect::<Vec<_>>().join(" "));
    let expected = expected.map(|(name, weight, capacity)| (name.to_owned(), weight, capacity));
    assert_eq!(found, expected.map_err(str::to_owned));
}

#[tokio::test]
async fn what_is_set_holds_at_once_and_the_log_names_what_changed() {
    for test in testing::stores().await {
        let shop = test.selling_shop().await;
        let actor = actor(&test, &shop);
        shop.bought(&test, &shop.user(1).await).await;
        shop.work(&test).await;
        assert_eq!(seen(&shop).await, (1, Some(100), 0), "{}", test.name());

        let old = panel(&shop).await;
        let as_it_was =
            Settings { name: old.name, weight: old.weight, capacity: old.capacity, enabled: old.enabled };
        actor.save_panel(shop.panel_id, &as_it_was).await.unwrap();
        assert_eq!(log(&test).await, [], "nothing changed");
        let full = Settings { capacity: Some(1), weight: 7, ..as_it_was.clone() };
        actor.save_panel(shop.panel_id, &full).await.unwrap();
        assert_eq!(seen(&shop).await, (1, None, 0), "it is full");
        let closed = Settings { name: "Frankfurt".into(), enabled: false, ..as_it_was };
        actor.save_panel(shop.panel_id, &closed).await.unwrap();
        assert_eq!(seen(&shop).await, (1, None, 0), "it is closed");
        actor.choose_inbounds(shop.panel_id, &["in-1".into()]).await.unwrap();
        actor.choose_inbounds(shop.panel_id, &["in-1".into()]).await.unwrap();
        let kept = panel(&shop).await;
        assert_eq!((kept.name.as_str(), kept.weight, kept.enabled), ("Frankfurt", 100, false));
        assert_eq!(service::inbounds(&kept), ["in-1"]);
        actor.save_panel(PanelId::new(), &full).await.unwrap();
        let expected = [
            ("panel.settings", json!({ "fields": ["weight", "capacity"] })),
            ("panel.settings", json!({ "fields": ["name", "weight", "capacity", "enabled"] })),
            ("panel.inbounds", json!({ "fields": ["inbounds"] })),
        ];
        assert_eq!(log(&test).await, expected.map(|(action, detail)| (action.to_owned(), detail)));
    }
}

#[tokio::test]
async fn a_login_is_kept_when_its_check_passed_and_brings_back_what_waits() {
    for test in testing::stores().await {
        let shop = test.selling_shop().await;
        let actor = actor(&test, &shop);
        shop.panel.set_down(true);
        for buyer in 0..3 {
            shop.bought(&test, &shop.user(buyer).await).await;
            shop.work(&test).await;
        }
        let away = figures(&shop).await;
        assert_eq!((away.panel.state, away.waiting), (PanelState::Down, 3), "{}", test.name());
        assert!(!actor.compare_panel(shop.panel_id).await.unwrap(), "there is nothing to read");

        let login = Login { username: "new".into(), password: "new-password".into(), version: None };
        let refused = [line(PanelCheck::Login, Err(PanelError::Credentials))];
        actor.replace_login(shop.panel_id, login.clone(), &refused).await.unwrap();
        assert_ne!(panel(&shop).await.username, "new", "what is refused is not kept");
        assert_eq!(log(&test).await, []);

        shop.panel.set_down(false);
        actor.replace_login(shop.panel_id, login, &all_passed()).await.unwrap();
        let kept = panel(&shop).await;
        assert_eq!((kept.username.as_str(), kept.version.as_deref()), ("new", Some("0.8.4")));
        assert_eq!((kept.state, kept.down_since), (PanelState::Up, None));
        let tx = shop.db.read().await.unwrap();
        let access = service::access(&tx, TenantKind::Sandbox, &kept).unwrap();
        assert_eq!(access.password.expose_secret(), "new-password");
        drop(tx);
        let fields = json!({ "fields": ["username", "password"] });
        assert_eq!(log(&test).await, [("panel.login".to_owned(), fields)]);
        shop.settled_down(&test).await;
        assert_eq!(figures(&shop).await.waiting, 0);
    }
}

#[tokio::test]
async fn a_check_of_the_panel_as_it_is_says_whether_it_lets_us_in() {
    for test in testing::stores().await {
        let shop = test.selling_shop().await;
        let actor = actor(&test, &shop);
        let refused = [line(PanelCheck::Login, Err(PanelError::Credentials))];
        actor.note_check(shop.panel_id, &refused).await.unwrap();
        assert_eq!(panel(&shop).await.state, PanelState::Refused, "{}", test.name());
        actor.note_check(shop.panel_id, &all_passed()).await.unwrap();
        assert_eq!(panel(&shop).await.state, PanelState::Up);
        let told: Vec<Value> = log(&test).await.into_iter().map(|(_, detail)| detail).collect();
        assert_eq!(told, [json!({ "passed": false }), json!({ "passed": true })]);
    }
}

#[tokio::test]
async fn a_panel_is_compared_at_once_and_repaired_once() {
    for test in testing::stores().await {
        let shop = test.selling_shop().await;
        let actor = actor(&test, &shop);
        shop.bought(&test, &shop.user(1).await).await;
        shop.work(&test).await;
        shop.panel.meddle(|accounts| accounts.values_mut().for_each(|account| account.expire = None));
        assert!(!figures(&shop).await.comparing, "{}", test.name());
        assert!(actor.compare_panel(shop.panel_id).await.unwrap());
        assert!(figures(&shop).await.comparing);
        shop.work(&test).await;
        assert!(!figures(&shop).await.comparing);
        assert_eq!(seen(&shop).await, (1, Some(100), 1));

        assert_eq!(actor.repair_panel(shop.panel_id).await.unwrap(), 1);
        assert_eq!(actor.repair_panel(shop.panel_id).await.unwrap(), 0, "a second press finds nothing");
        shop.work(&test).await;
        assert!(!figures(&shop).await.comparing, "the look afterwards is not due yet");
        let told: Vec<_> = log(&test).await;
        let expected = [("panel.compare", json!({})), ("panel.repair", json!({ "accounts": 1 }))];
        assert_eq!(told, expected.map(|(action, detail)| (action.to_owned(), detail)));
        shop.settled_down(&test).await;
        assert_eq!(seen(&shop).await, (1, Some(100), 0));
    }
}

fn actor<'a>(test: &'a TestStore, shop: &'a TestShop) -> Actor<'a> {
    Actor { master: test.master(), db: &shop.db, account: AccountId::new() }
}

fn line(check: PanelCheck, outcome: Result<Option<String>, PanelError>) -> CheckedLine {
    CheckedLine { check, outcome, took_ms: 1 }
}

fn all_passed() -> Vec<CheckedLine> {
    let found = |check| (check == PanelCheck::Version).then(|| "0.8.4".to_owned());
    PanelCheck::ALL.into_iter().map(|check| line(check, Ok(found(check)))).collect()
}

async fn panel(shop: &TestShop) -> panel::Model {
    figures(shop).await.panel
}

async fn figures(shop: &TestShop) -> Figures {
    figures::of(&shop.db.read().await.unwrap(), shop.panel_id).await.unwrap().unwrap()
}

/// Accounts held, the share of new ones, differences.
async fn seen(shop: &TestShop) -> (u64, Option<u64>, u64) {
    let Figures { held, share, differences, .. } = figures(shop).await;
    (held, share, differences)
}

/// What was written about panels.
async fn log(test: &TestStore) -> Vec<(String, Value)> {
    use sea_orm::{EntityTrait, QueryOrder};

    use crate::db::Conn;
    let rows = audit::Entity::find().order_by_asc(audit::Column::Id).all(test.master().raw()).await.unwrap();
    let of_panels = rows.into_iter().filter(|row| row.action.starts_with("panel."));
    of_panels.map(|row| (row.action, row.detail)).collect()
}
