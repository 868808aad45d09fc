//! The order and its payment.

pub mod view;

use domain::{
    entities::{
        master::tenant::TenantKind,
        tenant::order::{self as order_row, OrderState},
    },
    ids::{OrderId, PlanId},
    platform::{bot::rules, package::admission},
    shop::{
        gift::service as gifts,
        order::{
            self,
            list::title,
            service::{NewOrder, OrderRefused},
        },
        payment::{
            card, method,
            open::{self, OpenRefused},
            settle,
        },
        renewal::standing,
        subscription,
        wallet::service::is_payer,
    },
};

use url::Url;

use crate::{
    callback::{Callback, Provider},
    context::ShopCtx,
    error::BotError,
    shop::{
        self, gift, menu,
        plans::{self, Shown},
        wallet,
    },
};

/// The summary's button. Terms that changed since are shown before anything is ordered.
pub async fn buy(ctx: ShopCtx, (plan, seen): (PlanId, u32)) -> Result<(), BotError> {
    let Some(shown) = Shown::load(&ctx, plan).await? else { return plans::gone(ctx).await };
    if shown.mark() != seen {
        return plans::changed(ctx, plan).await;
    }
    let tx = ctx.db().read().await?;
    let choices = method::choices(&tx, &ctx.services().providers, plan, ctx.user().id).await?;
    drop(tx);
    match choices.as_slice() {
        [] => ctx.show(view::no_methods(ctx.reader())).await,
        // Whoever is asked for another amount than the plan showed sees it before anything is ordered.
        [only] if only.mark() == seen && !only.repeats => {
            place(ctx, plan, &only.method.provider, Pays::Once { seen }).await
        }
        several => ctx.show(view::methods(ctx.reader(), plan, shown.price, several)).await,
    }
}

pub async fn buy_with(ctx: ShopCtx, (plan, provider, seen): (PlanId, Provider, u32)) -> Result<(), BotError> {
    place(ctx, plan, provider.name(), Pays::Once { seen }).await
}

