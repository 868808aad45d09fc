//! A shop's way from its first page to live, on real databases.

mod bots;
mod panels;
mod world;

use std::sync::{Mutex, atomic::Ordering};

use chrono::Duration;
use secrecy::ExposeSecret;

use self::world::*;
use super::{
    go_live::{self, GoLiveError},
    rules,
    run::{self, Outcome, RunError, Surroundings},
    service,
};
use crate::{
    clock::Clock,
    db::Conn,
    entities::master::{
        bot_instance::BotState,
        deployment::DeploymentState,
        deployment_step::{Step, StepState},
        package_subscription,
        tenant::TenantKind,
    },
    events::Events,
    ids::{AccountId, BotId, CustomerId, TenantId},
    locale::Locale,
    money::Currency,
    platform::{
        account::{
            Passwords,
            service::{NewAccount, sign_up},
        },
        billing, bot,
        package::{
            self,
            limits::{Counted, LimitReached},
        },
        tenant::{
            panel::{self, AddError, NewPanel},
            plans,
            service::ShopForm,
        },
    },
    ports::{
        BotHost, BotHostError, BotProfile, ChatRank, Delivery, Notice, Notifier, NotifyError, ProbeError,
        TelegramProbe,
    },
    testing::{self, TestStore},
};

#[tokio::test]
async fn a_shop_goes_from_its_first_page_to_live() {
    for test in testing::stores().await {
        let world = World::default();
        let seller = seller(&test, "ali@example.com").await;
        let early = go_live::go_live(test.master(), seller.account, seller.shop).await;
        assert!(matches!(early, Err(GoLiveError::Missing(_))), "{}", test.name());

        let bot =
            bot::token::connect(test.master(), &world, seller.account, seller.shop, &token(110_201_543))
                .await
                .unwrap();
        assert_eq!(bot.token_hint.as_deref(), Some("1102…saw_"));
        assert_eq!(
            bot::token::open(test.master(), &bot).unwrap().unwrap().expose_secret(),
            token(110_201_543).expose_secret()
        );
        let linked = bot::owner::link(test.master(), bot.id, &bot.owner_nonce, 7).await.unwrap();
        assert_eq!(linked, bot::owner::OwnerLink::Linked);
        let stolen = bot::owner::link(test.master(), bot.id, &bot.owner_nonce, 8).await.unwrap();
        assert_eq!(stolen, bot::owner::OwnerLink::Refused, "a link works once");
        connect_panel(&test, &seller).await;

        test.clock.advance(Duration::seconds(161));
        go_live::go_live(test.master(), seller.account, seller.shop).await.unwrap();
        go_live::go_live(test.master(), seller.account, seller.shop).await.unwrap();
        let events = Events::default();
        let around = Surroundings { store: &test.store, host: &world, notifier: &world, events: &events };
        let id = service::of_tenant(test.master(), seller.shop).await.unwrap().unwrap().deployment.id;
        assert_eq!(run::run(around, id).await.unwrap(), Outcome::Live);
        assert_eq!(run::run(around, id).await.unwrap(), Outcome::Live, "a second run changes nothing");
        assert_eq!(world.started.load(Ordering::SeqCst), 1);

        let progress = service::find(test.master(), id).await.unwrap().unwrap();
        assert!(rules::ALL.into_iter().all(|step| progress.is_done(step)), "{:?}", progress.steps);
        assert_eq!(rules::time_to_live(&progress.deployment), Some(Duration::seconds(161)));
        let bot = bot::service::find(test.master(), bot.id).await.unwrap().unwrap();
        assert_eq!(bot.state, BotState::Live);
        let told = world.told.lock().unwrap().clone();
        assert_eq!(told, [(7, Notice::ShopLive { link: "https://t.me/shop110201543_bot".into() })]);
        let history = bot::service::history(test.master(), bot.id).await.unwrap();
        let moves: Vec<_> = history.iter().rev().map(|event| (event.from_state, event.to_state)).collect();
        assert_eq!(moves, [(BotState::Draft, BotState::Deploying), (BotState::Deploying, BotState::Live)]);
        assert_eq!(bot::service::desired(test.master()).await.unwrap().len(), 1);
    }
}

#[tokio::test]
async fn a_starter_pack_fills_a_shop_once_with_what_it_sells() {
    for test in testing::stores().await {
        let seller = seller(&test, "ali@example.com").await;
        let db = test.store.open(seller.shop).await.unwrap();
        let tx = db.read().await.unwrap();
        let plans = plans::list(&tx).await.unwrap();
        drop(tx);
        let shown: Vec<_> =
            plans.iter().map(|row| (row.plan.days.0, row.price.map(|price| price.to_decimal()))).collect();
        let price = |text: &str| Some(text.to_owned());
        assert_eq!(
            shown,
            [(7, None), (30, price("299.00")), (90, price("799.00")), (365, price("2999.00"))],
            "{}",
            test.name()
        );
        assert_eq!(crate::shop::plan::service::name_of(&plans[1].plan, Locale::Fa), "یک ماهه");
    }
}

