//! The user's link.

pub mod apps;
pub mod view;

use domain::{
    entities::tenant::subscription as row,
    shop::{
        link::{app::Platform, service as links},
        plan, subscription, traffic,
    },
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
    let Some((access, given)) = shown.and_then(|access| Some((access, access.given?))) else {
        return ctx.show(view::show(ctx.reader(), access(&ctx, current.as_ref()))).await;
    };
    let png = picture::png(&given.link)?;
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

/// For which device?
pub async fn apps(ctx: ShopCtx) -> Result<(), BotError> {
    ctx.show(apps::platforms(ctx.reader())).await
}

pub async fn platform(ctx: ShopCtx, platform: Platform) -> Result<(), BotError> {
    let current = current(&ctx).await?;
    let shown = access(&ctx, current.as_ref()).filter(|access| access.standing.connects());
    let given = shown.and_then(|access| access.given);
    ctx.show(apps::apps(ctx.reader(), platform, given, &ctx.services().public_url)).await
}

pub async fn connected(ctx: ShopCtx) -> Result<(), BotError> {
    ctx.show(apps::connected(ctx.reader())).await
}

/// The second step is ours: whether there is access at all is known here.
pub async fn check(ctx: ShopCtx, step: u8) -> Result<(), BotError> {
    let current = current(&ctx).await?;
    let access = access(&ctx, current.as_ref());
    if step == apps::ACCESS_STEP && !access.is_some_and(|access| access.standing.connects()) {
        return ctx.show(view::show(ctx.reader(), access)).await;
    }
    ctx.show(apps::check(ctx.reader(), step)).await
}

pub async fn ask_to_renew(ctx: ShopCtx) -> Result<(), BotError> {
    let current = current(&ctx).await?;
    match access(&ctx, current.as_ref()).filter(|access| access.given.is_some()) {
        Some(_) => ctx.show(view::ask_to_renew(ctx.reader())).await,
        None => ctx.show(view::show(ctx.reader(), access(&ctx, current.as_ref()))).await,
    }
}

/// The old link is void; the panel follows.
pub async fn renew(ctx: ShopCtx) -> Result<(), BotError> {
    let Some(before) = current(&ctx).await?.filter(|current| current.given.is_some()) else {
        return show(ctx).await;
    };
    if let Some(tx) = ctx.effect().await? {
        links::renew(&tx, &before.row).await?;
        tx.commit().await?;
    }
    let current = current(&ctx).await?;
    let screen = view::show(ctx.reader(), access(&ctx, current.as_ref()));
    ctx.show(screen.below(&ctx.reader().html("bot-config-renewed-body", &domain::args![]))).await
}

/// VLESS links first, as apps want them.
pub fn links_of(row: &row::Model) -> Vec<String> {
    let all = row.links.as_array().into_iter().flatten().filter_map(|link| link.as_str());
    let mut links: Vec<String> = all.map(str::to_owned).collect();
    links.sort_by_key(|link| !link.starts_with("vless://"));
    links
}

/// The user's subscription.
struct Current {
    row: row::Model,
    /// Its plan's name.
    plan: String,
    given: Option<links::Given>,
    sells_traffic: bool,
    /// The panel's own link is given, and it is about to become void.
    is_revoking: bool,
}

async fn current(ctx: &ShopCtx) -> Result<Option<Current>, BotError> {
    let tx = ctx.db().read().await?;
    let Some(row) = subscription::service::current_of(&tx, ctx.user().id).await? else { return Ok(None) };
    let plan = plan::service::find(&tx, row.plan_id).await?;
    let plan = plan.map(|plan| plan::service::name_of(&plan, ctx.reader().locale)).unwrap_or_default();
    let sells_traffic = !traffic::service::offers_to(&tx, &row).await?.is_empty();
    let is_revoking = links::is_revoking(&tx, row.id).await?;
    drop(tx);
    let given = links::given(ctx.db(), &ctx.services().public_url, &row).await?;
    let is_revoking = is_revoking && given.as_ref().is_some_and(|given| given.address.is_none());
    Ok(Some(Current { row, plan, given, sells_traffic, is_revoking }))
}

fn access<'a>(ctx: &ShopCtx, current: Option<&'a Current>) -> Option<Access<'a>> {
    current.map(|Current { row, plan, given, sells_traffic, is_revoking }| Access {
        row,
        plan,
        given: given.as_ref(),
        sells_traffic: *sells_traffic,
        standing: if *is_revoking { Standing::Pending } else { Standing::of(row, ctx.now()) },
    })
}
