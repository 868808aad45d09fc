//! The steps from an account to a live bot. Each step is a URL and is saved when it is left.

mod bot;
mod deployment;
mod live;
mod package;
mod panel;
mod plans;
mod returning;
mod shop;

pub use bot::{BotPage, OwnerCheck, TokenCheck};
pub(crate) use deployment::deployment_sheet;
pub use deployment::{Deployment, DeploymentState, DeploymentStep, DeploymentStepKind};
pub use live::{LivePage, ReadyItem};
pub use package::{PackagePage, PackageState};
pub use panel::{CheckRun, PanelPage, SavedPanel};
pub use plans::{PlanRow, PlansPage};
pub use returning::{PaymentState, ReturnPage};
pub use shop::{Pack, ShopPage};
