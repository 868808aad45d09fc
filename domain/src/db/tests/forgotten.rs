//! Nothing in any table tells who somebody was, once he had his data deleted.

use sea_orm::{
    ActiveModelTrait as _, ColumnTrait as _, DbBackend, IntoActiveModel as _, QueryFilter as _, Statement,
};

use super::full_shop::{BUYER, FullShop, full_shop};
use super::*;
use crate::{
    db::transfer::table_names,
    entities::tenant::{
        order_event, parked_update, payment_inbox, receipt, refund, staff_act, ticket, ticket_message,
    },
    locale::Locale,
    ports::Notice,
    shop::{
        notification::service::{self as notices, Recipient},
        privacy::erase::{Erased, erase},
        staff::log::{self, Actor},
        user::service::{self as users, TelegramPerson},
    },
    testing::TestShop,
};

const NAME: &str = "Zarathustra";
const USERNAME: &str = "zara_of_balkh";

/// The tables, of each row as text, in which one of these words stands.
async fn found(tx: &TenantTx, words: &[&str]) -> Vec<String> {
    let backend = tx.raw().get_database_backend();
    let mut found = Vec::new();
    for table in table_names() {
        let sql = match backend {
            DbBackend::Sqlite => {
                let columns = format!("SELECT name FROM pragma_table_info('{table}')");
                let columns = tx.raw().query_all_raw(Statement::from_string(backend, columns)).await.unwrap();
                let quoted: Vec<_> = columns
                    .iter()
                    .map(|row| format!("quote(\"{}\")", row.try_get::<String>("", "name").unwrap()))
                    .collect();
                format!("SELECT {} AS said FROM {table}", quoted.join(" || ' ' || "))
            }
            _ => format!("SELECT CAST(whole AS text) AS said FROM {table} AS whole"),
        };
        for row in tx.raw().query_all_raw(Statement::from_string(backend, sql)).await.unwrap() {
            let said: String = row.try_get("", "said").unwrap();
            found.extend(
                words.iter().filter(|word| said.contains(**word)).map(|word| format!("{table}: {word}")),
            );
        }
    }
    found.sort();
    found.dedup();
    found
}

/// The buyer says his name wherever people can write, and has a refund that is done.
async fn write_everywhere(tx: &TenantTx, shop: &TestShop, done: crate::ids::OrderId) -> user::Model {
    let person = TelegramPerson {
        telegram_id: BUYER,
        first_name: NAME.into(),
        username: Some(USERNAME.into()),
        language_code: Some("fa".into()),
    };
    let user = users::seen(tx, &person, Locale::Fa).await.unwrap();
    let words = format!("{NAME} (@{USERNAME}, {BUYER}) asks");
    for row in refund::Entity::find().all(tx.raw()).await.unwrap() {
        let mut row = row.into_active_model();
        row.reason = Set(words.clone());
        row.requested_by = Set(format!("bot:{BUYER}"));
        row.state = Set(refund::RefundState::Done);
        row.update(tx.raw()).await.unwrap();
    }
    for row in receipt::Entity::find().all(tx.raw()).await.unwrap() {
        let mut row = row.into_active_model();
        row.note = Set(Some(words.clone()));
        row.decided_by = Set(Some(format!("bot:{BUYER}")));
        row.update(tx.raw()).await.unwrap();
    }
    for row in ticket_message::Entity::find().all(tx.raw()).await.unwrap() {
        let mut row = row.into_active_model();
        row.text = Set(words.clone());
        row.file_name = Set(Some(format!("{NAME}.pdf")));
        row.update(tx.raw()).await.unwrap();
    }
    let event = order_event::Entity::find().filter(order_event::COLUMN.order_id.eq(done));
    let mut event = event.one(tx.raw()).await.unwrap().unwrap().into_active_model();
    event.detail = Set(Some(words.clone()));
    event.update(tx.raw()).await.unwrap();
    let heard = payment_inbox::Entity::find().filter(payment_inbox::COLUMN.order_ref.eq(done.to_string()));
    let heard = heard.all(tx.raw()).await.unwrap();
    assert!(!heard.is_empty());
    for row in heard {
        let mut body: serde_json::Value = serde_json::from_str(&row.body).unwrap_or_default();
        let payer = serde_json::json!({ "id": BUYER, "name": NAME, "username": USERNAME });
        match body.get_mut("raw") {
            Some(raw) => *raw = payer,
            None => body["payer"] = payer,
        }
        let mut row = row.into_active_model();
        row.body = Set(body.to_string());
        row.update(tx.raw()).await.unwrap();
    }
    for row in parked_update::Entity::find().all(tx.raw()).await.unwrap() {
        let mut row = row.into_active_model();
        row.update = Set(serde_json::json!({ "message": { "text": words } }));
        row.update(tx.raw()).await.unwrap();
    }
    let him = Actor { by: format!("bot:{BUYER}"), name: NAME.into() };
    let detail = serde_json::json!({ "name": NAME });
    log::append(tx, &him, staff_act::Deed::StaffRemoved, BUYER, detail).await.unwrap();
    let to = Recipient { bot: shop.bot, telegram_id: BUYER };
    notices::queue(tx, to, "says", &Notice::StaffSays { text: words }).await.unwrap();
    user
}

#[tokio::test]
async fn no_column_of_any_table_holds_the_number_or_a_name_of_who_was_forgotten() {
    for test in testing::stores().await {
        let FullShop { shop, done, .. } = full_shop(&test).await;
        let number = BUYER.to_string();
        let words = [NAME, USERNAME, number.as_str()];
        let tx = shop.db.write().await.unwrap();
        let user = write_everywhere(&tx, &shop, done).await;
        let before = found(&tx, &words).await;
        for table in [
            "users",
            "chats",
            "notifications",
            "order_events",
            "payment_inbox",
            "refunds",
            "receipts",
            "ticket_messages",
            "parked_updates",
            "staff",
            "staff_acts",
            "broadcast_recipients",
            "mail_addresses",
        ] {
            assert!(
                before.iter().any(|found| found.split(':').next() == Some(table)),
                "{table} is not tested: {before:?}"
            );
        }
        assert_eq!(erase(&tx, &user).await.unwrap(), Erased::Done, "{}", test.name());
        assert_eq!(found(&tx, &words).await, [""; 0], "{}", test.name());
        let open = ticket::Entity::find().filter(ticket::COLUMN.user_id.eq(user.id));
        assert_eq!(open.one(tx.raw()).await.unwrap().unwrap().state, ticket::TicketState::Closed);
        tx.commit().await.unwrap();
    }
}
