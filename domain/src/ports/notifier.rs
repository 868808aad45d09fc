//! A message to an end user that no update asked for.

use async_trait::async_trait;
use chrono::{DateTime, NaiveDate, Utc};
use serde::{Deserialize, Serialize};

use crate::{
    ids::{BotId, OrderId, PlanId, ReceiptId, ReferralId, RowId, SubscriptionId, TenantId, TicketId},
    money::Money,
};

/// What the user is told. The bot turns it into a text of the user's language and into buttons.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Notice {
    /// Paid, and set up on the panel.
    OrderProvisioned {
        order: OrderId,
        subscription: SubscriptionId,
    },
    /// Paid, but the panel does not answer: it will be set up later, nothing is lost.
    OrderDelayed {
        order: OrderId,
    },
    /// The provider says that the payment failed or ran out.
    PaymentFailed {
        order: OrderId,
    },
    /// Amount, currency or account differ from the order: a person looks at it.
    PaymentMismatch {
        order: OrderId,
    },
    /// So much, in the smallest unit of the order's currency, is on its way back to the buyer.
    PaymentRefunded {
        order: OrderId,
        minor: i64,
    },
    /// A gift is paid: its link, to its buyer.
    GiftReady {
        order: OrderId,
    },
    /// Somebody has opened it.
    GiftOpened {
        order: OrderId,
    },
    /// What the user put into their wallet is there.
    WalletFilled {
        order: OrderId,
    },
    /// The shop does not believe in the transfer; the receipt's row says why.
    ReceiptRejected {
        order: OrderId,
        receipt: ReceiptId,
    },
    /// To the owner: a receipt waits for a decision.
    ReceiptSent {
        order: OrderId,
    },
    /// The subscription was to be renewed by itself and was not: the saved method was refused, or
    /// nothing covers so much.
    RenewalFailed {
        subscription: SubscriptionId,
        amount: Money,
        refused: bool,
    },
    /// The plan costs more than its user agreed to: nothing was charged, and it is switched off.
    RenewalPriceRose {
        subscription: SubscriptionId,
        plan: PlanId,
        was: Money,
        now: Money,
    },
    /// The plan that was to be bought again is not on sale: it is switched off.
    RenewalPlanGone {
        subscription: SubscriptionId,
    },
    /// What was saved is good for no charge any more, and forgotten.
    SavedMethodWithdrawn {
        title: String,
    },
    /// The trial that waited for the panel is ready.
    TrialProvisioned {
        subscription: SubscriptionId,
    },
    /// The panel does not answer; the trial is kept and will be set up later.
    TrialDelayed {
        subscription: SubscriptionId,
    },
    /// The trial has a day left, or a quarter of a shorter one, or a fifth of its traffic.
    TrialEnding {
        subscription: SubscriptionId,
        until: DateTime<Utc>,
    },
    /// So many days, 3 or 1, before the end.
    Expiring {
        subscription: SubscriptionId,
        until: DateTime<Utc>,
        days: i64,
    },
    Expired {
        subscription: SubscriptionId,
        until: DateTime<Utc>,
    },
    /// A day before its user is charged for the plan without being asked.
    RenewalAhead {
        subscription: SubscriptionId,
        /// When that is.
        at: DateTime<Utc>,
    },
    /// It ended a week ago, and was not renewed.
    WinBack {
        subscription: SubscriptionId,
        until: DateTime<Utc>,
    },
    /// So much of the traffic, 80 or 100 percent, is used.
    TrafficUsed {
        subscription: SubscriptionId,
        until: DateTime<Utc>,
        percent: i64,
    },
    /// A friend has bought for the first time: what the one who brought him got, or the friend himself.
    ReferralBonus {
        referral: ReferralId,
        referrer: bool,
    },
    /// A friend's money went back, and with it what the one who brought him had got.
    ReferralReversed {
        referral: ReferralId,
    },
    /// To the owner: a user wrote this.
    TicketWritten {
        ticket: TicketId,
        message: RowId,
    },
    /// The shop's answer.
    TicketAnswered {
        ticket: TicketId,
        message: RowId,
    },
    /// The shop has closed the ticket, and asks how it was.
    TicketClosed {
        ticket: TicketId,
    },
    /// To the owner: Telegram does not show this channel's members to the bot.
    GateLost {
        channel: String,
    },
    /// The shop was full, and has room again.
    RoomFree,
    /// The shop's people gave time for nothing.
    StaffGave {
        subscription: SubscriptionId,
        until: DateTime<Utc>,
    },
    /// The shop's people write to one user.
    StaffSays {
        text: String,
    },
    /// To owner and staff: how the day went.
    DailyReport {
        day: NaiveDate,
    },
    /// To the owner: the shop is live at this address.
    ShopLive {
        link: String,
    },
}

/// How a message left us.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Delivery {
    Sent {
        message_id: i64,
    },
    /// The user has blocked the bot or is gone: never tried again.
    Unreachable,
}

/// Why a message did not leave.
#[derive(Debug, thiserror::Error)]
pub enum NotifyError {
    /// Try again, not before so many seconds.
    #[error("not sent, try again: {reason}")]
    Retry { reason: String, after_seconds: Option<u64> },
    /// Nobody knows whether it left: trying again could tell it twice.
    #[error("perhaps sent: {0}")]
    Unknown(String),
    /// Trying again does not help.
    #[error("not sent: {0}")]
    Failed(String),
}

/// Sends notices through a tenant's bot.
#[async_trait]
pub trait Notifier: Send + Sync {
    /// # Errors
    /// [`NotifyError`].
    async fn notify(
        &self,
        tenant: TenantId,
        bot: BotId,
        telegram_id: i64,
        notice: &Notice,
    ) -> Result<Delivery, NotifyError>;

    /// What the bot would say, in Telegram's HTML, for another way to the user; `None` when what the notice
    /// is about is gone.
    ///
    /// # Errors
    /// [`NotifyError`].
    async fn wording(
        &self,
        tenant: TenantId,
        bot: BotId,
        telegram_id: i64,
        notice: &Notice,
    ) -> Result<Option<String>, NotifyError>;
}
