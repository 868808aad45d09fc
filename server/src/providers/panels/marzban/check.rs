//! The check that the wizard shows, line by line up to the first failure.

use std::time::Instant;

use domain::ports::{CheckedLine, PanelAccess, PanelCheck, PanelError, VpnPanel};
use reqwest::{Method, StatusCode};
use tokio::sync::mpsc::UnboundedSender;
use uuid::Uuid;

use super::{Marzban, said, wire};

type Outcome = Result<Option<String>, PanelError>;

/// Logs in anew and keeps nothing of it: each check of a panel that is not saved yet has an id of its
/// own, so what it typed would never be looked up again. Goes on when nobody listens any more, so that
/// the test account is removed.
pub(super) async fn run(panel: &Marzban, access: &PanelAccess, lines: UnboundedSender<CheckedLine>) {
    panel.logins.forget(access.panel);
    all(panel, access, lines).await;
    panel.logins.forget(access.panel);
}

async fn all(panel: &Marzban, access: &PanelAccess, lines: UnboundedSender<CheckedLine>) {
    for check in PanelCheck::ALL {
        let start = Instant::now();
        let outcome = match check {
            PanelCheck::Address => address(panel, access).await,
            PanelCheck::Connection => connection(panel, access).await,
            PanelCheck::Login => login(panel, access).await,
            PanelCheck::Version => panel.system(access).await.map(|system| Some(system.version)),
            PanelCheck::Inbounds => inbounds(panel, access).await,
            PanelCheck::TestAccount => test_account(panel, access).await,
        };
        let took_ms = u64::try_from(start.elapsed().as_millis()).unwrap_or(u64::MAX);
        let has_failed = outcome.is_err();
        drop(lines.send(CheckedLine { check, outcome, took_ms }));
        if has_failed {
            return;
        }
    }
}

async fn address(panel: &Marzban, access: &PanelAccess) -> Outcome {
    panel.http.check(&access.base_url, access.sandboxed).await?;
    Ok(access.base_url.host_str().map(str::to_owned))
}

/// Without a token, Marzban says so in its own words; anything else is another server.
async fn connection(panel: &Marzban, access: &PanelAccess) -> Outcome {
    let said = said(panel.request(access, Method::GET, "api/admin")?).await?;
    let is_marzban = said.status == StatusCode::UNAUTHORIZED && said.body["detail"] == "Not authenticated";
    match is_marzban {
        true => Ok(None),
        false if said.status.is_server_error() => Err(said.refusal()),
        false => Err(PanelError::NotAPanel),
    }
}

async fn login(panel: &Marzban, access: &PanelAccess) -> Outcome {
    panel.logins.token(access, None, || panel.log_in(access)).await?;
    Ok(Some(access.username.clone()))
}

async fn inbounds(panel: &Marzban, access: &PanelAccess) -> Outcome {
    let tags = panel.read_inbounds(access).await?.choose(&[])?;
    Ok(Some(tags.values().map(|tags| tags.len()).sum::<usize>().to_string()))
}

/// Creates an account that nobody can use, and removes it.
async fn test_account(panel: &Marzban, access: &PanelAccess) -> Outcome {
    let inbounds = panel.read_inbounds(access).await?;
    let random = Uuid::new_v4().as_simple().to_string();
    let username = format!("check_{}", &random[..12]);
    let body = wire::test_user(&username, &inbounds.choose(&[])?, &inbounds);
    let said = panel.call(access, Method::POST, "api/user", Some(&body)).await?;
    let created = if said.status == StatusCode::OK { Ok(()) } else { Err(said.refusal()) };
    let removed = panel.delete(access, &username).await;
    created.and(removed).map(|()| Some(username))
}
