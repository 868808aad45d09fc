//! `/s/{token}`: the subscription, in the format of whoever asks.

use app::{
    components::Tone,
    pages::public::{AppGroup, AppOffer, SubscriptionPage},
};
use axum::{
    extract::{Path, State},
    response::{IntoResponse as _, Response},
};
use base64::{Engine as _, engine::general_purpose::STANDARD as BASE64};
use bots::{qr, shop::standing::Standing};
use domain::{
    clock::Clock as _,
    db::StoreError,
    locale::{Locale, format},
    shop::{
        link::{
            agent::Agent,
            app::Platform,
            body::{self, Served},
        },
        plan,
    },
};
use http::{HeaderValue, StatusCode, header, request::Parts};

use super::{Contacts, Found, Refused, contacts, find, is_browser, page, private, refuse};
use crate::{middleware::client::ClientAddress, state::AppState, web::page_context};

/// How often apps are to ask, in hours.
const UPDATE_EVERY: &str = "12";

pub async fn get(
    State(state): State<AppState>,
    Path(token): Path<String>,
    client: ClientAddress,
    parts: Parts,
) -> Response {
    let found = match find(&state, client, &token).await {
        Ok(found) => found,
        Err(refused) => return refuse(&state, &parts, refused).await,
    };
    let answer = match is_browser(&parts.headers) {
        true => match shown(&state, &parts, &found).await {
            Ok(model) => Ok(page(&state, &parts, StatusCode::OK, model).await),
            Err(error) => Err(error),
        },
        false => given(&state, &parts, &found).await,
    };
    match answer {
        Ok(answer) => answer,
        Err(error) => refuse(&state, &parts, Refused::Failed(error)).await,
    }
}

/// For an app.
async fn given(state: &AppState, parts: &Parts, found: &Found) -> Result<Response, StoreError> {
    let agent = parts.headers.get(header::USER_AGENT).and_then(|value| value.to_str().ok());
    let agent = Agent::new(agent.unwrap_or_default());
    let Some(served) = body::serve(&found.db, &*state.panels, &found.link, &agent).await? else {
        let later = [(header::RETRY_AFTER, "60"), (header::CONTENT_TYPE, "text/plain")];
        return Ok(private((StatusCode::SERVICE_UNAVAILABLE, later, "").into_response()));
    };
    let contacts = contacts(state, found).await?;
    let Served { body, content_type, usage, .. } = served;
    let title = &found.tenant.name;
    let name: String = url::form_urlencoded::byte_serialize(title.as_bytes()).collect();
    let headers = [
        ("content-type", Some(content_type)),
        ("content-disposition", Some(format!("attachment; filename*=UTF-8''{}", name.replace('+', "%20")))),
        ("subscription-userinfo", Some(usage)),
        ("profile-title", Some(format!("base64:{}", BASE64.encode(title)))),
        ("profile-update-interval", Some(UPDATE_EVERY.to_owned())),
        ("profile-web-page-url", Some(found.address.link(&state.addresses.of_reader(&parts.headers)))),
        ("support-url", contacts.support),
    ];
    let mut answer = private(body.into_response());
    for (name, value) in headers {
        if let Some(Ok(value)) = value.map(|value| HeaderValue::from_str(&value)) {
            answer.headers_mut().insert(name, value);
        }
    }
    Ok(answer)
}

/// For a person.
async fn shown(state: &AppState, parts: &Parts, found: &Found) -> Result<SubscriptionPage, StoreError> {
    let Contacts { support, bot } = contacts(state, found).await?;
    let (locale, zone) = (page_context::locale(&parts.headers), found.tenant.zone());
    let (row, now) = (&found.link.1, found.db.clock().now());
    let tx = found.db.read().await?;
    let plan = plan::service::find(&tx, row.plan_id).await?;
    let outdated = body::outdated_since(&tx, &found.link, now).await?;
    drop(tx);
    let standing = Standing::of(row, now);
    let (tone, state_key) = said(standing);
    let link = found.address.link(&state.addresses.of_reader(&parts.headers));
    let picture = qr::png(&link).map_err(|error| StoreError::Unsafe(error.to_string()))?;
    let percent = |limit: i64| u32::try_from(row.used_traffic.0.saturating_mul(100) / limit.max(1)).ok();
    Ok(SubscriptionPage {
        shop: found.tenant.name.clone(),
        plan: plan.map(|plan| plan::service::name_of(&plan, locale)).unwrap_or_default(),
        tone,
        state: state_key,
        until: format::date(locale, row.target_expire, zone),
        left: (row.target_expire > now).then(|| format::duration(locale, row.target_expire - now)),
        used: format::bytes(locale, row.used_traffic),
        limit: row.target_data_limit.map(|limit| format::bytes(locale, limit)),
        used_percent: row
            .target_data_limit
            .and_then(|limit| percent(limit.0))
            .map(|percent| percent.min(100)),
        qr: format!("data:image/png;base64,{}", BASE64.encode(picture)),
        link,
        groups: groups(found, parts),
        support: support.filter(|support| Some(support) != bot.as_ref()),
        bot,
        outdated: outdated.map(|at| age(locale, at, zone)),
    })
}

fn age(locale: Locale, at: chrono::DateTime<chrono::Utc>, zone: chrono::FixedOffset) -> String {
    format::date_time(locale, at, zone)
}

fn groups(found: &Found, parts: &Parts) -> Vec<AppGroup> {
    let agent = parts.headers.get(header::USER_AGENT).and_then(|value| value.to_str().ok());
    let own = Platform::of_agent(agent.unwrap_or_default());
    let token = found.address.write();
    let group = |platform: Platform| AppGroup {
        name: match platform {
            Platform::Android => "web-link-on-android",
            Platform::Ios => "web-link-on-ios",
            Platform::Windows => "web-link-on-windows",
            Platform::Macos => "web-link-on-macos",
            Platform::Linux => "web-link-on-linux",
        },
        is_own: own == Some(platform),
        apps: platform
            .apps()
            .iter()
            .map(|app| AppOffer {
                name: app.name(),
                import: format!("/i/{}/{token}", app.code()),
                store: app.store(platform),
            })
            .collect(),
    };
    Platform::ALL.into_iter().map(group).collect()
}

fn said(standing: Standing) -> (Tone, &'static str) {
    match standing {
        Standing::Pending => (Tone::Mute, "web-link-state-pending"),
        Standing::Trial => (Tone::Info, "web-link-state-trial"),
        Standing::Active => (Tone::Ok, "web-link-state-active"),
        Standing::Expiring => (Tone::Warn, "web-link-state-expiring"),
        Standing::Limited => (Tone::Warn, "web-link-state-limited"),
        Standing::Expired => (Tone::Bad, "web-link-state-expired"),
        Standing::Disabled => (Tone::Mute, "web-link-state-disabled"),
    }
}
