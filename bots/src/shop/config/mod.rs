//! The user's link.

pub mod view;

use domain::{
    entities::tenant::subscription as row,
    shop::{plan, subscription},
};

use self::view::Access;
use crate::{context::ShopCtx, error::BotError, qr as picture, shop::standing::Standing};

pub async fn show(ctx: ShopCtx) -> Result<(), BotError> {
    let current = current(&ctx).await?;
    ctx.show(view::show(ctx.reader(), access(&ctx, current.as_ref()))).await
}

/// The QR code of the link, as a picture.
pub async fn qr(ctx: ShopCtx) -> Result<(), BotError> {
    let current = current(&ctx).await?;
    let shown = access(&ctx, current.as_ref()).filter(|access| access.standing.connects());
    let Some((access, link)) =
        shown.and_then(|access| Some((access, access.row.subscription_url.as_deref()?)))
    else {
        return ctx.show(view::show(ctx.reader(), access(&ctx, current.as_ref()))).await;
    };
    let png = picture::png(link)?;
    ctx.show(view::qr(ctx.reader(), access, png)).await
}

pub async fn links(ctx: ShopCtx) -> Result<(), BotError> {
    let current = current(&ctx).await?;
    let Some(access) = access(&ctx, current.as_ref()).filter(|access| access.standing.connects()) else {
        return ctx.show(view::show(ctx.reader(), access(&ctx, current.as_ref()))).await;
    };
    let links = links_of(access.row);
    ctx.show(view::links(ctx.reader(), &links)).await
}

pub async fn apps(ctx: ShopCtx) -> Result<(), BotError> {
    ctx.show(view::apps(ctx.reader())).await
}

/// VLESS links first, as apps want them.
pub fn links_of(row: &row::Model) -> Vec<String> {
    let all = row.links.as_array().into_iter().flatten().filter_map(|link| link.as_str());
    let mut links: Vec<String> = all.map(str::to_owned).collect();
    links.sort_by_key(|link| !link.starts_with("vless://"));
    links
}

type Current = (row::Model, String);

/// The user's subscription, and its plan's name.
async fn current(ctx: &ShopCtx) -> Result<Option<Current>, BotError> {
    let tx = ctx.db().read().await?;
    let Some(row) = subscription::service::current_of(&tx, ctx.user().id).await? else { return Ok(None) };
    let plan = plan::service::find(&tx, row.plan_id).await?;
    let name = plan.map(|plan| plan::service::name_of(&plan, ctx.reader().locale));
    Ok(Some((row, name.unwrap_or_default())))
}

fn access<'a>(ctx: &ShopCtx, current: Option<&'a Current>) -> Option<Access<'a>> {
    current.map(|(row, plan)| Access { row, plan, standing: Standing::of(row, ctx.now()) })
}