#[tokio::test]
async fn a_revoked_token_stops_the_deployment_and_a_new_one_lets_it_go_on() {
    for test in testing::stores().await {
        let world = World::default();
        let seller = seller(&test, "ali@example.com").await;
        let bot =
            bot::token::connect(test.master(), &world, seller.account, seller.shop, &token(110_201_543))
                .await
                .unwrap();
        connect_panel(&test, &seller).await;
        go_live::go_live(test.master(), seller.account, seller.shop).await.unwrap();
        let events = Events::default();
        let around = Surroundings { store: &test.store, host: &world, notifier: &world, events: &events };
        let id = service::of_tenant(test.master(), seller.shop).await.unwrap().unwrap().deployment.id;

        *world.host.lock().unwrap() = Some(BotHostError::Unavailable("starting".into()));
        assert!(matches!(run::run(around, id).await, Err(RunError::Retry { .. })), "{}", test.name());
        *world.host.lock().unwrap() = Some(BotHostError::TokenRevoked);
        assert_eq!(run::run(around, id).await.unwrap(), Outcome::Failed("error-token-revoked"));
        let progress = service::find(test.master(), id).await.unwrap().unwrap();
        assert_eq!(progress.deployment.state, DeploymentState::Failed);
        assert_eq!(progress.step(Step::BotRunning).unwrap().state, StepState::Failed);
        let stopped = bot::service::find(test.master(), bot.id).await.unwrap().unwrap();
        assert_eq!(stopped.state, BotState::NeedsToken);
        assert!(bot::service::desired(test.master()).await.unwrap().is_empty());

        *world.host.lock().unwrap() = None;
        let renewed =
            bot::token::rotate(test.master(), &world, seller.account, &stopped, &token(110_201_543))
                .await
                .unwrap();
        assert_eq!(renewed.state, BotState::Draft);
        assert_ne!(renewed.secret_epoch, bot.secret_epoch);
        go_live::go_live(test.master(), seller.account, seller.shop).await.unwrap();
        assert_eq!(run::run(around, id).await.unwrap(), Outcome::Live);
    }
}

#[tokio::test]
async fn while_telegram_is_down_the_step_says_so_and_the_deployment_fails_with_its_last_try() {
    for test in testing::stores().await {
        let world = World::default();
        let (seller, bot) = ready(&test, &world).await;
        go_live::go_live(test.master(), seller.account, seller.shop).await.unwrap();
        let events = Events::default();
        let around = Surroundings { store: &test.store, host: &world, notifier: &world, events: &events };
        let id = progress(&test, &seller).await.deployment.id;
        *world.host.lock().unwrap() = Some(BotHostError::Unavailable("no answer in time".into()));
        let error = run::run(around, id).await.unwrap_err();
        let step = progress(&test, &seller).await.step(Step::BotRunning).unwrap().clone();
        assert_eq!(
            (step.state, step.error.as_deref()),
            (StepState::Running, Some("error-telegram-unreachable")),
            "{}",
            test.name()
        );

        run::give_up(around, id, &error).await.unwrap();
        let failed = progress(&test, &seller).await;
        assert_eq!(failed.deployment.state, DeploymentState::Failed);
        let step = failed.step(Step::BotRunning).unwrap();
        assert_eq!(
            (step.state, step.error.as_deref()),
            (StepState::Failed, Some("error-telegram-unreachable"))
        );
        *world.host.lock().unwrap() = None;
        go_live::go_live(test.master(), seller.account, seller.shop).await.unwrap();
        assert_eq!(run::run(around, id).await.unwrap(), Outcome::Live);
        assert_eq!(progress(&test, &seller).await.step(Step::BotRunning).unwrap().error, None);
        let bot = bot::service::find(test.master(), bot.id).await.unwrap().unwrap();
        assert_eq!(bot.state, BotState::Live);
    }
}

#[tokio::test]
async fn a_press_while_it_runs_makes_the_job_due_even_when_it_was_lost() {
    for test in testing::stores().await {
        let world = World::default();
        let (seller, _) = ready(&test, &world).await;
        let jobs = || async { crate::jobs::open_jobs(test.master()).await.unwrap() };
        go_live::go_live(test.master(), seller.account, seller.shop).await.unwrap();
        let tx = test.master().write().await.unwrap();
        let taken = crate::jobs::claim(&tx, "worker", 9).await.unwrap().remove(0);
        let later = Err(crate::jobs::JobError::retry_after("Telegram is down", Duration::hours(1)));
        crate::jobs::finish(&tx, &taken, &later).await.unwrap();
        tx.commit().await.unwrap();
        assert!(jobs().await[0].run_at > test.clock.now(), "{}", test.name());
        go_live::go_live(test.master(), seller.account, seller.shop).await.unwrap();
        let due = jobs().await;
        assert_eq!(due.len(), 1);
        assert!(due[0].run_at <= test.clock.now());

        let tx = test.master().write().await.unwrap();
        let taken = crate::jobs::claim(&tx, "worker", 9).await.unwrap().remove(0);
        crate::jobs::finish(&tx, &taken, &Err(crate::jobs::JobError::fail("lost"))).await.unwrap();
        tx.commit().await.unwrap();
        assert!(jobs().await.is_empty());
        go_live::go_live(test.master(), seller.account, seller.shop).await.unwrap();
        assert_eq!(jobs().await.len(), 1, "{}: begun again", test.name());
    }
}

