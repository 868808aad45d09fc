//! Forgetting a person. What the books need stays, and says whose it was by a pseudonym that leads to
//! nobody: orders, grants, refunds and the ledger name a user by our own number. The hash by which a trial is
//! remembered stays as well, so that nobody gets a second one.
//!
//! A user's row stays because those rows point to it; nothing that Telegram says of him is left in it. Whoever
//! comes again is somebody new.

use sea_orm::{
    ActiveModelTrait,
    ActiveValue::Set,
    ColumnTrait, Condition, EntityTrait, IntoActiveModel, QueryFilter,
    sea_query::{Expr, Query, SelectStatement},
};

use serde_json::{Value, json};

use super::{
    held::{self, Held},
    person::Person,
};
use crate::{
    db::{Conn, StoreError, TenantTx},
    entities::tenant::{
        access_choice,
        broadcast_recipient::{self, RecipientState},
        chat, faq_vote, link, link_body, mail_address, notice_choice,
        notification::{self, MailState, NotificationState},
        order::{self, OrderState},
        order_event, parked_update, payment_inbox, promo_holder,
        receipt::{self, Unread},
        receipt_picture, referral_code, refund, staff_act, staff_member,
        subscription::{self, TargetState},
        ticket::{self, TicketState},
        ticket_message, user,
    },
    jobs,
    locale::Locale,
    ports::PaymentFacts,
    shop::{
        order::service as orders,
        renewal::{agreement, saved},
        subscription::jobs::Provision,
    },
};

/// What came of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Erased {
    Done,
    /// Money is under way.
    Not(Vec<Held>),
}

/// Forgets a user, in the transaction of the caller. The account on the panel is removed by the job that
/// drives it, when the panel answers.
///
/// # Errors
/// [`StoreError`].
pub async fn erase(tx: &TenantTx, user: &user::Model) -> Result<Erased, StoreError> {
    let held = held::all(tx, user.id).await?;
    if !held.is_empty() {
        return Ok(Erased::Not(held));
    }
    let person = Person::of(user);
    agreement::end_all(tx, user.id).await?;
    saved::forget(tx, user.id).await?;
    end_access(tx, user).await?;
    money(tx, user, &person).await?;
    tickets(tx, user, &person).await?;
    staff(tx, &person).await?;
    messages(tx, user, &person).await?;
    choices(tx, user).await?;
    replace(tx, user, person).await?;
    Ok(Erased::Done)
}

async fn end_access(tx: &TenantTx, user: &user::Model) -> Result<(), StoreError> {
    let all = subscription::Entity::find().filter(subscription::COLUMN.user_id.eq(user.id));
    for row in all.all(tx.raw()).await? {
        link::Entity::delete_by_id(row.id).exec(tx.raw()).await?;
        let bodies = link_body::Entity::delete_many();
        bodies.filter(link_body::COLUMN.subscription_id.eq(row.id)).exec(tx.raw()).await?;
        let (subscription, panel, version) = (row.id, row.panel_id, row.target_version + 1);
        let mut row = row.into_active_model();
        row.target_status = Set(TargetState::Removed);
        row.target_version = Set(version);
        row.links = Set(json!([]));
        row.subscription_url = Set(None);
        row.update(tx.raw()).await?;
        jobs::enqueue(tx, &Provision { subscription, panel }, tx.now()).await?;
    }
    Ok(())
}

