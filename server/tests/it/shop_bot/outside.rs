//! The panel and the payment provider of a scene.

use std::{
    collections::HashMap,
    sync::{
        Mutex,
        atomic::{AtomicBool, AtomicUsize, Ordering},
    },
    time::Duration,
};

use async_trait::async_trait;
use chrono::DateTime;
use domain::{
    ids::SubscriptionId,
    money::Currency,
    ports::{
        AccountField, AccountPage, AccountStatus, AccountTarget, Capabilities, CheckedLine, CreatedPayment,
        GatewayAccount, GatewayError, GatewayEvent, Inbound, NewPayment, PanelAccess, PanelAccount,
        PanelError, PanelSystem, PaymentFacts, PaymentGateway, PaymentStatus, RefundRequest, Refunds,
        RefusedWebhook, SubscriptionBody, VpnPanel,
    },
    units::Bytes,
};
use tokio::sync::mpsc::UnboundedSender;
use url::Url;

const LINK: &str = "https://panel.example.com/sub/dXNlcjE2MyxiMTc2ODU2NDgwMHg";
/// How the links begin that users are given.
pub const OURS: &str = "http://127.0.0.1:3000/s/";
pub const VLESS: &str = "vless://8c0f1f2e-6b53-4f0c-8a43-0d4f1f0a6f11@203.0.113.7:443?type=tcp#Fastline%201";

/// A panel that does as it is told, and tells what it has only when it is asked to.
#[derive(Default)]
pub struct ObedientPanel {
    accounts: Mutex<HashMap<String, PanelAccount>>,
    pub tells: AtomicBool,
}

#[async_trait]
impl VpnPanel for ObedientPanel {
    async fn ensure(&self, _: &PanelAccess, target: &AccountTarget) -> Result<PanelAccount, PanelError> {
        let account = account(&target.username, target.subscription, target.expire, target.data_limit);
        self.accounts.lock().unwrap().insert(target.username.clone(), account.clone());
        Ok(account)
    }

    async fn account(&self, _: &PanelAccess, username: &str) -> Result<Option<PanelAccount>, PanelError> {
        if !self.tells.load(Ordering::SeqCst) {
            return Err(PanelError::Timeout);
        }
        let account = self.accounts.lock().unwrap().get(username).cloned();
        Ok(account.map(|account| PanelAccount { used_traffic: Bytes::gigabytes(1), ..account }))
    }

    async fn delete(&self, _: &PanelAccess, _: &str) -> Result<(), PanelError> {
        Ok(())
    }

    async fn list(&self, _: &PanelAccess, _: u64, _: u64) -> Result<AccountPage, PanelError> {
        Ok(AccountPage::default())
    }

    async fn revoke_link(
        &self,
        _: &PanelAccess,
        username: &str,
        _: SubscriptionId,
    ) -> Result<PanelAccount, PanelError> {
        self.accounts.lock().unwrap().get(username).cloned().ok_or(PanelError::NotFound)
    }

    async fn subscription(&self, _: &PanelAccess, _: &Url, _: &str) -> Result<SubscriptionBody, PanelError> {
        Err(PanelError::Timeout)
    }

    async fn usage(&self, _: &PanelAccess, _: &str) -> Result<Bytes, PanelError> {
        Ok(Bytes::gigabytes(1))
    }

    fn capabilities(&self) -> Capabilities {
        Capabilities { device_limit: false, on_hold: false, revoke_link: true, webhook: false }
    }

    async fn inbounds(&self, _: &PanelAccess) -> Result<Vec<Inbound>, PanelError> {
        Ok(Vec::new())
    }

    async fn system(&self, _: &PanelAccess) -> Result<PanelSystem, PanelError> {
        Ok(PanelSystem { version: "0.8.4".into() })
    }

    async fn check(&self, _: &PanelAccess, _: UnboundedSender<CheckedLine>) {}
}

