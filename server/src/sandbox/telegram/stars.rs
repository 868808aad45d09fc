//! People who pay with Stars: a link shows a sheet, the bot is asked, and only when it agrees in time the
//! Stars move and it is told (<https://core.telegram.org/bots/payments-stars>).

use serde::{Deserialize, Serialize};
use serde_json::json;
use uuid::Uuid;

use super::{
    TelegramEmulator,
    methods::ANSWERABLE_SECONDS,
    people::PersonError,
    state::{Bot, Message, State},
    wire,
};

/// Checkouts are forgotten after this long, well after they could be answered.
const KEPT_SECONDS: i64 = 3_600;

/// What a link asks for.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Invoice {
    pub bot: i64,
    pub title: String,
    pub description: String,
    pub payload: String,
    /// Whole Stars.
    pub amount: i64,
    /// Seconds after which it is paid again.
    #[serde(default)]
    pub period: Option<i64>,
}

/// Stars that are paid every month until somebody cancels
/// (<https://core.telegram.org/api/subscriptions>).
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Subscription {
    pub user: i64,
    pub invoice: Invoice,
    /// Its first payment, which names it.
    pub charge: String,
    /// Unix time of the next payment.
    pub until: i64,
    pub canceled: bool,
    /// Its payer cannot let it go on.
    pub canceled_by_bot: bool,
}

/// Somebody has pressed "pay", and the bot is asked.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Checkout {
    pub bot: i64,
    pub user: i64,
    pub invoice: Invoice,
    /// Unix time.
    pub at: i64,
    pub verdict: Option<Verdict>,
}

/// What came of a checkout.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Verdict {
    Paid,
    /// In the bot's words.
    Refused(String),
}

/// Stars that moved between a person and a bot.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Transaction {
    /// A refund has its payment's.
    pub id: String,
    pub user: i64,
    pub payload: String,
    pub amount: i64,
    /// Unix time.
    pub at: i64,
    /// From the bot to the person.
    pub back: bool,
    /// Of a subscription.
    #[serde(default)]
    pub period: Option<Period>,
}

/// What a payment says of its subscription.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Period {
    pub seconds: i64,
    /// Unix time.
    pub until: i64,
    pub is_first: bool,
}

/// A message about money, beside its text.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Receipt {
    /// `successful_payment` or `refunded_payment`.
    pub kind: String,
    pub made: Transaction,
}

impl TelegramEmulator {
    /// What a link of the form `https://t.me/$…` asks for.
    pub fn invoice(&self, link: &str) -> Option<Invoice> {
        let slug = link.strip_prefix("https://t.me/$")?;
        self.look(|state| state.invoices.get(slug).cloned())
    }

    /// A person agrees to pay: the bot is asked, and [`Self::checkout`] tells what it says.
    ///
    /// # Errors
    /// Unknown link or person.
    pub fn pay(&self, user: i64, link: &str) -> Result<String, PersonError> {
        let invoice = self.invoice(link).ok_or(PersonError::NoButton)?;
        let (id, bot, now) = ((Uuid::new_v4().as_u128() >> 65).to_string(), invoice.bot, self.now());
        self.change(|state| {
            let person = state.users.get(&user).map(wire::person).ok_or(PersonError::Nobody)?;
            let query = json!({
                "id": id,
                "from": person,
                "currency": "XTR",
                "total_amount": invoice.amount,
                "invoice_payload": invoice.payload,
            });
            state.checkouts.retain(|_, checkout| checkout.at + KEPT_SECONDS > now);
            let checkout = Checkout { bot, user, invoice, at: now, verdict: None };
            state.checkouts.insert(id.clone(), checkout);
            self.enqueue(state, bot, "pre_checkout_query", user, query);
            Ok(())
        })?;
        self.tell(bot, user);
        Ok(id)
    }

    /// What the bot said, and whether it can still say something.
    pub fn checkout(&self, id: &str) -> (Option<Verdict>, bool) {
        let now = self.now();
        self.look(|state| match state.checkouts.get(id) {
            Some(checkout) => {
                let is_open = checkout.verdict.is_none() && now <= checkout.at + ANSWERABLE_SECONDS;
                (checkout.verdict.clone(), is_open)
            }
            None => (None, false),
        })
    }

    /// Puts a payment into the bot's list without any message or question: one that was made before.
    pub fn put_star_payment(&self, bot: i64, made: Transaction) {
        self.change(|state| {
            if let Some(own) = state.bots.get_mut(&bot) {
                own.stars.push(made);
            }
        });
    }

    /// The Stars that moved, the oldest first.
    pub fn star_payments(&self, bot: i64) -> Vec<Transaction> {
        self.look(|state| state.bots.get(&bot).map(|own| own.stars.clone()).unwrap_or_default())
    }

    /// Time passes for a bot's Stars, as far as its shop's clock was moved.
    pub fn move_stars_clock(&self, bot: i64, ahead: i64) {
        self.change(|state| {
            if let Some(own) = state.bots.get_mut(&bot) {
                own.stars_ahead = ahead;
            }
        });
        self.renew_stars();
    }

