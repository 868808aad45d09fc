//! `verify-money --online`: the invariants for which panels and providers have to be asked.
//!
//! I2 of every payment the books hold what the provider has of it, neither more nor less (payment by
//! payment, which is stronger than sums by day, and no midnight is in the way); I4 panels hold what was
//! sold; I8 every payment that the provider has is known here. What waits for a job or a person is no breach.

use std::{collections::HashSet, time::Duration as RealDuration};

use chrono::{DateTime, Duration, Utc};
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder, QuerySelect};
use tokio::time::{Instant, timeout_at};

use super::verify::{Breach, breach};
use crate::{
    clock::Clock,
    db::{Conn, StoreError, TenantConn, TenantDb},
    entities::tenant::{
        order::{self, OrderState},
        payment_inbox::InboxState,
        refund::{self, RefundState},
    },
    jobs::{Job, open_jobs},
    ports::{GatewayAccount, GatewayError, Holder, PaymentFacts, PaymentStatus, VpnPanel},
    shop::{
        panel::{self, sync},
        payment::{
            Provider, Providers,
            jobs::{PollPayment, SettlePayment},
            listed::{FAR, Known, ListError, asked as asked_accounts, held},
        },
        setting::service as settings,
        subscription::usage::RefreshError,
    },
};

/// The import, which goes round each hour, has its turn before somebody has to look.
const TURN: Duration = Duration::hours(2);
/// Payments that are read one by one, because the list makes them doubtful or does not hold them.
const READ_AGAIN: usize = 100;

/// What asking came to.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Asked {
    pub breaches: Vec<Breach>,
    /// Who did not answer, and why; no breach.
    pub silent: Vec<String>,
}

const TOO_LONG: &str = "it took too long";

/// Asks every panel and every provider of the shop, for so long altogether.
///
/// # Errors
/// [`StoreError`].
pub async fn shop(
    db: &TenantDb,
    port: &dyn VpnPanel,
    all: &Providers,
    at_most: RealDuration,
) -> Result<Asked, StoreError> {
    let until = Instant::now() + at_most;
    let mut asked = Asked::default();
    let tx = db.read().await?;
    let panels = panel::service::all(&tx).await?;
    drop(tx);
    for panel in panels {
        let silent = match timeout_at(until, sync::verify(db, port, panel.id)).await {
            Ok(Ok(Some(found))) => {
                asked.breaches.extend(found);
                continue;
            }
            Ok(Err(RefreshError::Store(error))) => return Err(error),
            Ok(Err(RefreshError::Panel(error))) => error.to_string(),
            Ok(Ok(None)) => panel.last_error.unwrap_or_else(|| "it is away".to_owned()),
            Err(_) => TOO_LONG.to_owned(),
        };
        asked.silent.push(format!("{}: {silent}", panel.name));
    }
    for provider in all.iter() {
        let accounts = asked_accounts(db, provider).await?;
        asked.silent.extend(gone(db, provider, &accounts).await?);
        for account in &accounts {
            let silent = match timeout_at(until, payments_at(db, provider, account)).await {
                Ok(Ok(found)) => {
                    asked.breaches.extend(found);
                    continue;
                }
                Ok(Err(ListError::Store(error))) => return Err(error),
                Ok(Err(ListError::Provider(error))) => error.to_string(),
                Err(_) => TOO_LONG.to_owned(),
            };
            asked.silent.push(format!("{}: {silent}", title(provider, &account.account_id)));
        }
    }
    Ok(asked)
}

/// Who is asked: a shop has one account at most providers, a bot each at some.
fn title(provider: &Provider, account_id: &str) -> String {
    let name = provider.gateway.name();
    match provider.gateway.holder() {
        Holder::Shop => name.to_owned(),
        Holder::Bot => format!("{name} of bot {account_id}"),
    }
}

/// The bots that took money which is to be checked and cannot be asked any more.
async fn gone(
    db: &TenantDb,
    provider: &Provider,
    accounts: &[GatewayAccount],
) -> Result<Vec<String>, StoreError> {
    if provider.gateway.holder() == Holder::Shop {
        return Ok(Vec::new());
    }
    let tx = db.read().await?;
    if settings::shares_accounts(&tx).await? {
        return Ok(Vec::new());
    }
    let sold: Vec<String> = order::Entity::find()
        .select_only()
        .column(order::Column::ProviderAccount)
        .distinct()
        .filter(order::COLUMN.provider.eq(provider.gateway.name()))
        .filter(order::COLUMN.state.is_in(OrderState::PAID_ONCE))
        .filter(order::COLUMN.paid_at.gt(tx.now() - FAR))
        .into_tuple()
        .all(tx.raw())
        .await?;
    let gone = sold.into_iter().filter(|id| accounts.iter().all(|account| account.account_id != *id));
    Ok(gone.map(|id| format!("{}: the bot is no longer connected", title(provider, &id))).collect())
}

/// I2 and I8 of the last 35 days, at each account that the shop has there.
///
/// # Errors
/// [`ListError`].
pub async fn payments(db: &TenantDb, provider: &Provider) -> Result<Vec<Breach>, ListError> {
    let mut breaches = Vec::new();
    for account in asked_accounts(db, provider).await? {
        breaches.extend(payments_at(db, provider, &account).await?);
    }
    Ok(breaches)
}

