//! Which updates were answered. An effect happens once because the shop's own database knows its update;
//! a screen is shown once because this table does. It is the platform's, so that the answers of all bots
//! that were given at the same time share one commit.

use chrono::Duration;
use sea_orm::{
    ActiveValue::Set, ColumnTrait, EntityTrait, PaginatorTrait, QueryFilter, QuerySelect,
    sea_query::OnConflict,
};

use crate::{
    db::{Conn, MasterConn, MasterDb, MasterTx, StoreError},
    entities::master::answered_update::{ActiveModel, COLUMN, Column, Entity, Outcome},
    ids::{BotId, RowId},
};

/// An update comes again when its acknowledgement was lost: at once, then after 2, 4, 8 … and never more
/// than 120 seconds (tdlib/telegram-bot-api, `WebhookActor.cpp`).
const KEPT: Duration = Duration::hours(1);

/// Rows of one statement: SQLite takes 32 766 values.
pub const AT_ONCE: usize = 1_000;

/// An update and what became of its answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Answered {
    pub bot: BotId,
    pub update: i64,
    pub outcome: Outcome,
}

/// What became of the update's answer; `None` when it was not answered.
///
/// # Errors
/// [`StoreError::Database`].
pub async fn find(master: &impl MasterConn, bot: BotId, update: i64) -> Result<Option<Outcome>, StoreError> {
    let outcome = Entity::find().select_only().column(Column::Outcome);
    let outcome = outcome.filter(COLUMN.bot_id.eq(bot)).filter(COLUMN.update_id.eq(update));
    Ok(outcome.into_tuple().one(master.raw()).await?)
}

/// The highest update of the bot that is remembered.
///
/// # Errors
/// [`StoreError::Database`].
pub async fn newest(master: &impl MasterConn, bot: BotId) -> Result<Option<i64>, StoreError> {
    let newest = Entity::find().select_only().column_as(Column::UpdateId.max(), "newest");
    let newest: Option<Option<i64>> =
        newest.filter(COLUMN.bot_id.eq(bot)).into_tuple().one(master.raw()).await?;
    Ok(newest.flatten())
}

/// Keeps them, [`AT_ONCE`] at the most, in one commit.
///
/// # Errors
/// [`StoreError::Database`].
pub async fn keep(master: &MasterDb, answered: &[Answered]) -> Result<(), StoreError> {
    let tx = master.write().await?;
    let rows = answered.iter().map(|one| ActiveModel {
        id: Set(RowId::new()),
        bot_id: Set(one.bot),
        update_id: Set(one.update),
        outcome: Set(one.outcome),
        at: Set(tx.now()),
    });
    let first = OnConflict::new().do_nothing().to_owned();
    Entity::insert_many(rows).on_conflict(first).exec_without_returning(tx.raw()).await?;
    tx.commit().await
}

/// Forgets what cannot come again.
///
/// # Errors
/// [`StoreError::Database`].
pub async fn forget_old(tx: &MasterTx) -> Result<u64, StoreError> {
    let old = COLUMN.at.lt(tx.now() - KEPT);
    Ok(Entity::delete_many().filter(old).exec(tx.raw()).await?.rows_affected)
}

/// How many answers of a bot nobody knows to have arrived, of those that are remembered.
///
/// # Errors
/// [`StoreError::Database`].
pub async fn unknown(master: &impl MasterConn, bot: BotId) -> Result<u64, StoreError> {
    let unknown = Entity::find().filter(COLUMN.bot_id.eq(bot)).filter(COLUMN.outcome.eq(Outcome::Unknown));
    Ok(unknown.count(master.raw()).await?)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing;

    #[tokio::test]
    async fn an_answer_is_remembered_for_an_hour_as_it_was_first() {
        for test in testing::stores().await {
            let (bot, master) = (BotId::new(), test.master());
            let one = |update, outcome| Answered { bot, update, outcome };
            keep(master, &[one(1, Outcome::Told), one(2, Outcome::Unknown)]).await.unwrap();
            keep(master, &[one(2, Outcome::Told), one(3, Outcome::Told)]).await.unwrap();
            assert_eq!(find(master, bot, 1).await.unwrap(), Some(Outcome::Told));
            assert_eq!(find(master, bot, 2).await.unwrap(), Some(Outcome::Unknown), "{}", test.name());
            assert_eq!(find(master, bot, 4).await.unwrap(), None);
            assert_eq!(find(master, BotId::new(), 1).await.unwrap(), None, "another bot's");
            assert_eq!(unknown(master, bot).await.unwrap(), 1);
            assert_eq!(newest(master, bot).await.unwrap(), Some(3));
            assert_eq!(newest(master, BotId::new()).await.unwrap(), None, "another bot's");

            test.clock.advance(KEPT);
            keep(master, &[one(5, Outcome::Told)]).await.unwrap();
            test.clock.advance(Duration::seconds(1));
            let tx = master.write().await.unwrap();
            assert_eq!(forget_old(&tx).await.unwrap(), 3);
            tx.commit().await.unwrap();
            assert_eq!(find(master, bot, 5).await.unwrap(), Some(Outcome::Told));
        }
    }

    #[tokio::test]
    async fn as_many_as_wait_at_once_fit_into_one_statement() {
        for test in testing::stores().await {
            let bot = BotId::new();
            let many = (0..AT_ONCE as i64).map(|update| Answered { bot, update, outcome: Outcome::Told });
            keep(test.master(), &many.collect::<Vec<_>>()).await.unwrap();
            assert!(find(test.master(), bot, AT_ONCE as i64 - 1).await.unwrap().is_some());
        }
    }
}
