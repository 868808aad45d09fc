//! Providers that tell the same thing a hundred times at once.

use std::{
    collections::HashSet,
    time::{Duration, Instant},
};

use domain::{
    db::Conn as _,
    entities::tenant::{grant, ledger_entry, order::OrderState},
    testing,
};
use futures::future::join_all;
use sea_orm::EntityTrait as _;

use super::{Gateway, selling};
use crate::support::{BUSY, Database, Flow, flow::GATEWAYS, until};

const COPIES: usize = 100;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_hundred_copies_of_each_webhook_are_all_taken_and_credit_each_payment_once() {
    Box::pin(a_storm(4)).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
#[ignore = "takes minutes"]
async fn a_hundred_copies_of_fifty_webhooks_of_each_provider_credit_each_payment_once() {
    Box::pin(a_storm(50)).await;
}

/// Of this many payments at each provider.
async fn a_storm(payments: usize) {
    let _alone = BUSY.lock().await;
    for database in Database::all() {
        let flow = selling(&database).await;
        for (gateway, first) in Gateway::all(&flow).await.iter().zip((1..).map(|n| n * 100_000)) {
            let took = storm(&flow, gateway, first, payments).await;
            let at = |share: usize| took[(took.len() - 1) * share / 100].as_millis();
            testing::say(&format!(
                "{} webhooks of {} on {}: p50 {} ms, p99 {} ms, the slowest {} ms",
                took.len(),
                gateway.name,
                database.name(),
                at(50),
                at(99),
                at(100)
            ));
        }
        let tx = flow.db.read().await.unwrap();
        let grants = grant::Entity::find().all(tx.raw()).await.unwrap();
        let booked = ledger_entry::Entity::find().all(tx.raw()).await.unwrap();
        drop(tx);
        let granted: HashSet<_> = grants.iter().filter_map(|grant| grant.order_id).collect();
        let transactions: HashSet<_> = booked.iter().map(|row| row.transaction_id).collect();
        let expected = payments * GATEWAYS.len();
        assert_eq!((grants.len(), granted.len(), transactions.len()), (expected, expected, expected));
        assert_eq!(flow.accounts().len(), expected);
        flow.end().await;
    }
}

/// How long each copy waited for its answer, in order.
async fn storm(flow: &Flow, gateway: &Gateway, first: i64, payments: usize) -> Vec<Duration> {
    // The copies are the only webhooks.
    let ear = gateway.overhear(&flow.db).await;
    for person in (first..).take(payments) {
        let order = gateway.order(flow, person).await;
        gateway.pay(&order).await;
    }
    until("all webhooks are there", async || ear.told().len() >= payments).await;
    let mut took = Vec::new();
    for told in ear.told() {
        let copies = (0..COPIES).map(|_| async {
            let begin = Instant::now();
            let status = told.bring(flow, &flow.db, gateway.name).await;
            (status, begin.elapsed())
        });
        for (status, time) in join_all(copies).await {
            assert_eq!(status, 200, "a copy of {}: {told:?}", gateway.name);
            took.push(time);
        }
    }
    until("all are provisioned", async || {
        flow.orders().await.iter().all(|order| order.state == OrderState::Provisioned)
    })
    .await;
    took.sort_unstable();
    took
}
