//! `/start/panel`: the panel is tried in the background, line by line, and kept when every line passed.

use app::{
    FormState,
    components::{CheckState, WizardStep},
    pages::start::{CheckRun, Inbound, PanelCheck as ShownCheck, PanelCheckKind, PanelPage, SavedPanel},
};
use axum::{extract::State, response::Response};
use chrono::Duration;
use domain::{
    args,
    db::StoreError,
    entities::{master::tenant::TenantKind, tenant::panel::Model},
    events::EventKind,
    ids::RowId,
    locale::{self, Locale, format},
    platform::tenant::{
        panel::{self, NewPanel},
        panel_check::{self, PanelCheckReport, ReportedLine, Stage},
    },
    ports::{PanelAccess, PanelCheck},
    shop::panel::service as panels,
};
use url::Url;

use super::progress;
use crate::{
    sandbox::panels as sandbox_panels,
    state::AppState,
    web::{PageRequest, Post, WebError, WebResult, guard::Shop, live},
};

const FIELDS: [&str; 2] = ["url", "username"];

pub async fn get(State(state): State<AppState>, shop: Shop, page: PageRequest) -> WebResult {
    let tx = shop.db.read().await?;
    let saved = panel::of_shop(&tx).await?;
    let report = panel_check::load(&tx).await?;
    drop(tx);
    let form = page.form_or(|| match &report {
        Some(report) => {
            FormState::filled([("url", report.url.clone()), ("username", report.username.clone())])
        }
        None => FormState::default(),
    });
    let replacing = !page.query("replace").is_empty() || !form.errors.is_empty();
    let report = report.filter(|_| !replacing);
    let is_at = |stage| report.as_ref().is_some_and(|report| report.stage == stage);
    let running = is_at(Stage::Running);
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
        interrupted: is_at(Stage::Interrupted),
        finished: !running && watched,
        checks: report
            .as_ref()
            .map(|report| shown_checks(locale, report, shop.tenant.kind))
            .unwrap_or_default(),
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
        "inbounds" => choose_inbounds(&shop, &post).await,
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

fn typed(post: &Post) -> Result<NewPanel, Vec<app::context::FieldError>> {
    let mut errors = Vec::new();
    let base_url = match read_url(post.field("url")) {
        Ok(url) => Some(url),
        Err(key) => {
            errors.push(post.error("url", key, &args![]));
            None
        }
    };
    for field in ["username", "password"] {
        if post.optional(field).is_none() {
            errors.push(post.error(field, "error-required", &args![]));
        }
    }
    match base_url {
        Some(base_url) if errors.is_empty() => Ok(NewPanel {
            base_url,
            username: post.field("username").to_owned(),
            password: post.secret("password"),
            inbounds: Vec::new(),
            version: None,
        }),
        _ => Err(errors),
    }
}

/// The panel's address as a base: without query, with a slash at its end. Marzban's pages lie under
/// `/dashboard/`, which people copy along. Whether we may connect there is the guard's question.
fn read_url(typed: &str) -> Result<Url, &'static str> {
    let with_scheme = if typed.contains("://") { typed.to_owned() } else { format!("https://{typed}") };
    let mut url = Url::parse(&with_scheme).map_err(|_| "error-panel-url")?;
    if !matches!(url.scheme(), "https" | "http") {
        return Err("error-panel-scheme");
    }
    if url.host_str().is_none_or(str::is_empty) {
        return Err("error-panel-host");
    }
    if !url.username().is_empty() || url.password().is_some() {
        return Err("error-panel-credentials-in-url");
    }
    url.set_query(None);
    url.set_fragment(None);
    let path =
        url.path().trim_end_matches('/').trim_end_matches("/login").trim_end_matches("/dashboard").to_owned();
    url.set_path(&format!("{path}/"));
    Ok(url)
}

/// Begins the check and goes back to the page, which watches it.
async fn check(state: &AppState, shop: &Shop, post: &Post, new: NewPanel) -> Result<Response, WebError> {
    let check = panel_check::begin(&shop.db, new.base_url.as_str(), &new.username).await?;
    let (state, shop) = (state.clone(), shop.clone());
    state.tasks.clone().spawn(async move {
        let stage = match run(&state, &shop, check, new).await {
            Ok(()) => Stage::Ended,
            Err(error) => {
                tracing::error!(tenant = %shop.tenant.id, %error, "a panel's check broke off");
                Stage::Interrupted
            }
        };
        if let Err(error) = panel_check::end(&shop.db, check, stage).await {
            tracing::error!(tenant = %shop.tenant.id, %error, "how a panel's check ended was not kept");
        }
        state.events.publish(shop.tenant.id, EventKind::Check, None);
    });
    Ok(post.to(WizardStep::Panel.href()))
}

async fn run(state: &AppState, shop: &Shop, check: RowId, mut new: NewPanel) -> Result<(), StoreError> {
    let access = panel::unsaved_access(&new, shop.tenant.kind);
    let lines = panel_check::run(&shop.db, &state.events, &*state.panels, &access, check).await?;
    if panel::passed(&lines) {
        let version = lines.iter().find(|line| line.check == PanelCheck::Version);
        new.version = version.and_then(|line| line.outcome.clone().ok().flatten());
        panel::save(state.master(), &shop.db, shop.person.account.id, new).await?;
    }
    Ok(())
}

async fn choose_inbounds(shop: &Shop, post: &Post) -> Result<Response, WebError> {
    let tags: Vec<String> = post.all("inbound").into_iter().map(str::to_owned).collect();
    if tags.is_empty() {
        return Ok(post.failed("error-choice", &args![]));
    }
    let tx = shop.db.write().await?;
    let saved = panel::of_shop(&tx).await?.ok_or(WebError::NotFound)?;
    panel::set_inbounds(&tx, saved.id, &tags).await?;
    tx.commit().await?;
    Ok(post.done(WizardStep::Panel.href(), "web-flash-saved", &args![]))
}

