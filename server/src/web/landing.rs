//! `/`: the first page, with the packages as they are in the database.

use app::{
    components::{Cycle, PackageCard, PackageCode},
    pages::public::LandingPage,
};
use axum::extract::State;
use domain::{entities::master::package, money::Money, platform::package::service as packages};

use super::{PageRequest, WebResult};
use crate::state::AppState;

pub async fn get(State(state): State<AppState>, page: PageRequest) -> WebResult {
    let packages = packages::list(state.master()).await?;
    let cycle = Cycle::from_code(page.query("cycle"));
    page.show(LandingPage { packages: packages.iter().filter_map(card).collect(), cycle })
}

/// A package as pages show it; one without texts of its own is not for sale on the web.
pub fn card(package: &package::Model) -> Option<PackageCard> {
    let limit = |limit: Option<i32>| limit.and_then(|limit| u32::try_from(limit).ok());
    Some(PackageCard {
        code: PackageCode::from_code(&package.code)?,
        per_month: Money::new(package.monthly_minor, package.currency),
        per_year: Money::new(package.yearly_minor, package.currency),
        bots: limit(package.max_bots),
        users: limit(package.max_users),
        panels: limit(package.max_panels),
        advanced_analytics: package.analytics,
        white_label: package.white_label,
        api: package.api,
    })
}
