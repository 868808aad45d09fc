//! `/start/package/return`: waits for the provider's own word.

use app::{
    components::{PackageCode, WizardStep},
    pages::start::{PaymentState, ReturnPage},
};
use axum::extract::State;
use chrono::Duration;
use domain::{
    entities::master::package_payment::{self, PackagePaymentState},
    platform::billing::{service as billing, settle},
};

use super::{package, progress};
use crate::{
    state::AppState,
    web::{PageRequest, Post, WebError, WebResult, guard::Shop, live},
};

/// After this long the page says that it may be closed.
const LONG: Duration = Duration::minutes(2);

pub async fn get(State(state): State<AppState>, shop: Shop, page: PageRequest) -> WebResult {
    let payment = billing::latest_payment(state.master(), shop.person.customer).await?;
    let payment = payment.ok_or_else(|| WebError::GoTo(WizardStep::Package.href().to_owned()))?;
    // Whoever is back from the provider waits for us: look now, and do not wait for the webhook.
    if payment.state == PackagePaymentState::Pending && !page.is_fragment() {
        settle::ask(state.master(), &payment).await?;
    }
    page.show(ReturnPage {
        done: progress::done(&state, &shop).await?,
        state: shown(&state, &payment),
        events: live::SHOP.to_owned(),
    })
}

pub async fn post(State(state): State<AppState>, shop: Shop, post: Post) -> WebResult {
    let payment = billing::latest_payment(state.master(), shop.person.customer).await?;
    let Some(payment) = payment else { return Ok(post.to(WizardStep::Package.href())) };
    package::pay(&state, &shop.person, &post, &payment.package, payment.cycle).await
}

fn shown(state: &AppState, payment: &package_payment::Model) -> PaymentState {
    match payment.state {
        PackagePaymentState::Paid => {
            let package = PackageCode::from_code(&payment.package).unwrap_or(PackageCode::Starter);
            PaymentState::Paid { package }
        }
        PackagePaymentState::Expired => PaymentState::Failed,
        PackagePaymentState::Mismatch => PaymentState::Mismatch,
        PackagePaymentState::New | PackagePaymentState::Pending => {
            PaymentState::Waiting { long: state.clock().now() - payment.created_at > LONG }
        }
    }
}
