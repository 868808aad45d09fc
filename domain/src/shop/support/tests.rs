//! Asking and answering, on both databases.

use chrono::Duration;

use super::{
    list,
    rules::{Limit, OPEN_AT_MOST, PER_HOUR},
    service::{self as support, Asker, File, Staff, Words, Written},
};
use crate::{
    entities::tenant::{
        ticket::{Model, TicketState, Topic},
        ticket_message::{Author, FileKind},
        user,
    },
    ids::TicketId,
    ports::Notice,
    testing::{self, TestShop},
};

fn words(text: &str, origin: &str) -> Words {
    Words { text: text.into(), file: None, album: None, origin: origin.into() }
}

fn asker<'a>(shop: &TestShop, user: &'a user::Model) -> Asker<'a> {
    Asker { user, bot: shop.bot, owner: Some(7) }
}

async fn open(shop: &TestShop, user: &user::Model, origin: &str) -> Written {
    let tx = shop.db.write().await.unwrap();
    let asked = words("It does not connect", origin);
    let written = support::open(&tx, asker(shop, user), Topic::Connect, asked).await.unwrap();
    tx.commit().await.unwrap();
    written
}

async fn opened(shop: &TestShop, user: &user::Model, origin: &str) -> Model {
    match open(shop, user, origin).await {
        Written::Taken { ticket, again: false } => ticket,
        other => panic!("{other:?}"),
    }
}

async fn write(shop: &TestShop, user: &user::Model, id: TicketId, words: Words) -> Written {
    let tx = shop.db.write().await.unwrap();
    let written = support::write(&tx, asker(shop, user), id, words).await.unwrap();
    tx.commit().await.unwrap();
    written
}

async fn answer(shop: &TestShop, id: TicketId, text: &str, origin: &str) -> Option<Model> {
    let tx = shop.db.write().await.unwrap();
    let staff = Staff { by: "owner".into(), bot: None };
    let answered = support::answer(&tx, staff, id, words(text, origin)).await.unwrap();
    tx.commit().await.unwrap();
    answered
}

async fn close(shop: &TestShop, by: Author, id: TicketId) -> Option<Model> {
    let tx = shop.db.write().await.unwrap();
    let closed = support::close(&tx, by, id).await.unwrap();
    tx.commit().await.unwrap();
    closed
}

async fn rate(shop: &TestShop, user: &user::Model, id: TicketId, stars: i32) -> bool {
    let tx = shop.db.write().await.unwrap();
    let rated = support::rate(&tx, user.id, id, stars).await.unwrap();
    tx.commit().await.unwrap();
    rated
}

#[tokio::test]
async fn a_question_is_answered_once_and_its_ticket_closed_reopened_and_rated_once() {
    for test in testing::stores().await {
        let shop = test.selling_shop().await;
        let user = shop.user(1).await;
        let ticket = opened(&shop, &user, "update:1").await;
        assert_eq!((ticket.number, ticket.state), (1, TicketState::Waiting), "{}", test.name());
        for _ in 0..2 {
            answer(&shop, ticket.id, "Press connect again", "form:1").await.unwrap();
        }
        let tx = shop.db.read().await.unwrap();
        let thread = support::messages(&tx, ticket.id, 10).await.unwrap();
        drop(tx);
        let said: Vec<_> = thread.iter().map(|row| (row.author, row.text.as_str())).collect();
        assert_eq!(said, [(Author::User, "It does not connect"), (Author::Staff, "Press connect again")]);
        assert!(!rate(&shop, &user, ticket.id, 5).await, "it is not closed");

        assert_eq!(close(&shop, Author::Staff, ticket.id).await.unwrap().state, TicketState::Closed);
        assert!(close(&shop, Author::Staff, ticket.id).await.is_none(), "somebody was faster");
        assert!(!rate(&shop, &user, ticket.id, 6).await);
        assert!(!rate(&shop, &shop.user(2).await, ticket.id, 1).await, "it is not hers");
        assert!(rate(&shop, &user, ticket.id, 4).await);
        let again = write(&shop, &user, ticket.id, words("It is so again", "update:2")).await;
        let Written::Taken { ticket: again, .. } = again else { panic!("{again:?}") };
        assert_eq!((again.state, again.closed_at, again.rating), (TicketState::Waiting, None, Some(4)));
        assert!(close(&shop, Author::User, ticket.id).await.is_some());
        assert!(!rate(&shop, &user, ticket.id, 1).await, "that was said");

        shop.work(&test).await;
        let sent = shop.notifier.sent();
        let count = |is_meant: fn(&Notice) -> bool| sent.iter().filter(|notice| is_meant(notice)).count();
        assert_eq!(count(|notice| matches!(notice, Notice::TicketWritten { .. })), 2, "{sent:?}");
        assert_eq!(count(|notice| matches!(notice, Notice::TicketAnswered { .. })), 1, "{sent:?}");
        assert_eq!(count(|notice| matches!(notice, Notice::TicketClosed { .. })), 1, "{sent:?}");
        shop.settled_down(&test).await;
    }
}

