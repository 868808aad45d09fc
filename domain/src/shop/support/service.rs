//! Tickets and their messages as rows.

use chrono::Duration;
use sea_orm::{
    ActiveModelTrait, ActiveValue::Set, ColumnTrait, EntityTrait, IntoActiveModel, PaginatorTrait,
    QueryFilter, QueryOrder, QuerySelect, sea_query::OnConflict,
};

use super::rules::{self, LONGEST, Limit};
use crate::{
    clock::Clock,
    db::{Conn, StoreError, TenantConn, TenantTx},
    entities::tenant::{
        ticket::{ActiveModel, COLUMN, Column, Entity, Model, TicketState, Topic},
        ticket_message::{self as message, Author, FileKind},
        user,
    },
    ids::{BotId, RowId, TicketId, UserId},
    ports::Notice,
    shop::{
        notification::service::{self as notification, Recipient},
        staff::{rights::Right, service as staff},
    },
};

/// What somebody writes.
#[derive(Clone, Debug)]
pub struct Words {
    pub text: String,
    pub file: Option<File>,
    pub album: Option<String>,
    /// The update or the form by which it came.
    pub origin: String,
}

/// A file that lies at Telegram.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct File {
    pub kind: FileKind,
    pub file_id: String,
    pub name: Option<String>,
}

/// A user, and the bot to which he writes.
#[derive(Clone, Copy, Debug)]
pub struct Asker<'a> {
    pub user: &'a user::Model,
    pub bot: BotId,
    /// Who is told, if anybody is known.
    pub owner: Option<i64>,
}

/// Staff, and how it answers.
#[derive(Clone, Debug)]
pub struct Staff {
    /// An account of the panel, or `bot:` and a number at Telegram.
    pub by: String,
    /// The bot that has the file of the answer.
    pub bot: Option<BotId>,
}

/// What became of what a user wrote.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Written {
    /// It is there. `again` when it was there before, or goes with a picture of the same album, which
    /// was acknowledged.
    Taken {
        ticket: Model,
        again: bool,
    },
    TooMuch(Limit),
    /// It is nobody's, or another user's.
    NoTicket,
}

/// A new ticket with its first message.
///
/// # Errors
/// [`StoreError::Database`].
pub async fn open(
    tx: &TenantTx,
    asker: Asker<'_>,
    topic: Topic,
    words: Words,
) -> Result<Written, StoreError> {
    if let Some(limit) = limit(tx, asker.user, None).await? {
        return Ok(Written::TooMuch(limit));
    }
    // One writer a tenant: nobody takes the same number meanwhile.
    let last = Entity::find().order_by_desc(Column::Number).one(tx.raw()).await?;
    let row = ActiveModel {
        id: Set(TicketId::new()),
        number: Set(last.map_or(1, |last| last.number + 1)),
        user_id: Set(asker.user.id),
        bot_id: Set(asker.bot),
        topic: Set(topic),
        state: Set(TicketState::Waiting),
        rating: Set(None),
        closed_at: Set(None),
        created_at: Set(tx.now()),
        updated_at: Set(tx.now()),
    };
    let ticket = row.insert(tx.raw()).await?;
    let id = add(tx, &ticket, Author::User, asker.user.telegram_id.to_string(), asker.bot, words).await?;
    tell_staff(tx, asker, &ticket, id).await?;
    Ok(Written::Taken { ticket, again: false })
}

