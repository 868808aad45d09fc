//! What the shop sells.

pub mod view;

use chrono::{DateTime, Duration, Utc};
use domain::{
    args,
    entities::tenant::{
        plan::{self as plan_row, PlanKind},
        subscription as subscription_row,
    },
    ids::PlanId,
    money::Money,
    shop::{
        payment::method,
        plan::{self, service::Offer},
        promo::{
            self,
            holder::Standing,
            rules::{Applied, mark},
        },
        renewal::agreement::{self, Agreed},
        subscription::{self, several},
        traffic,
    },
    units::{Bytes, Days},
};

use crate::{
    context::ShopCtx,
    error::BotError,
    shop::{dialogue, renewal},
};

/// What somebody who has access would have after paying: a plan is changed by buying another one, and nothing
/// that is left is lost by that.
#[derive(Clone, Debug)]
pub struct After {
    /// The plan that runs now.
    pub running: String,
    pub changes: bool,
    pub until: DateTime<Utc>,
    /// What can be used then; `None` is without limit.
    pub traffic: Option<Bytes>,
}

/// What is on sale, and what the buyer has.
struct Sale {
    offers: Vec<Offer>,
    current: Option<subscription_row::Model>,
    /// What he buys is to be an access of its own.
    is_apart: bool,
}

impl Sale {
    async fn load(ctx: &ShopCtx) -> Result<Self, BotError> {
        let tx = ctx.read().await?;
        let user = ctx.user().id;
        Ok(Self {
            offers: plan::service::offers(&tx).await?,
            current: subscription::service::current_of(&tx, user).await?,
            is_apart: several::buys_separately(&tx, user).await?,
        })
    }
}

/// A plan that is on sale, as its summary shows it.
#[derive(Clone, Debug)]
pub struct Shown {
    pub plan: plan_row::Model,
    /// What it costs without a code.
    pub full: Money,
    /// What is to be paid; a way to pay that asks for something else says so.
    pub price: Money,
    pub promo: Option<Applied>,
    /// The code that lies ready, and why it does nothing here.
    pub standing: Option<Standing>,
    /// Whether the shop has given out codes.
    pub takes_codes: bool,
    /// For who has access that runs.
    pub after: Option<After>,
    /// It is to be an access of its own.
    pub separate: bool,
}

impl Shown {
    pub async fn load(ctx: &ShopCtx, id: PlanId) -> Result<Option<Self>, BotError> {
        let tx = ctx.db().read().await?;
        let Some(Offer { plan, price: full }) = plan::service::offer(&tx, id).await? else { return Ok(None) };
        let user = ctx.user().id;
        if !traffic::service::suits(&tx, &plan, user).await? {
            return Ok(None);
        }
        let standing = promo::holder::standing(&tx, user, &plan).await?;
        // Codes are for plans, and a pack says nothing of them.
        let standing = standing.filter(|_| plan.kind != PlanKind::Traffic);
        let is_pack = plan.kind == PlanKind::Traffic;
        let takes_codes = !is_pack && promo::service::exist(&tx).await?;
        let choices = method::choices(&tx, &ctx.services().providers, id, user).await?;
        let same = choices.into_iter().filter(|choice| choice.price.currency == full.currency);
        let best = same.min_by_key(|choice| choice.price.minor);
        let (price, promo) = best.map_or((full, None), |choice| (choice.price, choice.promo));
        let separate = !is_pack && several::buys_separately(&tx, user).await?;
        let running = subscription::service::current_of(&tx, user).await?;
        let after = match running.filter(|row| !separate && row.target_expire > ctx.now()) {
            Some(row) => {
                let running = plan::service::find(&tx, row.plan_id).await?;
                let running = running.map(|plan| plan::service::name_of(&plan, ctx.reader().locale));
                Some(After::of(&row, running.unwrap_or_default(), &plan, promo.as_ref()))
            }
            None => None,
        };
        Ok(Some(Self { plan, full, price, promo, standing, takes_codes, after, separate }))
    }

    /// What goes along with a button, so that other terms are noticed.
    pub fn mark(&self) -> u32 {
        mark(self.price, self.promo.as_ref())
    }
}

