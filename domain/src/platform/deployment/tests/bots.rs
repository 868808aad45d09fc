//! Which bots a shop may connect, and what becomes of their tokens.

use super::{world::*, *};

#[tokio::test]
async fn a_bot_of_another_shop_is_refused_and_one_more_than_the_package_has_too() {
    for test in testing::stores().await {
        let world = World::default();
        let (one, two) = (seller(&test, "one@example.com").await, seller(&test, "two@example.com").await);
        let connect = |seller: &Seller, bot: i64| {
            let (account, shop) = (seller.account, seller.shop);
            let (test, world) = (&test, &world);
            async move { bot::token::connect(test.master(), world, account, shop, &token(bot)).await }
        };
        let first = connect(&one, 110_201_543).await.unwrap();
        let stolen = connect(&two, 110_201_543).await;
        assert!(matches!(stolen, Err(bot::token::TokenError::Taken)), "{}: {stolen:?}", test.name());
        // A draft's bot may still be exchanged; then the first one is free.
        let other = connect(&one, 220_201_543).await.unwrap();
        assert_eq!(other.id, first.id);
        assert_ne!(other.owner_nonce, first.owner_nonce);
        connect(&two, 110_201_543).await.unwrap();
        assert!(bot::service::find_of(test.master(), two.shop, first.id).await.unwrap().is_none());

        let tx = test.master().write().await.unwrap();
        bot::service::set_state(&tx, other.id, BotState::Deploying, None).await.unwrap();
        tx.commit().await.unwrap();
        let third = connect(&one, 330_201_543).await;
        assert!(matches!(third, Err(bot::token::TokenError::Limit(_))), "{}: {third:?}", test.name());
        let other_bot =
            bot::token::rotate(test.master(), &world, one.account, &other, &token(330_201_543)).await;
        assert!(matches!(other_bot, Err(bot::token::TokenError::OtherBot { .. })));
        assert_ne!(one.customer, two.customer);
    }
}

#[tokio::test]
async fn a_token_that_telegram_refuses_is_not_kept() {
    let test = testing::sqlite().await;
    let world = World { refuse_token: true, ..World::default() };
    let seller = seller(&test, "ali@example.com").await;
    let outcome =
        bot::token::connect(test.master(), &world, seller.account, seller.shop, &token(110_201_543)).await;
    assert!(matches!(outcome, Err(bot::token::TokenError::Revoked)));
    assert!(bot::service::of_tenant(test.master(), seller.shop).await.unwrap().is_empty());
}

#[tokio::test]
async fn a_channel_needs_the_bot_as_its_administrator() {
    let test = testing::sqlite().await;
    let world = World::default();
    let seller = seller(&test, "ali@example.com").await;
    let bot = bot::token::connect(test.master(), &world, seller.account, seller.shop, &token(110_201_543))
        .await
        .unwrap();
    let refused = bot::channel::set(test.master(), &world, &bot, "@my_channel").await;
    assert!(matches!(refused, Err(bot::channel::ChannelError::NotAdministrator)));
    assert_eq!(bot::channel::set(test.master(), &world, &bot, " ").await.unwrap(), None);
}

#[tokio::test]
async fn what_telegram_says_of_an_old_token_does_not_stop_the_new_one() {
    for test in testing::stores().await {
        let world = World::default();
        let (seller, old) = ready(&test, &world).await;
        let new = bot::token::rotate(test.master(), &world, seller.account, &old, &token(110_201_543))
            .await
            .unwrap();
        let refuse = |epoch: i64| {
            let test = &test;
            async move {
                let tx = test.master().write().await.unwrap();
                let refused = bot::service::refuse_token(&tx, old.id, epoch).await.unwrap();
                tx.commit().await.unwrap();
                refused
            }
        };
        assert!(!refuse(old.secret_epoch).await, "{}", test.name());
        let bot = bot::service::find(test.master(), new.id).await.unwrap().unwrap();
        assert_eq!(bot.state, BotState::Draft);
        assert!(refuse(new.secret_epoch).await);
        let bot = bot::service::find(test.master(), new.id).await.unwrap().unwrap();
        assert_eq!((bot.state, bot.reason.as_deref()), (BotState::NeedsToken, Some("error-token-revoked")));
    }
}
