//! `/start/package`: fourteen days free, or on to the hosted checkout.

use app::{
    components::{Cycle as ShownCycle, PackageCode, WizardStep},
    pages::start::{PackagePage, PackageState},
};
use axum::{
    extract::State,
    response::{IntoResponse, Redirect, Response},
};
use chrono::FixedOffset;
use domain::{
    args,
    entities::master::{
        package_payment::PackagePaymentState,
        package_subscription::{self, PackageState as Stored},
    },
    locale::{Locale, format},
    platform::{
        billing::{
            checkout::{self, CheckoutForm},
            service as billing,
        },
        package::service as packages,
    },
    ports::Cycle,
};

use super::progress;
use crate::{
    state::AppState,
    web::{
        PageRequest, Post, WebError, WebResult, explained,
        guard::{Person, Shop},
        landing,
    },
};

pub async fn get(State(state): State<AppState>, shop: Shop, page: PageRequest) -> WebResult {
    let rows = packages::list(state.master()).await?;
    let form = page.form_or(Default::default);
    let wanted = |name: &str| match form.value(name) {
        typed if typed.is_empty() => page.query(name).to_owned(),
        typed => typed,
    };
    let zone = shop.zone();
    let chosen = PackageCode::from_code(&wanted("package")).unwrap_or(PackageCode::Starter);
    let cycle = ShownCycle::from_code(&wanted("cycle"));
    let state_of_package = held(&state, &shop.person, page.locale(), zone).await?;
    page.show(PackagePage {
        done: progress::done(&state, &shop).await?,
        preview: progress::preview(&shop.person),
        packages: rows.iter().filter_map(landing::card).collect(),
        chosen,
        cycle,
        state: state_of_package,
        form,
    })
}

pub async fn post(State(state): State<AppState>, shop: Shop, post: Post) -> WebResult {
    if post.act() == "trial" {
        return try_for_free(&state, &shop.person, &post).await;
    }
    let (package, cycle) = (post.field("package"), post.field("cycle"));
    pay(&state, &shop.person, &post, package, cycle_of(cycle)).await
}

/// Looking at a checkout costs nobody the trial; having paid there does, also when the provider has
/// not told us yet.
async fn try_for_free(state: &AppState, person: &Person, post: &Post) -> WebResult {
    match checkout::has_paid(state.master(), &*state.billing, person.customer).await {
        Ok(false) => {}
        Ok(true) => return Ok(post.to("/start/package/return")),
        Err(error) => return no_checkout(post, error),
    }
    match billing::start_trial(state.master(), person.account.id, person.customer).await {
        Ok(()) => Ok(post.done(WizardStep::Bot.href(), "web-flash-trial-started", &args![])),
        Err(error) => {
            let (key, args) = explained(error)?;
            Ok(post.failed(key, &args))
        }
    }
}

fn no_checkout(post: &Post, error: checkout::CheckoutError) -> WebResult {
    if let checkout::CheckoutError::Provider(cause) = &error {
        tracing::warn!(%cause, "the payment provider was of no use");
    }
    let (key, args) = explained(error)?;
    Ok(post.failed(key, &args))
}

/// Hands the reader over to the checkout; whoever has paid already goes on.
pub(super) async fn pay(
    state: &AppState,
    person: &Person,
    post: &Post,
    package: &str,
    cycle: Cycle,
) -> Result<Response, WebError> {
    let own = state.addresses.of_reader(&post.headers);
    let back = |path: &str| own.join(path).map_err(WebError::internal);
    let form = CheckoutForm {
        customer: person.customer,
        package: package.to_owned(),
        cycle,
        product_name: product_name(package),
        email: person.account.email.clone(),
        success_url: back("/start/package/return")?,
        cancel_url: back("/start/package")?,
    };
    match checkout::open(state.master(), &*state.billing, form).await {
        Ok(url) => {
            let link = state.addresses.hosted_for(url.as_str(), &post.headers);
            Ok(Redirect::to(&link).into_response())
        }
        Err(checkout::CheckoutError::AlreadyPaid) => Ok(post.to("/start/package/return")),
        Err(error) => no_checkout(post, error),
    }
}

/// What the customer has.
async fn held(
    state: &AppState,
    person: &Person,
    locale: Locale,
    zone: FixedOffset,
) -> Result<PackageState, WebError> {
    let until = |row: &package_subscription::Model| format::date(locale, row.period_end, zone);
    let subscription = billing::subscription_of(state.master(), person.customer).await?;
    if let Some(row) = subscription.as_ref().filter(|row| row.state != Stored::Trialing) {
        let package = PackageCode::from_code(&row.package).unwrap_or(PackageCode::Starter);
        return Ok(PackageState::Paid { package, until: until(row) });
    }
    let payment = billing::latest_payment(state.master(), person.customer).await?;
    match (payment, subscription) {
        (_, Some(trial)) => Ok(PackageState::Trial { until: until(&trial) }),
        (Some(payment), None) => Ok(match payment.state {
            PackagePaymentState::Pending => PackageState::Waiting,
            PackagePaymentState::Mismatch => PackageState::Disputed,
            _ => PackageState::None,
        }),
        (None, None) => Ok(PackageState::None),
    }
}

pub(super) fn cycle_of(code: &str) -> Cycle {
    match ShownCycle::from_code(code) {
        ShownCycle::Month => Cycle::Month,
        ShownCycle::Year => Cycle::Year,
    }
}

/// What stands on the provider's page: our name and the package's, which are not translated.
fn product_name(package: &str) -> String {
    let mut letters = package.chars();
    let first = letters.next().map(|first| first.to_uppercase().to_string()).unwrap_or_default();
    format!("Botyard {first}{}", letters.as_str())
}
