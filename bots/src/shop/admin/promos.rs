//! A code in two taps. Everything else about codes is on the panel's page.

use chrono::Duration;
use domain::{
    entities::tenant::staff_act::Deed,
    error::Explain as _,
    locale::digits,
    platform::bot::rules::link,
    shop::{
        chat::dialogue::{self as asked, Dialogue, StaffAsk},
        promo::{
            code::LINK,
            rules::Effect,
            service::{self as codes, NewPromo, PromoRefused},
        },
        staff::log,
    },
};
use serde_json::json;

use super::{actor, users::text_of, view};
use crate::{callback::Act, context::ShopCtx, error::BotError, shop::dialogue};

/// How long a quick code works.
const VALID: Duration = Duration::days(7);

pub async fn ask(ctx: ShopCtx) -> Result<(), BotError> {
    dialogue::begin(&ctx, Dialogue::Staff { about: StaffAsk::Promo }).await?;
    ctx.show(view::promos(ctx.reader())).await
}

/// A code that we think of.
pub async fn made(ctx: ShopCtx, percent: i64) -> Result<(), BotError> {
    make(ctx, String::new(), percent).await
}

/// A code of the shop's own: its name, then its percent.
pub async fn named(ctx: ShopCtx) -> Result<(), BotError> {
    let typed = text_of(&ctx).unwrap_or_default();
    let typed = typed.trim().trim_end_matches(['%', '٪']).trim_end();
    let parts = typed.rsplit_once(char::is_whitespace);
    let read = parts.and_then(|(name, percent)| Some((name.to_owned(), digits::parse_number(percent)?)));
    match read {
        Some((name, percent)) => make(ctx, name, percent).await,
        None => ctx.show(view::ask(ctx.reader(), "bot-admin-promo-err-form", Act::Promos)).await,
    }
}

async fn make(ctx: ShopCtx, code: String, percent: i64) -> Result<(), BotError> {
    // The same update again: the code is there, and the list shows it.
    let Some(tx) = ctx.effect().await? else {
        return ctx.show(view::promos(ctx.reader())).await;
    };
    let new = NewPromo {
        code,
        effect: Effect::Percent(percent),
        plans: Vec::new(),
        valid_from: None,
        valid_until: Some(tx.now() + VALID),
        max_uses: None,
        per_user: Some(1),
        first_purchase: false,
    };
    let made = match codes::save(&tx, None, &new).await {
        Ok(made) => made,
        Err(PromoRefused::Store(error)) => return Err(error.into()),
        Err(refused) => {
            drop(tx);
            let Some((key, values)) = refused.explain() else {
                return Err(BotError::Internal(refused.to_string()));
            };
            return ctx.show(view::promo_refused(ctx.reader(), key, &values)).await;
        }
    };
    log::append(&tx, &actor(&ctx), Deed::PromoMade, made.id, json!({ "code": made.code })).await?;
    asked::end(&tx, ctx.bot().id, ctx.user().telegram_id).await?;
    tx.commit().await?;
    let address = format!("{}?start={LINK}{}", link(&ctx.bot().username), made.code);
    ctx.show(view::promo_made(ctx.reader(), &made, percent, &address)).await
}
