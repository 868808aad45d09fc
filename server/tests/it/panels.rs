//! The customer looks after the shop's panels.

use domain::{
    db::Conn as _,
    entities::{
        master::{audit, package_subscription},
        tenant::{
            order::OrderState,
            panel::{self, PanelState},
        },
    },
    ids::SubscriptionId,
    ports::{AccountTarget, PanelAccess, TargetStatus},
    shop::panel::service as panels,
};
use sea_orm::{EntityTrait as _, QueryOrder as _, sea_query::Expr};

use crate::support::{Answer, Database, Flow, bank, flow, until};

#[tokio::test]
async fn a_panel_is_named_weighed_limited_and_closed_for_sales() {
    for database in Database::all() {
        let flow = Flow::live(&database).await;
        let browser = &flow.seller.browser;
        let list = format!("{}/panels", flow.overview);
        let own = own_page(&flow).await;
        let page = browser.get(&list).await;
        for words in ["Answers", "Takes new accounts", "no limit", "100%", "Not compared yet", "0.8.4"] {
            assert!(page.shows(words), "{words}: {}", page.body);
        }
        assert!(page.links().contains(&own) && page.links().contains(&format!("{list}/new")));
        assert!(browser.get_in(&list, "fa").await.shows("۱۰۰"), "in the reader's digits");
        let page = browser.get(&own).await;
        assert_eq!(page.body.matches(">done<").count(), 6, "the wizard's check: {}", page.body);

        let wrong = [("act", "save"), ("name", "x"), ("weight", "heavy"), ("capacity", "0")];
        let page = post(&flow, &own, &wrong).await;
        for error in ["name-error", "weight-error", "capacity-error", "value=\"heavy\""] {
            assert!(page.shows(error), "{error}: {}", page.body);
        }
        let fields = [("act", "save"), ("name", "Frankfurt"), ("weight", "۲۵۰"), ("capacity", "1,200")];
        let page = post(&flow, &own, &fields).await;
        assert!(page.shows("Saved") && page.shows("value=\"250\"") && page.shows("1,200"));
        let page = browser.get(&list).await;
        assert!(
            page.shows("Frankfurt") && page.shows("Sales paused") && page.shows(">None<"),
            "{}",
            page.body
        );
        let first = panel_of(&flow).await;
        assert!(!first.enabled && (first.weight, first.capacity) == (250, Some(1_200)));

        assert!(post(&flow, &own, &[("act", "inbounds")]).await.shows("Please choose one"), "at least one");
        post(&flow, &own, &[("act", "inbounds"), ("inbound", "no such tag")]).await;
        assert_eq!(panels::inbounds(&panel_of(&flow).await), panels::inbounds(&first), "only what it has");
        let offered = browser.get(&own).await.inputs();
        let tag = offered.into_iter().find(|(name, _)| name == "inbound").expect("an inbound").1;
        post(&flow, &own, &[("act", "inbounds"), ("inbound", &tag)]).await;
        assert_eq!(panels::inbounds(&panel_of(&flow).await), [tag]);
        assert_eq!(
            log(&flow).await,
            [
                r#"panel.settings {"fields":["name","weight","capacity","enabled"]}"#,
                r#"panel.inbounds {"fields":["inbounds"]}"#,
            ]
        );
        flow.server.stop().await;
    }
}

