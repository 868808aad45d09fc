//! What the owner has set, on both databases.

use super::service::{self as gate, Entry};
use sea_orm::{ActiveModelTrait as _, ActiveValue::Set, EntityTrait as _};

use crate::{
    db::Conn as _,
    entities::tenant::{
        notification,
        order::{self, OrderState},
    },
    ids::BotId,
    shop::setting::service as setting,
    testing::{self, person},
};

#[tokio::test]
async fn each_bot_has_a_gate_of_its_own_and_the_shop_one_rule_for_newcomers() {
    for test in testing::stores().await {
        let shop = test.selling_shop().await;
        let (one, other) = (BotId::new(), BotId::new());
        let tx = shop.db.write().await.unwrap();
        let at_first = setting::entrance(&tx).await.unwrap();
        assert!(
            at_first.rules && at_first.gates.is_empty() && at_first.entry == Entry::Open,
            "{}",
            test.name()
        );
        gate::require(&tx, one, true).await.unwrap();
        gate::require(&tx, other, true).await.unwrap();
        gate::require(&tx, other, true).await.unwrap();
        gate::require(&tx, one, false).await.unwrap();
        gate::set_entry(&tx, Entry::Invited).await.unwrap();
        setting::ask_for_rules(&tx, false).await.unwrap();
        let now = setting::entrance(&tx).await.unwrap();
        assert_eq!((now.rules, now.gates, now.entry), (false, vec![other], Entry::Invited));
    }
}

#[tokio::test]
async fn whoever_has_paid_or_holds_what_another_paid_for_is_let_through() {
    for test in testing::stores().await {
        let shop = test.selling_shop().await;
        let (user, other) = (shop.user(1).await, shop.user(2).await);
        let order = shop.bought(&test, &user).await;
        shop.work(&test).await;
        let tx = shop.db.write().await.unwrap();
        assert!(gate::is_exempt(&tx, user.id).await.unwrap(), "{}", test.name());
        assert!(!gate::is_exempt(&tx, other.id).await.unwrap(), "{}", test.name());
        // Without an order of his own, as with a gift.
        let row = order::ActiveModel { id: Set(order), state: Set(OrderState::Failed), ..Default::default() };
        row.update(tx.raw()).await.unwrap();
        assert!(gate::is_exempt(&tx, user.id).await.unwrap(), "{}: what he holds", test.name());
    }
}

#[tokio::test]
async fn the_owner_is_told_once_a_day_that_a_channel_is_out_of_sight() {
    for test in testing::stores().await {
        let shop = test.selling_shop().await;
        let tx = shop.db.write().await.unwrap();
        for _ in 0..3 {
            gate::lost(&tx, shop.bot, person(1).telegram_id, "@fastline").await.unwrap();
        }
        tx.commit().await.unwrap();
        assert_eq!(told(&shop).await, 1, "{}", test.name());
        test.clock.advance(chrono::Duration::days(1));
        let tx = shop.db.write().await.unwrap();
        gate::lost(&tx, shop.bot, person(1).telegram_id, "@fastline").await.unwrap();
        tx.commit().await.unwrap();
        assert_eq!(told(&shop).await, 2);
    }
}

async fn told(shop: &testing::TestShop) -> usize {
    let tx = shop.db.read().await.unwrap();
    notification::Entity::find().all(tx.raw()).await.unwrap().len()
}
