//! The commands of the real binary, as an operator runs them.

use std::{
    fs,
    path::Path,
    process::Stdio,
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering},
    },
};

use axum::{Json, Router, routing::get};
use chrono::Duration;
use domain::{clock::SystemClock, db::Conn as _, entities::master::tenant};
use http::{HeaderMap, StatusCode};
use sea_orm::EntityTrait as _;
use serde_json::{Value, json};
use server::compose;

use crate::support::{Bank, Child, Database, Flow, TestServer, bank, child};

/// What a command said and how it ended.
struct Ran {
    ended_well: bool,
    out: String,
    err: String,
}

/// Off the test's thread, which serves what the command asks for.
async fn run(database: &Database, words: &[&str], settings: &[(&str, String)]) -> Ran {
    let mut command = child::command(database, words);
    command.envs(settings.iter().map(|(name, value)| (*name, value))).stdout(Stdio::piped());
    let output = tokio::task::spawn_blocking(move || command.output()).await.unwrap().unwrap();
    Ran {
        ended_well: output.status.success(),
        out: String::from_utf8(output.stdout).unwrap(),
        err: String::from_utf8(output.stderr).unwrap(),
    }
}

/// The outside world on a port of this machine: the Bot API, and Stripe with one key and account.
async fn outside() -> String {
    let telegram = || async { (StatusCode::NOT_FOUND, Json(json!({ "ok": false, "error_code": 404 }))) };
    let stripe = |headers: HeaderMap| async move {
        match headers.get("authorization").map(|value| value.to_str().unwrap()) {
            Some("Bearer sk_test_right") => (StatusCode::OK, Json(json!({ "id": "acct_1" }))),
            _ => (StatusCode::UNAUTHORIZED, Json(json!({ "error": {} }))),
        }
    };
    let app = Router::new()
        .route("/bot0:doctor/getMe", get(telegram))
        .route("/v1/account", get(stripe))
        .route("/web/healthz", get(|| async { "ok" }))
        .fallback(|| async { (StatusCode::OK, Json(Value::Null)) });
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    tokio::spawn(async move { axum::serve(listener, app).await });
    format!("http://{address}")
}

/// An HTTP proxy that nobody should use: counts who comes.
async fn proxy() -> (String, Arc<AtomicUsize>) {
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = format!("http://{}", listener.local_addr().unwrap());
    let came = Arc::new(AtomicUsize::new(0));
    let counter = came.clone();
    tokio::spawn(async move {
        while listener.accept().await.is_ok() {
            counter.fetch_add(1, Ordering::SeqCst);
        }
    });
    (address, came)
}

fn settings(world: &str, key: &str, public: &str) -> Vec<(&'static str, String)> {
    vec![
        ("BOTYARD__TELEGRAM__BASE_URL", world.to_owned()),
        ("BOTYARD__STRIPE__BASE_URL", world.to_owned()),
        ("BOTYARD__STRIPE__API_KEY", key.to_owned()),
        ("BOTYARD__STRIPE__WEBHOOK_SECRET", "whsec_x".to_owned()),
        ("BOTYARD__STRIPE__ACCOUNT", "acct_1".to_owned()),
        ("BOTYARD__SERVER__PUBLIC_URL", public.to_owned()),
    ]
}

