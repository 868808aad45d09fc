//! A payment provider.

use std::{
    collections::{HashMap, HashSet},
    sync::{Arc, Mutex},
};

use async_trait::async_trait;
use chrono::{DateTime, Utc};
use url::Url;

use super::locked;
use crate::{
    ids::{OrderId, RefundId},
    money::{Currency, Money},
    ports::{
        AccountField, AccountSlot, CreatedPayment, Dispute, GatewayAccount, GatewayError, GatewayEvent, Kept,
        NewPayment, PaymentFacts, PaymentGateway, PaymentStatus, RefundRequest, Refunds, RefusedWebhook,
        Repeats, SavedCharge, SavedMethod,
    },
    units::Days,
};

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
