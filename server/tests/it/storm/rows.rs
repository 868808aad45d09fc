//! What is in the rows, against what people did.

use std::collections::HashMap;

use domain::{
    db::Conn as _,
    entities::{
        master::answered_update::{self, Outcome},
        tenant::{
            chat, faq_vote, grant, order, order::OrderState, promo_holder, referral, subscription, ticket,
            ticket_message, trial_claim, user,
        },
    },
    ids::{TicketId, UserId},
};
use sea_orm::{ColumnTrait as _, EntityTrait as _, PaginatorTrait as _, QueryFilter as _};

use super::{
    people::Deeds,
    world::{Shop, World},
};

/// Each effect is there, and once.
pub async fn check(world: &World, number: usize, deeds: &[Deeds]) {
    let (shop, rows) = (&world.shops[number], Rows::of(&world.shops[number]).await);
    let own: Vec<&Deeds> = deeds.iter().filter(|deeds| deeds.shop == number).collect();
    // Whoever brings friends was there before.
    assert_eq!((rows.users.len(), rows.chats), (own.len() + 1, own.len()), "people");
    let count = |is: fn(&Deeds) -> bool| own.iter().filter(|deeds| is(deeds)).count();
    assert_eq!(rows.brought.len(), count(|deeds| deeds.brought), "friends");
    assert_eq!(rows.orders.len(), count(|deeds| deeds.order.is_some()), "orders");
    assert_eq!(rows.claims, count(|deeds| deeds.trial), "trials");
    let accounts = count(|deeds| deeds.trial || deeds.paid);
    assert_eq!(rows.accesses.len(), accounts, "accesses");
    assert_eq!(world.panels.users(&shop.db.tenant().to_string()).len(), accounts, "accounts");
    assert_eq!(rows.grants.len(), accounts, "grants");
    for deeds in own {
        rows.check(deeds);
    }
}

/// Answers of which the server says that nobody knows whether they arrived.
pub async fn unknown(world: &World) -> u64 {
    let unknown = answered_update::COLUMN.outcome.eq(Outcome::Unknown);
    answered_update::Entity::find().filter(unknown).count(world.master().raw()).await.unwrap()
}

struct Rows {
    users: HashMap<i64, user::Model>,
    chats: usize,
    brought: Vec<UserId>,
    wrong_codes: HashMap<UserId, i32>,
    orders: HashMap<UserId, order::Model>,
    claims: usize,
    accesses: Vec<UserId>,
    grants: Vec<grant::Model>,
    votes: Vec<UserId>,
    tickets: HashMap<UserId, Vec<TicketId>>,
    written: HashMap<TicketId, Vec<String>>,
}

impl Rows {
    async fn of(shop: &Shop) -> Self {
        let tx = shop.db.read().await.unwrap();
        let raw = tx.raw();
        let mut rows = Self {
            users: HashMap::new(),
            chats: chat::Entity::find().all(raw).await.unwrap().len(),
            brought: Vec::new(),
            wrong_codes: HashMap::new(),
            orders: HashMap::new(),
            claims: trial_claim::Entity::find().all(raw).await.unwrap().len(),
            accesses: Vec::new(),
            grants: grant::Entity::find().all(raw).await.unwrap(),
            votes: Vec::new(),
            tickets: HashMap::new(),
            written: HashMap::new(),
        };
        for row in user::Entity::find().all(raw).await.unwrap() {
            assert!(rows.users.insert(row.telegram_id, row).is_none());
        }
        for row in order::Entity::find().all(raw).await.unwrap() {
            assert!(rows.orders.insert(row.user_id, row).is_none(), "two orders");
        }
        let referrals = referral::Entity::find().all(raw).await.unwrap();
        rows.brought.extend(referrals.iter().map(|row| row.referee_id));
        let holders = promo_holder::Entity::find().all(raw).await.unwrap();
        rows.wrong_codes.extend(holders.iter().map(|row| (row.user_id, row.wrong_tries)));
        let accesses = subscription::Entity::find().all(raw).await.unwrap();
        rows.accesses.extend(accesses.iter().map(|row| row.user_id));
        rows.votes.extend(faq_vote::Entity::find().all(raw).await.unwrap().iter().map(|row| row.user_id));
        for row in ticket::Entity::find().all(raw).await.unwrap() {
            rows.tickets.entry(row.user_id).or_default().push(row.id);
        }
        for row in ticket_message::Entity::find().all(raw).await.unwrap() {
            rows.written.entry(row.ticket_id).or_default().push(row.text);
        }
        rows
    }

    fn check(&self, deeds: &Deeds) {
        let user = &self.users[&deeds.person];
        let id = user.id;
        assert_eq!(user.locale, deeds.locale, "{deeds:?}");
        assert_eq!(self.brought.contains(&id), deeds.brought, "{deeds:?}");
        assert_eq!(self.wrong_codes[&id], deeds.wrong_codes, "{deeds:?}");
        assert_eq!(self.votes.iter().filter(|by| **by == id).count(), usize::from(deeds.vote), "{deeds:?}");
        let [ticket] = self.tickets[&id][..] else { panic!("not one ticket: {deeds:?}") };
        let mut written = self.written[&ticket].clone();
        written.sort_unstable();
        assert_eq!(written, deeds.written);
        let order = self.orders.get(&id);
        assert_eq!(order.map(|order| order.id), deeds.order, "{deeds:?}");
        let delivered = order.is_some_and(|order| order.state == OrderState::Provisioned);
        assert_eq!(delivered, deeds.paid, "{order:?}");
        let given =
            self.grants.iter().filter(|grant| grant.order_id.is_some_and(|id| Some(id) == deeds.order));
        assert_eq!(given.count(), usize::from(deeds.paid), "{deeds:?}");
    }
}
