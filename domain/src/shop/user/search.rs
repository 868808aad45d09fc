//! Finding a user by whatever the shop's people have at hand.

use std::collections::BTreeSet;

use sea_orm::{
    ColumnTrait, Condition, EntityTrait, ExprTrait, QueryFilter, QueryOrder, QuerySelect,
    sea_query::{Expr, Func},
};

use crate::{
    db::{StoreError, TenantConn},
    entities::tenant::{
        subscription,
        user::{COLUMN, Column, Entity, Model},
    },
    ids::UserId,
    locale::digits,
    shop::order::list::{self, Cursor},
};

/// More than this is no answer but a list: the question has to be closer.
pub const AT_MOST: usize = 6;

/// The users that `typed` can mean: a number at Telegram, @username, an order's number, the name of an
/// account on the panel, or a first name. Who was here last is first.
///
/// # Errors
/// [`StoreError::Database`].
pub async fn search(tx: &impl TenantConn, typed: &str) -> Result<Vec<Model>, StoreError> {
    let text = digits::western(typed.trim()).to_lowercase();
    let name = ["https://t.me/", "t.me/", "@"].iter().find_map(|head| text.strip_prefix(head));
    let name = name.unwrap_or(&text);
    if name.is_empty() {
        return Ok(Vec::new());
    }
    let lower = |column: Column| Expr::expr(Func::lower(Expr::col(column)));
    let mut meant = Condition::any()
        .add(lower(Column::Username).eq(name))
        .add(lower(Column::FirstName).eq(name))
        .add(Column::FirstName.eq(typed.trim()));
    if let Ok(telegram_id) = text.parse::<i64>() {
        meant = meant.add(COLUMN.telegram_id.eq(telegram_id));
    }
    meant = meant.add(Column::Id.is_in(having(tx, &text).await?));
    Ok(Entity::find()
        .filter(meant)
        .order_by_desc(Column::LastSeenAt)
        .order_by_desc(Column::Id)
        .limit(AT_MOST as u64)
        .all(tx.raw())
        .await?)
}

/// Whose order or account this is.
async fn having(tx: &impl TenantConn, text: &str) -> Result<BTreeSet<UserId>, StoreError> {
    let accounts = subscription::Entity::find().filter(subscription::COLUMN.username.eq(text));
    let accounts = accounts.all(tx.raw()).await?.into_iter().map(|row| row.user_id);
    let orders = list::page(tx, None, text, Cursor::Newest).await?;
    Ok(accounts.chain(orders.sales.into_iter().map(|sale| sale.order.user_id)).collect())
}
