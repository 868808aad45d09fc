//! The outside world in memory, for tests of rules that need no HTTP: a panel and a payment provider
//! that can be down, and that can apply a call and lose the answer.

use std::{
    collections::{HashMap, HashSet},
    sync::{
        Arc, Mutex, MutexGuard, PoisonError,
        atomic::{AtomicBool, AtomicUsize, Ordering},
    },
};

use async_trait::async_trait;
use chrono::{DateTime, Utc};
use futures::future::BoxFuture;
use tokio::sync::mpsc::UnboundedSender;
use url::Url;

use crate::{
    ids::{BotId, OrderId, PanelId, RefundId, SubscriptionId, TenantId},
    money::{Currency, Money},
    ports::{
        AccountField, AccountPage, AccountSlot, AccountStatus, AccountTarget, Capabilities, CheckedLine,
        CreatedPayment, Delivery, Dispute, FileError, FileSource, GatewayAccount, GatewayError, GatewayEvent,
        Inbound, Kept, NewPayment, Notice, Notifier, NotifyError, PanelAccess, PanelAccount, PanelCheck,
        PanelError, PanelSystem, PaymentFacts, PaymentGateway, PaymentStatus, RefundRequest, Refunds,
        RefusedWebhook, Repeats, SavedCharge, SavedMethod, TargetStatus, VpnPanel,
    },
    units::{Bytes, Days},
};

/// A panel that remembers what it was driven to.
#[derive(Clone, Debug, Default)]
pub struct FakePanel(Arc<PanelState>);

#[derive(Default)]
struct PanelState {
    accounts: Mutex<HashMap<String, AccountTarget>>,
    meanwhile: Mutex<Option<BoxFuture<'static, ()>>>,
    down: AtomicBool,
    down_panels: Mutex<HashSet<PanelId>>,
    lose_answers: AtomicUsize,
    forget_changes: AtomicUsize,
    calls: AtomicUsize,
}

impl std::fmt::Debug for PanelState {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("PanelState").field("accounts", &self.accounts).finish_non_exhaustive()
    }
}

impl FakePanel {
    pub fn set_down(&self, down: bool) {
        self.0.down.store(down, Ordering::SeqCst);
    }

    /// Of several panels this one alone.
    pub fn set_panel_down(&self, panel: PanelId, down: bool) {
        let mut panels = locked(&self.0.down_panels);
        if down {
            panels.insert(panel)
        } else {
            panels.remove(&panel)
        };
    }

    /// The next calls are applied, but their answers do not arrive.
    pub fn lose_answers(&self, count: usize) {
        self.0.lose_answers.store(count, Ordering::SeqCst);
    }

    /// The next changes are answered as done, but are not.
    pub fn forget_changes(&self, count: usize) {
        self.0.forget_changes.store(count, Ordering::SeqCst);
    }

    /// Happens while the panel answers the next change.
    pub fn meanwhile(&self, work: impl Future<Output = ()> + Send + 'static) {
        *locked(&self.0.meanwhile) = Some(Box::pin(work));
    }

    pub fn held(&self, username: &str) -> Option<AccountTarget> {
        locked(&self.0.accounts).get(username).cloned()
    }

    /// Somebody's hand on the panel: puts an account there, changes it, or takes it away.
    pub fn meddle(&self, change: impl FnOnce(&mut HashMap<String, AccountTarget>)) {
        change(&mut locked(&self.0.accounts));
    }

    pub fn calls(&self) -> usize {
        self.0.calls.load(Ordering::SeqCst)
    }

    fn reach(&self, access: &PanelAccess) -> Result<(), PanelError> {
        self.0.calls.fetch_add(1, Ordering::SeqCst);
        if self.0.down.load(Ordering::SeqCst) || locked(&self.0.down_panels).contains(&access.panel) {
            Err(PanelError::Connect)
        } else {
            Ok(())
        }
    }
}