#[tokio::test]
async fn what_is_different_is_told_in_words_and_repaired_without_deleting_anything() {
    for database in Database::all() {
        let flow = Flow::live(&database).await;
        let own = own_page(&flow).await;
        let order = bank::order(flow.server.state(), &flow.db, 700_300_100).await;
        flow.seller.pay_by_card(order.pay_url.as_deref().unwrap(), "at_once").await;
        until("it is delivered", async || flow.orders().await[0].state == OrderState::Provisioned).await;
        let account = flow.accounts().remove(0).username;
        let (port, access) = (flow.server.state().panels.clone(), access(&flow).await);
        port.delete(&access, &account).await.unwrap();
        let stranger = AccountTarget {
            username: "stranger".into(),
            subscription: SubscriptionId::new(),
            expire: None,
            data_limit: None,
            status: TargetStatus::Active,
            inbounds: vec![],
        };
        port.ensure(&access, &stranger).await.unwrap();

        let page = post(&flow, &own, &[("act", "compare")]).await;
        assert!(page.shows("It is being compared"), "{}", page.body);
        let live = format!("{own}?fragment=panel");
        until("the comparison is there", async || {
            flow.seller.browser.get(&live).await.shows("The account is missing")
        })
        .await;
        let page = flow.seller.browser.get(&own).await;
        for words in ["Needs a person", "stranger", "we do not know it", "no account", "Nothing is deleted"] {
            assert!(page.shows(words), "{words}: {}", page.body);
        }
        let page = post(&flow, &own, &[("act", "repair")]).await;
        assert!(page.shows("being set right"), "{}", page.body);
        until("the account is back", async || flow.accounts().iter().any(|held| held.username == account))
            .await;
        assert!(flow.accounts().iter().any(|held| held.username == "stranger"), "nothing is deleted");
        let page = post(&flow, &own, &[("act", "repair")]).await;
        assert!(page.shows("nothing left to repair"), "{}", page.body);
        assert_eq!(log(&flow).await, ["panel.compare {}", r#"panel.repair {"accounts":1}"#]);
        port.delete(&access, "stranger").await.unwrap();
        flow.end().await;
    }
}

#[tokio::test]
async fn a_panel_that_is_away_says_so_and_what_to_do_and_a_new_login_is_tried_before_it_is_kept() {
    for database in Database::all() {
        let flow = Flow::live(&database).await;
        let (own, marzban) = (own_page(&flow).await, &flow.sandbox().marzban);
        let name = flow.db.tenant().to_string();
        let knobs = marzban.knobs(&name).unwrap();
        knobs.set_down(true);
        for failures in 1..=3 {
            post(&flow, &own, &[("act", "check")]).await;
            until("the check has failed", async || panel_of(&flow).await.failures == failures).await;
        }
        let page = flow.seller.browser.get(&own).await;
        assert!(page.shows("Away") && page.shows("It has not answered since"), "{}", page.body);
        assert!(page.shows("compared again when it answers"), "{}", page.body);
        let page = post(&flow, &own, &[("act", "compare")]).await;
        assert!(page.shows("cannot be compared now"), "{}", page.body);
        let overview = flow.seller.browser.get(&flow.overview).await;
        assert!(overview.links().contains(&own), "the overview leads there: {:?}", overview.links());
        knobs.set_down(false);

        // Its administrator has another password now.
        marzban.add_panel(&name, "admin", "other-secret", std::sync::Arc::new(flow.db.clock().clone()));
        assert!(post(&flow, &own, &[("act", "login"), ("username", "admin")]).await.shows("password-error"));
        let kept = panel_of(&flow).await.sealed_password;
        let wrong = [("act", "login"), ("username", "admin"), ("password", "wrong-secret")];
        post(&flow, &own, &wrong).await;
        until("it is refused", async || {
            flow.seller.browser.get(&own).await.shows("refused this user and password")
        })
        .await;
        assert_eq!(panel_of(&flow).await.sealed_password, kept, "the old one stays");
        let right = [("act", "login"), ("username", "admin"), ("password", "other-secret")];
        post(&flow, &own, &right).await;
        until("it is kept", async || panel_of(&flow).await.state == PanelState::Up).await;
        assert_ne!(panel_of(&flow).await.sealed_password, kept);
        until("and the page is shown anew", async || {
            flow.seller.browser.get(&format!("{own}?watch=1&fragment=panel")).await.shows("data-go")
        })
        .await;
        let page = flow.seller.browser.get(&own).await;
        assert!(page.shows("Answers") && !page.shows("secret\""), "{}", page.body);
        let told = log(&flow).await;
        assert_eq!(told.last().unwrap(), r#"panel.login {"fields":["password"]}"#);
        assert_eq!(told.iter().filter(|entry| *entry == r#"panel.check {"passed":false}"#).count(), 3);
        flow.server.stop().await;
    }
}

#[tokio::test]
async fn one_more_panel_is_added_as_far_as_the_package_goes_and_never_the_same_twice() {
    for database in Database::all() {
        let flow = Flow::live(&database).await;
        let browser = &flow.seller.browser;
        let list = format!("{}/panels", flow.overview);
        let add = format!("{list}/new");
        let page = browser.get(&add).await;
        assert!(page.shows("Your package includes") && !page.shows("value=\"check\""), "{}", page.body);
        let other = [("url", "https://p.example.com"), ("username", "a"), ("password", "b")];
        assert!(post(&flow, &add, &other).await.shows("Your package includes"));
        upgrade(&flow).await;

        let known = panel_of(&flow).await.base_url;
        let same = [("url", known.as_str()), ("username", "a"), ("password", "b")];
        let page = post(&flow, &add, &same).await;
        assert!(page.shows("uses this panel already") && page.shows(&known), "{}", page.body);
        assert!(post(&flow, &add, &[("url", "ftp://x")]).await.shows("url-error"));

        let watched = browser.post(&add, &[("act", "sandbox")]).await.location().to_owned();
        assert!(watched.starts_with(&format!("{add}?check=")), "{watched}");
        until("the second panel is there", async || all(&flow).await.len() == 2).await;
        let second = format!("{list}/{}", all(&flow).await[1].id);
        until("the page leads to it", async || browser.get(&watched).await.location() == second).await;
        let part = browser.get(&format!("{watched}&fragment=checks")).await;
        assert!(part.shows(&format!("data-go=\"{second}\"")), "{}", part.body);
        let page = browser.get(&second).await;
        assert_eq!(page.body.matches(">done<").count(), 6, "its check is on its page: {}", page.body);
        assert_eq!(browser.get(&list).await.body.matches("50%").count(), 2, "they share");
        assert_eq!(log(&flow).await, ["panel.add {}"]);

        let refused = [("url", "https://127.0.0.1:1"), ("username", "a"), ("password", "b")];
        let watched = browser.post(&add, &refused).await.location().to_owned();
        until("it fails", async || browser.get(&watched).await.location() == add).await;
        let page = browser.get(&add).await;
        assert!(
            page.shows("inside a private network") && page.shows("https://127.0.0.1:1/"),
            "{}",
            page.body
        );
        assert_eq!(all(&flow).await.len(), 2);
        flow.server.stop().await;
    }
}

#[tokio::test]
async fn a_panel_of_another_shop_is_as_absent_as_one_that_does_not_exist() {
    let flow = Flow::live(&Database::sqlite()).await;
    let (other, overview, _) = flow::another(&flow.server, "second_shop_bot").await;
    let absent = uuid::Uuid::now_v7().simple().to_string();
    let foreign = panel_of(&flow).await.id.to_string();
    for id in [foreign.as_str(), absent.as_str(), "no-id"] {
        let path = format!("{overview}/panels/{id}");
        assert_eq!(other.browser.get(&path).await.status, 404, "{id}");
        for act in ["save", "inbounds", "login", "check", "compare", "repair"] {
            assert_eq!(other.browser.post(&path, &[("act", act)]).await.status, 404, "{act} {id}");
        }
    }
    for path in ["panels", "panels/new", &format!("panels/{foreign}")] {
        let path = format!("{}/{path}", flow.overview);
        assert_eq!(other.browser.get(&path).await.status, 404, "a bot of somebody else: {path}");
    }
    assert_eq!(other.browser.post(&format!("{overview}/panels/{foreign}"), &[]).await.status, 404);
    flow.server.stop().await;
}

async fn post(flow: &Flow, path: &str, fields: &[(&str, &str)]) -> Answer {
    let browser = &flow.seller.browser;
    browser.follow(browser.post(path, fields).await).await
}

async fn own_page(flow: &Flow) -> String {
    format!("{}/panels/{}", flow.overview, panel_of(flow).await.id)
}

async fn panel_of(flow: &Flow) -> panel::Model {
    all(flow).await.remove(0)
}

async fn all(flow: &Flow) -> Vec<panel::Model> {
    panels::all(&flow.db.read().await.unwrap()).await.unwrap()
}

async fn access(flow: &Flow) -> PanelAccess {
    let panel = panel_of(flow).await;
    let tx = flow.db.read().await.unwrap();
    panels::access(&tx, flow.db.kind(), &panel).unwrap()
}

/// What was written about panels since the shop is live.
async fn log(flow: &Flow) -> Vec<String> {
    let ordered = audit::Entity::find().order_by_asc(audit::Column::Id);
    let rows = ordered.all(flow.server.state().master().raw()).await.unwrap();
    let told = rows.into_iter().filter(|row| row.action.starts_with("panel.") && row.action != "panel.save");
    told.map(|row| format!("{} {}", row.action, row.detail)).collect()
}

async fn upgrade(flow: &Flow) {
    let tx = flow.server.state().master().write().await.unwrap();
    package_subscription::Entity::update_many()
        .col_expr(package_subscription::Column::Package, Expr::value("professional"))
        .exec(tx.raw())
        .await
        .unwrap();
    tx.commit().await.unwrap();
}
