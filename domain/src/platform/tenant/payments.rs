//! What a shop's people do about its money on our pages, each written into the audit log.

use serde_json::{Value, json};

use crate::{
    db::{MasterDb, StoreError, TenantDb},
    entities::{
        master::bot_instance::{self, BotState},
        tenant::receipt::RejectReason,
    },
    ids::{AccountId, OrderId, ReceiptId},
    platform::{
        audit,
        bot::{
            rules,
            service::{self as bots, BotError},
        },
    },
    ports::Refunds,
    shop::{
        order::service as orders,
        payment::{
            Provider, Providers, Way,
            method::{self, MethodRefused, ProbeFailed, Typed},
            settle::{self, Settled},
        },
        receipt::decide::{self, Approval, DecideRefused, Rejection},
        refund::service::{self as refunds, NewRefund, RefundError},
        renewal::standing,
    },
};

/// Who does it, in which shop.
#[derive(Clone, Copy, Debug)]
pub struct Actor<'a> {
    pub master: &'a MasterDb,
    pub db: &'a TenantDb,
    pub account: AccountId,
}

/// Money to send back, as it was asked for on the order's page.
#[derive(Clone, Copy, Debug)]
pub struct Wanted<'a> {
    pub order: OrderId,
    /// `None` is all that is left.
    pub minor: Option<i64>,
    /// What was left when the page was made. A second press of the same button finds less.
    pub left: i64,
    pub reason: &'a str,
}

/// What came of asking the provider.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Looked {
    Settled(Settled),
    /// It does not answer or refuses the shop's key, or the order has no payment there.
    NoAnswer,
}

