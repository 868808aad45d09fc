//! First contact: language, then the rules if the shop has them, then the welcome.

pub mod view;

use domain::{
    args,
    locale::Locale,
    shop::{
        gate::service::{self as access, Entry},
        plan,
        promo::{code::LINK, holder},
        referral::service::{self as referrals, Arrived},
        trial, user,
    },
};

use crate::{
    context::{FirstStep, ShopCtx},
    error::BotError,
    shop::{gate, gift, menu, promo, referral},
};

/// Before the name of one of the shop's links.
const SOURCE: &str = "src_";
/// Longest name of a link: Telegram passes 64 characters on (core.telegram.org/bots/features#deep-linking).
const SOURCE_LENGTH: usize = 60;

/// `/start`, and what stands behind it.
pub async fn command(ctx: ShopCtx, argument: String) -> Result<(), BotError> {
    if let Some(code) = argument.trim().strip_prefix(LINK)
        && barred(&ctx).await?.is_none()
    {
        return promo::follow(ctx, code).await;
    }
    if let Some(token) = argument.trim().strip_prefix(gift::LINK) {
        return gift::open(ctx, token).await;
    }
    if let Some(code) = argument.trim().strip_prefix("ref_")
        && referral::arrive(&ctx, code).await? == Some(Arrived::Himself)
        && ctx.first_step().is_none()
    {
        return referral::himself(ctx).await;
    }
    if let Some(source) = argument.trim().strip_prefix(SOURCE) {
        came_by(&ctx, source).await?;
    }
    if ctx.first_step().is_some() {
        return resume(ctx).await;
    }
    let card = menu::card(&ctx).await?;
    let name = args!["name" => &ctx.user().first_name];
    let hint = ctx.reader().html("bot-start-returning-body", &name);
    ctx.show(menu::view::menu_with_hint(ctx.reader(), &card, &hint)).await
}

/// Whether the user has yet to choose a language or to accept the rules.
pub fn is_unfinished(ctx: ShopCtx) -> bool {
    ctx.first_step().is_some()
}

/// The step that is next.
pub async fn resume(ctx: ShopCtx) -> Result<(), BotError> {
    if let Some(entry) = barred(&ctx).await? {
        return ctx.show(view::barred(ctx.reader(), &ctx.shop().name, entry)).await;
    }
    match ctx.first_step() {
        Some(step) => ctx.show(view::step(ctx.reader(), step)).await,
        None => menu::show(ctx).await,
    }
}

pub async fn language(ctx: ShopCtx, locale: Locale) -> Result<(), BotError> {
    if barred(&ctx).await?.is_some() {
        return resume(ctx).await;
    }
    if let Some(tx) = ctx.effect().await? {
        user::service::choose_language(&tx, ctx.user().id, locale).await?;
        tx.commit().await?;
    }
    let ctx = ctx.in_language(locale);
    if ctx.rules_missing() { ctx.show(view::rules(ctx.reader())).await } else { welcome(ctx).await }
}

pub async fn accept(ctx: ShopCtx) -> Result<(), BotError> {
    if let Some(tx) = ctx.effect().await? {
        user::service::accept_rules(&tx, ctx.user().id).await?;
        tx.commit().await?;
    }
    welcome(ctx).await
}

pub async fn decline(ctx: ShopCtx) -> Result<(), BotError> {
    ctx.show(view::declined(ctx.reader())).await
}

/// A newcomer's link is kept for the shop's statistics.
async fn came_by(ctx: &ShopCtx, source: &str) -> Result<(), BotError> {
    let is_name = source.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_' || byte == b'-');
    let fits = is_name && (1..=SOURCE_LENGTH).contains(&source.len());
    if !fits || ctx.first_step() != Some(FirstStep::Language) {
        return Ok(());
    }
    let tx = ctx.db().write().await?;
    user::service::came_by(&tx, ctx.user(), source).await?;
    Ok(tx.commit().await?)
}

/// What keeps a newcomer from beginning, if anything does.
async fn barred(ctx: &ShopCtx) -> Result<Option<Entry>, BotError> {
    let is_new = ctx.first_step() == Some(FirstStep::Language);
    let kept_out = match ctx.entry() {
        Entry::Open => false,
        Entry::Closed => is_new,
        Entry::Invited if is_new => {
            let tx = ctx.db().read().await?;
            referrals::brought_by(&tx, ctx.user().id).await?.is_none()
        }
        Entry::Invited => false,
    };
    if !kept_out {
        return Ok(None);
    }
    // A gift is opened before the first step.
    let tx = ctx.db().read().await?;
    let exempt = access::is_exempt(&tx, ctx.user().id).await?;
    Ok((!exempt).then(|| ctx.entry()))
}

async fn welcome(ctx: ShopCtx) -> Result<(), BotError> {
    if gate::keeps_out(&ctx).await? {
        return gate::show(ctx).await;
    }
    let tx = ctx.db().read().await?;
    let open = trial::service::is_open(&tx, ctx.user()).await?;
    let trial = if open { plan::service::trial_plan(&tx).await? } else { None };
    let code = holder::ready(&tx, ctx.user().id).await?;
    let brought_by = referrals::brought_by(&tx, ctx.user().id).await?;
    let terms = referrals::terms(&tx).await?;
    drop(tx);
    let invited = brought_by.filter(|_| terms.on);
    let invited = invited.map(|friend| referral::view::invited(ctx.reader(), &friend, terms));
    let (shop, name) = (&ctx.shop().name, &ctx.user().first_name);
    let screen = view::welcome(ctx.reader(), (shop, name), trial.as_ref(), invited.as_deref());
    match code {
        Some(code) => ctx.show(screen.below(&promo::view::ready_line(ctx.reader(), &code))).await,
        None => ctx.show(screen).await,
    }
}
