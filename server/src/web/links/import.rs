//! `/i/{app}/{token}`: Telegram's buttons take web addresses only, and apps open by their own.

use app::pages::public::ImportPage;
use axum::{
    extract::{Path, State},
    response::Response,
};
use domain::shop::link::app::{App, Platform};
use http::{StatusCode, header, request::Parts};

use super::{Refused, find, page, refuse};
use crate::{middleware::client::ClientAddress, state::AppState};

pub async fn get(
    State(state): State<AppState>,
    Path((app, token)): Path<(String, String)>,
    client: ClientAddress,
    parts: Parts,
) -> Response {
    let Some(app) = App::from_code(&app) else { return refuse(&state, &parts, Refused::Gone).await };
    let found = match find(&state, client, &token).await {
        Ok(found) => found,
        Err(refused) => return refuse(&state, &parts, refused).await,
    };
    let agent = parts.headers.get(header::USER_AGENT).and_then(|value| value.to_str().ok());
    let platform = Platform::of_agent(agent.unwrap_or_default()).filter(|own| own.apps().contains(&app));
    let offered = Platform::ALL.into_iter().find(|platform| platform.apps().contains(&app));
    let platform = platform.or(offered).unwrap_or(Platform::Android);
    let link = found.address.link(&state.addresses.of_reader(&parts.headers));
    let import = ImportPage {
        app: app.name(),
        open: app.open(&link, &found.tenant.name),
        store: app.store(platform),
        back: format!("/s/{}", found.address.write()),
        shop: found.tenant.name,
    };
    page(&state, &parts, StatusCode::OK, import).await
}
