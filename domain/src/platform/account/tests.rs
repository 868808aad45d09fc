//! Sign-up and sign-in on real databases.

use std::net::IpAddr;

use chrono::Duration;
use sea_orm::EntityTrait;

use super::{
    Passwords,
    service::{self, Credentials, NewAccount, SignInError, SignUpError},
};
use crate::{
    db::Conn,
    entities::master::{login_attempt, membership::Role},
    locale::Locale,
    testing::{self, TestStore},
};

const PASSWORD: &str = "three small ponies";

fn new_account(email: &str) -> NewAccount {
    NewAccount {
        email: email.into(),
        password: PASSWORD.into(),
        name: None,
        locale: Locale::Fa,
        address: None,
    }
}

async fn sign_in(
    test: &TestStore,
    passwords: &Passwords,
    email: &str,
    password: &str,
    address: &str,
) -> Result<(), SignInError> {
    let address: Option<IpAddr> = address.parse().ok();
    let typed = Credentials { email: email.into(), password: password.into(), address };
    service::sign_in(test.master(), passwords, typed).await.map(|_| ())
}

#[tokio::test]
async fn a_new_account_owns_a_customer_and_signs_in() {
    let passwords = Passwords::new(2).unwrap();
    for test in testing::stores().await {
        let made =
            service::sign_up(test.master(), &passwords, new_account(" Ali@Example.com")).await.unwrap();
        assert_eq!(made.account.email, "ali@example.com", "{}", test.name());
        assert_eq!(made.account.name, "ali");
        let membership = service::membership_of(test.master(), made.account.id).await.unwrap().unwrap();
        assert_eq!((membership.customer_id, membership.role), (made.customer, Role::Owner));
        sign_in(&test, &passwords, "ALI@example.com", PASSWORD, "192.0.2.1").await.unwrap();

        let again = service::sign_up(test.master(), &passwords, new_account("ali@example.com")).await;
        assert!(matches!(again, Err(SignUpError::EmailTaken)), "{}", test.name());
    }
}

#[tokio::test]
async fn five_failures_close_an_account_for_a_quarter_of_an_hour_from_everywhere() {
    let passwords = Passwords::new(2).unwrap();
    for test in testing::stores().await {
        service::sign_up(test.master(), &passwords, new_account("ali@example.com")).await.unwrap();
        for tail in 1..=5 {
            let outcome =
                sign_in(&test, &passwords, "ali@example.com", "wrong", &format!("192.0.2.{tail}")).await;
            assert!(matches!(outcome, Err(SignInError::Wrong)), "{} {tail}", test.name());
        }
        test.clock.advance(Duration::seconds(90));
        let outcome = sign_in(&test, &passwords, "ali@example.com", PASSWORD, "192.0.2.77").await;
        assert!(matches!(outcome, Err(SignInError::TooMany { minutes: 14 })), "{outcome:?}");
        test.clock.advance(Duration::minutes(14));
        sign_in(&test, &passwords, "ali@example.com", PASSWORD, "192.0.2.77").await.unwrap();
    }
}

#[tokio::test]
async fn a_success_forgets_the_failures_before_it() {
    let passwords = Passwords::new(2).unwrap();
    let test = testing::sqlite().await;
    service::sign_up(test.master(), &passwords, new_account("ali@example.com")).await.unwrap();
    for _ in 0..3 {
        for _ in 0..4 {
            sign_in(&test, &passwords, "ali@example.com", "wrong", "").await.unwrap_err();
        }
        sign_in(&test, &passwords, "ali@example.com", PASSWORD, "").await.unwrap();
    }
}

#[tokio::test]
async fn twenty_tries_a_minute_close_an_address_whatever_accounts_it_names() {
    let passwords = Passwords::new(2).unwrap();
    let test = testing::sqlite().await;
    for index in 0..20 {
        // One /64 is one address.
        let address = format!("2001:db8:0:1::{index}");
        let outcome = sign_in(&test, &passwords, &format!("u{index}@example.com"), "wrong", &address).await;
        assert!(matches!(outcome, Err(SignInError::Wrong)), "{index}");
    }
    let outcome = sign_in(&test, &passwords, "new@example.com", "wrong", "2001:db8:0:1::ffff").await;
    assert!(matches!(outcome, Err(SignInError::TooMany { minutes: 1 })), "{outcome:?}");
    let elsewhere = sign_in(&test, &passwords, "new@example.com", "wrong", "2001:db8:0:2::1").await;
    assert!(matches!(elsewhere, Err(SignInError::Wrong)));
}

/// From fifty addresses at once, as a botnet would.
#[tokio::test(flavor = "multi_thread", worker_threads = 4)]
async fn parallel_guesses_get_no_more_tries_than_those_in_a_row() {
    let passwords = Passwords::new(2).unwrap();
    for test in testing::stores().await {
        let tries = (0..50).map(|index| {
            let (master, passwords) = (test.master().clone(), passwords.clone());
            let address = format!("192.0.2.{index}").parse().ok();
            let typed = Credentials { email: "ali@example.com".into(), password: "wrong".into(), address };
            tokio::spawn(async move { service::sign_in(&master, &passwords, typed).await })
        });
        let (mut wrong, mut refused) = (0, 0);
        for outcome in futures::future::join_all(tries).await {
            match outcome.unwrap() {
                Err(SignInError::Wrong) => wrong += 1,
                Err(SignInError::TooMany { .. }) => refused += 1,
                other => panic!("{}: {other:?}", test.name()),
            }
        }
        assert_eq!((wrong, refused), (5, 45), "{}", test.name());
    }
}

#[tokio::test]
async fn twenty_sign_ups_an_hour_close_an_address_whether_or_not_the_accounts_exist() {
    let passwords = Passwords::new(2).unwrap();
    for test in testing::stores().await {
        let sign_up = async |index: usize, address: &str| {
            let new =
                NewAccount { address: address.parse().ok(), ..new_account(&format!("u{index}@example.com")) };
            service::sign_up(test.master(), &passwords, new).await.map(|_| ())
        };
        for index in 0..20 {
            let outcome = sign_up(index / 2, "192.0.2.1").await;
            let is_taken = matches!(outcome, Err(SignUpError::EmailTaken));
            assert_eq!(is_taken, index % 2 == 1, "{} {index}: {outcome:?}", test.name());
        }
        let outcome = sign_up(50, "192.0.2.1").await;
        assert!(matches!(outcome, Err(SignUpError::TooMany { minutes: 60 })), "{outcome:?}");
        sign_up(51, "192.0.2.2").await.unwrap();
        test.clock.advance(Duration::minutes(60));
        sign_up(50, "192.0.2.1").await.unwrap();
    }
}

#[tokio::test]
async fn counted_tries_name_nobody() {
    let passwords = Passwords::new(2).unwrap();
    let test = testing::sqlite().await;
    sign_in(&test, &passwords, "ali@example.com", "wrong", "192.0.2.1").await.unwrap_err();
    let rows = login_attempt::Entity::find().all(test.master().raw()).await.unwrap();
    assert_eq!(rows.len(), 2);
    for row in rows {
        assert!(!row.subject.contains("ali") && !row.subject.contains("192.0.2"), "{}", row.subject);
    }
}