/// What the list makes doubtful is read once more: it is older than what we know.
async fn payments_at(
    db: &TenantDb,
    provider: &Provider,
    account: &GatewayAccount,
) -> Result<Vec<Breach>, ListError> {
    let name = provider.gateway.name();
    let since = db.clock().now() - FAR;
    let list = provider.gateway.list(account, since).await?;
    let tx = db.read().await?;
    let ours = Ours::load(&tx, name, &list).await?;
    let doubtful = list.iter().filter(|facts| ours.breach(facts).is_some());
    let doubtful = doubtful.map(|facts| facts.provider_payment_id.clone());
    let unlisted = unlisted(&tx, name, account, &list, since).await?;
    drop(tx);
    let (mut read, mut gone) = (Vec::new(), Vec::new());
    for payment in doubtful.chain(unlisted).take(READ_AGAIN) {
        match provider.gateway.read(account, &payment).await {
            Ok(facts) => read.push(facts),
            Err(GatewayError::NotFound) => gone.push(payment),
            Err(error) => return Err(error.into()),
        }
    }
    let tx = db.read().await?;
    let ours = Ours::load(&tx, name, &read).await?;
    let mut breaches: Vec<_> = read.iter().filter_map(|facts| ours.breach(facts)).collect();
    breaches.extend(
        gone.iter()
            .map(|payment| breach("I2", format!("{name} knows nothing of {payment}, which is paid here"))),
    );
    Ok(breaches)
}

/// Payments of paid orders that the list does not hold: providers list by when a payment was made.
async fn unlisted(
    tx: &impl TenantConn,
    provider: &str,
    account: &GatewayAccount,
    list: &[PaymentFacts],
    since: DateTime<Utc>,
) -> Result<Vec<String>, StoreError> {
    let listed: HashSet<_> = list.iter().map(|facts| facts.provider_payment_id.as_str()).collect();
    let payments: Vec<Option<String>> = order::Entity::find()
        .select_only()
        .column(order::Column::ProviderPaymentId)
        .filter(order::COLUMN.provider.eq(provider))
        .filter(order::COLUMN.provider_account.eq(account.account_id.as_str()))
        .filter(order::COLUMN.state.is_in(OrderState::PAID_ONCE))
        .filter(order::COLUMN.paid_at.gt(since))
        .order_by_desc(order::Column::PaidAt)
        .into_tuple()
        .all(tx.raw())
        .await?;
    Ok(payments.into_iter().flatten().filter(|payment| !listed.contains(payment.as_str())).collect())
}

/// What we have of a provider's payments.
struct Ours {
    provider: String,
    now: DateTime<Utc>,
    known: Known,
    /// Payments and orders about which something is still to be done.
    on_its_way: HashSet<String>,
}

impl Ours {
    async fn load(tx: &impl TenantConn, provider: &str, facts: &[PaymentFacts]) -> Result<Self, StoreError> {
        let known = Known::load(tx, provider, facts).await?;
        let kinds = [SettlePayment::KIND, PollPayment::KIND];
        let jobs = open_jobs(tx).await?.into_iter().filter(|job| kinds.contains(&job.kind.as_str()));
        let mut on_its_way: HashSet<_> = jobs.filter_map(|job| job.dedupe_key).collect();
        let requested = refund::Entity::find().filter(refund::COLUMN.state.eq(RefundState::Requested));
        on_its_way
            .extend(requested.all(tx.raw()).await?.into_iter().map(|refund| refund.order_id.to_string()));
        Ok(Self { provider: provider.to_owned(), now: tx.clock().now(), known, on_its_way })
    }

    /// What is wrong between a payment and us.
    fn breach(&self, facts: &PaymentFacts) -> Option<Breach> {
        let payment = &facts.provider_payment_id;
        let (provider, paid) = (&self.provider, facts.status == PaymentStatus::Paid);
        let Some(order) = self.known.own(facts) else { return self.orphan(facts) };
        let (id, state) = (order.id, order.state);
        if self.is_on_its_way(order, facts) {
            return None;
        }
        match (paid, OrderState::PAID_ONCE.contains(&state)) {
            (true, true) => {
                let (there, here) = (held(facts), self.known.booked(order));
                let what = format!("of order {id} {provider} has {there}, the books {here}");
                (there != here).then(|| breach("I2", what))
            }
            // A person has it in hand.
            (true, false) if state == OrderState::Mismatch => None,
            (true, false) => {
                Some(breach("I2", format!("order {id} is paid at {provider} ({payment}) and {state:?} here")))
            }
            (false, true) => {
                Some(breach("I2", format!("order {id} is paid here and {:?} at {provider}", facts.status)))
            }
            (false, false) => None,
        }
    }

    /// What is wrong with a payment that is in no order's row.
    fn orphan(&self, facts: &PaymentFacts) -> Option<Breach> {
        let (provider, payment) = (&self.provider, &facts.provider_payment_id);
        if facts.status != PaymentStatus::Paid {
            return None;
        }
        match self.known.event(facts) {
            // A job or a person will see to it.
            Some(InboxState::Pending | InboxState::Refused) => None,
            Some(InboxState::Processed) => {
                Some(breach("I2", format!("{payment} is paid at {provider} and in no books here")))
            }
            None if self.on_its_way.contains(&format!("{provider}:{payment}")) || self.is_new(facts) => None,
            None => Some(breach("I8", format!("{payment} is paid at {provider} and unknown here"))),
        }
    }

    fn is_on_its_way(&self, order: &order::Model, facts: &PaymentFacts) -> bool {
        let key = format!("{}:{}", self.provider, facts.provider_payment_id);
        let is_paid_here = OrderState::PAID_ONCE.contains(&order.state);
        self.on_its_way.contains(&key)
            || self.on_its_way.contains(&order.id.to_string())
            || (!is_paid_here && self.is_new(facts))
    }

    fn is_new(&self, facts: &PaymentFacts) -> bool {
        facts.paid_at.is_some_and(|at| at > self.now - TURN)
    }
}