    /// Takes what is due of subscriptions, each at its time, and tells the bots. Nobody is asked before.
    pub fn renew_stars(&self) {
        let now = self.now();
        let is_due = |own: &Bot, one: &Subscription| one.goes_on() && one.until <= now + own.stars_ahead;
        let due = self.look(|state| {
            let due = |own: &Bot| own.subscriptions.iter().any(|one| is_due(own, one));
            state.bots.values().filter(|own| due(own)).map(|own| own.id).collect::<Vec<_>>()
        });
        for bot in due {
            let chats = self.change(|state| {
                let mut chats = Vec::new();
                while let Some(own) = state.bots.get_mut(&bot)
                    && let Some(at) = own.subscriptions.iter().position(|one| is_due(own, one))
                {
                    let made = own.subscriptions[at].take_again();
                    own.stars.push(made.clone());
                    chats.push(made.user);
                    self.send_receipt(state, bot, "successful_payment", made);
                }
                chats
            });
            chats.into_iter().for_each(|chat| self.tell(bot, chat));
        }
    }

    /// A person cancels in Telegram's own settings, of which no bot is told.
    pub fn cancel_subscriptions(&self, bot: i64, user: i64) {
        self.change(|state| {
            let own = state.bots.get_mut(&bot);
            let all = own.map(|own| own.subscriptions.iter_mut()).into_iter().flatten();
            all.filter(|one| one.user == user).for_each(|one| one.canceled = true);
        });
    }

    /// And lets go on, there too, what no bot has cancelled. Whether there was anything.
    pub fn reactivate_subscriptions(&self, bot: i64, user: i64) -> bool {
        let now = self.now();
        self.change(|state| {
            let Some(own) = state.bots.get_mut(&bot) else { return false };
            let now = now + own.stars_ahead;
            let mine = own.subscriptions.iter_mut().filter(|one| one.user == user && one.may_go_on(now));
            mine.map(|one| one.canceled = false).count() > 0
        })
    }

    /// Whether a person has cancelled something that they could let go on.
    pub fn may_reactivate(&self, bot: i64, user: i64) -> bool {
        let now = self.now();
        self.look(|state| {
            state.bots.get(&bot).is_some_and(|own| {
                let now = now + own.stars_ahead;
                own.subscriptions.iter().any(|one| one.user == user && one.may_go_on(now))
            })
        })
    }

    /// The bot's subscriptions, the oldest first.
    pub fn star_subscriptions(&self, bot: i64) -> Vec<Subscription> {
        self.look(|state| state.bots.get(&bot).map(|own| own.subscriptions.clone()).unwrap_or_default())
    }

    /// The bot has agreed: the Stars move, and it is told.
    pub(super) fn complete(&self, state: &mut State, checkout: &str, now: i64) {
        let Some(Checkout { bot, user, invoice, .. }) = state.checkouts.get(checkout).cloned() else {
            return;
        };
        let Some(own) = state.bots.get_mut(&bot) else { return };
        let at = now + own.stars_ahead;
        let period = invoice.period.map(|seconds| Period { seconds, until: at + seconds, is_first: true });
        let made = Transaction {
            id: charge(),
            user,
            payload: invoice.payload.clone(),
            amount: invoice.amount,
            at,
            back: false,
            period,
        };
        if let Some(period) = period {
            own.subscriptions.push(Subscription {
                user,
                invoice,
                charge: made.id.clone(),
                until: period.until,
                canceled: false,
                canceled_by_bot: false,
            });
        }
        own.stars.push(made.clone());
        self.send_receipt(state, bot, "successful_payment", made);
    }

    /// A message about money in the payer's chat.
    pub(super) fn send_receipt(&self, state: &mut State, bot: i64, kind: &str, made: Transaction) {
        let (user, mut message) = (made.user, Message::new(made.user, made.at));
        message.receipt = Some(Receipt { kind: kind.to_owned(), made });
        let Some(own) = state.bots.get_mut(&bot) else { return };
        let message = own.dialog_mut(user).add(message).clone();
        let Some(own) = state.bots.get(&bot) else { return };
        let update = wire::message(state, own, user, &message);
        self.enqueue(state, bot, "message", user, update);
    }
}

impl Subscription {
    /// Whether it is paid again.
    pub const fn goes_on(&self) -> bool {
        !self.canceled
    }

    const fn may_go_on(&self, now: i64) -> bool {
        self.canceled && !self.canceled_by_bot && self.until > now
    }

    fn take_again(&mut self) -> Transaction {
        let (at, seconds) = (self.until, self.invoice.period.unwrap_or_default().max(1));
        self.until += seconds;
        Transaction {
            id: charge(),
            user: self.user,
            payload: self.invoice.payload.clone(),
            amount: self.invoice.amount,
            at,
            back: false,
            period: Some(Period { seconds, until: self.until, is_first: false }),
        }
    }
}

fn charge() -> String {
    format!("stx{}", Uuid::new_v4().simple())
}
