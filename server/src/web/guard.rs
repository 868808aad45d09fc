//! Who may see a page: the account and shop from the session, the bot from the address, each checked
//! against the one before. What belongs to somebody else is as absent as what does not exist.

use std::sync::Arc;

use axum::{
    extract::{FromRequestParts, RawPathParams},
    response::{IntoResponse, Response},
};
use chrono::{FixedOffset, Offset as _, Utc};
use domain::{
    db::{Conn, StoreError, TenantDb},
    entities::master::{account, bot_instance, membership, tenant},
    ids::{AccountId, BotId, CustomerId},
};
use http::request::Parts;
use sea_orm::{ColumnTrait, EntityTrait, QueryFilter, QueryOrder};

use super::error::WebError;
use crate::{middleware::session::Session, state::AppState};

/// Somebody who is signed in, and the customer for whom they act.
#[derive(Clone, Debug)]
pub struct Person {
    pub account: account::Model,
    pub customer: CustomerId,
    pub role: membership::Role,
    /// The shop that is worked on, once there is one.
    pub tenant: Option<tenant::Model>,
}

/// A signed-in person; anybody else is sent to the log-in page.
#[derive(Clone, Debug)]
pub struct SignedIn(pub Arc<Person>);

/// A signed-in person's shop; without one they are sent to the wizard's first step.
#[derive(Clone, Debug)]
pub struct Shop {
    pub person: Arc<Person>,
    pub tenant: tenant::Model,
    pub db: TenantDb,
}

/// A bot of the shop, named by `{bot}` in the address.
#[derive(Clone, Debug)]
pub struct ShopBot {
    pub shop: Shop,
    pub bot: bot_instance::Model,
}

impl Shop {
    /// The shop's time zone.
    pub fn zone(&self) -> FixedOffset {
        zone_of(Some(&self.tenant))
    }
}

/// The time zone of a person's shop; UTC for who has none yet.
pub fn zone_of(shop: Option<&tenant::Model>) -> FixedOffset {
    shop.map_or_else(|| Utc.fix(), tenant::Model::zone)
}

impl FromRequestParts<AppState> for SignedIn {
    type Rejection = Response;

    async fn from_request_parts(parts: &mut Parts, state: &AppState) -> Result<Self, Response> {
        signed_in(parts, state).await.map_err(WebError::into_response)
    }
}

impl FromRequestParts<AppState> for Shop {
    type Rejection = Response;

    async fn from_request_parts(parts: &mut Parts, state: &AppState) -> Result<Self, Response> {
        shop(parts, state).await.map_err(WebError::into_response)
    }
}

impl FromRequestParts<AppState> for ShopBot {
    type Rejection = Response;

    async fn from_request_parts(parts: &mut Parts, state: &AppState) -> Result<Self, Response> {
        shop_bot(parts, state).await.map_err(WebError::into_response)
    }
}

async fn signed_in(parts: &mut Parts, state: &AppState) -> Result<SignedIn, WebError> {
    let session = Session::from_request_parts(parts, state).await?;
    match person(state, &session).await? {
        Some(person) => Ok(SignedIn(person)),
        None => Err(WebError::SignIn { next: next_page(parts) }),
    }
}

async fn shop(parts: &mut Parts, state: &AppState) -> Result<Shop, WebError> {
    let SignedIn(person) = signed_in(parts, state).await?;
    let Some(tenant) = person.tenant.clone() else { return Err(WebError::GoTo("/start/shop".into())) };
    let db = state.store.open(tenant.id).await?;
    Ok(Shop { person, tenant, db })
}

async fn shop_bot(parts: &mut Parts, state: &AppState) -> Result<ShopBot, WebError> {
    let shop = shop(parts, state).await?;
    let params = RawPathParams::from_request_parts(parts, state).await.map_err(|_| WebError::NotFound)?;
    let named = params.iter().find(|(name, _)| *name == "bot").map(|(_, value)| value);
    let id: BotId = named.and_then(|text| text.parse().ok()).ok_or(WebError::NotFound)?;
    let bot = bot_instance::Entity::find_by_id(id)
        .filter(bot_instance::COLUMN.tenant_id.eq(shop.tenant.id))
        .one(state.master().raw())
        .await
        .map_err(StoreError::from)?;
    let bot = bot.filter(|bot| bot.state != bot_instance::BotState::Deleted).ok_or(WebError::NotFound)?;
    Ok(ShopBot { shop, bot })
}

/// Who is signed in with this session.
///
/// # Errors
/// [`StoreError`].
pub async fn person(state: &AppState, session: &Session) -> Result<Option<Arc<Person>>, StoreError> {
    let active = session.data().tenant;
    session
        .person(async |account| {
            let Some((account, membership)) = member(state, account).await? else { return Ok(None) };
            let tenants = tenant::Entity::find()
                .filter(tenant::COLUMN.customer_id.eq(membership.customer_id))
                .order_by_asc(tenant::Column::CreatedAt)
                .all(state.master().raw())
                .await?;
            let chosen = tenants.iter().find(|tenant| Some(tenant.id) == active).or(tenants.first()).cloned();
            Ok(Some(Person {
                account,
                customer: membership.customer_id,
                role: membership.role,
                tenant: chosen,
            }))
        })
        .await
}

async fn member(
    state: &AppState,
    account: AccountId,
) -> Result<Option<(account::Model, membership::Model)>, StoreError> {
    let master = state.master().raw();
    let Some(account) = account::Entity::find_by_id(account).one(master).await? else { return Ok(None) };
    let membership = membership::Entity::find()
        .filter(membership::COLUMN.account_id.eq(account.id))
        .order_by_asc(membership::Column::CreatedAt)
        .one(master)
        .await?;
    Ok(membership.map(|membership| (account, membership)))
}

/// Where to go after the log-in: this page, or the overview when this was an action.
fn next_page(parts: &Parts) -> String {
    let target = parts.uri.path_and_query().map_or("/app", |target| target.as_str());
    if parts.method == http::Method::GET { target.to_owned() } else { parts.uri.path().to_owned() }
}