#[async_trait]
impl VpnPanel for FakePanel {
    async fn ensure(&self, access: &PanelAccess, target: &AccountTarget) -> Result<PanelAccount, PanelError> {
        self.reach(access)?;
        let one_less = |left: usize| left.checked_sub(1);
        let is_forgotten =
            self.0.forget_changes.fetch_update(Ordering::SeqCst, Ordering::SeqCst, one_less).is_ok();
        let kept = {
            let mut accounts = locked(&self.0.accounts);
            if !is_forgotten {
                accounts.insert(target.username.clone(), target.clone());
            }
            accounts.get(&target.username).cloned()
        };
        let meanwhile = locked(&self.0.meanwhile).take();
        if let Some(work) = meanwhile {
            work.await;
        }
        if self.0.lose_answers.fetch_update(Ordering::SeqCst, Ordering::SeqCst, one_less).is_ok() {
            return Err(PanelError::Timeout);
        }
        kept.as_ref().map(account).ok_or(PanelError::NotFound)
    }

    async fn account(
        &self,
        access: &PanelAccess,
        username: &str,
    ) -> Result<Option<PanelAccount>, PanelError> {
        self.reach(access)?;
        Ok(self.held(username).as_ref().map(account))
    }

    async fn delete(&self, access: &PanelAccess, username: &str) -> Result<(), PanelError> {
        self.reach(access)?;
        locked(&self.0.accounts).remove(username);
        Ok(())
    }

    async fn list(&self, access: &PanelAccess, offset: u64, limit: u64) -> Result<AccountPage, PanelError> {
        self.reach(access)?;
        let accounts = locked(&self.0.accounts);
        let mut sorted: Vec<_> = accounts.values().collect();
        sorted.sort_by(|a, b| a.username.cmp(&b.username));
        let (skip, take) = (usize::try_from(offset).unwrap_or(0), usize::try_from(limit).unwrap_or(0));
        let page = sorted.into_iter().skip(skip).take(take).map(account).collect();
        Ok(AccountPage { accounts: page, total: accounts.len() as u64 })
    }

    async fn revoke_link(
        &self,
        access: &PanelAccess,
        username: &str,
        _: SubscriptionId,
    ) -> Result<PanelAccount, PanelError> {
        self.reach(access)?;
        self.held(username).as_ref().map(account).ok_or(PanelError::NotFound)
    }

    async fn usage(&self, access: &PanelAccess, _: &str) -> Result<Bytes, PanelError> {
        self.reach(access)?;
        Ok(Bytes(0))
    }

    fn capabilities(&self) -> Capabilities {
        Capabilities { device_limit: false, on_hold: true, revoke_link: true, webhook: false }
    }

    async fn inbounds(&self, access: &PanelAccess) -> Result<Vec<Inbound>, PanelError> {
        self.reach(access)?;
        Ok(vec![Inbound { tag: "VLESS TCP".into(), protocol: "vless".into() }])
    }

    async fn system(&self, access: &PanelAccess) -> Result<PanelSystem, PanelError> {
        self.reach(access)?;
        Ok(PanelSystem { version: "0.8.4".into() })
    }

    async fn check(&self, access: &PanelAccess, lines: UnboundedSender<CheckedLine>) {
        for check in PanelCheck::ALL {
            let outcome = self.reach(access).map(|()| None);
            let has_failed = outcome.is_err();
            // Nobody listening is fine.
            drop(lines.send(CheckedLine { check, outcome, took_ms: 0 }));
            if has_failed {
                return;
            }
        }
    }
}

fn account(target: &AccountTarget) -> PanelAccount {
    PanelAccount {
        username: target.username.clone(),
        status: match target.status {
            TargetStatus::Active => AccountStatus::Active,
            TargetStatus::Disabled => AccountStatus::Disabled,
        },
        expire: target.expire,
        data_limit: target.data_limit,
        used_traffic: Bytes(0),
        subscription: Some(target.subscription),
        links: vec![format!("vless://{}@panel.example:443", uuid::Uuid::now_v7())],
        subscription_url: format!("https://panel.example/sub/{}", target.username),
        online_at: None,
    }
}

