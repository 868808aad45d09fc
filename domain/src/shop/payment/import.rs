//! Finds what nobody told us: asks a provider what was paid, and has settled what is ours and not
//! settled yet. What belongs to no order is set aside, once, for a person. Nothing is granted here: that
//! is done by settling alone, which reads the payment once more.

use std::time::Duration as RealDuration;

use chrono::{DateTime, Duration, Utc};
use sea_orm::{ActiveValue::Set, ColumnTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect};
use serde::{Deserialize, Serialize};
use tokio::time::{Instant, timeout_at};

use super::{
    Provider, Providers, intake,
    listed::{FAR, Known, ListError, asked, held, key, settling},
    settle::differs,
};
use crate::{
    clock::Clock,
    db::{StoreError, TenantConn, TenantDb, TenantTx},
    entities::tenant::{
        order::{self, OrderState},
        payment_inbox::{self, InboxKind, InboxState},
    },
    ids::RowId,
    jobs::{self, Job, JobError},
    ports::{Dispute, GatewayAccount, GatewayError, Holder, PaymentFacts, PaymentStatus},
    shop::{renewal::standing, setting::service as settings},
};

/// What a list may leave out of the minutes before it: providers list with a delay, by clocks that are
/// not ours, and some by when a payment was made and not by when it was paid.
const OVERLAP: Duration = Duration::days(1);

/// How far back a look begins at most, after however long a stop: a list must come to its end, and a
/// payment of half a year ago is called back by nobody any more.
const FURTHEST: Duration = Duration::days(180);

/// A job has 50 s, of which taking in needs some.
const LISTING: RealDuration = RealDuration::from_secs(35);

/// Why a payment of an order that has another one is set aside.
pub(super) const SECOND: &str = "unknown payment: the order it names has another one";

/// And one that belongs to none.
const NOT_ASKED_FOR: &str = "unknown payment: no order asked for it";

/// Asks one provider what it has. Far back once a night, else since the last look.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct ImportPayments {
    pub provider: String,
    pub far: bool,
}

impl Job for ImportPayments {
    const KIND: &'static str = "import_payments";
    /// The next one comes within the hour.
    const MAX_ATTEMPTS: i32 = 3;
    const PRIORITY: i32 = -10;

    fn dedupe_key(&self) -> Option<String> {
        Some(format!("{}:{}", self.provider, self.far))
    }
}

/// What a look found.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Imported {
    /// Payments of our orders that nobody had told us of; each is settled by a job.
    pub unseen: usize,
    /// Payments of no order that were set aside now.
    pub strange: usize,
}

/// The job. A provider that does not answer is asked an hour later from where this look began.
///
/// # Errors
/// [`JobError::Retry`] when the shop's database does not answer.
pub async fn run(db: &TenantDb, all: &Providers, job: &ImportPayments) -> Result<(), JobError> {
    let Some(provider) = all.find(&job.provider) else { return Ok(()) };
    match import(db, provider, job.far).await {
        Ok(_) => Ok(()),
        Err(ListError::Store(error)) => Err(error.into()),
        Err(ListError::Provider(error)) => {
            tracing::warn!(tenant = %db.tenant(), provider = job.provider, %error, "payments were not listed");
            Ok(())
        }
    }
}

/// Asks the provider, at each account that the shop has there, and takes in what it has.
///
/// # Errors
/// [`ListError`] of one account, after all were asked; its next look begins where the last one that
/// succeeded did.
pub async fn import(db: &TenantDb, provider: &Provider, far: bool) -> Result<Imported, ListError> {
    let until = Instant::now() + LISTING;
    let (mut imported, mut failed) = (Imported::default(), None);
    for account in asked(db, provider).await? {
        match import_from(db, provider, &account, far, until).await {
            Ok(more) => imported.add(more),
            Err(ListError::Provider(error)) => failed = Some(error),
            Err(error) => return Err(error),
        }
    }
    failed.map_or(Ok(imported), |error| Err(error.into()))
}

