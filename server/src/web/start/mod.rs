//! The wizard: from an account to a live bot. Each step is a page and is saved when it is left.

mod bot;
mod deployment;
mod live;
mod package;
mod package_return;
mod panel;
mod plans;
mod progress;
mod shop;

use app::components::WizardStep;

pub use bot::owner_link;
pub use deployment::shown as shown_deployment;
pub use shop::currency_name;

use super::{Routes, WebError, guard::Shop};
use crate::state::AppState;

pub fn routes() -> Routes {
    Routes::new()
        .form("/start/shop", shop::get, shop::post)
        .form("/start/package", package::get, package::post)
        .form("/start/package/return", package_return::get, package_return::post)
        .form("/start/bot", bot::get, bot::post)
        .form("/start/panel", panel::get, panel::post)
        .form("/start/plans", plans::get, plans::post)
        .form("/start/live", live::get, live::post)
}

/// The step that a shop which is not live waits at.
///
/// # Errors
/// The database does not answer.
pub async fn waiting_step(state: &AppState, shop: &Shop) -> Result<&'static str, WebError> {
    let done = progress::done(state, shop).await?;
    let waiting = WizardStep::ALL.into_iter().find(|step| !done.contains(step));
    Ok(waiting.unwrap_or(WizardStep::Live).href())
}
