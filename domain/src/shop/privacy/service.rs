//! Everything that is kept of a user, as a file that he can take along.
//!
//! What is the shop's alone stays out of it: who of its people answered, and how its panels are reached.

use sea_orm::{ActiveEnum, ColumnTrait, EntityTrait, QueryFilter, QueryOrder};
use serde_json::{Value, json};

use crate::{
    clock::Clock,
    db::{StoreError, TenantConn},
    entities::tenant::{
        order, subscription, ticket,
        ticket_message::{self, Author},
        user,
    },
    ids::UserId,
    locale::Locale,
    money::Money,
    shop::{mail::service as mail, notification::choices, plan, referral::list as friends, wallet},
};

/// The user's data as a JSON document.
///
/// # Errors
/// [`StoreError::Database`].
pub async fn export(tx: &impl TenantConn, user: &user::Model) -> Result<Value, StoreError> {
    let wallet = wallet::service::balances(tx, user.id).await?;
    let friends = friends::figures(tx, Some(user.id)).await?;
    Ok(json!({
        "exported_at": tx.clock().now(),
        "profile": profile(tx, user).await?,
        "subscriptions": subscriptions(tx, user.id).await?,
        "orders": orders(tx, user.id).await?,
        "wallet": wallet.iter().map(Money::to_string).collect::<Vec<_>>(),
        "invited_friends": friends.invited,
        "tickets": tickets(tx, user.id).await?,
    }))
}

async fn profile(tx: &impl TenantConn, user: &user::Model) -> Result<Value, StoreError> {
    let choice = choices::of_user(tx, user.id).await?;
    let mail = mail::find(tx, user.id).await?;
    Ok(json!({
        "telegram_id": user.telegram_id,
        "first_name": user.first_name,
        "username": user.username,
        "language": user.locale,
        "calendar": user.calendar.map(|calendar| calendar.code()),
        "came_by": user.source,
        "first_seen_at": user.created_at,
        "last_seen_at": user.last_seen_at,
        "rules_accepted_at": user.rules_accepted_at,
        "notices_switched_off": choice.off.iter().map(|kind| kind.code()).collect::<Vec<_>>(),
        "mail": mail.and_then(|row| {
            let address = row.address?;
            Some(json!({
                "address": address,
                "confirmed_at": row.confirmed_at,
                "refused_at": row.refused_at,
                "comes": row.comes.code(),
            }))
        }),
        "quiet_minutes_of_day": choice.quiet.map(|quiet| [quiet.from, quiet.until]),
    }))
}

async fn subscriptions(tx: &impl TenantConn, user: UserId) -> Result<Vec<Value>, StoreError> {
    let rows = subscription::Entity::find()
        .filter(subscription::COLUMN.user_id.eq(user))
        .order_by_asc(subscription::Column::Id);
    let one = |row: subscription::Model| {
        json!({
            "name_on_the_server": row.username,
            "trial": row.trial,
            "created_at": row.created_at,
            "until": row.target_expire,
            "traffic_limit_bytes": row.target_data_limit.map(|limit| limit.0),
            "traffic_used_bytes": row.used_traffic.0,
            "link": row.subscription_url,
        })
    };
    Ok(rows.all(tx.raw()).await?.into_iter().map(one).collect())
}

async fn orders(tx: &impl TenantConn, user: UserId) -> Result<Vec<Value>, StoreError> {
    let rows = order::Entity::find().filter(order::COLUMN.user_id.eq(user)).order_by_asc(order::Column::Id);
    let one = |row: order::Model| {
        json!({
            "number": row.id.short(),
            "plan": row.plan_names.as_ref().map(|names| plan::service::name_in(names, Locale::En)),
            "amount": Money::new(row.amount_minor, row.currency).to_string(),
            "refunded": Money::new(row.refunded_minor, row.currency).to_string(),
            "paid_by": row.provider,
            "state": row.state.to_value(),
            "created_at": row.created_at,
            "paid_at": row.paid_at,
        })
    };
    Ok(rows.all(tx.raw()).await?.into_iter().map(one).collect())
}

async fn tickets(tx: &impl TenantConn, user: UserId) -> Result<Vec<Value>, StoreError> {
    let rows =
        ticket::Entity::find().filter(ticket::COLUMN.user_id.eq(user)).order_by_asc(ticket::Column::Number);
    let mut tickets = Vec::new();
    for row in rows.all(tx.raw()).await? {
        let said = ticket_message::Entity::find()
            .filter(ticket_message::COLUMN.ticket_id.eq(row.id))
            .order_by_asc(ticket_message::Column::Id);
        let one = |message: ticket_message::Model| {
            json!({
                "from": if message.author == Author::User { "you" } else { "shop" },
                "at": message.created_at,
                "text": message.text,
                "file": message.file_name,
            })
        };
        let messages: Vec<Value> = said.all(tx.raw()).await?.into_iter().map(one).collect();
        tickets.push(json!({
            "number": row.number,
            "topic": row.topic.code(),
            "state": row.state.code(),
            "rating": row.rating,
            "created_at": row.created_at,
            "messages": messages,
        }));
    }
    Ok(tickets)
}