/// One more message of the ticket's user, which opens a closed one again.
///
/// # Errors
/// [`StoreError::Database`].
pub async fn write(
    tx: &TenantTx,
    asker: Asker<'_>,
    id: TicketId,
    words: Words,
) -> Result<Written, StoreError> {
    let Some(ticket) = lock(tx, id).await?.filter(|ticket| ticket.user_id == asker.user.id) else {
        return Ok(Written::NoTicket);
    };
    if let Some(limit) = limit(tx, asker.user, Some(&ticket)).await? {
        return Ok(Written::TooMuch(limit));
    }
    let last = last_message(tx, id).await?;
    let again = words.album.is_some() && last.is_some_and(|last| last.album == words.album);
    let by = asker.user.telegram_id.to_string();
    let Some(message) = add(tx, &ticket, Author::User, by, asker.bot, words).await? else {
        return Ok(Written::Taken { ticket, again: true });
    };
    let mut row = ticket.into_active_model();
    row.bot_id = Set(asker.bot);
    let ticket = moved(tx, row, TicketState::Waiting).await?;
    tell_staff(tx, asker, &ticket, Some(message)).await?;
    Ok(Written::Taken { ticket, again })
}

/// The shop's answer, which its user is told once. `None` when there is no such ticket.
///
/// # Errors
/// [`StoreError::Database`].
pub async fn answer(
    tx: &TenantTx,
    staff: Staff,
    id: TicketId,
    mut words: Words,
) -> Result<Option<Model>, StoreError> {
    let Some(ticket) = lock(tx, id).await? else { return Ok(None) };
    words.text = words.text.chars().take(LONGEST).collect();
    let bot = staff.bot.unwrap_or(ticket.bot_id);
    let Some(message) = add(tx, &ticket, Author::Staff, staff.by, bot, words).await? else {
        return Ok(Some(ticket));
    };
    let ticket = moved(tx, ticket.into_active_model(), TicketState::Answered).await?;
    let notice = Notice::TicketAnswered { ticket: id, message };
    tell_user(tx, &ticket, &format!("ticket_answered:{message}"), &notice).await?;
    Ok(Some(ticket))
}

/// Ends a ticket. Closed by staff, its user is told and asked how it was. `None` when there is none, or it
/// was closed before.
///
/// # Errors
/// [`StoreError::Database`].
pub async fn close(tx: &TenantTx, by: Author, id: TicketId) -> Result<Option<Model>, StoreError> {
    let found = lock(tx, id).await?.filter(|ticket| ticket.state != TicketState::Closed);
    let Some(ticket) = found else { return Ok(None) };
    let ticket = moved(tx, ticket.into_active_model(), TicketState::Closed).await?;
    if by == Author::Staff {
        let key = format!("ticket_closed:{id}:{}", tx.now().timestamp_millis());
        tell_user(tx, &ticket, &key, &Notice::TicketClosed { ticket: id }).await?;
    }
    Ok(Some(ticket))
}

/// Its user says how it was; false when that was said before, or cannot be said.
///
/// # Errors
/// [`StoreError::Database`].
pub async fn rate(tx: &TenantTx, user: UserId, id: TicketId, stars: i32) -> Result<bool, StoreError> {
    let found = lock(tx, id).await?.filter(|ticket| ticket.user_id == user && rules::STARS.contains(&stars));
    let Some(ticket) = found.filter(|ticket| rules::can_rate(ticket.state, ticket.rating)) else {
        return Ok(false);
    };
    let mut row = ticket.into_active_model();
    row.rating = Set(Some(stars));
    row.update(tx.raw()).await?;
    Ok(true)
}

/// What stands against a message of this user: into this ticket, or into a new one.
///
/// # Errors
/// [`StoreError::Database`].
pub async fn limit(
    tx: &impl TenantConn,
    user: &user::Model,
    into: Option<&Model>,
) -> Result<Option<Limit>, StoreError> {
    let own = Entity::find().filter(COLUMN.user_id.eq(user.id));
    let open = own.clone().filter(COLUMN.state.ne(TicketState::Closed)).count(tx.raw()).await?;
    let lately = message::Entity::find()
        .filter(message::COLUMN.written_by.eq(user.telegram_id.to_string()))
        .filter(message::COLUMN.author.eq(Author::User))
        .filter(message::COLUMN.created_at.gt(tx.clock().now() - Duration::hours(1)))
        .count(tx.raw())
        .await?;
    Ok(rules::limit(into.map(|ticket| ticket.state), open, lately))
}

