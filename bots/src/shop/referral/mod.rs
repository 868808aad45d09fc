//! Bringing friends: the user's link, what came of it, and coming by somebody's.

pub mod view;

use domain::shop::referral::{
    list,
    service::{self as referrals, Arrived},
};

use self::view::Own;
use super::menu;
use crate::{
    context::{FirstStep, ShopCtx},
    error::BotError,
    qr as picture,
};

/// Friends that are listed.
const SHOWN: u64 = 8;

pub async fn show(ctx: ShopCtx) -> Result<(), BotError> {
    match own(&ctx).await? {
        Some(own) => ctx.show(view::show(ctx.reader(), &own)).await,
        None => ctx.show(view::off(ctx.reader())).await,
    }
}

/// The link as a picture that a friend's phone reads.
pub async fn qr(ctx: ShopCtx) -> Result<(), BotError> {
    let Some(own) = own(&ctx).await? else { return ctx.show(view::off(ctx.reader())).await };
    let png = picture::png(&own.link)?;
    ctx.show(view::qr(ctx.reader(), &own, png)).await
}

/// Somebody came by a link. A newcomer is remembered as its owner's friend; whoever follows his own is
/// told so. Everybody else is welcome as ever.
pub async fn arrive(ctx: &ShopCtx, code: &str) -> Result<Option<Arrived>, BotError> {
    let tx = ctx.db().read().await?;
    let is_own = referrals::find_code(&tx, ctx.user().id).await?.is_some_and(|own| own == code);
    drop(tx);
    if is_own {
        return Ok(Some(Arrived::Himself));
    }
    if ctx.first_step() != Some(FirstStep::Language) {
        return Ok(None);
    }
    let tx = ctx.db().write().await?;
    let arrived = referrals::arrive(&tx, ctx.user(), ctx.bot().id, code).await?;
    tx.commit().await?;
    Ok(Some(arrived))
}

/// For whom it is his own link that he followed.
pub async fn himself(ctx: ShopCtx) -> Result<(), BotError> {
    let card = menu::card(&ctx).await?;
    let hint = ctx.reader().html("bot-referral-own-body", &domain::args![]);
    ctx.show(menu::view::menu_with_hint(ctx.reader(), &card, &hint)).await
}

/// `None` when the shop gives nothing for friends.
async fn own(ctx: &ShopCtx) -> Result<Option<Own>, BotError> {
    let tx = ctx.db().read().await?;
    let terms = referrals::terms(&tx).await?;
    let user = ctx.user().id;
    let figures = list::figures(&tx, Some(user)).await?;
    let friends = list::friends(&tx, Some(user), SHOWN).await?;
    let known = referrals::find_code(&tx, user).await?;
    drop(tx);
    if !terms.on {
        return Ok(None);
    }
    let code = match known {
        Some(code) => code,
        None => {
            let tx = ctx.db().write().await?;
            let code = referrals::code_of(&tx, user).await?;
            tx.commit().await?;
            code
        }
    };
    let link = format!("https://t.me/{}?start=ref_{code}", ctx.bot().username);
    Ok(Some(Own { shop: ctx.shop().name.clone(), link, terms, figures, friends }))
}
