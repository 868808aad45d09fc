//! A shop read back from its file, and what it may go on with.
//!
//! Queued work is never in the file. When the shop it came from is not on this server, it has moved:
//! payments that are still open are asked about, events that nobody has read are read, and time that is
//! owed is brought to the panel. When it is still here, the file is a copy, and everything open stays with
//! the original: its open orders expire in the copy, its refunds are given up there, its receipts are
//! decided there, its unread events are set aside, its providers are not asked for payments of which nobody
//! told, nobody is charged by the copy for what they agreed to with the original, and the copy gets no
//! panel's password, because two shops would drive the same accounts. Broadcasts go on in neither.

use std::path::Path;

use chrono::{DateTime, Utc};
use sea_orm::{
    ActiveModelTrait,
    ActiveValue::Set,
    ColumnTrait, EntityTrait, IntoActiveModel, QueryFilter,
    sea_query::{Expr, SimpleExpr},
};
use secrecy::SecretString;
use serde_json::json;

use super::service;
use crate::{
    db::{Arrived, Conn, ExportReport, StoreError, TenantStore, TenantTx},
    entities::{
        master::deployment_step::Step,
        tenant::{
            auto_renewal,
            broadcast::{self, BroadcastState},
            broadcast_recipient::{self, RecipientState},
            order::{self, OrderState},
            panel::{self, PanelState},
            payment_inbox::{self, InboxState},
            receipt::{self, ReceiptState, RejectReason, Unread},
            refund::{self, RefundState},
            saved_method, standing_payment, subscription,
        },
    },
    ids::{AccountId, CustomerId, TenantId},
    jobs,
    platform::{audit, billing, deployment},
    shop::{
        order::service as orders,
        panel::service::look_soon,
        payment::jobs::{PollPayment, SettlePayment},
        receipt::{jobs::FetchReceipt, service as receipts},
        refund::jobs::SendBack,
        renewal::{
            jobs::{ChargeSaved, TellStanding},
            service as renewals,
        },
        setting::service as settings,
        subscription::jobs::Provision,
        wallet::service as wallet,
    },
};

/// Why events that the original has not read yet are not read by its copy.
const WITH_THE_ORIGINAL: &str = "it stays with the shop that was copied";

/// Whose shop it becomes.
#[derive(Clone, Debug)]
pub struct NewOwner {
    pub customer: CustomerId,
    /// `None` keeps the shop's name.
    pub name: Option<String>,
    /// Who asks for it; `None` is the platform itself.
    pub account: Option<AccountId>,
}

/// A shop that was read back.
#[derive(Clone, Debug)]
pub struct Imported {
    pub tenant: TenantId,
    pub report: ExportReport,
    /// The shop it was exported from is on this server too.
    pub is_copy: bool,
}

/// Makes a new shop from an exported file. Its bot is connected anew, as in any new shop.
///
/// # Errors
/// As [`TenantStore::read_in`]; no shop is left behind.
pub async fn import(
    store: &TenantStore,
    path: &Path,
    owner: NewOwner,
    passphrase: Option<&SecretString>,
) -> Result<Imported, StoreError> {
    let mut arrived = store.read_in(path, owner.customer, passphrase).await?;
    let tenant = arrived.db.tenant();
    match settle_in(store, &mut arrived, owner).await {
        Ok(is_copy) => Ok(Imported { tenant, report: arrived.report, is_copy }),
        Err(error) => {
            store.remove(tenant).await?;
            Err(error)
        }
    }
}

async fn settle_in(store: &TenantStore, arrived: &mut Arrived, owner: NewOwner) -> Result<bool, StoreError> {
    let tenant = arrived.db.tenant();
    let is_copy = service::find(store.master(), arrived.origin.tenant).await?.is_some();
    if let Some(name) = owner.name {
        arrived.rename(name);
    }
    let tx = arrived.db.write().await?;
    rest_broadcasts(&tx).await?;
    if is_copy {
        arrived.report.left_out.extend(rest(&tx).await?);
    } else {
        resume(&tx).await?;
    }
    let panel =
        panel::Entity::find().filter(panel::COLUMN.state.ne(PanelState::Refused)).one(tx.raw()).await?;
    tx.commit().await?;

    let tx = store.master().write().await?;
    store.register(&tx, arrived).await?;
    deployment::service::begin(&tx, tenant).await?;
    billing::service::mark_paid_steps(&tx, owner.customer, tenant).await?;
    deployment::mark_done(&tx, tenant, Step::ShopCreated, None).await?;
    if let Some(panel) = panel.filter(|panel| !panel.sealed_password.is_empty()) {
        deployment::mark_done(&tx, tenant, Step::PanelConnected, Some(&panel.name)).await?;
    }
    let entry = audit::Entry {
        account: owner.account,
        tenant: Some(tenant),
        action: "shop.import",
        subject: tenant.to_string(),
        detail: json!({ "from": arrived.origin.tenant, "copy": is_copy }),
    };
    audit::append(&tx, entry).await?;
    tx.commit().await?;
    // Workers that came before the shop was known have forgotten its hint.
    store.wake(tenant, store.master().clock().now()).await?;
    Ok(is_copy)
}

