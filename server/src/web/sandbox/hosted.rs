//! `/sandbox/pay/{provider}/{id}`: in the place of a provider's own page, for every payment method of
//! shops that has one. The payment's id is the key; nobody is signed in here.

use std::sync::Arc;

use app::pages::sandbox::{HostedPage, HostedResult};
use axum::extract::{Path, State};
use http::HeaderMap;

use super::webhook_timing;
use crate::{
    sandbox::hosted::{HostedPayments, HostedState},
    state::AppState,
    web::{PageRequest, Post, WebError, WebResult},
};

pub async fn get(
    State(state): State<AppState>,
    Path((provider, id)): Path<(String, String)>,
    headers: HeaderMap,
    page: PageRequest,
) -> WebResult {
    let payment = find(&state, &provider)?.payment(&id).ok_or(WebError::NotFound)?;
    let form = page.form_or(Default::default);
    let result = match payment.state {
        HostedState::Open => None,
        HostedState::Paid => Some(HostedResult::Paid),
        HostedState::Failed => Some(HostedResult::Declined),
        HostedState::Expired => Some(HostedResult::Closed),
    };
    // The payer is on our other loopback name; the shop's page is on the first one.
    let back = payment.return_url.filter(|url| matches!(url.scheme(), "http" | "https"));
    page.show(HostedPage {
        title: payment.title,
        amount: payment.amount,
        back: back.map(|url| state.addresses.hosted_for(url.as_str(), &headers)),
        form,
        result,
    })
}

pub async fn post(
    State(state): State<AppState>,
    Path((provider, id)): Path<(String, String)>,
    post: Post,
) -> WebResult {
    let payments = find(&state, &provider)?;
    let is_open = payments.payment(&id).is_some_and(|payment| payment.state == HostedState::Open);
    // A payment that is over, or that never was, shows so on the page that follows.
    match post.act() {
        // The payer leaves; the payment stays open until it runs out.
        "close" => {}
        "decline" => {
            let _ = payments.decline(&id);
        }
        _ if is_open => {
            let (knobs, event) = (payments.knobs(), payments.paid_event());
            let _ = webhook_timing::pay(knobs, event, post.field("webhook"), payments.pay(&id)).await;
        }
        _ => {}
    }
    Ok(post.again())
}

fn find(state: &AppState, provider: &str) -> Result<Arc<dyn HostedPayments>, WebError> {
    let sandbox = state.sandbox.as_ref().ok_or(WebError::NotFound)?;
    let found = sandbox.payments().into_iter().find(|payments| payments.provider() == provider);
    found.ok_or(WebError::NotFound)
}
