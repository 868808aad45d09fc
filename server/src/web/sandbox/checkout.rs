//! `/sandbox/stripe/checkout/{session}`: in the place of Stripe's page. Lives under the machine's
//! other loopback name, so nobody is signed in here; the session's id is the key, as with Stripe.

use app::{FormState, components::Cycle, context::FieldError, pages::sandbox::CheckoutPage};
use axum::{
    extract::{Path, State},
    response::{IntoResponse, Redirect},
};
use domain::{args, locale, money::Money};

use super::webhook_timing;
use crate::{
    sandbox::stripe::{self, SessionStatus, StripeEmulator},
    state::AppState,
    web::{PageRequest, Post, WebError, WebResult},
};

/// The one event that settles a payment.
const EVENT: &str = "webhook:checkout.session.completed";

pub async fn get(State(state): State<AppState>, Path(id): Path<String>, page: PageRequest) -> WebResult {
    let session = open(stripe(&state)?, &id)?;
    let currency = session.currency.to_uppercase().parse().map_err(|_| WebError::NotFound)?;
    let email = session.customer_email.clone().unwrap_or_default();
    let mut form = page.form_or(|| FormState::filled([("email", email)]));
    if session.declines > 0 && form.errors.is_empty() {
        let message = locale::text(page.locale(), "web-pay-result-declined", &args![]);
        form.errors.push(FieldError { field: "card".into(), message });
    }
    page.show(CheckoutPage {
        product: session.product,
        description: None,
        cycle: Cycle::from_code(session.interval.as_deref().unwrap_or_default()),
        amount: Money::new(session.amount, currency),
        back: session.cancel_url.unwrap_or_else(|| "/".into()),
        form,
    })
}

pub async fn post(State(state): State<AppState>, Path(id): Path<String>, post: Post) -> WebResult {
    let stripe = stripe(&state)?;
    let session = open(stripe, &id)?;
    match post.act() {
        "decline" => {
            stripe.decline(&id).map_err(|_| WebError::NotFound)?;
            Ok(post.again())
        }
        "close" => Ok(Redirect::to(&session.cancel_url.unwrap_or_else(|| "/".into())).into_response()),
        _ => {
            let payment = async { stripe.pay(&id) };
            let paid = webhook_timing::pay(stripe.knobs(), EVENT, post.field("webhook"), payment).await;
            Ok(Redirect::to(&paid.map_err(|_| WebError::NotFound)?).into_response())
        }
    }
}

fn stripe(state: &AppState) -> Result<&StripeEmulator, WebError> {
    state.sandbox.as_ref().map(|sandbox| &sandbox.stripe).ok_or(WebError::NotFound)
}

/// A session that can still be paid; one that is over leads back to where it leads.
fn open(stripe: &StripeEmulator, id: &str) -> Result<stripe::CheckoutPage, WebError> {
    let session = stripe.session(id).ok_or(WebError::NotFound)?;
    match session.status {
        SessionStatus::Open => Ok(session),
        SessionStatus::Complete => Err(WebError::GoTo(session.success_url)),
        SessionStatus::Expired => Err(session.cancel_url.map_or(WebError::NotFound, WebError::GoTo)),
    }
}
