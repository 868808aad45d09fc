//! `/start/panel`: the panel is tried in the background, line by line, and kept when every line passed.

use app::{
    FormState,
    components::WizardStep,
    pages::start::{CheckRun, PanelPage, SavedPanel},
};
use axum::{extract::State, response::Response};
use domain::{
    args,
    entities::{master::tenant::TenantKind, tenant::panel::Model},
    platform::tenant::{
        panel::{self, NewPanel},
        panel_care::found_version,
        panel_check::{self, Checked, PanelCheckReport, Stage},
    },
};

use super::progress;
use crate::{
    sandbox::panels as sandbox_panels,
    state::AppState,
    web::{
        PageRequest, Post, WebError, WebResult,
        guard::Shop,
        live,
        panel::{FIELDS, actor, begin_check, offered, shown_checks, typed},
    },
};

pub async fn get(State(state): State<AppState>, shop: Shop, page: PageRequest) -> WebResult {
    let tx = shop.db.read().await?;
    let saved = panel::of_shop(&tx).await?;
    let report = panel_check::load(&tx, Checked::First).await?;
    drop(tx);
    let form = page.form_or(|| match &report {
        Some(report) => {
            FormState::filled([("url", report.url.clone()), ("username", report.username.clone())])
        }
        None => FormState::default(),
    });
    let replacing = !page.query("replace").is_empty() || !form.errors.is_empty();
    let report = report.filter(|_| !replacing);
    let running = report.as_ref().is_some_and(|report| report.stage == Stage::Running);
    let lost = report.as_ref().is_some_and(PanelCheckReport::is_lost);
    let (locale, watched) = (page.locale(), !page.query("watch").is_empty());
    page.show(PanelPage {
        done: progress::done(&state, &shop).await?,
        preview: progress::preview(&shop.person),
        saved: saved.as_ref().map(shown_panel),
        run: match (running, lost || replacing) {
            (true, _) => CheckRun::Running,
            (false, true) => CheckRun::Again,
            (false, false) => CheckRun::Over,
        },
        replacing,
        finished: !running && watched,
        checks: shown_checks(locale, report.as_ref(), shop.tenant.kind),
        inbounds: match &saved {
            Some(saved) if !running && !lost && !replacing => offered(&state, &shop, saved).await,
            _ => Vec::new(),
        },
        form,
        events: Some(live::SHOP.to_owned()),
        sandbox_offered: shop.tenant.kind != TenantKind::Live && state.sandbox.is_some(),
    })
}

pub async fn post(State(state): State<AppState>, shop: Shop, post: Post) -> WebResult {
    match post.act() {
        "replace" => Ok(post.to("/start/panel?replace=1")),
        "inbounds" => choose_inbounds(&state, &shop, &post).await,
        "continue" => Ok(post.to(WizardStep::Plans.href())),
        "sandbox" => {
            let sandbox = state.sandbox.as_ref().ok_or(WebError::NotFound)?;
            if shop.tenant.kind == TenantKind::Live {
                return Err(WebError::NotFound);
            }
            let new = sandbox_panels::of_shop(&sandbox.marzban, &shop.db)
                .ok_or_else(|| WebError::Unavailable("the emulated panel has no address".into()))?;
            check(&state, &shop, &post, new).await
        }
        _ => match typed(&post) {
            Ok(new) => check(&state, &shop, &post, new).await,
            Err(errors) => Ok(post.refused(&FIELDS, errors)),
        },
    }
}

/// Begins the check and goes back to the page, which watches it.
async fn check(state: &AppState, shop: &Shop, post: &Post, mut new: NewPanel) -> Result<Response, WebError> {
    let access = panel::unsaved_access(&new, shop.tenant.kind);
    begin_check(state, shop, Checked::First, access, async move |state, shop, _, lines| {
        if panel::passed(&lines) {
            new.version = found_version(&lines);
            panel::save(state.master(), &shop.db, shop.person.account.id, new).await?;
        }
        Ok(())
    })
    .await?;
    Ok(post.to(WizardStep::Panel.href()))
}

async fn choose_inbounds(state: &AppState, shop: &Shop, post: &Post) -> Result<Response, WebError> {
    let tags: Vec<String> = post.all("inbound").into_iter().map(str::to_owned).collect();
    if tags.is_empty() {
        return Ok(post.failed("error-choice", &args![]));
    }
    let tx = shop.db.read().await?;
    let saved = panel::of_shop(&tx).await?.ok_or(WebError::NotFound)?;
    drop(tx);
    actor(state, shop).choose_inbounds(saved.id, &tags).await?;
    Ok(post.done(WizardStep::Panel.href(), "web-flash-saved", &args![]))
}

fn shown_panel(saved: &Model) -> SavedPanel {
    SavedPanel {
        url: saved.base_url.clone(),
        username: saved.username.clone(),
        version: saved.version.clone(),
    }
}