impl Actor<'_> {
    /// Writes a refund down; a job sends it.
    ///
    /// # Errors
    /// [`RefundError`].
    pub async fn refund(&self, all: &Providers, wanted: Wanted<'_>) -> Result<(), RefundError> {
        let tx = self.db.write().await?;
        let order = orders::lock(&tx, wanted.order).await?.ok_or(RefundError::NoOrder)?;
        let able = refunds::able(&tx, all, &order).await?;
        let left = refunds::left(&tx, &order).await?;
        // Who cannot be paid back reads why; who pressed twice reads that it was done.
        if left != wanted.left && able != Refunds::None && left > 0 {
            return Err(RefundError::Changed);
        }
        let minor = wanted.minor.unwrap_or(left);
        let reason = wanted.reason;
        let new = NewRefund { order: order.id, minor, reason, requested_by: self.account.to_string() };
        let row = match able {
            Refunds::ByHand => refunds::record(&tx, new).await?,
            able => refunds::request(&tx, able, new).await?,
        };
        tx.commit().await?;
        let detail = json!({ "refund": row.id.to_string(), "minor": minor });
        Ok(self.note("order.refund", order.id.to_string(), detail).await?)
    }

    /// The money of a receipt has arrived.
    ///
    /// # Errors
    /// [`DecideRefused`].
    pub async fn approve_receipt(
        &self,
        receipt: ReceiptId,
        minor: Option<i64>,
        after_all: bool,
    ) -> Result<(), DecideRefused> {
        let tx = self.db.write().await?;
        let by = self.account.to_string();
        decide::approve(&tx, Approval { receipt, minor, after_all, by }).await?;
        tx.commit().await?;
        let detail = json!({ "minor": minor, "after_all": after_all });
        Ok(self.note("receipt.approve", receipt.to_string(), detail).await?)
    }

    /// The money of a receipt has not arrived.
    ///
    /// # Errors
    /// [`DecideRefused`].
    pub async fn reject_receipt(
        &self,
        receipt: ReceiptId,
        reason: RejectReason,
        note: &str,
    ) -> Result<(), DecideRefused> {
        let tx = self.db.write().await?;
        let by = self.account.to_string();
        decide::reject(&tx, Rejection { receipt, reason, note, by }).await?;
        tx.commit().await?;
        Ok(self.note("receipt.reject", receipt.to_string(), json!({ "reason": reason })).await?)
    }

    /// Asks the provider now, without waiting for its report.
    ///
    /// # Errors
    /// [`StoreError`].
    pub async fn look_again(&self, all: &Providers, id: OrderId) -> Result<Looked, StoreError> {
        let tx = self.db.read().await?;
        let found = orders::find(&tx, id).await?;
        drop(tx);
        let payment = found.and_then(|order| Some((order.provider, order.provider_payment_id?)));
        let Some((provider, payment)) = payment else { return Ok(Looked::NoAnswer) };
        let looked = match settle::settle(self.db, all, &provider, &payment).await {
            Ok(settled) => Looked::Settled(settled),
            Err(error) => {
                tracing::info!(order = %id, ?error, "the provider could not be asked");
                Looked::NoAnswer
            }
        };
        self.note("order.look", id.to_string(), json!({})).await?;
        Ok(looked)
    }

    /// # Errors
    /// [`MethodRefused`].
    pub async fn save_method(&self, way: Way<'_>, typed: &Typed) -> Result<(), MethodRefused> {
        let tx = self.db.write().await?;
        method::save(&tx, way, typed).await?;
        tx.commit().await?;
        let changed: Vec<_> = typed.account.keys().collect();
        Ok(self.note("method.save", way.name().to_owned(), json!({ "fields": changed })).await?)
    }

    /// # Errors
    /// [`MethodRefused`].
    pub async fn switch_method(&self, provider: &str, on: bool) -> Result<(), MethodRefused> {
        let tx = self.db.write().await?;
        method::switch(&tx, provider, on).await?;
        tx.commit().await?;
        Ok(self.note("method.switch", provider.to_owned(), json!({ "on": on })).await?)
    }

    /// # Errors
    /// [`MethodRefused`].
    pub async fn shift_method(&self, provider: &str, up: bool) -> Result<(), MethodRefused> {
        let tx = self.db.write().await?;
        method::shift(&tx, provider, up).await?;
        tx.commit().await?;
        Ok(self.note("method.shift", provider.to_owned(), json!({ "up": up })).await?)
    }

    /// # Errors
    /// [`MethodRefused`].
    pub async fn remove_method(&self, provider: &str) -> Result<(), MethodRefused> {
        let tx = self.db.write().await?;
        method::remove(&tx, provider).await?;
        tx.commit().await?;
        Ok(self.note("method.remove", provider.to_owned(), json!({})).await?)
    }

    /// # Errors
    /// [`ProbeFailed`].
    pub async fn test_method(&self, provider: &Provider) -> Result<(), ProbeFailed> {
        let outcome = method::probe(self.db, provider).await;
        let detail = json!({ "passed": outcome.is_ok() });
        self.note("method.test", provider.gateway.name().to_owned(), detail).await?;
        outcome
    }

    /// Deletes a bot of the shop. What its users have Telegram pay again by itself is called off before: the
    /// bot that is gone would not hear of it.
    ///
    /// # Errors
    /// [`BotError`]; [`BotError::Subscribed`] until Telegram was told.
    pub async fn delete_bot(&self, bot: &bot_instance::Model, typed: &str) -> Result<(), BotError> {
        let is_meant = rules::is_named(bot.name.as_deref(), bot.username.as_deref(), typed);
        // Without a token nobody can be told.
        let is_heard = bot.state != BotState::NeedsToken;
        if let Some(id) = bot.telegram_id.filter(|_| is_meant && is_heard) {
            let tx = self.db.write().await?;
            let is_free = standing::let_go(&tx, &id.to_string()).await?;
            tx.commit().await?;
            if !is_free {
                return Err(BotError::Subscribed);
            }
        }
        bots::delete(self.master, self.account, bot, typed).await
    }

    pub(super) async fn note(&self, action: &str, subject: String, detail: Value) -> Result<(), StoreError> {
        let tx = self.master.write().await?;
        let (account, tenant) = (Some(self.account), Some(self.db.tenant()));
        audit::append(&tx, audit::Entry { account, tenant, action, subject, detail }).await?;
        tx.commit().await
    }
}
