//! Webhooks that were changed on their way, are somebody else's, or come again later.

use chrono::Duration;
use domain::{
    db::{Conn as _, TenantDb},
    entities::tenant::{grant, ledger_entry, order::OrderState},
};
use sea_orm::{EntityTrait as _, PaginatorTrait as _};

use super::{Gateway, Told, selling};
use crate::support::{
    Database, Flow,
    flow::{self, GATEWAYS},
    until,
};

/// YooKassa signs nothing: what comes is a hint which payment to ask about.
const UNSIGNED: &str = "yookassa";

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_changed_a_foreign_and_an_old_webhook_give_nothing_that_was_not_paid() {
    for database in Database::all() {
        let flow = selling(&database).await;
        let (_, _, other) = flow::another(&flow.server, "second_shop_bot").await;
        for (provider, account) in GATEWAYS.into_iter().filter(|(provider, _)| *provider != "test") {
            flow::connect(&flow.server, &other, provider, account, "key_of_another").await;
        }
        for (gateway, person) in Gateway::all(&flow).await.iter().zip(900_001..) {
            let ear = gateway.overhear(&flow.db).await;
            let order = gateway.order(&flow, person).await;
            let unpaid = gateway.order(&flow, person + 1_000).await;
            gateway.pay(&order).await;
            until("it is told", async || !ear.told().is_empty()).await;
            let told = ear.told().remove(0);

            for changed in changes(&told) {
                let status = changed.bring(&flow, &flow.db, gateway.name).await;
                assert!(
                    status == 400 || gateway.name == UNSIGNED,
                    "{}: {status} for {changed:?}",
                    gateway.name
                );
            }
            // Whatever a shop answers about what it cannot know, nothing comes of it.
            told.bring(&flow, &other, gateway.name).await;
            assert_eq!(told.bring(&flow, &flow.db, gateway.name).await, 200, "{}", gateway.name);
            flow.becomes(order.id, OrderState::Provisioned).await;
            flow.server.clock.advance(Duration::minutes(10));
            told.bring(&flow, &flow.db, gateway.name).await;
            settled(&flow).await;
            assert_eq!(flow.grants_of(order.id).await, 1, "{} on {}", gateway.name, database.name());
            let unpaid = flow.order(unpaid.id).await;
            assert_eq!(unpaid.state, OrderState::Pending, "{}", gateway.name);
        }
        let paid = u64::try_from(GATEWAYS.len()).unwrap();
        assert_eq!(counts(&flow.db).await, (paid, 2 * paid));
        until("the other shop has asked", async || {
            flow.server.clock.advance(Duration::seconds(6));
            flow::work_left(flow.server.state().master(), &other).await.is_empty()
        })
        .await;
        assert_eq!(counts(&other).await, (0, 0));
        flow::verified(flow.server.state().master(), &other).await;
        flow.end().await;
    }
}

/// What an invented payment leaves is asked about until it is old enough to be given up.
async fn settled(flow: &Flow) {
    until("nobody looks any more", async || {
        flow.server.clock.advance(Duration::seconds(6));
        flow::work_left(flow.server.state().master(), &flow.db).await.is_empty()
    })
    .await;
}

/// One changed byte at a time, all over the body and the header that signs it; and parts of it.
fn changes(told: &Told) -> Vec<Told> {
    let mut all = Vec::new();
    let step = (told.body.len() / 12).max(1);
    for at in (0..told.body.len()).step_by(step) {
        let mut body = told.body.to_vec();
        body[at] ^= 1;
        all.push(Told { body: body.into(), ..told.clone() });
        all.push(Told { body: told.body.slice(..at), ..told.clone() });
    }
    for (name, value) in &told.headers {
        let is_a_signature = name.as_str().contains("signature");
        if !is_a_signature {
            continue;
        }
        let text = value.to_str().unwrap();
        let step = (text.len() / 8).max(1);
        for at in (0..text.len()).step_by(step) {
            let mut changed = text.as_bytes().to_vec();
            changed[at] = if changed[at] == b'1' { b'2' } else { b'1' };
            let mut headers = told.headers.clone();
            headers.insert(name, changed.as_slice().try_into().unwrap());
            all.push(Told { headers, body: told.body.clone() });
        }
        let mut headers = told.headers.clone();
        headers.remove(name);
        all.push(Told { headers, body: told.body.clone() });
    }
    all
}

/// Grants and rows of the books.
async fn counts(db: &TenantDb) -> (u64, u64) {
    let tx = db.read().await.unwrap();
    let grants = grant::Entity::find().count(tx.raw()).await.unwrap();
    (grants, ledger_entry::Entity::find().count(tx.raw()).await.unwrap())
}
