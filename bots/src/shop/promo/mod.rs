//! Promo codes: typed here or followed by a link, kept ready for the next order, taken off again.

pub mod view;

use domain::{
    entities::tenant::promo_code,
    ids::PlanId,
    shop::{
        chat::dialogue::{self as asked, Dialogue},
        plan,
        promo::holder::{self, Taken},
    },
};

use crate::{
    context::ShopCtx,
    error::BotError,
    incoming::Event,
    shop::{dialogue, plans, start},
};

/// `/promo`, with a code or without.
pub async fn command(ctx: ShopCtx, code: String) -> Result<(), BotError> {
    if code.trim().is_empty() { ask(ctx, None).await } else { enter(ctx, &code, None).await }
}

/// The next message is a code.
pub async fn ask(ctx: ShopCtx, plan: Option<PlanId>) -> Result<(), BotError> {
    dialogue::begin(&ctx, Dialogue::Promo { plan }).await?;
    show(ctx, plan).await
}

/// Something was sent when a code was asked for.
pub async fn typed(ctx: ShopCtx, plan: Option<PlanId>) -> Result<(), BotError> {
    match ctx.event().clone() {
        Event::Message { text: Some(text), .. } => enter(ctx, &text, plan).await,
        _ => show(ctx, plan).await,
    }
}

/// `/start promo_…`. A newcomer goes on with his first steps; the code lies ready when he is through.
pub async fn follow(ctx: ShopCtx, code: &str) -> Result<(), BotError> {
    let Some(step) = ctx.first_step() else { return enter(ctx, code, None).await };
    let note = match take(&ctx, code).await? {
        Some(taken) => view::note(ctx.reader(), &taken),
        None => return start::resume(ctx).await,
    };
    ctx.show(start::view::step(ctx.reader(), step).below(&note)).await
}

pub async fn take_off(ctx: ShopCtx, plan: Option<PlanId>) -> Result<(), BotError> {
    if let Some(tx) = ctx.effect().await? {
        holder::lay_down(&tx, ctx.user().id, None).await?;
        tx.commit().await?;
    }
    match plan {
        Some(plan) => plans::summary(ctx, plan).await,
        None => ask(ctx, None).await,
    }
}

/// Whoever came from a plan sees at once what it costs now; a refused code can be followed by another.
async fn enter(ctx: ShopCtx, code: &str, plan: Option<PlanId>) -> Result<(), BotError> {
    let Some(taken) = take(&ctx, code).await? else { return show(ctx, plan).await };
    match (&taken, plan) {
        (Taken::Ready(_) | Taken::Already(_), Some(plan)) => plans::summary(ctx, plan).await,
        (Taken::Ready(code) | Taken::Already(code), None) => {
            let names = plan_names(&ctx, code).await?;
            ctx.show(view::ready(ctx.reader(), &taken, code, &names)).await
        }
        (Taken::Refused(refusal), plan) => {
            dialogue::begin(&ctx, Dialogue::Promo { plan }).await?;
            ctx.show(view::refused(ctx.reader(), *refusal, plan)).await
        }
    }
}

/// `None` when the update came a second time. Wrong tries are counted, so a refusal is an effect as well.
async fn take(ctx: &ShopCtx, code: &str) -> Result<Option<Taken>, BotError> {
    let Some(tx) = ctx.effect().await? else { return Ok(None) };
    let taken = holder::take(&tx, ctx.user().id, code).await?;
    if !matches!(taken, Taken::Refused(_)) {
        asked::end(&tx, ctx.bot().id, ctx.user().telegram_id).await?;
    }
    tx.commit().await?;
    Ok(Some(taken))
}

/// What lies ready, and that another can be sent.
async fn show(ctx: ShopCtx, plan: Option<PlanId>) -> Result<(), BotError> {
    let tx = ctx.db().read().await?;
    let code = holder::ready(&tx, ctx.user().id).await?;
    drop(tx);
    let names = match &code {
        Some(code) => plan_names(&ctx, code).await?,
        None => Vec::new(),
    };
    ctx.show(view::ask(ctx.reader(), code.as_ref(), &names, plan)).await
}

/// The plans on which it works, when it does not work on all.
async fn plan_names(ctx: &ShopCtx, code: &promo_code::Model) -> Result<Vec<String>, BotError> {
    let meant = code.plan_ids();
    if meant.is_empty() {
        return Ok(Vec::new());
    }
    let tx = ctx.db().read().await?;
    let offers = plan::service::offers(&tx).await?;
    let named = offers.iter().filter(|offer| meant.contains(&offer.plan.id));
    Ok(named.map(|offer| plan::service::name_of(&offer.plan, ctx.reader().locale)).collect())
}
