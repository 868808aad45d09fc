//! The adapter against the emulator, traps and faults included.

use std::sync::Arc;

use chrono::{DateTime, Duration, Utc};
use domain::{
    clock::{Clock, MockClock},
    ids::{PanelId, SubscriptionId},
    ports::{
        AccountStatus, AccountTarget, CheckedLine, PanelAccess, PanelCheck, PanelError, TargetStatus,
        VpnPanel,
    },
    units::Bytes,
};
use reqwest::Method;
use serde_json::json;
use url::Url;

use super::Marzban;
use crate::{
    providers::http::{PanelAddressRules, PanelHttp},
    sandbox::{
        knobs::{Fault, Knobs},
        marzban::MarzbanEmulator,
    },
};

struct Setup {
    clock: MockClock,
    emulator: MarzbanEmulator,
    marzban: Marzban,
    access: PanelAccess,
}

impl Setup {
    async fn start() -> Self {
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let base = format!("http://{}/emulator/marzban", listener.local_addr().unwrap());
        let clock = MockClock::new();
        let emulator = MarzbanEmulator::new(&base);
        emulator.add_panel("p1", "admin", "secret", Arc::new(clock.clone()));
        let app = axum::Router::new().nest("/emulator/marzban", emulator.router());
        tokio::spawn(async move { axum::serve(listener, app).await });
        let http = PanelHttp::new(PanelAddressRules::default()).unwrap();
        let http = http.with_emulator(format!("{base}/").parse().unwrap());
        let access = PanelAccess {
            panel: PanelId::new(),
            base_url: emulator.base_url("p1").parse().unwrap(),
            username: "admin".into(),
            password: "secret".to_owned().into(),
            sandboxed: true,
        };
        Self { marzban: Marzban::new(http, Arc::new(clock.clone())), clock, emulator, access }
    }

    /// For an operator who has panels on this machine.
    fn at_home(&self) -> Marzban {
        let allow_private = vec!["127.0.0.0/8".parse().unwrap()];
        let rules = PanelAddressRules { allow_private, ..PanelAddressRules::default() };
        Marzban::new(PanelHttp::new(rules).unwrap(), Arc::new(self.clock.clone()))
    }

    fn knobs(&self) -> Knobs {
        self.emulator.knobs("p1").unwrap()
    }

    async fn checked(&self, access: &PanelAccess) -> Vec<CheckedLine> {
        checked_by(&self.marzban, access).await
    }

    fn target(&self) -> AccountTarget {
        AccountTarget {
            username: "u_1".into(),
            subscription: SubscriptionId::new(),
            expire: Some(self.in_days(30)),
            data_limit: Some(Bytes::gigabytes(100)),
            status: TargetStatus::Active,
            inbounds: Vec::new(),
        }
    }

    /// Panels count in whole seconds.
    fn in_days(&self, days: i64) -> DateTime<Utc> {
        let second = (self.clock.now() + Duration::days(days)).timestamp();
        DateTime::from_timestamp(second, 0).unwrap()
    }
}

async fn checked_by(marzban: &Marzban, access: &PanelAccess) -> Vec<CheckedLine> {
    let (sender, mut heard) = tokio::sync::mpsc::unbounded_channel();
    marzban.check(access, sender).await;
    let mut lines = Vec::new();
    while let Some(line) = heard.recv().await {
        lines.push(line);
    }
    lines
}

#[tokio::test]
async fn an_account_is_made_with_links_and_driven_to_new_targets() {
    let setup = Setup::start().await;
    let mut target = setup.target();
    let made = setup.marzban.ensure(&setup.access, &target).await.unwrap();
    assert_eq!(made.status, AccountStatus::Active);
    assert_eq!((made.expire, made.data_limit), (target.expire, target.data_limit));
    assert_eq!(made.links.len(), 1);
    assert!(made.links[0].starts_with("vless://") && made.links[0].contains("flow=xtls-rprx-vision"));

    target.expire = None;
    target.data_limit = None;
    let renewed = setup.marzban.ensure(&setup.access, &target).await.unwrap();
    assert_eq!((renewed.expire, renewed.data_limit), (None, None));

    target.status = TargetStatus::Disabled;
    assert_eq!(setup.marzban.ensure(&setup.access, &target).await.unwrap().status, AccountStatus::Disabled);
    target.status = TargetStatus::Active;
    assert_eq!(setup.marzban.ensure(&setup.access, &target).await.unwrap().status, AccountStatus::Active);

    target.inbounds = vec!["VMess WS".into(), "VLESS TCP REALITY".into()];
    let moved = setup.marzban.ensure(&setup.access, &target).await.unwrap();
    assert_eq!(moved.links.len(), 2);
    let id = |link: &str| link.split(['/', '@']).nth(2).unwrap().to_owned();
    assert_eq!(id(&moved.links[0]), id(&made.links[0]), "the user's own VLESS link goes on working");
}

