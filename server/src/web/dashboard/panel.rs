//! `/app/b/{bot}/panels/{id}`: one panel: what is different on it, what is set, how we log in.

mod problems;
mod words;

use app::{FormState, pages::dashboard::ShopPanelPage};
use axum::extract::{Path, State};
use domain::{
    args,
    entities::tenant::panel::{Model, PanelState},
    ids::PanelId,
    locale::format,
    platform::tenant::{
        panel_care::{self, Typed},
        panel_check::{self, Checked, Stage, error_key},
    },
    ports::{PanelAccess, PanelError},
    shop::panel::{figures, service as panels, settings::Login, sync::drifts_of},
};

pub use self::problems::problems;
use super::{overview, panels::card};
use crate::{
    state::AppState,
    web::{
        PageRequest, Post, WebError, WebResult,
        guard::ShopBot,
        live,
        panel::{access, actor, begin_check, missing_login, offered, shown_checks, vless},
    },
};

pub async fn get(
    State(state): State<AppState>,
    bot: ShopBot,
    Path((_, id)): Path<(String, String)>,
    mut page: PageRequest,
) -> WebResult {
    let (locale, zone, shop) = (page.locale(), bot.shop.zone(), &bot.shop);
    let id: PanelId = id.parse().map_err(|_| WebError::NotFound)?;
    let tx = shop.db.read().await?;
    let figures = figures::of(&tx, id).await?.ok_or(WebError::NotFound)?;
    let drifts = drifts_of(&tx, id).await?;
    let own = panel_check::load(&tx, Checked::Kept(id)).await?;
    let first = panel_check::load(&tx, Checked::First).await?;
    drop(tx);
    let panel = &figures.panel;
    let report = own.or(first.filter(|report| report.url == panel.base_url));
    let running = report.as_ref().is_some_and(|report| report.stage == Stage::Running);
    overview::place(&mut page, &state, &bot).await?;
    let summary = overview::summary_of(&bot.bot);
    let mut checks = shown_checks(locale, report.as_ref(), shop.tenant.kind);
    checks.when =
        report.filter(|_| !running).map(|report| format::date_time_short(locale, report.seen_at, zone));
    let form = form(&page, panel);
    let part = page.is_fragment();
    let finished = part && !running && !page.query("watch").is_empty();
    page.show(ShopPanelPage {
        card: card(locale, zone, &summary, &figures),
        checks,
        finished,
        report: words::report(locale, zone, &figures, drifts),
        inbounds: match panel.state {
            PanelState::Up if !running && !part => offered(&state, shop, panel).await,
            _ => Vec::new(),
        },
        form,
        events: Some(live::SHOP.to_owned()),
        bot: summary,
    })
}

pub async fn post(
    State(state): State<AppState>,
    bot: ShopBot,
    Path((_, id)): Path<(String, String)>,
    post: Post,
) -> WebResult {
    let id: PanelId = id.parse().map_err(|_| WebError::NotFound)?;
    let tx = bot.shop.db.read().await?;
    let panel = panels::find(&tx, id).await?.ok_or(WebError::NotFound)?;
    drop(tx);
    let own = format!("{}/panels/{id}", overview::summary_of(&bot.bot).href());
    match post.act() {
        "save" => save(&state, &bot, &post, &own, id).await,
        "inbounds" => inbounds(&state, &bot, &post, &own, &panel).await,
        "login" => login(&state, &bot, &post, &own, &panel).await,
        "check" => {
            let access = access(&bot.shop, &panel).await?;
            begin_check(&state, &bot.shop, Checked::Kept(id), access, async move |state, shop, _, lines| {
                actor(&state, &shop).note_check(id, &lines).await
            })
            .await?;
            Ok(post.to(&own))
        }
        "compare" => match actor(&state, &bot.shop).compare_panel(id).await? {
            true => Ok(post.done(&own, "web-flash-panel-compare", &args![])),
            false => Ok(post.failed("error-panel-away", &args![])),
        },
        "repair" => match actor(&state, &bot.shop).repair_panel(id).await? {
            0 => Ok(post.done(&own, "web-flash-panel-repaired-none", &args![])),
            count => {
                let count = i64::try_from(count).unwrap_or(i64::MAX);
                Ok(post.done(&own, "web-flash-panel-repaired", &args!["count" => count]))
            }
        },
        _ => Err(WebError::NotFound),
    }
}

async fn save(state: &AppState, bot: &ShopBot, post: &Post, own: &str, id: PanelId) -> WebResult {
    let typed = Typed {
        name: post.field("name"),
        weight: post.field("weight"),
        capacity: post.field("capacity"),
        enabled: post.optional("enabled").is_some(),
    };
    match panel_care::read(typed) {
        Ok(new) => {
            actor(state, &bot.shop).save_panel(id, &new).await?;
            Ok(post.done(own, "web-flash-saved", &args![]))
        }
        Err(wrong) => {
            let errors = wrong.into_iter().map(|(field, key)| post.error(field, key, &args![]));
            Ok(post.refused(&["name", "weight", "capacity", "enabled"], errors.collect()))
        }
    }
}

/// Only what the panel has: an account of anything else could not be made there.
async fn inbounds(state: &AppState, bot: &ShopBot, post: &Post, own: &str, panel: &Model) -> WebResult {
    let found = match vless(state, &access(&bot.shop, panel).await?).await {
        Ok(found) => found,
        Err(error) => {
            let status = match &error {
                PanelError::Refused { status } => status.to_string(),
                _ => String::new(),
            };
            return Ok(post.failed(error_key(&error), &args!["status" => status]));
        }
    };
    let wanted = post.all("inbound");
    let tags: Vec<String> =
        found.into_iter().map(|inbound| inbound.tag).filter(|tag| wanted.contains(&tag.as_str())).collect();
    if tags.is_empty() {
        return Ok(post.failed("error-choice", &args![]));
    }
    actor(state, &bot.shop).choose_inbounds(panel.id, &tags).await?;
    Ok(post.done(own, "web-flash-saved", &args![]))
}

/// Tries the new login as a panel that we do not know, so that what is kept stays in use until it passed.
async fn login(state: &AppState, bot: &ShopBot, post: &Post, own: &str, panel: &Model) -> WebResult {
    let errors = missing_login(post);
    if !errors.is_empty() {
        return Ok(post.refused(&["username"], errors));
    }
    let id = panel.id;
    let (username, password) = (post.field("username").to_owned(), post.secret("password"));
    let access = PanelAccess {
        panel: PanelId::new(),
        username: username.clone(),
        password: password.clone(),
        ..access(&bot.shop, panel).await?
    };
    begin_check(state, &bot.shop, Checked::Kept(id), access, async move |state, shop, _, lines| {
        let login = Login { username, password, version: None };
        actor(&state, &shop).replace_login(id, login, &lines).await
    })
    .await?;
    Ok(post.to(own))
}

/// What was typed, and what is kept where nothing was.
fn form(page: &PageRequest, panel: &Model) -> FormState {
    let capacity = panel.capacity.map(|capacity| capacity.to_string());
    let kept = [
        ("name", panel.name.clone()),
        ("weight", panel.weight.to_string()),
        ("capacity", capacity.unwrap_or_default()),
        ("enabled", if panel.enabled { "on".to_owned() } else { String::new() }),
        ("username", panel.username.clone()),
    ];
    let mut form = page.form_or(FormState::default);
    for (field, value) in kept {
        form.values.entry(field.to_owned()).or_insert(value);
    }
    form
}
