//! `/app/b/{bot}/panels/new`: one more panel is tried in the background, and kept when every line passed.

use app::{FormState, pages::dashboard::NewPanelPage};
use axum::extract::State;
use domain::{
    clock::Clock as _,
    db::StoreError,
    entities::master::tenant::TenantKind,
    error::Explain as _,
    ids::{PanelId, RowId},
    locale,
    platform::{
        package::limits::check_panels,
        tenant::{
            panel::{self, AddError, NewPanel},
            panel_care::found_version,
            panel_check::{self, Checked, PanelCheckReport, Run, Stage},
        },
    },
    ports::CheckedLine,
    shop::panel::service as panels,
};

use super::overview;
use crate::{
    sandbox::panels as sandbox_panels,
    state::AppState,
    web::{
        PageRequest, Post, WebError, WebResult, explained,
        guard::{Shop, ShopBot},
        live,
        panel::{FIELDS, begin_check, shown_checks, typed},
    },
};

pub async fn get(State(state): State<AppState>, bot: ShopBot, mut page: PageRequest) -> WebResult {
    let (locale, shop) = (page.locale(), &bot.shop);
    let summary = overview::summary_of(&bot.bot);
    let own = format!("{}/panels/new", summary.href());
    let watched: Option<RowId> = page.query("check").parse().ok();
    let tx = shop.db.read().await?;
    let report = panel_check::load(&tx, Checked::Another).await?;
    drop(tx);
    let running = report.as_ref().is_some_and(|report| report.stage == Stage::Running);
    let go = match watched.filter(|_| !running) {
        Some(check) => match came_of(shop, check).await? {
            Some(id) => Some(format!("{}/panels/{id}", summary.href())),
            None => Some(own),
        },
        None => None,
    };
    if let Some(href) = go.clone().filter(|_| !page.is_fragment()) {
        return Err(WebError::GoTo(href));
    }
    let limit = check_panels(&state.store, shop.person.customer, state.master().platform_clock().now());
    let limit = limit.await?.err().and_then(|limit| limit.explain());
    overview::place(&mut page, &state, &bot).await?;
    let form = page.form_or(|| tried(report.as_ref()));
    // Beside what was wrong with the form, the lines of the try before would mislead.
    let report = report.filter(|_| form.errors.is_empty());
    page.show(NewPanelPage {
        bot: summary,
        form,
        checks: shown_checks(locale, report.as_ref(), shop.tenant.kind),
        watched: report.filter(|_| running).map(|report| report.id.to_string()),
        limit: limit.map(|(key, args)| locale::text(locale, key, &args)),
        go,
        sandbox_offered: shop.tenant.kind != TenantKind::Live && state.sandbox.is_some(),
        events: Some(live::SHOP.to_owned()),
    })
}

pub async fn post(State(state): State<AppState>, bot: ShopBot, post: Post) -> WebResult {
    let new = match post.act() {
        "sandbox" => sandbox_panel(&state, &bot.shop).await?,
        _ => match typed(&post) {
            Ok(new) => new,
            Err(errors) => return Ok(post.refused(&FIELDS, errors)),
        },
    };
    let shop = &bot.shop;
    if let Err(error) = panel::may_add(&state.store, &shop.db, shop.person.customer, &new.base_url).await {
        let field = if matches!(error, AddError::Known) { "url" } else { "form" };
        let (key, args) = explained(error)?;
        return Ok(post.refused(&FIELDS, vec![post.error(field, key, &args)]));
    }
    let access = panel::unsaved_access(&new, shop.tenant.kind);
    let check =
        begin_check(&state, shop, Checked::Another, access, async move |state, shop, check, lines| {
            add(&state, &shop, check, new, &lines).await
        });
    let check = check.await?.id;
    Ok(post.to(&format!("{}/panels/new?check={check}", overview::summary_of(&bot.bot).href())))
}

/// What passed is kept, and its report goes to its page.
async fn add(
    state: &AppState,
    shop: &Shop,
    check: Run,
    mut new: NewPanel,
    lines: &[CheckedLine],
) -> Result<(), StoreError> {
    if !panel::passed(lines) {
        return Ok(());
    }
    new.version = found_version(lines);
    let by = (shop.person.account.id, shop.person.customer);
    match panel::add(&state.store, &shop.db, by, new).await {
        Ok(id) => panel_check::hand_over(&shop.db, check, id).await,
        // Another one was faster: the page says what is in the way.
        Err(AddError::Limit(_) | AddError::Known) => Ok(()),
        Err(AddError::Internal(error)) => Err(error),
    }
}

/// The panel that a check has led to.
async fn came_of(shop: &Shop, check: RowId) -> Result<Option<PanelId>, StoreError> {
    let tx = shop.db.read().await?;
    for panel in panels::all(&tx).await? {
        let report = panel_check::load(&tx, Checked::Kept(panel.id)).await?;
        if report.is_some_and(|report| report.id == check) {
            return Ok(Some(panel.id));
        }
    }
    Ok(None)
}

fn tried(report: Option<&PanelCheckReport>) -> FormState {
    report.map_or_else(FormState::default, |report| {
        FormState::filled([("url", report.url.clone()), ("username", report.username.clone())])
    })
}

async fn sandbox_panel(state: &AppState, shop: &Shop) -> Result<NewPanel, WebError> {
    let sandbox = state.sandbox.as_ref().ok_or(WebError::NotFound)?;
    if shop.tenant.kind == TenantKind::Live {
        return Err(WebError::NotFound);
    }
    let tx = shop.db.read().await?;
    let count = panels::all(&tx).await?.len();
    drop(tx);
    sandbox_panels::numbered(&sandbox.marzban, &shop.db, count + 1)
        .ok_or_else(|| WebError::Unavailable("the emulated panel has no address".into()))
}