#[tokio::test]
async fn a_settled_account_is_only_read() {
    let setup = Setup::start().await;
    let target = setup.target();
    setup.marzban.ensure(&setup.access, &target).await.unwrap();
    setup.knobs().set("PUT *", Fault::Down, None);
    setup.knobs().set("POST *", Fault::Down, None);
    setup.marzban.ensure(&setup.access, &target).await.unwrap();
}

#[tokio::test]
async fn a_lost_answer_to_the_creation_ends_in_one_account() {
    let setup = Setup::start().await;
    let target = setup.target();
    setup.knobs().lose_answer("POST /api/user", 1);
    assert!(setup.marzban.ensure(&setup.access, &target).await.unwrap_err().is_transient());
    let adopted = setup.marzban.ensure(&setup.access, &target).await.unwrap();
    assert_eq!(adopted.expire, target.expire);
    assert_eq!(setup.emulator.users("p1").len(), 1);
}

#[tokio::test]
async fn a_lost_answer_to_a_renewal_adds_no_days() {
    let setup = Setup::start().await;
    let mut target = setup.target();
    setup.marzban.ensure(&setup.access, &target).await.unwrap();
    target.expire = Some(setup.in_days(60));
    setup.knobs().lose_answer("PUT *", 1);
    assert!(setup.marzban.ensure(&setup.access, &target).await.is_err());
    assert_eq!(setup.marzban.ensure(&setup.access, &target).await.unwrap().expire, target.expire);
}

#[tokio::test]
async fn an_account_of_somebody_else_is_never_taken_over() {
    let setup = Setup::start().await;
    let theirs = setup.target();
    setup.marzban.ensure(&setup.access, &theirs).await.unwrap();
    let ours = AccountTarget { subscription: SubscriptionId::new(), ..theirs };
    assert_eq!(setup.marzban.ensure(&setup.access, &ours).await, Err(PanelError::Taken));
}

#[tokio::test]
async fn an_account_that_the_panel_deleted_is_made_again() {
    let setup = Setup::start().await;
    let target = setup.target();
    setup.marzban.ensure(&setup.access, &target).await.unwrap();
    setup.marzban.delete(&setup.access, &target.username).await.unwrap();
    assert_eq!(setup.marzban.account(&setup.access, &target.username).await, Ok(None));
    setup.marzban.ensure(&setup.access, &target).await.unwrap();
}

#[tokio::test]
async fn a_deletion_that_answers_500_counts_when_the_account_is_gone() {
    let setup = Setup::start().await;
    let target = setup.target();
    setup.marzban.ensure(&setup.access, &target).await.unwrap();
    // Nothing is deleted when the knob answers.
    setup.knobs().fail_next("DELETE *", 1, 500, json!("Internal Server Error"));
    let kept = setup.marzban.delete(&setup.access, "u_1").await;
    assert_eq!(kept, Err(PanelError::Refused { status: 500 }));
    // The environment's administrator gets 500 from the emulator, and the account is gone.
    assert_eq!(setup.marzban.delete(&setup.access, "u_1").await, Ok(()));
    assert_eq!(setup.marzban.delete(&setup.access, "u_1").await, Ok(()));
    assert!(setup.emulator.users("p1").is_empty());
}

#[tokio::test]
async fn an_expired_and_a_limited_account_are_renewed() {
    let setup = Setup::start().await;
    let mut target = setup.target();
    setup.marzban.ensure(&setup.access, &target).await.unwrap();
    setup.clock.advance(Duration::days(31));
    let expired = setup.marzban.ensure(&setup.access, &target).await.unwrap();
    assert_eq!(expired.status, AccountStatus::Expired, "an end in the past is a target like any other");
    target.expire = Some(setup.in_days(30));
    assert_eq!(setup.marzban.ensure(&setup.access, &target).await.unwrap().status, AccountStatus::Active);

    setup.emulator.use_traffic("p1", "u_1", Bytes::gigabytes(100).0);
    setup.emulator.review("p1");
    let limited = setup.marzban.ensure(&setup.access, &target).await.unwrap();
    assert_eq!(limited.status, AccountStatus::Limited);
    assert_eq!(limited.used_traffic, Bytes::gigabytes(100));
    target.data_limit = Some(Bytes::gigabytes(200));
    assert_eq!(setup.marzban.ensure(&setup.access, &target).await.unwrap().status, AccountStatus::Active);
}

