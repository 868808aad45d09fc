//! Bots as rows: which exist, which should run, and every change of state with its reason.

use sea_orm::{
    ActiveValue::Set, ColumnTrait, EntityTrait, ExprTrait, Iterable, QueryFilter, QueryOrder, QuerySelect,
    sea_query::Expr,
};
use serde_json::json;

use super::rules::{self, IllegalMove};
use crate::{
    args,
    db::{Conn, MasterConn, MasterDb, MasterTx, StoreError},
    entities::master::{
        bot_event,
        bot_instance::{self, BotState, COLUMN, Column, Entity},
    },
    error::Explain,
    ids::{AccountId, BotId, RowId, TenantId},
    locale::Args,
    platform::{audit, deployment},
};

/// Why a bot did not change.
#[derive(Debug, thiserror::Error)]
pub enum BotError {
    #[error(transparent)]
    Illegal(#[from] IllegalMove),
    /// Somebody changed it in the meantime, or it is gone.
    #[error("the bot changed in the meantime")]
    Changed,
    /// What was typed to confirm is not the bot's name.
    #[error("another name")]
    Name,
    /// Telegram is being told to take no further payments for it.
    #[error("users of the bot have subscriptions that are being cancelled")]
    Subscribed,
    #[error(transparent)]
    Internal(#[from] StoreError),
}

impl Explain for BotError {
    fn explain(&self) -> Option<(&'static str, Args)> {
        match self {
            Self::Illegal(_) | Self::Changed => Some(("error-conflict", args![])),
            Self::Name => Some(("error-bot-name", args![])),
            Self::Subscribed => Some(("error-bot-subscribed", args![])),
            Self::Internal(_) => None,
        }
    }
}

/// What a customer can do with a bot that has been live.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Action {
    Pause,
    Resume,
    Maintain,
    /// Stops and starts whatever runs the bot.
    Restart,
}

/// # Errors
/// [`StoreError::Database`].
pub async fn find(conn: &impl MasterConn, id: BotId) -> Result<Option<bot_instance::Model>, StoreError> {
    Ok(Entity::find_by_id(id).filter(COLUMN.state.ne(BotState::Deleted)).one(conn.raw()).await?)
}

/// The bot for change: nobody else moves it until the transaction ends.
pub(super) async fn lock(tx: &MasterTx, id: BotId) -> Result<Option<bot_instance::Model>, StoreError> {
    let live = COLUMN.state.ne(BotState::Deleted);
    Ok(Entity::find_by_id(id).filter(live).lock_exclusive().one(tx.raw()).await?)
}

/// The tenant's own bot, or nothing: a foreign bot is no different from one that does not exist.
///
/// # Errors
/// [`StoreError::Database`].
pub async fn find_of(
    conn: &impl MasterConn,
    tenant: TenantId,
    id: BotId,
) -> Result<Option<bot_instance::Model>, StoreError> {
    Ok(find(conn, id).await?.filter(|bot| bot.tenant_id == tenant))
}

/// The tenant's bots, the oldest first.
///
/// # Errors
/// [`StoreError::Database`].
pub async fn of_tenant(
    conn: &impl MasterConn,
    tenant: TenantId,
) -> Result<Vec<bot_instance::Model>, StoreError> {
    Ok(Entity::find()
        .filter(COLUMN.tenant_id.eq(tenant))
        .filter(COLUMN.state.ne(BotState::Deleted))
        .order_by_asc(Column::Id)
        .all(conn.raw())
        .await?)
}

/// The bots that should take updates now: those in a state that [`rules::runs`] and with a token.
/// A change of `secret_epoch` or `restarts` means that a running one has to begin again.
///
/// # Errors
/// [`StoreError::Database`].
pub async fn desired(conn: &impl MasterConn) -> Result<Vec<bot_instance::Model>, StoreError> {
    let running: Vec<_> = BotState::iter().filter(|state| rules::runs(*state)).collect();
    Ok(Entity::find()
        .filter(COLUMN.state.is_in(running))
        .filter(Column::SealedToken.is_not_null())
        .order_by_asc(Column::Id)
        .all(conn.raw())
        .await?)
}

/// Moves the bot and writes its history. The state it has already is a change of reason only.
///
/// # Errors
/// [`BotError`].
pub async fn set_state(
    tx: &MasterTx,
    id: BotId,
    to: BotState,
    reason: Option<&str>,
) -> Result<BotState, BotError> {
    let bot = find(tx, id).await?.ok_or(BotError::Changed)?;
    if bot.state == to && bot.reason.as_deref() == reason {
        return Ok(bot.state);
    }
    if bot.state != to {
        rules::check_move(bot.state, to)?;
    }
    let since = if bot.state == to { bot.state_since } else { tx.now() };
    let changed = Entity::update_many()
        .col_expr(Column::State, Expr::value(to))
        .col_expr(Column::Reason, Expr::value(reason.map(str::to_owned)))
        .col_expr(Column::StateSince, Expr::value(since))
        .filter(COLUMN.id.eq(id))
        .filter(COLUMN.state.eq(bot.state))
        .exec(tx.raw())
        .await
        .map_err(StoreError::from)?;
    if changed.rows_affected == 0 {
        return Err(BotError::Changed);
    }
    let event = bot_event::ActiveModel {
        id: Set(RowId::new()),
        bot_id: Set(id),
        from_state: Set(bot.state),
        to_state: Set(to),
        reason: Set(reason.map(str::to_owned)),
        at: Set(tx.now()),
    };
    bot_event::Entity::insert(event).exec_without_returning(tx.raw()).await.map_err(StoreError::from)?;
    Ok(to)
}

/// Does what the customer asked for, and notes who asked.
///
/// # Errors
/// [`BotError`].
pub async fn act(
    master: &MasterDb,
    account: AccountId,
    bot: &bot_instance::Model,
    action: Action,
) -> Result<(), BotError> {
    let tx = master.write().await?;
    let name = match action {
        Action::Pause => {
            set_state(&tx, bot.id, BotState::Paused, Some("bot-reason-owner")).await?;
            "bot.pause"
        }
        Action::Resume => {
            // A bot without a token or one that never started is not merely asleep.
            if !matches!(bot.state, BotState::Paused | BotState::Maintenance) {
                return Err(IllegalMove { from: bot.state, to: BotState::Live }.into());
            }
            set_state(&tx, bot.id, BotState::Live, None).await?;
            "bot.resume"
        }
        Action::Maintain => {
            set_state(&tx, bot.id, BotState::Maintenance, Some("bot-reason-owner")).await?;
            "bot.maintain"
        }
        Action::Restart => {
            if bot.state == BotState::Failed {
                if !deployment::was_bot_live(&tx, bot.id).await? {
                    return Err(IllegalMove { from: bot.state, to: BotState::Live }.into());
                }
                set_state(&tx, bot.id, BotState::Live, None).await?;
            }
            count_restart(&tx, bot.id).await?;
            "bot.restart"
        }
    };
    note(&tx, account, bot, name).await?;
    Ok(tx.commit().await?)
}

/// The shop's people close the bot for its users, or open it again, from inside of it. False when it was
/// so before.
///
/// # Errors
/// [`BotError`].
pub async fn maintain_by_staff(master: &MasterDb, id: BotId, on: bool) -> Result<bool, BotError> {
    let tx = master.write().await?;
    let bot = lock(&tx, id).await?.ok_or(BotError::Changed)?;
    let (from, to) = match on {
        true => (BotState::Live, BotState::Maintenance),
        false => (BotState::Maintenance, BotState::Live),
    };
    if bot.state == to {
        return Ok(false);
    }
    if bot.state != from {
        return Err(IllegalMove { from: bot.state, to }.into());
    }
    set_state(&tx, id, to, on.then_some("bot-reason-staff")).await?;
    let entry = audit::Entry {
        account: None,
        tenant: Some(bot.tenant_id),
        action: if on { "bot.maintain" } else { "bot.resume" },
        subject: id.to_string(),
        // Who it was stands in the shop's own rows.
        detail: json!({ "by": "staff" }),
    };
    audit::append(&tx, entry).await?;
    tx.commit().await?;
    Ok(true)
}

/// Deletes the bot that the customer named: it stops, its token is forgotten, and another shop may
/// connect it. Users, orders and access belong to the shop and stay.
///
/// # Errors
/// [`BotError`].
pub async fn delete(
    master: &MasterDb,
    account: AccountId,
    bot: &bot_instance::Model,
    typed: &str,
) -> Result<(), BotError> {
    if !rules::is_named(bot.name.as_deref(), bot.username.as_deref(), typed) {
        return Err(BotError::Name);
    }
    let tx = master.write().await?;
    set_state(&tx, bot.id, BotState::Deleted, Some("bot-reason-owner")).await?;
    Entity::update_many()
        .col_expr(Column::SealedToken, Expr::value(None::<Vec<u8>>))
        .filter(COLUMN.id.eq(bot.id))
        .exec(tx.raw())
        .await
        .map_err(StoreError::from)?;
    deployment::again::without(&tx, bot.tenant_id, bot.id).await?;
    note(&tx, account, bot, "bot.delete").await?;
    Ok(tx.commit().await?)
}

/// The bot's history, the newest first.
///
/// # Errors
/// [`StoreError::Database`].
pub async fn history(conn: &impl MasterConn, id: BotId) -> Result<Vec<bot_event::Model>, StoreError> {
    Ok(bot_event::Entity::find()
        .filter(bot_event::COLUMN.bot_id.eq(id))
        .order_by_desc(bot_event::Column::Id)
        .all(conn.raw())
        .await?)
}

/// Telegram refused the token that the bot had in this epoch: the bot waits for a new one. False when
/// it has another token by now, or was moved out of the way.
///
/// # Errors
/// [`StoreError::Database`].
pub async fn refuse_token(tx: &MasterTx, id: BotId, secret_epoch: i64) -> Result<bool, StoreError> {
    let bot = Entity::find_by_id(id).lock_exclusive().one(tx.raw()).await?;
    if bot.is_none_or(|bot| bot.secret_epoch != secret_epoch) {
        return Ok(false);
    }
    match set_state(tx, id, BotState::NeedsToken, Some("error-token-revoked")).await {
        Ok(_) => Ok(true),
        Err(BotError::Internal(error)) => Err(error),
        Err(_) => Ok(false),
    }
}

/// Notes what Telegram was told of our webhook; `None` when it has none any more. A bot that has
/// another token by now is left alone.
///
/// # Errors
/// [`StoreError::Database`].
pub async fn note_webhook(
    master: &MasterDb,
    id: BotId,
    secret_epoch: i64,
    told: Option<&str>,
) -> Result<(), StoreError> {
    let tx = master.write().await?;
    Entity::update_many()
        .col_expr(Column::WebhookSet, Expr::value(told.map(str::to_owned)))
        .filter(COLUMN.id.eq(id))
        .filter(COLUMN.secret_epoch.eq(secret_epoch))
        .exec(tx.raw())
        .await?;
    tx.commit().await
}

async fn note(
    tx: &MasterTx,
    account: AccountId,
    bot: &bot_instance::Model,
    action: &str,
) -> Result<(), StoreError> {
    let entry = audit::Entry {
        account: Some(account),
        tenant: Some(bot.tenant_id),
        action,
        subject: bot.id.to_string(),
        detail: json!({}),
    };
    audit::append(tx, entry).await
}

async fn count_restart(tx: &MasterTx, id: BotId) -> Result<(), StoreError> {
    Entity::update_many()
        .col_expr(Column::Restarts, Expr::col(Column::Restarts).add(1))
        .filter(COLUMN.id.eq(id))
        .exec(tx.raw())
        .await?;
    Ok(())
}
