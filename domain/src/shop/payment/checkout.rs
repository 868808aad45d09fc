//! The last question before the money moves, where a provider asks it: may this be paid now? It is
//! answered from the order's row alone, because whoever asks waits for seconds only.

use sea_orm::EntityTrait;

use crate::{
    args,
    clock::Clock,
    db::{StoreError, TenantConn},
    entities::tenant::{order::OrderState, user},
    error::Explain,
    ids::OrderId,
    locale::Args,
    money::Money,
    shop::order::service as orders,
};

/// What somebody is about to pay.
#[derive(Clone, Debug)]
pub struct Checkout<'a> {
    pub provider: &'a str,
    /// The account into which it would be paid.
    pub account_id: &'a str,
    /// What was named when the payment was opened.
    pub order: Option<OrderId>,
    pub amount: Option<Money>,
    /// Who pays, at Telegram.
    pub payer: i64,
}

/// Why it must not be paid. Nothing has moved, and the payer reads what to do.
#[derive(Debug, thiserror::Error)]
pub enum CheckoutRefused {
    /// Paid, given up, run out, or never there.
    #[error("the order is not open")]
    NotOpen,
    #[error("the order is somebody else's")]
    Foreign,
    #[error("the amount or the account is not the order's")]
    Differs,
    #[error(transparent)]
    Store(#[from] StoreError),
}

impl Explain for CheckoutRefused {
    fn explain(&self) -> Option<(&'static str, Args)> {
        match self {
            Self::NotOpen => Some(("bot-pay-checkout-err-closed", args![])),
            Self::Foreign => Some(("bot-pay-checkout-err-foreign", args![])),
            Self::Differs => Some(("bot-pay-checkout-err-differs", args![])),
            Self::Store(_) => None,
        }
    }
}

/// Whether it may be paid.
///
/// # Errors
/// [`CheckoutRefused`].
pub async fn check(tx: &impl TenantConn, checkout: &Checkout<'_>) -> Result<(), CheckoutRefused> {
    let order = match checkout.order {
        Some(id) => orders::find(tx, id).await?,
        None => None,
    };
    let order = order.filter(|order| order.provider == checkout.provider).ok_or(CheckoutRefused::NotOpen)?;
    let buyer = user::Entity::find_by_id(order.user_id).one(tx.raw()).await.map_err(StoreError::from)?;
    if buyer.is_none_or(|buyer| buyer.telegram_id != checkout.payer) {
        return Err(CheckoutRefused::Foreign);
    }
    let is_open = matches!(order.state, OrderState::New | OrderState::Pending);
    if !is_open || order.expires_at <= tx.clock().now() {
        return Err(CheckoutRefused::NotOpen);
    }
    let price = Money::new(order.amount_minor, order.currency);
    if checkout.amount != Some(price) || order.provider_account != checkout.account_id {
        return Err(CheckoutRefused::Differs);
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use chrono::Duration;

    use super::*;
    use crate::{
        money::Currency,
        testing::{self, FakeGateway, TestShop},
    };

    async fn verdict(shop: &TestShop, change: impl FnOnce(&mut Checkout<'_>), order: OrderId) -> String {
        let mut checkout = Checkout {
            provider: FakeGateway::NAME,
            account_id: "shop-1",
            order: Some(order),
            amount: Some(Money::new(29_900, Currency::Rub)),
            payer: 1,
        };
        change(&mut checkout);
        let tx = shop.db.read().await.unwrap();
        match check(&tx, &checkout).await {
            Ok(()) => "paid".into(),
            Err(refused) => refused.explain().unwrap().0.rsplit('-').next().unwrap().into(),
        }
    }

    #[tokio::test]
    async fn only_an_open_order_is_paid_by_its_buyer_at_its_price_into_its_account() {
        for test in testing::stores().await {
            let shop = test.selling_shop().await;
            let order = shop.order(&shop.user(1).await).await;
            shop.user(2).await;
            assert_eq!(verdict(&shop, |_| {}, order).await, "paid", "{}", test.name());
            assert_eq!(verdict(&shop, |of| of.payer = 2, order).await, "foreign");
            assert_eq!(verdict(&shop, |of| of.account_id = "shop-2", order).await, "differs");
            assert_eq!(verdict(&shop, |of| of.amount = None, order).await, "differs");
            let less = Some(Money::new(29_899, Currency::Rub));
            assert_eq!(verdict(&shop, |of| of.amount = less, order).await, "differs");
            let other = Some(Money::new(29_900, Currency::Usd));
            assert_eq!(verdict(&shop, |of| of.amount = other, order).await, "differs");
            assert_eq!(verdict(&shop, |of| of.order = None, order).await, "closed");
            assert_eq!(verdict(&shop, |of| of.provider = "other", order).await, "closed");
            assert_eq!(verdict(&shop, |_| {}, OrderId::new()).await, "closed");
            test.clock.advance(Duration::minutes(61));
            assert_eq!(verdict(&shop, |_| {}, order).await, "closed", "{}: it ran out", test.name());
        }
    }

    #[tokio::test]
    async fn what_is_paid_is_not_paid_again() {
        for test in testing::stores().await {
            let shop = test.selling_shop().await;
            let order = shop.bought(&test, &shop.user(1).await).await;
            shop.work(&test).await;
            assert_eq!(verdict(&shop, |_| {}, order).await, "closed", "{}", test.name());
        }
    }
}
