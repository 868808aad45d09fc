//! `/sandbox/pay/{provider}/{id}`: in the place of a provider's own page, for every payment method of
//! shops that has one. The payment's id is the key; nobody is signed in here.

use app::pages::sandbox::{HostedPage as Shown, HostedResult};
use axum::extract::{Path, State};
use http::HeaderMap;

use super::webhook_timing;
use crate::{
    sandbox::hosted::{HostedPage, HostedState},
    state::AppState,
    web::{PageRequest, Post, WebError, WebResult},
};

pub async fn get(
    State(state): State<AppState>,
    Path((provider, id)): Path<(String, String)>,
    headers: HeaderMap,
    page: PageRequest,
) -> WebResult {
    let payment = find(&state, &provider)?.payments.payment(&id).ok_or(WebError::NotFound)?;
    let form = page.form_or(Default::default);
    let result = match payment.state {
        HostedState::Open => None,
        HostedState::Paid => Some(HostedResult::Paid),
        HostedState::Failed => Some(HostedResult::Declined),
        HostedState::Expired => Some(HostedResult::Closed),
    };
    // The payer is on our other loopback name; the shop's page is on the first one.
    let back = payment.return_url.filter(|url| matches!(url.scheme(), "http" | "https"));
    page.show(Shown {
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
    let HostedPage { payments, knobs, paid_event } = find(&state, &provider)?;
    // A payment that is over, or that never was, shows so on the page that follows.
    match post.act() {
        // The payer leaves; the payment stays open until it runs out.
        "close" => {}
        "decline" => {
            let _ = payments.decline(&id);
        }
        _ => {
            let chosen = webhook_timing::choose(&knobs, paid_event, post.field("webhook"));
            // There is no event then, and the next one is another payer's.
            if let (Err(_), Some(rule)) = (payments.pay(&id).await, chosen) {
                knobs.withdraw(&rule);
            }
        }
    }
    Ok(post.again())
}

fn find(state: &AppState, provider: &str) -> Result<HostedPage, WebError> {
    let sandbox = state.sandbox.as_ref().ok_or(WebError::NotFound)?;
    sandbox.hosted(provider).ok_or(WebError::NotFound)
}
