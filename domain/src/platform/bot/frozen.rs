//! Telegram's wish that a bot sends nothing for a while, kept for a process that begins meanwhile.

use chrono::{DateTime, Duration, Utc};
use sea_orm::{ActiveValue::Set, EntityTrait, QueryFilter};

use crate::{
    db::{Conn, MasterDb, MasterTx, StoreError},
    entities::master::frozen_chat::{ActiveModel, COLUMN, Entity, Model},
    ids::{BotId, RowId},
};

/// What Telegram asks for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Freeze {
    pub bot: BotId,
    pub chat: i64,
    /// All broadcasts of the bot wait.
    pub broadcasts: bool,
    pub length: Duration,
}

/// Keeps it, and forgets those that are over.
///
/// # Errors
/// [`StoreError::Database`].
pub async fn keep(master: &MasterDb, freeze: Freeze) -> Result<(), StoreError> {
    let tx = master.write().await?;
    forget_old(&tx).await?;
    let row = ActiveModel {
        id: Set(RowId::new()),
        bot_id: Set(freeze.bot),
        chat: Set(freeze.chat),
        broadcasts: Set(freeze.broadcasts),
        until: Set(tx.now() + freeze.length),
    };
    Entity::insert(row).exec_without_returning(tx.raw()).await?;
    tx.commit().await
}

/// Those that last, with how long they still do.
///
/// # Errors
/// [`StoreError::Database`].
pub async fn all(master: &MasterDb) -> Result<Vec<Freeze>, StoreError> {
    let now = master.clock().now();
    let rows = Entity::find().filter(COLUMN.until.gt(now)).all(master.raw()).await?;
    Ok(rows.into_iter().map(|row| of(&row, now)).collect())
}

/// # Errors
/// [`StoreError::Database`].
pub async fn forget_old(tx: &MasterTx) -> Result<(), StoreError> {
    Entity::delete_many().filter(COLUMN.until.lte(tx.now())).exec(tx.raw()).await?;
    Ok(())
}

fn of(row: &Model, now: DateTime<Utc>) -> Freeze {
    Freeze { bot: row.bot_id, chat: row.chat, broadcasts: row.broadcasts, length: row.until - now }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing;

    #[tokio::test]
    async fn a_wish_to_wait_is_kept_until_it_is_over() {
        for test in testing::stores().await {
            let (master, bot) = (test.master(), BotId::new());
            let freeze = |chat, seconds| Freeze {
                bot,
                chat,
                broadcasts: chat == 8,
                length: Duration::seconds(seconds),
            };
            keep(master, freeze(7, 5)).await.unwrap();
            keep(master, freeze(8, 60)).await.unwrap();
            test.clock.advance(Duration::seconds(5));
            assert_eq!(all(master).await.unwrap(), [freeze(8, 55)], "{}", test.name());
            test.clock.advance(Duration::seconds(55));
            assert_eq!(all(master).await.unwrap(), []);
            keep(master, freeze(9, 1)).await.unwrap();
            assert_eq!(Entity::find().all(master.raw()).await.unwrap().len(), 1, "others are forgotten");
        }
    }
}
