//! A panel.

use std::{
    collections::{HashMap, HashSet},
    sync::atomic::{AtomicBool, AtomicUsize, Ordering},
    sync::{Arc, Mutex},
};

use async_trait::async_trait;
use futures::future::BoxFuture;
use tokio::sync::mpsc::UnboundedSender;
use url::Url;

use super::locked;
use crate::{
    ids::{PanelId, SubscriptionId},
    ports::{
        AccountPage, AccountStatus, AccountTarget, Capabilities, CheckedLine, Inbound, PanelAccess,
        PanelAccount, PanelCheck, PanelError, PanelSystem, SubscriptionBody, TargetStatus, VpnPanel,
    },
    units::Bytes,
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

    async fn subscription(
        &self,
        access: &PanelAccess,
        address: &Url,
        agent: &str,
    ) -> Result<SubscriptionBody, PanelError> {
        self.reach(access)?;
        let body = format!("{address} for {agent}").into_bytes();
        Ok(SubscriptionBody { body, content_type: "text/plain".into(), usage: None })
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
