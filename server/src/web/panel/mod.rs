//! What the wizard and the pages of a shop's panels do alike: read an address, try a panel in the
//! background, list what it offers.

mod lines;
mod typed;

use app::pages::panel::Inbound;
use domain::{
    db::StoreError,
    entities::tenant::panel::Model,
    events::EventKind,
    platform::tenant::{
        panel_check::{self, Checked, Run, Stage},
        payments::Actor,
    },
    ports::{self, CheckedLine, PanelAccess, PanelError},
    shop::panel::service as panels,
};

pub use self::{
    lines::shown_checks,
    typed::{FIELDS, missing_login, typed},
};
use super::guard::Shop;
use crate::state::AppState;

/// Begins a check in the background; the page watches it. `ended` does with the lines what is to be
/// done.
///
/// # Errors
/// The shop's database does not answer.
pub async fn begin_check<F>(
    state: &AppState,
    shop: &Shop,
    of: Checked,
    access: PanelAccess,
    ended: impl FnOnce(AppState, Shop, Run, Vec<CheckedLine>) -> F + Send + 'static,
) -> Result<Run, StoreError>
where
    F: Future<Output = Result<(), StoreError>> + Send + 'static,
{
    let check = panel_check::begin(&shop.db, of, access.base_url.as_str(), &access.username).await?;
    let (state, shop) = (state.clone(), shop.clone());
    state.tasks.clone().spawn(async move {
        let tried = panel_check::run(&shop.db, &state.events, &*state.panels, &access, check).await;
        let outcome = match tried {
            Ok(lines) => ended(state.clone(), shop.clone(), check, lines).await,
            Err(error) => Err(error),
        };
        let stage = match outcome {
            Ok(()) => Stage::Ended,
            Err(error) => {
                tracing::error!(tenant = %shop.tenant.id, %error, "a panel's check broke off");
                Stage::Interrupted
            }
        };
        if let Err(error) = panel_check::end(&shop.db, check, stage).await {
            tracing::error!(tenant = %shop.tenant.id, %error, "how a panel's check ended was not kept");
        }
        state.events.publish(shop.tenant.id, EventKind::Check, None);
    });
    Ok(check)
}

/// What the panel has; one that does not answer now offers nothing to choose.
pub async fn offered(state: &AppState, shop: &Shop, panel: &Model) -> Vec<Inbound> {
    let chosen = panels::inbounds(panel);
    let found = match access(shop, panel).await {
        Ok(access) => vless(state, &access).await.unwrap_or_default(),
        Err(_) => Vec::new(),
    };
    let shown = |inbound: ports::Inbound| Inbound {
        chosen: chosen.is_empty() || chosen.contains(&inbound.tag),
        tag: inbound.tag,
        protocol: inbound.protocol,
    };
    found.into_iter().map(shown).collect()
}

/// The inbounds that a shop can sell.
///
/// # Errors
/// The panel's error class.
pub async fn vless(state: &AppState, access: &PanelAccess) -> Result<Vec<ports::Inbound>, PanelError> {
    let found = state.panels.inbounds(access).await?;
    Ok(found.into_iter().filter(|inbound| inbound.protocol == "vless").collect())
}

/// Opens the panel's secret for one call.
///
/// # Errors
/// [`StoreError`].
pub async fn access(shop: &Shop, panel: &Model) -> Result<PanelAccess, StoreError> {
    let tx = shop.db.read().await?;
    panels::access(&tx, shop.tenant.kind, panel)
}

/// Who acts in the shop.
pub fn actor<'a>(state: &'a AppState, shop: &'a Shop) -> Actor<'a> {
    Actor { master: state.master(), db: &shop.db, account: shop.person.account.id }
}