/// # Errors
/// [`StoreError::Database`].
pub async fn find(tx: &impl TenantConn, id: TicketId) -> Result<Option<Model>, StoreError> {
    Ok(Entity::find_by_id(id).one(tx.raw()).await?)
}

/// # Errors
/// [`StoreError::Database`].
pub async fn find_message(tx: &impl TenantConn, id: RowId) -> Result<Option<message::Model>, StoreError> {
    Ok(message::Entity::find_by_id(id).one(tx.raw()).await?)
}

/// The newest messages of a ticket, the oldest of them first.
///
/// # Errors
/// [`StoreError::Database`].
pub async fn messages(
    tx: &impl TenantConn,
    id: TicketId,
    at_most: u64,
) -> Result<Vec<message::Model>, StoreError> {
    let newest = message::Entity::find()
        .filter(message::COLUMN.ticket_id.eq(id))
        .order_by_desc(message::Column::Id)
        .limit(at_most);
    let mut all = newest.all(tx.raw()).await?;
    all.reverse();
    Ok(all)
}

async fn lock(tx: &TenantTx, id: TicketId) -> Result<Option<Model>, StoreError> {
    Ok(Entity::find_by_id(id).lock_exclusive().one(tx.raw()).await?)
}

async fn last_message(tx: &impl TenantConn, id: TicketId) -> Result<Option<message::Model>, StoreError> {
    Ok(messages(tx, id, 1).await?.pop())
}

async fn moved(tx: &TenantTx, mut row: ActiveModel, state: TicketState) -> Result<Model, StoreError> {
    row.state = Set(state);
    row.closed_at = Set((state == TicketState::Closed).then(|| tx.now()));
    row.updated_at = Set(tx.now());
    Ok(row.update(tx.raw()).await?)
}

/// `None` when what came by this way is there.
async fn add(
    tx: &TenantTx,
    ticket: &Model,
    author: Author,
    written_by: String,
    bot: BotId,
    words: Words,
) -> Result<Option<RowId>, StoreError> {
    let id = RowId::new();
    let (kind, file_id, name) = match words.file {
        Some(file) => (Some(file.kind), Some(file.file_id), file.name),
        None => (None, None, None),
    };
    let row = message::ActiveModel {
        id: Set(id),
        ticket_id: Set(ticket.id),
        author: Set(author),
        written_by: Set(written_by),
        text: Set(words.text),
        bot_id: Set(bot),
        file_kind: Set(kind),
        file_id: Set(file_id),
        file_name: Set(name),
        album: Set(words.album),
        origin: Set(words.origin),
        created_at: Set(tx.now()),
    };
    let keep = OnConflict::new().do_nothing().to_owned();
    let added = message::Entity::insert(row).on_conflict(keep).exec_without_returning(tx.raw()).await?;
    Ok((added == 1).then_some(id))
}

/// The owner, and who else answers.
async fn tell_staff(
    tx: &TenantTx,
    asker: Asker<'_>,
    ticket: &Model,
    message: Option<RowId>,
) -> Result<(), StoreError> {
    let Some(message) = message else { return Ok(()) };
    let key = format!("ticket_written:{message}");
    let notice = Notice::TicketWritten { ticket: ticket.id, message };
    if let Some(telegram_id) = asker.owner {
        let to = Recipient { bot: asker.bot, telegram_id };
        notification::queue(tx, to, &key, &notice).await?;
    }
    staff::tell(tx, Right::Tickets, asker.owner, &key, &notice).await
}

async fn tell_user(tx: &TenantTx, ticket: &Model, key: &str, notice: &Notice) -> Result<(), StoreError> {
    let Some(user) = user::Entity::find_by_id(ticket.user_id).one(tx.raw()).await? else { return Ok(()) };
    let to = Recipient { bot: ticket.bot_id, telegram_id: user.telegram_id };
    notification::queue(tx, to, key, notice).await
}