impl After {
    fn of(
        row: &subscription_row::Model,
        running: String,
        plan: &plan_row::Model,
        promo: Option<&Applied>,
    ) -> Self {
        let (days, bonus) = promo.map_or((0, 0), |applied| (applied.days.0, applied.traffic.0));
        let left = row.target_data_limit.map(|limit| (limit.0 - row.used_traffic.0).max(0));
        let added = plan.traffic_bytes.map(|bytes| bytes.0 + bonus);
        Self {
            running,
            changes: plan.kind == PlanKind::Paid && plan.id != row.plan_id,
            until: row.target_expire + Duration::seconds(Days(plan.days.0 + days).seconds()),
            traffic: left.zip(added).map(|(left, added)| Bytes(left.saturating_add(added))),
        }
    }
}

/// For what is before the reader, whatever he began to buy besides.
pub async fn list(ctx: ShopCtx) -> Result<(), BotError> {
    let mut sale = Sale::load(&ctx).await?;
    if sale.is_apart
        && let Some(tx) = ctx.effect().await?
    {
        several::together(&tx, ctx.user().id).await?;
        tx.commit().await?;
    }
    sale.is_apart = false;
    show_sale(ctx, sale, None).await
}

pub async fn list_separately(ctx: ShopCtx) -> Result<(), BotError> {
    let note = ctx.reader().html("bot-access-separate-body", &args![]);
    show_list(ctx, Some(&note)).await
}

pub async fn summary(ctx: ShopCtx, id: PlanId) -> Result<(), BotError> {
    dialogue::leave(&ctx).await?;
    match Shown::load(&ctx, id).await? {
        Some(shown) => show_summary(ctx, &shown, None).await,
        None => gone(ctx).await,
    }
}

/// The summary again, because the reader saw other terms than there are now.
pub async fn changed(ctx: ShopCtx, id: PlanId) -> Result<(), BotError> {
    let Some(shown) = Shown::load(&ctx, id).await? else { return gone(ctx).await };
    let note = match shown.standing {
        Some(_) => ctx.reader().html("bot-promo-changed-body", &args![]),
        None => ctx.reader().html("bot-buy-price-changed-body", &args!["amount" => shown.price]),
    };
    show_summary(ctx, &shown, Some(&note)).await
}

/// `note` says what has changed since the reader saw it.
pub async fn show_summary(ctx: ShopCtx, shown: &Shown, note: Option<&str>) -> Result<(), BotError> {
    let tx = ctx.db().read().await?;
    let renews = match shown.plan.kind {
        PlanKind::Traffic => None,
        PlanKind::Paid | PlanKind::Trial => renewal::with_plan(&ctx, &tx, shown.plan.id).await?,
    };
    drop(tx);
    ctx.show(view::summary(ctx.reader(), shown, renews, note)).await
}

/// Whether the plan goes on by itself once it is bought.
pub async fn renew_with(ctx: ShopCtx, (id, on): (PlanId, bool)) -> Result<(), BotError> {
    let Some(shown) = Shown::load(&ctx, id).await? else { return gone(ctx).await };
    if let Some(tx) = ctx.effect().await? {
        let (user, price) = (ctx.user().id, shown.full);
        match on {
            true => agreement::wish(&tx, Agreed { user, bot: ctx.bot().id, plan: id, price }).await?,
            false => agreement::unsay(&tx, user, id).await?,
        }
        tx.commit().await?;
    }
    show_summary(ctx, &shown, None).await
}

/// The plan was taken off sale since the button was sent.
pub async fn gone(ctx: ShopCtx) -> Result<(), BotError> {
    let note = ctx.reader().html("bot-buy-plan-gone-body", &args![]);
    show_list(ctx, Some(&note)).await
}

async fn show_list(ctx: ShopCtx, note: Option<&str>) -> Result<(), BotError> {
    let sale = Sale::load(&ctx).await?;
    show_sale(ctx, sale, note).await
}

async fn show_sale(ctx: ShopCtx, sale: Sale, note: Option<&str>) -> Result<(), BotError> {
    let offers: Vec<_> = sale.offers.into_iter().map(|offer| (offer.plan, offer.price)).collect();
    let renews = !sale.is_apart && sale.current.is_some_and(|row| !row.trial);
    ctx.show(view::list(ctx.reader(), &offers, renews, note)).await
}