fn account(
    username: &str,
    subscription: SubscriptionId,
    expire: Option<DateTime<chrono::Utc>>,
    data_limit: Option<Bytes>,
) -> PanelAccount {
    PanelAccount {
        username: username.into(),
        status: AccountStatus::Active,
        expire,
        data_limit,
        used_traffic: Bytes(0),
        subscription: Some(subscription),
        links: vec![VLESS.into()],
        subscription_url: LINK.into(),
        online_at: None,
    }
}

/// A provider at which everything that was asked for is paid at once.
#[derive(Default)]
pub struct PaidAtOnce {
    asked: Mutex<HashMap<String, NewPayment>>,
    pub times: AtomicUsize,
    /// Not yet, after all.
    pub unpaid: AtomicBool,
    /// It calls every payment by the same name, which no order can have twice.
    pub repeats_itself: AtomicBool,
    /// It takes its time to answer.
    pub slow: AtomicBool,
    /// What it was asked for is made, and nobody hears of it.
    pub silent: AtomicBool,
    /// What each payer was to read, each time it was asked.
    pub descriptions: Mutex<Vec<String>>,
}

#[async_trait]
impl PaymentGateway for PaidAtOnce {
    fn name(&self) -> &'static str {
        "test"
    }

    fn currencies(&self) -> &'static [Currency] {
        &Currency::ALL
    }

    fn fields(&self) -> &'static [AccountField] {
        &[]
    }

    fn refunds(&self) -> Refunds {
        Refunds::None
    }

    async fn create(&self, _: &GatewayAccount, payment: &NewPayment) -> Result<CreatedPayment, GatewayError> {
        self.times.fetch_add(1, Ordering::SeqCst);
        let same = self.repeats_itself.load(Ordering::SeqCst);
        let name = if same { "pay_1".to_owned() } else { format!("pay_{}", payment.order) };
        self.asked.lock().unwrap().insert(name.clone(), payment.clone());
        self.descriptions.lock().unwrap().push(payment.description.clone());
        if self.silent.load(Ordering::SeqCst) {
            return Err(GatewayError::Unavailable("no answer in time".into()));
        }
        let pay_url = "http://localhost:3000/pay".parse().unwrap();
        Ok(CreatedPayment { provider_payment_id: name, pay_url })
    }

    async fn read(&self, account: &GatewayAccount, id: &str) -> Result<PaymentFacts, GatewayError> {
        let asked = self.asked.lock().unwrap().get(id).cloned().ok_or(GatewayError::NotFound)?;
        if self.slow.load(Ordering::SeqCst) {
            tokio::time::sleep(Duration::from_millis(1_500)).await;
        }
        let unpaid = self.unpaid.load(Ordering::SeqCst);
        Ok(PaymentFacts {
            provider_payment_id: id.into(),
            account_id: account.account_id.clone(),
            order: Some(asked.order),
            repeats: None,
            amount: asked.amount,
            status: if unpaid { PaymentStatus::Pending } else { PaymentStatus::Paid },
            refunded: 0,
            dispute: None,
            paid_at: None,
            raw: serde_json::json!({}),
        })
    }

    async fn list(
        &self,
        _: &GatewayAccount,
        _: DateTime<chrono::Utc>,
    ) -> Result<Vec<PaymentFacts>, GatewayError> {
        Ok(Vec::new())
    }

    async fn refund(&self, _: &GatewayAccount, _: &RefundRequest) -> Result<(), GatewayError> {
        Err(GatewayError::NotFound)
    }

    async fn probe(&self, _: &GatewayAccount) -> Result<(), GatewayError> {
        Ok(())
    }

    async fn verify(
        &self,
        _: &GatewayAccount,
        _: &(dyn for<'a> Fn(&'a str) -> Option<String> + Sync),
        _: &[u8],
        _: DateTime<chrono::Utc>,
    ) -> Result<GatewayEvent, RefusedWebhook> {
        Err(RefusedWebhook::Signature)
    }
}