/// A provider whose payments a test pays by hand. Its webhooks are the payment's id in clear, with a
/// `#number` for further events of one payment; a body that begins with `forged` is refused.
#[derive(Clone, Debug, Default)]
pub struct FakeGateway(
    Arc<Mutex<HashMap<String, PaymentFacts>>>,
    Arc<Mutex<HashSet<RefundId>>>,
    Option<&'static [Currency]>,
    Arc<Mutex<Vault>>,
);

/// What payers let the provider keep, and what comes of charging it.
#[derive(Debug, Default)]
struct Vault {
    /// Orders whose payers agreed.
    keeping: HashSet<OrderId>,
    charging: Charging,
    lose_answers: usize,
    /// Payments that are repeated, and whether they still are.
    repeating: HashMap<String, bool>,
}

/// What comes of charging what was kept.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Charging {
    #[default]
    Pays,
    Refuses,
    /// The payer has withdrawn it.
    Withdrawn,
    /// The bank takes its time.
    Waits,
}

impl FakeGateway {
    pub const NAME: &'static str = "fake";

    /// One that collects in these currencies instead of in all.
    pub fn collecting(currencies: &'static [Currency]) -> Self {
        Self(Arc::default(), Arc::default(), Some(currencies), Arc::default())
    }

    /// Changes what the provider says about the order's payment.
    pub fn change(&self, order: OrderId, change: impl FnOnce(&mut PaymentFacts)) {
        if let Some(facts) = locked(&self.0).get_mut(&format!("pay_{order}")) {
            change(facts);
        }
    }

    pub fn pay(&self, order: OrderId, at: DateTime<Utc>) {
        self.change(order, |facts| {
            facts.status = PaymentStatus::Paid;
            facts.paid_at = Some(at);
        });
    }

    /// What comes of charges from now on.
    pub fn charging(&self, charging: Charging) {
        locked(&self.3).charging = charging;
    }

    /// The next charges are made, but their answers do not arrive.
    pub fn lose_charges(&self, count: usize) {
        locked(&self.3).lose_answers = count;
    }

    /// Shows nothing of the order's payment any more.
    pub fn take(&self, order: OrderId) -> Option<PaymentFacts> {
        locked(&self.0).remove(&format!("pay_{order}"))
    }

    /// Knows this payment, whoever has asked for it.
    pub fn put(&self, facts: PaymentFacts) {
        locked(&self.0).insert(facts.provider_payment_id.clone(), facts);
    }

    /// Takes an order's payment again, by itself; gives its name.
    pub fn repeat_by_itself(&self, first: OrderId, at: DateTime<Utc>) -> Option<String> {
        let mut payments = locked(&self.0);
        let facts = payments.get(&format!("pay_{first}"))?.clone();
        let id = format!("again_{}_{}", payments.len(), first);
        let again = PaymentFacts {
            provider_payment_id: id.clone(),
            order: None,
            repeats: Some(first),
            paid_at: Some(at),
            status: PaymentStatus::Paid,
            refunded: 0,
            ..facts
        };
        payments.insert(id.clone(), again);
        Some(id)
    }

    /// Whether an order's payment goes on being repeated; `None` when it was not asked to be.
    pub fn is_repeating(&self, payment: &str) -> Option<bool> {
        locked(&self.3).repeating.get(payment).copied()
    }

    pub fn payments(&self) -> usize {
        locked(&self.0).len()
    }

    /// What the provider knows.
    pub fn all(&self) -> Vec<PaymentFacts> {
        locked(&self.0).values().cloned().collect()
    }
}

