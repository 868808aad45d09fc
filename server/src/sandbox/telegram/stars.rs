//! People who pay with Stars: a link shows a sheet, the bot is asked, and only when it agrees in time the
//! Stars move and it is told (<https://core.telegram.org/bots/payments-stars>).

use serde::{Deserialize, Serialize};
use serde_json::json;
use uuid::Uuid;

use super::{
    TelegramEmulator,
    methods::ANSWERABLE_SECONDS,
    people::PersonError,
    state::{Message, State},
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

    /// The bot has agreed: the Stars move, and it is told.
    pub(super) fn complete(&self, state: &mut State, checkout: &str, now: i64) {
        let Some(Checkout { bot, user, invoice, .. }) = state.checkouts.get(checkout).cloned() else {
            return;
        };
        let made = Transaction {
            id: format!("stx{}", Uuid::new_v4().simple()),
            user,
            payload: invoice.payload,
            amount: invoice.amount,
            at: now,
            back: false,
        };
        if let Some(own) = state.bots.get_mut(&bot) {
            own.stars.push(made.clone());
        }
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