/// What was said of payments keeps its sums: `verify-money` replays it.
async fn money(tx: &TenantTx, user: &user::Model, person: &Person) -> Result<(), StoreError> {
    let own = order::Entity::find().filter(order::COLUMN.user_id.eq(user.id)).all(tx.raw()).await?;
    for order in &own {
        if matches!(order.state, OrderState::New | OrderState::Pending) {
            orders::advance(tx, order, OrderState::Expired).await?;
        }
    }
    order::Entity::update_many()
        .col_expr(order::Column::PayUrl, Expr::value(Option::<String>::None))
        .filter(order::COLUMN.user_id.eq(user.id))
        .exec(tx.raw())
        .await?;
    let events =
        order_event::Entity::find().filter(order_event::Column::OrderId.in_subquery(orders_of(user)));
    for event in events.filter(order_event::Column::Detail.is_not_null()).all(tx.raw()).await? {
        let detail = event.detail.as_deref().map(|detail| person.without_words(detail));
        if detail != event.detail {
            let mut row = event.into_active_model();
            row.detail = Set(detail);
            row.update(tx.raw()).await?;
        }
    }
    let refs = own.iter().map(|order| order.id.to_string());
    let heard = payment_inbox::Entity::find().filter(payment_inbox::Column::OrderRef.is_in(refs));
    for heard in heard.all(tx.raw()).await? {
        let body = match serde_json::from_str::<PaymentFacts>(&heard.body) {
            // The sums are read again; what else the provider said of the payer is not.
            Ok(facts) => serde_json::to_string(&PaymentFacts { raw: Value::Null, ..facts })
                .map_err(|error| sea_orm::DbErr::Json(error.to_string()))?,
            Err(_) => person.without_body(&heard.body),
        };
        let mut row = heard.into_active_model();
        row.body = Set(body);
        row.update(tx.raw()).await?;
    }
    receipts(tx, user).await?;
    let refunds = refund::Entity::find().filter(refund::Column::OrderId.in_subquery(orders_of(user)));
    for row in refunds.all(tx.raw()).await? {
        let reason = person.without_words(&row.reason);
        let mut row = row.into_active_model();
        row.reason = Set(reason);
        row.update(tx.raw()).await?;
    }
    Ok(())
}

/// Pictures that were sent as proof go, and what could fetch them again.
async fn receipts(tx: &TenantTx, user: &user::Model) -> Result<(), StoreError> {
    let all = receipt::Entity::find().filter(receipt::Column::OrderId.in_subquery(orders_of(user)));
    for row in all.all(tx.raw()).await? {
        receipt_picture::Entity::delete_by_id(row.id).exec(tx.raw()).await?;
        let unique = format!("erased:{}", row.id);
        let mut row = row.into_active_model();
        row.file_id = Set(String::new());
        row.file_unique_id = Set(unique);
        row.album = Set(None);
        row.sha256 = Set(None);
        row.mime = Set(None);
        row.unread = Set(Some(Unread::Gone));
        row.note = Set(None);
        row.update(tx.raw()).await?;
    }
    Ok(())
}

/// What was written in a user's tickets goes, whoever wrote it: answers name people too.
async fn tickets(tx: &TenantTx, user: &user::Model, person: &Person) -> Result<(), StoreError> {
    ticket::Entity::update_many()
        .col_expr(ticket::Column::State, Expr::value(TicketState::Closed))
        .filter(ticket::COLUMN.user_id.eq(user.id))
        .exec(tx.raw())
        .await?;
    let own = Query::select()
        .column(ticket::Column::Id)
        .from(ticket::Entity)
        .and_where(ticket::Column::UserId.eq(user.id))
        .to_owned();
    let said = ticket_message::Entity::find().filter(ticket_message::Column::TicketId.in_subquery(own));
    for message in said.all(tx.raw()).await? {
        let (origin, by) = (format!("erased:{}", message.id), person.without_words(&message.written_by));
        let mut row = message.into_active_model();
        row.text = Set("—".into());
        row.written_by = Set(by);
        row.file_kind = Set(None);
        row.file_id = Set(None);
        row.file_name = Set(None);
        row.album = Set(None);
        row.origin = Set(origin);
        row.update(tx.raw()).await?;
    }
    Ok(())
}

/// Whoever helped to run the shop does so no more; what he did stays, done by nobody who is known.
async fn staff(tx: &TenantTx, person: &Person) -> Result<(), StoreError> {
    let members = staff_member::Entity::delete_many();
    members.filter(staff_member::COLUMN.telegram_id.eq(person.telegram_id)).exec(tx.raw()).await?;
    let (was, is) = person.as_staff();
    ticket_message::Entity::update_many()
        .col_expr(ticket_message::Column::WrittenBy, Expr::value(is.clone()))
        .filter(ticket_message::COLUMN.written_by.eq(was.as_str()))
        .exec(tx.raw())
        .await?;
    receipt::Entity::update_many()
        .col_expr(receipt::Column::DecidedBy, Expr::value(is.clone()))
        .filter(receipt::COLUMN.decided_by.eq(Some(was.clone())))
        .exec(tx.raw())
        .await?;
    refund::Entity::update_many()
        .col_expr(refund::Column::RequestedBy, Expr::value(is.clone()))
        .filter(refund::COLUMN.requested_by.eq(was.as_str()))
        .exec(tx.raw())
        .await?;
    let named = Condition::any()
        .add(staff_act::COLUMN.done_by.eq(was.as_str()))
        .add(staff_act::COLUMN.subject.eq(person.telegram_id.to_string()));
    for act in staff_act::Entity::find().filter(named).all(tx.raw()).await? {
        let subject = person.without_words(&act.subject);
        let detail = person.without(act.detail.clone());
        let did_it = act.done_by == was;
        let mut row = act.into_active_model();
        row.subject = Set(subject);
        row.detail = Set(detail);
        if did_it {
            row.done_by = Set(is.clone());
            row.name = Set(person.name.clone());
        }
        row.update(tx.raw()).await?;
    }
    Ok(())
}

