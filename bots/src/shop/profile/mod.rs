//! The user, his access and his orders.

pub mod view;

use domain::shop::{
    gift, order, receipt,
    renewal::{
        agreement, saved, service as renewals,
        standing::{self, Standing},
    },
    subscription::usage::{self, RefreshError},
    wallet::service as wallet,
};

use self::view::Profile;
use crate::{context::ShopCtx, error::BotError, shop::menu};

/// Orders that are listed.
const ORDERS_SHOWN: u64 = 8;

/// Reads the usage from the panel; when that does not answer, shows the last known one with its time.
pub async fn show(ctx: ShopCtx) -> Result<(), BotError> {
    // The panel may take a while: the button is answered first.
    ctx.answer().await;
    let card = menu::card(&ctx).await?;
    let tx = ctx.db().read().await?;
    let user = ctx.user().id;
    let wallet = wallet::balances(&tx, user).await?;
    let has_wallet = wallet::is_on(&tx).await? || !wallet::history(&tx, user, 1).await?.is_empty();
    let has_gifts = !gift::service::of_buyer(&tx, user).await?.is_empty();
    let has_saved = saved::of_user(&tx, user).await?.is_some();
    let standing = standing::of_user(&tx, user).await?;
    let agreed = match &card.subscription {
        Some((row, _)) => agreement::of_access(&tx, row).await?,
        None => None,
    };
    let renews = agreed.is_some() || standing.as_ref().is_some_and(Standing::is_on);
    let can_renew = renews
        || standing.is_some()
        || has_saved
        || renewals::is_possible(&tx, &ctx.services().providers).await?;
    drop(tx);
    let mut profile = Profile {
        user: ctx.user().clone(),
        subscription: card.subscription,
        sells_traffic: card.ways.traffic,
        has_gifts,
        wallet,
        has_wallet,
        renews: can_renew.then_some(renews),
        outdated: false,
        now: ctx.now(),
    };
    if let Some((row, _)) = profile.subscription.as_mut().filter(|(row, _)| row.provisioned_at.is_some()) {
        let panel = ctx.services().panel.as_ref();
        match usage::refresh_from_panel(ctx.db(), panel, row.id).await {
            Ok(Some(fresh)) => *row = fresh,
            Ok(None) => profile.outdated = true,
            Err(RefreshError::Store(error)) => return Err(error.into()),
            Err(error) => {
                tracing::info!(tenant = %ctx.bot().tenant, %error, "the usage is the last known one");
                profile.outdated = true;
            }
        }
    }
    ctx.show(view::profile(ctx.reader(), &profile)).await
}

pub async fn orders(ctx: ShopCtx) -> Result<(), BotError> {
    let tx = ctx.db().read().await?;
    let orders = order::service::of_user(&tx, ctx.user().id, ORDERS_SHOWN).await?;
    let ids: Vec<_> = orders.iter().map(|order| order.id).collect();
    let reviewed = receipt::service::reviewed(&tx, &ids).await?;
    drop(tx);
    ctx.show(view::orders(ctx.reader(), &orders, &reviewed)).await
}