#[async_trait]
impl PaymentGateway for FakeGateway {
    fn name(&self) -> &'static str {
        Self::NAME
    }

    fn currencies(&self) -> &'static [Currency] {
        self.2.unwrap_or(&Currency::ALL)
    }

    fn least(&self, currency: Currency) -> i64 {
        if currency == Currency::Eur { 50 } else { 1 }
    }

    fn fields(&self) -> &'static [AccountField] {
        &[
            AccountField { slot: AccountSlot::AccountId, name: "account_id" },
            AccountField { slot: AccountSlot::ApiKey, name: "api_key" },
            AccountField { slot: AccountSlot::Setting, name: "terminal" },
        ]
    }

    fn refunds(&self) -> Refunds {
        Refunds::Partial
    }

    async fn create(
        &self,
        account: &GatewayAccount,
        payment: &NewPayment,
    ) -> Result<CreatedPayment, GatewayError> {
        if payment.keeps_method {
            locked(&self.3).keeping.insert(payment.order);
        }
        let facts = opened(account, payment.order, payment.amount);
        let id = facts.provider_payment_id.clone();
        if payment.repeats_every.is_some() {
            locked(&self.3).repeating.insert(id.clone(), true);
        }
        locked(&self.0).entry(id.clone()).or_insert(facts);
        let pay_url =
            Url::parse("https://pay.example/").map_err(|error| GatewayError::Refused(error.to_string()))?;
        Ok(CreatedPayment { provider_payment_id: id, pay_url })
    }

    /// A payment has a second name, as some providers' do.
    async fn read(&self, _: &GatewayAccount, id: &str) -> Result<PaymentFacts, GatewayError> {
        let id = id.strip_prefix("charge_of_").unwrap_or(id);
        locked(&self.0).get(id).cloned().ok_or(GatewayError::NotFound)
    }

    async fn list(
        &self,
        _: &GatewayAccount,
        since: DateTime<Utc>,
    ) -> Result<Vec<PaymentFacts>, GatewayError> {
        let payments = locked(&self.0);
        Ok(payments.values().filter(|facts| facts.paid_at.is_none_or(|at| at >= since)).cloned().collect())
    }

    async fn refund(&self, _: &GatewayAccount, request: &RefundRequest) -> Result<(), GatewayError> {
        let mut payments = locked(&self.0);
        let facts = payments.get_mut(&request.provider_payment_id).ok_or(GatewayError::NotFound)?;
        if matches!(facts.dispute, Some(Dispute::Open | Dispute::Lost)) {
            return Err(GatewayError::Refused("the payment is disputed".into()));
        }
        let mut done = locked(&self.1);
        if facts.refunded + request.amount.minor > facts.amount.minor && !done.contains(&request.refund) {
            return Err(GatewayError::Refused("more than was paid".into()));
        }
        if done.insert(request.refund) {
            facts.refunded += request.amount.minor;
        }
        Ok(())
    }

    fn charges_saved(&self) -> bool {
        true
    }

    fn repeats(&self) -> Option<Repeats> {
        Some(Repeats { every: Days(30), most: 100_000 })
    }

    async fn repeat(&self, _: &GatewayAccount, payment: &str, on: bool) -> Result<(), GatewayError> {
        let mut vault = locked(&self.3);
        if let Some(left) = vault.lose_answers.checked_sub(1) {
            vault.lose_answers = left;
            return Err(GatewayError::Unavailable("it does not answer".into()));
        }
        *vault.repeating.get_mut(payment).ok_or(GatewayError::NotFound)? = on;
        Ok(())
    }

    async fn charge(
        &self,
        account: &GatewayAccount,
        charge: &SavedCharge,
    ) -> Result<PaymentFacts, GatewayError> {
        let mut vault = locked(&self.3);
        let mut facts = opened(account, charge.order, charge.amount);
        match vault.charging {
            Charging::Pays => facts.status = PaymentStatus::Paid,
            Charging::Refuses | Charging::Withdrawn => facts.status = PaymentStatus::Failed,
            Charging::Waits => {}
        }
        let made = locked(&self.0).entry(facts.provider_payment_id.clone()).or_insert(facts).clone();
        match vault.lose_answers.checked_sub(1) {
            Some(left) => {
                vault.lose_answers = left;
                Err(GatewayError::Unavailable("the answer is lost".into()))
            }
            None => Ok(made),
        }
    }

    async fn kept(&self, _: &GatewayAccount, payment: &str) -> Result<Kept, GatewayError> {
        let facts = locked(&self.0).get(payment).cloned().ok_or(GatewayError::NotFound)?;
        let vault = locked(&self.3);
        let is_keeping = facts.order.is_some_and(|order| vault.keeping.contains(&order));
        Ok(match facts.status {
            PaymentStatus::Paid if is_keeping => Kept::Saved(SavedMethod {
                token: format!("token_of_{payment}").into(),
                title: "Bank card *4444".into(),
            }),
            PaymentStatus::Failed if vault.charging == Charging::Withdrawn => Kept::Withdrawn,
            _ => Kept::Not,
        })
    }

    async fn probe(&self, _: &GatewayAccount) -> Result<(), GatewayError> {
        Ok(())
    }

    async fn verify(
        &self,
        account: &GatewayAccount,
        _: &(dyn for<'a> Fn(&'a str) -> Option<String> + Sync),
        body: &[u8],
        _: DateTime<Utc>,
    ) -> Result<GatewayEvent, RefusedWebhook> {
        let text = std::str::from_utf8(body).map_err(|_| RefusedWebhook::Malformed)?;
        if text.starts_with("forged") {
            return Err(RefusedWebhook::Signature);
        }
        let (id, _) = text.split_once('#').unwrap_or((text, ""));
        Ok(GatewayEvent {
            event_id: format!("evt_{text}"),
            account_id: account.account_id.clone(),
            provider_payment_id: id.to_owned(),
            order: None,
        })
    }
}

