//! What else can happen in a shop whose users pay with their wallets, have promo codes and are renewed by
//! themselves.

use std::collections::BTreeMap;

use chrono::Duration;
use sea_orm::EntityTrait;

use super::{extras, random::Random, world::World};
use crate::{
    clock::Clock,
    db::{Conn, TenantTx},
    entities::tenant::{
        order::{self, OrderState},
        order_event, promo_redemption,
    },
    ids::{OrderId, UserId},
    jobs::{self, JobError},
    money::{Currency, Money},
    ports::PaymentStatus,
    shop::{
        ledger::verify::{Breach, breach},
        order::service as orders,
        payment::House,
        promo::{self, holder::Taken, rules::Effect, service::NewPromo},
        renewal::{
            agreement::{self, Agreed},
            jobs::RenewSubscriptions,
            saved,
        },
        subscription::service as subscriptions,
        wallet::{
            service as wallet,
            top_up::{self, NewTopUp},
        },
    },
    testing::{Charging, FakeGateway, TestShop},
    units::Days,
};

/// A month in this shop.
const PRICE: i64 = 29_900;

/// What the shop has given out: a fifth less, once for each user, and a week more.
const CODES: [(&str, Effect, Option<i64>); 2] =
    [("FIFTH", Effect::Percent(20), Some(1)), ("WEEK", Effect::Days(Days(7)), None)];

pub(super) async fn give_out_codes(shop: &TestShop) {
    let tx = shop.db.write().await.expect("a transaction");
    for (code, effect, per_user) in CODES {
        let new = NewPromo {
            code: code.into(),
            effect,
            plans: Vec::new(),
            valid_from: None,
            valid_until: None,
            max_uses: None,
            per_user,
            first_purchase: false,
        };
        promo::service::save(&tx, None, &new).await.expect("a code");
    }
    tx.commit().await.expect("a commit");
}