async fn import_from(
    db: &TenantDb,
    provider: &Provider,
    account: &GatewayAccount,
    far: bool,
    until: Instant,
) -> Result<Imported, ListError> {
    let name = provider.gateway.name();
    let (near, distant) = (
        looked("payments_looked_at", provider, account),
        looked("payments_looked_far_at", provider, account),
    );
    let tx = db.read().await?;
    let began = db.clock().now();
    let since = match looked_at(&tx, &near).await? {
        Some(last) if !far => (last - OVERLAP).max(began - FAR),
        last => far_back(&tx, &distant, last, began).await?,
    };
    drop(tx);
    let list = timeout_at(until, provider.gateway.list(account, since)).await;
    let list = list.map_err(|_| GatewayError::Unavailable("the list took too long".into()))??;
    let imported = take_in(db, name, &list).await?;
    let tx = db.write().await?;
    settings::put(&tx, &near, serde_json::json!(began)).await?;
    if since <= began - FAR {
        settings::put(&tx, &distant, serde_json::json!(began)).await?;
    }
    tx.commit().await?;
    Ok(imported)
}

/// Where a look far back begins: [`FAR`] before the last one. What happens to a payment while the server
/// is off is found however long it was off, as long as the payment was young enough before.
async fn far_back(
    tx: &impl TenantConn,
    key: &str,
    last: Option<DateTime<Utc>>,
    now: DateTime<Utc>,
) -> Result<DateTime<Utc>, StoreError> {
    let looked = match looked_at(tx, key).await?.or(last) {
        Some(at) => Some(at),
        None => first_order_at(tx).await?,
    };
    Ok((looked.unwrap_or(now).min(now) - FAR).max(now - FURTHEST))
}

async fn first_order_at(tx: &impl TenantConn) -> Result<Option<DateTime<Utc>>, StoreError> {
    let first = order::Entity::find().select_only().column(order::Column::CreatedAt);
    Ok(first.order_by_asc(order::Column::Id).into_tuple().one(tx.raw()).await?)
}

impl Imported {
    fn add(&mut self, more: Self) {
        self.unseen += more.unseen;
        self.strange += more.strange;
    }
}

/// The payments of no order that were set aside since, the newest first.
///
/// # Errors
/// [`StoreError::Database`].
pub async fn set_aside(
    tx: &impl TenantConn,
    since: DateTime<Utc>,
    limit: u64,
) -> Result<Vec<(payment_inbox::Model, PaymentFacts)>, StoreError> {
    let rows = payment_inbox::Entity::find()
        .filter(payment_inbox::COLUMN.kind.eq(InboxKind::Import))
        .filter(payment_inbox::COLUMN.state.eq(InboxState::Refused))
        .filter(payment_inbox::COLUMN.received_at.gt(since))
        .order_by_desc(payment_inbox::Column::Id)
        .limit(limit)
        .all(tx.raw())
        .await?;
    let readable = rows.into_iter().filter_map(|row| {
        let facts = serde_json::from_str(&row.body).ok()?;
        Some((row, facts))
    });
    Ok(readable.collect())
}

async fn take_in(db: &TenantDb, provider: &str, list: &[PaymentFacts]) -> Result<Imported, StoreError> {
    let paid = || list.iter().filter(|facts| facts.status == PaymentStatus::Paid);
    let tx = db.read().await?;
    let known = Known::load(&tx, provider, paid()).await?;
    drop(tx);
    let found: Vec<_> = paid()
        .map(|facts| (facts, standing(&known, facts)))
        .filter(|(_, standing)| *standing != Standing::Settled)
        .collect();
    let mut imported = Imported::default();
    if found.is_empty() {
        return Ok(imported);
    }
    let tx = db.write().await?;
    for (facts, standing) in found {
        let payment = facts.provider_payment_id.as_str();
        match standing {
            Standing::Settled => {}
            Standing::Repeated if standing::order_for(&tx, provider, facts).await?.is_none() => {
                imported.strange += usize::from(lay_aside(&tx, provider, facts, NOT_ASKED_FOR).await?);
            }
            Standing::Unseen | Standing::Repeated => {
                tracing::warn!(tenant = %db.tenant(), provider, payment, "nobody told us of a payment");
                jobs::enqueue(&tx, &settling(provider, facts), tx.now()).await?;
                imported.unseen += 1;
            }
            Standing::Strange(reason) => {
                if lay_aside(&tx, provider, facts, reason).await? {
                    if let Some(order) = facts.order {
                        standing::second(&tx, order, payment).await?;
                    }
                    tracing::warn!(tenant = %db.tenant(), provider, payment, reason, "a payment is unknown");
                    imported.strange += 1;
                }
            }
        }
    }
    tx.commit().await?;
    Ok(imported)
}

