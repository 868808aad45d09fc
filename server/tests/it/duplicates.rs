//! A provider that tells the same thing a hundred times at once.

use std::{collections::HashSet, time::Instant};

use chrono::Duration;
use domain::{
    db::Conn as _,
    entities::tenant::{grant, ledger_entry, order::OrderState},
    testing,
};
use futures::future::join_all;
use sea_orm::EntityTrait as _;
use server::sandbox::hosted::HostedPayments as _;

use crate::support::{Bank, Database, Flow, bank, until};

const PAYMENTS: i64 = 20;
const COPIES: usize = 100;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_hundred_copies_of_each_webhook_are_all_taken_and_credit_each_payment_once() {
    for database in Database::all() {
        let flow = Flow::live(&database).await;
        let state = flow.server.state().clone();
        let cards = flow.sandbox().card.clone();
        let bank = Bank::of(flow.server.address(), &flow.db).await;
        // The copies below are the only webhooks.
        cards.knobs().lose_next("webhook:payment.paid", u32::MAX);
        let mut took = Vec::new();
        for number in 0..PAYMENTS {
            let order = bank::order(&state, &flow.db, 900_000 + number).await;
            cards.pay(order.provider_payment_id.as_deref().unwrap()).await.unwrap();
            let body = bank.event(&order, &format!("evt_{number}"));
            let second = bank::second(&flow.db, Duration::zero());
            let copies = (0..COPIES).map(|_| async {
                let begin = Instant::now();
                let status = bank.send(&body, second).await;
                (status, begin.elapsed())
            });
            for (status, time) in join_all(copies).await {
                assert_eq!(status, 200, "a copy of webhook {number} on {}", database.name());
                took.push(time);
            }
        }
        until("all are provisioned", async || {
            flow.orders().await.iter().all(|order| order.state == OrderState::Provisioned)
        })
        .await;
        let tx = flow.db.read().await.unwrap();
        let grants = grant::Entity::find().all(tx.raw()).await.unwrap();
        let booked = ledger_entry::Entity::find().all(tx.raw()).await.unwrap();
        drop(tx);
        let granted: HashSet<_> = grants.iter().filter_map(|grant| grant.order_id).collect();
        let transactions: HashSet<_> = booked.iter().map(|row| row.transaction_id).collect();
        let expected = usize::try_from(PAYMENTS).unwrap();
        assert_eq!((grants.len(), granted.len(), transactions.len()), (expected, expected, expected));
        assert_eq!(flow.accounts().len(), expected);
        took.sort_unstable();
        let at = |share: usize| took[(took.len() - 1) * share / 100].as_millis();
        testing::say(&format!(
            "{} webhooks on {}: p50 {} ms, p99 {} ms, the slowest {} ms",
            took.len(),
            database.name(),
            at(50),
            at(99),
            at(100)
        ));
        flow.end().await;
    }
}