/// What people have sent to bots.
#[derive(Clone, Debug, Default)]
pub struct FakeFiles(Arc<Mutex<HashMap<String, Vec<u8>>>>, Arc<AtomicUsize>);

impl FakeFiles {
    pub fn hold(&self, file_id: &str, content: &[u8]) {
        locked(&self.0).insert(file_id.to_owned(), content.to_vec());
    }

    /// The answers to the next calls do not arrive.
    pub fn lose_answers(&self, count: usize) {
        self.1.store(count, Ordering::SeqCst);
    }
}

#[async_trait]
impl FileSource for FakeFiles {
    async fn fetch(
        &self,
        _: TenantId,
        _: BotId,
        file_id: &str,
        at_most: usize,
    ) -> Result<Vec<u8>, FileError> {
        let one_less = |left: usize| left.checked_sub(1);
        if self.1.fetch_update(Ordering::SeqCst, Ordering::SeqCst, one_less).is_ok() {
            return Err(FileError::Retry { reason: "no answer".into(), after_seconds: None });
        }
        let found = locked(&self.0).get(file_id).cloned();
        let content = found.ok_or_else(|| FileError::Gone("invalid file_id".into()))?;
        if content.len() > at_most { Err(FileError::TooLarge) } else { Ok(content) }
    }
}

fn opened(account: &GatewayAccount, order: OrderId, amount: Money) -> PaymentFacts {
    let id = format!("pay_{order}");
    PaymentFacts {
        provider_payment_id: id.clone(),
        account_id: account.account_id.clone(),
        order: Some(order),
        repeats: None,
        amount,
        status: PaymentStatus::Pending,
        refunded: 0,
        dispute: None,
        paid_at: None,
        raw: serde_json::json!({ "id": id }),
    }
}

/// Keeps what users would have been told.
#[derive(Clone, Debug, Default)]
pub struct FakeNotifier(Arc<Mutex<Vec<Notice>>>);

impl FakeNotifier {
    pub fn sent(&self) -> Vec<Notice> {
        locked(&self.0).clone()
    }
}

#[async_trait]
impl Notifier for FakeNotifier {
    async fn notify(&self, _: TenantId, _: BotId, _: i64, notice: &Notice) -> Result<Delivery, NotifyError> {
        locked(&self.0).push(notice.clone());
        Ok(Delivery::Sent { message_id: 1 })
    }
}

fn locked<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}