#[tokio::test]
async fn a_link_that_nobody_got_is_not_called_sent() {
    let cases: [(bool, Option<Unsent>, Option<&str>); 4] = [
        (false, None, Some("error-link-owner-unknown")),
        (true, Some(|| Ok(Delivery::Unreachable)), Some("error-link-not-reached")),
        (true, Some(|| Err(NotifyError::Failed("chat not found".into()))), Some("error-link-not-reached")),
        (true, None, None),
    ];
    for (known, unsent, said) in cases {
        for test in testing::stores().await {
            let world = World { unsent: Mutex::new(unsent), ..World::default() };
            let (seller, bot) = ready(&test, &world).await;
            if known {
                bot::owner::link(test.master(), bot.id, &bot.owner_nonce, 7).await.unwrap();
            }
            go_live::go_live(test.master(), seller.account, seller.shop).await.unwrap();
            let events = Events::default();
            let around = Surroundings { store: &test.store, host: &world, notifier: &world, events: &events };
            let id = progress(&test, &seller).await.deployment.id;
            assert_eq!(run::run(around, id).await.unwrap(), Outcome::Live);
            let progress = progress(&test, &seller).await;
            let step = progress.step(Step::LinkSent).unwrap();
            assert_eq!((step.state, step.error.as_deref()), (StepState::Done, said), "{}", test.name());
        }
    }
}

#[tokio::test]
async fn a_live_shop_stays_live_when_its_link_cannot_be_sent() {
    for test in testing::stores().await {
        let retry = || Err(NotifyError::Retry { reason: "no answer".into(), after_seconds: None });
        let world = World { unsent: Mutex::new(Some(retry)), ..World::default() };
        let (seller, bot) = ready(&test, &world).await;
        bot::owner::link(test.master(), bot.id, &bot.owner_nonce, 7).await.unwrap();
        go_live::go_live(test.master(), seller.account, seller.shop).await.unwrap();
        let events = Events::default();
        let around = Surroundings { store: &test.store, host: &world, notifier: &world, events: &events };
        let id = progress(&test, &seller).await.deployment.id;
        let error = run::run(around, id).await.unwrap_err();
        run::give_up(around, id, &error).await.unwrap();
        let progress = progress(&test, &seller).await;
        assert_eq!(progress.deployment.state, DeploymentState::Live, "{}", test.name());
        let step = progress.step(Step::LinkSent).unwrap();
        assert_eq!((step.state, step.error.as_deref()), (StepState::Done, Some("error-link-not-reached")));
        let bot = bot::service::find(test.master(), bot.id).await.unwrap().unwrap();
        assert_eq!(bot.state, BotState::Live);
    }
}

#[tokio::test]
async fn each_bot_of_a_shop_goes_live_on_its_own() {
    for test in testing::stores().await {
        let world = World::default();
        let (seller, first) = ready(&test, &world).await;
        let events = Events::default();
        let around = Surroundings { store: &test.store, host: &world, notifier: &world, events: &events };
        go_live::go_live(test.master(), seller.account, seller.shop).await.unwrap();
        let of_first = progress(&test, &seller).await.deployment.id;
        run::run(around, of_first).await.unwrap();
        upgrade(&test, seller.customer).await;

        let typed = token(220_201_543);
        let connect = || bot::token::connect(test.master(), &world, seller.account, seller.shop, &typed);
        let second = connect().await.unwrap();
        let of_second = progress(&test, &seller).await;
        assert_ne!(of_second.deployment.id, of_first, "{}", test.name());
        assert_eq!(of_second.deployment.state, DeploymentState::Open);
        assert!(rules::missing(&of_second.steps).is_empty(), "what concerns the shop is done");
        assert!(!of_second.is_done(Step::BotRunning));
        connect().await.unwrap();
        assert_eq!(progress(&test, &seller).await.deployment.id, of_second.deployment.id, "once");

        go_live::go_live(test.master(), seller.account, seller.shop).await.unwrap();
        assert_eq!(run::run(around, of_second.deployment.id).await.unwrap(), Outcome::Live);
        for bot in [first.id, second.id] {
            let bot = bot::service::find(test.master(), bot).await.unwrap().unwrap();
            assert_eq!(bot.state, BotState::Live);
        }
        let kept = service::find(test.master(), of_first).await.unwrap().unwrap();
        assert_eq!(kept.deployment.bot_id, Some(first.id));
    }
}