/// What the panel has; a panel that does not answer now offers nothing to choose.
async fn offered(state: &AppState, shop: &Shop, saved: &Model) -> Vec<Inbound> {
    let Ok(access) = access(shop, saved).await else { return Vec::new() };
    let chosen = panels::inbounds(saved);
    let found = state.panels.inbounds(&access).await.unwrap_or_default();
    let vless = found.into_iter().filter(|inbound| inbound.protocol == "vless");
    vless
        .map(|inbound| Inbound {
            chosen: chosen.is_empty() || chosen.contains(&inbound.tag),
            tag: inbound.tag,
            protocol: inbound.protocol,
        })
        .collect()
}

async fn access(shop: &Shop, saved: &Model) -> Result<PanelAccess, StoreError> {
    let tx = shop.db.read().await?;
    panels::access(&tx, shop.tenant.kind, saved)
}

fn shown_panel(saved: &Model) -> SavedPanel {
    SavedPanel {
        url: saved.base_url.clone(),
        username: saved.username.clone(),
        version: saved.version.clone(),
    }
}

/// One row for each line of the check: done, the one that runs, and those still to come.
fn shown_checks(locale: Locale, report: &PanelCheckReport, kind_of_shop: TenantKind) -> Vec<ShownCheck> {
    // Between the sandbox and its own panel there is no wire to listen on.
    let in_the_clear = report.url.starts_with("http://") && kind_of_shop == TenantKind::Live;
    let failed = report.lines.iter().any(|line| line.error.is_some());
    PanelCheck::ALL
        .into_iter()
        .enumerate()
        .map(|(index, check)| match report.lines.iter().find(|line| line.check == check) {
            Some(line) => shown_line(locale, line, in_the_clear),
            None => ShownCheck {
                kind: kind(check),
                state: match report.stage == Stage::Running && index == report.lines.len() && !failed {
                    true => CheckState::Running,
                    false => CheckState::Waiting,
                },
                detail: None,
                took: None,
            },
        })
        .collect()
}

fn shown_line(locale: Locale, line: &ReportedLine, in_the_clear: bool) -> ShownCheck {
    let problem = line.error.as_deref().map(|key| {
        let status = line.status.map_or_else(String::new, |status| status.to_string());
        locale::text(locale, key, &args!["status" => status])
    });
    let remark = match (line.check, line.found.as_deref()) {
        (PanelCheck::Version, Some(version)) if !panel::is_known_version(version) => {
            Some(locale::text(locale, "error-panel-version", &args!["version" => version]))
        }
        (PanelCheck::Connection, _) if in_the_clear => {
            Some(locale::text(locale, "web-panel-not-encrypted", &args![]))
        }
        _ => None,
    };
    let took = i64::try_from(line.took_ms).unwrap_or(i64::MAX);
    ShownCheck {
        kind: kind(line.check),
        state: match (&problem, &remark) {
            (Some(_), _) => CheckState::Failed,
            (None, Some(_)) => CheckState::Warned,
            (None, None) => CheckState::Passed,
        },
        detail: problem.or(remark).or_else(|| line.found.clone()),
        // Shorter ones read as "just now".
        took: (took >= 1000).then(|| format::duration(locale, Duration::milliseconds(took))),
    }
}

const fn kind(check: PanelCheck) -> PanelCheckKind {
    match check {
        PanelCheck::Address => PanelCheckKind::Address,
        PanelCheck::Connection => PanelCheckKind::Tls,
        PanelCheck::Login => PanelCheckKind::Login,
        PanelCheck::Version => PanelCheckKind::Version,
        PanelCheck::Inbounds => PanelCheckKind::Inbounds,
        PanelCheck::TestAccount => PanelCheckKind::TestUser,
    }
}

#[cfg(test)]
mod tests {
    use rstest::rstest;

    use super::*;

    #[rstest]
    #[case(PanelCheck::Version, Some("0.8.4"), false, CheckState::Passed)]
    #[case(PanelCheck::Version, Some("0.9.1"), false, CheckState::Warned)]
    #[case(PanelCheck::Connection, None, false, CheckState::Passed)]
    #[case(PanelCheck::Connection, None, true, CheckState::Warned)]
    #[case(PanelCheck::Login, Some("admin"), true, CheckState::Passed)]
    fn what_passed_is_remarked_on_where_it_is_not_as_it_should_be(
        #[case] check: PanelCheck,
        #[case] found: Option<&str>,
        #[case] in_the_clear: bool,
        #[case] state: CheckState,
    ) {
        let found = found.map(str::to_owned);
        let line = ReportedLine { check, found, error: None, status: None, took_ms: 1 };
        assert_eq!(shown_line(Locale::En, &line, in_the_clear).state, state);
    }

    #[rstest]
    #[case("https://panel.example.com:8000", Ok("https://panel.example.com:8000/"))]
    #[case("panel.example.com:8000/dashboard/", Ok("https://panel.example.com:8000/"))]
    #[case("https://example.com/secret/dashboard/#/login", Ok("https://example.com/secret/"))]
    #[case("ftp://example.com", Err("error-panel-scheme"))]
    #[case("https://admin:pw@example.com", Err("error-panel-credentials-in-url"))]
    #[case("https://", Err("error-panel-url"))]
    #[case("", Err("error-panel-url"))]
    fn addresses_are_read_as_people_copy_them(#[case] typed: &str, #[case] read: Result<&str, &str>) {
        assert_eq!(read_url(typed).as_ref().map(Url::as_str).map_err(|key| *key), read);
    }
}
