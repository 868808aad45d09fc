//! What else people buy in such a shop: gifts, which somebody opens or nobody does, and packs of traffic.

use sea_orm::EntityTrait;

use super::{by_itself::Happened, world::World};
use crate::{
    db::{Conn, TenantConn, TenantTx},
    entities::tenant::{
        gift,
        order::{self, OrderState},
        plan::{self, PlanKind},
    },
    jobs::JobError,
    money::{Currency, Money},
    shop::{gift::service as gifts, order::service as orders, traffic::service as packs},
    testing::{FakeGateway, TestShop},
};

const GIGABYTES: i64 = 50;
const PRICE: i64 = 9_900;

pub(super) async fn stock(shop: &TestShop) {
    let tx = shop.db.write().await.expect("a transaction");
    packs::save(&tx, GIGABYTES, Money::new(PRICE, Currency::Rub)).await.expect("a pack");
    tx.commit().await.expect("a commit");
}

impl World<'_> {
    pub(super) async fn buy_a_gift(&mut self) {
        let Some(buyer) = self.random.pick(&self.buyers).cloned() else { return };
        let placed = self
            .place(async |shop: &TestShop, tx: &TenantTx| {
                let (plan, bot) = (shop.monthly, shop.bot);
                let new = orders::NewOrder { user: &buyer, plan, bot, provider: FakeGateway::NAME };
                gifts::place(tx, &shop.providers, new).await
            })
            .await;
        self.mostly_pay(placed);
    }

    /// Somebody follows the link of a gift, opened and unpaid ones too; its buyer keeps it at times.
    pub(super) async fn open_a_gift(&mut self) {
        let Some(reader) = self.random.pick(&self.buyers).cloned() else { return };
        let Ok(tx) = self.shop.db.read().await else { return };
        let mut all = gift::Entity::find().all(tx.raw()).await.expect("rows");
        drop(tx);
        all.sort_by_key(|gift| gift.order_id);
        let Some(gift) = self.random.pick(&all).cloned() else { return };
        let (shop, keeps) = (self.shop.clone(), self.random.chance(30));
        let opening = async move {
            let tx = shop.db.write().await?;
            let opened = match keeps {
                true => gifts::keep(&tx, gift.order_id, &reader, shop.bot).await?,
                false => gifts::open(&tx, &gift.token, &reader, shop.bot).await?,
            };
            tx.commit().await?;
            Ok::<_, JobError>(opened)
        };
        let opened = Box::pin(self.until_crash(opening)).await;
        self.note(format!("a gift is opened: {opened:?}"));
    }

    /// Refused where the buyer has nothing that it could be added to.
    pub(super) async fn buy_traffic(&mut self) {
        let Some(buyer) = self.random.pick(&self.buyers).cloned() else { return };
        let Ok(tx) = self.shop.db.read().await else { return };
        let pack = packs::list(&tx).await.expect("rows").remove(0).0.id;
        drop(tx);
        let placed = self
            .place(async |shop: &TestShop, tx: &TenantTx| {
                let new =
                    orders::NewOrder { user: &buyer, plan: pack, bot: shop.bot, provider: FakeGateway::NAME };
                orders::place(tx, &shop.providers, new).await
            })
            .await;
        self.mostly_pay(placed);
    }
}

pub(super) async fn happened(tx: &impl TenantConn) -> Happened {
    let orders = order::Entity::find().all(tx.raw()).await.expect("rows");
    let plans = plan::Entity::find().all(tx.raw()).await.expect("rows");
    let gifts = gift::Entity::find().all(tx.raw()).await.expect("rows");
    let is_pack = |order: &order::Model| {
        plans.iter().any(|plan| Some(plan.id) == order.plan_id && plan.kind == PlanKind::Traffic)
    };
    let mut happened = Happened::default();
    for order in orders.iter().filter(|order| OrderState::PAID_ONCE.contains(&order.state)) {
        match gifts.iter().find(|gift| gift.order_id == order.id) {
            Some(gift) if gift.redeemed_by.is_some() => happened.opened += 1,
            Some(_) => happened.unopened += 1,
            None => happened.packs += u64::from(is_pack(order)),
        }
    }
    happened
}
