//! Renewing by itself: what the user is asked for, when and from what, and the switch.

pub mod view;

use chrono::{DateTime, Utc};
use domain::{
    args,
    db::TenantConn,
    entities::tenant::{auto_renewal, plan as plan_row, saved_method, subscription as subscription_row},
    ids::PlanId,
    money::Money,
    shop::{
        plan,
        renewal::{
            agreement::{self, Agreed},
            rules::EARLY,
            saved,
            service::{self as renewals, Outlook},
            standing::{self, Standing},
        },
        subscription,
        wallet::service as wallet,
    },
};

use crate::{context::ShopCtx, error::BotError};

/// What the screen shows.
#[derive(Clone, Debug)]
pub struct Renewal {
    pub subscription: subscription_row::Model,
    pub agreed: Option<auto_renewal::Model>,
    /// Another access of the reader's is renewed.
    pub elsewhere: bool,
    /// What is agreed to, or would be; `None` when it is not on sale.
    pub offer: Option<(plan_row::Model, Money)>,
    pub outlook: Option<Outlook>,
    pub balance: Option<Money>,
    pub saved: Option<saved_method::Model>,
    /// What a provider repeats, called off or not.
    pub standing: Option<Standing>,
    /// From when on it is charged.
    pub at: DateTime<Utc>,
}

impl Renewal {
    async fn load(ctx: &ShopCtx) -> Result<Option<Self>, BotError> {
        let tx = ctx.db().read().await?;
        let user = ctx.user().id;
        let current = subscription::service::current_of(&tx, user).await?;
        let running = current.filter(|row| !row.trial && row.target_expire > ctx.now());
        let Some(subscription) = running else { return Ok(None) };
        let agreed = agreement::of_access(&tx, &subscription).await?;
        let elsewhere = agreed.is_none() && agreement::of_user(&tx, user).await?.is_some();
        let plan = agreed.as_ref().map_or(subscription.plan_id, |agreed| agreed.plan_id);
        let offer = plan::service::offer(&tx, plan).await?.map(|offer| (offer.plan, offer.price));
        let price = agreed.as_ref().map(auto_renewal::Model::price).or(offer.as_ref().map(|offer| offer.1));
        let outlook = match price {
            Some(price) => Some(renewals::outlook(&tx, &ctx.services().providers, user, price).await?),
            None => None,
        };
        let balance = match price {
            Some(price) if wallet::is_on(&tx).await? => {
                Some(wallet::balance(&tx, user, price.currency).await?)
            }
            _ => None,
        };
        let saved = saved::of_user(&tx, user).await?;
        let standing = standing::of_user(&tx, user).await?;
        let at = (subscription.target_expire - EARLY).max(ctx.now());
        Ok(Some(Self { at, subscription, agreed, elsewhere, offer, outlook, balance, saved, standing }))
    }
}

pub async fn show(ctx: ShopCtx) -> Result<(), BotError> {
    show_with(ctx, None).await
}

/// `minor` is the price that the button showed: a changed one is shown before anything is agreed to.
pub async fn switch_on(ctx: ShopCtx, minor: i64) -> Result<(), BotError> {
    let Some(Renewal { offer: Some((plan, price)), agreed: None, .. }) = Renewal::load(&ctx).await? else {
        return show(ctx).await;
    };
    if price.minor != minor {
        let note = ctx.reader().html("bot-buy-price-changed-body", &args!["amount" => price]);
        return show_with(ctx, Some(note)).await;
    }
    if let Some(tx) = ctx.effect().await? {
        let agreed = Agreed { user: ctx.user().id, bot: ctx.bot().id, plan: plan.id, price };
        agreement::agree(&tx, agreed).await?;
        tx.commit().await?;
    }
    ctx.toast("bot-renew-toast-on", &args![]).await;
    show(ctx).await
}

pub async fn switch_off(ctx: ShopCtx) -> Result<(), BotError> {
    if let Some(tx) = ctx.effect().await? {
        agreement::end(&tx, ctx.user().id).await?;
        tx.commit().await?;
    }
    ctx.toast("bot-renew-toast-off", &args![]).await;
    show(ctx).await
}

/// No further payment is taken; what is paid for stays.
pub async fn standing_off(ctx: ShopCtx) -> Result<(), BotError> {
    if let Some(tx) = ctx.effect().await? {
        standing::stop(&tx, ctx.user().id).await?;
        tx.commit().await?;
    }
    ctx.toast("bot-renew-toast-stopped", &args![]).await;
    show(ctx).await
}

/// It may go on, as long as its time is not over; the user says so in Telegram's settings.
pub async fn standing_on(ctx: ShopCtx) -> Result<(), BotError> {
    let mut goes_on = true;
    if let Some(tx) = ctx.effect().await? {
        goes_on = standing::resume(&tx, ctx.user().id).await?;
        tx.commit().await?;
    }
    let key = if goes_on { "bot-renew-toast-resumed" } else { "bot-renew-toast-over" };
    ctx.toast(key, &args![]).await;
    show(ctx).await
}

/// Forgetting cannot be undone: another purchase would have to save it anew.
pub async fn ask_to_forget(ctx: ShopCtx) -> Result<(), BotError> {
    let tx = ctx.db().read().await?;
    let saved = saved::of_user(&tx, ctx.user().id).await?;
    drop(tx);
    match saved {
        Some(saved) => ctx.show(view::ask_to_forget(ctx.reader(), &saved.title)).await,
        None => show(ctx).await,
    }
}

pub async fn forget(ctx: ShopCtx) -> Result<(), BotError> {
    if let Some(tx) = ctx.effect().await? {
        saved::forget(&tx, ctx.user().id).await?;
        tx.commit().await?;
    }
    ctx.toast("bot-renew-toast-forgotten", &args![]).await;
    show(ctx).await
}

/// How a plan's summary stands: `None` where nothing could renew it.
pub async fn with_plan(ctx: &ShopCtx, tx: &impl TenantConn, plan: PlanId) -> Result<Option<bool>, BotError> {
    if !renewals::is_possible(tx, &ctx.services().providers).await? {
        return Ok(None);
    }
    Ok(Some(agreement::about(tx, ctx.user().id, plan).await?.is_some()))
}

async fn show_with(ctx: ShopCtx, note: Option<String>) -> Result<(), BotError> {
    let screen = match Renewal::load(&ctx).await? {
        Some(renewal) => view::renewal(ctx.reader(), &renewal, note.as_deref()),
        None => {
            let tx = ctx.db().read().await?;
            let saved = saved::of_user(&tx, ctx.user().id).await?;
            view::nothing_to_renew(ctx.reader(), saved.as_ref())
        }
    };
    ctx.show(screen).await
}