/// How a payment stands that the provider says is paid.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Standing {
    /// Its order is where the payment puts it, or a person has it in hand.
    Settled,
    /// Its order is not there yet.
    Unseen,
    /// The provider repeated an order's payment by itself, and it has no order yet.
    Repeated,
    /// No order waits for it.
    Strange(&'static str),
}

fn standing(known: &Known, facts: &PaymentFacts) -> Standing {
    let Some(order) = known.order(facts) else {
        return if known.repeats(facts) { Standing::Repeated } else { Standing::Strange(NOT_ASKED_FOR) };
    };
    if !OrderState::PAID_ONCE.contains(&order.state) && order.state != OrderState::Mismatch {
        return Standing::Unseen;
    }
    if order.provider_payment_id.as_ref() != Some(&facts.provider_payment_id) {
        return Standing::Strange(SECOND);
    }
    let is_news = returned(order, known.booked(order), facts) && differs(order, facts).is_none();
    if is_news { Standing::Unseen } else { Standing::Settled }
}

/// Whether money went back, or was called back, of which the order does not know.
fn returned(order: &order::Model, booked: i64, facts: &PaymentFacts) -> bool {
    use OrderState::{Disputed, Lost, Paid, Provisioned, Won};
    let disputed = match facts.dispute {
        None => false,
        Some(Dispute::Open) => matches!(order.state, Paid | Provisioned | Won),
        Some(Dispute::Won) => matches!(order.state, Paid | Provisioned | Disputed),
        Some(Dispute::Lost) => matches!(order.state, Paid | Provisioned | Disputed | Won),
    };
    disputed || (order.state != Lost && held(facts) < booked)
}

/// False when it was set aside before. The provider's whole answer is not kept: it is somebody else's
/// purchase.
pub(super) async fn lay_aside(
    tx: &TenantTx,
    provider: &str,
    facts: &PaymentFacts,
    reason: &str,
) -> Result<bool, StoreError> {
    let kept = PaymentFacts { raw: serde_json::Value::Null, ..facts.clone() };
    let row = payment_inbox::ActiveModel {
        id: Set(RowId::new()),
        provider: Set(provider.to_owned()),
        account_id: Set(facts.account_id.clone()),
        event_id: Set(format!("import:{}", facts.provider_payment_id)),
        kind: Set(InboxKind::Import),
        order_ref: Set(facts.order.map(|id| id.to_string())),
        job_key: Set(key(provider, facts)),
        body: Set(serde_json::to_string(&kept).map_err(|error| sea_orm::DbErr::Json(error.to_string()))?),
        state: Set(InboxState::Refused),
        reason: Set(Some(reason.to_owned())),
        received_at: Set(tx.now()),
        processed_at: Set(Some(tx.now())),
    };
    intake::insert(tx, row).await
}

/// The setting in which the last look of a kind is kept: a bot's apart from the others', which may answer while it
/// does not.
fn looked(kind: &str, provider: &Provider, account: &GatewayAccount) -> String {
    let name = provider.gateway.name();
    match provider.gateway.holder() {
        Holder::Shop => format!("{kind}:{name}"),
        Holder::Bot => format!("{kind}:{name}:{}", account.account_id),
    }
}

async fn looked_at(tx: &impl TenantConn, key: &str) -> Result<Option<DateTime<Utc>>, StoreError> {
    let value = settings::get(tx, key).await?;
    Ok(value.and_then(|value| serde_json::from_value(value).ok()))
}