/// What was sent to him, and what is still to be sent, which nobody gets.
async fn messages(tx: &TenantTx, user: &user::Model, person: &Person) -> Result<(), StoreError> {
    let id = person.telegram_id;
    let told = notification::Entity::find().filter(notification::COLUMN.telegram_id.eq(id));
    for row in told.all(tx.raw()).await? {
        let is_waiting = row.state == NotificationState::Waiting;
        let is_to_be_mailed = row.mail == Some(MailState::Waiting);
        let mut row = row.into_active_model();
        row.telegram_id = Set(person.number);
        row.notice = Set(Value::Null);
        if is_waiting {
            row.state = Set(NotificationState::Suppressed);
        }
        if is_to_be_mailed {
            row.mail = Set(Some(MailState::Suppressed));
        }
        row.update(tx.raw()).await?;
    }
    let of_user = broadcast_recipient::COLUMN.user_id.eq(user.id);
    broadcast_recipient::Entity::update_many()
        .col_expr(broadcast_recipient::Column::State, Expr::value(RecipientState::Blocked))
        .filter(of_user.clone())
        .filter(broadcast_recipient::COLUMN.state.eq(RecipientState::Waiting))
        .exec(tx.raw())
        .await?;
    broadcast_recipient::Entity::update_many()
        .col_expr(broadcast_recipient::Column::TelegramId, Expr::value(person.number))
        .col_expr(broadcast_recipient::Column::Locale, Expr::value(Locale::En))
        .col_expr(broadcast_recipient::Column::Reason, Expr::value(Option::<String>::None))
        .filter(of_user)
        .exec(tx.raw())
        .await?;
    chat::Entity::delete_many().filter(chat::COLUMN.telegram_id.eq(id)).exec(tx.raw()).await?;
    parked_update::Entity::delete_many().filter(parked_update::COLUMN.chat.eq(id)).exec(tx.raw()).await?;
    Ok(())
}

async fn choices(tx: &TenantTx, user: &user::Model) -> Result<(), StoreError> {
    notice_choice::Entity::delete_by_id(user.id).exec(tx.raw()).await?;
    mail_address::Entity::delete_by_id(user.id).exec(tx.raw()).await?;
    access_choice::Entity::delete_by_id(user.id).exec(tx.raw()).await?;
    promo_holder::Entity::delete_by_id(user.id).exec(tx.raw()).await?;
    referral_code::Entity::delete_by_id(user.id).exec(tx.raw()).await?;
    faq_vote::Entity::delete_many().filter(faq_vote::COLUMN.user_id.eq(user.id)).exec(tx.raw()).await?;
    Ok(())
}

async fn replace(tx: &TenantTx, user: &user::Model, person: Person) -> Result<(), StoreError> {
    let mut row = user.clone().into_active_model();
    row.telegram_id = Set(person.number);
    row.first_name = Set(person.name);
    row.username = Set(None);
    // The same for everybody who is forgotten.
    row.locale = Set(Locale::En.code().to_owned());
    row.language_chosen_at = Set(None);
    row.rules_accepted_at = Set(None);
    row.calendar = Set(None);
    row.source = Set(None);
    row.update(tx.raw()).await?;
    Ok(())
}

fn orders_of(user: &user::Model) -> SelectStatement {
    Query::select()
        .column(order::Column::Id)
        .from(order::Entity)
        .and_where(order::Column::UserId.eq(user.id))
        .to_owned()
}