#[tokio::test]
async fn an_update_that_comes_again_adds_nothing() {
    for test in testing::stores().await {
        let shop = test.selling_shop().await;
        let user = shop.user(1).await;
        let ticket = opened(&shop, &user, "update:1").await;
        write(&shop, &user, ticket.id, words("and more", "update:2")).await;
        let again = write(&shop, &user, ticket.id, words("and more", "update:2")).await;
        assert!(matches!(again, Written::Taken { again: true, .. }), "{again:?}");
        let tx = shop.db.read().await.unwrap();
        assert_eq!(support::messages(&tx, ticket.id, 10).await.unwrap().len(), 2, "{}", test.name());
    }
}

#[tokio::test]
async fn of_an_album_every_picture_is_kept_and_the_first_acknowledged() {
    for test in testing::stores().await {
        let shop = test.selling_shop().await;
        let user = shop.user(1).await;
        let ticket = opened(&shop, &user, "update:1").await;
        for (index, again) in [(2, false), (3, true), (4, true)] {
            let file = File { kind: FileKind::Photo, file_id: format!("file-{index}"), name: None };
            let origin = format!("update:{index}");
            let picture = Words { text: String::new(), file: Some(file), album: Some("a".into()), origin };
            let written = write(&shop, &user, ticket.id, picture).await;
            let Written::Taken { again: is_again, .. } = written else { panic!("{written:?}") };
            assert_eq!(is_again, again, "{index}");
        }
        let tx = shop.db.read().await.unwrap();
        let thread = support::messages(&tx, ticket.id, 10).await.unwrap();
        assert_eq!(thread.iter().filter(|row| row.file_id.is_some()).count(), 3, "{}", test.name());
    }
}

#[tokio::test]
async fn nobody_floods_the_shop_and_nobody_reads_anothers_ticket() {
    for test in testing::stores().await {
        let shop = test.selling_shop().await;
        let (user, other) = (shop.user(1).await, shop.user(2).await);
        let mut tickets = Vec::new();
        for index in 0..OPEN_AT_MOST {
            tickets.push(opened(&shop, &user, &format!("update:{index}")).await);
        }
        let refused = open(&shop, &user, "update:x").await;
        assert_eq!(refused, Written::TooMuch(Limit::Open), "{}", test.name());
        assert_eq!(opened(&shop, &other, "update:y").await.number, 4);
        let foreign = write(&shop, &other, tickets[0].id, words("let me see", "update:z")).await;
        assert_eq!(foreign, Written::NoTicket);
        for index in OPEN_AT_MOST..PER_HOUR {
            let more = words("and", &format!("more:{index}"));
            let written = write(&shop, &user, tickets[0].id, more).await;
            assert!(matches!(written, Written::Taken { .. }), "{index}: {written:?}");
        }
        let refused = write(&shop, &user, tickets[0].id, words("and", "more:x")).await;
        assert_eq!(refused, Written::TooMuch(Limit::Hour));
        test.clock.advance(Duration::minutes(61));
        let later = write(&shop, &user, tickets[0].id, words("and", "more:y")).await;
        assert!(matches!(later, Written::Taken { .. }), "{later:?}");
        // Closing one makes room, and what is closed does not come back beside three others.
        close(&shop, Author::User, tickets[1].id).await.unwrap();
        opened(&shop, &user, "update:w").await;
        let reopened = write(&shop, &user, tickets[1].id, words("and", "more:z")).await;
        assert_eq!(reopened, Written::TooMuch(Limit::Open));
    }
}

#[tokio::test]
async fn who_waits_longest_is_first_in_the_list() {
    for test in testing::stores().await {
        let shop = test.selling_shop().await;
        let mut tickets = Vec::new();
        for index in 0..3 {
            let user = shop.user(index + 1).await;
            tickets.push(opened(&shop, &user, &format!("update:{index}")).await.id);
            test.clock.advance(Duration::minutes(1));
        }
        answer(&shop, tickets[0], "Done", "form:1").await.unwrap();
        let tx = shop.db.read().await.unwrap();
        let ids = async |state| {
            let page = list::page(&tx, state, 0).await.unwrap();
            assert!(!page.more && page.rows.iter().all(|row| row.user.is_some()));
            page.rows.into_iter().map(|row| row.ticket.id).collect::<Vec<_>>()
        };
        assert_eq!(ids(Some(TicketState::Waiting)).await, tickets[1..], "{}", test.name());
        assert_eq!(ids(None).await, [tickets[0], tickets[2], tickets[1]]);
        assert_eq!(ids(Some(TicketState::Closed)).await, []);
        let counts = list::counts(&tx).await.unwrap();
        assert_eq!(counts, [(TicketState::Waiting, 2), (TicketState::Answered, 1)]);
    }
}
