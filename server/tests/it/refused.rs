//! Webhooks that nobody should believe.

use chrono::Duration;
use domain::{
    db::Conn as _,
    entities::tenant::{
        ledger_entry,
        order::OrderState,
        payment_inbox::{InboxKind, InboxState},
    },
    shop::{order::service as orders, payment::inbox},
};
use sea_orm::EntityTrait as _;

use crate::support::{Bank, Database, Flow, bank};

#[tokio::test]
async fn a_webhook_that_is_forged_or_out_of_its_time_changes_nothing_and_is_seen_once() {
    for database in Database::all() {
        let flow = Flow::live(&database).await;
        let bank = Bank::of(flow.server.address(), &flow.db).await;
        let order = bank::order(flow.server.state(), &flow.db, 900_001).await;
        let now = bank::second(&flow.db, Duration::zero());
        for _ in 0..2 {
            let forged = bank.event(&order, "evt_forged");
            let wrong = bank::signature("not the secret", now, &forged);
            assert_eq!(bank.send_signed(&forged, &wrong).await, 400);
            for (id, minutes) in [("evt_old", -6), ("evt_future", 6)] {
                let second = bank::second(&flow.db, Duration::minutes(minutes));
                assert_eq!(bank.send(&bank.event(&order, id), second).await, 400, "{id}");
            }
        }
        flow.drained().await;
        let tx = flow.db.read().await.unwrap();
        let after = orders::find(&tx, order.id).await.unwrap().unwrap();
        assert_eq!(after.state, OrderState::Pending);
        assert!(ledger_entry::Entity::find().all(tx.raw()).await.unwrap().is_empty());
        let timeline = orders::timeline(&tx, order.id).await.unwrap();
        let refusals = timeline.iter().filter(|event| event.kind == "webhook_refused").count();
        let inbox = inbox::unsettled(&tx, 10).await.unwrap();
        drop(tx);
        assert_eq!(refusals, 3, "{timeline:?}");
        assert_eq!(inbox.len(), 3, "{inbox:?}");
        assert!(
            inbox.iter().all(|row| row.kind == InboxKind::Refused && row.state == InboxState::Refused),
            "{inbox:?}"
        );
        assert_eq!(flow.grants_of(order.id).await, 0);
        flow.end().await;
    }
}