impl World<'_> {
    /// Takes its decisions from the other numbers, those of crashes included.
    pub(super) async fn move_by_itself(&mut self) {
        let Some(mut other) = self.other.take() else { return };
        std::mem::swap(&mut self.random, &mut other);
        match self.random.below(10) {
            0 if self.random.chance(50) => self.overpay(),
            0 => Box::pin(self.top_up()).await,
            1 => Box::pin(self.spend()).await,
            2 => self.agree().await,
            3..=4 => Box::pin(self.buy_and_agree()).await,
            5 if self.random.chance(40) => self.take_back().await,
            6 => self.change_mood(),
            _ => self.hourly_round().await,
        }
        match self.random.below(10) {
            0 => Box::pin(self.buy_a_gift()).await,
            1..=2 => Box::pin(self.open_a_gift()).await,
            3 => Box::pin(self.buy_traffic()).await,
            _ => {}
        }
        std::mem::swap(&mut self.random, &mut other);
        self.other = Some(other);
    }

    /// Enough for two more months.
    fn overpay(&mut self) {
        let Some(order) = self.random.pick(&self.orders).copied() else { return };
        if self.is_payable(order) {
            self.pay_so_much_more(order, 2 * PRICE + 50);
        }
    }

    /// Money for a wallet, which the provider takes at once or later, as any other order's.
    async fn top_up(&mut self) {
        let Some(buyer) = self.random.pick(&self.buyers).cloned() else { return };
        let amount = Money::new(PRICE + 1_000, Currency::Rub);
        let placed = self
            .place(async |shop: &TestShop, tx: &TenantTx| {
                let new = NewTopUp { user: &buyer, amount, bot: shop.bot, provider: FakeGateway::NAME };
                top_up::place(tx, &shop.providers, new).await
            })
            .await;
        self.mostly_pay(placed);
    }

    /// At once, if it was placed.
    pub(super) fn mostly_pay(&mut self, placed: Option<OrderId>) {
        let Some(order) = placed else { return };
        if self.random.chance(70) && self.is_payable(order) {
            self.pay_so_much_more(order, 0);
        }
    }

    /// A card is kept, if nothing comes between.
    async fn buy_and_agree(&mut self) {
        for buyer in self.buyers.clone() {
            self.say(buyer.id, true).await;
            self.take_code(buyer.id).await;
        }
        self.order().await;
        if let Some(order) = self.orders.last().copied().filter(|order| self.is_payable(*order)) {
            self.pay_so_much_more(order, 0);
        }
    }

    fn pay_so_much_more(&mut self, order: OrderId, more: i64) {
        let now = self.shop.db.clock().now();
        let mut is_paid = false;
        self.shop.gateway.change(order, |facts| {
            if facts.status == PaymentStatus::Pending {
                (facts.status, facts.paid_at) = (PaymentStatus::Paid, Some(now));
                facts.amount.minor += more;
                is_paid = true;
            }
        });
        if is_paid {
            self.note(format!("paid {more} too much for {order}"));
            self.announce(order);
        }
    }

    async fn spend(&mut self) {
        let Some(buyer) = self.random.pick(&self.buyers).cloned() else { return };
        self.take_code(buyer.id).await;
        let shop = self.shop.clone();
        let paid = self
            .until_crash(Box::pin(async move {
                let tx = shop.db.write().await?;
                let (plan, bot, provider) = (shop.monthly, shop.bot, House::Wallet.name());
                let new = orders::NewOrder { user: &buyer, plan, bot, provider };
                let order = orders::place(&tx, &shop.providers, new).await.map_err(JobError::retry)?;
                tx.commit().await?;
                let tx = shop.db.write().await?;
                let paid = wallet::pay(&tx, order.id).await?;
                tx.commit().await?;
                Ok(paid)
            }))
            .await;
        self.note(format!("wallet: {paid:?}"));
    }

    /// For every other order, so that no number is drawn for it.
    async fn take_code(&mut self, buyer: UserId) {
        let code = match self.orders.len() % 4 {
            1 => CODES[0].0,
            3 => CODES[1].0,
            _ => return,
        };
        let Ok(tx) = self.shop.db.write().await else { return };
        let taken = promo::holder::take(&tx, buyer, code).await;
        if taken.is_ok() && tx.commit().await.is_ok() {
            self.note(format!("{buyer} takes {code}: {}", matches!(taken, Ok(Taken::Ready(_)))));
        }
    }

    async fn agree(&mut self) {
        let Some(buyer) = self.random.pick(&self.buyers).cloned() else { return };
        let at_purchase = self.random.chance(60);
        self.say(buyer.id, at_purchase).await;
    }

    async fn say(&mut self, buyer: UserId, at_purchase: bool) {
        let shop = self.shop.clone();
        let price = Money::new(PRICE, Currency::Rub);
        let agreed = Agreed { user: buyer, bot: shop.bot, plan: shop.monthly, price };
        let said = self
            .until_crash(async move {
                let tx = shop.db.write().await?;
                match at_purchase {
                    true => agreement::wish(&tx, agreed).await?,
                    false => agreement::agree(&tx, agreed).await?,
                }
                Ok(tx.commit().await?)
            })
            .await;
        self.note(format!("{buyer} agrees, at a purchase {at_purchase}: {said:?}"));
    }

    async fn take_back(&mut self) {
        let Some(buyer) = self.random.pick(&self.buyers).cloned() else { return };
        let forgets = self.random.chance(50);
        let Ok(tx) = self.shop.db.write().await else { return };
        let done = match forgets {
            true => saved::forget(&tx, buyer.id).await.map(drop),
            false => agreement::end(&tx, buyer.id).await,
        };
        if done.is_ok() && tx.commit().await.is_ok() {
            self.note(format!("{} takes it back, the card {forgets}", buyer.id));
        }
    }

    fn change_mood(&mut self) {
        let pays = [Charging::Pays; 4];
        let moods = [&pays[..], &[Charging::Refuses, Charging::Withdrawn, Charging::Waits]].concat();
        let mood = self.random.pick(&moods).copied().unwrap_or_default();
        self.shop.gateway.charging(mood);
        self.shop.gateway.lose_charges(usize::try_from(self.random.below(3)).unwrap_or(0));
        self.note(format!("charges: {mood:?}"));
    }

    /// Mostly near somebody's end: days without anything are not worth a step.
    async fn hourly_round(&mut self) {
        if self.random.chance(70) {
            self.wait_for_an_end().await;
        }
        let Ok(tx) = self.shop.db.write().await else { return };
        let now = tx.now();
        if jobs::enqueue(&tx, &RenewSubscriptions {}, now).await.is_ok() && tx.commit().await.is_ok() {
            self.note("the hourly round");
        }
    }

    async fn wait_for_an_end(&mut self) {
        let Some(buyer) = self.random.pick(&self.buyers).cloned() else { return };
        let hours = self.random.pick(&[24, 23, 6, 1]).copied().unwrap_or(24);
        let Ok(tx) = self.shop.db.read().await else { return };
        let Ok(Some(access)) = subscriptions::current_of(&tx, buyer.id).await else { return };
        drop(tx);
        let wait = access.target_expire - Duration::hours(hours) - self.shop.db.clock().now();
        if wait > Duration::zero() {
            self.test.clock.advance(wait);
            self.note(format!("{} h before the end of {}", hours, buyer.id));
        }
    }

    /// What the bank took its time for is decided, and nobody withdraws anything any more.
    pub(super) fn heal_charges(&mut self) {
        if self.other.is_none() {
            return;
        }
        self.shop.gateway.charging(Charging::Pays);
        self.shop.gateway.lose_charges(0);
        let now = self.shop.db.clock().now();
        for facts in self.shop.gateway.all() {
            let Some(order) = facts.order.filter(|order| !self.orders.contains(order)) else { continue };
            self.shop.gateway.change(order, |facts| {
                if facts.status == PaymentStatus::Pending {
                    (facts.status, facts.paid_at) = (PaymentStatus::Paid, Some(now));
                }
            });
        }
    }
}

