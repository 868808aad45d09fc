//! What people do with a shop's bot, as it was recorded: each step is an update in Telegram's form.

use std::sync::{Arc, atomic::Ordering};

use bots::callback::Callback;
use domain::{
    db::Conn as _,
    entities::tenant::{order, ticket::Topic, user},
    ids::OrderId,
    locale::Locale,
    shop::faq::rules::Key,
};
use sea_orm::{ColumnTrait as _, EntityTrait as _, QueryFilter as _};
use serde_json::{Value, json};

use super::{
    telegram::{Place, Seen},
    world::{CODE, STARS, Shop, World},
};

const FIRST: usize = 500_000_000;
const DATE: i64 = 1_800_000_000;
/// Presses after which somebody who wants to order gives up.
const TRIES: usize = 60;

/// What has to be in the rows.
#[derive(Clone, Debug, Default)]
pub struct Deeds {
    pub person: i64,
    pub shop: usize,
    pub locale: &'static str,
    pub brought: bool,
    pub wrong_codes: i32,
    pub written: Vec<String>,
    pub order: Option<OrderId>,
    pub paid: bool,
    pub trial: bool,
    pub vote: bool,
    pub tally: Tally,
}

/// What became of the updates.
#[derive(Clone, Debug, Default)]
pub struct Tally {
    pub updates: u64,
    /// On their way when the server died.
    pub in_flight: u64,
    /// Answered twice, of those that were in flight.
    pub twice: u64,
    /// What must not be.
    pub wrong: Vec<String>,
}

/// Somebody who writes to a bot for the first time.
pub struct Person {
    world: Arc<World>,
    place: Place,
    deeds: Deeds,
    /// When his last update was acknowledged.
    seen: Seen,
}

impl Person {
    pub fn new(world: Arc<World>) -> Self {
        let number = world.next_person.fetch_add(1, Ordering::Relaxed);
        let shop = number % world.shops.len();
        let person = i64::try_from(FIRST + number).unwrap();
        let place = (world.shops[shop].bot, person);
        Self { world, place, deeds: Deeds { person, shop, ..Deeds::default() }, seen: Seen::default() }
    }

    /// From the first word to the last.
    pub async fn live(mut self) -> Deeds {
        let number = self.deeds.person;
        self.arrive(number % 3 == 0).await;
        self.try_codes().await;
        self.look_around().await;
        match number % 4 {
            1 if !self.deeds.brought => self.buy(true).await,
            2 => self.buy(false).await,
            3 if !self.deeds.brought => self.try_for_nothing().await,
            _ => {}
        }
        self.ask_the_shop().await;
        self.settle_in().await;
        self.deeds
    }

    async fn arrive(&mut self, brought: bool) {
        self.deeds.brought = brought;
        let link = match brought {
            true => format!("/start ref_{}", self.shop().referral),
            false => "/start src_storm".to_owned(),
        };
        self.say(&link).await;
        self.press(&Callback::StartLanguage(Locale::En)).await;
        self.press(&Callback::RulesAccept).await;
        self.press(&Callback::Menu).await;
    }

    async fn try_codes(&mut self) {
        self.say("/promo NOTACODE").await;
        self.press(&Callback::Promo(None)).await;
        self.say("NOTTHISONE").await;
        self.deeds.wrong_codes = 2;
        self.say(&format!("/promo {CODE}")).await;
    }

    async fn look_around(&mut self) {
        for screen in [Callback::Menu, Callback::Plans, Callback::Profile, Callback::Support, Callback::Faq] {
            self.press(&screen).await;
        }
        self.say("/help").await;
        self.press(&Callback::FaqVote { key: Key::Ours("devices"), helpful: true }).await;
        self.deeds.vote = true;
    }

    async fn buy(&mut self, pays: bool) {
        let plan = Callback::Plan(self.shop().plan).encode();
        self.press_at(self.world.telegram.screen(self.place), &plan).await;
        let mut tries = 0;
        let order = loop {
            if let Some(order) = self.opened().await {
                break order;
            }
            tries += 1;
            assert!(tries < TRIES, "nobody can order: {:?}", self.world.telegram.texts(self.place));
            let button = |prefix| self.world.telegram.button(self.place, prefix);
            let next = button("v1:pay:with:").or_else(|| button("v1:pay:buy:"));
            let (message, data) = next.unwrap_or((self.world.telegram.screen(self.place), plan.clone()));
            self.press_at(message, &data).await;
        };
        self.deeds.order = Some(order.id);
        if pays {
            self.pay(order.id).await;
        }
    }

    /// The order whose link he has.
    async fn opened(&self) -> Option<order::Model> {
        let tx = self.shop().db.read().await.unwrap();
        let own = user::COLUMN.telegram_id.eq(self.deeds.person);
        let user = user::Entity::find().filter(own).one(tx.raw()).await.unwrap()?;
        let order =
            order::Entity::find().filter(order::COLUMN.user_id.eq(user.id)).one(tx.raw()).await.unwrap();
        order.filter(|order| order.pay_url.is_some())
    }