#[tokio::test]
async fn the_doctor_looks_at_everything_and_makes_nothing() {
    let (world, own) = (outside().await, outside().await);
    let (proxy, came) = proxy().await;
    for database in Database::all() {
        let mut given = settings(&world, "sk_test_right", &format!("{own}/web"));
        given.extend(["http_proxy", "https_proxy", "all_proxy"].map(|name| (name, proxy.clone())));
        let ran = run(&database, &["doctor"], &given).await;
        assert!(ran.ended_well, "{}{}", ran.out, ran.err);
        assert!(ran.out.contains("warn  database: none in"), "{}", ran.out);
        assert!(ran.out.contains("is made at the first start"), "{}", ran.out);
        for line in
            ["ok    telegram: http://", "ok    stripe: the key opens acct_1", "ok    address: http://"]
        {
            assert!(ran.out.contains(line), "{line}: {}", ran.out);
        }
        assert_eq!(fs::read_dir(database.folder()).unwrap().count(), 0, "nothing was made");
        assert_eq!(came.load(Ordering::SeqCst), 0, "nothing goes through a proxy");

        let seller = TestServer::on(&database).await;
        seller.signed_up("seller@example.com").await;
        seller.stop().await;
        let ran = run(&database, &["doctor"], &given).await;
        assert!(ran.ended_well && ran.out.contains("up to date, 0 shops"), "{}", ran.out);
        assert!(ran.out.contains("ok    key: "), "{}", ran.out);

        fs::remove_file(database.folder().join("botyard.key")).unwrap();
        let ran = run(&database, &["doctor"], &given).await;
        assert!(!ran.ended_well && ran.out.contains("without it no stored secret opens"), "{}", ran.out);
        let ran = run(&database, &["migrate"], &given).await;
        assert!(!ran.ended_well && ran.err.contains("Bring it back from your backup"), "{}", ran.err);
        assert!(!database.folder().join("botyard.key").exists(), "a new key would hide the loss");
    }
}

#[tokio::test]
async fn the_doctor_names_what_is_broken_outside() {
    let (world, own) = (outside().await, outside().await);
    let database = Database::sqlite();
    let closed = child::free_address();
    let findings = async |telegram: &str, key: &str, public: &str| {
        let mut given = settings(&world, key, public);
        given[0].1 = telegram.to_owned();
        let ran = run(&database, &["doctor"], &given).await;
        (ran.ended_well, ran.out)
    };
    let (ended_well, out) = findings(&format!("http://{closed}"), "sk_test_wrong", &own).await;
    assert!(!ended_well, "{out}");
    for line in [
        format!("fail  telegram: http://{closed}/ cannot be reached"),
        "fail  stripe: the key is refused".to_owned(),
        format!("fail  address: something else answers at {own}/"),
    ] {
        assert!(out.contains(&line), "{line}: {out}");
    }
    let (ended_well, out) = findings(&format!("{world}/elsewhere"), "sk_test_right", &own).await;
    assert!(!ended_well && out.contains("not as the Bot API does"), "{out}");
    let (ended_well, out) = findings(&world, "sk_test_right", &format!("http://{closed}")).await;
    assert!(ended_well && out.contains("right only while the server is not running"), "{out}");
    assert!(!out.contains("trusted_proxies"), "{out}");
    let (_, out) = findings(&world, "sk_test_right", &format!("https://{closed}")).await;
    assert!(out.contains("warn  proxies: people come by https"), "{out}");
}

#[tokio::test]
async fn a_mistyped_place_is_named_and_not_made() {
    for database in Database::all() {
        for words in [&["admin", "verify-money"][..], &["admin", "inbox"]] {
            let ran = run(&database, words, &[]).await;
            assert!(!ran.ended_well && ran.err.contains("There is no data in"), "{words:?}: {}", ran.err);
        }
        assert_eq!(fs::read_dir(database.folder()).unwrap().count(), 0);
    }
}

#[tokio::test]
async fn a_server_that_is_refused_makes_nothing() {
    let database = Database::sqlite();
    let ran = run(&database, &["serve"], &[("BOTYARD__ROLES__BOTS", "false".into())]).await;
    assert!(!ran.ended_well && ran.err.contains("roles.bots"), "{}", ran.err);
    assert_eq!(fs::read_dir(database.folder()).unwrap().count(), 0);
}

#[tokio::test]
async fn the_bots_of_a_folder_run_in_one_server_until_it_is_gone() {
    let database = Database::sqlite();
    let first = Child::start(&database, child::free_address(), None).await;
    let second = run(&database, &["sandbox", "--listen", "127.0.0.1:0"], &[]).await;
    let refused = "Another server runs the bots of the folder ";
    assert!(!second.ended_well && second.err.starts_with(refused), "{}{}", second.out, second.err);
    assert_eq!(first.browser("127.0.0.1").get("/readyz").await.status, 200, "the first one goes on");
    let address = child::free_address();
    let mut pages = child::command(&database, &["sandbox", "--listen", &address.to_string()]);
    pages.env("BOTYARD__ROLES__BOTS", "false").env("BOTYARD__ROLES__JOBS", "false");
    let mut pages = Child::spawn(pages, address).await;
    assert_eq!(pages.status(), None, "one that has pages only is welcome");
    drop(pages);
    // As kill -9: nobody tidies up.
    drop(first);
    let mut next = Child::start(&database, child::free_address(), None).await;
    assert_eq!(next.status(), None);
}

