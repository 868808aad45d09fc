//! Named points at which a test can kill the process.
//!
//! A point does nothing unless the environment arms it: `BOTYARD_FAULT=name` ends the process with
//! status 137 (what `kill -9` leaves) when the point is reached, `BOTYARD_FAULT=name:2` when it is
//! reached for the second time. Compiled in debug builds only.

/// Where a process can be killed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Point(&'static str);

macro_rules! points {
    ($($(#[$doc:meta])* $constant:ident = $name:literal),+ $(,)?) => {
        $($(#[$doc])* pub const $constant: Point = Point($name);)+

        /// Every point, in the order in which a purchase reaches them.
        pub const ALL: &[Point] = &[$($constant),+];
    };
}

points! {
    /// The checkout of a package: its webhook before it is stored.
    BILLING_INBOX_BEFORE = "billing.inbox.before_commit",
    BILLING_INBOX_AFTER = "billing.inbox.after_commit",
    BILLING_ANSWER_BEFORE = "billing.webhook.before_200",
    BILLING_READ_BEFORE = "billing.read.before",
    BILLING_SETTLE_BEFORE = "billing.settle.before_commit",
    BILLING_SETTLE_AFTER = "billing.settle.after_commit",

    DEPLOY_ORDER_BEFORE = "deploy.order_placed.before_commit",
    DEPLOY_ORDER_AFTER = "deploy.order_placed.after_commit",
    DEPLOY_PAYMENT_BEFORE = "deploy.payment_verified.before_commit",
    DEPLOY_PAYMENT_AFTER = "deploy.payment_verified.after_commit",
    DEPLOY_TOKEN_BEFORE = "deploy.token_checked.before_commit",
    DEPLOY_TOKEN_AFTER = "deploy.token_checked.after_commit",
    DEPLOY_SHOP_BEFORE = "deploy.shop_created.before_commit",
    DEPLOY_SHOP_AFTER = "deploy.shop_created.after_commit",
    DEPLOY_PANEL_BEFORE = "deploy.panel_connected.before_commit",
    DEPLOY_PANEL_AFTER = "deploy.panel_connected.after_commit",
    DEPLOY_PLANS_BEFORE = "deploy.plans_ready.before_commit",
    DEPLOY_PLANS_AFTER = "deploy.plans_ready.after_commit",
    DEPLOY_BOT_BEFORE = "deploy.bot_running.before_commit",
    DEPLOY_BOT_AFTER = "deploy.bot_running.after_commit",
    DEPLOY_LINK_BEFORE = "deploy.link_sent.before_commit",
    DEPLOY_LINK_AFTER = "deploy.link_sent.after_commit",

    /// A user's payment: the webhook before it is stored.
    INBOX_INSERT_BEFORE = "pay.inbox.before_insert",
    INBOX_INSERT_AFTER = "pay.inbox.after_insert",
    INBOX_COMMIT_AFTER = "pay.inbox.after_commit",
    /// The answer is ready but not yet sent.
    WEBHOOK_ANSWER_BEFORE = "pay.webhook.before_200",
    PROVIDER_READ_BEFORE = "pay.read.before",
    PROVIDER_READ_AFTER = "pay.read.after",
    /// The order has moved, nothing is booked yet.
    ORDER_MOVE_BEFORE = "pay.order.before_move",
    ORDER_MOVE_AFTER = "pay.order.after_move",
    LEDGER_AFTER = "pay.ledger.after_rows",
    SETTLE_COMMIT_BEFORE = "pay.settle.before_commit",
    SETTLE_COMMIT_AFTER = "pay.settle.after_commit",
    PANEL_PUT_BEFORE = "provision.panel.before_put",
    /// The panel has applied it; we do not know that yet.
    PANEL_READ_BACK_BEFORE = "provision.panel.before_read_back",
    /// We know it; we have not written it down.
    PANEL_PUT_AFTER = "provision.panel.after_read_back",
    TARGET_STORED_BEFORE = "provision.target.before_commit",
    TARGET_STORED_AFTER = "provision.target.after_commit",
    MESSAGE_SENT_BEFORE = "notify.message.before_send",
    MESSAGE_SENT_AFTER = "notify.message.after_send",
    MESSAGE_STORED_AFTER = "notify.message.after_commit",
}

impl Point {
    pub const fn name(self) -> &'static str {
        self.0
    }

    pub fn named(name: &str) -> Option<Self> {
        ALL.iter().copied().find(|point| point.0 == name)
    }
}

/// Marks that the running code is at this point.
#[cfg(debug_assertions)]
pub fn hit(point: Point) {
    #[cfg(test)]
    simulated::hit();
    armed::hit(point);
}

/// Marks that the running code is at this point. In a release build there is nothing to arm.
#[cfg(not(debug_assertions))]
pub fn hit(_point: Point) {}

/// Has `keep` called before a reached point ends the process. For emulators of the outside world that
/// live in this process: a kill of ours must not touch what the outside has applied.
#[cfg(debug_assertions)]
pub fn outlive(keep: impl Fn() + Send + Sync + 'static) {
    armed::outlive(Box::new(keep));
}

/// Whether a reached point is ending the process. What is not yet in the outlived states then must be
/// heard of by nobody.
#[cfg(debug_assertions)]
pub fn is_ending() -> bool {
    armed::is_ending()
}

/// As in debug builds, where it does something.
#[cfg(not(debug_assertions))]
pub const fn is_ending() -> bool {
    false
}

/// As in debug builds, where it does something.
#[cfg(not(debug_assertions))]
pub fn outlive(_keep: impl Fn() + Send + Sync + 'static) {}

#[cfg(debug_assertions)]
mod armed {
    use std::sync::{
        LazyLock, Mutex, PoisonError,
        atomic::{AtomicBool, AtomicU32, Ordering},
    };

    use super::Point;

    struct Armed {
        name: String,
        left: AtomicU32,
    }

    #[expect(
        clippy::disallowed_methods,
        reason = "a test arms the points of a process that has no configuration for it"
    )]
    static ARMED: LazyLock<Option<Armed>> = LazyLock::new(|| {
        let text = std::env::var("BOTYARD_FAULT").ok()?;
        let (name, count) = match text.split_once(':') {
            Some((name, count)) => (name, count.parse().ok()?),
            None => (text.as_str(), 1),
        };
        Some(Armed { name: name.to_owned(), left: AtomicU32::new(count) })
    });

    type Keep = Box<dyn Fn() + Send + Sync>;

    static ENDING: AtomicBool = AtomicBool::new(false);

    static OUTLIVING: Mutex<Vec<Keep>> = Mutex::new(Vec::new());

    pub(super) fn outlive(keep: Keep) {
        if ARMED.is_some() {
            OUTLIVING.lock().unwrap_or_else(PoisonError::into_inner).push(keep);
        }
    }

    pub(super) fn is_ending() -> bool {
        ENDING.load(Ordering::SeqCst)
    }

    pub(super) fn hit(point: Point) {
        let Some(armed) = ARMED.as_ref() else { return };
        if armed.name == point.0 && armed.left.fetch_sub(1, Ordering::SeqCst) == 1 {
            end(point);
        }
    }

    /// No destructor of ours runs: transactions are cut off as by a kill. 137 is what a shell reports after SIGKILL.
    fn end(point: Point) -> ! {
        eprintln!("fault point {} reached: ending the process", point.0);
        ENDING.store(true, Ordering::SeqCst);
        for keep in OUTLIVING.lock().unwrap_or_else(PoisonError::into_inner).iter() {
            keep();
        }
        std::process::exit(137)
    }
}

/// Crashes without a process: the running task unwinds and its transaction is rolled back.
#[cfg(test)]
pub(crate) mod simulated {
    use std::cell::Cell;

    /// What a crash unwinds with.
    pub(crate) struct Crash;

    thread_local! {
        static LEFT: Cell<Option<u32>> = const { Cell::new(None) };
    }

    /// This thread crashes at the point that comes after so many others.
    pub(crate) fn crash_after(points: Option<u32>) {
        LEFT.set(points);
    }

    pub(super) fn hit() {
        match LEFT.get() {
            None => {}
            Some(0) => {
                LEFT.set(None);
                // Unlike a panic it says nothing: it is no mistake.
                std::panic::resume_unwind(Box::new(Crash));
            }
            Some(left) => LEFT.set(Some(left - 1)),
        }
    }
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;

    #[test]
    fn each_point_has_a_name_of_its_own() {
        let names: HashSet<_> = ALL.iter().map(|point| point.name()).collect();
        assert_eq!(names.len(), ALL.len());
    }
}
