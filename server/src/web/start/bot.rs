//! `/start/bot`: the token, the owner, and a channel if there is one.

use app::{
    components::WizardStep,
    pages::start::{BotPage, OwnerCheck, TokenCheck},
};
use axum::{extract::State, response::Response};
use domain::{
    args,
    entities::master::bot_instance::{self, BotState},
    events::EventKind,
    locale::{self, Locale},
    platform::bot::{channel, owner, rules, service as bots, token},
};

use super::progress;
use crate::{
    config::Mode,
    state::AppState,
    web::{PageRequest, Post, WebError, WebResult, explained, guard::Shop, live},
};

pub async fn get(State(state): State<AppState>, shop: Shop, page: PageRequest) -> WebResult {
    let bot = bots::of_tenant(state.master(), shop.tenant.id).await?.into_iter().next();
    let form = page.form_or(Default::default);
    let asked = !page.query("replace").is_empty() || form.error("token").is_some();
    let locale = page.locale();
    page.show(BotPage {
        done: progress::done(&state, &shop).await?,
        preview: progress::preview(&shop.person),
        owner: bot.as_ref().map_or(OwnerCheck::Locked, |bot| owner_of(&state, bot)),
        token: bot.as_ref().map_or(TokenCheck::Missing, |bot| token_of(locale, bot)),
        replacing: asked && bot.is_some(),
        channel: bot.and_then(|bot| bot.channel),
        form,
        events: Some(live::SHOP.to_owned()),
        botfather: (state.mode == Mode::Sandbox).then(|| "/sandbox/botfather".to_owned()),
    })
}

pub async fn post(State(state): State<AppState>, shop: Shop, post: Post) -> WebResult {
    match post.act() {
        "replace" => return Ok(post.to("/start/bot?replace=1")),
        "owner" | "channel" => {}
        "continue" => return Ok(post.to(WizardStep::Panel.href())),
        _ => return connect(&state, &shop, &post).await,
    }
    let bot = bots::of_tenant(state.master(), shop.tenant.id).await?.into_iter().next();
    let bot = bot.ok_or_else(|| WebError::GoTo(WizardStep::Bot.href().to_owned()))?;
    let (field, refusal) = if post.act() == "owner" {
        let outcome =
            owner::set_typed(state.master(), shop.person.account.id, &bot, post.field("owner_id")).await;
        ("owner_id", outcome.err().map(explained))
    } else {
        let outcome = channel::set(state.master(), &*state.probe, &bot, post.field("channel")).await;
        ("channel", outcome.err().map(explained))
    };
    match refusal {
        None => Ok(post.to(WizardStep::Bot.href())),
        Some(refusal) => {
            let (key, args) = refusal?;
            Ok(post.refused(&[field], vec![post.error(field, key, &args)]))
        }
    }
}

async fn connect(state: &AppState, shop: &Shop, post: &Post) -> Result<Response, WebError> {
    let typed = post.secret("token");
    let account = shop.person.account.id;
    match token::connect(state.master(), &*state.probe, account, shop.tenant.id, &typed).await {
        Ok(bot) => {
            state.bots.poke();
            state.events.publish(shop.tenant.id, EventKind::Bot, Some(bot.id.to_string()));
            Ok(post.to(WizardStep::Bot.href()))
        }
        Err(error) => {
            let (key, args) = explained(error)?;
            Ok(post.refused(&[], vec![post.error("token", key, &args)]))
        }
    }
}

fn token_of(locale: Locale, bot: &bot_instance::Model) -> TokenCheck {
    if bot.state == BotState::NeedsToken {
        let key = bot.reason.as_deref().filter(|key| locale::has(key)).unwrap_or("error-token-revoked");
        return TokenCheck::Refused { problem: locale::text(locale, key, &args![]) };
    }
    TokenCheck::Accepted {
        masked: bot.token_hint.clone().unwrap_or_default(),
        name: bot.name.clone().unwrap_or_default(),
        username: bot.username.clone().unwrap_or_default(),
    }
}

fn owner_of(state: &AppState, bot: &bot_instance::Model) -> OwnerCheck {
    let deep_link = owner_link(state, bot);
    match bot.owner_telegram_id {
        Some(id) => OwnerCheck::Known { who: id.to_string(), deep_link },
        None => OwnerCheck::Open { deep_link },
    }
}

/// Where the owner proves himself: in Telegram, or on the phone page when Telegram is pretended.
/// A bot without a working token hears nobody.
pub fn owner_link(state: &AppState, bot: &bot_instance::Model) -> Option<String> {
    let username = bot.username.as_deref().filter(|_| rules::runs(bot.state))?;
    match state.mode {
        Mode::Production => Some(rules::owner_link(username, &bot.owner_nonce)),
        Mode::Sandbox => Some(format!("/app/b/{}/preview?start=own_{}", bot.id, bot.owner_nonce)),
    }
}