    async fn pay(&mut self, order: OrderId) {
        let mut tries = 0;
        loop {
            let query = format!("{}{tries}", self.deeds.person);
            let asks = json!({
                "id": query, "from": self.from(), "currency": "XTR", "total_amount": STARS,
                "invoice_payload": order.to_string(),
            });
            self.bring("pre_checkout_query", asks).await;
            if self.world.telegram.checkout(&query) == Some(true) {
                break;
            }
            tries += 1;
            assert!(tries < TRIES, "nobody can pay: {:?}", self.world.telegram.checkout(&query));
        }
        let charge = format!("charge{}", self.deeds.person);
        self.world.telegram.pay(self.place.0, self.deeds.person, &order.to_string(), &charge, STARS);
        let mut message = self.message();
        message["successful_payment"] = json!({
            "currency": "XTR", "total_amount": STARS, "invoice_payload": order.to_string(),
            "telegram_payment_charge_id": charge, "provider_payment_charge_id": charge,
        });
        self.bring("message", message).await;
        self.deeds.paid = true;
    }

    async fn try_for_nothing(&mut self) {
        self.press(&Callback::TrialOffer).await;
        self.press(&Callback::TrialClaim).await;
        self.press(&Callback::TrialClaim).await;
        self.deeds.trial = true;
    }

    async fn ask_the_shop(&mut self) {
        self.press(&Callback::SupportNew).await;
        self.press(&Callback::SupportAsk(Topic::Speed)).await;
        for number in 1..=3 {
            let words = format!("It is slow, {number} of {}", self.deeds.person);
            self.say(&words).await;
            self.deeds.written.push(words);
        }
        self.press(&Callback::Tickets(0)).await;
    }

    async fn settle_in(&mut self) {
        self.press(&Callback::Settings).await;
        self.press(&Callback::Language(Locale::Fa)).await;
        self.press(&Callback::Quiet(Some((23, 7)))).await;
        self.press(&Callback::Language(Locale::Ru)).await;
        self.deeds.locale = "ru";
        self.say("/menu").await;
    }

    async fn say(&mut self, text: &str) {
        let mut message = self.message();
        message["text"] = text.into();
        if text.starts_with('/') {
            let length = text.split(' ').next().unwrap_or_default().len();
            message["entities"] = json!([{ "type": "bot_command", "offset": 0, "length": length }]);
        }
        self.show(text, "message", message).await;
    }

    async fn press(&mut self, button: &Callback) {
        self.press_at(self.world.telegram.screen(self.place), &button.encode()).await;
    }

    async fn press_at(&mut self, message: i64, data: &str) {
        let mut shown = self.message();
        shown["message_id"] = message.into();
        shown["text"] = "…".into();
        let query = json!({
            "id": format!("{}{}", self.deeds.person, self.deeds.tally.updates), "from": self.from(),
            "message": shown, "chat_instance": "1", "data": data,
        });
        self.show(data, "callback_query", query).await;
    }

    /// An update that is to be answered by something on the screen.
    async fn show(&mut self, what: &str, kind: &str, content: Value) {
        let (stray, before) = (self.world.telegram.seen(self.place), self.world.telegram.texts(self.place));
        self.world.telegram.begin(self.place);
        let met = self.bring(kind, content).await;
        let seen = self.world.telegram.seen(self.place);
        let shown = self.world.telegram.texts(self.place);
        let tally = &mut self.deeds.tally;
        if stray != self.seen {
            tally.wrong.push(format!("before {what} something more was shown: {before:?}"));
        }
        self.seen = seen;
        if !seen.is_answered() {
            tally.wrong.push(format!("{what} was acknowledged and not answered, in flight: {met}"));
        }
        match seen {
            Seen { screens: 0 | 1, .. } => {}
            _ if met => tally.twice += 1,
            _ => tally.wrong.push(format!("{what} was answered twice and in flight at no kill: {shown:?}")),
        }
    }

    async fn bring(&mut self, kind: &str, content: Value) -> bool {
        let mut update = json!({ "update_id": self.world.update() });
        update[kind] = content;
        let met = self.world.deliver(self.deeds.shop, update).await;
        self.deeds.tally.updates += 1;
        self.deeds.tally.in_flight += u64::from(met);
        met
    }

    fn message(&self) -> Value {
        let chat = json!({ "id": self.deeds.person, "type": "private", "first_name": "Sara" });
        json!({ "message_id": self.deeds.tally.updates + 10, "date": DATE, "chat": chat, "from": self.from() })
    }

    fn from(&self) -> Value {
        json!({ "id": self.deeds.person, "is_bot": false, "first_name": "Sara", "language_code": "en" })
    }

    fn shop(&self) -> &Shop {
        &self.world.shops[self.deeds.shop]
    }
}