#[tokio::test]
async fn a_token_is_kept_until_the_panel_no_longer_takes_it() {
    let setup = Setup::start().await;
    setup.marzban.system(&setup.access).await.unwrap();
    setup.knobs().fail_next("POST /api/admin/token", 1, 500, json!("no"));
    setup.marzban.system(&setup.access).await.unwrap();
    setup.knobs().clear();
    setup.clock.advance(Duration::days(2));
    setup.marzban.system(&setup.access).await.unwrap();
}

#[tokio::test]
async fn many_calls_at_once_log_in_once() {
    let setup = Setup::start().await;
    // Ten logins would each use up one of these.
    setup.knobs().set("POST /api/admin/token", Fault::Delay { milliseconds: 1 }, Some(10));
    let calls = (0..10).map(|_| setup.marzban.system(&setup.access));
    let answers = futures::future::join_all(calls).await;
    assert!(answers.iter().all(Result::is_ok));
    assert_eq!(setup.knobs().rules()[0].left, Some(9));
}

#[tokio::test]
async fn refused_credentials_are_not_sent_again() {
    let setup = Setup::start().await;
    let wrong = PanelAccess { password: "wrong".to_owned().into(), ..setup.access.clone() };
    assert_eq!(setup.marzban.system(&wrong).await, Err(PanelError::Credentials));
    setup.knobs().set_down(true);
    assert_eq!(setup.marzban.system(&wrong).await, Err(PanelError::Credentials), "nothing was sent");
    setup.knobs().set_down(false);
    setup.marzban.system(&setup.access).await.unwrap();
}

#[tokio::test]
async fn the_check_finds_everything_and_leaves_nothing() {
    let setup = Setup::start().await;
    let lines = setup.checked(&setup.access).await;
    let checks: Vec<PanelCheck> = lines.iter().map(|line| line.check).collect();
    assert_eq!(checks, PanelCheck::ALL);
    assert_eq!(lines[3].outcome, Ok(Some("0.8.4".into())));
    assert_eq!(lines[4].outcome, Ok(Some("1".into())));
    assert!(lines[5].outcome.is_ok());
    assert!(setup.emulator.users("p1").is_empty());
    assert_eq!(setup.marzban.logins.kept(), 0, "what was typed is not remembered");
}

#[tokio::test]
async fn the_check_stops_at_the_first_failure_and_names_it() {
    let setup = Setup::start().await;
    let last = async |access: &PanelAccess| {
        let line = setup.checked(access).await.pop().unwrap();
        (line.check, line.outcome.unwrap_err())
    };
    let with_url = |url: &str| PanelAccess { base_url: url.parse().unwrap(), ..setup.access.clone() };
    let live = PanelAccess { sandboxed: false, ..setup.access.clone() };
    assert_eq!(last(&live).await, (PanelCheck::Address, PanelError::ForbiddenAddress));
    let nobody = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap().local_addr().unwrap();
    let closed = with_url(&format!("http://{nobody}/"));
    assert_eq!(last(&closed).await, (PanelCheck::Address, PanelError::ForbiddenAddress));
    let last_at_home = async |access: &PanelAccess| {
        let line = checked_by(&setup.at_home(), access).await.pop().unwrap();
        (line.check, line.outcome.unwrap_err())
    };
    assert_eq!(last_at_home(&closed).await, (PanelCheck::Connection, PanelError::Connect));
    let mut tls: Url = setup.access.base_url.clone();
    tls.set_scheme("https").unwrap();
    assert_eq!(last_at_home(&with_url(tls.as_str())).await, (PanelCheck::Connection, PanelError::Tls));
    let other = setup.access.base_url.join("../none/").unwrap();
    assert_eq!(last(&with_url(other.as_str())).await, (PanelCheck::Connection, PanelError::NotAPanel));
    let wrong = PanelAccess { password: "wrong".to_owned().into(), ..setup.access.clone() };
    assert_eq!(last(&wrong).await, (PanelCheck::Login, PanelError::Credentials));
    setup.knobs().fail_next("GET /api/inbounds", 1, 200, json!({}));
    assert_eq!(last(&setup.access).await, (PanelCheck::Inbounds, PanelError::NoInbound));
    setup.knobs().fail_next("POST /api/user", 1, 403, json!({ "detail": "You're not allowed" }));
    assert_eq!(last(&setup.access).await, (PanelCheck::TestAccount, PanelError::Forbidden));
}

#[tokio::test]
async fn a_missing_inbound_is_named_before_anything_is_made() {
    let setup = Setup::start().await;
    let target = AccountTarget { inbounds: vec!["Nowhere".into()], ..setup.target() };
    assert_eq!(setup.marzban.ensure(&setup.access, &target).await, Err(PanelError::NoInbound));
    assert!(setup.emulator.users("p1").is_empty());
}

