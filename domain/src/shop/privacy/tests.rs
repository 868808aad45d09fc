//! What a user takes along, on both databases.

use super::service::export;
use crate::{entities::tenant::ticket::Topic, shop::support::service as support, testing};

#[tokio::test]
async fn the_file_holds_what_is_kept_of_its_user_and_nothing_of_anybody_else() {
    for test in testing::stores().await {
        let shop = test.selling_shop().await;
        let (user, other) = (shop.user(1).await, shop.user(2).await);
        let order = shop.bought(&test, &user).await;
        shop.work(&test).await;
        shop.bought(&test, &other).await;
        shop.work(&test).await;
        let tx = shop.db.write().await.unwrap();
        for (asker, text) in [(&user, "Where is it?"), (&other, "My own business")] {
            let asker = support::Asker { user: asker, bot: shop.bot, owner: None };
            let words = support::Words {
                text: text.into(),
                file: None,
                album: None,
                origin: format!("update:{}", asker.user.telegram_id),
            };
            support::open(&tx, asker, Topic::Payment, words).await.unwrap();
        }
        tx.commit().await.unwrap();

        let tx = shop.db.read().await.unwrap();
        let file = export(&tx, &user).await.unwrap();
        assert_eq!(file["profile"]["telegram_id"], 1, "{}", test.name());
        assert_eq!(file["subscriptions"].as_array().unwrap().len(), 1);
        assert_eq!(file["orders"].as_array().unwrap().len(), 1);
        assert_eq!(file["orders"][0]["number"], order.short());
        assert_eq!(file["tickets"][0]["messages"][0]["text"], "Where is it?");
        let written = file.to_string();
        assert!(!written.contains("My own business"), "{written}");
    }
}
