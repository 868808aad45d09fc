//! `/sandbox/card/{payment}`: in the place of a bank's page, for the payment method `test` of shops.
//! The payment's id is the key; nobody is signed in here.

use app::pages::sandbox::{CardPage, CardResult};
use axum::extract::{Path, State};
use domain::{ids::TenantId, money::Money, platform::tenant::service as tenants};
use http::HeaderMap;
use url::Url;

use super::webhook_timing;
use crate::{
    sandbox::cardpage::{CardEmulator, CardPayment, CardStatus},
    state::AppState,
    web::{PageRequest, Post, WebError, WebResult},
};

pub async fn get(
    State(state): State<AppState>,
    Path(id): Path<String>,
    headers: HeaderMap,
    page: PageRequest,
) -> WebResult {
    let payment = cards(&state)?.payment(&id).ok_or(WebError::NotFound)?;
    let currency = payment.currency.to_uppercase().parse().map_err(|_| WebError::NotFound)?;
    let form = page.form_or(Default::default);
    let result = match payment.status {
        CardStatus::Pending => None,
        CardStatus::Paid => Some(CardResult::Paid),
        CardStatus::Failed => Some(CardResult::Declined),
        CardStatus::Expired => Some(CardResult::Closed),
    };
    let shop = shop_name(&state, &payment).await?;
    let order = payment.order.parse().ok().map(|order: domain::ids::OrderId| order.short());
    // The payer is on our other loopback name; the shop's page is on the first one.
    let back = Url::parse(&payment.return_url).ok().filter(|url| matches!(url.scheme(), "http" | "https"));
    page.show(CardPage {
        shop,
        back: back.map(|url| state.addresses.hosted_for(url.as_str(), &headers)),
        description: payment.description,
        order,
        amount: Money::new(payment.amount, currency),
        form,
        result,
    })
}

pub async fn post(State(state): State<AppState>, Path(id): Path<String>, post: Post) -> WebResult {
    let cards = cards(&state)?;
    match post.act() {
        // The payer leaves; the payment stays open until it runs out.
        "close" => return Ok(post.again()),
        "decline" => drop(cards.decline(&id)),
        _ => {
            webhook_timing::choose(cards.knobs(), "webhook:payment.paid", post.field("webhook"));
            // A payment that is over shows how it ended.
            drop(cards.pay(&id));
        }
    }
    Ok(post.again())
}

fn cards(state: &AppState) -> Result<&CardEmulator, WebError> {
    state.sandbox.as_ref().map(|sandbox| &sandbox.card).ok_or(WebError::NotFound)
}

/// Accounts are named after their tenants.
async fn shop_name(state: &AppState, payment: &CardPayment) -> Result<String, WebError> {
    let tenant = payment.account.strip_prefix("shop_").and_then(|id| id.parse::<TenantId>().ok());
    let Some(tenant) = tenant else { return Ok(payment.account.clone()) };
    let row = tenants::find(state.master(), tenant).await?;
    Ok(row.map_or_else(|| payment.account.clone(), |row| row.name))
}