#[tokio::test]
async fn all_accounts_are_listed_page_by_page_with_what_their_notes_name() {
    let setup = Setup::start().await;
    let mut targets: Vec<AccountTarget> =
        (0..5).map(|number| AccountTarget { username: format!("u_{number}"), ..setup.target() }).collect();
    for target in &mut targets {
        target.subscription = SubscriptionId::new();
        setup.marzban.ensure(&setup.access, target).await.unwrap();
    }
    let body =
        json!({ "username": "stranger", "proxies": { "vless": {} }, "inbounds": {}, "note": "botyard:?" });
    setup.marzban.call(&setup.access, Method::POST, "api/user", Some(&body)).await.unwrap();
    let written = json!({ "note": format!("paid in cash, botyard:{}.", targets[0].subscription) });
    setup.marzban.change(&setup.access, "u_0", &written).await.unwrap();

    let mut listed = Vec::new();
    for offset in [0, 4] {
        let page = setup.marzban.list(&setup.access, offset, 4).await.unwrap();
        assert_eq!(page.total, 6);
        listed.extend(page.accounts.into_iter().map(|account| (account.username, account.subscription)));
    }
    let mut expected = vec![("stranger".to_owned(), None)];
    expected.extend(targets.iter().map(|target| (target.username.clone(), Some(target.subscription))));
    assert_eq!(listed, expected);
    assert_eq!(setup.marzban.list(&setup.access, 6, 4).await.unwrap().accounts, []);
}

#[tokio::test]
async fn a_revoked_link_is_dead_and_the_time_stays() {
    let setup = Setup::start().await;
    let target = setup.target();
    let made = setup.marzban.ensure(&setup.access, &target).await.unwrap();
    setup.clock.advance(Duration::seconds(5));
    let other = setup.marzban.revoke_link(&setup.access, "u_1", SubscriptionId::new()).await;
    assert_eq!(other, Err(PanelError::Taken), "only our own");
    let fresh = setup.marzban.revoke_link(&setup.access, "u_1", target.subscription).await.unwrap();
    let id = |link: &str| link.split(['/', '@']).nth(2).unwrap().to_owned();
    assert_ne!(id(&fresh.links[0]), id(&made.links[0]));
    assert_eq!((fresh.expire, fresh.data_limit), (target.expire, target.data_limit));
    let client = reqwest::Client::builder().no_proxy().build().unwrap();
    assert_eq!(client.get(&made.subscription_url).send().await.unwrap().status(), 404);
    assert_eq!(
        setup.marzban.revoke_link(&setup.access, "u_2", target.subscription).await,
        Err(PanelError::NotFound)
    );
}

#[tokio::test]
async fn usage_counts_what_was_reset() {
    let setup = Setup::start().await;
    setup.marzban.ensure(&setup.access, &setup.target()).await.unwrap();
    assert!(setup.emulator.use_traffic("p1", "u_1", 700));
    setup.marzban.call(&setup.access, Method::POST, "api/user/u_1/reset", None).await.unwrap();
    assert!(setup.emulator.use_traffic("p1", "u_1", 300));
    assert_eq!(setup.marzban.usage(&setup.access, "u_1").await, Ok(Bytes(1000)));
    assert_eq!(setup.marzban.account(&setup.access, "u_1").await.unwrap().unwrap().used_traffic, Bytes(300));
    assert_eq!(setup.marzban.usage(&setup.access, "u_2").await, Err(PanelError::NotFound));
}

#[tokio::test]
async fn an_administrator_without_all_rights_serves_a_shop_and_other_accounts_do_not_put_it_out() {
    let setup = Setup::start().await;
    let admin = json!({ "username": "shop", "password": "shop-secret", "is_sudo": false });
    setup.marzban.call(&setup.access, Method::POST, "api/admin", Some(&admin)).await.unwrap();
    let foreign = setup.target();
    setup.marzban.ensure(&setup.access, &foreign).await.unwrap();

    let password = "shop-secret".to_owned().into();
    let own =
        PanelAccess { panel: PanelId::new(), username: "shop".into(), password, ..setup.access.clone() };
    let checked = setup.checked(&own).await;
    assert!(checked.iter().all(|line| line.outcome.is_ok()), "{checked:?}");
    let target = AccountTarget { username: "u_2".into(), ..setup.target() };
    setup.marzban.ensure(&own, &target).await.unwrap();
    let page = setup.marzban.list(&own, 0, 10).await.unwrap();
    assert_eq!(page.accounts.len(), 1, "only its own");

    // About one account, so not a reason to give the panel up.
    assert_eq!(setup.marzban.ensure(&own, &foreign).await, Err(PanelError::Taken));
    assert_eq!(setup.marzban.account(&own, "u_1").await, Err(PanelError::Taken));
    assert_eq!(setup.marzban.delete(&own, "u_1").await, Err(PanelError::Taken));
    assert_eq!(setup.marzban.delete(&own, "u_2").await, Ok(()));
}
