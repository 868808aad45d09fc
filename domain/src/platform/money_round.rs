//! Goes through all shops: each hour every provider is asked what was paid, and what ends soon is renewed
//! or its user reminded, and the day's figures are planned; each night they are asked far back, and then the books are checked, ours first.

use chrono::{DateTime, Duration, Utc};
use serde::{Deserialize, Serialize};

use super::{billing::verify::platform, tenant};
use crate::{
    db::{StoreError, TenantStore},
    ids::TenantId,
    jobs::{self, Job},
    shop::{
        ledger::nightly::{self, CheckMoney},
        notification::{jobs::RemindUsers, remind},
        payment::{import::ImportPayments, method},
        renewal::{agreement, jobs::RenewSubscriptions, standing},
        stat::report,
    },
};

/// Shops gone through by one job: a fraction of what a job may take.
const SHOPS: u64 = 200;
/// A round is spread over this long, which is less than from one to the next.
const SPREAD_SECONDS: u128 = 50 * 60;
/// So much later the books are checked: what the import finds is settled by then.
const SETTLING: Duration = Duration::minutes(10);

/// The hourly round. Its name in the schedule.
pub const HOURLY: &str = "import_payments";
/// The nightly round. Its name in the schedule.
pub const NIGHTLY: &str = "check_money";

/// Queues the work of a round in each of the shops that come after one.
#[derive(Clone, Copy, Debug, Serialize, Deserialize)]
pub struct MoneyRound {
    pub nightly: bool,
    /// When the round began.
    pub began: DateTime<Utc>,
    pub after: Option<TenantId>,
}

impl Job for MoneyRound {
    const KIND: &'static str = "money_round";

    fn dedupe_key(&self) -> Option<String> {
        let after = self.after.map(|id| id.to_string()).unwrap_or_default();
        Some(format!("{}:{after}", self.nightly))
    }
}

/// Goes through some shops and queues the job for the next ones. A shop in which it fails is logged
/// and left for the next round.
///
/// # Errors
/// [`StoreError::Database`] of the platform's database.
pub async fn go_round(store: &TenantStore, round: MoneyRound) -> Result<(), StoreError> {
    if round.nightly && round.after.is_none() {
        let breaches = platform(store.master()).await?;
        let tx = store.master().write().await?;
        nightly::keep(&tx, "platform", tx.now(), &breaches, Vec::new()).await?;
        tx.commit().await?;
    }
    let shops = store.ids_after(round.after, SHOPS).await?;
    for shop in &shops {
        if let Err(error) = queue_in(store, *shop, round).await {
            tracing::error!(%shop, %error, "a shop was left out of the round of the money");
        }
    }
    let Some(last) = shops.last() else { return Ok(()) };
    let tx = store.master().write().await?;
    jobs::enqueue(&tx, &MoneyRound { after: Some(*last), ..round }, tx.now()).await?;
    tx.commit().await
}

async fn queue_in(store: &TenantStore, shop: TenantId, round: MoneyRound) -> Result<(), StoreError> {
    let db = store.open_briefly(shop).await?;
    let tx = db.read().await?;
    let methods = method::list(&tx).await?;
    let last = nightly::last(&tx).await?;
    let renews = !round.nightly && (agreement::exist(&tx).await? || standing::exist(&tx).await?);
    let reminds = !round.nightly && remind::is_due(&tx).await?;
    let daily = if round.nightly { None } else { report::daily(&tx).await? };
    drop(tx);
    // A round that was taken up again finds the shops of its first half done.
    let is_checked = last.is_some_and(|last| db.clock().to_real(last.at) > round.began);
    let is_due = round.nightly && !is_checked;
    if methods.is_empty() && !is_due && !renews && !reminds && daily.is_none() {
        return Ok(());
    }
    let tx = db.write().await?;
    let turn = tx.now() + turn(shop);
    for method in methods {
        let job = ImportPayments { provider: method.provider, far: round.nightly };
        jobs::enqueue(&tx, &job, turn).await?;
    }
    if renews {
        jobs::enqueue(&tx, &RenewSubscriptions {}, turn).await?;
    }
    if reminds {
        jobs::enqueue(&tx, &RemindUsers {}, turn).await?;
    }
    if let Some(daily) = daily {
        report::queue(&tx, daily, tenant::service::zone(store.master(), shop).await?).await?;
    }
    if is_due {
        jobs::enqueue(&tx, &CheckMoney {}, turn + SETTLING).await?;
    }
    tx.commit().await
}

/// Always the same for a shop.
fn turn(shop: TenantId) -> Duration {
    Duration::seconds(i64::try_from(shop.0.as_u128() % SPREAD_SECONDS).unwrap_or(0))
}
