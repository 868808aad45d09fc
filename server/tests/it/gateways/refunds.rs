//! Money that goes back at every provider that can send it back: in parts, twice, out of turn, and with
//! its answer lost.

use chrono::Duration;
use domain::{
    entities::tenant::{
        order::{self, OrderState},
        refund::RefundState,
    },
    ids::RefundId,
    money::Money,
    ports::{RefundRequest, Refunds},
    shop::refund::service::{self as refunds, NewRefund, RefundError},
};

use super::{Gateway, selling};
use crate::support::{Database, Flow, until};

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn what_is_sent_back_goes_once_in_parts_twice_pressed_and_with_its_answer_lost() {
    for database in Database::all() {
        let flow = selling(&database).await;
        let all = Gateway::all(&flow).await;
        let able = all.iter().filter(|gateway| gateway.provider.gateway.refunds() == Refunds::Partial);
        for (gateway, person) in able.zip(900_001..) {
            let order = gateway.order(&flow, person).await;
            gateway.pay(&order).await;
            flow.becomes(order.id, OrderState::Provisioned).await;
            let half = order.amount_minor / 2;
            gateway.pages.knobs().lose_answer("POST *", 1);
            send_back(&flow, &order, half).await.unwrap();
            let pressed_again = send_back(&flow, &order, half).await;
            assert!(matches!(pressed_again, Err(RefundError::Changed)), "{pressed_again:?}");
            until_done(&flow, &order).await;
            assert_eq!(flow.order(order.id).await.refunded_minor, half, "{}", gateway.name);

            send_back(&flow, &order, order.amount_minor - half).await.unwrap();
            until_done(&flow, &order).await;
            flow.becomes(order.id, OrderState::Refunded).await;
            let too_much = send_back(&flow, &order, 1).await;
            assert!(matches!(too_much, Err(RefundError::Refused(_))), "{too_much:?}");
            let facts = read(gateway, &order).await;
            assert_eq!(facts.refunded, order.amount_minor, "{} on {}", gateway.name, database.name());
        }
        flow.end().await;
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn money_that_went_back_before_anybody_told_of_its_payment_gives_no_access() {
    for database in Database::all() {
        let flow = selling(&database).await;
        let all = Gateway::all(&flow).await;
        let able = all.iter().filter(|gateway| gateway.provider.gateway.refunds() == Refunds::Partial);
        for (gateway, person) in able.zip(900_001..) {
            let order = gateway.order(&flow, person).await;
            // Neither the payment nor the refund is told before both have happened.
            gateway.pages.knobs().lose_next("webhook:*", u32::MAX);
            gateway.pay(&order).await;
            let request = RefundRequest {
                refund: RefundId::new(),
                provider_payment_id: order.provider_payment_id.clone().unwrap(),
                amount: Money::new(order.amount_minor, order.currency),
                paid: Money::new(order.amount_minor, order.currency),
            };
            gateway.provider.gateway.refund(&gateway.account, &request).await.unwrap();
            gateway.pages.knobs().clear();
            flow.advance(Duration::minutes(2)).await;
            flow.becomes(order.id, OrderState::Refunded).await;
            assert_eq!(flow.order(order.id).await.refunded_minor, order.amount_minor, "{}", gateway.name);
        }
        flow.end().await;
    }
}

async fn send_back(flow: &Flow, order: &order::Model, minor: i64) -> Result<(), RefundError> {
    let tx = flow.db.write().await?;
    let new = NewRefund { order: order.id, minor, reason: "asked nicely", requested_by: "owner".into() };
    refunds::request(&tx, Refunds::Partial, new).await?;
    tx.commit().await?;
    Ok(())
}

async fn until_done(flow: &Flow, order: &order::Model) {
    until("it is gone", async || {
        flow.server.clock.advance(Duration::seconds(5));
        let tx = flow.db.read().await.unwrap();
        let rows = refunds::of_order(&tx, order.id).await.unwrap();
        rows.iter().all(|row| row.state == RefundState::Done)
    })
    .await;
}

async fn read(gateway: &Gateway, order: &order::Model) -> domain::ports::PaymentFacts {
    let payment = order.provider_payment_id.as_deref().unwrap();
    gateway.provider.gateway.read(&gateway.account, payment).await.unwrap()
}