/// Takes up what the moved shop had open.
async fn resume(tx: &TenantTx) -> Result<(), StoreError> {
    let unsettled = [OrderState::Pending, OrderState::Expired];
    let orders = order::Entity::find()
        .filter(order::COLUMN.state.is_in(unsettled))
        .filter(order::Column::ProviderPaymentId.is_not_null())
        .all(tx.raw())
        .await?;
    for order in orders {
        jobs::enqueue(tx, &PollPayment { order: order.id }, tx.now()).await?;
    }
    let unfetched = receipt::Entity::find()
        .filter(receipt::Column::Sha256.is_null())
        .filter(receipt::Column::Unread.is_null());
    for row in unfetched.all(tx.raw()).await? {
        jobs::enqueue(tx, &FetchReceipt { receipt: row.id }, tx.now()).await?;
    }
    for order in order::Entity::find().filter(order::COLUMN.state.eq(OrderState::New)).all(tx.raw()).await? {
        if renewals::of_order(tx, order.id).await?.is_some() {
            jobs::enqueue(tx, &ChargeSaved { order: order.id }, tx.now()).await?;
        } else if wallet::is_payer(&order) {
            jobs::enqueue(tx, &PollPayment { order: order.id }, order.expires_at).await?;
        }
    }
    let requested = refund::COLUMN.state.eq(RefundState::Requested);
    for row in refund::Entity::find().filter(requested).all(tx.raw()).await? {
        jobs::enqueue(tx, &SendBack { refund: row.id }, tx.now()).await?;
    }
    for row in payment_inbox::Entity::find().filter(unread()).all(tx.raw()).await? {
        if let Some(job) = row.job_key.as_deref().and_then(|key| SettlePayment::of_key(&row.provider, key)) {
            jobs::enqueue(tx, &job, tx.now()).await?;
        }
    }
    let untold = standing_payment::COLUMN.told.eq(false);
    for row in standing_payment::Entity::find().filter(untold).all(tx.raw()).await? {
        jobs::enqueue(tx, &TellStanding { standing: row.id }, tx.now()).await?;
    }
    for panel in panel::Entity::find().filter(panel::COLUMN.state.ne(PanelState::Up)).all(tx.raw()).await? {
        look_soon(tx, panel.id).await?;
    }
    for row in subscription::Entity::find().all(tx.raw()).await? {
        if row.applied_version != row.target_version {
            jobs::enqueue(tx, &Provision { subscription: row.id, panel: row.panel_id }, tx.now()).await?;
        }
    }
    Ok(())
}

/// Nothing is sent to many by a shop that has just arrived: its bots are others, and the original may be
/// at it.
async fn rest_broadcasts(tx: &TenantTx) -> Result<(), StoreError> {
    let moves = [
        (BroadcastState::Scheduled, BroadcastState::Draft),
        (BroadcastState::Sending, BroadcastState::Stopped),
        (BroadcastState::Paused, BroadcastState::Stopped),
    ];
    for (from, to) in moves {
        broadcast::Entity::update_many()
            .col_expr(broadcast::Column::State, Expr::value(to))
            .col_expr(broadcast::Column::SendAt, Expr::value(None::<DateTime<Utc>>))
            .filter(broadcast::COLUMN.state.eq(from))
            .exec(tx.raw())
            .await?;
    }
    broadcast::Entity::update_many()
        .col_expr(broadcast::Column::Deleting, Expr::value(false))
        .exec(tx.raw())
        .await?;
    broadcast_recipient::Entity::update_many()
        .col_expr(broadcast_recipient::Column::State, Expr::value(RecipientState::Unknown))
        .filter(broadcast_recipient::COLUMN.state.eq(RecipientState::Sending))
        .exec(tx.raw())
        .await?;
    Ok(())
}

fn unread() -> SimpleExpr {
    payment_inbox::COLUMN.state.eq(InboxState::Pending)
}

/// Lets go of what stays with the original. Returns the secrets that have to be typed in again.
async fn rest(tx: &TenantTx) -> Result<Vec<String>, StoreError> {
    settings::mark_shared_accounts(tx).await?;
    // Nobody agreed to be charged by two shops.
    auto_renewal::Entity::delete_many().exec(tx.raw()).await?;
    saved_method::Entity::delete_many().exec(tx.raw()).await?;
    standing_payment::Entity::delete_many().exec(tx.raw()).await?;
    let open = [OrderState::New, OrderState::Pending];
    for order in order::Entity::find().filter(order::COLUMN.state.is_in(open)).all(tx.raw()).await? {
        orders::advance(tx, &order, OrderState::Expired).await?;
    }
    let requested = refund::COLUMN.state.eq(RefundState::Requested);
    for row in refund::Entity::find().filter(requested).all(tx.raw()).await? {
        let mut row = row.into_active_model();
        row.state = Set(RefundState::Failed);
        row.done_at = Set(Some(tx.now()));
        row.update(tx.raw()).await?;
    }
    for row in receipts::waiting(tx).await? {
        let has_picture = row.sha256.is_some();
        let mut row = row.into_active_model();
        row.state = Set(ReceiptState::Rejected);
        row.reason = Set(Some(RejectReason::Other));
        row.note = Set(Some(WITH_THE_ORIGINAL.to_owned()));
        row.decided_at = Set(Some(tx.now()));
        if !has_picture {
            row.unread = Set(Some(Unread::Gone));
        }
        row.update(tx.raw()).await?;
    }
    for row in payment_inbox::Entity::find().filter(unread()).all(tx.raw()).await? {
        let mut row = row.into_active_model();
        row.state = Set(InboxState::Refused);
        row.reason = Set(Some(WITH_THE_ORIGINAL.to_owned()));
        row.processed_at = Set(Some(tx.now()));
        row.update(tx.raw()).await?;
    }
    let mut left_out = Vec::new();
    for row in panel::Entity::find().all(tx.raw()).await? {
        if !row.sealed_password.is_empty() {
            left_out.push(format!("panels.sealed_password {}", row.id));
        }
        let mut row = row.into_active_model();
        row.sealed_password = Set(Vec::new());
        row.state = Set(PanelState::Refused);
        row.update(tx.raw()).await?;
    }
    Ok(left_out)
}