/// The provider repeats the payment by itself, until that is called off.
pub async fn buy_repeated(ctx: ShopCtx, (plan, provider): (PlanId, Provider)) -> Result<(), BotError> {
    place(ctx, plan, provider.name(), Pays::AgainAndAgain).await
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Pays {
    /// What the button showed.
    Once { seen: u32 },
    /// Without any code, so at the plan's price.
    AgainAndAgain,
}

/// The payment page of an order again.
pub async fn reopen(ctx: ShopCtx, id: OrderId) -> Result<(), BotError> {
    match own_order(&ctx, id).await? {
        Some(order) if order.provider == card::NAME => shop::card::show(ctx, order).await,
        Some(order) if is_open(&order) => open(ctx, order).await,
        Some(order) => show_status(ctx, order).await,
        None => menu::stale(ctx).await,
    }
}

/// "I have paid": asks the provider, without waiting for its report.
pub async fn check(ctx: ShopCtx, id: OrderId) -> Result<(), BotError> {
    let Some(order) = own_order(&ctx, id).await? else { return menu::stale(ctx).await };
    if order.provider == card::NAME {
        return shop::card::show(ctx, order).await;
    }
    // The provider may take a while: the button is answered first.
    ctx.answer().await;
    if let Some(payment) = order.provider_payment_id.as_deref().filter(|_| is_open(&order)) {
        let all = &ctx.services().providers;
        if let Err(error) = settle::settle(ctx.db(), all, &order.provider, payment).await {
            tracing::info!(order = %order.id, ?error, "the provider could not be asked; a job asks again");
        }
    }
    let Some(order) = own_order(&ctx, id).await? else { return menu::stale(ctx).await };
    match order.pay_url.as_deref().filter(|_| is_open(&order)) {
        Some(url) => {
            let repeats = is_repeated(&ctx, &order).await?;
            ctx.show(view::still_open(ctx.reader(), &order, url, repeats, ctx.now())).await
        }
        None if is_open(&order) => open(ctx, order).await,
        None => show_status(ctx, order).await,
    }
}

/// Orders what the button showed. In the transaction that places the order nothing changes any more.
async fn place(ctx: ShopCtx, plan: PlanId, provider: &str, pays: Pays) -> Result<(), BotError> {
    let new = NewOrder { user: ctx.user(), plan, bot: ctx.bot().id, provider };
    let tx = ctx.db().write().await?;
    let choices = method::choices(&tx, &ctx.services().providers, plan, ctx.user().id).await?;
    let mut chosen = choices.iter().filter(|choice| choice.method.provider == provider);
    if let Pays::Once { seen } = pays
        && chosen.any(|choice| choice.mark() != seen)
    {
        drop(tx);
        return plans::changed(ctx, plan).await;
    }
    if !admission::admits(ctx.services().store.master(), &tx, ctx.user().id).await? {
        drop(tx);
        return ctx.show(view::no_room(ctx.reader())).await;
    }
    // What follows reads the shop again, and a shop has one connection.
    let all = &ctx.services().providers;
    let placed = match pays {
        Pays::Once { .. } => order::service::place(&tx, all, new).await,
        Pays::AgainAndAgain => order::service::place_repeated(&tx, all, new).await,
    };
    match &placed {
        Ok(_) => tx.commit().await?,
        Err(_) => drop(tx),
    }
    match placed {
        Ok(order) => open(ctx, order).await,
        Err(OrderRefused::PlanGone) => plans::gone(ctx).await,
        Err(OrderRefused::MethodGone) => ctx.show(view::no_methods(ctx.reader())).await,
        Err(OrderRefused::AllAmountsTaken) => {
            ctx.show(view::all_taken(ctx.reader(), Callback::Plan(plan))).await
        }
        Err(OrderRefused::NoPanel) => ctx.show(view::no_room(ctx.reader())).await,
        Err(OrderRefused::Store(error)) => Err(error.into()),
    }
}

pub(in crate::shop) async fn open(ctx: ShopCtx, order: order_row::Model) -> Result<(), BotError> {
    if order.provider == card::NAME {
        return shop::card::show(ctx, order).await;
    }
    if is_payer(&order) {
        return wallet::confirm(ctx, order).await;
    }
    // The provider may take a while: the button is answered first.
    ctx.answer().await;
    // Of the order alone: a provider that is asked again wants the same words, whatever the reader's
    // language or the shop's name is by then.
    let description = format!("{} · {}", order.id.short(), title(&order, ctx.shop().locale));
    let all = &ctx.services().providers;
    match open::open(ctx.db(), all, order.id, description, return_url(&ctx)?).await {
        Ok(url) => {
            let repeats = is_repeated(&ctx, &order).await?;
            ctx.show(view::open(ctx.reader(), &order, url.as_str(), repeats)).await
        }
        Err(OpenRefused::NotOpen) => match own_order(&ctx, order.id).await? {
            Some(order) => show_status(ctx, order).await,
            None => menu::stale(ctx).await,
        },
        Err(OpenRefused::MethodGone) if order.is_top_up() => {
            ctx.show(wallet::view::closed(ctx.reader())).await
        }
        Err(OpenRefused::MethodGone) => ctx.show(view::no_methods(ctx.reader())).await,
        Err(OpenRefused::Provider(error)) => {
            tracing::warn!(order = %order.id, %error, "the payment could not be opened");
            ctx.show(view::provider_down(ctx.reader(), &order)).await
        }
        Err(OpenRefused::Store(error)) => Err(error.into()),
    }
}

/// Whether the order's payment is to be repeated.
async fn is_repeated(ctx: &ShopCtx, order: &order_row::Model) -> Result<bool, BotError> {
    let tx = ctx.db().read().await?;
    Ok(standing::of_order(&tx, order.id).await?.is_some())
}

pub(in crate::shop) async fn show_status(ctx: ShopCtx, order: order_row::Model) -> Result<(), BotError> {
    let tx = ctx.db().read().await?;
    if let Some(gift) = gifts::of_order(&tx, order.id).await?.filter(|_| order.paid_at.is_some()) {
        drop(tx);
        return ctx.show(gift::view::bought(ctx.reader(), &gift, &order, &ctx.bot().username)).await;
    }
    let subscription = match order.subscription_id {
        Some(id) => subscription::service::find(&tx, id).await?,
        None => None,
    };
    drop(tx);
    let until = subscription.map(|row| ctx.reader().date(row.target_expire));
    ctx.show(view::status(ctx.reader(), &order, until)).await
}

/// Where the provider's page leads back to: the chat, or the page that shows a sandbox shop's chat.
fn return_url(ctx: &ShopCtx) -> Result<Url, BotError> {
    let bot = ctx.bot();
    let url = match ctx.db().kind() {
        TenantKind::Live => Url::parse(&rules::link(&bot.username)),
        TenantKind::Sandbox | TenantKind::Preview => {
            ctx.services().public_url.join(&format!("/app/b/{}/preview", bot.id))
        }
    };
    url.map_err(|error| BotError::Internal(format!("the way back is no address: {error}")))
}

/// A user sees no order but his own: a foreign one does not exist.
pub(in crate::shop) async fn own_order(
    ctx: &ShopCtx,
    id: OrderId,
) -> Result<Option<order_row::Model>, BotError> {
    let tx = ctx.db().read().await?;
    let order = order::service::find(&tx, id).await?;
    Ok(order.filter(|order| order.user_id == ctx.user().id))
}

fn is_open(order: &order_row::Model) -> bool {
    matches!(order.state, OrderState::New | OrderState::Pending)
}