#[tokio::test]
async fn migrating_reaches_the_file_of_every_shop() {
    let database = Database::sqlite();
    let flow = Flow::live(&database).await;
    let shop = flow.db.tenant().to_string();
    flow.end().await;
    let file = database.folder().join("tenants").join(&shop[30..]).join(format!("{shop}.db"));
    // An empty file is a database that lacks every migration.
    for name in ["db", "db-wal", "db-shm"] {
        let part = file.with_extension(name);
        assert!(part.exists() || name != "db", "{}", part.display());
        let _ = fs::remove_file(part);
    }
    fs::write(&file, b"").unwrap();
    let doctor = run(&database, &["doctor"], &[]).await;
    assert!(doctor.out.contains("1 of 1 shops are behind"), "{}", doctor.out);
    assert_eq!(fs::metadata(&file).unwrap().len(), 0, "the doctor changes nothing");
    let ran = run(&database, &["migrate"], &[]).await;
    assert!(ran.ended_well && ran.out.contains("those of 1 shops"), "{}{}", ran.out, ran.err);
    let doctor = run(&database, &["doctor"], &[]).await;
    assert!(doctor.out.contains("is up to date, 1 shops"), "{}", doctor.out);
}

#[tokio::test]
async fn a_shop_is_looked_into_taken_out_and_brought_in_beside_a_running_server() {
    for database in Database::all() {
        let flow = Flow::live(&database).await;
        let bank = Bank::of(flow.server.address(), &flow.db).await;
        let order = bank::order(flow.server.state(), &flow.db, 900_001).await;
        let event = bank.event(&order, "evt_forged");
        let signature = bank::signature("not the secret", bank::second(&flow.db, Duration::zero()), &event);
        assert_eq!(bank.send_signed(&event, &signature).await, 400);
        let shop = flow.db.tenant().to_string();

        let inbox = run(&database, &["admin", "inbox"], &[]).await;
        let lines: Vec<&str> = inbox.out.lines().filter(|line| line.contains("Refused")).collect();
        assert_eq!(lines.len(), 1, "{}{}", inbox.out, inbox.err);
        assert!(lines[0].contains(&shop) && !inbox.out.contains("not the secret"), "{}", inbox.out);

        let outside = tempfile::tempdir().unwrap();
        let file = outside.path().join("shop.db");
        let passphrase = outside.path().join("passphrase");
        fs::write(&passphrase, "five wet umbrellas").unwrap();
        let (file, passphrase) = (path(&file), path(&passphrase));
        let sealed = ["--passphrase-file", passphrase];
        let export = [&["admin", "export", &shop, file][..], &sealed].concat();
        let exported = run(&database, &export, &[]).await;
        assert!(exported.ended_well && exported.out.contains(" rows are in "), "{}", exported.err);

        let row = tenant::Entity::find_by_id(flow.db.tenant()).one(flow.server.state().master().raw()).await;
        let customer = row.unwrap().unwrap().customer_id.to_string();
        let new = ["--customer", &customer, "--name", "Second"];
        let import = [&["admin", "import", file][..], &new, &sealed].concat();
        let imported = run(&database, &import, &[]).await;
        assert!(imported.ended_well && imported.out.contains(" rows became shop "), "{}", imported.err);
        let checked = run(&database, &["admin", "verify-money"], &[]).await;
        assert!(checked.ended_well && checked.out.contains("2 shops checked, 0 breaches"), "{}", checked.out);
        flow.server.stop().await;

        let store = compose::open_data(&database.config(), Arc::new(SystemClock)).await.unwrap();
        assert_eq!(store.ids().await.unwrap().len(), 2);
    }
}

fn path(path: &Path) -> &str {
    path.to_str().unwrap()
}
