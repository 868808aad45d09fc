//! A subscription at its own address: for apps what the panel says, for people a page, and the step that
//! hands it over to an app. No session: whoever has the address is who may read it.

mod import;
pub mod limits;
mod subscription;

use app::{
    Page, PageContext,
    pages::public::{LinkProblem, LinkProblemPage},
};
use axum::response::{IntoResponse as _, Response};
use domain::{
    db::{StoreError, TenantDb},
    entities::{
        master::{bot_instance, tenant},
        tenant::{link, subscription as row},
    },
    platform::{bot, tenant::service as tenants},
    shop::{
        link::{address::Address, service as links},
        support::contact,
    },
};
use http::{HeaderMap, HeaderName, HeaderValue, StatusCode, header, request::Parts};

use self::limits::Asked;
use super::{Routes, page_context};
use crate::{middleware::client::ClientAddress, state::AppState};

pub fn routes() -> Routes {
    Routes::new().read("/s/{token}", subscription::get).read("/i/{app}/{token}", import::get)
}

/// A subscription that an address led to.
struct Found {
    address: Address,
    db: TenantDb,
    tenant: tenant::Model,
    link: (link::Model, row::Model),
}

/// Why an address led nowhere.
enum Refused {
    /// Nobody's, or not any more.
    Gone,
    TooMany,
    Failed(StoreError),
}

impl From<StoreError> for Refused {
    fn from(error: StoreError) -> Self {
        match error {
            StoreError::NoTenant(_) => Self::Gone,
            error => Self::Failed(error),
        }
    }
}

/// Looks the address up, within limits: who tries addresses is soon told to wait.
async fn find(state: &AppState, client: ClientAddress, token: &str) -> Result<Found, Refused> {
    let limits = &state.link_limits;
    let now = state.clock().now();
    if !limits.takes(Asked::From(client.0), now) || !limits.guesses(client.0, now) {
        return Err(Refused::TooMany);
    }
    let found = look_up(state, token).await;
    match &found {
        Ok(found) if !limits.takes(Asked::For(found.link.1.id), now) => Err(Refused::TooMany),
        Err(Refused::Gone) => {
            limits.takes(Asked::Wrong(client.0), now);
            found
        }
        _ => found,
    }
}

async fn look_up(state: &AppState, token: &str) -> Result<Found, Refused> {
    let address = Address::read(token).ok_or(Refused::Gone)?;
    let db = state.store.open(address.tenant).await?;
    let tx = db.read().await?;
    let link = links::find(&tx, &address.secret).await?.ok_or(Refused::Gone)?;
    drop(tx);
    let tenant = tenants::find(state.master(), address.tenant).await?.ok_or(Refused::Gone)?;
    Ok(Found { address, db, tenant, link })
}

/// Where the shop's people and its bot are found.
struct Contacts {
    support: Option<String>,
    bot: Option<String>,
}

async fn contacts(state: &AppState, found: &Found) -> Result<Contacts, StoreError> {
    let bots = bot::service::of_tenant(state.master(), found.tenant.id).await?;
    let tx = found.db.read().await?;
    let contact = contact::of_shop(&tx).await?;
    drop(tx);
    let running = bots.iter().find(|bot| bot.state == bot_instance::BotState::Live).or(bots.first());
    let bot = running.and_then(|bot| bot.username.as_ref()).map(|name| format!("https://t.me/{name}"));
    Ok(Contacts { support: contact.map(|contact| contact.url).or_else(|| bot.clone()), bot })
}

/// Whether a person looks. Apps do not ask for pages.
fn is_browser(headers: &HeaderMap) -> bool {
    let accept = headers.get(header::ACCEPT).and_then(|value| value.to_str().ok());
    accept.is_some_and(|accept| accept.contains("text/html"))
}

/// A page of the shop's, which nobody keeps and whose address goes nowhere else.
async fn page<P: Page>(state: &AppState, parts: &Parts, status: StatusCode, page: P) -> Response {
    let context: PageContext = page_context::build(state, parts, None).await;
    private(app::ssr::render(context, status, page))
}

/// The same for people and for apps: what became of the address.
async fn refuse(state: &AppState, parts: &Parts, refused: Refused) -> Response {
    let (status, problem) = match refused {
        Refused::Gone => (StatusCode::NOT_FOUND, LinkProblem::Gone),
        Refused::TooMany => (StatusCode::TOO_MANY_REQUESTS, LinkProblem::Busy),
        Refused::Failed(error) => {
            tracing::error!(%error, "a subscription's address could not be looked up");
            (StatusCode::SERVICE_UNAVAILABLE, LinkProblem::Busy)
        }
    };
    let mut answer = if is_browser(&parts.headers) {
        page(state, parts, status, LinkProblemPage { problem }).await
    } else {
        private((status, [(header::CONTENT_TYPE, "text/plain")], "").into_response())
    };
    if problem == LinkProblem::Busy {
        answer.headers_mut().insert(header::RETRY_AFTER, HeaderValue::from_static("60"));
    }
    answer
}

pub(super) fn private(mut answer: Response) -> Response {
    let fixed = [
        (header::CACHE_CONTROL, "no-store"),
        (header::REFERRER_POLICY, "no-referrer"),
        (HeaderName::from_static("x-robots-tag"), "noindex"),
    ];
    for (name, value) in fixed {
        answer.headers_mut().insert(name, HeaderValue::from_static(value));
    }
    answer
}
