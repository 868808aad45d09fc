//! Several accesses of one user: which one is before him, and a further one for somebody else's phone.

pub mod view;

use domain::{
    args,
    db::TenantConn,
    entities::tenant::subscription,
    ids::SubscriptionId,
    shop::{
        plan,
        subscription::{
            service as subscriptions,
            several::{self, MOST, Separately},
        },
    },
};

use crate::{
    context::ShopCtx,
    error::BotError,
    shop::{menu, plans, traffic},
};

/// One of the reader's accesses, as the list shows it.
#[derive(Clone, Debug)]
pub struct Access {
    pub row: subscription::Model,
    pub plan: String,
    /// Whether his screens are about it.
    pub is_present: bool,
}

/// Which of how many is before the reader, counted from one; `None` where there is no choice.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Place {
    pub number: usize,
    pub of: usize,
}

impl Place {
    pub async fn of(tx: &impl TenantConn, present: &subscription::Model) -> Result<Option<Self>, BotError> {
        let all = several::of_user(tx, present.user_id).await?;
        let place = all.iter().position(|row| row.id == present.id);
        Ok(place.filter(|_| all.len() > 1).map(|place| Self { number: place + 1, of: all.len() }))
    }
}

pub async fn list(ctx: ShopCtx) -> Result<(), BotError> {
    show_list(ctx, None).await
}

/// Puts this one before the reader.
pub async fn choose(ctx: ShopCtx, id: SubscriptionId) -> Result<(), BotError> {
    if !put_before(&ctx, id).await? {
        return menu::stale(ctx).await;
    }
    ctx.toast("bot-access-toast-chosen", &args![]).await;
    menu::show(ctx).await
}

/// A reminder's button: the plans for the access that it was about.
pub async fn renew(ctx: ShopCtx, id: SubscriptionId) -> Result<(), BotError> {
    put_before(&ctx, id).await?;
    plans::list(ctx).await
}

/// A reminder's button: more traffic for the access that it was about.
pub async fn add_traffic(ctx: ShopCtx, id: SubscriptionId) -> Result<(), BotError> {
    put_before(&ctx, id).await?;
    traffic::list(ctx).await
}

/// The plans, of which one is to be an access of its own.
pub async fn one_more(ctx: ShopCtx) -> Result<(), BotError> {
    let mut ready = Separately::Ready;
    if let Some(tx) = ctx.effect().await? {
        ready = several::separately(&tx, ctx.user().id).await?;
        tx.commit().await?;
    }
    match ready {
        Separately::Ready | Separately::First => plans::list_separately(ctx).await,
        Separately::Enough => {
            let note = ctx.reader().html("bot-access-enough-body", &args!["n" => MOST]);
            show_list(ctx, Some(&note)).await
        }
    }
}

/// False when it is not the reader's.
async fn put_before(ctx: &ShopCtx, id: SubscriptionId) -> Result<bool, BotError> {
    let tx = ctx.db().read().await?;
    let user = ctx.user().id;
    if subscriptions::find(&tx, id).await?.is_none_or(|row| row.user_id != user) {
        return Ok(false);
    }
    let is_before = subscriptions::current_of(&tx, user).await?.is_some_and(|row| row.id == id);
    let is_settled = is_before && !several::buys_separately(&tx, user).await?;
    drop(tx);
    if !is_settled && let Some(tx) = ctx.effect().await? {
        several::choose(&tx, user, id).await?;
        tx.commit().await?;
    }
    Ok(true)
}

async fn show_list(ctx: ShopCtx, note: Option<&str>) -> Result<(), BotError> {
    let tx = ctx.db().read().await?;
    let user = ctx.user().id;
    let present = subscriptions::current_of(&tx, user).await?.map(|row| row.id);
    let mut all = Vec::new();
    for row in several::of_user(&tx, user).await? {
        let plan = plan::service::find(&tx, row.plan_id).await?;
        let plan = plan.map(|plan| plan::service::name_of(&plan, ctx.reader().locale)).unwrap_or_default();
        all.push(Access { is_present: present == Some(row.id), row, plan });
    }
    drop(tx);
    ctx.show(view::list(ctx.reader(), &all, ctx.now(), note)).await
}
