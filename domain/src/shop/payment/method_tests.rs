//! A shop's ways to pay, on both databases: set up, offered where they fit, and not lost while needed.

use std::sync::Arc;

use chrono::Duration;
use rstest::rstest;
use secrecy::{ExposeSecret as _, SecretString};

use super::{
    Provider, Providers, Way,
    method::{self, Choice, MethodRefused, Typed},
    providers,
};
use crate::{
    db::Conn as _,
    entities::tenant::price,
    ids::{RowId, UserId},
    money::{Currency, Money},
    shop::order::service::{self as orders, NewOrder, OrderRefused},
    testing::{self, FakeGateway, TestShop},
};

fn typed(fields: &[(&'static str, &str)]) -> Typed {
    let account = fields.iter().map(|(name, text)| (*name, SecretString::from(*text))).collect();
    Typed { account, ..Typed::default() }
}

async fn save(shop: &TestShop, typed: &Typed) -> Result<(), MethodRefused> {
    let provider = shop.providers.find(FakeGateway::NAME).unwrap();
    let tx = shop.db.write().await?;
    method::save(&tx, Way::Provider(provider), typed).await?;
    Ok(tx.commit().await?)
}

async fn choices(shop: &TestShop, all: &Providers) -> Vec<Choice> {
    let tx = shop.db.read().await.unwrap();
    method::choices(&tx, all, shop.monthly, UserId::new()).await.unwrap()
}

async fn price(shop: &TestShop, money: Money) {
    use sea_orm::{EntityTrait as _, Set};
    let tx = shop.db.write().await.unwrap();
    let row = price::ActiveModel {
        id: Set(RowId::new()),
        plan_id: Set(shop.monthly),
        currency: Set(money.currency),
        amount_minor: Set(money.minor),
    };
    price::Entity::insert(row).exec_without_returning(tx.raw()).await.unwrap();
    tx.commit().await.unwrap();
}

#[rstest]
#[case::no_limits(None, None, true)]
#[case::exactly(Some(29_900), Some(29_900), true)]
#[case::too_little(Some(29_901), None, false)]
#[case::too_much(None, Some(29_899), false)]
#[tokio::test]
async fn a_method_is_offered_within_its_limits(
    #[case] min_minor: Option<i64>,
    #[case] max_minor: Option<i64>,
    #[case] offered: bool,
) {
    for test in testing::stores().await {
        let shop = test.selling_shop().await;
        save(&shop, &Typed { min_minor, max_minor, ..Typed::default() }).await.unwrap();
        assert_eq!(!choices(&shop, &shop.providers).await.is_empty(), offered, "{}", test.name());
        let user = shop.user(1).await;
        let tx = shop.db.write().await.unwrap();
        let new = NewOrder { user: &user, plan: shop.monthly, bot: shop.bot, provider: FakeGateway::NAME };
        let placed = orders::place(&tx, &shop.providers, new).await;
        assert_eq!(placed.is_ok(), offered, "the order is asked too: {placed:?}");
        assert!(offered || matches!(placed, Err(OrderRefused::MethodGone)));
    }
}

#[tokio::test]
async fn an_order_costs_the_price_in_which_its_method_collects() {
    for test in testing::stores().await {
        let shop = test.selling_shop().await;
        let dollars = FakeGateway::collecting(&[Currency::Usdt, Currency::Usd]);
        let base_url: url::Url = "https://provider.example".parse().unwrap();
        let only_dollars = Providers::new(
            base_url.clone(),
            [Provider { gateway: Arc::new(dollars), base_url: base_url.clone(), emulated: false }],
        );
        assert_eq!(choices(&shop, &only_dollars).await, [], "{}: no price in dollars", test.name());
        price(&shop, Money::new(390, Currency::Usd)).await;
        let found = choices(&shop, &only_dollars).await;
        assert_eq!(
            found.iter().map(|choice| choice.price).collect::<Vec<_>>(),
            [Money::new(390, Currency::Usd)]
        );
        let user = shop.user(1).await;
        let tx = shop.db.write().await.unwrap();
        let new = NewOrder { user: &user, plan: shop.monthly, bot: shop.bot, provider: FakeGateway::NAME };
        let order = orders::place(&tx, &only_dollars, new).await.unwrap();
        assert_eq!((order.amount_minor, order.currency), (390, Currency::Usd));
        drop(tx);
        let nobody = Providers::new(base_url, []);
        assert_eq!(choices(&shop, &nobody).await, [], "a provider that this server does not speak to");
    }
}

#[rstest]
#[case(49, false)]
#[case(50, true)]
#[tokio::test]
async fn a_price_below_the_least_that_the_provider_collects_is_not_offered(
    #[case] cents: i64,
    #[case] offered: bool,
) {
    for test in testing::stores().await {
        let shop = test.selling_shop().await;
        let euros = FakeGateway::collecting(&[Currency::Eur]);
        let base_url: url::Url = "https://provider.example".parse().unwrap();
        let only_euros = Providers::new(
            base_url.clone(),
            [Provider { gateway: Arc::new(euros), base_url, emulated: false }],
        );
        price(&shop, Money::new(cents, Currency::Eur)).await;
        assert_eq!(!choices(&shop, &only_euros).await.is_empty(), offered, "{}", test.name());
    }
}

#[tokio::test]
async fn a_secret_that_is_not_typed_again_stays() {
    for test in testing::stores().await {
        let shop = test.selling_shop().await;
        save(&shop, &typed(&[("api_key", "  "), ("terminal", " T-1 ")])).await.unwrap();
        let provider = shop.providers.find(FakeGateway::NAME).unwrap();
        let account = async || {
            let tx = shop.db.read().await.unwrap();
            providers::account(&tx, provider).await.unwrap().unwrap()
        };
        let kept = account().await;
        assert_eq!(kept.api_key.expose_secret(), "secret", "{}", test.name());
        assert_eq!((kept.account_id.as_str(), &kept.settings["terminal"]), ("shop-1", &"T-1".into()));
        save(&shop, &typed(&[("api_key", "fresh"), ("account_id", "shop-2")])).await.unwrap();
        let changed = account().await;
        assert_eq!(changed.api_key.expose_secret(), "fresh");
        assert_eq!((changed.account_id.as_str(), &changed.settings["terminal"]), ("shop-2", &"T-1".into()));
        method::probe(&shop.db, provider).await.unwrap();
    }
}

#[tokio::test]
async fn a_key_is_kept_without_the_space_around_it_and_refused_when_no_header_can_hold_it() {
    for test in testing::stores().await {
        let shop = test.selling_shop().await;
        save(&shop, &typed(&[("account_id", " shop-2\t"), ("api_key", "\u{a0} live_key\r\n")]))
            .await
            .unwrap();
        let provider = shop.providers.find(FakeGateway::NAME).unwrap();
        let tx = shop.db.read().await.unwrap();
        let account = providers::account(&tx, provider).await.unwrap().unwrap();
        drop(tx);
        assert_eq!(account.account_id, "shop-2", "{}", test.name());
        assert_eq!(account.api_key.expose_secret(), "live_key");
        for odd in ["live\nkey", "کلید", "live_\u{200b}key"] {
            let refused =
                save(&shop, &typed(&[("account_id", "shop-2"), ("api_key", odd)])).await.unwrap_err();
            assert!(
                matches!(refused, MethodRefused::Letters(ref names) if names[..] == ["api_key"]),
                "{odd}"
            );
        }
    }
}

#[tokio::test]
async fn a_new_method_needs_all_of_its_account_and_starts_switched_off() {
    for test in testing::stores().await {
        let shop = test.selling_shop().await;
        let tx = shop.db.write().await.unwrap();
        method::remove(&tx, FakeGateway::NAME).await.unwrap();
        tx.commit().await.unwrap();
        let refused = save(&shop, &typed(&[("account_id", "shop-9")])).await.unwrap_err();
        assert!(matches!(refused, MethodRefused::Missing(ref names) if names[..] == ["api_key", "terminal"]));
        let whole = [("account_id", "shop-9"), ("api_key", "key"), ("terminal", "T-9")];
        let upside_down = Typed { min_minor: Some(2), max_minor: Some(1), ..typed(&whole) };
        assert!(matches!(save(&shop, &upside_down).await, Err(MethodRefused::Limits)));
        save(&shop, &typed(&whole)).await.unwrap();
        assert_eq!(choices(&shop, &shop.providers).await, [], "{}: nobody tried it yet", test.name());
        let tx = shop.db.write().await.unwrap();
        method::switch(&tx, FakeGateway::NAME, true).await.unwrap();
        tx.commit().await.unwrap();
        assert_eq!(choices(&shop, &shop.providers).await.len(), 1);
    }
}

#[tokio::test]
async fn a_method_stays_while_a_payment_may_still_come() {
    for test in testing::stores().await {
        let shop = test.selling_shop().await;
        shop.order(&shop.user(1).await).await;
        let tx = shop.db.write().await.unwrap();
        assert!(matches!(method::remove(&tx, FakeGateway::NAME).await, Err(MethodRefused::InUse)));
        drop(tx);
        let moved = save(&shop, &typed(&[("account_id", "another")])).await;
        assert!(matches!(moved, Err(MethodRefused::InUse)), "{moved:?}");
        save(&shop, &typed(&[("api_key", "rotated")])).await.unwrap();
        test.clock.advance(Duration::days(8));
        let tx = shop.db.write().await.unwrap();
        method::remove(&tx, FakeGateway::NAME).await.unwrap();
        tx.commit().await.unwrap();
        assert_eq!(choices(&shop, &shop.providers).await, [], "{}", test.name());
    }
}

#[tokio::test]
async fn methods_change_places() {
    for test in testing::stores().await {
        let shop = test.selling_shop().await;
        let row = {
            let tx = shop.db.read().await.unwrap();
            method::find(&tx, FakeGateway::NAME).await.unwrap().unwrap()
        };
        let tx = shop.db.write().await.unwrap();
        for name in ["second", "third"] {
            use sea_orm::{ActiveModelTrait as _, EntityTrait as _, IntoActiveModel as _, Set};
            let mut copy = row.clone().into_active_model();
            copy.id = Set(RowId::new());
            copy.provider = Set(name.to_owned());
            crate::entities::tenant::payment_method::Entity::insert(copy.reset_all())
                .exec_without_returning(tx.raw())
                .await
                .unwrap();
        }
        let order = async || -> Vec<String> {
            method::list(&tx).await.unwrap().into_iter().map(|row| row.provider).collect()
        };
        method::shift(&tx, "third", true).await.unwrap();
        assert_eq!(order().await, ["fake", "third", "second"], "{}", test.name());
        method::shift(&tx, "fake", true).await.unwrap();
        method::shift(&tx, "fake", false).await.unwrap();
        assert_eq!(order().await, ["third", "fake", "second"]);
        assert!(matches!(method::shift(&tx, "none", true).await, Err(MethodRefused::Gone)));
    }
}