/// What happened in a run, to show that it did.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Happened {
    /// Wallets that were filled.
    pub filled: u64,
    /// Orders that wallets paid.
    pub by_wallet: u64,
    /// Renewals that were charged to a card.
    pub by_card: u64,
    /// Charges that failed, ran out or were called off.
    pub not_charged: u64,
    /// Orders that were placed with a code and paid.
    pub with_code: u64,
    /// Gifts that were opened, and that were paid and nobody opened.
    pub opened: u64,
    pub unopened: u64,
    /// Packs of traffic that were paid.
    pub packs: u64,
}

impl Happened {
    pub(super) fn add(&mut self, other: Self) {
        self.filled += other.filled;
        self.by_wallet += other.by_wallet;
        self.by_card += other.by_card;
        self.not_charged += other.not_charged;
        self.with_code += other.with_code;
        self.opened += other.opened;
        self.unopened += other.unopened;
        self.packs += other.packs;
    }
}

pub(super) async fn happened(world: &World<'_>) -> Happened {
    let tx = world.shop.db.read().await.expect("a transaction");
    let events = order_event::Entity::find().all(tx.raw()).await.expect("rows");
    let renewals: Vec<_> =
        events.iter().filter(|event| event.kind == "renewal").map(|event| event.order_id).collect();
    let terms = promo_redemption::Entity::find().all(tx.raw()).await.expect("rows");
    let mut happened = extras::happened(&tx).await;
    for order in order::Entity::find().all(tx.raw()).await.expect("rows") {
        let is_paid = OrderState::PAID_ONCE.contains(&order.state);
        happened.filled += u64::from(is_paid && order.is_top_up());
        if is_paid && terms.iter().any(|terms| terms.order_id == order.id) {
            happened.with_code += 1;
        }
        match (is_paid, order.provider == House::Wallet.name()) {
            (true, true) => happened.by_wallet += 1,
            (true, false) if renewals.contains(&order.id) => happened.by_card += 1,
            (false, false) if renewals.contains(&order.id) => happened.not_charged += 1,
            _ => {}
        }
    }
    happened
}

/// The other numbers of a seed.
pub(super) fn other(seed: u64) -> Random {
    Random::new(seed ^ 0x5741_4C4C_4554)
}

/// I9: each end of a subscription was renewed once.
pub(super) async fn renewed_once(world: &World<'_>) -> Vec<Breach> {
    let tx = world.shop.db.read().await.expect("a transaction");
    let events = order_event::Entity::find().all(tx.raw()).await.expect("rows");
    let all = order::Entity::find().all(tx.raw()).await.expect("rows");
    let mut paid: BTreeMap<String, usize> = BTreeMap::new();
    for event in events.into_iter().filter(|event| event.kind == "renewal") {
        let order = all.iter().find(|order| order.id == event.order_id).expect("its order");
        if OrderState::PAID_ONCE.contains(&order.state) {
            let end = event.detail.unwrap_or_default();
            *paid.entry(format!("{:?} {end}", order.subscription_id)).or_default() += 1;
        }
    }
    let twice = paid.into_iter().filter(|(_, count)| *count > 1);
    twice.map(|(end, count)| breach("I9", format!("{end} was renewed {count} times"))).collect()
}
